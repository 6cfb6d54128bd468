import NNSource

/// Statements of one line.
extension Parser {
  /// One statement; an empty list where none stands on the line.
  mutating func statement() throws(ParserFailure) -> [Statement] {
    pendingAppend = nil
    let start = peek
    switch start.kind {
    case .newline:
      advance()
      return []
    case .indent: throw failure(.unexpectedIndent, at: firstOfLine.range)
    case .keyword(.if), .keyword(.for), .keyword(.while), .keyword(.def):
      return [try compound()]
    case .name("network") where startsNetwork:
      return [try network()]
    default:
      let statement = try simple()
      try endOfLine(after: statement, from: start)
      return [statement]
    }
  }

  /// The token after the indentation in hand.
  private var firstOfLine: Token { peekSecond }

  /// A statement that ends with its line; the line end is left in hand.
  mutating func simple() throws(ParserFailure) -> Statement {
    let start = peek
    try refuseForeignStatement()
    let kind: Statement.Kind
    switch start.kind {
    case .keyword(.return): kind = try returning()
    case .keyword(.break), .keyword(.continue): kind = try leavingLoop()
    case .keyword(.pass):
      advance()
      kind = .pass
    default:
      if startsCommand {
        kind = try commandLine()
      } else if startsCommandCall, let call = try commandCall() {
        kind = call
      } else {
        kind = try expressionStatement()
      }
    }
    try refusePendingAppend()
    return Statement(kind: kind, range: range(from: start))
  }

  /// What is left on the line tells what was meant.
  private mutating func endOfLine(
    after statement: Statement, from start: Token
  ) throws(ParserFailure) {
    switch peek.kind {
    case .newline: advance()
    case .end, .dedent: break
    default: throw unexpected(in: .statement(statement, first: start))
    }
  }

  private mutating func returning() throws(ParserFailure) -> Statement.Kind {
    let token = advance()
    guard isInFunction else { throw failure(.outsideFunction, at: token.range) }
    return .return(peek.endsLine ? nil : try expressions())
  }

  private mutating func leavingLoop() throws(ParserFailure) -> Statement.Kind {
    let token = advance()
    guard loopDepth > 0 else { throw failure(.outsideLoop(text(token)), at: token.range) }
    return token.isKeyword(.break) ? .break : .continue
  }

  // MARK: Expressions and assignments

  private mutating func expressionStatement() throws(ParserFailure) -> Statement.Kind {
    let value = try expressions()
    switch peek.kind {
    case .symbol(.assign): return try assignment(to: value)
    case .symbol(.plusAssign): return try update(value, .add)
    case .symbol(.minusAssign): return try update(value, .subtract)
    case .symbol(.starAssign): return try update(value, .multiply)
    case .symbol(.slashAssign): return try update(value, .divide)
    default: break
    }
    if case .method(let base, let method, let arguments) = value.kind, method.text == "append" {
      return try append(arguments, to: base, at: value.range)
    }
    return .expression(value, isShown: false)
  }

  private mutating func assignment(to value: Expression) throws(ParserFailure) -> Statement.Kind {
    let target = try target(value)
    advance()
    guard !peek.endsLine else { throw missingOperand() }
    let source = try expressions()
    if peek.isSymbol(.assign) {
      throw failure(.foreign(.chainedAssignment), at: peek.range)
    }
    return .assign(target, source)
  }

  private mutating func update(
    _ value: Expression, _ operation: BinaryOperator
  ) throws(ParserFailure) -> Statement.Kind {
    let target = try target(value)
    if case .tuple = target.kind {
      throw failure(.updateOfSeveral(operation.rawValue + "="), at: value.range)
    }
    advance()
    return .update(target, operation, try expressions())
  }

  private mutating func append(
    _ arguments: [Argument], to base: Expression, at range: SourceRange
  ) throws(ParserFailure) -> Statement.Kind {
    pendingAppend = nil
    guard let target = try? target(base) else {
      throw failure(.appendToValue, at: base.range)
    }
    guard arguments.count == 1, arguments[0].name == nil else {
      throw failure(.appendCount(arguments.count), at: range)
    }
    return .append(to: target, arguments[0].value)
  }

  /// `x.append(v)` changes a name, so it is a statement and no value.
  mutating func refusePendingAppend() throws(ParserFailure) {
    if let pendingAppend { throw failure(.appendAsValue, at: pendingAppend) }
  }

  // MARK: Targets

  /// What stands left of `=`, read as a place to store to.
  func target(_ value: Expression) throws(ParserFailure) -> Target {
    switch value.kind {
    case .name(let text):
      return Target(kind: .name(Name(text: text, range: value.range)), range: value.range)
    case .index(let base, let items):
      return Target(kind: .element(try place(base), items), range: value.range)
    case .field(let base, let name):
      return Target(kind: .field(try place(base), name), range: value.range)
    case .tuple(let elements) where !elements.isEmpty:
      var targets: [Target] = []
      for element in elements { targets.append(try target(element)) }
      return Target(kind: .tuple(targets), range: value.range)
    default: throw failure(.notATarget(value.targetFault), at: value.range)
    }
  }

  /// What an element or a field is stored into: a name, or an element or a field of one.
  private func place(_ value: Expression) throws(ParserFailure) -> Target {
    switch value.kind {
    case .name, .index, .field: return try target(value)
    default: throw failure(.notATarget(.partOfValue), at: value.range)
    }
  }

  /// `x`, `a, b` or `i, (a, b)` after `for`.
  mutating func loopTarget() throws(ParserFailure) -> Target {
    let start = peek
    var targets = [try loopName()]
    var isTuple = false
    while match(.comma) {
      isTuple = true
      if peek.isKeyword(.in) || peek.isSymbol(.rightParen) { break }
      targets.append(try loopName())
    }
    return isTuple ? Target(kind: .tuple(targets), range: range(from: start)) : targets[0]
  }

  private mutating func loopName() throws(ParserFailure) -> Target {
    try enter()
    defer { leave() }
    switch peek.kind {
    case .name:
      let name = name(advance())
      return Target(kind: .name(name), range: name.range)
    case .symbol(.leftParen):
      let open = advance()
      let target = try loopTarget()
      try close(.rightParen, opened: open)
      return Target(kind: target.kind, range: range(from: open))
    case .keyword where !peek.isKeyword(.in):
      throw failure(.reservedName(text(peek)), at: peek.range)
    default: throw failure(.expectedLoopName(found: found), at: peek.range)
    }
  }
}

extension Expression {
  /// Why nothing can be stored here.
  fileprivate var targetFault: SyntaxProblem.TargetFault {
    switch kind {
    case .integer, .float, .string, .formatted: .literal
    case .bool(let value): .constant(value ? "true" : "false")
    case .none: .constant("none")
    case .call(let function, _):
      if case .name(let name) = function.kind { .call(name) } else { .call(nil) }
    case .method(_, let name, _): .call(name.text)
    case .list: .list
    case .comparison: .comparison
    case .conditional: .conditional
    case .lambda: .function
    default: .computation
    }
  }
}
