/// What a formula is written with.
struct MathToken: Equatable {
  enum Kind: Equatable {
    case letter(Character)
    case number(String)
    /// Any other character: `+`, `(`, `|`.
    case sign(Character)
    /// Without its backslash: `frac`, `,`, `{`.
    case command(String)
    case open
    case close
    case superscript
    case `subscript`
    case prime
    case nextCell
    case space
  }

  let kind: Kind
  /// Bytes of the TeX.
  let range: Range<Int>
}

struct MathLexer {
  private let characters: [Character]
  private var position = 0
  private var offset = 0

  private init(_ tex: String) { characters = Array(tex) }

  static func tokens(_ tex: String) -> [MathToken] {
    var lexer = MathLexer(tex)
    var tokens: [MathToken] = []
    while let token = lexer.next() { tokens.append(token) }
    return tokens
  }

  private mutating func next() -> MathToken? {
    guard let first = current else { return nil }
    let start = offset
    advance()
    let kind = kind(first)
    return MathToken(kind: kind, range: start..<offset)
  }

  private var current: Character? { position < characters.count ? characters[position] : nil }

  private mutating func advance() {
    offset += characters[position].utf8.count
    position += 1
  }

  private mutating func kind(_ first: Character) -> MathToken.Kind {
    switch first {
    case "\\": return command()
    case "{": return .open
    case "}": return .close
    case "^": return .superscript
    case "_": return .subscript
    case "'", "’": return .prime
    case "&": return .nextCell
    case "%":
      while let character = current, !character.isNewline { advance() }
      return .space
    case "~": return .command(" ")
    default:
      if first.isWhitespace { return .space }
      if Self.isDigit(first) { return number(first) }
      return first.isLetter ? .letter(first) : .sign(first)
    }
  }

  /// Behind a backslash: letters, or one other character. `\operatorname*` is a command of its own.
  private mutating func command() -> MathToken.Kind {
    guard let first = current else { return .sign("\\") }
    guard Self.isLatin(first) else {
      advance()
      return .command(first.isWhitespace ? " " : String(first))
    }
    var name = ""
    while let character = current, Self.isLatin(character) {
      name.append(character)
      advance()
    }
    if name == "operatorname", current == "*" {
      name += "*"
      advance()
    }
    return .command(name)
  }

  /// Digits with points and commas between them: `0.1`, `1,000`.
  private mutating func number(_ first: Character) -> MathToken.Kind {
    var text = String(first)
    while let character = current {
      guard
        Self.isDigit(character) || character == "." && isDigit(at: position + 1)
          || character == "," && isThousands
      else { break }
      text.append(character)
      advance()
    }
    return .number(text)
  }

  /// A comma stands between thousands only when three digits follow; `x_{1,2}` has two numbers.
  private var isThousands: Bool {
    (1...3).allSatisfy { isDigit(at: position + $0) } && !isDigit(at: position + 4)
  }

  private func isDigit(at index: Int) -> Bool {
    index < characters.count && Self.isDigit(characters[index])
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }

  private static func isLatin(_ character: Character) -> Bool {
    character.isASCII && character.isLetter
  }
}
