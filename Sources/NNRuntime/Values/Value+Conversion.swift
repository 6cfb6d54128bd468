import NNSource
import NNTensor

extension Value {
  /// The value as one side of an operation; nil for what is no number or tensor.
  func operand() throws -> Operand? {
    switch self {
    case .bool(let value): .weakBool(value)
    case .int(let value): .weakInt(value)
    case .float(let value): .weakFloat(value)
    case .scalar(let value): .scalar(value)
    case .tensor(let value): .tensor(value)
    case .list, .tuple, .range: try tensor().map(Operand.tensor)
    default: nil
    }
  }

  /// The value as a tensor: a number has rank 0, lists, tuples and ranges are stacked.
  /// Nil for what is neither; a list that does not stack is a problem that says why.
  func tensor() throws -> Tensor? {
    switch self {
    case .tensor(let value): return value
    case .bool(let value): return Tensor(.bool(value))
    case .int(let value): return Tensor(.int64(Int64(value)))
    case .float(let value): return Tensor(.float64(value))
    case .scalar(let value): return Tensor(value)
    case .range(let range):
      return try Tensor.arange(
        .weakInt(range.start), .weakInt(range.stop), .weakInt(range.step), dtype: .int64)
    case .list(let items) where items.isEmpty, .tuple(let items) where items.isEmpty:
      return Tensor([Double](), shape: nil)
    case .list(let items), .tuple(let items):
      if let stacked = try Stacking.stack(items) { return stacked }
      if let odd = items.first(where: { !$0.isNumeric }) {
        throw Problem.value(.listDoesNotStack(element: odd.kindName))
      }
      throw Problem.value(.listIsRagged(shapes: items.map { Stacking.shape(of: $0).text }))
    default: return nil
    }
  }

  var isNumeric: Bool {
    switch self {
    case .bool, .int, .float, .scalar, .tensor, .range: true
    case .list(let items), .tuple(let items): items.allSatisfy(\.isNumeric)
    default: false
    }
  }

  /// A whole number, plain or of an integer dtype.
  var integer: Int? {
    switch self {
    case .int(let value): value
    case .bool(let value): value ? 1 : 0
    case .scalar(let scalar): scalar.dtype.isFloat ? nil : scalar.integer
    case .tensor(let tensor) where tensor.rank == 0 && !tensor.dtype.isFloat:
      tensor.scalar?.integer
    default: nil
    }
  }

  var double: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    case .bool(let value): value ? 1 : 0
    case .scalar(let scalar): scalar.double
    case .tensor(let tensor) where tensor.rank == 0: tensor.scalar?.double
    default: nil
    }
  }

  var dtype: DType? {
    switch self {
    case .dtype(let dtype): return dtype
    case .string(let name): return DType.allCases.first { $0.name == name }
    case .function(let function):
      switch function.builtinName {
      case "bool": return .bool
      case "int": return .int64
      case "float": return .float64
      default: return nil
      }
    default: return nil
    }
  }

  /// The elements of what can be gone through one by one; nil for what can't.
  package func items() throws -> [Value]? {
    switch self {
    case .list(let items), .tuple(let items): return items
    case .range(let range):
      try Nesting.check(length: range.count)
      return (0..<range.count).map { .int(range.start + $0 * range.step) }
    case .string(let text):
      try Nesting.check(length: text.unicodeScalars.count)
      return text.unicodeScalars.map { .string(String($0)) }
    case .tensor(let tensor):
      guard tensor.rank > 0 else { return nil }
      try Nesting.check(length: tensor.shape[0])
      return try (0..<tensor.shape[0]).map { place in
        // An element takes more than its numbers: a row of none is an object all the same.
        if place % Allowance.elementsPerCheck == Allowance.elementsPerCheck - 1 {
          try Allowance.check()
          try Allowance.checkMemory()
        }
        return Value(try tensor.indexed([.integer(place)]))
      }
    default: return nil
    }
  }

  /// A tensor as a value: rank 0 is a number that keeps its dtype.
  package init(_ tensor: Tensor) {
    if tensor.rank == 0, let scalar = tensor.scalar {
      self = .scalar(scalar)
    } else {
      self = .tensor(tensor)
    }
  }
}

/// A bracket literal's elements made one tensor, where they fit.
enum Stacking {
  static func shape(of value: Value) -> Shape {
    switch value {
    case .tensor(let tensor): return tensor.shape
    case .range(let range): return [range.count]
    case .list(let items), .tuple(let items): return [items.count]
    default: return []
    }
  }

  /// Nil when the elements do not stack; a problem only when there is no memory for it.
  static func stack(_ items: [Value]) throws -> Tensor? {
    guard let first = items.first else { return nil }
    if let flat = stackNumbers(items) { return flat }
    switch first {
    case .tensor, .list, .tuple, .range, .scalar, .int, .float, .bool: break
    default: return nil
    }
    var parts: [Tensor] = []
    parts.reserveCapacity(items.count)
    for item in items {
      let part: Tensor?
      switch item {
      case .list(let inner), .tuple(let inner):
        // An empty list is a row of no elements.
        part = inner.isEmpty ? Tensor([Double](), shape: nil) : try stack(inner)
      case .string, .none, .function, .network, .record, .dtype, .absent: part = nil
      default: part = try item.tensor()
      }
      guard let part, parts.isEmpty || part.shape == parts[0].shape else { return nil }
      parts.append(part)
    }
    return try Tensor.stack(parts, axis: 0)
  }

  /// The usual case, plain numbers, without a tensor for each.
  private static func stackNumbers(_ items: [Value]) -> Tensor? {
    var hasInt = false
    var hasFloat = false
    var hasBool = false
    for item in items {
      switch item {
      case .int: hasInt = true
      case .float, .scalar(.float64): hasFloat = true
      case .scalar(.int64): hasInt = true
      case .bool, .scalar(.bool): hasBool = true
      default: return nil
      }
    }
    if hasFloat { return Tensor(items.map { $0.double ?? 0 }, shape: nil) }
    if hasInt { return Tensor(items.map { $0.integer ?? 0 }, shape: nil) }
    return hasBool
      ? Tensor(
        items.map { item in
          switch item {
          case .bool(let value), .scalar(.bool(let value)): value
          default: false
          }
        }, shape: nil) : nil
  }
}
