import NNSource

/// Names, literals, brackets, calls, indexing and fields.
extension Parser {
  mutating func postfix() throws(ParserFailure) -> Expression {
    var value = try atom()
    while case .symbol(let symbol) = peek.kind {
      switch symbol {
      case .leftParen: value = try call(value)
      case .leftBracket: value = try index(value)
      case .dot: value = try field(value)
      default: return value
      }
    }
    return value
  }

  private mutating func atom() throws(ParserFailure) -> Expression {
    let token = peek
    switch token.kind {
    case .name(let text): return try name(text)
    case .integer(.min):
      throw failure(.lexical(.integerTooLarge("9223372036854775808")), at: peek.range)
    case .integer(let value): return leaf(.integer(value))
    case .float(let value): return leaf(.float(value))
    case .string(let value): return leaf(.string(value))
    case .formatted(let pieces): return try formattedString(pieces)
    case .keyword(.true): return leaf(.bool(true))
    case .keyword(.false): return leaf(.bool(false))
    case .keyword(.none): return leaf(.none)
    case .symbol(.leftParen): return try parenthesized()
    case .symbol(.leftBracket): return try list()
    default: throw missingOperand()
    }
  }

  private mutating func name(_ text: String) throws(ParserFailure) -> Expression {
    let token = advance()
    if case .string = peek.kind, !peek.followsSpace {
      throw failure(.stringAfterName(text), at: token.range.through(peek.range))
    }
    return Expression(.name(text), token.range)
  }

  private mutating func leaf(_ kind: Expression.Kind) -> Expression {
    Expression(kind, advance().range)
  }

  // MARK: Brackets

  /// `(a)`, `()`, `(a, b)`. A group keeps the brackets in its range.
  private mutating func parenthesized() throws(ParserFailure) -> Expression {
    let open = advance()
    if match(.rightParen) { return try node(.tuple([]), from: open.range) }
    let inner = try expressions()
    try refuseGenerator()
    try close(.rightParen, opened: open)
    return try node(inner.kind, from: open.range)
  }

  /// `[a, b]` or `[f(v) for v in xs if c]`
  private mutating func list() throws(ParserFailure) -> Expression {
    let open = advance()
    var elements: [Expression] = []
    while !peek.isSymbol(.rightBracket) {
      elements.append(try expression())
      if elements.count == 1, peek.isKeyword(.for) {
        return try comprehension(elements[0], opened: open)
      }
      guard match(.comma) else { break }
    }
    try close(.rightBracket, opened: open)
    return try node(.list(elements), from: open.range)
  }

  private mutating func comprehension(
    _ element: Expression, opened open: Token
  ) throws(ParserFailure) -> Expression {
    advance()
    let target = try loopTarget()
    guard match(.in) else { throw failure(.expectedIn(found: found), at: peek.range) }
    let iterable = try operation()
    var conditions: [Expression] = []
    while match(.if) { conditions.append(try operation()) }
    if peek.isKeyword(.for) { throw failure(.foreign(.secondFor), at: peek.range) }
    if peek.isKeyword(.else) { throw failure(.foreign(.comprehensionElse), at: peek.range) }
    try close(.rightBracket, opened: open)
    return try node(
      .comprehension(element: element, target, in: iterable, conditions: conditions),
      from: open.range)
  }

  /// The closing bracket, or the reason why it does not stand here.
  mutating func close(_ symbol: Symbol, opened open: Token) throws(ParserFailure) {
    if match(symbol) { return }
    throw unexpected(in: .brackets(open: open, close: symbol.rawValue))
  }

  // MARK: After a value

  private mutating func call(_ function: Expression) throws(ParserFailure) -> Expression {
    let arguments = try arguments()
    return try node(.call(function, arguments), from: function.range)
  }

  /// `(a, b, axis=0)`
  mutating func arguments() throws(ParserFailure) -> [Argument] {
    let open = advance()
    var arguments: [Argument] = []
    var keywords: Set<String> = []
    while !peek.isSymbol(.rightParen) {
      let argument = try argument()
      try check(argument, after: arguments.last, &keywords)
      arguments.append(argument)
      guard match(.comma) else { break }
    }
    try refuseGenerator()
    try close(.rightParen, opened: open)
    return arguments
  }

  /// Arguments by keyword come last, each once.
  private func check(
    _ argument: Argument, after last: Argument?, _ keywords: inout Set<String>
  ) throws(ParserFailure) {
    if let keyword = argument.name {
      guard !keywords.insert(keyword.text).inserted else { return }
      throw failure(.repeatedArgument(keyword.text), at: keyword.range)
    }
    if let named = last?.name {
      throw failure(.positionAfterKeyword(named.text), at: argument.value.range)
    }
  }

  private func refuseGenerator() throws(ParserFailure) {
    if peek.isKeyword(.for) { throw failure(.foreign(.generator), at: peek.range) }
  }

  private mutating func argument() throws(ParserFailure) -> Argument {
    if peek.name != nil, peekSecond.isSymbol(.assign) {
      let keyword = name(advance())
      advance()
      return Argument(name: keyword, value: try expression())
    }
    return Argument(name: nil, value: try expression())
  }

  /// `.name` or `.name(arguments)`
  private mutating func field(_ base: Expression) throws(ParserFailure) -> Expression {
    advance()
    let token = peek
    switch token.kind {
    case .name: break
    case .keyword where !token.startsLine: break
    default: throw failure(.expectedField(found: found), at: token.range)
    }
    if let module = base.moduleName { throw foreignModule(module, from: base.range) }
    let field = name(advance())
    guard peek.isSymbol(.leftParen) else {
      return try node(.field(base, field), from: base.range)
    }
    let arguments = try arguments()
    if field.text == "append" { pendingAppend = pendingAppend ?? field.range }
    return try node(.method(base, field, arguments), from: base.range)
  }

  // MARK: Indexing

  private mutating func index(_ base: Expression) throws(ParserFailure) -> Expression {
    let open = advance()
    if peek.isSymbol(.rightBracket) {
      throw failure(.emptyIndex, at: open.range.through(peek.range))
    }
    var items: [IndexItem] = []
    while !peek.isSymbol(.rightBracket) {
      items.append(try indexItem())
      guard match(.comma) else { break }
    }
    try close(.rightBracket, opened: open)
    return try node(.index(base, items), from: base.range)
  }

  /// An expression, `start:stop:step` with any of them left out, or `...`.
  private mutating func indexItem() throws(ParserFailure) -> IndexItem {
    let start = peek
    if match(.ellipsis) { return IndexItem(kind: .ellipsis, range: start.range) }
    var bounds: [Expression?] = [try bound()]
    while bounds.count < 3, match(.colon) { bounds.append(try bound()) }
    if bounds.count == 1 {
      guard let index = bounds[0] else { throw missingOperand() }
      return IndexItem(kind: .expression(index), range: index.range)
    }
    return IndexItem(
      kind: .slice(
        start: bounds[0], stop: bounds[1], step: bounds.count > 2 ? bounds[2] : nil),
      range: range(from: start))
  }

  private mutating func bound() throws(ParserFailure) -> Expression? {
    switch peek.kind {
    case .symbol(.colon), .symbol(.comma), .symbol(.rightBracket): nil
    default: try expression()
    }
  }

  // MARK: Functions and f-strings

  /// `lambda x, k=1: x * k`
  mutating func lambda() throws(ParserFailure) -> Expression {
    let start = advance()
    let parameters = try parameters(until: .colon)
    guard match(.colon) else { throw failure(.lambdaColon(found: found), at: peek.range) }
    let value = try expression()
    let body = Statement(kind: .return(value), range: value.range)
    let definition = FunctionDefinition(
      parameters: parameters, body: [body], range: range(from: start))
    return try node(.lambda(definition), from: start.range)
  }

  private static let maximumParameters = 255

  /// `x, k=1` up to `end`, which is not taken.
  mutating func parameters(until end: Symbol) throws(ParserFailure) -> [Parameter] {
    var parameters: [Parameter] = []
    var names: Set<String> = []
    while !peek.isSymbol(end) {
      let token = peek
      guard token.name != nil else { throw badParameter() }
      let name = name(advance())
      if !names.insert(name.text).inserted {
        throw failure(.repeatedParameter(name.text), at: name.range)
      }
      guard names.count <= Self.maximumParameters else {
        throw failure(.tooManyParameters(limit: Self.maximumParameters), at: name.range)
      }
      let standard = match(.assign) ? try expression() : nil
      if standard == nil, let before = parameters.last, before.standard != nil {
        throw failure(
          .parameterWithoutDefault(name.text, after: before.name.text), at: name.range)
      }
      parameters.append(Parameter(name: name, standard: standard))
      guard match(.comma) else { break }
    }
    return parameters
  }

  private func badParameter() -> ParserFailure {
    switch peek.kind {
    case .symbol(.star), .symbol(.doubleStar):
      failure(.foreign(.starParameter), at: peek.range)
    case .keyword: failure(.reservedName(text(peek)), at: peek.range)
    default: failure(.expectedParameter(found: found), at: peek.range)
    }
  }

  private mutating func formattedString(
    _ pieces: [FormatToken]
  ) throws(ParserFailure) -> Expression {
    let start = advance()
    let pieces = try formatted(pieces)
    return try node(.formatted(pieces), from: start.range)
  }

  private mutating func formatted(_ pieces: [FormatToken]) throws(ParserFailure) -> [FormatPiece] {
    var result: [FormatPiece] = []
    for piece in pieces {
      switch piece {
      case .text(let text): result.append(.text(text))
      case .field(let field):
        let value = try fieldValue(field.tokens)
        let spec = try formatted(field.spec)
        result.append(.value(value, conversion: field.conversion, spec: spec))
      }
    }
    return result
  }

  /// The expression of a field, read from its own tokens.
  private mutating func fieldValue(_ inner: [Token]) throws(ParserFailure) -> Expression {
    let outer = (tokens, position)
    tokens = inner
    position = 0
    let value = try expressions()
    guard case .end = peek.kind else { throw unexpected(in: .field) }
    (tokens, position) = outer
    return value
  }
}
