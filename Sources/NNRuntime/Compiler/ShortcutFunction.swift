import NNTensor

/// The registry's functions that the interpreter has in short, for calls with just these operands by
/// place. It does what the entry's body does for the usual values, and leaves the rest to it.
enum ShortcutFunction {
  case unary(UnaryOperation)
  case binary(BinaryOperation)
  case dot, transpose, sum, length

  var operandCount: Int {
    switch self {
    case .binary, .dot: 2
    case .unary, .transpose, .sum, .length: 1
    }
  }

  static let named: [String: ShortcutFunction] = [
    "sqrt": .unary(.sqrt), "square": .unary(.square), "exp": .unary(.exp), "log": .unary(.log),
    "sin": .unary(.sin), "cos": .unary(.cos), "tanh": .unary(.tanh), "sigmoid": .unary(.sigmoid),
    "multiply": .binary(.multiply), "maximum": .binary(.maximum), "minimum": .binary(.minimum),
    "dot": .dot, "matmul": .dot, "transpose": .transpose, "sum": .sum, "len": .length,
  ]
}
