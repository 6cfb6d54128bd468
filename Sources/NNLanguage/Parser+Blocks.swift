import NNSource

/// `if`, `for`, `while`, `def`, and the blocks that belong to them.
extension Parser {
  mutating func compound() throws(ParserFailure) -> Statement {
    let start = peek
    let kind: Statement.Kind
    switch start.kind {
    case .keyword(.if): kind = try conditional()
    case .keyword(.for): kind = try forLoop()
    case .keyword(.while): kind = try whileLoop()
    default: kind = try definition()
    }
    return Statement(kind: kind, range: range(from: start, body: kind))
  }

  /// To the end of the last statement: the tokens that close the blocks stand further on.
  private func range(from start: Token, body kind: Statement.Kind) -> SourceRange {
    let last: SourceRange? =
      switch kind {
      case .if(_, let then, let otherwise): (otherwise.last ?? then.last)?.range
      case .for(_, _, let body), .while(_, let body): body.last?.range
      case .define(let definition, _): definition.range
      default: nil
      }
    return start.range.through(last ?? start.range)
  }

  /// `if` and its `elif`s, read in a row and folded into each other's `otherwise`.
  private mutating func conditional() throws(ParserFailure) -> Statement.Kind {
    var branches: [(start: Token, condition: Expression, body: [Statement])] = []
    var otherwise: [Statement] = []
    let outerDepth = blockDepth
    defer { blockDepth = outerDepth }
    repeat {
      let start = advance()
      let condition = try condition(of: start)
      branches.append((start, condition, try block(of: start)))
      blockDepth += 1
    } while peek.isKeyword(.elif)
    if peek.isKeyword(.else) {
      let start = advance()
      if peek.isKeyword(.if), !peek.startsLine {
        throw failure(.elseIf, at: start.range.through(peek.range))
      }
      otherwise = try block(of: start)
    }
    for branch in branches.dropFirst().reversed() {
      let kind = Statement.Kind.if(
        branch.condition, then: branch.body, otherwise: otherwise)
      otherwise = [Statement(kind: kind, range: range(from: branch.start, body: kind))]
    }
    return .if(branches[0].condition, then: branches[0].body, otherwise: otherwise)
  }

  private mutating func forLoop() throws(ParserFailure) -> Statement.Kind {
    let start = advance()
    let target = try loopTarget()
    guard match(.in) else { throw failure(.expectedIn(found: found), at: peek.range) }
    if peek.isSymbol(.colon) || peek.endsLine { throw missingOperand() }
    let iterable = try expressions()
    return .for(target, in: iterable, body: try loopBody(of: start))
  }

  private mutating func whileLoop() throws(ParserFailure) -> Statement.Kind {
    let start = advance()
    let condition = try condition(of: start)
    return .while(condition, body: try loopBody(of: start))
  }

  private mutating func loopBody(of start: Token) throws(ParserFailure) -> [Statement] {
    loopDepth += 1
    defer { loopDepth -= 1 }
    let body = try block(of: start)
    if peek.isKeyword(.else) { throw failure(.foreign(.loopElse), at: peek.range) }
    return body
  }

  private mutating func condition(of start: Token) throws(ParserFailure) -> Expression {
    if peek.isSymbol(.colon) || peek.endsLine { throw missingOperand() }
    let condition = try expressions()
    if peek.isSymbol(.assign) {
      throw failure(.assignmentInCondition(text(start)), at: peek.range)
    }
    return condition
  }

  /// `def f(x, k=1):`
  private mutating func definition() throws(ParserFailure) -> Statement.Kind {
    let start = advance()
    if case .keyword = peek.kind { throw failure(.reservedName(text(peek)), at: peek.range) }
    guard peek.name != nil else {
      throw failure(.expectedFunctionName(found: found), at: peek.range)
    }
    let name = name(advance())
    if vocabulary.commands[name.text] != nil {
      throw failure(.verbAsFunction(name.text, proposal: proposal(for: name.text)), at: name.range)
    }
    guard peek.isSymbol(.leftParen) else {
      throw failure(.expectedParameters(of: name.text, found: found), at: peek.range)
    }
    let open = advance()
    let parameters = try parameters(until: .rightParen)
    try close(.rightParen, opened: open)
    let outer = (loopDepth, isInFunction)
    (loopDepth, isInFunction) = (0, true)
    let body = try block(of: start)
    (loopDepth, isInFunction) = outer
    let range = start.range.through(body.last?.range ?? name.range)
    return .define(
      FunctionDefinition(parameters: parameters, body: body, range: range), name: name)
  }

  private func proposal(for verb: String) -> String {
    ["my_\(verb)", "\(verb)_it", "\(verb)_1"].first { vocabulary.commands[$0] == nil }
      ?? "my_\(verb)"
  }

  // MARK: Blocks

  /// `:` and an indented block, or one simple statement on the same line.
  private mutating func block(of start: Token) throws(ParserFailure) -> [Statement] {
    try refusePendingAppend()
    try colon(of: start)
    blockDepth += 1
    defer { blockDepth -= 1 }
    try enter()
    defer { leave() }
    if blockDepth > Self.blockLimit {
      throw failure(.blocksTooDeep(limit: Self.blockLimit), at: start.range)
    }
    guard case .newline = peek.kind else {
      let inline = peek
      if inline.endsLine { throw failure(.emptyBlock(text(start)), at: start.range) }
      switch inline.kind {
      case .keyword(.if), .keyword(.for), .keyword(.while), .keyword(.def):
        throw failure(.compoundOnLine(text(inline)), at: inline.range)
      case .name("network") where startsNetwork:
        throw failure(.compoundOnLine(text(inline)), at: inline.range)
      default: return try statement()
      }
    }
    return try indentedStatements(of: start)
  }

  private mutating func colon(of start: Token) throws(ParserFailure) {
    if match(.colon) { return }
    throw unexpected(in: .blockHeader(text(start)))
  }

  private mutating func indentedStatements(of start: Token) throws(ParserFailure) -> [Statement] {
    advance()
    guard case .indent = peek.kind else {
      throw failure(.emptyBlock(text(start)), at: peek.isLast ? start.range : peek.range)
    }
    advance()
    var statements: [Statement] = []
    while true {
      if case .dedent = peek.kind { break }
      if case .end = peek.kind { break }
      statements += try statement()
    }
    if case .dedent = peek.kind { advance() }
    return statements
  }
}

extension Token {
  /// Nothing but the closing of blocks can follow.
  fileprivate var isLast: Bool {
    switch kind {
    case .end, .dedent: true
    default: false
    }
  }
}
