import NNSource

extension ShapeChecker {
  /// What is known of an expression's value; misfits inside it are reported.
  mutating func value(of expression: Expression) -> AbstractValue {
    guard step() else { return .unknown }
    switch expression.kind {
    // What puts values together.
    case .tuple, .list, .call, .method, .binary, .lambda: return found(expression).bounded
    default: return found(expression)
    }
  }

  private mutating func found(_ expression: Expression) -> AbstractValue {
    switch expression.kind {
    case .integer(let number): return .int(number)
    case .float: return .float
    case .bool(let flag): return .bool(flag)
    case .none: return .none
    case .string(let text): return .string(text)
    case .name(let name):
      checkAssigned(name, at: expression.range)
      return lookUp(name)
    case .formatted(let pieces):
      visit(pieces)
      return .string(nil)
    case .unary(let operation, let operand):
      return unary(operation, value(of: operand), at: expression.range)
    case .binary(let operation, let left, let right):
      let (a, b) = (value(of: left), value(of: right))
      if Self.mayAppend(operation, a, b, left, right) { return .unknown }
      return binary(
        operation, a, b, names: (left.simpleName, right.simpleName), at: expression.range)
    case .comparison(let first, let links):
      return comparison(first, links, at: expression.range)
    case .and(let left, let right): return either(left, right, endsAt: false)
    case .or(let left, let right): return either(left, right, endsAt: true)
    case .conditional(let condition, let then, let otherwise):
      return conditional(condition, then, otherwise)
    case .list(let items): return bracket(items.map { value(of: $0) })
    case .tuple(let items): return .tuple(items.map { value(of: $0) })
    case .index(let base, let items):
      let owner = value(of: base)
      return element(of: owner, items.map { index($0) }, at: expression.range)
    case .field(let base, let name): return field(name, of: value(of: base), at: expression.range)
    case .lambda(let definition):
      let defaults = definition.parameters.compactMap(\.standard).map { value(of: $0) }
      lookInto(definition, name: "lambda")
      return function("lambda", definition, defaults)
    case .comprehension(let element, let target, let items, let conditions):
      return comprehension(element, target, items, conditions)
    case .call(let callee, let arguments):
      return call(callee, arguments, at: expression.range)
    case .method(let base, let name, let arguments):
      return method(base, name, arguments, at: expression.range)
    }
  }

  private mutating func visit(_ pieces: [FormatPiece]) {
    for case .value(let value, _, let spec) in pieces {
      _ = self.value(of: value)
      visit(spec)
    }
  }

  // MARK: Operators

  private mutating func unary(
    _ operation: UnaryOperator, _ operand: AbstractValue, at range: SourceRange
  ) -> AbstractValue {
    switch (operation, operand) {
    case (.not, _):
      checkTruth(operand, at: range)
      return .bool(operand.truth.map { !$0 })
    case (.negate, .int(let number)): return .int(number.map { 0 &- $0 })
    case (.negate, .float), (.plus, .float), (.plus, .int): return operand
    case (.plus, .tensor), (.negate, .tensor), (.invert, .tensor):
      guard case .tensor(let tensor) = operand else { return .unknown }
      return .tensor(tensor.shape, tensor.dtype)
    case (_, .scalar): return operand
    case (_, .string), (_, .none), (_, .function), (_, .builtin), (_, .network), (_, .record):
      if let kind = operand.kindName {
        report(.value(.unsupportedOperand(operation.rawValue, operand: kind)), at: range)
      }
      return .unknown
    default: return operand.isNumber ? .scalar(dtype: nil) : .unknown
    }
  }

  /// `xs + [v]` appends when the other side is a list.
  static func mayAppend(
    _ operation: BinaryOperator, _ a: AbstractValue, _ b: AbstractValue, _ left: Expression?,
    _ right: Expression
  ) -> Bool {
    guard operation == .add else { return false }
    return right.isBracket && a.mayBeList && !b.isList
      || left?.isBracket ?? false && b.mayBeList && !a.isList
  }

  mutating func binary(
    _ operation: BinaryOperator, _ a: AbstractValue, _ b: AbstractValue,
    names: (String?, String?), at range: SourceRange
  ) -> AbstractValue {
    if let value = Self.plain(operation, a, b) { return value }
    if let value = Self.sequences(operation, a, b) { return value }
    guard let left = a.shape, let right = b.shape else {
      if let problem = a.stackingProblem ?? (a.shape == nil ? nil : b.stackingProblem) {
        report(.value(problem), at: range)
      } else if a.isNoOperand || b.isNoOperand, let x = a.kindName, let y = b.kindName {
        report(
          .value(.unsupportedOperands(operation.rawValue, left: x, right: y)), at: range)
      }
      return .unknown
    }
    if operation == .matmul { return product(a, b, left, right, names, at: range) }
    guard let shape = Broadcasting.shape(left, right) else {
      report(
        .tensor(
          .shapesDoNotFit(
            operation: operation.rawValue, left: left.shown, right: right.shown)), at: range)
      return .unknown
    }
    return .tensor(shape, Self.dtype(of: operation, a, b))
  }

  private static func dtype(
    of operation: BinaryOperator, _ a: AbstractValue, _ b: AbstractValue
  ) -> String? {
    let type = DTypeNames.ofOperator(a, b)
    switch operation {
    case .divide: return type == "float32" || type == nil ? type : "float64"
    case .add, .multiply: return type
    case .subtract: return type == "bool" ? nil : type
    case .bitAnd, .bitOr, .bitXor: return type == "float64" || type == "float32" ? nil : type
    default: return type == "bool" ? nil : type
    }
  }

  /// Of whole numbers, which sizes are made of.
  private static func plain(
    _ operation: BinaryOperator, _ a: AbstractValue, _ b: AbstractValue
  ) -> AbstractValue? {
    guard a.isPlain, b.isPlain else { return nil }
    guard case .int(let x) = a, case .int(let y) = b else {
      switch (a, b) {
      case (.float, _), (_, .float): return operation == .matmul ? nil : .float
      default: return operation == .matmul ? nil : .scalar(dtype: nil)
      }
    }
    switch operation {
    case .divide: return .float
    case .power: return y.map { $0 >= 0 ? .int(nil) : .float } ?? .scalar(dtype: nil)
    case .matmul: return nil
    default: break
    }
    guard let x, let y else { return .int(nil) }
    let result: (partialValue: Int, overflow: Bool)
    switch operation {
    case .add: result = x.addingReportingOverflow(y)
    case .subtract: result = x.subtractingReportingOverflow(y)
    case .multiply: result = x.multipliedReportingOverflow(by: y)
    case .floorDivide, .remainder:
      guard y != 0, y != -1 else { return .int(nil) }
      let remainder = x % y
      let isBelow = remainder != 0 && (remainder < 0) != (y < 0)
      return .int(
        operation == .floorDivide ? x / y - (isBelow ? 1 : 0) : remainder + (isBelow ? y : 0))
    default: return .int(nil)
    }
    return .int(result.overflow ? nil : result.partialValue)
  }

  /// `+` and `*` of strings, lists and tuples.
  private static func sequences(
    _ operation: BinaryOperator, _ a: AbstractValue, _ b: AbstractValue
  ) -> AbstractValue? {
    switch (operation, a, b) {
    case (.add, .string, .string): .string(nil)
    case (.add, .tuple(let x), .tuple(let y)) where x.count + y.count <= AbstractValue.mostItems:
      .tuple(x + y)
    case (.add, .list(let x), .list(let y)) where x.count + y.count <= AbstractValue.mostItems:
      .list(x + y)
    case (_, .list, .list), (_, .tuple, .tuple), (.multiply, .list, _), (.multiply, _, .list),
      (.multiply, .tuple, _), (.multiply, _, .tuple), (.multiply, .string, .int),
      (.multiply, .int, .string), (.multiply, .string, .unknown), (.multiply, .unknown, .string):
      .unknown
    default: nil
    }
  }

  private mutating func product(
    _ a: AbstractValue, _ b: AbstractValue, _ left: [Int?], _ right: [Int?],
    _ names: (String?, String?), at range: SourceRange
  ) -> AbstractValue {
    guard !left.isEmpty, !right.isEmpty else {
      report(.value(.matmulOfNumber), at: range)
      return .unknown
    }
    if let shape = Broadcasting.product(left, right) {
      return .tensor(shape, DTypeNames.promoted([a.dtype, b.dtype]))
    }
    report(
      .tensor(Self.named(Broadcasting.productProblem(left, right), left, right, names)),
      at: range)
    return .unknown
  }

  /// Says the name whose transpose would fit, as the run does.
  private static func named(
    _ problem: TensorProblem, _ left: [Int?], _ right: [Int?], _ names: (String?, String?)
  ) -> TensorProblem {
    guard case .matmul = problem, let a = left.lengths, let b = right.lengths, a.count == 2,
      b.count == 2
    else { return problem }
    if a[1] == b[1], let name = names.1 {
      return .matmulNamed(a, b, transpose: name, [b[1], b[0]])
    }
    if a[0] == b[0], let name = names.0 {
      return .matmulNamed(a, b, transpose: name, [a[1], a[0]])
    }
    return problem
  }

  // MARK: Comparing and choosing

  private mutating func comparison(
    _ first: Expression, _ links: [ComparisonLink], at range: SourceRange
  ) -> AbstractValue {
    var left = value(of: first)
    var result = AbstractValue.unknown
    let wasCertain = isCertain
    for (index, link) in links.enumerated() {
      let right = value(of: link.operand)
      result = compare(link.operator, left, right, at: range)
      left = right
      // Later links are only looked at when this one holds.
      if index < links.count - 1 {
        checkTruth(result, at: range)
        isCertain = false
      }
    }
    isCertain = wasCertain
    return links.count == 1 ? result : .unknown
  }

  mutating func compare(
    _ operation: ComparisonOperator, _ a: AbstractValue, _ b: AbstractValue,
    at range: SourceRange
  ) -> AbstractValue {
    switch operation {
    case .in, .notIn: return .bool(nil)
    case .is, .isNot:
      guard a != .unknown, b == .none else { return .bool(nil) }
      if a == .none { return .bool(operation == .is) }
      switch a {
      case .tensor, .int, .float, .string, .list, .network, .function:
        return .bool(operation == .isNot)
      default: return .bool(nil)
      }
    default: break
    }
    if case .int(let x?) = a, case .int(let y?) = b { return .bool(operation.holds(x, y)) }
    if a.isPlain, b.isPlain { return .bool(nil) }
    switch (a, b) {
    case (.list, .list), (.tuple, .tuple): return .unknown
    default: break
    }
    guard let left = a.shape, let right = b.shape else { return .unknown }
    guard let shape = Broadcasting.shape(left, right) else {
      report(
        .tensor(
          .shapesDoNotFit(
            operation: operation.rawValue, left: left.shown, right: right.shown)), at: range)
      return .unknown
    }
    return shape.isEmpty ? .bool(nil) : .tensor(shape, "bool")
  }

  private mutating func either(
    _ left: Expression, _ right: Expression, endsAt end: Bool
  ) -> AbstractValue {
    let first = value(of: left)
    checkTruth(first, at: left.range)
    if let truth = first.truth { return truth == end ? first : value(of: right) }
    let second = perhaps { $0.value(of: right) }
    return first.joined(second)
  }

  private mutating func conditional(
    _ condition: Expression, _ then: Expression, _ otherwise: Expression
  ) -> AbstractValue {
    let found = value(of: condition)
    checkTruth(found, at: condition.range)
    if let truth = found.truth { return value(of: truth ? then : otherwise) }
    return perhaps { checker in
      checker.value(of: then).joined(checker.value(of: otherwise))
    }
  }

  // MARK: Brackets

  /// A bracket literal: a tensor where its elements stack.
  func bracket(_ items: [AbstractValue]) -> AbstractValue {
    guard let first = items.first else { return .list([]) }
    let shapes = items.map(\.shape)
    if items.contains(where: \.isNoOperand) { return .list(items) }
    guard let shape = first.shape, !shape.contains(nil) else { return .bracket(items) }
    guard shapes.allSatisfy({ $0 == shape }) else {
      // Ragged for sure, or not known.
      let areKnown = shapes.allSatisfy { $0.map { !$0.contains(nil) } ?? false }
      return areKnown ? .list(items) : .bracket(items)
    }
    let type = Self.stackedType(items)
    guard shape.isEmpty else { return .tensor([items.count] + shape, type) }
    let isRow = items.count <= 16 && type == "int64"
    return .tensor(
      AbstractTensor([items.count], type, elements: isRow ? items.map(\.integer) : nil))
  }

  private static func stackedType(_ items: [AbstractValue]) -> String? {
    guard items.contains(where: \.isPlain) else { return DTypeNames.promoted(items.map(\.dtype)) }
    guard items.allSatisfy(\.isPlain) else { return nil }
    if items.contains(.float) { return "float64" }
    if items.contains(where: { if case .int = $0 { true } else { false } }) { return "int64" }
    return "bool"
  }

  private mutating func comprehension(
    _ element: Expression, _ target: Target, _ items: Expression, _ conditions: [Expression]
  ) -> AbstractValue {
    let source = value(of: items)
    if let kind = source.kindName, source.isNotIterable {
      report(.value(.notIterable(kind)), at: items.range)
    }
    let count = source.itemCount
    if count == 0 { return .list([]) }
    let place = frames.count - 1
    let (saved, names) = (frames[place].shadows.count, Array(Set(target.changes.map(\.name.text))))
    let wasCertain = isCertain
    isCertain = wasCertain && count != nil
    // The parts of the target are its own names.
    let outer = frames[place].names
    store(source.element, to: target)
    let own = names.map { (name: $0, value: frames[place].names[$0] ?? .unknown) }
    frames[place].names = outer
    frames[place].shadows += own
    var found: [AbstractValue] = []
    for condition in conditions {
      let truth = value(of: condition)
      checkTruth(truth, at: condition.range)
      isCertain = false
    }
    found.append(value(of: element))
    frames[place].shadows.removeLast(frames[place].shadows.count - saved)
    isCertain = wasCertain
    guard conditions.isEmpty, let count else { return .unknown }
    return stacked(found[0], count)
  }

  /// `count` elements of one kind in brackets.
  private func stacked(_ element: AbstractValue, _ count: Int) -> AbstractValue {
    if element.isNoOperand { return .listOf(element, count: count) }
    guard let shape = element.shape, !shape.contains(nil) else { return .unknown }
    return .tensor([count] + shape, Self.stackedType([element]))
  }
}

extension AbstractValue {
  /// Surely no number and no tensor.
  var isNoOperand: Bool {
    switch self {
    case .none, .string, .dtype, .function, .builtin, .network, .record: true
    default: false
    }
  }
}

extension AbstractValue {
  /// Why a list is surely no tensor.
  fileprivate var stackingProblem: ValueProblem? {
    guard case .list(let items) = self, !items.isEmpty else { return nil }
    if let odd = items.first(where: { $0.isNumeric != true }) {
      guard odd.isNumeric == false, let kind = odd.kindName else { return nil }
      return .listDoesNotStack(element: kind)
    }
    let shapes = items.compactMap { item -> [Int]? in
      switch item {
      case .list(let inner), .tuple(let inner): [inner.count]
      default: item.shape?.lengths
      }
    }
    guard shapes.count == items.count, shape == nil else { return nil }
    return .listIsRagged(shapes: shapes.map(TensorProblem.text(ofShape:)))
  }

  /// Made of numbers only; nil where that is not known.
  private var isNumeric: Bool? {
    switch self {
    case .bool, .int, .float, .scalar, .tensor, .range: return true
    case .list(let items), .tuple(let items):
      let found = items.map(\.isNumeric)
      return found.contains(false) ? false : found.contains(nil) ? nil : true
    default: return isNoOperand ? false : nil
    }
  }
}

extension ComparisonOperator {
  func holds(_ x: Int, _ y: Int) -> Bool {
    switch self {
    case .equal: x == y
    case .notEqual: x != y
    case .less: x < y
    case .lessEqual: x <= y
    case .greater: x > y
    case .greaterEqual: x >= y
    default: false
    }
  }
}
