/// Formulas in TeX's notation. None of them keeps a page from being written.
package enum FormulaProblem: Sendable, Hashable {
  case unknownCommand(String, suggestion: String?)
  case unknownEnvironment(String)
  /// What can't stand where it does: `}`, `&`, `\right`.
  case stray(String)
  case unclosed(String)
  case mismatchedEnd(begin: String, end: String)
  case missingArgument(String)
  case missingDelimiter(String)
  case doubleScript(String)
  case invalidWidth(String)
  case tooDeep(limit: Int)
  case tooLong(bytes: Int, limit: Int)

  package var wording: Wording {
    switch self {
    case .unknownCommand(let name, let suggestion):
      Wording(
        "formulas have no command '\(name)' here; it is shown as it is written",
        hint: suggestion.map { "did you mean \($0)?" }
          ?? "write a word as \\text{...}, a function's name as \\operatorname{...}")
    case .unknownEnvironment(let name):
      Wording(
        "formulas have no environment '\(name)' here; its rows are shown without it",
        hint: "there are matrix, pmatrix, bmatrix, vmatrix, cases, array, aligned and gathered")
    case .stray(let text):
      Wording("'\(text)' has nothing to end or to part here; it is left out of the formula")
    case .unclosed(let text):
      Wording("'\(text)' is not closed in this formula", hint: Self.closing(text))
    case .mismatchedEnd(let begin, let end):
      Wording(
        "\\end{\(end)} closes what \\begin{\(begin)} began", hint: "write \\end{\(begin)}")
    case .missingArgument(let text):
      Wording("nothing stands behind '\(text)' that it could belong to", hint: "write \(text){...}")
    case .missingDelimiter(let text):
      Wording(
        "there is no delimiter behind '\(text)'",
        hint: "write one, as in \(text)( or, for none, \(text).")
    case .doubleScript(let text):
      Wording(
        "a second '\(text)' upon one symbol", hint: "use braces, as in {x\(text)a}\(text)b")
    case .invalidWidth(let text):
      Wording("'\(text)' is no width", hint: "write one like 1em or 5pt")
    case .tooDeep(let limit):
      Wording("the formula is nested more than \(limit) deep; it is shown as it is written")
    case .tooLong(let bytes, let limit):
      Wording(
        "the formula has \(bytes) bytes, more than \(limit); it is shown as it is written",
        hint: "a $ that begins no formula is written \\$")
    }
  }

  private static func closing(_ text: String) -> String? {
    switch text {
    case "{": "write } where the group ends"
    case "[": "write ] where it ends"
    case "\\left": "write \\right) or, for no delimiter, \\right."
    default: text.hasPrefix("\\begin") ? "write \\end" + text.dropFirst(6) : nil
    }
  }
}
