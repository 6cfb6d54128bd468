import NNSource
import NNTensor

/// The kinds of number that files hold, and how each becomes one of ours: small integers widen to
/// int64, half precision to float32, both exactly.
enum StoredType: Hashable {
  case bool
  case unsigned(bytes: Int)
  case signed(bytes: Int)
  case float(bytes: Int)

  var bytes: Int {
    switch self {
    case .bool: 1
    case .unsigned(let bytes), .signed(let bytes), .float(let bytes): bytes
    }
  }

  var dtype: DType {
    switch self {
    case .bool: .bool
    case .unsigned(bytes: 1): .uint8
    case .unsigned, .signed: .int64
    case .float(bytes: 8): .float64
    case .float: .float32
    }
  }
}

/// Elements of a file → a tensor.
struct ElementReader {
  let stream: any ByteStream
  let type: StoredType
  let isBigEndian: Bool

  /// Elements converted at a time.
  private static let piece = 1 << 16

  /// `shape` in row-major order.
  func tensor(_ shape: [Int]) throws -> Tensor {
    let count = Shape(shape).elementCount
    let (size, overflows) = count.multipliedReportingOverflow(by: type.bytes)
    guard !overflows else {
      throw Problem.tensor(
        .tooLarge(shape: shape, dtype: type.dtype.name, limit: TensorLimits.maximumBytes))
    }
    try stream.require(size, of: "elements")
    var tensor = try Tensor(zeros: Shape(shape), type.dtype)
    switch type {
    case .bool:
      try tensor.withMutableElements(of: UInt8.self) { elements in
        try fill(UnsafeMutableRawBufferPointer(elements))
        // A byte that is neither 0 nor 1 would be no bool.
        for index in elements.indices { elements[index] = elements[index] == 0 ? 0 : 1 }
      }
    case .unsigned(bytes: 1):
      try tensor.withMutableElements(of: UInt8.self) {
        try fill(UnsafeMutableRawBufferPointer($0))
      }
    case .signed(bytes: 8), .float(bytes: 8), .float(bytes: 4):
      try native(&tensor)
    default: try widened(&tensor)
    }
    return tensor
  }

  /// Straight into the tensor's memory, a piece at a time.
  private func fill(_ target: UnsafeMutableRawBufferPointer) throws {
    var start = 0
    while start < target.count {
      let end = min(start + (8 << 20), target.count)
      try stream.fill(
        UnsafeMutableRawBufferPointer(rebasing: target[start..<end]), with: "more elements")
      try Allowance.check()
      start = end
    }
  }

  private func native(_ tensor: inout Tensor) throws {
    if type.bytes == 8 {
      try tensor.withMutableElements(of: UInt64.self) { elements in
        try fill(UnsafeMutableRawBufferPointer(elements))
        guard isBigEndian else { return }
        for index in elements.indices { elements[index] = elements[index].byteSwapped }
      }
    } else {
      try tensor.withMutableElements(of: UInt32.self) { elements in
        try fill(UnsafeMutableRawBufferPointer(elements))
        guard isBigEndian else { return }
        for index in elements.indices { elements[index] = elements[index].byteSwapped }
      }
    }
  }

  private func widened(_ tensor: inout Tensor) throws {
    let count = tensor.count
    var buffer = [UInt8](repeating: 0, count: Self.piece * type.bytes)
    var start = 0
    while start < count {
      let end = min(start + Self.piece, count)
      let before = stream.position
      try buffer.withUnsafeMutableBytes { bytes in
        let part = UnsafeMutableRawBufferPointer(rebasing: bytes[..<((end - start) * type.bytes)])
        try stream.fill(part, with: "more elements")
      }
      if case .float = type {
        tensor.withMutableElements(of: Float.self) { elements in
          for index in start..<end {
            elements[index] = Float(
              Float16(bitPattern: UInt16(truncatingIfNeeded: bits(buffer, index - start))))
          }
        }
      } else {
        try tensor.withMutableElements(of: Int64.self) { elements in
          for index in start..<end {
            let offset = before + (index - start) * type.bytes
            elements[index] = try integer(bits(buffer, index - start), at: offset)
          }
        }
      }
      try Allowance.check()
      start = end
    }
  }

  private func bits(_ buffer: [UInt8], _ index: Int) -> UInt64 {
    var value: UInt64 = 0
    for place in 0..<type.bytes {
      let byte = buffer[index * type.bytes + (isBigEndian ? place : type.bytes - 1 - place)]
      value = value << 8 | UInt64(byte)
    }
    return value
  }

  private func integer(_ bits: UInt64, at offset: Int) throws -> Int64 {
    guard case .signed(let bytes) = type else {
      guard let value = Int64(exactly: bits) else {
        throw stream.damage(
          at: offset, expected: "integers that fit int64", found: String(bits))
      }
      return value
    }
    let shift = UInt64(64 - bytes * 8)
    return Int64(bitPattern: bits << shift) >> Int64(shift)
  }
}
