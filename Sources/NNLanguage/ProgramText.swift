import NNSource

/// A program in tokens, for telling whether two programs are the same: comments, blank lines and
/// the width of spaces make no difference.
package struct ProgramText: Sendable {
  private let tokens: [Token]

  package init(_ slice: SourceSlice) { tokens = Lexer.tokens(of: slice).tokens }

  package var hash: ContentHash { Self.hash(tokens[...]) }

  /// Of the part that stands at `range` of the file; nil where the program does not reach.
  package func hash(of range: SourceRange) -> ContentHash? {
    guard let first = tokens.firstIndex(where: { $0.range.lower >= range.lower }),
      tokens[first].range.lower < range.upper
    else { return nil }
    let end = tokens[first...].firstIndex { $0.range.lower >= range.upper } ?? tokens.endIndex
    return Self.hash(tokens[first..<end])
  }

  private static func hash(_ tokens: ArraySlice<Token>) -> ContentHash {
    var hasher = ContentHasher()
    for token in tokens { hasher.add(token) }
    return hasher.finished()
  }
}

extension ContentHasher {
  fileprivate mutating func add(_ token: Token) {
    switch token.kind {
    case .name(let name): add("name", name)
    case .keyword(let keyword): add("keyword", keyword.rawValue)
    case .integer(let value):
      add("integer")
      add(value)
    case .float(let value):
      add("float")
      add(value)
    case .string(let text): add("string", text)
    case .formatted(let pieces):
      add("formatted")
      add(pieces)
    case .symbol(let symbol): add("symbol", symbol.rawValue)
    case .newline: add("newline")
    case .indent: add("indent")
    case .dedent: add("dedent")
    case .end: add("end")
    case .invalid: add("invalid")
    }
    // `print (1)` and `print(1)` are not the same.
    add(token.followsSpace)
  }

  private mutating func add(_ kind: String, _ text: String) {
    add(kind)
    add(text)
  }

  private mutating func add(_ pieces: [FormatToken]) {
    add(pieces.count)
    for piece in pieces {
      switch piece {
      case .text(let text): add("text", text)
      case .field(let field):
        add("field")
        add(field.tokens.count)
        for token in field.tokens { add(token) }
        add(field.conversion.map(String.init))
        add(field.spec)
      }
    }
  }
}
