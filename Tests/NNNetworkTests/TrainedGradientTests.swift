import NNTensor
import Testing

@testable import NNNetwork

/// What a step of `train` subtracts against differences of the loss that `train` itself reports,
/// which share no formula: with and without biases, with dropout in every layer, with l2. The same
/// seed leaves out the same inputs.
struct TrainedGradientTests {
  struct Case: CustomTestStringConvertible {
    let hidden: Activation
    let last: Activation
    let loss: Loss
    let bias: Bool
    let dropout: Double
    let l2: Double
    var testDescription: String {
      "\(hidden) \(last) \(loss)\(bias ? "" : " bias=false") dropout \(dropout) l2=\(l2)"
    }
  }

  static let additions = [(true, 0.0, 0.02), (false, 0, 0), (true, 0.4, 0), (false, 0.4, 0.02)]

  static let cases = additions.flatMap { bias, dropout, l2 in
    BackpropagationTests.outputs.map { activation, loss in
      Case(
        hidden: .tanh, last: activation, loss: loss, bias: bias, dropout: dropout, l2: l2)
    }
      + Activation.allCases.map {
        Case(
          hidden: $0, last: .softmax, loss: .crossEntropy, bias: bias, dropout: dropout, l2: l2)
      }
  }

  @Test("A step is the slope of the loss", arguments: cases)
  func step(_ item: Case) throws {
    let start = try Self.network(item)
    let trained = try Self.trained(start, item)
    var compared = 0
    for name in start.parameterNames {
      let before = try start.parameter(name)
      let after = try trained.parameter(name).doubles
      for (index, value) in before.doubles.enumerated() {
        let losses = try [1e-5, -1e-5].map { offset in
          var moved = start
          var numbers = before.doubles
          numbers[index] = value + offset
          try moved.setParameter(name, to: Tensor(numbers, shape: before.shape))
          return try Self.trained(moved, item).history.loss[0]
        }
        let slope = (losses[0] - losses[1]) / 2e-5
        #expect(abs(slope - (value - after[index])) < 2e-9, "\(name)[\(index)]")
        compared += 1
      }
    }
    #expect(compared == start.parameterCount)
  }

  private static func network(_ item: Case) throws -> Network {
    var random = RandomStream(seed: 1)
    let layers: [LayerSpecification] = [(4, item.hidden), (3, item.last)].flatMap {
      (units: Int, activation: Activation) -> [LayerSpecification] in
      let dense = LayerSpecification.dense(units: units, activation: activation, bias: item.bias)
      return item.dropout > 0 ? [.dropout(rate: item.dropout), dense] : [dense]
    }
    var network = try Network(inputs: 3, layers: layers, random: &random)
    for (index, name) in network.parameterNames.enumerated() {
      let shape = try network.parameter(name).shape.array
      try network.setParameter(name, to: spread(shape, salt: index))
    }
    return network
  }

  /// After one step of length 1.
  private static func trained(_ network: Network, _ item: Case) throws -> Network {
    var network = network
    var random = RandomStream(seed: 6)
    let step = options {
      $0.epochs = 1
      $0.batch = .all
      $0.learningRate = 1
      $0.loss = item.loss
      $0.l2 = item.l2
      $0.metrics = []
    }
    let target =
      item.loss.needsProbabilities
      ? matrix([[0, 1, 0], [0.5, 0.25, 0.25], [1, 0, 0]])
      : matrix([[0, 1, 0], [2, -1, 3], [0.5, 0.5, 1]])
    try Trainer(step).train(&network, on: spread([3, 3], salt: 2), target, random: &random)
    return network
  }
}
