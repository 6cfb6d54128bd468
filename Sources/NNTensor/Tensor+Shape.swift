import NNSource

/// The same elements in other shapes: views wherever the elements lie so that one is possible.

extension Tensor {
  /// A view, `offset` elements from this one's first.
  func view<S: AxisList>(
    _ shape: S, _ strides: S, offset: Int = 0, isPermuted: Bool = false
  ) -> Tensor {
    Tensor(storage.view(shape, strides, offset: offset, isPermuted: isPermuted))
  }

  /// One length may be −1: what is left.
  package func reshaped(_ shape: [Int]) throws -> Tensor {
    let target = try resolved(shape)
    if target == self.shape { return self }
    let source = try compacted()
    return source.view(target, target.contiguousStrides)
  }

  private func resolved(_ lengths: [Int]) throws -> Shape {
    guard lengths.count <= Shape.maximumRank else {
      throw Problem.tensor(.tooManyAxes(lengths.count))
    }
    let unfit = Problem.tensor(.cannotReshape(from: shape.array, to: lengths))
    var known = 1
    var free: Int?
    for (axis, length) in lengths.enumerated() {
      if length == -1 {
        guard free == nil else { throw Problem.tensor(.severalFreeLengths(lengths)) }
        free = axis
        continue
      }
      guard length >= 0 else { throw Problem.tensor(.negativeLength(shape: lengths)) }
      let (product, overflow) = known.multipliedReportingOverflow(by: length)
      guard !overflow else { throw unfit }
      known = product
    }
    var result = Shape(lengths)
    if let free {
      guard known > 0, count % known == 0 else { throw unfit }
      result[free] = count / known
    } else if known != count {
      throw unfit
    }
    return result
  }

  /// All elements in one axis.
  package func raveled() throws -> Tensor { try reshaped([count]) }

  /// The axes in another order; reversed when `axes` is nil.
  package func transposed(_ axes: [Int]? = nil) throws -> Tensor {
    guard let axes else {
      let layout = header.pointee.layout
      if layout.rank < 2 { return self }
      return layout.isSmall
        ? view(layout.smallShape.reversed(), layout.smallStrides.reversed(), isPermuted: true)
        : view(
          Shape(shape.reversed() as [Int]), Shape(strides.reversed() as [Int]), isPermuted: true)
    }
    let shape = shape
    guard axes.count == shape.count else {
      throw Problem.tensor(.axesCount(given: axes, shape: shape.array))
    }
    let order = try shape.axes(axes)
    let strides = strides
    return view(
      Shape(order.lazy.map { shape[$0] }), Shape(order.lazy.map { strides[$0] }), isPermuted: true)
  }

  package func swappedAxes(_ a: Int, _ b: Int) throws -> Tensor {
    let first = try shape.axis(a)
    let second = try shape.axis(b)
    var order = Array(0..<rank)
    order.swapAt(first, second)
    return try transposed(order)
  }

  /// Without the axis, or all axes, of length 1.
  package func squeezed(axis: Int?) throws -> Tensor {
    var shape = shape
    var strides = strides
    if let axis {
      let place = try shape.axis(axis)
      guard shape[place] == 1 else {
        throw Problem.tensor(.cannotSqueeze(axis: axis, shape: shape.array))
      }
      shape.remove(at: place)
      strides.remove(at: place)
    } else {
      let places = shape.indices.filter { shape[$0] != 1 }
      (shape, strides) = (Shape(places.map { shape[$0] }), Shape(places.map { strides[$0] }))
    }
    return view(shape, strides)
  }

  /// With a new axis of length 1.
  package func expandedDims(axis: Int) throws -> Tensor {
    guard rank < Shape.maximumRank else { throw Problem.tensor(.tooManyAxes(rank + 1)) }
    var shape = shape
    var strides = strides
    let place = try shape.axis(axis, extra: 1)
    shape.insert(1, at: place)
    strides.insert(0, at: place)
    return view(shape, strides)
  }

  /// A view that repeats axes of length 1, and the whole along new axes in front.
  package func broadcast(to target: Shape) throws -> Tensor {
    let shape = shape
    let lead = target.count - shape.count
    let fits =
      lead >= 0
      && shape.indices.allSatisfy { axis in
        shape[axis] == target[axis + lead] || shape[axis] == 1
      }
    guard fits else {
      throw Problem.tensor(.cannotBroadcast(from: shape.array, to: target.array))
    }
    _ = try target.checkedCount(dtype)
    return view(target, shape.repeated(strides, over: target))
  }
}
