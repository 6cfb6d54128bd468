import Foundation
import NNTensor
import Testing

@testable import NNNetwork

/// Formulas by hand, as a notebook would write them.
func number(_ value: Double) -> Operand { .weakFloat(value) }

func matrix(_ rows: [[Double]]) -> Tensor {
  Tensor(rows.flatMap(\.self), shape: Shape([rows.count, rows.first?.count ?? 0]))
}

/// Values in about −1…1 that depend on nothing but their place.
func spread(_ shape: [Int], scale: Double = 1, salt: Int = 0) -> Tensor {
  let count = shape.reduce(1, *)
  let values = (0..<count).map { scale * sin(Double($0 * 7 + salt * 13 + 1) * 1.37) }
  return Tensor(values, shape: Shape(shape))
}

func network(
  _ inputs: Int, _ layers: [(units: Int, Activation)], bias: Bool = true,
  divide: Double? = nil, dtype: DType = .float64, seed: UInt32 = 1
) throws -> Network {
  var random = RandomStream(seed: seed)
  return try Network(
    inputs: inputs, divide: divide, dtype: dtype,
    layers: layers.map { .dense(units: $0.units, activation: $0.1, bias: bias) },
    random: &random)
}

func options(_ change: (inout TrainingOptions) -> Void) -> TrainingOptions {
  var options = TrainingOptions()
  change(&options)
  return options
}

func relativeError(_ a: Double, _ b: Double) -> Double {
  a == b ? 0 : abs(a - b) / max(abs(a), abs(b))
}

enum Fixture {
  static func read<T: Decodable>(_ type: T.Type, _ name: String, from file: String = #filePath)
    throws -> T
  {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name)"))
    return try JSONDecoder.snakeCase.decode(type, from: data)
  }
}

extension JSONDecoder {
  static var snakeCase: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }
}

/// The numbers that the tutorials' own programs give, beside the repository or where
/// `NNBOOK_ACCEPTANCE` says.
enum Acceptance {
  static let folder: URL? = {
    let environment = ProcessInfo.processInfo.environment["NNBOOK_ACCEPTANCE"]
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../shared/acceptance").standardizedFileURL
    let folder = environment.map { URL(fileURLWithPath: $0) } ?? beside
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  static var isPresent: Bool { folder != nil }

  static func oracle<T: Decodable>(_ type: T.Type, _ name: String) throws -> T {
    let folder = try #require(folder)
    let data = try Data(contentsOf: folder.appendingPathComponent("oracles/\(name)"))
    return try JSONDecoder.snakeCase.decode(type, from: data)
  }
}

/// MNIST's own files, beside the repository or where `NNBOOK_DATA` says.
enum MNIST {
  static let folder: URL? = {
    let environment = ProcessInfo.processInfo.environment["NNBOOK_DATA"]
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../shared/data").standardizedFileURL
    let folder = (environment.map { URL(fileURLWithPath: $0) } ?? beside)
      .appendingPathComponent("mnist")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  static var isPresent: Bool { folder != nil }

  /// The first `count` images, uint8 (count, 28, 28).
  static func images(_ count: Int) throws -> Tensor {
    let bytes = try read("train-images-idx3-ubyte.gz").dropFirst(16).prefix(count * 784)
    return Tensor(Array(bytes), shape: [count, 28, 28])
  }

  static func labels(_ count: Int) throws -> Tensor {
    Tensor(try read("train-labels-idx1-ubyte.gz").dropFirst(8).prefix(count).map { Int($0) })
  }

  private static func read(_ name: String) throws -> Data {
    let folder = try #require(folder)
    let gunzip = Process()
    let pipe = Pipe()
    gunzip.executableURL = URL(fileURLWithPath: "/bin/gzip")
    gunzip.arguments = ["-dc", folder.appendingPathComponent(name).path]
    gunzip.standardOutput = pipe
    try gunzip.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    gunzip.waitUntilExit()
    return data
  }
}
