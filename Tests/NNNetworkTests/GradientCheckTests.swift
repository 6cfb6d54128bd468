import NNTensor
import Testing

@testable import NNNetwork

struct GradientCheckTests {
  @Test("Backpropagation passes, whatever the activation", arguments: Activation.allCases)
  func passes(_ activation: Activation) throws {
    let network = try network(5, [(6, activation), (3, .softmax)])
    let check = try GradientCheck(
      of: network, on: spread([8, 5]), Tensor([0, 1, 2, 2, 1, 0, 1, 2], shape: nil))
    #expect(check.entries.map(\.name) == ["W1", "b1", "W2", "b2"])
    #expect(check.largestError < 1e-7)
    #expect(check.loss == .crossEntropy)
    #expect(check.entries.allSatisfy { $0.checked + $0.atKinks == $0.shape.elementCount })
  }

  @Test("A slope that is wrong by a thousandth is found")
  func wrongSlope() throws {
    let network = try network(3, [(4, .tanh), (2, .softmax)])
    let probe = GradientProbe(
      loss: .crossEntropy, panel: spread([5, 3]),
      target: matrix(Array(repeating: [0, 1], count: 5)))
    let gradients = try probe.gradients(of: network)
    for (scale, error) in [(1, 0), (1.001, 0.001), (-1, 2)] {
      let wrong = Tensor(
        gradients.layers[0].weights.doubles.map { $0 * scale }, shape: [3, 4])
      let entry = try probe.compare("W1", of: network, with: wrong, limit: 12)
      #expect(abs(entry.largestError - error) < 1e-5)
    }
  }

  @Test("A float32 network is checked in float64, a large one in part")
  func part() throws {
    let network = try network(40, [(30, .tanh), (2, .sigmoid)], dtype: .float32)
    let check = try GradientCheck(
      of: network, on: spread([300, 40]), spread([300, 2]), loss: .mse, elements: 20)
    #expect(check.entries.map(\.checked) == [20, 20, 20, 2])
    #expect(check.samples == 256)
    #expect(check.largestError < 1e-7)
  }

  @Test("A unit that stands at its kink is left out and counted")
  func kink() throws {
    var network = try network(2, [(1, .relu), (1, .linear)])
    try network.setParameters([matrix([[1], [1]]), matrix([[1]])])
    let check = try GradientCheck(of: network, on: matrix([[1, -1]]), matrix([[2]]))
    #expect(check.entries[0].atKinks == 2)
    #expect(check.entries[0].checked == 0)
    #expect(check.entries[2].atKinks == 0)
  }
}
