import NNSource

/// Program text → tokens, with Python's rules for lines and indentation. Text that is no token
/// becomes an `invalid` one, so that a broken program can still be coloured.
package struct Lexer {
  let slice: SourceSlice
  /// Where it reads, and where it stops: a field of an f-string is read by a lexer of its own.
  var position: Int
  let end: Int

  private(set) var tokens: [Token] = []
  private var comments: [Range<Int>] = []
  private var brackets: [Token] = []
  private var indents = [0]
  private var startsLine = true

  init(_ slice: SourceSlice, from lower: Int, to upper: Int) {
    self.slice = slice
    position = lower
    end = upper
  }

  package static func tokens(of slice: SourceSlice) -> TokenStream {
    var lexer = Lexer(slice, from: 0, to: slice.utf8.count)
    lexer.program()
    return TokenStream(
      tokens: lexer.tokens, comments: lexer.comments, unclosed: lexer.brackets)
  }

  private mutating func program() {
    while position < end {
      if brackets.isEmpty { indentation() }
      line()
    }
    if let last = tokens.last, !last.endsLine { emit(.newline, from: contentEnd) }
    for _ in indents.dropFirst() { emit(.dedent, from: position) }
    emit(.end, from: position)
  }

  /// Where the last line's text ends: an error "at the end" is shown there, not a line below.
  private var contentEnd: Int { tokens.last?.upper ?? position }

  // MARK: Lines

  /// Skips blank lines, then compares the next line's indentation with the open blocks.
  private mutating func indentation() {
    while position < end {
      let start = position
      while let byte = peek(), isSpace(byte) { position += 1 }
      switch peek() {
      case UInt8(ascii: "\n"): position += 1
      case UInt8(ascii: "#"): comment()
      case nil: return
      default:
        startsLine = true
        if let tab = slice.utf8[start..<position].firstIndex(of: UInt8(ascii: "\t")) {
          let problem = problem(.tabIndentation, tab, tab + 1)
          emit(.invalid(problem), from: start)
        } else {
          compare(indentation: position - start, from: start)
        }
        return
      }
    }
  }

  private mutating func compare(indentation width: Int, from start: Int) {
    guard width <= indents[indents.count - 1] else {
      indents.append(width)
      return emit(.indent, from: start)
    }
    while width < indents[indents.count - 1] {
      indents.removeLast()
      if width > indents[indents.count - 1] {
        indents.append(width)
        return emit(.invalid(problem(.dedentMismatch, start, position)), from: start)
      }
      emit(.dedent, from: start, to: start)
    }
  }

  /// The tokens of one line; a newline inside brackets or after `\` does not end it.
  private mutating func line() {
    while let byte = peek() {
      if byte == UInt8(ascii: "\n") {
        let start = position
        position += 1
        startsLine = true
        if brackets.isEmpty {
          if let last = tokens.last, !last.endsLine { emit(.newline, from: start, to: start) }
          return
        }
      } else if isSpace(byte) {
        position += 1
      } else if byte == UInt8(ascii: "#") {
        comment()
      } else if byte == UInt8(ascii: "\\") {
        continuation()
      } else {
        token()
      }
    }
  }

  private mutating func comment() {
    let start = position
    while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
    comments.append(start..<position)
  }

  private mutating func continuation() {
    let start = position
    position += 1
    while let byte = peek(), isSpace(byte) { position += 1 }
    if peek() == UInt8(ascii: "\n"), position == start + 1, position + 1 < end {
      position += 1
    } else {
      let problem: LexicalProblem =
        peek() == UInt8(ascii: "\n") || peek() == nil ? .spaceAfterBackslash : .strayBackslash
      emit(.invalid(self.problem(problem, start, start + 1)), from: start, to: start + 1)
    }
  }

  // MARK: Tokens

  /// One token that is not white space, at `position`.
  mutating func token() {
    let start = position
    do throws(Diagnostic) {
      emit(try kind(), from: start)
    } catch {
      position = max(position, start + 1)
      emit(.invalid(error), from: start)
    }
  }

  private mutating func kind() throws(Diagnostic) -> Token.Kind {
    let byte = slice.utf8[position]
    if isDigit(byte) || byte == UInt8(ascii: ".") && isDigit(peek(1)) { return try number() }
    if isQuote(byte) { return try string(isFormatted: false, from: position) }
    if let length = nameStartLength(at: position) { return try word(length) }
    return try symbol()
  }

  /// A name, a reserved word, or the letter before an f-string.
  private mutating func word(_ length: Int) throws(Diagnostic) -> Token.Kind {
    let start = position
    position += length
    while let length = nameLength(at: position) { position += length }
    let text = text(start, position)
    if let next = peek(), isQuote(next) {
      if text == "f" || text == "F" { return try string(isFormatted: true, from: start) }
      if Self.stringPrefixes.contains(text.lowercased()) {
        _ = try? string(isFormatted: false, from: start)
        throw problem(.stringPrefix(text), start, start + text.utf8.count)
      }
    }
    if let keyword = Keyword(spelling: text) { return .keyword(keyword) }
    return .name(text)
  }

  private static let stringPrefixes: Set<String> = ["r", "b", "u", "rb", "br", "fr", "rf"]

  private mutating func symbol() throws(Diagnostic) -> Token.Kind {
    let start = position
    for length in [3, 2, 1] where start + length <= end {
      let key = Self.key(slice.utf8[start..<start + length])
      if let symbol = Self.symbols[key] {
        position = start + length
        try bracket(symbol, from: start)
        return .symbol(symbol)
      }
      if Self.foreignOperators.contains(key) {
        position = start + length
        throw problem(.foreignOperator(text(start, position)), start, position)
      }
    }
    let scalar = scalar(at: position)
    position += scalar.map { UTF8.width($0) } ?? 1
    throw problem(.strangeCharacter(text(start, position)), start, position)
  }

  /// Keeps the open brackets; a closing one that does not fit is a problem.
  private mutating func bracket(_ symbol: Symbol, from start: Int) throws(Diagnostic) {
    switch symbol {
    case .leftParen, .leftBracket:
      brackets.append(make(.symbol(symbol), start, position))
    case .rightParen, .rightBracket:
      let opening: Symbol = symbol == .rightParen ? .leftParen : .leftBracket
      guard let open = brackets.popLast() else {
        throw problem(.bracketClosesNothing(symbol.rawValue), start, position)
      }
      if !open.isSymbol(opening) {
        throw problem(
          .bracketMismatch(open: text(open.lower, open.upper), close: symbol.rawValue),
          start, position)
      }
    default: break
    }
  }

  private static let symbols: [UInt32: Symbol] = Dictionary(
    uniqueKeysWithValues: Symbol.allCases.map { (key($0.rawValue.utf8), $0) })
  private static let foreignOperators: Set<UInt32> = Set(
    LexicalProblem.foreignOperators.keys.map { key($0.utf8) })

  private static func key(_ bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }

  // MARK: Helpers

  var isInBrackets: Bool { !brackets.isEmpty }

  mutating func emit(_ kind: Token.Kind, from lower: Int, to upper: Int? = nil) {
    tokens.append(make(kind, lower, max(lower, upper ?? position)))
    startsLine = false
  }

  private func make(_ kind: Token.Kind, _ lower: Int, _ upper: Int) -> Token {
    let followsSpace =
      lower == 0 || isSpace(slice.utf8[lower - 1]) || slice.utf8[lower - 1] == UInt8(ascii: "\n")
    return Token(
      kind, lower, upper, slice.fileRange(lower, upper), followsSpace: followsSpace,
      startsLine: startsLine)
  }

  func problem(_ problem: LexicalProblem, _ lower: Int, _ upper: Int) -> Diagnostic {
    .error(.syntax(.lexical(problem)), at: slice.fileRange(lower, upper))
  }

  func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < end ? slice.utf8[position + distance] : nil
  }

  func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: slice.utf8[lower..<upper], as: UTF8.self)
  }
}
