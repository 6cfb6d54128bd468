import NNLanguage
import NNSource
import NNTensor

/// Functions that fold all elements, or those along an axis, into one.
extension Registry {
  static let reductionFunctions: [RegistryEntry] = [
    sums(
      "sum", .sum, "the sum",
      example: "x = [[1, 2], [3, 4]]\nprint sum(x), x.sum(axis=0), x.sum(axis=1, keepdims=true)"),
    sums("prod", .prod, "the product", example: "print prod([1, 2, 3, 4])"),
    sums("mean", .mean, "the mean", example: "print mean([[1, 2], [3, 6]], axis=0)"),
    spread("std", .std, "the standard deviation", example: "print std([1, 2, 3, 4])"),
    spread("var", .variance, "the variance", example: "print var([1, 2, 3, 4], ddof=1)"),
    extremum(
      "min", .min, "the smallest element, or the smallest of several numbers",
      example: "print min([3, 1, 2]), min(4, 2.5)"),
    extremum(
      "max", .max, "the largest element, or the largest of several numbers",
      example: "print max([[3, 1], [2, 5]], axis=0), max(4, 2.5)"),
    folding(
      "argmin", .argmin, "the place of the smallest element",
      example: "print argmin([3, 1, 2])"),
    folding(
      "argmax", .argmax, "the place of the largest element",
      example: "print argmax([[0.1, 0.7, 0.2], [0.6, 0.3, 0.1]], axis=1)"),
    folding("all", .all, "whether all are true", example: "print all([1, 2] > [0, 1])"),
    folding("any", .any, "whether any is true", example: "print any([1, 2] > 1)"),
    .function(
      "cumsum", [.a, .axis, .dtype("none")], family: "reduce", "the sums up to each element",
      example: "print cumsum([1, 2, 3])", shape: .cumulative(.sum)
    ) { arguments in
      let tensor = try converted(arguments, 2)
      let axis = try arguments.axis(1)
      return Value(try arguments.atAxis(1) { try tensor.cumsum(axis: axis) })
    },
    .function(
      "norm",
      [
        SignatureParameter("x", "tensor"), SignatureParameter("ord", "number", standard: "none"),
        .axis, .keepdims,
      ], family: "reduce", "the length of a vector: the square root of the sum of squares",
      example: "print norm([3, 4])\nprint norm([[3, 4], [6, 8]], axis=1)",
      shape: .reduction(of: "x", .float), Norm.norm),
  ]

  /// The plain kind: `argmax(a, axis=none, keepdims=false)`.
  private static func folding(
    _ name: String, _ reduction: Reduction, _ summary: String, example: String
  ) -> RegistryEntry {
    .function(
      name, [.a, .axis, .keepdims], family: "reduce", summary, example: example,
      shape: .reduction(of: "a", .fixed(name.hasPrefix("arg") ? "int64" : "bool"))
    ) {
      try reduced(reduction, try $0.tensor(0), $0, axis: 1, keepdims: 2)
    }
  }

  /// With NumPy's dtype in the third place.
  private static func sums(
    _ name: String, _ reduction: Reduction, _ summary: String, example: String
  ) -> RegistryEntry {
    .function(
      name, [.a, .axis, .dtype("none"), .keepdims], family: "reduce", summary, example: example,
      shape: .reduction(of: "a", reduction == .mean ? .float : .sum)
    ) {
      try reduced(reduction, try converted($0, 2), $0, axis: 1, keepdims: 3)
    }
  }

  /// The tensor in the dtype that was asked for.
  private static func converted(_ arguments: Arguments, _ dtype: Int) throws -> Tensor {
    let tensor = try arguments.tensor(0)
    guard let dtype = try arguments.dtype(dtype, default: nil) else { return tensor }
    return try tensor.converted(to: dtype)
  }

  static func reduced(
    _ reduction: Reduction, _ tensor: Tensor, _ arguments: Arguments, axis: Int, keepdims: Int
  ) throws -> Value {
    let keepsDims = try arguments.bool(keepdims, default: false)
    guard let axes = try arguments.axes(axis) else {
      return Value(try tensor.reduce(reduction, axes: nil, keepDims: keepsDims))
    }
    if tensor.rank == 0 {
      // NumPy lets a number have axis 0.
      guard axes.allSatisfy({ $0 == 0 || $0 == -1 }) else {
        throw Diagnostic.error(
          .call(.function(.numbersSideBySide(callee: arguments.signature.name))),
          at: arguments.range)
      }
      return Value(try tensor.reduce(reduction, axes: nil, keepDims: keepsDims))
    }
    return Value(
      try arguments.atAxis(axis) {
        try tensor.reduce(reduction, axes: axes, keepDims: keepsDims)
      })
  }

  // MARK: Spread

  private static func spread(
    _ name: String, _ reduction: Reduction, _ summary: String, example: String
  ) -> RegistryEntry {
    .function(
      name,
      [
        .a, .axis, .dtype("none"), SignatureParameter("ddof", "number", standard: "0"), .keepdims,
      ], family: "reduce", summary, example: example, shape: .reduction(of: "a", .float)
    ) { arguments in
      let tensor = try converted(arguments, 2)
      let ddof = try arguments.double(3, default: 0)
      guard ddof != 0 else {
        return try reduced(reduction, tensor, arguments, axis: 1, keepdims: 4)
      }
      let axes = try arguments.axes(1)
      let keepsDims = try arguments.bool(4, default: false)
      let variance = try arguments.atAxis(1) {
        try correctedVariance(tensor, axes, ddof: ddof, keepDims: keepsDims)
      }
      return Value(reduction == .std ? try Tensor.unary(.sqrt, variance) : variance)
    }
  }

  /// The sum of squared deviations over n - ddof, nan or inf where that is not positive.
  private static func correctedVariance(
    _ tensor: Tensor, _ axes: [Int]?, ddof: Double, keepDims: Bool
  ) throws -> Tensor {
    let mean = try tensor.reduce(.mean, axes: axes, keepDims: true)
    let deviation = try Tensor.binary(.subtract, .tensor(tensor), .tensor(mean))
    let squares = try Tensor.unary(.square, deviation)
    let sum = try squares.reduce(.sum, axes: axes, keepDims: keepDims)
    let count = mean.count == 0 ? 0 : tensor.count / mean.count
    return try Tensor.binary(
      .divide, .tensor(sum), .weakFloat(Swift.max(Double(count) - ddof, 0)))
  }

  // MARK: min and max

  /// NumPy's of a tensor; of plain numbers side by side, Python's.
  private static func extremum(
    _ name: String, _ reduction: Reduction, _ summary: String, example: String
  ) -> RegistryEntry {
    .function(
      name, [.a, .axis, .keepdims, SignatureParameter("numbers", "number", form: .variadic)],
      family: "reduce", summary, example: example,
      shape: .extremum(pairwise: name == "max" ? "maximum" : "minimum")
    ) { arguments in
      if isNumber(arguments.value(0)), arguments.isSome(1) {
        return try extremum(ofNumbers: arguments, isLargest: reduction == .max)
      }
      if arguments.isSome(1), !isAxis(arguments.value(1)) {
        let pairwise = name == "max" ? "maximum" : "minimum"
        throw arguments.failure(
          1, .call(.function(.secondIsNoAxis(callee: name, pairwise: pairwise))))
      }
      if arguments.restCount > 0 {
        throw Diagnostic.error(
          .call(.tooMany(callee: name, most: 3, given: 3 + arguments.restCount)),
          at: arguments.restRange(0))
      }
      return try reduced(reduction, try arguments.tensor(0), arguments, axis: 1, keepdims: 2)
    }
  }

  private static func isNumber(_ value: Value) -> Bool {
    switch value {
    case .int, .float, .bool, .scalar: true
    default: false
    }
  }

  private static func isAxis(_ value: Value) -> Bool {
    if case .tuple = value { return true }
    return value.integer != nil
  }

  /// The first of the largest (smallest) numbers, as it is: `max(4, 2.5)` is the integer 4.
  private static func extremum(ofNumbers arguments: Arguments, isLargest: Bool) throws -> Value {
    var best = arguments.value(0)
    let count = arguments.fixedCount + arguments.restCount
    for index in 1..<count where arguments.isGiven(index) {
      let value = arguments.value(index)
      guard isNumber(value) else {
        throw arguments.wrongType(
          value, at: arguments.ranges[index], name: "numbers", expected: "numbers side by side")
      }
      let isBetter = try Arithmetic.truth(
        Arithmetic.compare(isLargest ? .greater : .less, value, best))
      if isBetter { best = value }
    }
    return best
  }
}
