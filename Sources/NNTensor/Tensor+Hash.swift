import NNSource

extension ContentHash {
  /// Of a tensor's dtype, shape and elements; every nan is the same one.
  package init(of tensor: Tensor) {
    var hasher = ContentHasher()
    hasher.add(tensor)
    self = hasher.finished()
  }
}

extension ContentHasher {
  package mutating func add(_ tensor: Tensor) {
    add(tensor.dtype.name)
    add(tensor.rank)
    for length in tensor.shape.array { add(length) }
    switch tensor.dtype {
    case .float64:
      tensor.withElements(of: Double.self) { elements in
        addFloats(elements, UnsafeRawBufferPointer(elements)) { $0.isNaN ? .nan : $0 }
      }
    case .float32:
      tensor.withElements(of: Float.self) { elements in
        addFloats(elements, UnsafeRawBufferPointer(elements)) { $0.isNaN ? .nan : $0 }
      }
    case .int64: tensor.withElements(of: Int64.self) { raw(UnsafeRawBufferPointer($0)) }
    case .bool, .uint8: tensor.withElements(of: UInt8.self) { raw(UnsafeRawBufferPointer($0)) }
    }
  }

  /// The bytes as they are, unless there is a nan among them.
  private mutating func addFloats<T: BinaryFloatingPoint>(
    _ elements: UnsafeBufferPointer<T>, _ bytes: UnsafeRawBufferPointer, _ plain: (T) -> T
  ) {
    guard elements.contains(where: \.isNaN) else { return raw(bytes) }
    elements.map(plain).withUnsafeBytes { raw($0) }
  }
}

extension ContentHash {
  /// Of what the stream will give next.
  package init(of random: RandomStream) {
    var hasher = ContentHasher()
    random.words.withUnsafeBytes { hasher.add($0) }
    hasher.add(random.position)
    hasher.add(random.cachedGaussian != nil)
    hasher.add(random.cachedGaussian ?? 0)
    self = hasher.finished()
  }
}
