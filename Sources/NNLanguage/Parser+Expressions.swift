import NNSource

/// Python's precedence, from the loosest: conditional, `or`, `and`, `not`, comparisons, then the
/// arithmetic of `BinaryOperator.level`, unary signs, `**`.
extension Parser {
  /// `expression {"," expression}`: several make a tuple.
  mutating func expressions() throws(Diagnostic) -> Expression {
    let first = try expression()
    guard peek.isSymbol(.comma) else { return first }
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

  mutating func expression() throws(Diagnostic) -> Expression {
    try enter()
    defer { leave() }
    if peek.isKeyword(.lambda) { return try lambda() }
    let value = try disjunction()
    guard peek.isKeyword(.if) else { return value }
    advance()
    let condition = try disjunction()
    guard match(.else) else {
      throw failure(.conditionalWithoutElse(found: found), at: peek.range)
    }
    let otherwise = try expression()
    return try node(
      .conditional(condition: condition, then: value, otherwise: otherwise), from: value.range)
  }

  mutating func disjunction() throws(Diagnostic) -> Expression {
    var left = try conjunction()
    while match(.or) {
      let right = try conjunction()
      left = try node(.or(left, right), from: left.range)
    }
    return left
  }

  private mutating func conjunction() throws(Diagnostic) -> Expression {
    var left = try inversion()
    while match(.and) {
      let right = try inversion()
      left = try node(.and(left, right), from: left.range)
    }
    return left
  }

  private mutating func inversion() throws(Diagnostic) -> Expression {
    var nots: [SourceRange] = []
    while peek.isKeyword(.not) { nots.append(advance().range) }
    var value = try comparison()
    for start in nots.reversed() { value = try node(.unary(.not, value), from: start) }
    return value
  }

  private mutating func comparison() throws(Diagnostic) -> Expression {
    let first = try arithmetic()
    var links: [ComparisonLink] = []
    while let (comparison, width) = comparisonOperator {
      let start = peek
      for _ in 0..<width { advance() }
      if peek.isKeyword(.not) {
        throw failure(.notAfterOperator(comparison.rawValue), at: peek.range)
      }
      let operand = try arithmetic()
      if comparison == .is || comparison == .isNot, !operand.isSingleton {
        throw failure(
          .identityTest(comparison.rawValue), at: start.range.through(operand.range))
      }
      links.append(ComparisonLink(operator: comparison, operand: operand))
    }
    return links.isEmpty ? first : try node(.comparison(first, links), from: first.range)
  }

  /// The comparison in hand, and how many tokens it takes.
  private var comparisonOperator: (ComparisonOperator, width: Int)? {
    switch peek.kind {
    case .symbol(let symbol): ComparisonOperator(rawValue: symbol.rawValue).map { ($0, 1) }
    case .keyword(.in): (.in, 1)
    case .keyword(.not): peekSecond.isKeyword(.in) ? (.notIn, 2) : nil
    case .keyword(.is): peekSecond.isKeyword(.not) ? (.isNot, 2) : (.is, 1)
    default: nil
    }
  }

  /// The binary operators whose level is at least `level`, by precedence climbing.
  mutating func arithmetic(_ level: Int = 0) throws(Diagnostic) -> Expression {
    var left = try unary()
    while case .symbol(let symbol) = peek.kind,
      let binary = BinaryOperator(rawValue: symbol.rawValue), let own = binary.level, own >= level
    {
      advance()
      let right = try arithmetic(own + 1)
      left = try node(.binary(binary, left, right), from: left.range)
    }
    return left
  }

  private mutating func unary() throws(Diagnostic) -> Expression {
    guard unaryOperator != nil else { return try power() }
    var signs: [(sign: UnaryOperator, start: SourceRange)] = []
    while let sign = unaryOperator { signs.append((sign, advance().range)) }
    var value = try power()
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
  private mutating func power() throws(Diagnostic) -> Expression {
    let base = try postfix()
    guard match(.doubleStar) else { return base }
    try enter()
    defer { leave() }
    let exponent = try unary()
    return try node(.binary(.power, base, exponent), from: base.range)
  }
}

extension BinaryOperator {
  /// How tightly it binds; nil for `**`, which has a rule of its own.
  fileprivate var level: Int? {
    switch self {
    case .bitOr: 1
    case .bitXor: 2
    case .bitAnd: 3
    case .add, .subtract: 4
    case .multiply, .divide, .floorDivide, .remainder, .matmul: 5
    case .power: nil
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
