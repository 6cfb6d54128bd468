import CNNKernels
import NNSource

/// Choosing, finding, sorting.

extension Tensor {
  /// `numpy.where` with three arguments.
  package static func select(_ condition: Tensor, _ a: Operand, _ b: Operand) throws -> Tensor {
    let type = try resultType(a, b)
    let choices = try broadcastShape(a.shape, b.shape, "where")
    let shape = try broadcastShape(condition.shape, choices, "where")
    let result = try Tensor(uninitialized: shape, type)
    a.withSource(type) { (x: OperandSource<Shape>) in
      b.withSource(type) { (y: OperandSource<Shape>) in
        let flags = OperandSource<Shape>(condition)
        flags.shape.repeated(flags.strides, over: shape).withPointer { flagStrides in
          x.shape.repeated(x.strides, over: shape).withPointer { xStrides in
            y.shape.repeated(y.strides, over: shape).withPointer { yStrides in
              shape.withPointer { shape in
                nn_select(
                  Int32(type.rawValue), result.data, flags.elements(flagStrides),
                  x.elements(xStrides), y.elements(yStrides), shape, Int32(result.rank))
              }
            }
          }
        }
      }
    }
    return result
  }

  /// Between two bounds; NaN stays NaN. An integer bound beyond all uint8 binds none.
  package func clipped(_ low: Operand?, _ high: Operand?) throws -> Tensor {
    let type = [low, high].reduce(dtype) { type, bound in
      guard let bound else { return type }
      return Tensor.promotedType(bound, .scalar(Scalar.bool(false).cast(to: type)))
    }
    var result = try converted(to: type)
    if let low, !low.isBeyond(type, isLow: true) {
      result = try Tensor.binary(.maximum, low, .tensor(result))
    }
    if let high, !high.isBeyond(type, isLow: false) {
      result = try Tensor.binary(.minimum, high, .tensor(result))
    }
    return result
  }

  /// The places of what is not 0: one tensor of places for each axis.
  package func nonzero() throws -> [Tensor] {
    guard rank > 0 else { throw Problem.tensor(.nonzeroOfNumber) }
    // Row-major, for a place is read off its offset; an axis of one element may have stride 0.
    let mask = try converted(to: .bool).compacted()
    let count = try mask.reduce(.countNonzero).scalar?.integer ?? 0
    var flat = try Tensor(uninitialized: [count], .int64)
    flat.withMutableElements(of: Int64.self) { places in
      mask.shape.withPointer { shape in
        mask.strides.withPointer { strides in
          nn_mask_offsets(
            places.baseAddress, mask.data.assumingMemoryBound(to: UInt8.self), shape, strides,
            Int32(rank))
        }
      }
    }
    var results: [Tensor] = []
    for axis in 0..<rank {
      var places = try flat.copied()
      let below = (axis + 1..<rank).reduce(1) { $0 * Swift.max(shape[$1], 1) }
      let (step, length) = (Int64(below), Int64(Swift.max(shape[axis], 1)))
      places.withMutableElements(of: Int64.self) { places in
        for i in places.indices { places[i] = places[i] / step % length }
      }
      results.append(places)
    }
    return results
  }

  /// In ascending order, NaN last; the flattened tensor when `axis` is nil.
  package func sorted(axis: Int?) throws -> Tensor {
    try alongRows(axis) { rows in
      var result = try rows.copied()
      try result.takeUnique()
      let length = rows.shape[rows.rank - 1]
      let room = try Tensor(uninitialized: [length], dtype)
      try Allowance.check(
        nn_sort(
          Int32(dtype.rawValue), result.data, room.data, length > 0 ? result.count / length : 0,
          length))
      withExtendedLifetime(room) {}
      return result
    }
  }

  /// The places that put the elements in ascending order, NaN last, equal ones in their order.
  package func argsorted(axis: Int?) throws -> Tensor {
    try alongRows(axis) { rows in
      let result = try Tensor(uninitialized: rows.shape, .int64)
      let length = rows.shape[rows.rank - 1]
      let room = try Tensor(uninitialized: [length], .int64)
      try Allowance.check(
        nn_argsort(
          Int32(dtype.rawValue), result.data.assumingMemoryBound(to: Int64.self), rows.data,
          room.data.assumingMemoryBound(to: Int64.self), length > 0 ? result.count / length : 0,
          length))
      withExtendedLifetime((rows, room)) {}
      return result
    }
  }

  /// Runs `body` on a contiguous tensor whose last axis is `axis`, and puts the result's axes back.
  private func alongRows(_ axis: Int?, _ body: (Tensor) throws -> Tensor) throws -> Tensor {
    guard let axis else { return try body(try raveled().compacted()) }
    let place = try shape.axis(axis)
    if place == rank - 1 { return try body(try compacted()) }
    return try body(try swappedAxes(place, -1).compacted()).swappedAxes(place, -1)
  }
}

extension Operand {
  /// Whether a bound lies where it binds no element of the type.
  fileprivate func isBeyond(_ type: DType, isLow: Bool) -> Bool {
    guard type == .uint8, case .weakInt(let value) = self else { return false }
    return isLow ? value < 0 : value > 255
  }
}
