import NNLanguage
import NNSource
import NNTensor

/// Functions of numbers and, element by element, of tensors. `tanh` and `arctan` are among the
/// activations, since they have a derivative.
extension Registry {
  static let mathsFunctions: [RegistryEntry] = elementwise + pairwise + roundings

  private static let elementwise: [RegistryEntry] = [
    .function(
      "abs", [SignatureParameter("x", "tensor", help: "a number, a tensor or a list of numbers")],
      family: "maths", "the magnitude, without sign",
      example: "print abs([-1.5, 2])", seeAlso: ["sign", "norm"],
      shape: .elementwise(["x"], operation: "abs", .unknown), absolute),
    maths("sign", .sign, "-1, 0 or 1", example: "print sign([-2.5, 0, 4])", seeAlso: ["abs"]),
    maths(
      "sqrt", .sqrt, "the square root", example: "print sqrt([4, 2])", seeAlso: ["square", "norm"]),
    maths("square", .square, "x times x", example: "print square([1, 2, 3])", seeAlso: ["sqrt"]),
    maths(
      "exp", .exp, "e to the power x", example: "print exp([0, 1])",
      notes: "Computed with an error under 1 ulp, with the same bits on every machine.",
      seeAlso: ["log", "expm1", "e"]),
    maths(
      "log", .log, "the natural logarithm", example: "print log([1, 10])",
      notes: "Of 0 it is -inf, of a negative number nan.", seeAlso: ["exp", "log1p"]),
    maths(
      "log1p", .log1p, "log(1 + x), exact for small x", example: "print log1p([1e-10, 1])",
      seeAlso: ["log", "expm1"]),
    maths(
      "expm1", .expm1, "exp(x) - 1, exact for small x", example: "print expm1([1e-10, 1])",
      seeAlso: ["exp", "log1p"]),
    maths(
      "sin", .sin, "the sine of an angle in radians", example: "print sin([0, pi / 2])",
      seeAlso: ["cos", "tan", "pi"]),
    maths(
      "cos", .cos, "the cosine of an angle in radians", example: "print cos([0, pi])",
      seeAlso: ["sin", "tan", "pi"]),
    maths(
      "tan", .tan, "the tangent of an angle in radians", example: "print tan(pi / 4)",
      seeAlso: ["sin", "cos", "tanh"]),
    maths(
      "floor", .floor, "the next whole number below", example: "print floor([1.7, -1.2])",
      notes: "The result is a float, as in NumPy; int(x) or astype(int64) makes "
        + "integers.", seeAlso: ["ceil", "round", "int"]),
    maths(
      "ceil", .ceil, "the next whole number above", example: "print ceil([1.2, -1.7])",
      seeAlso: ["floor", "round"]),
  ]

  static func maths(
    _ name: String, _ operation: UnaryOperation, _ summary: String, family: String = "maths",
    example: String, notes: String = "", seeAlso: [String] = []
  ) -> RegistryEntry {
    .function(
      name, [.x], family: family, summary, example: example, notes: notes, seeAlso: seeAlso,
      shape: .elementwise(["x"], operation: name, family == "find" ? .fixed("bool") : .unknown)
    ) { arguments in
      if let result = single(operation, arguments.value(0)) { return result }
      return Value(try Tensor.unary(operation, try arguments.tensor(0)))
    }
  }

  /// Of one float64, as loops over elements call it: no tensor is made for it.
  static func single(_ operation: UnaryOperation, _ value: Value) -> Value? {
    let x: Double
    switch value {
    case .float(let value), .scalar(.float64(let value)): x = value
    default: return nil
    }
    return Tensor.unary(operation, x).map { .scalar(.float64($0)) }
  }

  /// A plain number stays one, as with Python's abs.
  private static func absolute(_ arguments: Arguments) throws -> Value {
    switch arguments.value(0) {
    case .float(let x): return .float(x.magnitude)
    case .scalar(.float64(let x)): return .scalar(.float64(x.magnitude))
    case .bool(let x): return .int(x ? 1 : 0)
    case .int(let x):
      guard x != .min else { throw Problem.value(.integerOverflow("abs(\(x))")) }
      return .int(Swift.abs(x))
    default: return Value(try Tensor.unary(.abs, try arguments.tensor(0)))
    }
  }

  // MARK: Of two operands

  private static let pairwise: [RegistryEntry] = [
    pair(
      "maximum", .maximum, "the larger of two, element by element",
      example: "print maximum([-1, 2], 0)", seeAlso: ["max", "minimum", "clip", "relu"]),
    pair(
      "minimum", .minimum, "the smaller of two, element by element",
      example: "print minimum([-1, 2], 0)", seeAlso: ["min", "maximum", "clip"]),
    pair(
      "multiply", .multiply, "the product, element by element",
      example: "print multiply([1, 2], [3, 4])", notes: "The function of the operator *.",
      seeAlso: ["power", "dot"]),
    pair(
      "power", .power, "the first to the power of the second, element by element",
      example: "print power([1, 2, 3], 2)", notes: "The function of the operator **.",
      seeAlso: ["square", "sqrt", "exp"]),
    .function(
      "clip",
      [
        .a,
        SignatureParameter(
          "a_min", "tensor", standard: "none",
          help: "what is smaller becomes this; none leaves that end open"),
        SignatureParameter(
          "a_max", "tensor", standard: "none",
          help: "what is larger becomes this; none leaves that end open"),
        SignatureParameter("min", "tensor", standard: "none", help: "another name for a_min"),
        SignatureParameter("max", "tensor", standard: "none", help: "another name for a_max"),
      ], family: "maths", "the elements held between two limits",
      example: "print clip([-2, 0.5, 3], 0, 1)", seeAlso: ["maximum", "minimum"],
      shape: .clip, clip),
  ]

  private static func pair(
    _ name: String, _ operation: BinaryOperation, _ summary: String, example: String,
    notes: String = "", seeAlso: [String] = []
  ) -> RegistryEntry {
    .function(
      name,
      [
        SignatureParameter("x1", "tensor", help: "a number or a tensor"),
        SignatureParameter(
          "x2", "tensor", help: "a number, or a tensor whose shape fits that of x1"),
      ],
      family: "maths", summary, example: example, notes: notes, seeAlso: seeAlso,
      shape: .elementwise(["x1", "x2"], operation: operation.symbol, .unknown)
    ) { arguments in
      Value(
        try Tensor.binary(operation, try arguments.operand(0), try arguments.operand(1)))
    }
  }

  private static func clip(_ arguments: Arguments) throws -> Value {
    /// A limit under either of its names.
    func limit(_ index: Int, or other: Int) throws -> Operand? {
      if arguments.isSome(index), arguments.isSome(other) {
        throw arguments.failure(
          other,
          .call(.givenTwice(callee: "clip", parameter: arguments.parameterName(index))))
      }
      if arguments.isSome(index) { return try arguments.operand(index) }
      return arguments.isSome(other) ? try arguments.operand(other) : nil
    }
    let (low, high) = (try limit(1, or: 3), try limit(2, or: 4))
    return Value(try arguments.tensor(0).clipped(low, high))
  }

  // MARK: Rounding

  private static let roundings: [RegistryEntry] = [
    .function(
      "round",
      [
        .a,
        SignatureParameter(
          "decimals", "integer", standard: "none",
          help: "how many digits to keep behind the point; -1 rounds to tens"),
      ],
      family: "maths", "rounded to a number of decimals; halves go to the even neighbour",
      example: "print round(2.675, 2), round(7.5)\nprint round([1.25, 3.5], 1)",
      notes: "A plain number is rounded as Python does, by its exact decimal value; "
        + "a tensor as NumPy does, by scaling. So round(2.675, 2) is 2.67: the "
        + "nearest float lies below 2.675.", seeAlso: ["floor", "ceil", "format"],
      shape: .elementwise(["a"], operation: "round", .unknown)
    ) { arguments in
      let decimals = arguments.isSome(1) ? try arguments.int(1) : nil
      if let number = try PythonRounding.round(arguments.value(0), decimals) { return number }
      return Value(try arguments.tensor(0).rounded(decimals: decimals ?? 0))
    }
  ]
}
