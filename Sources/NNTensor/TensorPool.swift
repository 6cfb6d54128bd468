import CNNKernels

/// Storages of small tensors that nobody holds any more, by the room in them, so that a loop over
/// small tensors runs without the heap. Plain memory, for one thread: its owner deallocates it.
package struct TensorPool {
  /// Sizes are the powers of two from here to `TensorStorage.tailLimit`.
  private static let smallest = 64
  private static let sizes = shelf(TensorStorage.tailLimit) + 1
  /// Storages kept of each size.
  private static let depth = 32

  /// `counts[size]` storages stand from `storages[size * depth]` on.
  private let storages: UnsafeMutablePointer<Unmanaged<TensorStorage>>
  private let counts: UnsafeMutablePointer<Int>
  /// Room for the elements of two operands of up to `TensorStorage.tailLimit` bytes.
  let scratch: (left: UnsafeMutablePointer<Double>, right: UnsafeMutablePointer<Double>)

  package init() {
    storages = .allocate(capacity: Self.sizes * Self.depth)
    counts = .allocate(capacity: Self.sizes)
    counts.initialize(repeating: 0, count: Self.sizes)
    let room = UnsafeMutablePointer<Double>.allocate(capacity: 2 * Self.scratchCount)
    room.initialize(repeating: 0, count: 2 * Self.scratchCount)
    scratch = (room, room + Self.scratchCount)
  }

  static let scratchCount = TensorStorage.tailLimit / MemoryLayout<Double>.size

  package func deallocate() {
    for size in 0..<Self.sizes {
      for place in 0..<counts[size] { storages[size * Self.depth + place].release() }
    }
    storages.deallocate()
    counts.deallocate()
    scratch.left.deallocate()
  }

  /// The place of the size that holds so many bytes.
  @inline(__always)
  private static func shelf(_ bytes: Int) -> Int {
    bytes <= smallest
      ? 0 : (bytes &- 1).leadingZeroBitCount ^ 63 &- smallest.trailingZeroBitCount &+ 1
  }

  /// The size of storage made for so many bytes, at most `TensorStorage.tailLimit`.
  static func roundedSize(_ bytes: Int) -> Int { smallest << shelf(bytes) }

  /// Takes the storage at `place` out of its memory: its holder lets go of it. It is kept if nobody
  /// else has it.
  package func recycle(_ place: UnsafeMutablePointer<TensorStorage>) {
    let header = place.header
    let shelf = Self.shelf(header.pointee.tailBytes)
    guard header.pointee.tailBytes > 0, isKnownUniquelyReferenced(&place.pointee),
      counts[shelf] < Self.depth
    else {
      place.deinitialize(count: 1)
      return
    }
    if header.pointee.owner != nil { header.pointee.owner = nil }
    storages[shelf &* Self.depth &+ counts[shelf]] =
      UnsafeRawPointer(place).load(as: Unmanaged<TensorStorage>.self)
    counts[shelf] &+= 1
  }

  /// A storage with room for `count` elements of `dtype` lying as `layout` says, contiguous, the
  /// elements not initialised. At most `TensorStorage.tailLimit` bytes and four axes.
  @inline(__always)
  func take(_ dtype: DType, _ layout: UnsafePointer<SmallLayout>, _ count: Int) -> NewStorage {
    let shelf = Self.shelf(count &* dtype.itemSize)
    let kept = counts[shelf] &- 1
    guard kept >= 0 else {
      return NewStorage(.passRetained(.makeSmall(dtype, Layout(layout.pointee), count)))
    }
    counts[shelf] = kept
    let storage = NewStorage(storages[shelf &* Self.depth &+ kept])
    let header = storage.header
    header.pointee.layout.small = layout.pointee
    header.pointee.data = storage.tail
    header.pointee.count = count
    header.pointee.dtype = dtype
    header.pointee.isContiguous = true
    header.pointee.isDense = true
    return storage
  }

  /// The same for any number of elements: large ones come from the heap, under the memory limit.
  @inline(__always)
  func make(_ dtype: DType, _ layout: UnsafePointer<SmallLayout>, _ count: Int) throws
    -> NewStorage
  {
    count &* dtype.itemSize <= TensorStorage.tailLimit
      ? take(dtype, layout, count)
      : NewStorage(.passRetained(try .make(dtype, Layout(layout.pointee), count)))
  }
}

/// A storage on its way to its first holder, which takes it over by `tensor`. Plain memory until
/// then.
package struct NewStorage {
  @usableFromInline let storage: Unmanaged<TensorStorage>

  @inline(__always)
  init(_ storage: Unmanaged<TensorStorage>) { self.storage = storage }

  @inlinable @inline(__always) var header: UnsafeMutablePointer<TensorHeader> {
    storage._withUnsafeGuaranteedRef { $0.withUnsafeMutablePointerToHeader { $0 } }
  }

  /// The room behind the header.
  @inline(__always)
  var tail: UnsafeMutableRawPointer {
    storage._withUnsafeGuaranteedRef {
      $0.withUnsafeMutablePointerToElements { UnsafeMutableRawPointer($0) }
    }
  }

  @inlinable @inline(__always) package var tensor: Tensor { Tensor(storage.takeRetainedValue()) }

  func discard() { storage.release() }

  /// The same if the kernel that filled it did not stop half way.
  @inline(__always)
  func finished(_ status: Int32) throws -> NewStorage {
    guard status == Int32(NN_STOPPED) else { return self }
    discard()
    try Allowance.check()
    return self
  }

  @inlinable @inline(__always) package var elementCount: Int { header.pointee.count }

  package var isNumber: Bool { header.pointee.layout.small.rank == 0 }
}

/// A tensor's storage, read where its holder has it, without counting a reference.
extension UnsafeMutablePointer<TensorStorage> {
  @inlinable @inline(__always) package var elementCount: Int { header.pointee.count }

  /// The header of the storage that stands here, read without counting a reference.
  @inlinable @inline(__always) package var header: UnsafeMutablePointer<TensorHeader> {
    UnsafeRawPointer(self).load(as: Unmanaged<TensorStorage>.self)._withUnsafeGuaranteedRef {
      $0.withUnsafeMutablePointerToHeader { $0 }
    }
  }
}
