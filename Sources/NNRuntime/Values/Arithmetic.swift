import NNLanguage
import NNSource
import NNTensor

/// The operators on values: plain numbers as Python does it, tensors and their elements as NumPy
/// does it, strings, lists and tuples where Python has the operator.
enum Arithmetic {
  static func binary(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws -> Value {
    switch (a, b) {
    case (.scalar(.float64(let x)), .scalar(.float64(let y))):
      if let result = float64(operation, x, y) { return .scalar(.float64(result)) }
    case (.scalar(.float64(let x)), .float(let y)):
      if let result = float64(operation, x, y) { return .scalar(.float64(result)) }
    case (.float(let x), .scalar(.float64(let y))):
      if let result = float64(operation, x, y) { return .scalar(.float64(result)) }
    case (.int(let x), .int(let y)): return try PlainNumbers.binary(operation, x, y)
    case (.int, .float), (.float, .int), (.float, .float), (.bool, .int), (.int, .bool),
      (.bool, .float), (.float, .bool), (.bool, .bool):
      return try PlainNumbers.binary(operation, a, b)
    case (.string, _), (_, .string), (.list, .list), (.tuple, .tuple), (.list, .int),
      (.int, .list), (.tuple, .int), (.int, .tuple):
      if let result = try sequences(operation, a, b) { return result }
    default: break
    }
    guard let left = try a.operand(), let right = try b.operand() else {
      throw Problem.value(
        .unsupportedOperands(operation.rawValue, left: a.kindName, right: b.kindName))
    }
    if operation == .matmul { return try matmul(left, right) }
    return Value(try Tensor.binary(operation.tensorOperation, left, right))
  }

  /// The new value of `x` in `x += v`. A tensor keeps its dtype and shape, as NumPy's does.
  static func kept(_ operation: BinaryOperator, _ old: Value, _ new: Value) throws -> Value {
    guard case .tensor(let before) = old, case .tensor(let after) = new else { return new }
    let symbol = operation.rawValue
    guard after.shape == before.shape else {
      throw Problem.tensor(
        .updateChangesShape(symbol, from: before.shape.array, to: after.shape.array))
    }
    guard after.dtype != before.dtype else { return new }
    guard after.dtype.isSameKind(as: before.dtype) else {
      throw Problem.tensor(
        .updateChangesType(symbol, from: before.dtype.name, to: after.dtype.name))
    }
    return .tensor(try after.converted(to: before.dtype))
  }

  /// The operations whose float64 result needs no care; nil leaves it to the tensors.
  private static func float64(_ operation: BinaryOperator, _ x: Double, _ y: Double) -> Double? {
    switch operation {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    default: nil
    }
  }

  private static func matmul(_ a: Operand, _ b: Operand) throws -> Value {
    guard case .tensor(let left) = a, case .tensor(let right) = b else {
      throw Problem.value(.matmulOfNumber)
    }
    return Value(try Tensor.matmul(left, right))
  }

  /// Bytes that a text may have.
  static let textLimit = 1 << 26

  static func check(textBytes: Int) throws {
    guard textBytes <= textLimit else { throw Problem.limit(.text(bytes: textLimit)) }
  }

  /// `+` and `*` of strings, lists and tuples.
  private static func sequences(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws
    -> Value?
  {
    switch (operation, a, b) {
    case (.add, .string(let x), .string(let y)):
      try check(textBytes: x.utf8.count + y.utf8.count)
      return .string(x + y)
    case (.add, .list(let x), .list(let y)):
      try Nesting.check(length: x.count + y.count)
      return .list(x + y)
    case (.add, .tuple(let x), .tuple(let y)):
      try Nesting.check(length: x.count + y.count)
      return .tuple(x + y)
    case (.multiply, .string(let text), .int(let count)),
      (.multiply, .int(let count), .string(let text)):
      let (size, overflow) = text.utf8.count.multipliedReportingOverflow(by: max(count, 0))
      try check(textBytes: overflow ? .max : size)
      return .string(String(repeating: text, count: max(count, 0)))
    case (.multiply, .list(let items), .int(let count)),
      (.multiply, .int(let count), .list(let items)):
      return .list(try repeated(items, count))
    case (.multiply, .tuple(let items), .int(let count)),
      (.multiply, .int(let count), .tuple(let items)):
      return .tuple(try repeated(items, count))
    default: return nil
    }
  }

  private static func repeated(_ items: [Value], _ count: Int) throws -> [Value] {
    let (size, overflow) = items.count.multipliedReportingOverflow(by: max(count, 0))
    try Nesting.check(length: overflow ? .max : size)
    return Array(repeatElement(items, count: max(count, 0)).joined())
  }

  // MARK: Comparing

  static func compare(_ operation: ComparisonOperator, _ a: Value, _ b: Value) throws -> Value {
    switch operation {
    case .is, .isNot:
      guard let same = isSame(a, b) else { throw Problem.value(.identityOfValues) }
      return .bool(same == (operation == .is))
    case .in, .notIn: return .bool(try contains(b, a) == (operation == .in))
    default: break
    }
    switch (a, b) {
    case (.int(let x), .int(let y)): return .bool(ordered(operation, x, y))
    case (.int, .float), (.float, .int), (.float, .float), (.bool, .int), (.int, .bool),
      (.bool, .float), (.float, .bool), (.bool, .bool):
      return .bool(PlainNumbers.compare(operation, a, b))
    case (.string(let x), .string(let y)):
      return .bool(ordered(operation, Text(x), Text(y)))
    case (.list(let x), .list(let y)), (.tuple(let x), .tuple(let y)):
      return try compare(operation, sequences: x, y)
    default: break
    }
    if let left = try? a.operand(), let right = try? b.operand() {
      return Value(try Tensor.binary(operation.tensorOperation, left, right))
    }
    guard operation == .equal || operation == .notEqual else {
      throw Problem.value(
        .unsupportedOperands(operation.rawValue, left: a.kindName, right: b.kindName))
    }
    return .bool(try isEqual(a, b) == (operation == .equal))
  }

  /// Python's order: that of the first elements that differ, else the shorter one first.
  private static func compare(
    _ operation: ComparisonOperator, sequences x: [Value], _ y: [Value]
  ) throws -> Value {
    if operation == .equal || operation == .notEqual {
      return .bool(try isEqual(.list(x), .list(y)) == (operation == .equal))
    }
    for (left, right) in zip(x, y) where !(try isEqual(left, right)) {
      return .bool(try truth(try compare(operation, left, right)))
    }
    return .bool(ordered(operation, x.count, y.count))
  }

  /// Strings order by code point, as Python's do.
  private struct Text: Comparable {
    let scalars: [UInt32]
    init(_ text: String) { scalars = text.unicodeScalars.map(\.value) }
    static func < (a: Text, b: Text) -> Bool { a.scalars.lexicographicallyPrecedes(b.scalars) }
  }

  static func ordered<T: Comparable>(_ operation: ComparisonOperator, _ x: T, _ y: T) -> Bool {
    switch operation {
    case .equal: x == y
    case .notEqual: x != y
    case .less: x < y
    case .lessEqual: x <= y
    case .greater: x > y
    case .greaterEqual: x >= y
    default: false
    }
  }

  /// `is` is for `none`, `true` and `false`; nil where it would compare what has no identity.
  private static func isSame(_ a: Value, _ b: Value) -> Bool? {
    switch (a, b) {
    case (.none, .none): true
    case (.none, _), (_, .none): false
    case (.bool(let x), .bool(let y)): x == y
    case (.bool, _), (_, .bool): false
    default: nil
    }
  }

  /// One answer for two values of any kind: tensors are equal when all elements are.
  static func isEqual(_ a: Value, _ b: Value) throws -> Bool {
    switch (a, b) {
    case (.none, .none): return true
    case (.string(let x), .string(let y)): return x == y
    case (.dtype, .string), (.string, .dtype), (.dtype, .function), (.function, .dtype):
      return a.dtype == b.dtype
    case (.dtype(let x), .dtype(let y)): return x == y
    case (.function(let x), .function(let y)):
      return x === y || x.name == y.name && x.builtinName != nil
    case (.list(let x), .list(let y)), (.tuple(let x), .tuple(let y)):
      guard x.count == y.count else { return false }
      for (left, right) in zip(x, y) where !(try isEqual(left, right)) { return false }
      return true
    default:
      guard let left = try? a.tensor(), let right = try? b.tensor() else { return false }
      guard left.shape == right.shape else { return false }
      let equal = try Tensor.binary(.equal, .tensor(left), .tensor(right))
      return try equal.reduce(.all).scalar == .bool(true)
    }
  }

  private static func contains(_ container: Value, _ item: Value) throws -> Bool {
    switch (container, item) {
    case (.string(let text), .string(let part)):
      let (haystack, needle) = (Array(text.utf8), Array(part.utf8))
      guard needle.count <= haystack.count else { return false }
      return (0...(haystack.count - needle.count)).contains { start in
        haystack[start..<start + needle.count].elementsEqual(needle)
      }
    case (.tensor(let tensor), _):
      guard let operand = try item.operand() else { return false }
      let equal = try Tensor.binary(.equal, .tensor(tensor), operand)
      return try equal.reduce(.any).scalar == .bool(true)
    default:
      guard let items = try container.items() else {
        throw Problem.value(.notAContainer(container.kindName))
      }
      return try items.contains { try isEqual($0, item) }
    }
  }

  // MARK: Unary

  static func unary(_ operation: UnaryOperator, _ value: Value) throws -> Value {
    switch (operation, value) {
    case (.negate, .int(let x)):
      guard x != .min else { throw Problem.value(.integerOverflow("-(\(x))")) }
      return .int(-x)
    case (.negate, .float(let x)): return .float(-x)
    case (.negate, .scalar(.float64(let x))): return .scalar(.float64(-x))
    case (.negate, .bool(let x)): return .int(x ? -1 : 0)
    case (.plus, .int), (.plus, .float): return value
    case (.plus, .bool(let x)): return .int(x ? 1 : 0)
    case (.invert, .int(let x)): return .int(~x)
    case (.invert, .bool(let x)): return .int(x ? -2 : -1)
    default: break
    }
    guard !isPlain(value), let operand = try value.operand() else {
      throw Problem.value(.unsupportedOperand(operation.rawValue, operand: value.kindName))
    }
    let tensor =
      switch operand {
      case .tensor(let tensor): tensor
      case .scalar(let scalar): Tensor(scalar)
      default: Tensor(.float64(0))
      }
    let tensorOperation: UnaryOperation =
      switch operation {
      case .negate: .negate
      case .plus: .positive
      case .invert: .invert
      case .not: .logicalNot
      }
    return Value(try Tensor.unary(tensorOperation, tensor))
  }

  private static func isPlain(_ value: Value) -> Bool {
    switch value {
    case .bool, .int, .float: true
    default: false
    }
  }

  // MARK: Truth

  /// Python's truth of a value; a tensor of several elements has none.
  static func truth(_ value: Value) throws -> Bool {
    switch value {
    case .none, .absent: return false
    case .bool(let value): return value
    case .int(let value): return value != 0
    case .float(let value): return value != 0
    case .scalar(let scalar): return scalar.double != 0
    case .string(let text): return !text.isEmpty
    case .list(let items), .tuple(let items): return !items.isEmpty
    case .range(let range): return range.count > 0
    case .tensor(let tensor):
      guard tensor.count == 1, let scalar = tensor.scalar else {
        throw Problem.value(.ambiguousTruth(shape: tensor.shape.array))
      }
      return scalar.double != 0
    case .dtype, .function, .network, .record: return true
    }
  }
}

extension BinaryOperator {
  /// The elementwise operation; `@` has none and is handled before.
  var tensorOperation: BinaryOperation {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply, .matmul: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .remainder: .remainder
    case .power: .power
    case .bitAnd: .bitAnd
    case .bitOr: .bitOr
    case .bitXor: .bitXor
    }
  }
}

extension ComparisonOperator {
  var tensorOperation: BinaryOperation {
    switch self {
    case .notEqual: .notEqual
    case .less: .less
    case .lessEqual: .lessEqual
    case .greater: .greater
    case .greaterEqual: .greaterEqual
    default: .equal
    }
  }
}
