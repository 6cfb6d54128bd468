import NNLanguage
import NNSource
import NNTensor

/// `norm(x, ord=none, axis=none, keepdims=false)`, NumPy's `linalg.norm`.
enum Norm {
  static func norm(_ arguments: Arguments) throws -> Value {
    let tensor = try arguments.tensor(0)
    let axes = try arguments.axes(2)
    let keepDims = try arguments.bool(3, default: false)
    let result = try arguments.atAxis(2) {
      try norm(tensor, try order(arguments), axes, keepDims, arguments)
    }
    return Value(result)
  }

  /// Which norm: that of the sum of squares, the largest (smallest) magnitude, or the general one.
  private enum Order {
    case euclidean
    case power(Double)
  }

  private static func order(_ arguments: Arguments) throws -> Order {
    guard arguments.isSome(1) else { return .euclidean }
    if case .string(let word) = arguments.value(1) {
      guard word == "fro" else {
        throw arguments.failure(
          1,
          .call(.badChoice(callee: "norm", parameter: "ord", found: word, known: ["fro"])))
      }
      return .euclidean
    }
    return .power(try arguments.double(1))
  }

  private static func norm(
    _ tensor: Tensor, _ order: Order, _ axes: [Int]?, _ keepDims: Bool, _ arguments: Arguments
  ) throws -> Tensor {
    guard case .power(let power) = order else {
      return try tensor.reduce(.norm, axes: axes, keepDims: keepDims)
    }
    let isMatrix = (axes?.count ?? tensor.rank) == 2
    if !isMatrix { return try vector(tensor, power, axes, keepDims) }
    guard power.magnitude == 1 || power.isInfinite else {
      throw arguments.failure(
        1,
        .call(
          .outOfRange(
            callee: "norm", parameter: "ord", found: PythonText.repr(power),
            expected: "1, -1, inf, -inf or \"fro\" for a matrix")))
    }
    // Column sums for 1, row sums for inf; their largest, or their smallest for a negative order.
    let places = axes ?? [0, 1]
    let (summed, left) =
      power.magnitude == 1 ? (places[0], places[1]) : (places[1], places[0])
    let sums = try Tensor.unary(.abs, tensor).reduce(.sum, axes: [summed], keepDims: true)
    let extreme = try sums.reduce(power > 0 ? .max : .min, axes: [left], keepDims: true)
    if keepDims { return extreme }
    let rank = tensor.rank
    return try places.map { $0 < 0 ? $0 + rank : $0 }.sorted(by: >).reduce(extreme) {
      try $0.squeezed(axis: $1)
    }
  }

  private static func vector(
    _ tensor: Tensor, _ power: Double, _ axes: [Int]?, _ keepDims: Bool
  ) throws -> Tensor {
    if power == 2 { return try tensor.reduce(.norm, axes: axes, keepDims: keepDims) }
    let magnitudes = try Tensor.unary(.abs, tensor)
    switch power {
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
