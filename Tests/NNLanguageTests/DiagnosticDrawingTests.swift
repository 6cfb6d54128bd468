import NNSource
import Testing

@Suite struct DiagnosticDrawingTests {
  private func drawing(
    _ text: String, _ lower: Int, _ upper: Int, severity: Diagnostic.Severity = .error,
    _ problem: SyntaxProblem = .outsideFunction
  ) -> String {
    let file = SourceFile(name: "letters.md", text: text)
    return Diagnostic(severity, .syntax(problem), at: SourceRange(lower, upper)).text(in: file)
  }

  private let message = "'return' stands outside a function"

  @Test func aSpanIsUnderlined() {
    #expect(
      drawing("a = 1\nb = a ++\n", 12, 14, .foreign(.increment("++"))) == """
        letters.md:2:7: nn has no '++'
        2 | b = a ++
          |       ^^
        hint: write x += 1
        """)
  }

  @Test func theGutterIsAsWideAsTheLineNumber() {
    let text = String(repeating: "\n", count: 99) + "ab"
    #expect(drawing(text, 100, 101) == "letters.md:100:2: \(message)\n100 | ab\n    |  ^")
  }

  @Test func aWarningSaysSo() {
    #expect(drawing("ab", 0, 2, severity: .warning).hasPrefix("letters.md:1:1: warning: '"))
  }

  @Test(arguments: [
    ("an empty range has one caret", "ab", 1, 1, "1 | ab\n  |  ^"),
    ("also after the line's end", "ab\n", 2, 2, "1 | ab\n  |   ^"),
    ("a tab is one column", "\ta", 1, 2, "1 |  a\n  |  ^"),
    ("wide characters take two", "変数 b", 7, 8, "1 | 変数 b\n  |      ^"),
    ("and two carets each", "変数 b", 0, 6, "1 | 変数 b\n  | ^^^^"),
    ("combining marks take none", "e\u{301}b", 3, 4, "1 | e\u{301}b\n  |  ^"),
    ("several lines: the first is underlined", "a (b\nc)", 2, 7, "1 | a (b\n  |   ^^"),
    ("controls are not written", "\u{1B}[2Ja", 4, 5, "1 | \u{FFFD}[2Ja\n  |     ^"),
    ("nor marks that turn the line", "a\u{202E}b", 4, 5, "1 | a\u{FFFD}b\n  |   ^"),
    ("an empty file has a line", "", 0, 0, "1 |\n  | ^"),
    ("a range beyond the end is cut", "ab", 1, 90, "1 | ab\n  |  ^"),
  ])
  func columns(id: String, text: String, lower: Int, upper: Int, expected: String) {
    let lines = drawing(text, lower, upper).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.dropFirst().joined(separator: "\n") == expected, Comment(rawValue: id))
  }

  @Test func aLongLineIsCutAroundTheSpan() {
    let long = String(repeating: "a", count: 500)
    let atStart = drawing(long, 0, 3).split(separator: "\n")
    #expect(atStart[1] == "1 | " + long.prefix(95) + "…")
    #expect(atStart[2] == "  | ^^^")
    let inside = drawing(long, 250, 252).split(separator: "\n")
    #expect(inside[1] == "1 | …" + long.prefix(94) + "…")
    #expect(inside[2] == "  | " + String(repeating: " ", count: 32) + "^^")
    let all = drawing(long, 0, 500).split(separator: "\n")
    #expect(all[2] == "  | " + String(repeating: "^", count: 96))
    let atEnd = drawing(long, 499, 500).split(separator: "\n")
    #expect(atEnd[1] == "1 | …" + long.prefix(95))
    #expect(atEnd[2] == "  | " + String(repeating: " ", count: 95) + "^")
  }
}
