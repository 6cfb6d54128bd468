import CNNKernels
import NNSource

/// Folding axes away. The order of every sum follows from the shape alone (numerics rule 2).

extension Tensor {
  /// Over all axes when `axes` is nil. `argmin` and `argmax` take at most one axis.
  package func reduce(
    _ reduction: Reduction, axes: [Int]? = nil, keepDims: Bool = false
  ) throws -> Tensor {
    let shape = shape
    let folded = try axes.map { try shape.axes($0).sorted() } ?? Array(0..<shape.count)
    if reduction.isPlace, let axes, axes.count != 1 {
      throw Problem.tensor(.oneAxisOnly(operation: reduction.symbol, count: axes.count))
    }
    let plan = ReductionPlan(shape, strides, folded)
    let result = try Tensor(
      uninitialized: plan.resultShape(shape, folded, keepDims), reduction.resultType(dtype))
    guard plan.count > 0 || reduction.acceptsNothing || result.count == 0 else {
      throw Problem.tensor(.nothingToReduce(operation: reduction.symbol, shape: shape.array))
    }
    plan.run(reduction, self, result)
    return result
  }

  /// Sums up to each place. Over the flattened tensor when `axis` is nil.
  package func cumsum(axis: Int?) throws -> Tensor {
    let type = Reduction.sum.resultType(dtype)
    guard let axis else { return try reshaped([count]).cumsum(axis: 0) }
    let place = try shape.axis(axis)
    var result = try converted(to: type)
    try result.takeUnique()
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
private struct ReductionPlan {
  var kept = Shape()
  var keptStrides = Shape()
  var folded = Shape()
  var foldedStrides = Shape()
  /// Whether the last axis is folded: the order is then that of rows.
  var inRows: Bool
  /// Elements folded into each result.
  var count = 1

  init(_ shape: Shape, _ strides: Shape, _ axes: [Int]) {
    inRows = axes.last == shape.count - 1
    var next = axes.startIndex
    for axis in 0..<shape.count {
      if next < axes.endIndex, axes[next] == axis {
        next += 1
        folded.append(shape[axis])
        foldedStrides.append(strides[axis])
        count *= shape[axis]
      } else {
        kept.append(shape[axis])
        keptStrides.append(strides[axis])
      }
    }
  }

  func resultShape(_ shape: Shape, _ axes: [Int], _ keepDims: Bool) -> Shape {
    guard keepDims else { return kept }
    var result = shape
    for axis in axes { result[axis] = 1 }
    return result
  }

  func run(_ reduction: Reduction, _ tensor: Tensor, _ result: Tensor) {
    let type = reduction.computedType(tensor.dtype)
    kept.withPointer { kept in
      keptStrides.withPointer { keptStrides in
        folded.withPointer { folded in
          foldedStrides.withPointer { foldedStrides in
            nn_reduce(
              Int32(reduction.rawValue), result.data,
              nn_fold(
                data: tensor.data, source: Int32(tensor.dtype.rawValue),
                dtype: Int32(type.rawValue), in_rows: inRows ? 1 : 0, kept: Int32(self.kept.count),
                folded: Int32(self.folded.count), kept_shape: kept, kept_strides: keptStrides,
                folded_shape: folded, folded_strides: foldedStrides))
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
