import CNNKernels
import NNSource

/// Reading by index.

extension Tensor {
  /// Results up to this many bytes are copied rather than shown: a copy costs no more than a view, and
  /// leaves the storage to its owner.
  private static let smallBytes = 1024

  /// NumPy's indexing. Integers, slices and new axes give a view, as far as anyone can tell; masks and
  /// integer tensors a copy.
  package func indexed(_ items: [TensorIndex]) throws -> Tensor {
    let plan = try IndexPlan(items.simplified, of: self)
    if let places = plan.places {
      let result = try Tensor(uninitialized: plan.resultShape, dtype)
      plan.withAxes { outer, inner in
        nn_gather(
          result.data, data + plan.offset * dtype.itemSize, dtype.itemSize,
          places.data.assumingMemoryBound(to: Int64.self), places.count, outer, inner)
      }
      withExtendedLifetime((self, places)) {}
      return result
    }
    return try shown(plan.shape, plan.strides, offset: plan.offset)
  }

  /// A view, or a copy where it is small.
  private func shown(_ shape: Shape, _ strides: Shape, offset: Int) throws -> Tensor {
    guard shape.elementCount * dtype.itemSize <= Self.smallBytes else {
      return view(shape, strides, offset: offset)
    }
    let result = try Tensor(uninitialized: shape, dtype)
    result.copyElements(self, offset, strides)
    return result
  }

  /// Fills this fresh tensor from the elements of another that lie as `strides` tell.
  private func copyElements(_ source: Tensor, _ offset: Int, _ strides: Shape) {
    let type = Int32(dtype.rawValue)
    strides.withPointer { strides in
      header.pointee.shape.withPointer { shape in
        nn_copy(
          data, type,
          nn_elements(
            data: source.data + offset * dtype.itemSize, strides: strides, dtype: type),
          shape, Int32(rank))
      }
    }
    withExtendedLifetime(source) {}
  }

  /// The element at one place an axis; negative ones count from the end.
  package func element(_ places: Int...) throws -> Scalar {
    let header = header
    guard places.count == header.pointee.shape.count else {
      throw Problem.tensor(
        .tooManyIndices(given: places.count, shape: header.pointee.shape.array))
    }
    var offset = 0
    for axis in 0..<places.count {
      offset +=
        try IndexPlan.place(places[axis], axis, header.pointee.shape) * header.pointee.strides[axis]
    }
    return load(offset)
  }

  /// `x[place]`: one slice of the first axis.
  package func row(_ place: Int) throws -> Tensor {
    let header = header
    guard header.pointee.shape.count > 0 else {
      throw Problem.tensor(.tooManyIndices(given: 1, shape: []))
    }
    let offset =
      try IndexPlan.place(place, 0, header.pointee.shape) * header.pointee.strides[0]
    var shape = Shape()
    var strides = Shape()
    for axis in 1..<header.pointee.shape.count {
      shape.append(header.pointee.shape[axis])
      strides.append(header.pointee.strides[axis])
    }
    return try shown(shape, strides, offset: offset)
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
