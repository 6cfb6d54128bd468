import NNSource
import NNTensor
import Testing

@testable import NNNetwork

struct NetworkTests {
  @Test("Glorot-uniform weights are drawn layer by layer, row by row; biases are 0")
  func drawing() throws {
    let network = try network(4, [(6, .relu), (3, .softmax)], seed: 99)
    var random = RandomStream(seed: 99)
    let limits = [(6.0 / 10).squareRoot(), (6.0 / 9).squareRoot()]
    for (index, shape) in [Shape([4, 6]), [6, 3]].enumerated() {
      let expected = try random.uniform(
        low: number(-limits[index]), high: number(limits[index]), shape: shape)
      #expect(try network.parameter("W\(index + 1)") == expected)
      #expect(try network.parameter("b\(index + 1)") == Tensor(zeros: [shape[1]], .float64))
    }
    #expect(network.parameterCount == 4 * 6 + 6 + 6 * 3 + 3)
    #expect(network.summary == "4-6-3, relu, softmax, 51 parameters")
  }

  @Test("A network is a value")
  func copies() throws {
    let first = try network(2, [(1, .linear)])
    var second = first
    try second.setParameter("W1", to: matrix([[1], [2]]))
    #expect(try first.parameter("W1") != second.parameter("W1"))
  }

  @Test("An output is f(x @ W + b)")
  func forward() throws {
    var network = try network(2, [(2, .linear)])
    try network.setParameters([matrix([[1, 2], [3, 4]]), Tensor([10, 20], shape: nil)])
    #expect(try network.forward(matrix([[1, 1], [0, 2]])) == matrix([[14, 26], [16, 28]]))
  }

  @Test("One sample without an axis of its own gives one row of outputs, also as a picture")
  func singleSample() throws {
    let network = try network(6, [(2, .tanh)])
    let x = spread([3, 2, 3])
    let rows = try network.forward(x)
    #expect(rows.shape == [3, 2])
    let second = try x.indexed([.integer(1)])
    #expect(try network.forward(second) == rows.indexed([.integer(1)]))
    #expect(try network.forward(second.reshaped([6])) == rows.indexed([.integer(1)]))
  }

  @Test("A network with one input takes a vector as a sample an element")
  func oneInput() throws {
    let network = try network(1, [(2, .tanh)])
    #expect(try network.forward(Tensor([0.5, 1, 2], shape: nil)).shape == [3, 2])
  }

  @Test("Bytes are divided exactly, and a warning says when they are not")
  func bytes() throws {
    let x = Tensor([UInt8(0), 51, 102, 255], shape: [2, 2])
    let plain = try network(2, [(3, .sigmoid)])
    let dividing = try network(2, [(3, .sigmoid)], divide: 255)
    let divided = try Tensor.binary(.divide, .tensor(x), number(255))
    #expect(try dividing.forward(x) == plain.forward(divided))
    #expect(
      try plain.inputWarning(x) == .network(.undividedBytes(largest: 255, inputs: 2)))
    #expect(try dividing.inputWarning(x) == nil)
    #expect(try plain.inputWarning(Tensor([UInt8(1), 0], shape: [1, 2])) == nil)
  }

  @Test("Over a thousand samples go through in panels and come out the same")
  func panels() throws {
    let network = try network(3, [(4, .tanh), (2, .softmax)])
    let x = spread([1300, 3])
    let whole = try ForwardPass(network, x).output
    #expect(try network.forward(x) == whole)
  }

  @Test("Parameters are set by name, in the network's dtype; (1, n) will do for a bias")
  func parameters() throws {
    var network = try network(2, [(2, .linear), (1, .linear)], dtype: .float32)
    #expect(network.parameterNames == ["W1", "b1", "W2", "b2"])
    try network.setParameter("W1", to: matrix([[0.1, 2], [3, 4]]))
    #expect(try network.parameter("W1").dtype == .float32)
    #expect(try network.parameter("W1").doubles[0] == Double(Float(0.1)))
    try network.setParameter("b1", to: matrix([[1, 2]]))
    #expect(try network.parameter("b1").shape == [2])
  }

  @Test("Weights alone set the biases to 0; weights and biases come in turn")
  func parametersFrom() throws {
    var network = try network(2, [(2, .linear), (1, .linear)])
    let weights = [matrix([[1, 2], [3, 4]]), matrix([[5], [6]])]
    let biases = [Tensor([7.0, 8], shape: nil), Tensor([9.0], shape: nil)]
    try network.setParameters([weights[0], biases[0], weights[1], biases[1]])
    #expect(try network.parameter("b2") == biases[1])
    try network.setParameters(weights)
    #expect(try network.parameter("W2") == weights[1])
    #expect(try network.parameter("b2").doubles == [0])
  }

  @Test("A failed change changes nothing")
  func failedChange() throws {
    var network = try network(2, [(2, .linear), (1, .linear)])
    let before = try network.parameter("W1")
    #expect(throws: Problem.self) {
      try network.setParameters([matrix([[1, 2], [3, 4]]), matrix([[5, 6]])])
    }
    #expect(try network.parameter("W1") == before)
  }

  @Test("An initialiser sees each layer's sizes, draws in order and rewinds the history")
  func initialize() throws {
    var network = try network(4, [(3, .relu), (2, .softmax)])
    let x = spread([4, 4])
    var random = RandomStream(seed: 7)
    try Trainer(options { $0.epochs = 2 })
      .train(&network, on: x, Tensor([0, 1, 1, 0], shape: nil), random: &random)
    #expect(network.history.epochs == 2)
    random = RandomStream(seed: 7)
    try network.initialize(random: &random) { fanIn, _ in
      .normal(mean: 0, deviation: 1 / Double(fanIn))
    }
    var stream = RandomStream(seed: 7)
    for (name, shape) in [("W1", Shape([4, 3])), ("W2", [3, 2])] {
      let expected = try stream.normal(
        mean: number(0), deviation: number(1 / Double(shape[0])), shape: shape)
      #expect(try network.parameter(name) == expected)
    }
    #expect(try network.parameter("b1").doubles == [0, 0, 0])
    #expect(network.history == History())
  }

  @Test("Initialisers keep to their ranges and deviations")
  func initializers() throws {
    var random = RandomStream(seed: 3)
    func draw(_ initializer: Initializer) throws -> [Double] {
      try initializer.weights(fanIn: 50, fanOut: 150, dtype: .float64, random: &random).doubles
    }
    func deviation(_ values: [Double]) -> Double {
      (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
    }
    for (initializer, limit) in [
      (Initializer.glorotUniform, (6.0 / 200).squareRoot()), (.heUniform, (6.0 / 50).squareRoot()),
    ] {
      let values = try draw(initializer)
      #expect(values.allSatisfy { abs($0) <= limit })
      #expect(values.contains { $0 > 0.99 * limit } && values.contains { $0 < -0.99 * limit })
    }
    for (initializer, expected) in [
      (Initializer.glorotNormal, (2.0 / 200).squareRoot()), (.heNormal, (2.0 / 50).squareRoot()),
    ] {
      #expect(abs(deviation(try draw(initializer)) / expected - 1) < 0.03)
    }
    let before = random
    #expect(try draw(.zeros).allSatisfy { $0 == 0 })
    #expect(random == before)
  }
}
