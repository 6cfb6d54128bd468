import CNNKernels
import NNSource
import Testing

@testable import NNTensor

/// Draws against `numpy.random`'s legacy functions, bit for bit.
@Suite struct RandomStreamTests {
  struct Cases: Decodable {
    let sequences: [Program]
    let millions: [Program]
    let broadcasts: [Broadcast]
    let states: [State]
  }

  struct Program: Decodable {
    let seed: UInt32
    let calls: [Call]
  }

  struct Call: Decodable {
    let name: String
    let size: [Int]?
    let arguments: [Argument]
    let replace: Bool
    let p: [Double]?
    let bits: [String]?
    let hash: String?

    func draw(from stream: inout RandomStream) throws -> Tensor {
      let shape = size.map { Shape($0) }
      switch name {
      case "rand": return try stream.rand(shape ?? [])
      case "randn": return try stream.randn(shape ?? [])
      case "uniform":
        return try stream.uniform(
          low: arguments[0].operand, high: arguments[1].operand, shape: shape)
      case "normal":
        return try stream.normal(
          mean: arguments[0].operand, deviation: arguments[1].operand, shape: shape)
      case "randint":
        return try stream.randint(low: arguments[0].int, high: arguments[1].int, shape: shape)
      case "permutation": return try stream.permutation(arguments[0].int)
      default:
        return try stream.choice(
          arguments[0].int, shape: shape, replace: replace, probabilities: p.map { Tensor($0) })
      }
    }
  }

  enum Argument: Decodable {
    case integer(Int)
    case float(Double)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Int.self) {
        self = .integer(value)
      } else {
        self = .float(try container.decode(Double.self))
      }
    }

    var int: Int {
      if case .integer(let value) = self { value } else { 0 }
    }

    var operand: Operand {
      switch self {
      case .integer(let value): .weakInt(value)
      case .float(let value): .weakFloat(value)
      }
    }
  }

  struct Broadcast: Decodable {
    let name: String
    let a: [Double]
    let aShape: [Int]
    let b: [Double]
    let bShape: [Int]
    let size: [Int]?
    let shape: [Int]
    let bits: [String]
  }

  struct State: Decodable {
    let seed: UInt32
    let count: Int
    let position: Int
    let words: [UInt32]
    let cached: String?
  }

  let cases: Cases

  init() throws { cases = try Records.load("random") }

  @Test func `programs of draws give NumPy's bits`() throws {
    for program in cases.sequences {
      var stream = RandomStream(seed: program.seed)
      for call in program.calls {
        let drawn = try call.draw(from: &stream)
        #expect(Records.bits(drawn) == call.bits, "seed \(program.seed), \(call.name)")
      }
    }
  }

  @Test func `a million draws of every function give NumPy's bits`() throws {
    for program in cases.millions {
      var stream = RandomStream(seed: program.seed)
      for call in program.calls {
        let drawn = try call.draw(from: &stream)
        #expect(Records.hash(drawn) == call.hash?.trimmedHex, "\(call.name)")
      }
    }
  }

  @Test func `parameters broadcast, a draw per element`() throws {
    for record in cases.broadcasts {
      var stream = RandomStream(seed: 4)
      let a = Operand.tensor(Tensor(record.a, shape: Shape(record.aShape)))
      let b = Operand.tensor(Tensor(record.b, shape: Shape(record.bShape)))
      let shape = record.size.map { Shape($0) }
      let drawn =
        record.name == "uniform"
        ? try stream.uniform(low: a, high: b, shape: shape)
        : try stream.normal(mean: a, deviation: b, shape: shape)
      #expect(drawn.shape.array == record.shape)
      #expect(Records.bits(drawn) == record.bits)
    }
  }

  @Test func `the state is NumPy's, and can be stored and restored`() throws {
    for record in cases.states {
      var stream = RandomStream(seed: record.seed)
      _ = try stream.randn([record.count])
      #expect(stream.position == record.position)
      #expect([stream.words[0], stream.words[1], stream.words[623]] == record.words)
      #expect(stream.cachedGaussian.map { Records.hex($0.bitPattern) } == record.cached)

      var restored = try #require(
        RandomStream(
          words: stream.words, position: stream.position, cachedGaussian: stream.cachedGaussian))
      #expect(restored == stream)
      #expect(restored.gaussian() == stream.gaussian())
      #expect(restored.next64() == stream.next64())
    }
  }

  @Test func `a state that no stream has is refused`() {
    let words = RandomStream(seed: 0).words
    #expect(RandomStream(words: words, position: 625, cachedGaussian: nil) == nil)
    #expect(RandomStream(words: Array(words.dropLast()), position: 0, cachedGaussian: nil) == nil)
    #expect(RandomStream(words: words, position: 0, cachedGaussian: .nan) == nil)
    let zeros = [UInt32](repeating: 0, count: 624)
    #expect(RandomStream(words: zeros, position: 0, cachedGaussian: nil) == nil)
  }

  @Test func `the logarithm has the same bits with and without fma instructions`() {
    var stream = RandomStream(seed: 1)
    for count in 1...50_000 {
      let x = stream.uniformDouble() / Double(count % 7 == 0 ? count : 1)
      #expect(nn_random_log(x).bitPattern == nn_random_log_portable(x).bitPattern)
    }
    #expect(nn_random_log(1) == 0)
    #expect(nn_random_log(0.5) == -0x1.62e42fefa39efp-1)
  }

  @Test func `a copy goes its own way`() throws {
    var stream = RandomStream(seed: 3)
    var copy = stream
    let first = try stream.rand([5])
    _ = try stream.rand([7])
    #expect(try copy.rand([5]).doubles == first.doubles)
    #expect(copy != stream)
  }

  @Test func `choosing from a tensor gives its elements, permuting one its rows`() throws {
    var stream = RandomStream(seed: 5)
    var indices = stream
    let letters = Tensor([10.5, 20.5, 30.5])
    let chosen = try stream.choice(letters, shape: [2, 2], replace: true, probabilities: nil)
    let places = try indices.choice(3, shape: [2, 2], replace: true, probabilities: nil).integers
    #expect(chosen.shape == [2, 2])
    #expect(chosen.doubles == places.map { [10.5, 20.5, 30.5][$0] })

    let rows = Tensor([1, 2, 3, 4, 5, 6, 7, 8], shape: [4, 2])
    let order = try indices.permutation(4).integers
    #expect(try stream.permuted(rows).integers == order.flatMap { [2 * $0 + 1, 2 * $0 + 2] })
    #expect(stream == indices)
  }
}
