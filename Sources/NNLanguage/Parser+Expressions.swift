import NNSource

/// Python's precedence, from the loosest: conditional, `or`, `and`, `not`, comparisons, `|`, `^`,
/// `&`, sums, products, signs, `**`. Between the conditional and the signs one rule climbs the
/// levels (`Infix.Level`): a method for each would make the stack ten frames deeper a bracket.
extension Parser {
  /// `expression {"," expression}`: several make a tuple.
  mutating func expressions() throws(ParserFailure) -> Expression {
    let first = try expression()
    guard peek.isSymbol(.comma) else { return first }
    return try tuple(after: first)
  }

  private mutating func tuple(after first: Expression) throws(ParserFailure) -> Expression {
    var elements = [first]
    while match(.comma) {
      guard startsElement else { break }
      elements.append(try expression())
    }
    return try node(.tuple(elements), from: first.range)
  }

  /// After a comma: another element, not the end of the list.
  private var startsElement: Bool {
    if peek.endsLine { return false }
    switch peek.kind {
    case .symbol(let symbol):
      return ![.rightParen, .rightBracket, .assign, .colon].contains(symbol)
    default: return true
    }
  }

  mutating func expression() throws(ParserFailure) -> Expression {
    try enter()
    defer { leave() }
    if peek.isKeyword(.lambda) { return try lambda() }
    let value = try operation()
    guard peek.isKeyword(.if) else { return value }
    return try conditional(value)
  }

  /// `value if condition else otherwise`
  private mutating func conditional(_ value: Expression) throws(ParserFailure) -> Expression {
    advance()
    let condition = try operation()
    guard match(.else) else {
      throw failure(.conditionalWithoutElse(found: found), at: endOfCommand)
    }
    let otherwise = try expression()
    return try node(
      .conditional(condition: condition, then: value, otherwise: otherwise), from: value.range)
  }

  // MARK: Operators

  /// Operands and the infix operators between them whose level is at least `level`.
  mutating func operation(_ level: Infix.Level = .or) throws(ParserFailure) -> Expression {
    var left = peek.isKeyword(.not) && level <= .not ? try inversion() : try unary()
    while let infix = infix, infix.level >= level { left = try operation(infix, on: left) }
    return left
  }

  /// `not value`
  private mutating func inversion() throws(ParserFailure) -> Expression {
    var nots: [SourceRange] = []
    while peek.isKeyword(.not) { nots.append(advance().range) }
    var value = try operation(.comparison)
    for start in nots.reversed() { value = try node(.unary(.not, value), from: start) }
    return value
  }

  /// `infix`, in hand, and what stands right of it.
  private mutating func operation(
    _ infix: Infix, on left: Expression
  ) throws(ParserFailure) -> Expression {
    if case .comparison = infix { return try comparison(left) }
    advance()
    let right = try operation(infix.level.next)
    switch infix {
    case .or: return try node(.or(left, right), from: left.range)
    case .and: return try node(.and(left, right), from: left.range)
    case .binary(let binary): return try node(.binary(binary, left, right), from: left.range)
    case .comparison: return left
    }
  }

  /// `first < second <= third`
  private mutating func comparison(_ first: Expression) throws(ParserFailure) -> Expression {
    var links: [ComparisonLink] = []
    while case .comparison(let comparison)? = infix {
      let start = advance().range
      if comparison == .notIn || comparison == .isNot { advance() }
      let operand = try operation(.comparison.next)
      if comparison == .is || comparison == .isNot, !operand.isSingleton {
        throw failure(.identityTest(comparison.rawValue), at: start.through(operand.range))
      }
      links.append(ComparisonLink(operator: comparison, operand: operand))
    }
    return try node(.comparison(first, links), from: first.range)
  }

  /// The infix operator in hand; `**` has a rule of its own.
  private var infix: Infix? {
    switch peek.kind {
    case .keyword(.or): return .or
    case .keyword(.and): return .and
    case .keyword(.in): return .comparison(.in)
    case .keyword(.not): return peekSecond.isKeyword(.in) ? .comparison(.notIn) : nil
    case .keyword(.is): return .comparison(peekSecond.isKeyword(.not) ? .isNot : .is)
    case .symbol(.doubleStar): return nil
    case .symbol(let symbol):
      if let binary = BinaryOperator(rawValue: symbol.rawValue) { return .binary(binary) }
      return ComparisonOperator(rawValue: symbol.rawValue).map { .comparison($0) }
    default: return nil
    }
  }

  // MARK: Signs and powers

  private mutating func unary() throws(ParserFailure) -> Expression {
    unaryOperator == nil ? try power() : try signed()
  }

  private mutating func signed() throws(ParserFailure) -> Expression {
    var signs: [(sign: UnaryOperator, start: SourceRange)] = []
    while let sign = unaryOperator { signs.append((sign, advance().range)) }
    var value: Expression
    if case .integer(.min) = peek.kind, let last = signs.last, last.sign == .negate,
      !peekSecond.isSymbol(.doubleStar)
    {
      signs.removeLast()
      value = Expression(.integer(.min), last.start.through(advance().range))
    } else {
      value = try power()
    }
    for (sign, start) in signs.reversed() { value = try node(.unary(sign, value), from: start) }
    return value
  }

  private var unaryOperator: UnaryOperator? {
    switch peek.kind {
    case .symbol(.minus): .negate
    case .symbol(.plus): .plus
    case .symbol(.tilde): .invert
    default: nil
    }
  }

  /// Binds to the right, and tighter than a sign on its left: `-x ** -2` is `-(x ** (-2))`.
  private mutating func power() throws(ParserFailure) -> Expression {
    let base = try postfix()
    guard match(.doubleStar) else { return base }
    try enter()
    defer { leave() }
    let exponent = try unary()
    return try node(.binary(.power, base, exponent), from: base.range)
  }
}

/// An operator between two operands.
enum Infix {
  case or
  case and
  case comparison(ComparisonOperator)
  case binary(BinaryOperator)

  /// How tightly an operator binds, the loosest first.
  enum Level: Int, Comparable {
    case or, and, not, comparison, bitOr, bitXor, bitAnd, sum, product, sign

    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }

    var next: Level { Level(rawValue: rawValue + 1) ?? .sign }
  }

  var level: Level {
    switch self {
    case .or: .or
    case .and: .and
    case .comparison: .comparison
    case .binary(let binary):
      switch binary {
      case .bitOr: .bitOr
      case .bitXor: .bitXor
      case .bitAnd: .bitAnd
      case .add, .subtract: .sum
      case .multiply, .divide, .floorDivide, .remainder, .matmul, .power: .product
      }
    }
  }
}

extension Expression {
  /// What `is` may ask for.
  fileprivate var isSingleton: Bool {
    switch kind {
    case .none, .bool: true
    default: false
    }
  }
}
