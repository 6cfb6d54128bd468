import CNNKernels
import NNSource

/// One item between the brackets of `x[…]`.
package enum TensorIndex: Sendable {
  case integer(Int)
  case slice(start: Int?, stop: Int?, step: Int?)
  case ellipsis
  case newAxis
  /// A bool mask, or integers.
  case tensor(Tensor)
}

/// What an index names: some axes of the tensor, and, where masks or integer tensors are in it, a list
/// of places that stands for the axes they cover.
struct IndexPlan<S: AxisList> {
  /// The axes the result takes from slices and new axes, in order.
  var shape = S(rank: 0)
  var strides = S(rank: 0)
  /// Of the first element, from the tensor's first.
  var offset = 0
  /// Masks and integer tensors, as offsets.
  var places: Tensor?
  /// How many of `shape`'s axes stand before those of `places` in the result.
  var leading = 0

  private var placesCount = 0
  private var run = PlacesRun.none

  /// Where NumPy puts the axes of several tensors: at the first one's when they stand side by side,
  /// else in front.
  private enum PlacesRun { case none, open, closed, broken }

  init(_ items: [TensorIndex], of tensor: Tensor) throws {
    let (shape, strides) = (S.shape(of: tensor.header), S.strides(of: tensor.header))
    let used = try items.axesUsed(of: tensor)
    let hasTensors = items.hasTensors
    var axis = 0
    var sawEllipsis = false
    for item in items {
      switch item {
      case .integer(let place):
        offset += try tensor.place(place, axis, shape[axis]) * strides[axis]
        if hasTensors { try addPlaces(Tensor(.int64(0))) }
        axis += 1
      case .slice(let start, let stop, let step):
        try slice(start, stop, step, shape[axis], strides[axis])
        axis += 1
      case .ellipsis:
        guard !sawEllipsis else { throw Problem.tensor(.severalEllipses) }
        sawEllipsis = true
        take(axis..<(axis + shape.count - used), shape, strides)
        axis += shape.count - used
      case .newAxis: addAxis(1, 0)
      case .tensor(let index):
        try addPlaces(try Self.offsets(index, axis, tensor))
        axis += item.axesUsed
      }
    }
    take(axis..<shape.count, shape, strides)
    if run == .broken { leading = 0 }
    let rank = self.shape.count + (places?.rank ?? 0)
    guard rank <= Shape.maximumRank else { throw Problem.tensor(.tooManyAxes(rank)) }
  }

  /// The shape of what the index names.
  var resultShape: Shape {
    var result = Shape()
    for axis in 0..<leading { result.append(shape[axis]) }
    for length in places?.shape ?? Shape() { result.append(length) }
    for axis in leading..<shape.count { result.append(shape[axis]) }
    return result
  }

  private mutating func addAxis(_ length: Int, _ stride: Int) {
    shape.append(length)
    strides.append(stride)
    if run == .open { run = .closed }
  }

  private mutating func take(_ axes: Range<Int>, _ shape: S, _ strides: S) {
    if run == .open { run = .closed }
    for axis in axes { addAxis(shape[axis], strides[axis]) }
  }

  private mutating func addPlaces(_ offsets: Tensor) throws {
    switch run {
    case .none: (run, leading) = (.open, shape.count)
    case .open, .broken: break
    case .closed: run = .broken
    }
    guard let present = places else {
      places = offsets
      return
    }
    guard (try? Tensor.broadcastShape(present.shape, offsets.shape, "")) != nil else {
      throw Problem.tensor(
        .indicesDoNotFit(left: present.shape.array, right: offsets.shape.array))
    }
    places = try Tensor.binary(.add, .tensor(present), .tensor(offsets))
  }

  /// Python's slice of an axis.
  private mutating func slice(
    _ start: Int?, _ stop: Int?, _ step: Int?, _ length: Int, _ stride: Int
  ) throws {
    let step = Swift.max(step ?? 1, -Int.max)
    guard step != 0 else { throw Problem.tensor(.zeroStep) }
    func clamped(_ place: Int?, _ missing: Int) -> Int {
      guard var place else { return missing }
      if place < 0 { place += length }
      if place < 0 { return step < 0 ? -1 : 0 }
      return place < length ? place : step < 0 ? length - 1 : length
    }
    let first = clamped(start, step < 0 ? length - 1 : 0)
    let end = clamped(stop, step < 0 ? -1 : length)
    let distance = step < 0 ? first - end : end - first
    let count = distance > 0 ? (distance - 1) / Swift.abs(step) + 1 : 0
    if count > 0 { offset += first * stride }
    addAxis(count, count > 1 ? step * stride : 0)
  }

  /// A mask or an integer tensor as offsets along the axes it covers.
  private static func offsets(_ index: Tensor, _ axis: Int, _ tensor: Tensor) throws -> Tensor {
    switch index.dtype {
    case .bool: return try maskOffsets(index, axis, tensor)
    case .uint8, .int64:
      let places = try index.converted(to: .int64)
      let offsets = try Tensor(uninitialized: index.shape, .int64)
      let bad = nn_place_offsets(
        offsets.data.assumingMemoryBound(to: Int64.self),
        places.data.assumingMemoryBound(to: Int64.self), tensor.shape[axis], tensor.strides[axis],
        places.count)
      if bad >= 0, let place = places[flat: bad].integer {
        throw Problem.tensor(
          .indexOutOfRange(index: place, axis: axis, shape: tensor.shape.array))
      }
      return offsets
    case .float32, .float64:
      throw Problem.tensor(.indexType(dtype: index.dtype.name))
    }
  }

  private static func maskOffsets(_ mask: Tensor, _ axis: Int, _ tensor: Tensor) throws -> Tensor {
    let covered = axis..<(axis + mask.rank)
    guard zip(covered, mask.shape).allSatisfy({ tensor.shape[$0] == $1 }) else {
      throw Problem.tensor(
        .maskDoesNotFit(mask: mask.shape.array, axis: axis, shape: tensor.shape.array))
    }
    let mask = try mask.compacted()
    let count = try mask.reduce(.countNonzero).scalar?.integer ?? 0
    let offsets = try Tensor(uninitialized: [count], .int64)
    let strides = Shape(covered.map { tensor.strides[$0] })
    mask.header.withLayout { shape, _ in
      strides.withPointer { strides in
        nn_mask_offsets(
          offsets.data.assumingMemoryBound(to: Int64.self),
          mask.data.assumingMemoryBound(to: UInt8.self), shape, strides, Int32(mask.rank))
      }
    }
    withExtendedLifetime(mask) {}
    return offsets
  }
}

extension TensorIndex {
  package var isTensor: Bool {
    if case .tensor = self { return true }
    return false
  }

  fileprivate var axesUsed: Int {
    switch self {
    case .integer, .slice: 1
    case .ellipsis, .newAxis: 0
    case .tensor(let index): index.dtype == .bool ? index.rank : 1
    }
  }

  /// A tensor of one integer without axes as an integer.
  fileprivate var simplified: TensorIndex {
    guard case .tensor(let index) = self, index.rank == 0, index.dtype.isInteger,
      let place = index.scalar?.integer
    else { return self }
    return .integer(place)
  }
}

extension [TensorIndex] {
  var hasTensors: Bool { contains { $0.isTensor } }

  var simplified: [TensorIndex] { hasTensors ? map(\.simplified) : self }

  /// The axes of `tensor` that items name, not counting an ellipsis. Throws when there are too few.
  fileprivate func axesUsed(of tensor: Tensor) throws -> Int {
    var used = 0
    for item in self { used += item.axesUsed }
    guard used <= tensor.rank else {
      throw Problem.tensor(.tooManyIndices(given: used, shape: tensor.shape.array))
    }
    return used
  }

  /// Whether a `SmallShape` holds all axes of the plan for `tensor`.
  func isSmall(for tensor: Tensor) -> Bool {
    guard tensor.header.pointee.layout.isSmall else { return false }
    var rank = tensor.rank
    for case .newAxis in self { rank += 1 }
    return rank <= SmallShape.maximumRank
  }
}
