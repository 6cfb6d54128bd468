import NNTensor
import Testing

@testable import NNNetwork

/// The tutorials' own programs, with the engine and by hand.
struct TutorialTests {
  struct Letters: Decodable {
    let initW1: [[Double]]
    let acc: [Double]
    let w1: [[Double]]
    let w2: [[Double]]
    let out: [[Double]]
  }

  static let letters = matrix(
    [
      "001100 010010 111111 100001 100001", "011110 010010 011110 010010 011110",
      "011110 010000 010000 010000 011110",
    ].map { $0.compactMap { $0.wholeNumberValue }.map(Double.init) })
  static let answers = matrix([[1, 0, 0], [0, 1, 0], [0, 0, 1]])

  /// The article draws every weight with a call of its own, as one draw of all of them gives.
  static func lettersNetwork() throws -> Network {
    var network = try network(30, [(5, .sigmoid), (3, .sigmoid)], bias: false)
    var random = RandomStream(seed: 7)
    try network.initialize(random: &random) { _, _ in .normal(mean: 0, deviation: 1) }
    return network
  }

  /// The article's step `d2 = a2 - y` is the gradient of binary cross-entropy, summed over the
  /// outputs; what it reports is the mean squared error.
  static let lettersOptions = options {
    $0.epochs = 100
    $0.learningRate = 0.1
    $0.batch = .samples(1)
    $0.shuffle = false
    $0.loss = .binaryCrossEntropy
    $0.reduction = .sum
    $0.metrics = [.loss(.mse)]
  }

  @Test("Letters: engine and program by hand agree to the last bit")
  func lettersByHand() throws {
    var network = try Self.lettersNetwork()
    var w1 = try network.parameter("W1")
    var w2 = try network.parameter("W2")
    for _ in 0..<100 {
      for letter in 0..<3 {
        let x = try Self.letters.rows(letter..<letter + 1)
        let y = try Self.answers.rows(letter..<letter + 1)
        let a1 = try sigmoid(.matmul(x, w1))
        let d2 = try Tensor.binary(.subtract, .tensor(sigmoid(.matmul(a1, w2))), .tensor(y))
        let slope = try Tensor.binary(
          .multiply, .tensor(a1), .tensor(.binary(.subtract, number(1), .tensor(a1))))
        let d1 = try Tensor.binary(
          .multiply, .tensor(Tensor.matmul(w2, d2.transposed()).transposed()), .tensor(slope))
        w1 = try moved(w1, .matmul(x.transposed(), d1))
        w2 = try moved(w2, .matmul(a1.transposed(), d2))
      }
    }
    var random = RandomStream(seed: 0)
    try Trainer(Self.lettersOptions)
      .train(&network, on: Self.letters, Self.answers, random: &random)
    #expect(try network.parameter("W1") == w1)
    #expect(try network.parameter("W2") == w2)
  }

  private func sigmoid(_ z: Tensor) throws -> Tensor {
    let sum = try Tensor.binary(.add, number(1), .tensor(.unary(.exp, .unary(.negate, z))))
    return try .binary(.divide, number(1), .tensor(sum))
  }

  private func moved(_ weights: Tensor, _ gradient: Tensor) throws -> Tensor {
    try .binary(
      .subtract, .tensor(weights), .tensor(.binary(.multiply, number(0.1), .tensor(gradient))))
  }

  @Test("Letters: the article's numbers", .enabled(if: Acceptance.isPresent, "no acceptance data"))
  func lettersOracle() throws {
    let oracle = try Acceptance.oracle(Letters.self, "letters-seed7.json")
    var network = try Self.lettersNetwork()
    #expect(try network.parameter("W1") == matrix(oracle.initW1))
    var random = RandomStream(seed: 0)
    try Trainer(Self.lettersOptions)
      .train(&network, on: Self.letters, Self.answers, random: &random)
    let accuracy = try #require(network.history["mse"]).map { (1 - $0) * 100 }
    expectClose(accuracy, oracle.acc)
    expectClose(try network.parameter("W1").doubles, oracle.w1.flatMap(\.self))
    expectClose(try network.parameter("W2").doubles, oracle.w2.flatMap(\.self))
    expectClose(try network.forward(Self.letters).doubles, oracle.out.flatMap(\.self))
  }

  struct Iris: Decodable {
    let acc: [Double]
    let loss: [Double]
    let weights1: [[Double]]
    let weights2: [[Double]]
    let b2: [[Double]]

    enum CodingKeys: String, CodingKey {
      case acc, loss, b2
      case weights1 = "W1"
      case weights2 = "W2"
    }
  }

  struct IrisRows: Decodable {
    let x: [[Double]]
    let y: [Int]
  }

  @Test("Iris: the article's numbers", .enabled(if: Acceptance.isPresent, "no acceptance data"))
  func irisOracle() throws {
    let oracle = try Acceptance.oracle(Iris.self, "iris-seed99.json")
    let rows = try Fixture.read(IrisRows.self, "iris.json")
    var network = try network(4, [(6, .relu), (3, .softmax)])
    var random = RandomStream(seed: 99)
    let weights = try [Shape([6, 4]), [3, 6]].map {
      try random.uniform(low: number(-1), high: number(1), shape: $0).transposed()
    }
    try network.setParameters(weights)
    let wholeSet = options {
      $0.epochs = 25
      $0.learningRate = 0.01
      $0.batch = .all
    }
    try Trainer(wholeSet)
      .train(&network, on: matrix(rows.x), Tensor(rows.y, shape: nil), random: &random)
    #expect(network.history.accuracy == oracle.acc)
    expectClose(network.history.loss, oracle.loss)
    expectClose(
      try network.parameter("W1").transposed().doubles, oracle.weights1.flatMap(\.self))
    expectClose(
      try network.parameter("W2").transposed().doubles, oracle.weights2.flatMap(\.self))
    expectClose(try network.parameter("b2").doubles, oracle.b2.flatMap(\.self))
  }

  struct Digits: Decodable {
    let n: Int
    let iters: Int
    let acc: [Double]
    let weights1: [Double]
    let weights2: [Double]

    enum CodingKeys: String, CodingKey {
      case n, iters, acc
      // The decoder has joined W1_00 and W2_0.
      case weights1 = "w100"
      case weights2 = "w20"
    }
  }

  @Test(
    "Digits: the numbers of the article's program on 2,000 images, with bytes as they lie on disk",
    .enabled(if: Acceptance.isPresent && MNIST.isPresent, "no acceptance data, or no MNIST"))
  func digitsOracle() throws {
    let oracle = try Acceptance.oracle(Digits.self, "digits-n2000-vector-seed0-30.json")
    var network = try network(784, [(16, .relu), (10, .softmax)], divide: 255)
    var random = RandomStream(seed: 0)
    let weights = try [Shape([16, 784]), [10, 16]].map {
      try random.uniform(low: number(-0.5), high: number(0.5), shape: $0).transposed()
    }
    try network.setParameters(weights)
    let wholeSet = options {
      $0.epochs = oracle.iters
      $0.learningRate = 0.2
      $0.batch = .all
    }
    let warnings = try Trainer(wholeSet).train(
      &network, on: MNIST.images(oracle.n), MNIST.labels(oracle.n), random: &random
    ).warnings
    #expect(warnings.isEmpty)
    #expect([0, 10, 20].map { network.history.accuracy[$0] } == oracle.acc)
    let w1 = try network.parameter("W1").transposed().rows(0..<1).doubles
    expectClose(Array(w1[400..<403]), oracle.weights1)
    expectClose(
      Array(try network.parameter("W2").transposed().rows(0..<1).doubles[..<3]), oracle.weights2)
  }

  private func expectClose(_ values: [Double], _ expected: [Double]) {
    #expect(values.count == expected.count)
    let worst = zip(values, expected).map(relativeError).max() ?? 0
    #expect(worst < 1e-9, "relative error \(worst)")
  }
}
