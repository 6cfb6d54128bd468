/// Storages of small tensors that nobody holds any more, by the room in them, so that a loop over
/// small tensors runs without the heap. Not for several threads at once: each interpreter has one.
package final class TensorPool {
  /// Sizes are the powers of two from here to `TensorStorage.tailLimit`.
  private static let smallest = 64
  private static let sizes = shelf(TensorStorage.tailLimit) + 1
  /// Storages kept of each size.
  private static let depth = 32

  /// `counts[size]` storages stand from `storages[size * depth]` on.
  private let storages: UnsafeMutablePointer<TensorStorage>
  private let counts: UnsafeMutablePointer<Int>

  package init() {
    storages = .allocate(capacity: Self.sizes * Self.depth)
    counts = .allocate(capacity: Self.sizes)
    counts.initialize(repeating: 0, count: Self.sizes)
  }

  deinit {
    for size in 0..<Self.sizes {
      (storages + size * Self.depth).deinitialize(count: counts[size])
    }
    storages.deallocate()
    counts.deallocate()
  }

  /// The place of the size that holds so many bytes.
  private static func shelf(_ bytes: Int) -> Int {
    bytes <= smallest
      ? 0 : (bytes &- 1).leadingZeroBitCount ^ 63 &- smallest.trailingZeroBitCount &+ 1
  }

  /// The size of storage made for so many bytes, at most `TensorStorage.tailLimit`.
  static func roundedSize(_ bytes: Int) -> Int { smallest << shelf(bytes) }

  /// Takes a tensor that its holder lets go of. The storage is kept if nobody else has it.
  package func recycle(_ tensor: consuming Tensor) {
    let header = tensor.header
    guard header.pointee.tailBytes > 0, tensor.isHeldOnce, header.pointee.layout.isSmall else {
      return
    }
    let shelf = Self.shelf(header.pointee.tailBytes)
    let count = counts[shelf]
    guard count < Self.depth else { return }
    if header.pointee.owner != nil { header.pointee.owner = nil }
    (storages + (shelf &* Self.depth &+ count)).initialize(to: tensor.storage)
    counts[shelf] = count &+ 1
  }

  /// A storage with room for `count` elements of `dtype` lying as `layout` says, contiguous, the
  /// elements not initialised. At most `TensorStorage.tailLimit` bytes and four axes.
  func take(_ dtype: DType, _ layout: SmallLayout, _ count: Int) -> TensorStorage {
    let shelf = Self.shelf(count &* dtype.itemSize)
    let kept = counts[shelf]
    guard kept > 0 else { return .makeSmall(dtype, Layout(layout), count) }
    counts[shelf] = kept &- 1
    let storage = (storages + (shelf &* Self.depth &+ kept &- 1)).move()
    storage.withUnsafeMutablePointers { header, elements in
      header.pointee.layout.small = layout
      header.pointee.data = UnsafeMutableRawPointer(elements)
      header.pointee.count = count
      header.pointee.dtype = dtype
      header.pointee.isContiguous = true
      header.pointee.isDense = true
    }
    return storage
  }

  /// The same for any number of elements: large ones come from the heap, under the memory limit.
  func make(_ dtype: DType, _ layout: SmallLayout, _ count: Int) throws -> TensorStorage {
    count &* dtype.itemSize <= TensorStorage.tailLimit
      ? take(dtype, layout, count) : try .make(dtype, Layout(layout), count)
  }
}

extension Tensor {
  /// Whether nobody else holds this storage. It may still be a view of another's elements.
  @inlinable package var isHeldOnce: Bool {
    mutating get { isKnownUniquelyReferenced(&storage) }
  }
}
