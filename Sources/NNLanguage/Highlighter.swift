import NNSource

/// Colours for a program, by its tokens alone, so that a broken one has them too.
package struct HighlightSpan: Sendable, Hashable {
  package enum Kind: String, Sendable {
    case keyword, verb, builtin, option, number, string, comment, definition
  }

  /// Byte offsets in the slice; spans are in order and do not overlap.
  package let lower: Int
  package let upper: Int
  package let kind: Kind
}

package struct Highlighter {
  private let vocabulary: Vocabulary
  private let tokens: [Token]
  private var spans: [HighlightSpan] = []

  /// The verb or layer that begins the line in hand, and the brackets open in it.
  private var line: Signature?
  private var depth = 0
  /// Lines of layers are indented under `network`.
  private var isInNetwork = false

  package static func spans(
    of slice: SourceSlice, vocabulary: Vocabulary
  ) -> [HighlightSpan] {
    let stream = Lexer.tokens(of: slice)
    var highlighter = Highlighter(vocabulary: vocabulary, tokens: stream.tokens)
    highlighter.run()
    let comments = stream.comments.map {
      HighlightSpan(lower: $0.lowerBound, upper: $0.upperBound, kind: .comment)
    }
    return (highlighter.spans + comments).sorted { $0.lower < $1.lower }
  }

  private init(vocabulary: Vocabulary, tokens: [Token]) {
    self.vocabulary = vocabulary
    self.tokens = tokens
  }

  private mutating func run() {
    var startsStatement = true
    for index in tokens.indices {
      switch tokens[index].kind {
      case .newline, .indent, .dedent, .end:
        if case .dedent = tokens[index].kind { isInNetwork = false }
        if case .newline = tokens[index].kind { line = nil }
        depth = 0
        startsStatement = true
        continue
      default: break
      }
      if startsStatement { beginLine(at: index) }
      add(tokens[index], at: index)
      startsStatement = depth == 0 && tokens[index].isSymbol(.colon) && line == nil
    }
  }

  private mutating func beginLine(at index: Int) {
    line = nil
    guard let name = tokens[index].name else { return }
    if isInNetwork, let layer = vocabulary.layers[name] {
      line = layer
    } else if let verb = vocabulary.commands[name], isCommand(at: index) {
      line = verb
      isInNetwork = name == "network"
    }
  }

  private mutating func add(_ token: Token, at index: Int) {
    switch token.kind {
    case .keyword: span(token, .keyword)
    case .integer, .float: span(token, .number)
    case .string: span(token, .string)
    case .formatted(let pieces): addFormatted(token, pieces)
    case .name(let name): if let kind = kind(of: name, at: index) { span(token, kind) }
    case .symbol(.leftParen), .symbol(.leftBracket): depth += 1
    case .symbol(.rightParen), .symbol(.rightBracket): depth = max(0, depth - 1)
    case .invalid(let diagnostic): addInvalid(token, diagnostic)
    default: break
    }
  }

  private mutating func span(_ token: Token, _ kind: HighlightSpan.Kind) {
    spans.append(HighlightSpan(lower: token.lower, upper: token.upper, kind: kind))
  }

  /// The text of an f-string as a string, its fields by their own tokens.
  private mutating func addFormatted(_ token: Token, _ pieces: [FormatToken]) {
    var lower = token.lower
    for field in fields(of: pieces) {
      guard let first = field.first, let last = field.last else { continue }
      spans.append(HighlightSpan(lower: lower, upper: first.lower, kind: .string))
      for token in field { addInField(token) }
      lower = last.upper
    }
    spans.append(HighlightSpan(lower: lower, upper: token.upper, kind: .string))
  }

  private mutating func addInField(_ token: Token) {
    switch token.kind {
    case .integer, .float: span(token, .number)
    case .string, .formatted: span(token, .string)
    case .keyword: span(token, .keyword)
    case .name(let name) where vocabulary.functions[name] != nil: span(token, .builtin)
    default: break
    }
  }

  /// The tokens of each field, those in specs too, in order.
  private func fields(of pieces: [FormatToken]) -> [[Token]] {
    pieces.flatMap { piece -> [[Token]] in
      guard case .field(let field) = piece else { return [] }
      return [field.tokens.dropLast()] + fields(of: field.spec)
    }
  }

  /// Text that begins with a quote is a string that is not closed.
  private mutating func addInvalid(_ token: Token, _ diagnostic: Diagnostic) {
    guard case .syntax(.lexical(let problem)) = diagnostic.problem, token.lower < token.upper else {
      return
    }
    switch problem {
    case .malformedNumber, .leadingZeros, .radixNumber, .imaginaryNumber, .integerTooLarge:
      span(token, .number)
    case .tabIndentation, .dedentMismatch, .strangeCharacter, .foreignOperator,
      .bracketClosesNothing, .bracketMismatch, .strayBackslash, .spaceAfterBackslash:
      break
    default: span(token, .string)
    }
  }

  // MARK: Names

  private func kind(of name: String, at index: Int) -> HighlightSpan.Kind? {
    let before = index > 0 ? tokens[index - 1] : nil
    if let line {
      if before == nil || before?.endsLine == true || before?.isSymbol(.colon) == true && depth == 0
      {
        return .verb
      }
      if isOption(name, of: line, at: index) { return .option }
      if depth == 0, isWord(name, of: line, at: index) { return .keyword }
    }
    if before?.isKeyword(.def) == true { return .definition }
    if before?.isSymbol(.dot) == true {
      return isCalled(index) && vocabulary.functions[name] != nil ? .builtin : nil
    }
    return vocabulary.functions[name] != nil && !isAssigned(index) ? .builtin : nil
  }

  private func isOption(_ name: String, of line: Signature, at index: Int) -> Bool {
    token(index + 1)?.isSymbol(.assign) == true && line.options.contains { $0.name == name }
      && depth <= 1
  }

  /// A little word, a network's name, a layer's activation or a word of an option.
  private func isWord(_ name: String, of line: Signature, at index: Int) -> Bool {
    guard let before = token(index - 1), before.startsLine == false || line.kind == .layer else {
      return false
    }
    if line.kind == .layer { return line.parameters.contains { $0.words.contains(name) } }
    if before.isSymbol(.assign), let option = token(index - 2)?.name {
      return line.options.contains { $0.name == option && $0.words.contains(name) }
    }
    if before.isSymbol(.comma) { return false }
    return line.clauses.contains { $0.word == name }
  }

  private func isCalled(_ index: Int) -> Bool {
    token(index + 1)?.isSymbol(.leftParen) == true
  }

  private func isAssigned(_ index: Int) -> Bool {
    depth == 0 && token(index + 1)?.isSymbol(.assign) == true
  }

  /// The parser's rule for commands: an operand after a space, or a bracket right behind.
  private func isCommand(at index: Int) -> Bool {
    guard let next = token(index + 1), !next.endsLine else { return false }
    if next.isSymbol(.leftParen) { return true }
    return Parser.operandFollows(tokens, at: index)
  }

  private func token(_ index: Int) -> Token? {
    tokens.indices.contains(index) ? tokens[index] : nil
  }
}
