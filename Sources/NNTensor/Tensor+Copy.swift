import CNNKernels
import Glibc
import NNSource

/// Copies, conversions, equality, and copy on write.

extension Tensor {
  /// The elements as the kernels take them. `body` runs while their memory is alive.
  package func withKernelElements<R>(_ body: (nn_elements) throws -> R) rethrows -> R {
    let header = header
    defer { withExtendedLifetime(self) {} }
    return try header.withLayout { _, strides in
      try body(
        nn_elements(
          data: header.pointee.data, strides: strides, dtype: Int32(header.pointee.dtype.rawValue)))
    }
  }

  /// The same elements in row-major order without gaps; itself when they lie so already.
  package func contiguous() -> Tensor { isContiguous ? self : cast(to: dtype) }

  /// `contiguous` under the memory limit.
  func compacted() throws -> Tensor { isContiguous ? self : try converted(to: dtype) }

  /// `astype`: floats are truncated towards zero (what does not fit an int64 is its least value),
  /// integers wrap around. Itself when nothing changes.
  package func cast(to dtype: DType) -> Tensor {
    if dtype == self.dtype, isContiguous { return self }
    return copy(into: TensorStorage.makeCopy(dtype, shape))
  }

  /// `cast` under the memory limit, for what a user asks.
  package func converted(to dtype: DType) throws -> Tensor {
    if dtype == self.dtype, isContiguous { return self }
    return copy(into: try TensorStorage.make(dtype, shape))
  }

  /// A contiguous copy of its own.
  func copied() throws -> Tensor { copy(into: try TensorStorage.make(dtype, shape)) }

  private func copy(into storage: TensorStorage) -> Tensor {
    let target = storage.pointer
    let dtype = Int32(target.pointee.dtype.rawValue)
    withKernelElements { elements in
      target.withLayout { shape, _ in
        nn_copy(target.pointee.data, dtype, elements, shape, Int32(target.pointee.layout.rank))
      }
    }
    return Tensor(storage)
  }

  /// Makes the elements this tensor's own and contiguous, before they are changed.
  mutating func makeUnique() {
    if isKnownUniquelyReferenced(&storage), isContiguous, ownsElements { return }
    storage = copy(into: TensorStorage.makeCopy(dtype, shape)).storage
  }

  /// The same under the memory limit.
  mutating func takeUnique() throws {
    if isKnownUniquelyReferenced(&storage), isContiguous, ownsElements { return }
    storage = try copied().storage
  }

  /// Whether no other tensor shows these elements, given that nobody else has this storage.
  private var ownsElements: Bool {
    let header = header
    return header.pointee.owner == nil || isKnownUniquelyReferenced(&header.pointee.owner)
  }
}

extension Tensor: Hashable {
  /// The same shape, type and bits; one NaN equals another.
  package static func == (a: Tensor, b: Tensor) -> Bool {
    if a.storage === b.storage { return true }
    guard a.dtype == b.dtype, a.shape == b.shape else { return false }
    for index in 0..<a.count where a[flat: index].canonicalBits != b[flat: index].canonicalBits {
      return false
    }
    return true
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(dtype)
    hasher.combine(shape)
    for index in 0..<count { hasher.combine(self[flat: index].canonicalBits) }
  }
}

extension Scalar {
  /// The element's bits, every NaN being the same.
  package var canonicalBits: UInt64 {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .uint8(let value): UInt64(value)
    case .int64(let value): UInt64(bitPattern: value)
    case .float32(let value): UInt64((value.isNaN ? Float.nan : value).bitPattern)
    case .float64(let value): (value.isNaN ? Double.nan : value).bitPattern
    }
  }
}
