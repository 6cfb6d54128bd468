/// NNTensor: numbers and lists → `Tensor` → elementwise, reduce, matmul, index → `Tensor` → text.
///
/// The Swift side checks shapes and types, allocates the result and words the problems; the loops
/// run in CNNKernels. Semantics are NumPy's, the order of every sum is fixed by shape alone.
import CNNKernels
import NNSource

/// An array of one type of element in any number of axes. A value: a copy is a copy, the storage
/// is shared until one side changes it. Indexing and transposing give views of the same storage.
package struct Tensor: @unchecked Sendable {
  package var storage: TensorStorage

  @inlinable @inline(__always) package init(_ storage: TensorStorage) { self.storage = storage }

  /// Valid as long as someone holds the tensor.
  @inlinable @inline(__always) package var header: UnsafeMutablePointer<TensorHeader> {
    storage.withUnsafeMutablePointerToHeader { $0 }
  }

  package var dtype: DType { header.pointee.dtype }
  package var shape: Shape { header.pointee.layout.shape }
  package var rank: Int { header.pointee.layout.rank }
  /// The number of elements.
  package var count: Int { header.pointee.count }
  var strides: Shape { header.pointee.layout.strides }
  var isContiguous: Bool { header.pointee.isContiguous }
  var data: UnsafeMutableRawPointer { header.pointee.data }
}

extension Tensor {
  /// Throws when the elements take more than `TensorLimits.maximumBytes`, or there is no memory.
  package init(zeros shape: Shape, _ dtype: DType) throws {
    storage = try TensorStorage.make(dtype, shape, zeroed: true)
  }

  /// Elements to be written at once.
  init(uninitialized shape: Shape, _ dtype: DType) throws {
    storage = try TensorStorage.make(dtype, shape)
  }

  package init(repeating value: Scalar, shape: Shape) throws {
    storage = try TensorStorage.make(value.dtype, shape)
    let count = count
    switch value {
    case .bool(let value): fill(value, count)
    case .uint8(let value): fill(value, count)
    case .int64(let value): fill(value, count)
    case .float32(let value): fill(value, count)
    case .float64(let value): fill(value, count)
    }
  }

  private func fill<T>(_ value: T, _ count: Int) {
    data.initializeMemory(as: T.self, repeating: value, count: count)
  }
}
