/// TeX's notation for formulas → MathML Core, which browsers set themselves: nothing is loaded and
/// no script runs.
///
///     MathLexer     text → tokens: letters, numbers, signs, commands, braces
///     MathParser    tokens → Markup, by the rules of TeX's math mode
///     MathSymbols   what each command stands for; MathAlphabet: bold, blackboard, script letters
///
/// Understood is what texts about networks need. Nothing fails: an unknown command is shown as it
/// was written, marked, and told in `problems`.
package struct MathML {
  /// The finished markup, with the TeX inside for copying.
  package let html: String
  /// What was not understood, each once: `\foo`, `{`.
  package let problems: [String]

  package init(_ tex: String, isDisplay: Bool) {
    var parser = MathParser(tex)
    let content = parser.formula()
    let markup = Markup.tag(
      "math", ["display": isDisplay ? "block" : nil],
      [
        .tag(
          "semantics", [:],
          [
            .tag("mrow", [:], content),
            .tag("annotation", ["encoding": "application/x-tex"], tex),
          ])
      ])
    html = MarkupWriter.string(markup)
    problems = parser.problems
  }
}

/// The parts a formula is made of.
enum MathToken: Equatable {
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

struct MathLexer {
  private let characters: [Character]
  private var position = 0

  private init(_ tex: String) { characters = Array(tex) }

  static func tokens(_ tex: String) -> [MathToken] {
    var lexer = MathLexer(tex)
    var tokens: [MathToken] = []
    while let token = lexer.next() { tokens.append(token) }
    return tokens
  }

  private mutating func next() -> MathToken? {
    guard position < characters.count else { return nil }
    let character = characters[position]
    position += 1
    switch character {
    case "\\": return command()
    case "{": return .open
    case "}": return .close
    case "^": return .superscript
    case "_": return .subscript
    case "'", "’": return .prime
    case "&": return .nextCell
    case "%":
      while position < characters.count, characters[position] != "\n" { position += 1 }
      return .space
    case "~": return .command(" ")
    default:
      if character.isWhitespace { return .space }
      if character.isASCII, character.isNumber { return number(from: position - 1) }
      return character.isLetter ? .letter(character) : .sign(character)
    }
  }

  private mutating func command() -> MathToken {
    guard position < characters.count else { return .sign("\\") }
    let start = position
    while position < characters.count, characters[position].isASCII, characters[position].isLetter {
      position += 1
    }
    if position == start { position += 1 }
    let name = String(characters[start..<position])
    return .command(name == "\n" ? " " : name)
  }

  /// Digits with points and commas between them: `0.1`, `1,000`.
  private mutating func number(from start: Int) -> MathToken {
    while position < characters.count {
      let character = characters[position]
      let isDigit = character.isASCII && character.isNumber
      let isBetween =
        (character == "." || character == ",") && position + 1 < characters.count
        && characters[position + 1].isASCII && characters[position + 1].isNumber
      // A comma stands between thousands only when three digits follow; `x_{1,2}` has two numbers.
      if !isDigit, !isBetween || (character == "," && !isThousands(at: position)) { break }
      position += 1
    }
    return .number(String(characters[start..<position]))
  }

  private func isThousands(at comma: Int) -> Bool {
    let digits = characters[(comma + 1)...].prefix { $0.isASCII && $0.isNumber }
    return digits.count == 3
  }
}
