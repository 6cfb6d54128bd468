import NNLanguage
import NNSource
import NNTensor

/// Python's arithmetic of plain numbers: `/` gives a float, `//` and `%` round down, overflow and
/// division by zero are errors.
enum PlainNumbers {
  static func binary(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws -> Value {
    switch (a, b) {
    case (.bool(let x), .bool(let y)):
      switch operation {
      case .bitAnd: return .bool(x && y)
      case .bitOr: return .bool(x || y)
      case .bitXor: return .bool(x != y)
      default: break
      }
    default: break
    }
    if let x = a.integer, let y = b.integer { return try binary(operation, x, y) }
    guard let x = a.double, let y = b.double else {
      throw Problem.value(
        .unsupportedOperands(operation.rawValue, left: a.kindName, right: b.kindName))
    }
    return .float(try binary(operation, x, y))
  }

  static func binary(_ operation: BinaryOperator, _ x: Int, _ y: Int) throws -> Value {
    let result: (partialValue: Int, overflow: Bool)
    switch operation {
    case .add: result = x.addingReportingOverflow(y)
    case .subtract: result = x.subtractingReportingOverflow(y)
    case .multiply: result = x.multipliedReportingOverflow(by: y)
    case .divide:
      guard y != 0 else { throw Problem.value(.divisionByZero("\(x) / 0")) }
      return .float(Double(x) / Double(y))
    case .floorDivide, .remainder:
      guard y != 0 else { throw Problem.value(.divisionByZero("\(x) \(operation.rawValue) 0")) }
      if y == -1 {
        result = operation == .remainder ? (0, false) : 0.subtractingReportingOverflow(x)
      } else {
        let (quotient, remainder) = x.quotientAndRemainder(dividingBy: y)
        let isBelow = remainder != 0 && (remainder < 0) != (y < 0)
        result =
          operation == .floorDivide
          ? (isBelow ? quotient - 1 : quotient, false)
          : (isBelow ? remainder + y : remainder, false)
      }
    case .power:
      guard y >= 0 else {
        guard x != 0 else { throw Problem.value(.divisionByZero("0 ** \(y)")) }
        return .float(try binary(.power, Double(x), Double(y)))
      }
      result = power(x, y)
    case .bitAnd: return .int(x & y)
    case .bitOr: return .int(x | y)
    case .bitXor: return .int(x ^ y)
    case .matmul: throw Problem.value(.matmulOfNumber)
    }
    guard !result.overflow else {
      throw Problem.value(.integerOverflow("\(x) \(operation.rawValue) \(y)"))
    }
    return .int(result.partialValue)
  }

  private static func power(_ x: Int, _ y: Int) -> (partialValue: Int, overflow: Bool) {
    var result = 1
    var square = x
    var left = y
    while left > 0 {
      if left & 1 == 1 {
        let (product, overflow) = result.multipliedReportingOverflow(by: square)
        if overflow { return (0, true) }
        result = product
      }
      left >>= 1
      guard left > 0 else { break }
      let (next, overflow) = square.multipliedReportingOverflow(by: square)
      if overflow { return (0, true) }
      square = next
    }
    return (result, false)
  }

  static func binary(_ operation: BinaryOperator, _ x: Double, _ y: Double) throws -> Double {
    switch operation {
    case .add: return x + y
    case .subtract: return x - y
    case .multiply: return x * y
    case .divide:
      guard y != 0 else { throw Problem.value(.divisionByZero(spelled(operation, x, y))) }
      return x / y
    case .floorDivide, .remainder:
      guard y != 0 else { throw Problem.value(.divisionByZero(spelled(operation, x, y))) }
      return try elementwise(operation, x, y)
    case .power:
      if x == 0, y < 0 { throw Problem.value(.divisionByZero(spelled(operation, x, y))) }
      let result = try elementwise(operation, x, y)
      if result.isNaN, !x.isNaN, !y.isNaN {
        throw Problem.value(.complexPower(spelled(operation, x, y)))
      }
      if result.isInfinite, x.isFinite, y.isFinite {
        throw Problem.value(.floatOverflow(spelled(operation, x, y)))
      }
      return result
    case .matmul: throw Problem.value(.matmulOfNumber)
    case .bitAnd, .bitOr, .bitXor:
      throw Problem.value(
        .unsupportedOperands(operation.rawValue, left: "a number", right: "a number"))
    }
  }

  /// The same result as for a tensor's element.
  private static func elementwise(_ operation: BinaryOperator, _ x: Double, _ y: Double) throws
    -> Double
  {
    let result = try Tensor.binary(
      operation.tensorOperation, .scalar(.float64(x)), .scalar(.float64(y)))
    return result.scalar?.double ?? .nan
  }

  private static func spelled(_ operation: BinaryOperator, _ x: Double, _ y: Double) -> String {
    // -8.0 ** 0.5 would read as -(8.0 ** 0.5).
    let left = operation == .power && x < 0 ? "(\(PythonText.repr(x)))" : PythonText.repr(x)
    return "\(left) \(operation.rawValue) \(PythonText.repr(y))"
  }

  static func compare(_ operation: ComparisonOperator, _ a: Value, _ b: Value) -> Bool {
    if let x = a.integer, let y = b.integer { return Arithmetic.ordered(operation, x, y) }
    // An integer and a float are compared by value, not after rounding the integer.
    switch (a, b) {
    case (.int(let x), .float(let y)): return exact(operation, x, y)
    case (.float(let x), .int(let y)): return exact(operation.mirrored, y, x)
    default: return Arithmetic.ordered(operation, a.double ?? .nan, b.double ?? .nan)
    }
  }

  private static func exact(_ operation: ComparisonOperator, _ x: Int, _ y: Double) -> Bool {
    guard y.isFinite, x.magnitude > 1 << 53 else {
      return Arithmetic.ordered(operation, Double(x), y)
    }
    guard let whole = Int(exactly: y.rounded(.down)) else {
      return Arithmetic.ordered(operation, 0, y)
    }
    // x against a whole number, and a fraction that only matters when they are equal.
    if x == whole, y != Double(whole) { return Arithmetic.ordered(operation, 0, 1) }
    return Arithmetic.ordered(operation, x, whole)
  }
}

extension ComparisonOperator {
  /// The operator with its sides exchanged.
  var mirrored: ComparisonOperator {
    switch self {
    case .less: .greater
    case .lessEqual: .greaterEqual
    case .greater: .less
    case .greaterEqual: .lessEqual
    default: self
    }
  }
}
