import NNTensor

/// The registry's functions that have an instruction of their own, for calls with just these
/// operands by place. The instruction does what the entry's body does for the usual values, and
/// hands the rest to it.
struct ShortcutForm {
  let operation: Operation
  let operandCount: Int
  /// Which function of its kind: a `UnaryOperation` or `BinaryOperation`.
  let detail: UInt8

  private init(_ operation: Operation, operands: Int = 1, _ detail: UInt8 = 0) {
    (self.operation, operandCount, self.detail) = (operation, operands, detail)
  }

  private static func unary(_ operation: UnaryOperation) -> ShortcutForm {
    ShortcutForm(.mapUnary, operation.rawValue)
  }

  private static func binary(_ operation: BinaryOperation) -> ShortcutForm {
    ShortcutForm(.mapBinary, operands: 2, operation.rawValue)
  }

  static let forms: [String: ShortcutForm] = [
    "sqrt": unary(.sqrt), "square": unary(.square), "exp": unary(.exp), "log": unary(.log),
    "sin": unary(.sin), "cos": unary(.cos), "tanh": unary(.tanh), "sigmoid": unary(.sigmoid),
    "multiply": binary(.multiply), "maximum": binary(.maximum), "minimum": binary(.minimum),
    "dot": ShortcutForm(.dot, operands: 2), "matmul": ShortcutForm(.dot, operands: 2),
    "transpose": ShortcutForm(.transpose), "sum": ShortcutForm(.sum),
    "len": ShortcutForm(.length),
  ]
}
