import CNNKernels
import Glibc
import NNSource

/// What a tensor knows of its elements: their type, how they lie, and where.
@usableFromInline package struct TensorHeader {
  var layout: Layout
  var data: UnsafeMutableRawPointer
  @usableFromInline var count: Int
  var dtype: DType
  /// Row-major without gaps.
  var isContiguous: Bool
  /// Without gaps, the axes in any order: a transposed tensor.
  var isDense: Bool
  /// Bytes taken from the heap apart from the object itself; 0 when the elements stand in the
  /// object's tail or belong to `owner`.
  var heapBytes: Int
  /// Bytes the object's tail has room for, whatever stands there; what `TensorPool` goes by.
  var tailBytes: Int
  /// A view keeps alive the storage whose elements it shows.
  var owner: AnyObject?
}

/// The unit of the elements' room behind the header.
@usableFromInline package typealias TensorChunk = UInt64

/// The one heap object a tensor refers to: header, and behind it the elements when they are few.
@usableFromInline package final class TensorStorage: ManagedBuffer<TensorHeader, TensorChunk> {
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
  static func make<S: AxisList>(
    _ dtype: DType, _ shape: S, zeroed: Bool = false
  ) throws -> TensorStorage {
    try make(dtype, Layout(contiguous: shape), try shape.checkedCount(dtype), zeroed: zeroed)
  }

  /// The same for a shape that exists already.
  static func make(
    _ dtype: DType, _ layout: Layout, _ count: Int, zeroed: Bool = false
  ) throws -> TensorStorage {
    let bytes = count &* dtype.itemSize
    if bytes <= tailLimit {
      let storage = makeSmall(dtype, layout, count)
      if zeroed { memset(storage.pointer.pointee.data, 0, bytes) }
      return storage
    }
    guard bytes <= TensorLimits.maximumBytes - TensorLimits.liveBytes else {
      throw Problem.tensor(
        .tooLarge(
          shape: layout.shape.array, dtype: dtype.name, limit: TensorLimits.maximumBytes))
    }
    guard let storage = makeLarge(dtype, layout, count, zeroed: zeroed) else {
      throw Problem.tensor(.outOfMemory(shape: layout.shape.array, dtype: dtype.name))
    }
    return storage
  }

  /// Room for a tensor of the shape of a dense one, whose elements lie in the same order.
  static func make(
    _ dtype: DType, like model: UnsafeMutablePointer<TensorHeader>
  ) throws -> TensorStorage {
    let storage = try make(dtype, model.pointee.layout, model.pointee.count)
    storage.pointer.pointee.isContiguous = model.pointee.isContiguous
    return storage
  }

  /// Room for a copy of something that is in memory already, whatever the limit. Like Swift's own
  /// collections it can't report that there is no memory left.
  static func makeCopy(_ dtype: DType, _ shape: Shape) -> TensorStorage {
    let count = shape.elementCount
    let layout = Layout(contiguous: shape)
    if count * dtype.itemSize <= tailLimit { return makeSmall(dtype, layout, count) }
    guard let storage = makeLarge(dtype, layout, count, zeroed: false) else {
      preconditionFailure("out of memory")
    }
    return storage
  }

  /// Elements in the tail of the object: one allocation, of one of the pool's sizes.
  static func makeSmall(_ dtype: DType, _ layout: Layout, _ count: Int) -> TensorStorage {
    // More than four axes need room of their own, which the pool does not reuse.
    let bytes = TensorPool.roundedSize(count &* dtype.itemSize)
    let buffer = create(minimumCapacity: bytes >> 3) { buffer in
      TensorHeader(
        layout: layout,
        data: buffer.withUnsafeMutablePointerToElements { UnsafeMutableRawPointer($0) },
        count: count, dtype: dtype, isContiguous: true, isDense: true, heapBytes: 0,
        tailBytes: layout.isSmall ? bytes : 0, owner: nil)
    }
    return unsafeDowncast(buffer, to: TensorStorage.self)
  }

  /// Elements apart from the object; nil when there is no memory.
  private static func makeLarge(
    _ dtype: DType, _ layout: Layout, _ count: Int, zeroed: Bool
  ) -> TensorStorage? {
    let bytes = count * dtype.itemSize
    guard let data = zeroed ? calloc(1, bytes) : malloc(bytes) else { return nil }
    TensorLimits.take(bytes)
    let buffer = create(minimumCapacity: 0) { _ in
      TensorHeader(
        layout: layout, data: data, count: count, dtype: dtype, isContiguous: true, isDense: true,
        heapBytes: bytes, tailBytes: 0, owner: nil)
    }
    return unsafeDowncast(buffer, to: TensorStorage.self)
  }

  /// The same elements seen through another shape. `offset` is in elements from this storage's
  /// first; `isPermuted` says that only the axes change places.
  func view<S: AxisList>(
    _ shape: S, _ strides: S, offset: Int, isPermuted: Bool
  ) -> TensorStorage {
    let header = pointer
    let isContiguous = shape.isContiguous(strides)
    let buffer = TensorStorage.create(minimumCapacity: 0) { _ in
      TensorHeader(
        layout: Layout(shape, strides: strides),
        data: header.pointee.data + offset * header.pointee.dtype.itemSize,
        count: shape.product, dtype: header.pointee.dtype,
        isContiguous: isContiguous,
        isDense: isContiguous || (isPermuted && header.pointee.isDense), heapBytes: 0,
        tailBytes: 0, owner: header.pointee.owner ?? self)
    }
    return unsafeDowncast(buffer, to: TensorStorage.self)
  }
}
