import CNNKernels
import NNSource

/// Numbers at a fixed place in memory, for loops that write over them again and again. It counts
/// against the memory limit as a tensor does.
package final class NumberRoom {
  private let storage: TensorStorage
  package let pointer: UnsafeMutableRawPointer
  package let dtype: DType
  package let count: Int

  /// All 0. Throws when there is no memory for them.
  package init(_ dtype: DType, _ count: Int) throws {
    storage = try TensorStorage.make(dtype, [count] as Shape, zeroed: true)
    pointer = storage.pointer.pointee.data
    self.dtype = dtype
    self.count = count
  }

  /// Where element `index` stands.
  package func at(_ index: Int) -> UnsafeMutableRawPointer {
    pointer + index &* dtype.itemSize
  }

  /// A copy of the elements from `start` on.
  package func tensor(from start: Int = 0, shape: Shape) throws -> Tensor {
    let size = shape.elementCount
    precondition(start >= 0 && start + size <= count, "outside the room")
    let copy = try Tensor(uninitialized: shape, dtype)
    copy.data.copyMemory(from: at(start), byteCount: size * dtype.itemSize)
    return copy
  }

  /// Writes the elements of `tensor`, in row-major order, from `start` on.
  package func write(_ tensor: Tensor, at start: Int = 0) {
    precondition(start >= 0 && start + tensor.count <= count, "outside the room")
    let rows = tensor.cast(to: dtype)
    at(start).copyMemory(from: rows.data, byteCount: rows.count * dtype.itemSize)
    withExtendedLifetime(rows) {}
  }

  /// Copies the elements of another room of the same type and size.
  package func copy(_ other: NumberRoom) {
    precondition(other.dtype == dtype && other.count == count, "another kind of room")
    pointer.copyMemory(from: other.pointer, byteCount: count * dtype.itemSize)
  }
}
