import NNLanguage
import NNSource
import NNTensor

/// `norm(x, ord=none, axis=none, keepdims=false)`, NumPy's `linalg.norm`.
enum Norm {
  static func norm(_ arguments: Arguments) throws -> Value {
    var tensor = try arguments.tensor(0)
    if !tensor.dtype.isFloat { tensor = try tensor.converted(to: .float64) }
    let axes = try arguments.axes(2)
    let keepDims = try arguments.bool(3, default: false)
    let result = try arguments.atAxis(2) {
      try norm(tensor, try order(arguments), axes, keepDims, arguments)
    }
    return Value(result)
  }

  /// Which norm: that of the sum of squares, that of a number, the sum of the singular values.
  private enum Order: Equatable {
    case standard
    case frobenius
    case nuclear
    case power(Double)
  }

  private static func order(_ arguments: Arguments) throws -> Order {
    guard arguments.isSome(1) else { return .standard }
    guard case .string(let word) = arguments.value(1) else {
      return .power(try arguments.double(1))
    }
    switch word {
    case "fro": return .frobenius
    case "nuc": return .nuclear
    default:
      throw arguments.failure(
        1,
        .call(.badChoice(callee: "norm", parameter: "ord", found: word, known: ["fro", "nuc"])))
    }
  }

  private static func norm(
    _ tensor: Tensor, _ order: Order, _ axes: [Int]?, _ keepDims: Bool, _ arguments: Arguments
  ) throws -> Tensor {
    let count = axes?.count ?? tensor.rank
    switch (order, count) {
    case (.standard, _):
      return try tensor.reduce(.norm, axes: axes, keepDims: keepDims)
    case (.power(let power), 1): return try vector(tensor, power, axes, keepDims)
    case (.frobenius, 2): return try tensor.reduce(.norm, axes: axes, keepDims: keepDims)
    case (.nuclear, 2), (.power(2), 2), (.power(-2), 2):
      return try singular(tensor, order, axes ?? [0, 1], keepDims, arguments)
    case (.power(let power), 2) where power.magnitude == 1 || power.isInfinite:
      return try matrix(tensor, power, axes ?? [0, 1], keepDims)
    default:
      throw arguments.failure(
        1,
        .call(
          .outOfRange(
            callee: "norm", parameter: "ord",
            found: arguments.sourceText(1) + (count == 2 ? " for a matrix" : ""),
            expected: count == 2
              ? "1, -1, 2, -2, inf, -inf, \"fro\" or \"nuc\"" : expected(axes: count))))
    }
  }

  private static func expected(axes count: Int) -> String {
    count == 1
      ? "a number, as the tensor is a vector," : "one or two axes in axis=, or no order,"
  }

  private static func matrix(
    _ tensor: Tensor, _ power: Double, _ places: [Int], _ keepDims: Bool
  ) throws -> Tensor {
    // Column sums for 1, row sums for inf; their largest, or their smallest for a negative order.
    let (summed, left) =
      power.magnitude == 1 ? (places[0], places[1]) : (places[1], places[0])
    let sums = try Tensor.unary(.abs, tensor).reduce(.sum, axes: [summed], keepDims: true)
    if power > 0, sums.count == 0 {
      // The largest of no sums is 0, as NumPy has it.
      let none = try sums.reduce(.sum, axes: [left], keepDims: true)
      return keepDims ? none : try squeezed(none, places)
    }
    let extreme = try sums.reduce(power > 0 ? .max : .min, axes: [left], keepDims: true)
    return keepDims ? extreme : try squeezed(extreme, places)
  }

  private static func squeezed(_ tensor: Tensor, _ places: [Int]) throws -> Tensor {
    let rank = tensor.rank
    return try places.map { $0 < 0 ? $0 + rank : $0 }.sorted(by: >).reduce(tensor) {
      try $0.squeezed(axis: $1)
    }
  }

  /// The largest, the smallest, or the sum of the singular values of each matrix.
  private static func singular(
    _ tensor: Tensor, _ order: Order, _ places: [Int], _ keepDims: Bool, _ arguments: Arguments
  ) throws -> Tensor {
    let rank = tensor.rank
    let axes: [Int] = try places.map { try tensor.shape.axis($0) }
    guard axes[0] != axes[1] else { throw Problem.tensor(.repeatedAxis(axes[0])) }
    let others: [Int] = (0..<rank).filter { !axes.contains($0) }
    let moved = try tensor.transposed(others + axes).converted(to: .float64)
    let (rows, columns) = (tensor.shape[axes[0]], tensor.shape[axes[1]])
    let size = rows * columns
    let elements = moved.doubles
    let outer = others.map { tensor.shape[$0] }
    let matrices = outer.reduce(1, *)
    guard size > 0 || order == .nuclear else {
      throw Problem.tensor(.nothingToReduce(operation: "norm", shape: tensor.shape.array))
    }
    let norms: [Double] = try (0..<matrices).map { place in
      let part = Array(elements[place * size..<(place + 1) * size])
      let values = try SingularValues.of(part, rows: rows, columns: columns) {
        try Allowance.check()
      }
      switch order {
      case .nuclear: return values.reduce(0, +)
      case .power(2): return values.max() ?? 0
      default: return values.min() ?? 0
      }
    }
    let kept = (0..<rank).map { axes.contains($0) ? 1 : tensor.shape[$0] }
    let result = try Tensor(norms, shape: nil).reshaped(keepDims ? kept : outer)
    return try result.converted(to: tensor.dtype == .float32 ? DType.float32 : .float64)
  }

  private static func vector(
    _ tensor: Tensor, _ power: Double, _ axes: [Int]?, _ keepDims: Bool
  ) throws -> Tensor {
    if power == 2 { return try tensor.reduce(.norm, axes: axes, keepDims: keepDims) }
    let magnitudes = try Tensor.unary(.abs, tensor)
    switch power {
    case .infinity where tensor.count == 0:
      // The largest of no magnitudes is 0, as NumPy has it.
      return try magnitudes.reduce(.sum, axes: axes, keepDims: keepDims)
    case .infinity: return try magnitudes.reduce(.max, axes: axes, keepDims: keepDims)
    case -.infinity: return try magnitudes.reduce(.min, axes: axes, keepDims: keepDims)
    case 1: return try magnitudes.reduce(.sum, axes: axes, keepDims: keepDims)
    case 0:
      let count = try tensor.reduce(.countNonzero, axes: axes, keepDims: keepDims)
      return try count.converted(to: .float64)
    default:
      let powers = try Tensor.binary(.power, .tensor(magnitudes), .weakFloat(power))
      let sum = try powers.reduce(.sum, axes: axes, keepDims: keepDims)
      return try Tensor.binary(.power, .tensor(sum), .weakFloat(1 / power))
    }
  }
}
