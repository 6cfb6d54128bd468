/// One side of an operation. Weak numbers follow NEP 50: they take the other side's type.
package enum Operand: Sendable {
  case tensor(Tensor)
  case weakInt(Int)
  case weakFloat(Double)
  case weakBool(Bool)
  case scalar(Scalar)
}

/// Elementwise operations of two operands. The raw values are the kernels' `nn_binary_op`.
package enum BinaryOperation: UInt8, Sendable, Hashable, CaseIterable {
  case add, subtract, multiply, divide, floorDivide, remainder, power, maximum, minimum
  case bitAnd, bitOr, bitXor
  case equal, notEqual, less, lessEqual, greater, greaterEqual

  /// How messages write it.
  package var symbol: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .floorDivide: "//"
    case .remainder: "%"
    case .power: "**"
    case .maximum: "maximum"
    case .minimum: "minimum"
    case .bitAnd: "&"
    case .bitOr: "|"
    case .bitXor: "^"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    }
  }

  var isComparison: Bool { rawValue >= BinaryOperation.equal.rawValue }
}

/// Elementwise functions of one operand. The raw values are the kernels' `nn_unary_op`.
package enum UnaryOperation: UInt8, Sendable, Hashable, CaseIterable {
  case negate, positive, invert, logicalNot, abs, sign, sqrt, square
  case exp, log, log1p, expm1, sin, cos, tan, tanh, arctan
  case floor, ceil, isnan, isfinite
  /// 1 / (1 + exp(-x)), and log(1 + exp(x)) without overflow.
  case sigmoid, softplus

  /// How messages write it.
  package var symbol: String {
    switch self {
    case .negate: "unary -"
    case .positive: "unary +"
    case .invert: "~"
    case .logicalNot: "not"
    default: "\(self)"
    }
  }
}

/// Functions that fold axes away.
package enum Reduction: UInt8, Sendable, Hashable, CaseIterable {
  case sum, prod, mean, variance, std, min, max, argmin, argmax, all, any, norm, countNonzero

  /// How messages write it.
  package var symbol: String {
    switch self {
    case .variance: "var"
    case .countNonzero: "count_nonzero"
    default: "\(self)"
    }
  }
}
