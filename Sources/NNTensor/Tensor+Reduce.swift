import CNNKernels
import NNSource

/// Folding axes away. The order of every sum follows from the shape alone (numerics rule 2).

extension Tensor {
  /// Over all axes when `axes` is nil. `argmin` and `argmax` take at most one axis.
  package func reduce(
    _ reduction: Reduction, axes: [Int]? = nil, keepDims: Bool = false
  ) throws -> Tensor {
    header.pointee.layout.isSmall
      ? try reduce(reduction, axes, keepDims, SmallShape.self)
      : try reduce(reduction, axes, keepDims, Shape.self)
  }

  private func reduce<S: AxisList>(
    _ reduction: Reduction, _ axes: [Int]?, _ keepDims: Bool, _: S.Type
  ) throws -> Tensor {
    if reduction.isPlace, let axes, axes.count != 1 {
      throw Problem.tensor(.oneAxisOnly(operation: reduction.symbol, count: axes.count))
    }
    let plan = ReductionPlan<S>(self, folding: try foldedAxes(axes))
    let result = try TensorStorage.make(
      reduction.resultType(dtype), keepDims ? plan.keptDims : plan.kept)
    let room = result.pointer
    guard plan.count > 0 || reduction.acceptsNothing || room.pointee.count == 0 else {
      throw Problem.tensor(
        .nothingToReduce(operation: reduction.symbol, shape: shape.array))
    }
    plan.run(reduction, self, room.pointee.data)
    return Tensor(result)
  }

  /// The axes to fold as a set of bits: a tensor has at most 64.
  private func foldedAxes(_ axes: [Int]?) throws -> UInt64 {
    let rank = rank
    guard let axes else { return rank == 64 ? .max : 1 << UInt64(rank) - 1 }
    var folded: UInt64 = 0
    for axis in axes {
      guard axis >= -rank, axis < rank else {
        throw Problem.tensor(.axisOutOfRange(axis: axis, shape: shape.array))
      }
      let bit: UInt64 = 1 << UInt64(axis < 0 ? axis + rank : axis)
      guard folded & bit == 0 else { throw Problem.tensor(.repeatedAxis(axis)) }
      folded |= bit
    }
    return folded
  }

  /// Sums up to each place. Over the flattened tensor when `axis` is nil.
  package func cumsum(axis: Int?) throws -> Tensor {
    let type = Reduction.sum.resultType(dtype)
    guard let axis else { return try reshaped([count]).cumsum(axis: 0) }
    let place = try shape.axis(axis)
    var result = try converted(to: type)
    try result.takeUnique()
    if result.count == 0 { return result }
    let shape = result.shape
    let outer = shape[..<place].reduce(1, *)
    let inner = shape[(place + 1)...].reduce(1, *)
    nn_accumulate(result.data, Int32(type.rawValue), outer, shape[place], inner)
    return result
  }

  /// e / sum(e) with e = exp(x - max(x)), along the last axis.
  package func softmax() throws -> Tensor {
    let x = try converted(to: dtype.floating)
    if x.count == 0 { return x }
    let axes = x.rank == 0 ? [] : [x.rank - 1]
    let top = try x.reduce(.max, axes: axes, keepDims: true)
    let e = try Tensor.unary(.exp, Tensor.binary(.subtract, .tensor(x), .tensor(top)))
    let sum = try e.reduce(.sum, axes: axes, keepDims: true)
    return try Tensor.binary(.divide, .tensor(e), .tensor(sum))
  }
}

/// Which axes are folded, which are kept, and how both lie.
private struct ReductionPlan<S: AxisList> {
  var kept = S(rank: 0)
  var keptStrides = S(rank: 0)
  /// The kept axes, with a length of 1 for each folded one.
  var keptDims: S
  var folded = S(rank: 0)
  var foldedStrides = S(rank: 0)
  /// Whether the last axis is folded: the order is then that of rows.
  var inRows = false
  /// Elements folded into each result.
  var count = 1

  init(_ tensor: Tensor, folding axes: UInt64) {
    let (shape, strides) = (S.shape(of: tensor.header), S.strides(of: tensor.header))
    keptDims = shape
    for axis in 0..<shape.count {
      inRows = axes >> UInt64(axis) & 1 == 1
      if inRows {
        folded.append(shape[axis])
        foldedStrides.append(strides[axis])
        keptDims[axis] = 1
        count *= shape[axis]
      } else {
        kept.append(shape[axis])
        keptStrides.append(strides[axis])
      }
    }
  }

  func run(_ reduction: Reduction, _ tensor: Tensor, _ room: UnsafeMutableRawPointer) {
    let (source, type) = (tensor.dtype.rawValue, reduction.computedType(tensor.dtype).rawValue)
    kept.withPointer { keptShape in
      keptStrides.withPointer { keptStrides in
        folded.withPointer { foldedShape in
          foldedStrides.withPointer { foldedStrides in
            nn_reduce(
              Int32(reduction.rawValue), room,
              nn_fold(
                data: tensor.data, source: Int32(source), dtype: Int32(type),
                in_rows: inRows ? 1 : 0, kept: Int32(kept.count), folded: Int32(folded.count),
                kept_shape: keptShape, kept_strides: keptStrides, folded_shape: foldedShape,
                folded_strides: foldedStrides))
          }
        }
      }
    }
    withExtendedLifetime(tensor) {}
  }
}

extension Reduction {
  var isPlace: Bool { self == .argmin || self == .argmax }

  /// Whether folding no elements has a result.
  var acceptsNothing: Bool { !(self == .min || self == .max || isPlace) }

  /// The type elements are folded in.
  func computedType(_ type: DType) -> DType {
    switch self {
    case .sum, .prod: type.isFloat ? type : .int64
    case .mean, .variance, .std, .norm: type.floating
    case .min, .max, .argmin, .argmax: type
    case .all, .any: .bool
    case .countNonzero: .int64
    }
  }

  func resultType(_ type: DType) -> DType { isPlace ? .int64 : computedType(type) }
}
