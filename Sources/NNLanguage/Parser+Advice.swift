import NNSource

/// What to tell of a token that does not fit: what was probably meant.
extension Parser {
  /// The rule that met the token.
  enum Context {
    case expression
    case field
    case brackets(open: Token, close: String)
    case blockHeader(String)
    case statement(Statement, first: Token)
    case command(Signature, clause: Int)
    case layer(Signature)
  }

  /// The token in hand can't follow what stands before it.
  func unexpected(in context: Context) -> ParserFailure {
    failure(problem(in: context), at: placeOfUnexpected(in: context))
  }

  private func placeOfUnexpected(in context: Context) -> SourceRange {
    switch context {
    case .blockHeader: endOfCommand
    case .brackets(let open, _) where startsStatement(inside: open): open.range
    case .statement(_, let first) where isCommandLike(context): first.range
    default: peek.range
    }
  }

  private func problem(in context: Context) -> SyntaxProblem {
    let isOperand = peek.startsOperand
    switch context {
    case .brackets(let open, let close):
      if startsStatement(inside: open) {
        return .lexical(.bracketNeverClosed(text(open)))
      }
      if peek.isSymbol(.assign) { return .assignmentInBrackets }
      if peek.isSymbol(.colon) { return .colonInBrackets }
      return isOperand
        ? .missingComma(before: found) : .expectedClose(close, open: text(open), found)
    case .blockHeader(let word):
      if peek.isSymbol(.assign) { return .assignmentInCondition(word) }
      return .missingColon(after: word)
    case .statement(let statement, let first): return problem(after: statement, first)
    case .command(let signature, let clause):
      return problem(inCommand: signature, clause)
    case .layer(let signature): return problem(inLayer: signature)
    case .expression, .field:
      return isOperand ? missingOperator : .unexpected(found)
    }
  }

  /// A line that begins with `name =` or a word that only begins statements does not belong into
  /// the bracket open above it.
  private func startsStatement(inside open: Token) -> Bool {
    guard peek.startsLine else { return false }
    switch peek.kind {
    case .name: return open.isSymbol(.leftBracket) && peekSecond.isSymbol(.assign)
    case .keyword(let keyword):
      return [.def, .while, .return, .break, .continue, .pass, .elif].contains(keyword)
    default: return false
    }
  }

  private func problem(after statement: Statement, _ first: Token) -> SyntaxProblem {
    if let name = first.name, case .expression(let value, _) = statement.kind,
      value.range == first.range, peek.startsOperand
    {
      return unknownCommand(name)
    }
    switch peek.kind {
    case .symbol(.colon):
      if first.name == "network" { return .command(.networkWithoutName) }
      if case .expression(let value, _) = statement.kind, case .name = value.kind {
        return .foreign(.annotation)
      }
      return .unexpected(found)
    case .symbol(.assign): return .unexpectedAssignment
    default: break
    }
    return peek.startsOperand ? missingOperator : .unexpected(found)
  }

  /// Two values in a row: the first may be a function without its brackets, or a command.
  private var missingOperator: SyntaxProblem {
    if let name = previous?.name {
      if vocabulary.functions[name] != nil { return .command(.functionWithoutBrackets(name)) }
      if let command = vocabulary.commands[name] {
        return .command(.commandAsValue(name, usage: command.usage))
      }
    }
    return .missingOperator(before: found)
  }

  /// `prnt x`: the name in front is what should be mended.
  private func isCommandLike(_ context: Context) -> Bool {
    guard case .statement(let statement, let first) = context, first.name != nil,
      case .expression(let value, _) = statement.kind
    else { return false }
    return value.range == first.range && peek.startsOperand
  }

  private func unknownCommand(_ name: String) -> SyntaxProblem {
    if vocabulary.functions[name] != nil { return .command(.functionWithoutBrackets(name)) }
    if vocabulary.commands[name] != nil { return .command(.verbWithoutSpace(name)) }
    let suggestion = Spelling.nearest(to: name, among: vocabulary.commands.keys)
    return .command(.unknownCommand(name, suggestion: suggestion))
  }

  private func problem(inCommand signature: Signature, _ clause: Int) -> SyntaxProblem {
    guard peek.startsOperand else { return .unexpected(found) }
    if let word = peek.name {
      let words = signature.clauses.dropFirst(clause + 1).compactMap(\.word)
      if let suggestion = Spelling.nearest(to: word, among: words) {
        return .command(.unknownLittleWord(word, suggestion: suggestion))
      }
    }
    return .command(.missingCommaInCommand(before: found, usage: signature.usage))
  }

  private func problem(inLayer signature: Signature) -> SyntaxProblem {
    if peek.isSymbol(.comma) { return .command(.commaInLayer(usage: signature.usage)) }
    return .command(.unexpectedInLayer(found, usage: signature.usage))
  }

  // MARK: A missing value

  /// A value should begin at the token in hand.
  func missingOperand() -> ParserFailure {
    if let sign = increment {
      return failure(.foreign(.increment(sign.text)), at: sign.range)
    }
    let place = peek.endsLine ? endOfCommand : peek.range
    return failure(problemOfMissingOperand(), at: place)
  }

  /// `++` or `--` at the end of a line.
  private var increment: Name? {
    guard peek.endsLine, position > 1, let last = previous else { return nil }
    let first = tokens[position - 2]
    guard first.upper == last.lower,
      first.isSymbol(.plus) && last.isSymbol(.plus)
        || first.isSymbol(.minus) && last.isSymbol(.minus)
    else { return nil }
    return Name(text: text(first) + text(last), range: first.range.through(last.range))
  }

  private func problemOfMissingOperand() -> SyntaxProblem {
    let before = previous.flatMap { $0.endsLine ? nil : $0 }
    switch peek.kind {
    case .symbol(.star) where !peekSecond.followsSpace,
      .symbol(.doubleStar) where !peekSecond.followsSpace:
      return .foreign(.starArgument)
    case .symbol(.ellipsis): return .ellipsisOutsideIndex
    case .symbol(.at) where before == nil: return .foreign(.decorator)
    case .symbol(.slash), .symbol(.doubleSlash):
      if before == nil { return .foreign(.slashComment) }
    case .keyword(.lambda), .keyword(.not): return .needsBrackets(text(peek))
    case .keyword(let keyword) where before == nil: return .strayKeyword(keyword.rawValue)
    case .keyword: return .reservedWord(text(peek), after: before.map(text) ?? "")
    default: break
    }
    guard let before else { return .unexpected(found) }
    return .missingValue(after: text(before), found: found)
  }

  // MARK: Other languages

  /// Statements of Python and its neighbours that nn does not have.
  func refuseForeignStatement() throws(ParserFailure) {
    switch peek.kind {
    case .keyword(.elif), .keyword(.else):
      throw failure(.branchWithoutIf(text(peek)), at: peek.range)
    case .symbol(.at): throw failure(.foreign(.decorator), at: peek.range)
    case .name(let word):
      guard let foreign = ForeignSyntax(statement: word), vocabulary.commands[word] == nil else {
        return
      }
      let isBlock = peekSecond.isSymbol(.colon) && foreign.opensBlock
      if isBlock || operandFollows || peekSecond.isKeyword(.def) || peekSecond.isKeyword(.for) {
        throw failure(.foreign(foreign), at: peek.range)
      }
    default: break
    }
  }

  /// `np.exp` and `math.exp`: the field after the module is in hand.
  func foreignModule(_ module: String, from start: SourceRange) -> ParserFailure {
    var path = [text(peek)]
    var last = position
    while last + 2 < tokens.count, tokens[last + 1].isSymbol(.dot), tokens[last + 2].name != nil {
      last += 2
      path.append(text(tokens[last]))
    }
    let full = ([module] + path).joined(separator: ".")
    let name = path[path.count - 1]
    let isCommand = vocabulary.commands[name] != nil && vocabulary.functions[name] == nil
    let known = vocabulary.functions.keys
    let replacement =
      ForeignSyntax.replacement(forModuleMember: name)
      ?? (isCommand || vocabulary.isBuiltIn(name)
        ? name : Spelling.nearest(to: name, among: known))
    return failure(
      .foreign(.module(full, replacement: replacement, isCommand: isCommand)),
      at: start.through(tokens[last].range))
  }
}

extension Expression {
  /// The usual name of a Python module that nn has no need of.
  var moduleName: String? {
    guard case .name(let name) = kind else { return nil }
    return Self.isModuleName(name) ? name : nil
  }

  package static func isModuleName(_ name: String) -> Bool {
    ["np", "numpy", "math", "plt"].contains(name)
  }
}
