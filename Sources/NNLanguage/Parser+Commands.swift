import NNSource

/// Commands as a line: `verb operand, operand word operand option=value`.
///
/// A verb is no reserved word: the line is a command only if an operand begins after it.
extension Parser {
  /// The line in hand begins with a verb, a space and the beginning of an operand.
  var startsCommand: Bool { verb != nil && operandFollows }

  /// The signature of the verb in hand.
  var verb: Signature? { peek.name.flatMap { vocabulary.commands[$0] } }

  /// After the token in hand comes a space and the beginning of an operand.
  var operandFollows: Bool { Self.operandFollows(tokens, at: position) }

  /// A minus begins an operand only with no space after it: `print -x`, but `image - x`.
  static func operandFollows(_ tokens: [Token], at index: Int) -> Bool {
    let next = tokens[min(index + 1, tokens.count - 1)]
    let afterNext = tokens[min(index + 2, tokens.count - 1)]
    guard next.followsSpace, !next.startsLine else { return false }
    switch next.kind {
    case .symbol(.minus): return !afterNext.followsSpace
    case .keyword(.not): return !afterNext.isKeyword(.in)
    case .invalid: return true
    default: return next.startsOperand
    }
  }

  mutating func commandLine() throws(ParserFailure) -> Statement.Kind {
    if peek.name == "init" { return try initialization() }
    guard let signature = verb else { throw missingOperand() }
    let verb = name(advance())
    var clauses: [[Operand]] = signature.clauses.map { _ in [] }
    var current = 0
    if !signature.clauses.isEmpty { clauses[0] = try operands(of: 0, signature) }
    while let next = clause(of: signature, after: current) {
      try requireClauses(of: signature, from: current + 1, to: next)
      advance()
      current = next
      clauses[next] = try operands(of: next, signature)
    }
    let options = try options(of: signature, lastClause: current)
    if !peek.endsLine { throw unexpected(in: .command(signature, clause: current)) }
    try requireClauses(of: signature, from: current + 1, to: signature.clauses.count)
    return .command(Command(verb: verb, clauses: clauses, options: options))
  }

  /// The later clause whose little word is in hand.
  func clause(of signature: Signature, after current: Int) -> Int? {
    guard let word = peek.name, !peekSecond.isSymbol(.assign) else { return nil }
    let later = signature.clauses.indices.dropFirst(current + 1)
    return later.first { signature.clauses[$0].word == word }
  }

  private func requireClauses(
    of signature: Signature, from lower: Int, to upper: Int
  ) throws(ParserFailure) {
    for clause in signature.clauses[lower..<max(lower, upper)] where !clause.isOptional {
      guard let word = clause.word else { continue }
      throw failure(
        .missingClause(verb: signature.name, word: word, usage: signature.usage),
        at: endOfCommand)
    }
  }

  /// Where something is missing: the token in hand, or right after the last one.
  var endOfCommand: SourceRange {
    guard peek.endsLine, let previous else { return peek.range }
    return SourceRange(previous.range.upper, previous.range.upper)
  }

  // MARK: Operands

  private mutating func operands(
    of index: Int, _ signature: Signature
  ) throws(ParserFailure) -> [Operand] {
    let clause = signature.clauses[index]
    var operands: [Operand] = []
    guard !clause.parameters.isEmpty else { return [] }
    if peek.endsLine || startsOption || isWordInsteadOfOperand(of: signature, after: index) {
      try requireOperand(0, of: clause, signature)
      if startsOption || peek.endsLine { return [] }
    }
    repeat {
      if !operands.isEmpty, startsOption {
        throw failure(.commaBeforeOption(text(peek)), at: previous?.range ?? peek.range)
      }
      guard let parameter = clause.parameter(at: operands.count) else {
        throw failure(
          .tooManyOperands(
            verb: signature.name, most: clause.parameters.count, usage: signature.usage),
          at: peek.range)
      }
      operands.append(try operand(parameter, of: signature))
    } while match(.comma)
    try requireOperand(operands.count, of: clause, signature)
    return operands
  }

  private func requireOperand(
    _ count: Int, of clause: Clause, _ signature: Signature
  ) throws(ParserFailure) {
    guard let missing = clause.parameters.dropFirst(count).first(where: \.isRequired) else {
      return
    }
    throw failure(
      .missingOperand(verb: signature.name, operand: missing.name, usage: signature.usage),
      at: endOfCommand)
  }

  /// `train on x, y`: a little word of a later clause, and an operand right after it.
  private func isWordInsteadOfOperand(of signature: Signature, after index: Int) -> Bool {
    guard let next = clause(of: signature, after: index), peekSecond.startsOperand else {
      return false
    }
    return signature.clauses[next].word != peekSecond.name
  }

  /// `name=`
  var startsOption: Bool { peek.name != nil && peekSecond.isSymbol(.assign) }

  mutating func operand(
    _ parameter: SignatureParameter, of signature: Signature
  ) throws(ParserFailure) -> Operand {
    switch parameter.form {
    case .value, .variadic: return .expression(try expression())
    case .binding:
      guard peek.name != nil else {
        throw failure(.expectedBinding(verb: signature.name, found: found), at: peek.range)
      }
      return .word(name(advance()))
    case .changed:
      let value = try postfix()
      try requireChangeable(value, verb: signature.name, operand: parameter.name)
      return .expression(value)
    case .word: return try word(parameter, of: signature)
    }
  }

  /// What a command changes is a name, or a part of one.
  func requireChangeable(
    _ value: Expression, verb: String, operand: String
  ) throws(ParserFailure) {
    if (try? target(value)) == nil {
      throw failure(.notChangeable(verb: verb, operand: operand), at: value.range)
    }
  }

  /// A bare word, hyphens and all (`fashion-mnist`), or a string.
  private mutating func word(
    _ parameter: SignatureParameter, of signature: Signature
  ) throws(ParserFailure) -> Operand {
    if case .string = peek.kind { return .expression(try expression()) }
    let start = peek
    guard start.name != nil else {
      throw failure(
        .expectedWord(verb: signature.name, operand: parameter.name, found: found), at: start.range)
    }
    advance()
    while peek.isSymbol(.minus), !peek.followsSpace, !peekSecond.followsSpace,
      peekSecond.isWordPart
    {
      advance()
      advance()
    }
    let upper = previous?.upper ?? start.upper
    let text = String(decoding: slice.utf8[start.lower..<upper], as: UTF8.self)
    let word = Name(text: text, range: range(from: start))
    if !parameter.words.isEmpty, !parameter.words.contains(text) {
      throw failure(
        .unknownData(
          text, of: parameter.name, choices: parameter.words,
          suggestion: Spelling.nearest(to: text, among: parameter.words)), at: word.range)
    }
    return .word(word)
  }

  // MARK: Options

  /// `name=value name=value`, to the end of the line.
  mutating func options(
    of signature: Signature, lastClause: Int = 0
  ) throws(ParserFailure) -> [Argument] {
    var options: [Argument] = []
    while startsOption {
      options.append(try option(of: signature, after: options))
      if peek.isSymbol(.comma) {
        throw failure(
          .commaAfterOption(options[options.count - 1].name?.text ?? ""),
          at: peek.range)
      }
      if let clause = clause(of: signature, after: lastClause) {
        throw failure(
          .wordAfterOption(
            signature.clauses[clause].word ?? "", option: options[0].name?.text ?? "",
            usage: signature.usage),
          at: peek.range)
      }
    }
    return options
  }

  mutating func option(
    of signature: Signature, after known: [Argument]
  ) throws(ParserFailure) -> Argument {
    let name = name(advance())
    guard let parameter = signature.options.first(where: { $0.name == name.text }) else {
      let names = signature.options.map(\.name)
      if signature.clauses.contains(where: { $0.parameters.contains { $0.name == name.text } }) {
        throw failure(
          .operandAsOption(name.text, of: signature.name, usage: signature.usage), at: name.range)
      }
      throw failure(
        .unknownOption(
          name.text, of: signature.name, suggestion: Spelling.nearest(to: name.text, among: names),
          known: names), at: name.range)
    }
    if known.contains(where: { $0.name?.text == name.text }) {
      throw failure(.repeatedOption(name.text), at: name.range)
    }
    advance()
    return try value(of: parameter, name: name)
  }

  /// One of the option's own words, or an expression.
  private mutating func value(
    of parameter: SignatureParameter, name: Name
  ) throws(ParserFailure) -> Argument {
    if peek.endsLine { throw missingOperand() }
    if let word = peek.name, parameter.words.contains(word), !continuesExpression {
      let token = advance()
      return Argument(name: name, value: Expression(.name(word), token.range), word: word)
    }
    return Argument(name: name, value: try expression())
  }

  /// The token after the one in hand goes on with its expression.
  private var continuesExpression: Bool {
    switch peekSecond.kind {
    case .symbol(let symbol): ![.comma, .rightParen, .rightBracket, .colon].contains(symbol)
    case .keyword: true
    default: false
    }
  }
}

extension Clause {
  /// The parameter that takes the operand at `index`.
  fileprivate func parameter(at index: Int) -> SignatureParameter? {
    if index < parameters.count { return parameters[index] }
    return parameters.last?.form == .variadic ? parameters.last : nil
  }
}

extension Token {
  /// It can stand after a hyphen in a word: `mnist`, `10`.
  fileprivate var isWordPart: Bool {
    switch kind {
    case .name, .integer: true
    default: false
    }
  }
}
