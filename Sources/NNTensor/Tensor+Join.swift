import CNNKernels
import NNSource

/// Putting tensors together, and repeating them.

extension Tensor {
  /// Along an existing axis; the flattened parts one behind the other when `axis` is nil.
  package static func concatenate(_ parts: [Tensor], axis: Int?) throws -> Tensor {
    guard let first = parts.first else {
      throw Problem.tensor(.nothingToJoin(operation: "concatenate"))
    }
    guard let axis else { return try concatenate(parts.map { try $0.raveled() }, axis: 0) }
    guard first.rank > 0 else {
      throw Problem.tensor(.numbersDoNotJoin)
    }
    let place = try first.shape.axis(axis)
    var shape = first.shape
    var type = first.dtype
    for part in parts.dropFirst() {
      guard part.rank == shape.count,
        part.shape.indices.allSatisfy({ $0 == place || part.shape[$0] == shape[$0] })
      else {
        throw Problem.tensor(
          .shapesDoNotJoin(left: first.shape.array, right: part.shape.array, axis: place))
      }
      let (length, overflow) = shape[place].addingReportingOverflow(part.shape[place])
      guard !overflow else { throw Problem.tensor(.negativeLength(shape: shape.array)) }
      shape[place] = length
      type = DType.promoted(type, part.dtype)
    }
    let result = try Tensor(uninitialized: shape, type)
    var start = 0
    for part in parts {
      result.write(OperandSource(part), part.shape, from: 0, at: start * result.strides[place])
      start += part.shape[place]
    }
    return result
  }

  /// Along a new axis; the parts have one shape.
  package static func stack(_ parts: [Tensor], axis: Int) throws -> Tensor {
    guard let first = parts.first else {
      throw Problem.tensor(.nothingToJoin(operation: "stack"))
    }
    for part in parts where part.shape != first.shape {
      throw Problem.tensor(
        .shapesDoNotStack(left: first.shape.array, right: part.shape.array))
    }
    let place = try first.shape.axis(axis, extra: 1)
    return try concatenate(parts.map { try $0.expandedDims(axis: place) }, axis: place)
  }

  /// Writes elements of `shape` into this fresh tensor, whose strides it takes; `from` and `at` are
  /// offsets in the source and here.
  private func write(_ source: OperandSource<Shape>, _ shape: Shape, from: Int, at place: Int) {
    source.strides.withPointer { steps in
      header.withLayout { _, strides in
        shape.withPointer { shape in
          nn_assign(
            data + place * dtype.itemSize, strides, Int32(dtype.rawValue),
            source.elements(steps, offset: from), shape, Int32(rank))
        }
      }
    }
    withExtendedLifetime(source) {}
  }

  /// Every element, or every slice along `axis`, as often as its count says; one count is for all.
  package func repeated(_ counts: [Int], axis: Int?) throws -> Tensor {
    guard let axis else { return try raveled().repeated(counts, axis: 0) }
    if rank == 0 { return try raveled().repeated(counts, axis: axis) }
    let place = try shape.axis(axis)
    let length = shape[place]
    guard counts.count == length || counts.count == 1 else {
      throw Problem.tensor(.repeatCounts(given: counts.count, length: length))
    }
    if let negative = counts.first(where: { $0 < 0 }) {
      throw Problem.tensor(.negativeCount(operation: "repeat", value: negative))
    }
    var total = 0
    for slice in 0..<length {
      let (sum, overflow) = total.addingReportingOverflow(counts[counts.count == 1 ? 0 : slice])
      total = overflow ? .max : sum
    }
    var target = shape
    target[place] = total
    let result = try Tensor(uninitialized: target, dtype)
    var start = 0
    var steps = strides
    steps[place] = 0
    let source = OperandSource(
      data: data, dtype: dtype, shape: shape, strides: steps, isContiguous: false)
    for slice in 0..<length {
      var shape = shape
      shape[place] = counts[counts.count == 1 ? 0 : slice]
      result.write(source, shape, from: slice * strides[place], at: start * result.strides[place])
      start += shape[place]
    }
    return result
  }

  /// The whole several times along each axis; axes missing on either side are of length 1.
  package func tiled(_ repetitions: [Int]) throws -> Tensor {
    if let negative = repetitions.first(where: { $0 < 0 }) {
      throw Problem.tensor(.negativeCount(operation: "tile", value: negative))
    }
    let rank = Swift.max(self.rank, repetitions.count)
    guard rank * 2 <= Shape.maximumRank else { throw Problem.tensor(.tooManyAxes(rank * 2)) }
    // (r0, n0, r1, n1, …), broadcast from (1, n0, 1, n1, …), is the result before it is flattened.
    var source = Shape(rank: rank * 2)
    var sourceStrides = Shape(rank: rank * 2)
    var target = Shape(rank: rank * 2)
    var shape = Shape(rank: rank)
    for axis in 0..<rank {
      let own = axis - (rank - self.rank)
      let given = axis - (rank - repetitions.count)
      let length = own >= 0 ? self.shape[own] : 1
      let times = given >= 0 ? repetitions[given] : 1
      (source[axis * 2], source[axis * 2 + 1]) = (1, length)
      (target[axis * 2], target[axis * 2 + 1]) = (times, length)
      sourceStrides[axis * 2 + 1] = own >= 0 ? strides[own] : 0
      let (product, overflow) = times.multipliedReportingOverflow(by: length)
      shape[axis] = overflow ? .max : product
    }
    _ = try shape.checkedCount(dtype)
    return try view(source, sourceStrides).broadcast(to: target).copied().reshaped(shape.array)
  }
}
