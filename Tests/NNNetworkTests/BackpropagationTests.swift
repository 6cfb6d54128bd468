import NNTensor
import Testing

@testable import NNNetwork

/// Backpropagated slopes against differences taken here, with nothing of GradientCheck.
struct BackpropagationTests {
  static let outputs: [(Activation, Loss)] = Activation.allCases.flatMap { activation in
    Loss.allCases
      .filter { !$0.needsProbabilities || activation.givesProbabilities }
      .map { (activation, $0) }
  }

  @Test("Every last activation with every loss", arguments: outputs)
  func lastLayer(_ activation: Activation, _ loss: Loss) throws {
    let target =
      loss.needsProbabilities ? [[0, 1, 0], [0.5, 0.25, 0.25]] : [[0, 1, 0], [2, -1, 3]]
    try compare([(4, .tanh), (3, activation)], loss, matrix(target))
  }

  @Test("Every hidden activation", arguments: Activation.allCases)
  func hiddenLayer(_ activation: Activation) throws {
    try compare(
      [(4, activation), (5, activation), (3, .softmax)], .crossEntropy,
      matrix([[0, 1, 0], [1, 0, 0]]))
  }

  @Test("One output, its target a column")
  func oneOutput() throws {
    try compare([(3, .elu), (1, .sigmoid)], .binaryCrossEntropy, matrix([[0], [1]]))
  }

  private func compare(
    _ layers: [(units: Int, Activation)], _ loss: Loss, _ target: Tensor
  ) throws {
    // A step that is never crossed has slope 0 on both sides, as backpropagation says.
    let x = spread([2, 3], salt: 2)
    var network = try network(3, layers)
    try network.setParameters(
      network.parameterNames.enumerated().map { index, name in
        spread(try network.parameter(name).shape.array, salt: index)
      })
    let gradients = try GradientProbe(loss: loss, panel: x, target: target)
      .gradients(of: network)
    for (index, layer) in gradients.layers.enumerated() {
      try compare(layer.weights, "W\(index + 1)", of: network, x, loss, target)
      try compare(try #require(layer.bias), "b\(index + 1)", of: network, x, loss, target)
    }
  }

  private func compare(
    _ gradient: Tensor, _ name: String, of network: Network, _ x: Tensor, _ loss: Loss,
    _ target: Tensor
  ) throws {
    let slopes = gradient.doubles
    #expect(gradient.shape == (try network.parameter(name).shape))
    for index in slopes.indices {
      let values = try [1e-5, -1e-5].map { step in
        var moved = network
        let old = try network.parameter(name)
        var numbers = old.doubles
        numbers[index] += step
        try moved.setParameter(name, to: Tensor(numbers, shape: old.shape))
        return try loss.value(moved.forward(x), target).number
      }
      let difference = (values[0] - values[1]) / 2e-5
      #expect(abs(difference - slopes[index]) < 1e-8, "\(name)[\(index)]")
    }
  }
}
