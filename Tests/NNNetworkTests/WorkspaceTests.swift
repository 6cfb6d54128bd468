import NNTensor
import Testing

@testable import NNNetwork

/// The loops of training against whole tensors, to the last bit.
struct WorkspaceTests {
  struct Case: CustomStringConvertible {
    let activation: Activation
    let loss: Loss
    let dtype: DType
    var description: String { "\(activation) \(loss) \(dtype)" }
  }

  static let cases = BackpropagationTests.outputs.flatMap { activation, loss in
    [DType.float64, .float32].map { Case(activation: activation, loss: loss, dtype: $0) }
  }

  @Test("Sums, outputs, losses and slopes have the bits of whole tensors", arguments: cases)
  func twin(_ item: Case) throws {
    // Sums from tiny to large, so that every branch of every function is passed.
    for (outputs, scale) in [(3, 1.0), (700, 40), (20, 400)] {
      let network = try network(
        6,
        [(5, item.activation == .softmax ? .tanh : item.activation), (outputs, item.activation)],
        dtype: item.dtype)
      let x = spread([9, 6], scale: scale).cast(to: item.dtype)
      var target = spread([9, outputs], scale: 0.5, salt: 4)
      if item.loss.needsProbabilities {
        target = try oneHot(Tensor((0..<9).map { $0 % 3 }, shape: nil), classes: outputs)
      }
      try compare(network, x, target.cast(to: item.dtype), item.loss)
    }
  }

  private func compare(
    _ network: Network, _ x: Tensor, _ target: Tensor, _ loss: Loss
  ) throws {
    let pass = try ForwardPass(network, x)
    let divisor = loss.gradientDivisor(samples: 9, outputs: network.outputs, .mean)
    let twin = try Backpropagation(network: network, loss: loss, divisor: divisor)
      .gradients(pass, target: target)
    let probe = GradientProbe(loss: loss, panel: x, target: target)
    let gradients = try probe.gradients(of: network)
    for (layer, expected) in zip(gradients.layers, twin.layers) {
      #expect(layer.weights == expected.weights)
      #expect(layer.bias == expected.bias)
    }
    let data = try LabelledSamples(x, target, for: network, loss: .mse)
    let workspace = try Workspace(network, capacity: 9, inputs: false)
    let tally = try Tally(network, loss: loss, reduction: .sum, metrics: [], samples: 9)
    try network.measure(PanelSource(data, for: network), in: workspace, tally)
    #expect(try workspace.outputTensor(rows: 9) == pass.output)
    let rows = try loss.rowLosses(
      z: pass.sums[1], output: pass.output, of: network.outputActivation, target: target)
    let total = try loss.total(of: rows, outputs: network.outputs, reduction: .sum).number
    let measured = tally.results()[0].value
    #expect(measured == total || (measured.isNaN && total.isNaN))
  }

  @Test("Samples of any dtype and layout are taken alike, in any order")
  func inputs() throws {
    let bytes = Tensor((0..<60).map { UInt8($0 * 4) }, shape: [12, 5])
    let forms = [
      bytes, bytes.cast(to: .int64), bytes.cast(to: .float64),
      try bytes.transposed().cast(to: .uint8).transposed(),
      try Tensor.concatenate([bytes, bytes], axis: 1).indexed([
        .slice(start: nil, stop: nil, step: nil), .slice(start: 5, stop: nil, step: nil),
      ]),
    ]
    for divisor in [nil, 255.0] {
      let expected = try bytes.cast(to: .float64) / (divisor ?? 1)
      let network = try network(5, [(2, .linear)], divide: divisor)
      let y = try Tensor(zeros: [12, 2], .float64)
      for form in forms {
        let data = try LabelledSamples(form, y, for: network, loss: .mse)
        let source = PanelSource(data, for: network)
        let workspace = try Workspace(network, capacity: 4, inputs: true)
        let room = try #require(workspace.inputs)
        func loaded(_ order: [Int]?) throws -> Tensor {
          let place =
            order?.withUnsafeBufferPointer {
              source.load(3..<7, order: $0.baseAddress, into: workspace)
            } ?? source.load(3..<7, order: nil, into: workspace)
          if place != UnsafeRawPointer(room.pointer) {
            room.pointer.copyMemory(from: place, byteCount: 20 * 8)
          }
          return try room.tensor(shape: [4, 5])
        }
        #expect(try loaded(nil) == expected.rows(3..<7).contiguous())
        let order = (0..<12).map { ($0 * 5) % 12 }
        #expect(try loaded(order) == expected.rows(at: Tensor(Array(order[3..<7]))))
      }
    }
  }

  @Test("Bytes over any divisor are what division gives")
  func bytes() throws {
    let bytes = Tensor((0..<8192).map { UInt8(truncatingIfNeeded: $0 * 7) }, shape: [128, 64])
    let y = try Tensor(zeros: [128, 1], .float64)
    for (dtype, large) in [(DType.float64, 1e300), (.float32, 1e38)] {
      for divisor in [255, 3, -7, 1 / large, large, 0.1, 256, 255.99999999999997] {
        var random = RandomStream(seed: 0)
        let network = try Network(
          inputs: 64, divide: divisor, dtype: dtype,
          layers: [.dense(units: 1, activation: .linear)], random: &random)
        let source = PanelSource(
          try LabelledSamples(bytes, y, for: network, loss: .mse), for: network)
        let workspace = try Workspace(network, capacity: 128, inputs: true)
        let room = try #require(workspace.inputs)
        _ = source.load(0..<128, order: nil, into: workspace)
        let expected = try bytes.cast(to: dtype) / divisor
        let loaded = try room.tensor(shape: [128, 64])
        #expect(loaded.doubles.map(\.bitPattern) == expected.doubles.map(\.bitPattern))
      }
    }
  }

  @Test("A batch of several panels has the bits of one product over all samples")
  func panels() throws {
    let network = try network(3, [(4, .tanh), (2, .softmax)])
    let x = spread([1500, 3])
    let y = try oneHot(Tensor((0..<1500).map { $0 % 2 }, shape: nil), classes: 2)
    var trained = network
    var random = RandomStream(seed: 0)
    let run = options {
      $0.epochs = 1
      $0.batch = .all
      $0.learningRate = 1
    }
    try Trainer(run).train(&trained, on: x, y, random: &random)
    let twin = try Backpropagation(network: network, loss: .crossEntropy, divisor: 1500)
      .gradients(ForwardPass(network, x), target: y)
    for ((before, after), slopes) in zip(zip(network.layers, trained.layers), twin.layers) {
      #expect(try after.weights == before.weights - slopes.weights)
      let (bias, slope) = try (#require(before.bias), #require(slopes.bias))
      #expect(try after.bias == bias - slope)
    }
  }
}
