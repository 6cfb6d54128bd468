import CNNKernels
import Glibc
import NNSource
import Synchronization

/// How much memory tensors may take.
package enum TensorLimits {
  private static let maximum = Atomic<Int>(8 << 30)
  private static let live = Atomic<Int>(0)

  /// The bytes all large tensors alive may take together; asking for more is a problem.
  package static var maximumBytes: Int {
    get { maximum.load(ordering: .relaxed) }
    set { maximum.store(newValue, ordering: .relaxed) }
  }

  /// The bytes taken by the tensors that are too large to live inside their own object.
  package static var liveBytes: Int { live.load(ordering: .relaxed) }

  static func take(_ bytes: Int) { live.wrappingAdd(bytes, ordering: .relaxed) }
  static func giveBack(_ bytes: Int) { live.wrappingSubtract(bytes, ordering: .relaxed) }
}

/// What a tensor knows of its elements: their type, how they lie, and where.
struct TensorHeader {
  var data: UnsafeMutableRawPointer
  var count: Int
  var dtype: DType
  /// Row-major without gaps.
  var isContiguous: Bool
  /// Bytes taken from the heap apart from the object itself; 0 when the elements stand in the
  /// object's tail or belong to `owner`.
  var heapBytes: Int
  var shape: Shape
  /// In elements, not bytes.
  var strides: Shape
  /// A view keeps alive the storage whose elements it shows.
  var owner: AnyObject?
}

/// The unit of the elements' room behind the header: 16 bytes, so that they are aligned to 16.
struct TensorChunk {
  var bits: SIMD2<Int64>
}

/// The one heap object a tensor refers to: header, and behind it the elements when they are few.
final class TensorStorage: ManagedBuffer<TensorHeader, TensorChunk> {
  /// Elements beyond this size are allocated apart, where failure can be reported.
  static let tailLimit = 4096

  deinit {
    withUnsafeMutablePointerToHeader { header in
      guard header.pointee.heapBytes > 0 else { return }
      free(header.pointee.data)
      TensorLimits.giveBack(header.pointee.heapBytes)
    }
  }

  var pointer: UnsafeMutablePointer<TensorHeader> { withUnsafeMutablePointerToHeader { $0 } }

  /// Room for a contiguous tensor, not initialised unless `zeroed`.
  static func make(_ dtype: DType, _ shape: Shape, zeroed: Bool = false) throws -> TensorStorage {
    let count = try shape.checkedCount(dtype)
    let bytes = count * dtype.itemSize
    if bytes <= tailLimit {
      return makeSmall(dtype, shape, count: count, bytes: bytes, zeroed: zeroed)
    }
    guard bytes <= TensorLimits.maximumBytes - TensorLimits.liveBytes else {
      throw Problem.tensor(
        .tooLarge(shape: shape.array, dtype: dtype.name, limit: TensorLimits.maximumBytes))
    }
    guard let storage = makeLarge(dtype, shape, count: count, bytes: bytes, zeroed: zeroed) else {
      throw Problem.tensor(.outOfMemory(shape: shape.array, dtype: dtype.name))
    }
    return storage
  }

  /// Room for a copy of something that is in memory already, whatever the limit. Like Swift's own
  /// collections it can't report that there is no memory left.
  static func makeCopy(_ dtype: DType, _ shape: Shape) -> TensorStorage {
    let count = shape.elementCount
    let bytes = count * dtype.itemSize
    if bytes <= tailLimit { return makeSmall(dtype, shape, count: count, bytes: bytes) }
    guard let storage = makeLarge(dtype, shape, count: count, bytes: bytes, zeroed: false) else {
      preconditionFailure("out of memory")
    }
    return storage
  }

  /// Elements in the tail of the object: one allocation.
  static func makeSmall(
    _ dtype: DType, _ shape: Shape, count: Int, bytes: Int, zeroed: Bool = false
  ) -> TensorStorage {
    let buffer = create(minimumCapacity: (bytes + 15) >> 4) { buffer in
      TensorHeader(
        data: buffer.withUnsafeMutablePointerToElements { UnsafeMutableRawPointer($0) },
        count: count, dtype: dtype, isContiguous: true, heapBytes: 0, shape: shape,
        strides: shape.contiguousStrides, owner: nil)
    }
    let storage = unsafeDowncast(buffer, to: TensorStorage.self)
    if zeroed { memset(storage.pointer.pointee.data, 0, bytes) }
    return storage
  }

  /// Elements apart from the object; nil when there is no memory.
  private static func makeLarge(
    _ dtype: DType, _ shape: Shape, count: Int, bytes: Int, zeroed: Bool
  ) -> TensorStorage? {
    guard let data = zeroed ? calloc(1, bytes) : malloc(bytes) else { return nil }
    TensorLimits.take(bytes)
    let buffer = create(minimumCapacity: 0) { _ in
      TensorHeader(
        data: data, count: count, dtype: dtype, isContiguous: true, heapBytes: bytes, shape: shape,
        strides: shape.contiguousStrides, owner: nil)
    }
    return unsafeDowncast(buffer, to: TensorStorage.self)
  }

  /// The same elements seen through another shape. `offset` is in elements from this storage's
  /// first.
  func view(_ shape: Shape, _ strides: Shape, offset: Int) -> TensorStorage {
    let header = pointer
    let buffer = TensorStorage.create(minimumCapacity: 0) { _ in
      TensorHeader(
        data: header.pointee.data + offset * header.pointee.dtype.itemSize,
        count: shape.elementCount, dtype: header.pointee.dtype,
        isContiguous: shape.isContiguous(strides), heapBytes: 0, shape: shape, strides: strides,
        owner: header.pointee.owner ?? self)
    }
    return unsafeDowncast(buffer, to: TensorStorage.self)
  }
}

extension Shape {
  /// The number of elements, after checking rank, signs and memory.
  func checkedCount(_ dtype: DType) throws -> Int {
    guard count <= Shape.maximumRank else { throw Problem.tensor(.tooManyAxes(count)) }
    var product = 1
    var isEmpty = false
    for axis in 0..<count {
      let length = self[axis]
      guard length >= 0 else { throw Problem.tensor(.negativeLength(shape: array)) }
      if length == 0 {
        isEmpty = true
        continue
      }
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      guard !overflow, next <= Int.max / 16 else {
        throw Problem.tensor(
          .tooLarge(shape: array, dtype: dtype.name, limit: TensorLimits.maximumBytes))
      }
      product = next
    }
    return isEmpty ? 0 : product
  }

  /// Whether `strides` lay the elements out in row-major order without gaps.
  func isContiguous(_ strides: Shape) -> Bool {
    var step = 1
    for axis in stride(from: count - 1, through: 0, by: -1) {
      let length = self[axis]
      if length == 0 { return true }
      if length != 1, strides[axis] != step { return false }
      step &*= length
    }
    return true
  }
}
