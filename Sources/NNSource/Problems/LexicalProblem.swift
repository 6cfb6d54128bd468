/// Characters, numbers and strings that can't be read.
package enum LexicalProblem: Sendable, Hashable {
  case programTooLong(bytes: Int, limit: Int)
  case tabIndentation
  case dedentMismatch
  case strayBackslash
  case spaceAfterBackslash
  case strangeCharacter(String)
  case foreignOperator(String)
  case bracketNeverClosed(String)
  case bracketClosesNothing(String)
  case bracketMismatch(open: String, close: String)

  case malformedNumber(String)
  case leadingZeros(String, String)
  case radixNumber(String, decimal: Int?)
  case imaginaryNumber(String)
  case integerTooLarge(String)

  case unclosedString
  case unclosedTripleString
  case stringPrefix(String)
  case unknownEscape(String)
  case incompleteEscape(String, digits: Int)
  case noSuchCharacter(String)
  case loneBrace
  case fieldEmpty
  case fieldUnclosed
  case fieldsTooDeep
  case conversion(String)

  package var wording: Wording {
    switch self {
    case .programTooLong(let bytes, let limit):
      Wording(
        "the program has \(bytes) bytes, more than \(limit)",
        hint: "load large data from a file")
    case .tabIndentation:
      Wording("a tab in the indentation", hint: "indent with spaces")
    case .dedentMismatch:
      Wording(
        "this indentation matches no line above",
        hint: "give the lines of a block the same number of spaces")
    case .strayBackslash:
      Wording("a '\\' stands only at the end of a line, to go on with it on the next")
    case .spaceAfterBackslash:
      Wording(
        "a '\\' that goes on with a line must stand right before the line's end, "
          + "and a line must follow")
    case .strangeCharacter(let character): Self.strange(character)
    case .foreignOperator(let text):
      Wording("nn has no operator '\(text)'", hint: Self.foreignOperators[text])
    case .bracketNeverClosed(let open):
      Wording(
        "this '\(open)' is never closed",
        hint: "write a '\(open == "(" ? ")" : "]")' where it ends")
    case .bracketClosesNothing(let close):
      Wording("this '\(close)' closes nothing")
    case .bracketMismatch(let open, let close):
      Wording(
        "'\(close)' can't close a '\(open)'",
        hint: "close it with '\(open == "(" ? ")" : "]")'")
    case .malformedNumber, .leadingZeros, .radixNumber, .imaginaryNumber, .integerTooLarge:
      numberWording
    default: stringWording
    }
  }

  private var numberWording: Wording {
    switch self {
    case .leadingZeros(let text, let plain):
      Wording("the number \(text) begins with 0", hint: "write \(plain)")
    case .radixNumber(let text, let decimal):
      Wording(
        "numbers are decimal, and \(text) is not", hint: decimal.map { "write \($0)" })
    case .imaginaryNumber(let text):
      Wording("nn has no complex numbers: \(text)")
    case .integerTooLarge(let digits):
      Wording(
        "the integer \(digits) is larger than 9223372036854775807",
        hint: digits.count < 30 && !digits.contains("…")
          ? "write it as a float: \(digits).0" : "write it as a float: 1e\(max(digits.count, 26))")
    case .malformedNumber(let text):
      Wording(
        "\(text) is not a number",
        hint: "a name begins with a letter, and a product is written with *")
    default: Wording("this is not a number")
    }
  }

  private var stringWording: Wording {
    switch self {
    case .unclosedString:
      Wording(
        "this string is not closed on its line",
        hint: "close it with its quote, or write \"\"\"…\"\"\" for several lines")
    case .unclosedTripleString: Wording("this string is never closed")
    case .stringPrefix(let prefix):
      Wording(
        "nn has no strings with '\(prefix)' before the quote",
        hint: prefix.lowercased().contains("r")
          ? "drop it, and write \\\\ for a backslash" : "drop it")
    case .unknownEscape(let letter):
      letter == "N"
        ? Wording("nn has no escape '\\N'", hint: "write the character itself, or its \\u number")
        : Wording(
          "'\\\(letter)' is no escape", hint: "write \\\\\(letter) for a backslash before \(letter)"
        )
    case .incompleteEscape(let text, let digits):
      Wording("'\(text)' needs \(digits) hexadecimal digits")
    case .noSuchCharacter(let text): Wording("'\(text)' is no Unicode character")
    case .loneBrace: Wording("a '}' without its '{' in an f-string", hint: "write }} for a brace")
    case .fieldEmpty:
      Wording("no expression between '{' and '}'", hint: "write {{ for a brace")
    case .fieldUnclosed:
      Wording(
        "this '{' is not closed in its f-string",
        hint: "close it with }, or write {{ for a brace; inside, use the other kind of quote")
    case .fieldsTooDeep: Wording("fields of an f-string nest at most two deep")
    case .conversion(let letter):
      Wording("'!\(letter)' is no conversion", hint: "write !r, !s or !a")
    default: Wording("this can't be read")
    }
  }

  /// Operators of other languages and what to write instead.
  package static let foreignOperators: [String: String] = [
    "===": "write ==", "!==": "write !=", "<>": "write !=", "=>": "write >=", "=<": "write <=",
    "&&": "write and", "||": "write or", ":=": "assign on a line of its own",
    "->": "leave the result's type out", "<<": "multiply by a power of 2",
    ">>": "divide by a power of 2 with //", "//=": "write x = x // …", "%=": "write x = x % …",
    "**=": "write x = x ** …", "@=": "write x = x @ …", "&=": "write x = x & …",
    "|=": "write x = x | …", "^=": "write x = x ^ …",
  ]

  private static func strange(_ character: String) -> Wording {
    if let scalar = character.unicodeScalars.first, isInvisible(scalar) {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let code = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      return Wording(
        "the invisible character U+\(code) can't stand here",
        hint: code == "00A0" ? "write an ordinary space" : "delete it")
    }
    switch character {
    case "{", "}":
      return Wording(
        "nn has no braces, so no dicts and sets",
        hint: "write a list, [a, b], or several names; blocks are indented")
    case ";":
      return Wording("nn has no ';'", hint: "begin a new line; arguments are separated by ','")
    case "!": return Wording("nn has no operator '!'", hint: "write not")
    default:
      return Wording(
        "the character '\(character)' can't stand here", hint: replacements[character])
    }
  }

  private static let replacements: [String: String] = [
    "“": "write \"", "”": "write \"", "„": "write \"", "‘": "write '", "’": "write '",
    "«": "write \"", "»": "write \"", "×": "write *", "·": "write * or @", "⋅": "write * or @",
    "÷": "write /", "−": "write -", "–": "write -", "—": "write -", "≤": "write <=",
    "≥": "write >=", "≠": "write !=", "√": "write sqrt(…)", "²": "write ** 2", "³": "write ** 3",
    "←": "write =", "∞": "write inf", "∑": "write sum(…)", "…": "write ...", "，": "write ,",
    "（": "write (", "）": "write )", "：": "write :", "?": "write a if condition else b",
    "⊙": "write *", "⊗": "write outer(a, b)", "∂": "names are made of letters, digits and _",
    "$": "names are made of letters, digits and _",
  ]

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .surrogate,
      .privateUse, .unassigned, .nonspacingMark:
      true
    default: false
    }
  }
}
