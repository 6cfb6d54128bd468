import NNSource
import Testing

@testable import NNMarkdown

/// What is passed on as Markdown holds no raw HTML and no link that the page would refuse.
@Suite struct ProseEscaperTests {
  private func escaped(_ text: String) -> String {
    let file = SourceFile(name: "a.md", text: text)
    var bytes = file.utf8
    for place in ProseEscaper.escapes(in: MarkdownDocument(file)).reversed() {
      bytes.insert(UInt8(ascii: "\\"), at: place)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("# A <img src=x onerror=alert(1)> *b*", "# A \\<img src=x onerror=alert(1)> *b*"),
    ("[x](javascript:alert(1)) [y](z.md)", "\\[x](javascript:alert(1)) [y](z.md)"),
    ("[*a*](JAVASCRIPT:b)", "\\[*a*](JAVASCRIPT:b)"),
    ("[a](&#106;avascript:b)", "\\[a](&#106;avascript:b)"),
    ("[a](<  javascript:b>)", "\\[a](<  javascript:b>)"),
    ("![a](data:text/html,b)", "!\\[a](data:text/html,b)"),
    ("<javascript:a> <https://b.c>", "\\<javascript:a> <https://b.c>"),
    (
      "[a][r] [r] [s]\n\n[r]: vbscript:b\n[s]: c", "\\[a]\\[r] \\[r] [s]\n\n[r]: vbscript:b\n[s]: c"
    ),
    ("[a [b](javascript:c) d](file:e)", "\\[a \\[b](javascript:c) d](file:e)"),
    // A tag's own marks are text, too.
    ("<a title=\"*b* `c`\">", "\\<a title=\"\\*b\\* \\`c\\`\">"),
    ("a \\\\<b> \\<c> \\[d](javascript:e)", "a \\\\\\<b> \\<c> \\[d](javascript:e)"),
    // Where cmark's own places are wrong: behind a hard break, over two lines.
    (
      "a <i>b</i>  \nc [d\ne](javascript:f) [g](h)",
      "a \\<i>b\\</i>  \nc \\[d\ne](javascript:f) [g](h)"
    ),
    ("- a\n  <javascript:b> [c](d)", "- a\n  \\<javascript:b> [c](d)"),
    ("> <div>\n> *a* [b](c)\n> </div>", "> \\<div>\n> \\*a\\* \\[b](c)\n> \\</div>"),
    (
      "| a |\n|---|\n| <b>c</b> \\| [d](data:e) |",
      "| a |\n|---|\n| \\<b>c\\</b> \\| \\[d](data:e) |"
    ),
    ("<script>\n# a\n\n- b\n</script>", "\\<script>\n\\# a\n\n\\- b\n\\</script>"),
    ("a\n\n[^1]: <b>c</b>", "a\n\n\\[^1]: \\<b>c\\</b>"),
    // A comment may end earlier for a browser.
    ("<!--> <img src=x> -->", "\\<!--> \\<img src=x> -->"),
    ("<!-- a --!> <img src=x> -->", "\\<!-- a --!> \\<img src=x> -->"),
  ])
  func whatIsRefusedIsText(markdown: String, expected: String) {
    #expect(escaped(markdown) == expected)
    #expect(escaped(expected) == expected)
  }

  @Test(arguments: [
    "a `<b>` [c](d) <https://e.f> ![g](h.png) www.i.j", "```html\n<b>\n```", "    <b>",
    "<!-- a [b](javascript:c) -->", "a <!-- b --> c", "$a<b>c$ and 1 < 2", "[^1]\n\n[^1]: a",
  ])
  func everythingElseStays(markdown: String) { #expect(escaped(markdown) == markdown) }

  /// Ten thousand of them, some at places that cmark does not tell.
  @Test(.timeLimit(.minutes(1))) func manyAreFoundInTime() {
    let line = "a <b>c</b> [d](javascript:e)  \n"
    let text = escaped(String(repeating: line, count: 3000))
    let left = MarkdownDocument(SourceFile(name: "a.md", text: text))
    #expect(!left.hasRefused)
  }

  @Test func aTextThatIsNotParsedHasNoMarkup() {
    let deep = String(repeating: "> ", count: 5000) + "<b>"
    #expect(escaped(deep).hasSuffix("\\<b>"))
  }
}
