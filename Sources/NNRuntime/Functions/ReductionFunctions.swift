import NNLanguage
import NNSource
import NNTensor

/// Functions that fold all elements, or those along an axis, into one.
extension Registry {
  static let reductionFunctions: [RegistryEntry] = [
    sums(
      "sum", .sum, "the sum",
      example: "x = [[1, 2], [3, 4]]\nprint sum(x), x.sum(axis=0), x.sum(axis=1, keepdims=true)",
      notes: "Elements are added in a fixed order that depends on the shape alone, "
        + "so the last bit is the same on every machine.", seeAlso: ["mean", "cumsum", "prod"]),
    sums("prod", .prod, "the product", example: "print prod([1, 2, 3, 4])", seeAlso: ["sum"]),
    sums(
      "mean", .mean, "the mean", example: "print mean([[1, 2], [3, 6]], axis=0)",
      seeAlso: ["sum", "std"]),
    spread(
      "std", .std, "the standard deviation", example: "print std([1, 2, 3, 4])",
      notes: "The root of the mean squared distance from the mean.", seeAlso: ["var", "mean"]),
    spread(
      "var", .variance, "the variance", example: "print var([1, 2, 3, 4], ddof=1)",
      notes: "The mean squared distance from the mean.", seeAlso: ["std", "mean"]),
    extremum(
      "min", .min, "the smallest element, or the smallest of several numbers",
      example: "print min([3, 1, 2]), min(4, 2.5)", seeAlso: ["argmin", "minimum", "max"]),
    extremum(
      "max", .max, "the largest element, or the largest of several numbers",
      example: "print max([[3, 1], [2, 5]], axis=0), max(4, 2.5)",
      seeAlso: ["argmax", "maximum", "min"]),
    folding(
      "argmin", .argmin, "the place of the smallest element",
      example: "print argmin([3, 1, 2])", notes: "Of several smallest the first.",
      seeAlso: ["min", "argsort"]),
    folding(
      "argmax", .argmax, "the place of the largest element",
      example: "print argmax([[0.1, 0.7, 0.2], [0.6, 0.3, 0.1]], axis=1)",
      notes: "Of several largest the first. argmax(scores, axis=1) turns rows of "
        + "scores into class numbers.", seeAlso: ["max", "predict", "one_hot"]),
    folding(
      "all", .all, "whether all are true", example: "print all([1, 2] > [0, 1])",
      seeAlso: ["any", "assert"]),
    folding("any", .any, "whether any is true", example: "print any([1, 2] > 1)", seeAlso: ["all"]),
    .function(
      "cumsum", [.a, .axis, .dtype("none")], family: "reduce", "the sums up to each element",
      example: "print cumsum([1, 2, 3])", seeAlso: ["sum"],
      shape: .cumulative(.sum)
    ) { arguments in
      var tensor = try converted(arguments, 2)
      if tensor.rank == 0 { tensor = try tensor.raveled() }
      let axis = try arguments.axis(1)
      return Value(try arguments.atAxis(1) { try tensor.cumsum(axis: axis) })
    },
    .function(
      "norm",
      [
        SignatureParameter("x", "tensor", help: "a vector or a matrix"),
        SignatureParameter(
          "ord", "number or string", standard: "none",
          help: "which norm: 1 adds the magnitudes, 2 or none takes the root of the "
            + "squares, inf the largest magnitude; a matrix also has \"fro\""),
        .axes, .keepdims,
      ], family: "reduce", "the length of a vector: the square root of the sum of squares",
      example: "print norm([3, 4])\nprint norm([[3, 4], [6, 8]], axis=1)",
      seeAlso: ["abs", "sqrt", "dot"],
      shape: .reduction(of: "x", .float), Norm.norm),
  ]

  /// The plain kind: `argmax(a, axis=none, keepdims=false)`.
  private static func folding(
    _ name: String, _ reduction: Reduction, _ summary: String, example: String,
    notes: String = "", seeAlso: [String] = []
  ) -> RegistryEntry {
    .function(
      name, [.a, .axes, .keepdims], family: "reduce", summary, example: example, notes: notes,
      seeAlso: seeAlso,
      shape: .reduction(of: "a", .fixed(name.hasPrefix("arg") ? "int64" : "bool"))
    ) {
      try reduced(reduction, try $0.tensor(0), $0, axis: 1, keepdims: 2)
    }
  }

  /// With NumPy's dtype in the third place.
  private static func sums(
    _ name: String, _ reduction: Reduction, _ summary: String, example: String,
    notes: String = "", seeAlso: [String] = []
  ) -> RegistryEntry {
    .function(
      name, [.a, .axes, .dtype("none"), .keepdims], family: "reduce", summary, example: example,
      notes: notes, seeAlso: seeAlso,
      shape: .reduction(of: "a", reduction == .mean ? .float : .sum)
    ) {
      if isNumber($0.value(0)), $0.isSome(1), !$0.isNamed(1), $0.isSome(2), !$0.isNamed(2) {
        throw Diagnostic.error(
          .call(.function(.numbersSideBySide(callee: $0.signature.name))), at: $0.range)
      }
      let result = try reduced(reduction, try converted($0, 2), $0, axis: 1, keepdims: 3)
      // The mean of integers asked for as integers is cut off, as NumPy's.
      guard reduction == .mean, let dtype = try $0.dtype(2, default: nil),
        let tensor = try result.tensor()
      else { return result }
      return Value(try tensor.converted(to: dtype))
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
    _ name: String, _ reduction: Reduction, _ summary: String, example: String,
    notes: String = "", seeAlso: [String] = []
  ) -> RegistryEntry {
    .function(
      name,
      [
        .a, .axes, .dtype("none"),
        SignatureParameter(
          "ddof", "number", standard: "0",
          help: "what is taken off the count that the squares are divided by: 0 "
            + "describes these numbers, 1 estimates from a sample"), .keepdims,
      ], family: "reduce", summary, example: example, notes: notes, seeAlso: seeAlso,
      shape: .reduction(of: "a", .float)
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
    _ name: String, _ reduction: Reduction, _ summary: String, example: String,
    notes: String = "", seeAlso: [String] = []
  ) -> RegistryEntry {
    .function(
      name,
      [
        .a,
        SignatureParameter(
          "axis", "integer or tuple or number", standard: "none",
          help: "the axis that is folded away, as in sum; among plain numbers the second of them"),
        SignatureParameter(
          "keepdims", "bool or number", standard: "false",
          help:
            "whether the folded axis stays, with length 1; among plain numbers the third of them"),
        SignatureParameter(
          "numbers", "number", form: .variadic,
          help: "more plain numbers side by side: max(4, 2.5, 3)"),
      ],
      family: "reduce", summary, example: example, notes: notes, seeAlso: seeAlso,
      shape: .extremum(pairwise: name == "max" ? "maximum" : "minimum")
    ) { arguments in
      if isNumber(arguments.value(0)), arguments.isSome(1), !arguments.isNamed(1) {
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
        throw arguments.wrongType(index, expected: "numbers side by side")
      }
      let isBetter = try Arithmetic.truth(
        Arithmetic.compare(isLargest ? .greater : .less, value, best))
      if isBetter { best = value }
    }
    return best
  }
}
