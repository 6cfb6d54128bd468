import Foundation

@testable import NNTensor

/// A case of `Fixtures/make_tensor_cases.py`: a call, its arguments, and what NumPy makes of it; no
/// results where NumPy refuses.
struct TensorRecord: Decodable {
  let call: String
  let arguments: [RecordedOperand]
  let results: [RecordedTensor]?
  var ints: [Int]?
  var axes: [Int]?
  var keep: Bool?
  var ulps: Double?
  var dtype: String?
  var condition: RecordedTensor?
  var index: [RecordedIndex]?
  var operation: String?

  static func load(_ name: String) throws -> [TensorRecord] { try Records.load("tensor-\(name)") }
}

/// Elements as their bytes.
struct RecordedTensor: Decodable {
  let d: String
  let s: [Int]
  let b: String

  var tensor: Tensor {
    get throws {
      guard let dtype = DType(name: d), let bytes = Data(base64Encoded: b) else {
        throw RecordError.unreadable(d)
      }
      let result = try Tensor(uninitialized: Shape(s), dtype)
      bytes.withUnsafeBytes { source in
        guard let base = source.baseAddress else { return }
        result.data.copyMemory(from: base, byteCount: source.count)
      }
      return result
    }
  }
}

enum RecordError: Error { case unreadable(String) }

struct RecordedOperand: Decodable {
  var tensor: RecordedTensor?
  var scalar: RecordedTensor?
  var weakInt: Int?
  var weakFloat: String?
  var weakBool: Bool?

  var operand: Operand {
    get throws {
      if let tensor { return .tensor(try tensor.tensor) }
      if let scalar = try scalar?.tensor.scalar { return .scalar(scalar) }
      if let weakInt { return .weakInt(weakInt) }
      if let weakBool { return .weakBool(weakBool) }
      guard let bits = UInt64(weakFloat ?? "", radix: 16) else { throw RecordError.unreadable("") }
      return .weakFloat(Double(bitPattern: bits))
    }
  }
}

struct RecordedIndex: Decodable {
  var integer: Int?
  var slice: [Int?]?
  var ellipsis: Bool?
  var newAxis: Bool?
  var tensor: RecordedTensor?

  var item: TensorIndex {
    get throws {
      if let integer { return .integer(integer) }
      if let slice { return .slice(start: slice[0], stop: slice[1], step: slice[2]) }
      if ellipsis != nil { return .ellipsis }
      if let tensor { return .tensor(try tensor.tensor) }
      return .newAxis
    }
  }
}

extension DType {
  init?(name: String) {
    guard let dtype = DType.allCases.first(where: { $0.name == name }) else { return nil }
    self = dtype
  }
}

extension Tensor {
  /// Nil when the two agree: bit for bit, or floats within `ulps` units in the last place of the
  /// expected one; else the first difference.
  func difference(from expected: Tensor, ulps: Double = 0) -> String? {
    if dtype != expected.dtype { return "\(dtype.name) instead of \(expected.dtype.name)" }
    if shape != expected.shape { return "\(shape.text) instead of \(expected.shape.text)" }
    for i in 0..<count {
      let (got, wanted) = (self[flat: i], expected[flat: i])
      if got.canonicalBits == wanted.canonicalBits { continue }
      let distance = abs(got.double - wanted.double)
      let unit =
        dtype == .float32
        ? Double(Float(wanted.double).ulp) : dtype == .float64 ? wanted.double.ulp : 0
      if ulps > 0, distance <= ulps * unit { continue }
      return "element \(i) is \(got) instead of \(wanted)"
    }
    return nil
  }
}
