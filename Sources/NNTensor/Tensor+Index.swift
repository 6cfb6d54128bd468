import CNNKernels
import Glibc
import NNSource

/// Reading by index.

extension Tensor {
  /// Results up to this many bytes are copied rather than shown: a copy costs no more than a view, and
  /// leaves the storage to its owner.
  private static let smallBytes = 1024

  /// NumPy's indexing. Integers, slices and new axes give a view, as far as anyone can tell; masks and
  /// integer tensors a copy.
  package func indexed(_ items: [TensorIndex]) throws -> Tensor {
    if items.count == 1, case .integer(let place) = items[0] { return try row(place) }
    let items = items.simplified
    return items.isSmall(for: self)
      ? try indexed(IndexPlan<SmallShape>(items, of: self))
      : try indexed(IndexPlan<Shape>(items, of: self))
  }

  private func indexed<S: AxisList>(_ plan: IndexPlan<S>) throws -> Tensor {
    guard let places = plan.places else {
      return try shown(plan.shape, plan.strides, offset: plan.offset)
    }
    let result = try Tensor(uninitialized: plan.resultShape, dtype)
    plan.withAxes { outer, inner in
      nn_gather(
        result.data, data + plan.offset * dtype.itemSize, dtype.itemSize,
        places.data.assumingMemoryBound(to: Int64.self), places.count, outer, inner)
    }
    withExtendedLifetime((self, places)) {}
    return result
  }

  /// A view, or a copy where it is small.
  private func shown<S: AxisList>(_ shape: S, _ strides: S, offset: Int) throws -> Tensor {
    let count = shape.product
    guard count * dtype.itemSize <= Self.smallBytes else {
      return view(shape, strides, offset: offset)
    }
    let result = TensorStorage.makeSmall(dtype, Layout(contiguous: shape), count)
    let room = result.pointer.pointee.data
    let first = data + offset * dtype.itemSize
    if shape.isContiguous(strides) {
      memcpy(room, first, count * dtype.itemSize)
    } else {
      let type = Int32(dtype.rawValue)
      strides.withPointer { strides in
        shape.withPointer { lengths in
          nn_copy(
            room, type, nn_elements(data: first, strides: strides, dtype: type), lengths,
            Int32(shape.count))
        }
      }
    }
    return Tensor(result)
  }

  /// The element at one place an axis; negative ones count from the end.
  package func element(at places: [Int]) throws -> Scalar { load(try offset(of: places)) }

  /// `x[i]` of a vector.
  package func element(_ i: Int) throws -> Scalar {
    let layout = header.pointee.layout.small
    guard layout.rank == 1 else { return try element(at: [i]) }
    return load(try place(i, 0, layout.shape[0]) * layout.strides[0])
  }

  /// `x[i, j]` of a matrix.
  package func element(_ i: Int, _ j: Int) throws -> Scalar {
    let layout = header.pointee.layout.small
    guard layout.rank == 2 else { return try element(at: [i, j]) }
    let row = try place(i, 0, layout.shape[0]) * layout.strides[0]
    return load(row + (try place(j, 1, layout.shape[1])) * layout.strides[1])
  }

  /// Where the element at one place an axis stands, from the first.
  func offset(of places: [Int]) throws -> Int {
    let shape = shape
    let strides = strides
    guard places.count == shape.count else {
      throw Problem.tensor(.tooManyIndices(given: places.count, shape: shape.array))
    }
    var offset = 0
    for axis in 0..<places.count {
      offset += try place(places[axis], axis, shape[axis]) * strides[axis]
    }
    return offset
  }

  /// A place along an axis, negative ones counted from the end.
  func place(_ place: Int, _ axis: Int, _ length: Int) throws -> Int {
    guard place >= 0 ? place < length : place >= -length else {
      throw Problem.tensor(.indexOutOfRange(index: place, axis: axis, shape: shape.array))
    }
    return place < 0 ? place + length : place
  }

  /// `x[place]`: one slice of the first axis.
  package func row(_ place: Int) throws -> Tensor {
    guard rank > 0 else { throw Problem.tensor(.tooManyIndices(given: 1, shape: [])) }
    return header.pointee.layout.isSmall
      ? try row(place, SmallShape.self) : try row(place, Shape.self)
  }

  private func row<S: AxisList>(_ place: Int, _: S.Type) throws -> Tensor {
    let (shape, strides) = (S.shape(of: header), S.strides(of: header))
    let offset = try self.place(place, 0, shape[0]) * strides[0]
    return try shown(shape.dropFirstAxis(), strides.dropFirstAxis(), offset: offset)
  }
}

extension IndexPlan {
  /// The axes before and behind those of `places`.
  func withAxes<R>(_ body: (nn_axes, nn_axes) throws -> R) rethrows -> R {
    try shape.withPointer { shape in
      try strides.withPointer { strides in
        try body(
          nn_axes(rank: Int32(leading), shape: shape, strides: strides),
          nn_axes(
            rank: Int32(self.shape.count - leading), shape: shape + leading,
            strides: strides + leading))
      }
    }
  }
}
