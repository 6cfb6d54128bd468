import NNSource

/// What is known of a value before anything runs: its kind, its shape, and the few numbers that
/// shapes are made of. Everything that is said is certain; what is not certain is `unknown`.
package indirect enum AbstractValue: Sendable, Hashable {
  case unknown
  case none
  case bool(Bool?)
  /// A plain integer.
  case int(Int?)
  /// A plain float.
  case float
  /// One number, an element of a tensor by its dtype; plain or not where that is nil.
  case scalar(dtype: String?)
  case string(String?)
  case tensor(AbstractTensor)
  /// Not a tensor: its elements do not stack, or it was made by `list`.
  case list([AbstractValue])
  /// A bracket literal of which it is not known whether its elements stack.
  case bracket([AbstractValue])
  /// Elements of one kind, as many as `count` where that is known.
  case listOf(AbstractValue, count: Int?)
  case tuple([AbstractValue])
  case range(count: Int?)
  case dtype(String)
  case function(AbstractFunction)
  case builtin(String)
  case network(AbstractNetwork)
  /// Something with these fields.
  case record(kind: String, fields: [String]?)
}

extension AbstractValue {
  var isList: Bool {
    if case .list = self { true } else { false }
  }

  var mayBeList: Bool {
    switch self {
    case .list, .listOf, .bracket: true
    default: false
    }
  }
}

/// At least one axis; a length that is not known is nil.
package struct AbstractTensor: Sendable, Hashable {
  package var shape: [Int?]
  package var dtype: String?
  /// The elements of a short row of integers: `[2, 3]` may be a shape.
  package var elements: [Int?]?

  package init(_ shape: [Int?], _ dtype: String?, elements: [Int?]? = nil) {
    self.shape = shape
    self.dtype = dtype
    self.elements = elements
  }
}

/// A `def` or a lambda with what it captured.
package struct AbstractFunction: Sendable, Hashable {
  let name: String
  /// The place of its definition, by which its body is found.
  let definition: SourceRange
  let captured: [String: AbstractValue]
  /// Of the last parameters.
  let defaults: [AbstractValue]
}

package struct AbstractNetwork: Sendable, Hashable {
  var name: String
  var inputs: Int?
  var dtype: String?
  /// Nil where a layer's size or bias is not known.
  var layers: [Layer?]

  struct Layer: Sendable, Hashable {
    var units: Int
    var hasBias: Bool
  }

  var outputs: Int? { layers.last.flatMap { $0?.units } }

  /// The parameters' shapes in order; nil when a size is missing.
  var parameters: [(name: String, shape: [Int])]? {
    guard var width = inputs else { return nil }
    var found: [(name: String, shape: [Int])] = []
    for (index, layer) in layers.enumerated() {
      guard let layer else { return nil }
      found.append(("W\(index + 1)", [width, layer.units]))
      if layer.hasBias { found.append(("b\(index + 1)", [layer.units])) }
      width = layer.units
    }
    return found
  }
}

extension AbstractValue {
  static func tensor(_ shape: [Int?], _ dtype: String?) -> AbstractValue {
    switch shape.count {
    case 0: .scalar(dtype: dtype)
    case ...64: .tensor(AbstractTensor(shape, dtype))
    // No tensor has so many axes; the run says so.
    default: .unknown
    }
  }

  /// The word messages use for this kind of value; nil when it is not known well enough.
  var kindName: String? {
    switch self {
    case .unknown, .bracket, .scalar(dtype: nil), .listOf(_, count: nil),
      .record(_, fields: nil):
      nil
    case .none: "none"
    case .bool: "a bool"
    case .int: "an integer"
    case .float: "a number"
    case .scalar(let dtype?): dtype == "bool" ? "a bool" : "a number (\(dtype))"
    case .string: "a string"
    case .tensor(let tensor):
      tensor.lengths.map { "a tensor of shape \(TensorProblem.text(ofShape: $0))" }
    case .list(let items): "a list of \(items.count)"
    case .listOf(_, let count?): "a list of \(count)"
    case .tuple(let items): "a tuple of \(items.count)"
    case .range: "a range"
    case .dtype: "a dtype"
    case .function, .builtin: "a function"
    case .network: "a network"
    case .record(let kind, _): "a \(kind)"
    }
  }

  /// A whole number that is known.
  var integer: Int? {
    switch self {
    case .int(let value): value
    case .bool(let value): value.map { $0 ? 1 : 0 }
    default: nil
    }
  }

  /// One number, whatever it is.
  var isNumber: Bool {
    switch self {
    case .bool, .int, .float, .scalar: true
    default: false
    }
  }

  var dtype: String? {
    switch self {
    case .tensor(let tensor): tensor.dtype
    case .scalar(let dtype): dtype
    case .range: "int64"
    default: nil
    }
  }

  /// What Python's `if` makes of it; nil when that is not known.
  var truth: Bool? {
    switch self {
    case .none: false
    case .bool(let value): value
    case .int(let value): value.map { $0 != 0 }
    case .string(let text): text.map { !$0.isEmpty }
    case .function, .builtin, .network: true
    default: nil
    }
  }

  /// The shape it has as a tensor: a number has none, lists are stacked. Nil when it is no tensor, or
  /// none that is known.
  var shape: [Int?]? {
    switch self {
    case .bool, .int, .float, .scalar: []
    case .tensor(let tensor): tensor.shape
    case .range(let count): [count]
    case .list(let items), .tuple(let items): Self.stackedShape(items)
    default: nil
    }
  }

  private static func stackedShape(_ items: [AbstractValue]) -> [Int?]? {
    guard let first = items.first else { return [0] }
    guard let shape = first.shape, !shape.contains(nil),
      items.allSatisfy({ $0.shape == shape })
    else { return nil }
    return [items.count] + shape
  }

  /// The elements one by one, where their number is known.
  var items: [AbstractValue]? {
    switch self {
    case .list(let items), .tuple(let items), .bracket(let items): return items
    case .listOf(let element, let count?) where count <= Self.mostItems:
      return Array(repeating: element, count: count)
    case .range(let count?) where count <= Self.mostItems:
      return Array(repeating: .int(nil), count: count)
    case .tensor(let tensor):
      guard let count = tensor.shape[0], count <= Self.mostItems else { return nil }
      return Array(repeating: tensor.row, count: count)
    default: return nil
    }
  }

  static let mostItems = 64

  /// How many elements a loop goes through.
  var itemCount: Int? {
    switch self {
    case .list(let items), .tuple(let items), .bracket(let items): items.count
    case .listOf(_, let count), .range(let count): count
    case .tensor(let tensor): tensor.shape[0]
    case .string(let text): text.map { $0.unicodeScalars.count }
    default: nil
    }
  }

  /// What all elements have in common.
  var element: AbstractValue {
    switch self {
    case .list(let items), .tuple(let items), .bracket(let items):
      items.dropFirst().reduce(items.first ?? .unknown) { $0.joined($1) }
    case .listOf(let element, _): element
    case .range: .int(nil)
    case .tensor(let tensor): tensor.row
    case .string: .string(nil)
    default: .unknown
    }
  }

  /// Itself, or unknown when it has so many parts that following them would take too long:
  /// `x = (x, x)` doubles them.
  var bounded: AbstractValue {
    var parts = 0
    return countParts(&parts) ? self : .unknown
  }

  private static let mostParts = 1_000

  /// False when there are too many.
  private func countParts(_ parts: inout Int) -> Bool {
    parts += 1
    guard parts <= Self.mostParts else { return false }
    switch self {
    case .list(let items), .tuple(let items), .bracket(let items):
      for item in items where !item.countParts(&parts) { return false }
    case .listOf(let element, _): return element.countParts(&parts)
    case .function(let function):
      for value in function.captured.values where !value.countParts(&parts) { return false }
      for value in function.defaults where !value.countParts(&parts) { return false }
    default: break
    }
    return true
  }

  /// What is true of both.
  func joined(_ other: AbstractValue) -> AbstractValue {
    if self == other { return self }
    switch (self, other) {
    case (.bool, .bool): return .bool(nil)
    case (.int, .int): return .int(nil)
    case (.string, .string): return .string(nil)
    case (.range, .range): return .range(count: nil)
    case (.scalar, .scalar), (.int, .scalar), (.scalar, .int), (.float, .scalar),
      (.scalar, .float), (.int, .float), (.float, .int), (.bool, .int), (.int, .bool):
      return .scalar(dtype: nil)
    case (.tensor(let a), .tensor(let b)) where a.shape.count == b.shape.count:
      return .tensor(
        zip(a.shape, b.shape).map { $0 == $1 ? $0 : nil }, a.dtype == b.dtype ? a.dtype : nil)
    case (.tuple(let a), .tuple(let b)) where a.count == b.count:
      return .tuple(zip(a, b).map { $0.joined($1) })
    case (.list, .list), (.list, .listOf), (.listOf, .list), (.listOf, .listOf):
      return .listOf(
        element.joined(other.element), count: itemCount == other.itemCount ? itemCount : nil)
    default: return .unknown
    }
  }
}

extension AbstractTensor {
  /// All lengths, when all are known.
  var lengths: [Int]? {
    let known = shape.compactMap { $0 }
    return known.count == shape.count ? known : nil
  }

  var row: AbstractValue { .tensor(Array(shape.dropFirst()), dtype) }
}

extension [Int?] {
  /// The lengths, when all are known.
  var lengths: [Int]? {
    let known = compactMap { $0 }
    return known.count == count ? known : nil
  }

  /// For messages: a length that is not known is written `?`.
  var shown: [Int] { map { $0 ?? TensorProblem.unknownLength } }

  /// The number of elements; nil when a length is unknown or there are too many to count.
  var elementCount: Int? {
    if contains(0) { return 0 }
    var product = 1
    for length in self {
      guard let length else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      if overflow { return nil }
      product = next
    }
    return product
  }
}
