import NNSource
import Testing

@testable import NNMarkdown

/// Texts that cmark-gfm would take long for are refused with the line that shows it; what is just
/// below a limit is read.
@Suite struct LimitTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let id: String
    let refused: String
    let line: Int
    let message: String
    let read: String
    var testDescription: String { id }
  }

  private static func nested(_ depth: Int) -> String {
    (0..<depth).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
  }

  private static func table(_ columns: Int, rows: Int) -> String {
    "|" + String(repeating: "a|", count: columns) + "\n|" + String(repeating: "-|", count: columns)
      + "\n" + String(repeating: "a|\n", count: rows)
  }

  static let cases = [
    Case(
      id: "quotes", refused: "a\n\n" + String(repeating: ">", count: 101) + "a", line: 3,
      message: "lists and quotes are nested more than 100 deep here",
      read: String(repeating: ">", count: 100) + "a"),
    Case(
      id: "lists", refused: nested(101), line: 101,
      message: "lists and quotes are nested more than 100 deep here", read: nested(100)),
    Case(
      id: "10,000 lists in a line", refused: String(repeating: "- ", count: 10_000) + "a", line: 1,
      message: "lists and quotes are nested more than 100 deep here",
      read: String(repeating: "- ", count: 99) + "a"),
    Case(
      id: "columns", refused: table(501, rows: 1), line: 2,
      message: "the table has more than 500 columns", read: table(500, rows: 1)),
    Case(
      id: "cells", refused: table(500, rows: 400), line: 402,
      message: "the notebook's tables have more than 200000 cells", read: table(500, rows: 399)),
    Case(
      id: "images", refused: String(repeating: "![[]()", count: 2001), line: 1,
      message: "more than 2000 images are begun in one paragraph",
      read: String(repeating: "![[]()", count: 2000)),
    Case(
      id: "table lines", refused: "a\n" + String(repeating: "-|-\n-|-|-\n", count: 2000),
      line: 1267,
      message: "the Markdown would take too long to read: too many lines of dashes and bars",
      read: "a\n" + String(repeating: "-|-\n-|-|-\n", count: 100)),
    Case(
      id: "declarations", refused: "a " + String(repeating: "<!A ", count: 8000), line: 1,
      message: "the Markdown would take too long to read: too many unclosed '<!' or '<?'",
      read: "a " + String(repeating: "<!A ", count: 1000)),
    Case(
      id: "links and emphasis", refused: String(repeating: "*a* [b](c) ", count: 15_000), line: 1,
      message: "the Markdown would take too long to read: too many links and '*' in one paragraph",
      read: String(repeating: "*a* [b](c) ", count: 1000)),
    Case(
      id: "definitions",
      refused: "[a]: " + String(repeating: "b", count: 20_000) + "\n\n"
        + String(repeating: "[a] ", count: 6000),
      line: 1, message: "the Markdown would take too long to read: too many long link definitions",
      read: "[a]: b\n\n" + String(repeating: "[a] ", count: 6000)),
    Case(
      id: "bytes", refused: String(repeating: "a\n", count: 5_000_001), line: 1,
      message: "the notebook has 10000002 bytes of Markdown; at most 10000000 are read",
      read: String(repeating: "a", count: 1_000_000)),
  ]

  @Test(arguments: cases)
  func limit(_ example: Case) throws {
    let file = SourceFile(name: "a.md", text: example.refused)
    let document = MarkdownDocument(file)
    let finding = try #require(document.diagnostics.first)
    #expect(document.diagnostics.count == 1)
    #expect(finding.problem.wording.message == example.message)
    #expect(file.position(of: finding.range.lower).line == example.line)
    // The page shows the source instead.
    #expect(document.html().hasPrefix("<pre class=\"raw\"><code>"))

    let below = MarkdownDocument(SourceFile(name: "a.md", text: example.read))
    #expect(below.diagnostics.isEmpty)
  }

  @Test func aLongLineIsRead() {
    let file = SourceFile(name: "a.md", text: String(repeating: "a ", count: 500_000) + "`b`")
    let document = MarkdownDocument(file)
    #expect(document.codeSpans.map { file.text($0.range) } == ["`b`"])
  }
}
