/// Making tensors of Swift values, and reading elements back.

extension Tensor {
  /// From row-major values; rank 1 without a shape. A shape of another size is a programming error.
  private init<T>(copying values: [T], _ dtype: DType, _ shape: Shape?) {
    let shape = shape ?? [values.count]
    precondition(shape.elementCount == values.count, "the shape does not fit the values")
    storage = TensorStorage.makeCopy(dtype, shape)
    let data = data
    values.withUnsafeBytes { source in
      guard let base = source.baseAddress else { return }
      data.copyMemory(from: base, byteCount: source.count)
    }
  }

  package init(_ values: [Double], shape: Shape? = nil) {
    self.init(copying: values, .float64, shape)
  }
  package init(_ values: [Float], shape: Shape? = nil) {
    self.init(copying: values, .float32, shape)
  }
  package init(_ values: [Int], shape: Shape? = nil) { self.init(copying: values, .int64, shape) }
  package init(_ values: [UInt8], shape: Shape? = nil) { self.init(copying: values, .uint8, shape) }
  package init(_ values: [Bool], shape: Shape? = nil) { self.init(copying: values, .bool, shape) }

  /// Rank 0.
  package init(_ scalar: Scalar) {
    switch scalar {
    case .bool(let value): self.init(single: value, .bool)
    case .uint8(let value): self.init(single: value, .uint8)
    case .int64(let value): self.init(single: value, .int64)
    case .float32(let value): self.init(single: value, .float32)
    case .float64(let value): self.init(single: value, .float64)
    }
  }

  private init<T>(single value: T, _ dtype: DType) {
    storage = TensorStorage.makeSmall(dtype, Layout(contiguous: Shape()), 1)
    data.initializeMemory(as: T.self, repeating: value, count: 1)
  }

  /// The only element, when there is just one.
  package var scalar: Scalar? { count == 1 ? load(0) : nil }

  /// The element `offset` elements behind the first in memory.
  func load(_ offset: Int) -> Scalar {
    let data = data
    switch dtype {
    case .bool: return .bool(data.load(fromByteOffset: offset, as: UInt8.self) != 0)
    case .uint8: return .uint8(data.load(fromByteOffset: offset, as: UInt8.self))
    case .int64: return .int64(data.load(fromByteOffset: offset << 3, as: Int64.self))
    case .float32: return .float32(data.load(fromByteOffset: offset << 2, as: Float.self))
    case .float64: return .float64(data.load(fromByteOffset: offset << 3, as: Double.self))
    }
  }

  /// The element at a place in row-major order, whatever the strides.
  package subscript(flat index: Int) -> Scalar {
    precondition(index >= 0 && index < count, "no such element")
    return load(isContiguous ? index : shape.offset(index, strides))
  }

  package var doubles: [Double] { cast(to: .float64).elements() }
  /// Floats are truncated towards zero.
  package var integers: [Int] { cast(to: .int64).elements() }
  package var bools: [Bool] { cast(to: .bool).elements() }

  private func elements<T>() -> [T] { withElements(of: T.self) { Array($0) } }

  /// The elements in row-major order; `T` must be the dtype's type.
  package func withElements<T, R>(
    of type: T.Type, _ body: (UnsafeBufferPointer<T>) throws -> R
  ) rethrows -> R {
    let tensor = contiguous()
    precondition(MemoryLayout<T>.stride == tensor.dtype.itemSize, "not the tensor's type")
    defer { withExtendedLifetime(tensor) {} }
    return try body(
      UnsafeBufferPointer(start: tensor.data.assumingMemoryBound(to: T.self), count: tensor.count))
  }

  /// The elements in row-major order, to be changed in place; `T` must be the dtype's type.
  package mutating func withMutableElements<T, R>(
    of type: T.Type, _ body: (UnsafeMutableBufferPointer<T>) throws -> R
  ) rethrows -> R {
    makeUnique()
    precondition(MemoryLayout<T>.stride == dtype.itemSize, "not the tensor's type")
    defer { withExtendedLifetime(self) {} }
    return try body(
      UnsafeMutableBufferPointer(start: data.assumingMemoryBound(to: T.self), count: count))
  }
}
