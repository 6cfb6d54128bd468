import NNSource
import Testing

@testable import NNMarkdown

/// Where code spans stand, which cmark does not say reliably: proven by slicing the file.
@Suite struct CodeSpanTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let id: String
    let markdown: String
    /// What each span reads, and the file's text from back-tick to back-tick.
    let spans: [String: String]
    var order: [String] = []
    var testDescription: String { id }
  }

  private static func span(_ id: String, _ markdown: String, _ spans: [String: String]) -> Case {
    Case(id: id, markdown: markdown, spans: spans)
  }

  static let cases = [
    span(
      "paragraph", "a `b` c ``d ` e`` `` ` ``", ["b": "`b`", "d ` e": "``d ` e``", "`": "`` ` ``"]),
    span("spaces stay but one", "`  a  ` ` ` `  `", [" a ": "`  a  `", " ": "` `", "  ": "`  `"]),
    span("behind a hard break", "a\\\nb `c`  \nd `e`", ["c": "`c`", "e": "`e`"]),
    span("over two lines", "a `b\nc` d `e`", ["b c": "`b\nc`", "e": "`e`"]),
    span("over two lines of a quote", "> a `b\n> c` d\n> `e`", ["b c": "`b\n> c`", "e": "`e`"]),
    span("lazy lines", "> a\n`b` `c\nd` `e`", ["b": "`b`", "c d": "`c\nd`", "e": "`e`"]),
    span("an indented lazy line", "- > a\n\t`b`", ["b": "`b`"]),
    span("list", "- a\n  - `b`\n\n    `c`\n10. `d`", ["b": "`b`", "c": "`c`", "d": "`d`"]),
    span("heading", "## `a` b `c` ##", ["a": "`a`", "c": "`c`"]),
    span("heading with a tab", "#\t`a`", ["a": "`a`"]),
    span("heading in a quote", "> # `a`\n> b", ["a": "`a`"]),
    span("setext heading", "a\n`b`\n===\n`c`", ["b": "`b`", "c": "`c`"]),
    span("setext heading at the end", "`b`\n---", ["b": "`b`"]),
    span("setext heading in a quote", "> a\n> `b`\n> ---\n> c", ["b": "`b`"]),
    span(
      "behind link definitions", "[a]: b\n[c]: d\n  'e'\n`f` [a] [c]", ["f": "`f`"]),
    span("escaped back-ticks", "\\`a` b` \\\\`c`", [" b": "` b`", "c": "`c`"]),
    span("table", "|`a`|b|\n|---|---|\n|c|`d`|\n", ["a": "`a`", "d": "`d`"]),
    span("table without outer bars", "a | `b`\n--|--\n`c` | d\n", ["b": "`b`", "c": "`c`"]),
    span("bars in a table", "|a|\n|---|\n|`b \\| c` `d`|\n", ["b | c": "`b \\| c`", "d": "`d`"]),
    span(
      "table in a list in a quote", "> - |`a`|\n>   |---|\n>   |`b`|\n", ["a": "`a`", "b": "`b`"]),
    span("table with a lazy head", "> a\n|`b`|c|\n> |-|-|\n> |d|`e`|\n", ["b": "`b`", "e": "`e`"]),
    span(
      "table under text", "`a`\nx \\| `b`\n|c|`d`|\n|-|-|\n|e|`f`|\n",
      ["a": "`a`", "b": "`b`", "d": "`d`", "f": "`f`"]),
    span("a short and a long row", "|a|b|\n|-|-|\n|`c`|\n|d|`e`|`f`|\n", ["c": "`c`", "e": "`e`"]),
    span("the same twice in a row", "|a|b|\n|-|-|\n|x|`x`|\n", ["x": "`x`"]),
    span("footnote", "a[^1] `b`\n\n[^1]: `c`\n\n    `d`", ["b": "`b`", "c": "`c`", "d": "`d`"]),
    span("link text", "[`a`](b) [`c`][d]\n\n[d]: e", ["a": "`a`", "c": "`c`"]),
    span("link address", "[a](`x`) `x`", ["x": "`x`"]),
    span("link address in brackets", "[a](<`x`> \"t `x`\") `x`", ["x": "`x`"]),
    span("link title over two lines", "[a](b\n\"`x\n`\") `x`", ["x": "`x`"]),
    span("white space in a link", "[](\u{B}b`)`](b`)", ["](b": "`](b`"]),
    span("image", "![a `b`](c`d) `e`", ["b": "`b`", "e": "`e`"]),
    span("raw tag", "<a b=\"`x`\"> `x`", ["x": "`x`"]),
    span("plain autolink", "<http://a/`x`> `x`", ["x": "`x`"]),
    span("comment", "a <!-- `x` --> `x`", ["x": "`x`"]),
    span("emphasis", "*`a` **`b`*** ~~`c`~~", ["a": "`a`", "b": "`b`", "c": "`c`"]),
    span("unpaired", "`a ``b`` c", ["b": "``b``"]),
    span("beyond ASCII", "é `θ` λ `é`", ["θ": "`θ`", "é": "`é`"]),
    span("task", "- [x] `a`", ["a": "`a`"]),
  ]

  @Test(arguments: cases)
  func spans(_ example: Case) {
    let file = SourceFile(name: "a.md", text: example.markdown)
    let spans = MarkdownDocument(file).codeSpans
    let found = spans.map { [$0.text, file.text($0.range)] }.sorted { $0[0] < $1[0] }
    #expect(found == example.spans.map { [$0.key, $0.value] }.sorted { $0[0] < $1[0] })
    #expect(spans.map(\.index) == Array(spans.indices))
    #expect(spans.map(\.range.lower) == spans.map(\.range.lower).sorted())
    for span in spans { expectEveryByteInPlace(span.literal, file) }
  }

  /// The address of a link and a span that reads the same: only the span's place is right.
  @Test func theRightOneOfTwo() throws {
    for markdown in [
      "[a](`x`) `x`", "<a b=\"`x`\"> `x`", "[a](<`x`> \"t `x`\") `x`", "<http://a/`x`> `x`",
    ] {
      let file = SourceFile(name: "a.md", text: markdown)
      let span = try #require(MarkdownDocument(file).codeSpans.first)
      #expect(span.range.upper == file.utf8.count, "\(markdown)")
    }
  }

  @Test func footnotesCountWhereTheyStand() {
    let file = SourceFile(name: "a.md", text: "`a`[^1]\n\n[^1]: `b`\n\n`c`\n")
    let document = MarkdownDocument(file)
    #expect(document.codeSpans.map(\.text) == ["a", "b", "c"])
    let html = document.html(codeSpan: { "<b>\($0)</b>" })
    #expect(html.contains("<p><b>0</b><sup"))
    #expect(html.contains("<p><b>2</b></p>"))
    #expect(html.contains("<p><b>1</b> <a href"))
  }

  @Test func anUnpairedBackTickIsTold() {
    for (markdown, isStray) in [
      ("a ``` `nn b` `nn c`", true), ("a `nn b", true), ("a \\`nn b", false), ("`nn b`", false),
    ] {
      let document = MarkdownDocument(SourceFile(name: "a.md", text: markdown))
      #expect(document.strayInlines.isEmpty != isStray, "\(markdown)")
    }
  }
}
