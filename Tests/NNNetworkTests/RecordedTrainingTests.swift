import CNNKernels
import Foundation
import NNTensor
import Testing

@testable import NNNetwork

/// Whole trainings of the Fashion and digits shapes give the hashes that `Tests/Kernels/trainings.c`,
/// written over the plain kernels, gives on every path, at any number of threads and on arm64.
@Suite(.serialized) struct RecordedTrainingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let activation: Activation
    let samples: Int
    let hidden: Int
    let epochs: Int
    var testDescription: String { "\(name), \(samples) samples" }
  }

  static let cases = [
    Case(name: "fashion", activation: .sigmoid, samples: 1030, hidden: 128, epochs: 2),
    Case(name: "digits", activation: .relu, samples: 1500, hidden: 16, epochs: 3),
    Case(name: "fashion", activation: .sigmoid, samples: 5000, hidden: 128, epochs: 3),
    Case(name: "digits", activation: .relu, samples: 42000, hidden: 16, epochs: 3),
  ]

  /// The program's numbers: what depends on nothing.
  private struct Draws {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11
    }
  }

  @Test(arguments: cases, [DType.float32, .float64])
  func `a training has the recorded hash`(_ item: Case, _ dtype: DType) throws {
    let (x, y) = try Self.samples(item.samples)
    var network = try Self.start(item, dtype)
    var random = RandomStream(seed: 0)
    let wholeSet = options {
      $0.epochs = item.epochs
      $0.batch = .all
      $0.learningRate = 0.5
      $0.shuffle = false
    }
    try Trainer(wholeSet).train(&network, on: x, y, random: &random)
    let hash = Self.hash(of: network)
    let line = "training \(item.name) \(item.samples) samples \(dtype.name) \(hash)"
    #expect(try Self.recorded().contains(Substring(line)), "\(line) is not recorded")
  }

  private static func recorded() throws -> [Substring] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Kernels/trainings.txt").standardizedFileURL
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
  }

  private static func samples(_ count: Int) throws -> (Tensor, Tensor) {
    var draws = Draws(state: 1)
    let images = (0..<count * 784).map { _ in UInt8(draws.next() >> 45) }
    let labels = (0..<count).map { _ in Int(draws.next() % 10) }
    return (Tensor(images, shape: [count, 784]), Tensor(labels, shape: nil))
  }

  private static func start(_ item: Case, _ dtype: DType) throws -> Network {
    var draws = Draws(state: 2)
    var network = try network(
      784, [(item.hidden, item.activation), (10, .softmax)], divide: 255, dtype: dtype)
    let shapes = [Shape([784, item.hidden]), [item.hidden], [item.hidden, 10], [10]]
    let values = shapes.map { shape in
      let numbers = (0..<shape.elementCount).map { _ in
        (Double(draws.next()) * 0x1p-53 - 0.5) / 8
      }
      return Tensor(numbers, shape: shape).cast(to: dtype)
    }
    for (name, value) in zip(["W1", "b1", "W2", "b2"], values) {
      try network.setParameter(name, to: value)
    }
    return network
  }

  /// FNV-1a of the losses, then of the row of weights and biases.
  private static func hash(of network: Network) -> String {
    let losses = network.history.loss.flatMap { bytes(of: $0.bitPattern) }
    let row = network.layers.flatMap { [$0.weights, $0.bias].compactMap(\.self) }
    let parameters = row.flatMap { tensor in
      tensor.doubles.flatMap {
        tensor.dtype == .float32 ? bytes(of: Float($0).bitPattern) : bytes(of: $0.bitPattern)
      }
    }
    let hash = fnv(losses) &* 0x1_0000_0001b3 ^ fnv(parameters)
    let text = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }

  private static func bytes<Word: FixedWidthInteger>(of word: Word) -> [UInt8] {
    withUnsafeBytes(of: word.littleEndian) { [UInt8]($0) }
  }

  private static func fnv(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x1_0000_0001b3 }
  }
}
