import NNSource

/// Bytes with tensors among them. Large tensors are kept apart, each once, by their hash.
package struct TensorWriter {
  /// Tensors of more bytes than these are kept apart.
  package static let inlineBytes = 1 << 14

  package var bytes = ByteWriter()
  package private(set) var large: [(hash: ContentHash, tensor: Tensor)] = []

  package init() {}

  /// All that it takes, large tensors included.
  package var byteCount: Int {
    large.reduce(bytes.bytes.count) { $0 + $1.tensor.count * $1.tensor.dtype.itemSize }
  }

  package mutating func add(_ tensor: Tensor) {
    bytes.add(UInt8(tensor.dtype.rawValue))
    bytes.add(tensor.shape.array) { $0.add($1) }
    let isLarge = tensor.count * tensor.dtype.itemSize > Self.inlineBytes
    bytes.add(isLarge)
    guard isLarge else { return tensor.withBytes { bytes.raw($0) } }
    let hash = ContentHash(of: tensor)
    bytes.add(hash)
    if !large.contains(where: { $0.hash == hash }) { large.append((hash, tensor)) }
  }

  package mutating func add(_ tensor: Tensor?) {
    bytes.add(tensor != nil)
    if let tensor { add(tensor) }
  }
}

/// Reads what a `TensorWriter` wrote.
package struct TensorReader {
  package var bytes: ByteReader
  /// Writes a large tensor's bytes into its memory; false if they are not there, or damaged.
  private let load: (ContentHash, UnsafeMutableRawBufferPointer) -> Bool

  package init(
    _ bytes: [UInt8], load: @escaping (ContentHash, UnsafeMutableRawBufferPointer) -> Bool
  ) {
    self.bytes = ByteReader(bytes)
    self.load = load
  }

  package mutating func tensor() throws -> Tensor {
    guard let dtype = DType(rawValue: DType.RawValue(try bytes.byte())) else {
      throw DamagedBytes()
    }
    let shape = try bytes.list { reader throws(DamagedBytes) in try reader.int() }
    guard shape.count <= Shape.maximumRank, shape.allSatisfy({ $0 >= 0 }) else {
      throw DamagedBytes()
    }
    let isLarge = try bytes.bool()
    let hash = isLarge ? try bytes.hash() : nil
    var tensor = try Tensor(zeros: Shape(shape), dtype)
    let byteCount = tensor.count * dtype.itemSize
    if let hash {
      let load = load
      guard tensor.withMutableBytes({ load(hash, $0) }) else { throw DamagedBytes() }
    } else {
      let slice = try bytes.take(byteCount)
      tensor.withMutableBytes { memory in slice.withUnsafeBytes { memory.copyMemory(from: $0) } }
    }
    guard dtype != .bool || tensor.withBytes({ $0.allSatisfy { $0 < 2 } }) else {
      throw DamagedBytes()
    }
    return tensor
  }

  package mutating func optionalTensor() throws -> Tensor? {
    try bytes.bool() ? try tensor() : nil
  }
}

extension Tensor {
  /// The elements' bytes in row-major order.
  package func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    let tensor = contiguous()
    defer { withExtendedLifetime(tensor) {} }
    return try body(
      UnsafeRawBufferPointer(start: tensor.data, count: tensor.count * tensor.dtype.itemSize))
  }

  fileprivate mutating func withMutableBytes<R>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> R
  ) rethrows -> R {
    makeUnique()
    defer { withExtendedLifetime(self) {} }
    return try body(
      UnsafeMutableRawBufferPointer(start: data, count: count * dtype.itemSize))
  }
}
