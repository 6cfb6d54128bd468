import NNSource
import Testing

@testable import NNMarkdown

@Suite struct HTMLTests {
  private func html(_ markdown: String) -> String {
    MarkdownDocument(SourceFile(name: "a.md", text: markdown)).html()
  }

  @Test func cellsStandWhereTheirFencesStood() {
    let file = SourceFile(
      name: "a.md",
      text: "```nn\n1\n```\n- a\n  ```nn\n  2\n  ```\n\n> ```py\n> 3\n> ```\n\n~~~nn\n4\n~~~\n")
    let html = MarkdownDocument(file).html(codeBlock: { $0 == 2 ? nil : "<div>\($0)</div>" })
    #expect(
      html == """
        <div>0</div>
        <ul>
        <li>a
        <div>1</div>
        </li>
        </ul>
        <blockquote>
        <pre><code class="language-py">3
        </code></pre>
        </blockquote>
        <div>3</div>

        """)
  }

  @Test func spansAreReplacedInEveryPlace() {
    let text = "# `a`\n\n*`b`* [`c`](d) ![`e`](f)\n\n|`g`|\n|---|\n|`h`|\n"
    let document = MarkdownDocument(SourceFile(name: "a.md", text: text))
    let html = document.html(codeSpan: { "<data>\($0)</data>" })
    for index in 0..<6 { #expect(html.contains("<data>\(index)</data>")) }
    #expect(!html.contains("<code>"))
  }

  @Test func footnotesAreNumberedOnce() {
    let html = html("a[^x] b[^y] c[^x]\n\n[^y]: Y\n[^x]: X\n")
    #expect(html.contains("id=\"fnref-x\" data-footnote-ref>1</a>"))
    #expect(html.contains("id=\"fnref-y\" data-footnote-ref>2</a>"))
    #expect(html.contains("id=\"fnref-x-2\" data-footnote-ref>1</a>"))
    #expect(html.components(of: "<section") == 1)
  }

  @Test func tasks() {
    let html = html("- [x] a\n- [X] b\n- [ ] see [x]\n- \\[X] c\n- [X]\n")
    #expect(html.components(of: "disabled checked aria-label=\"done\"> ") == 2)
    #expect(html.components(of: "disabled aria-label=\"to do\"> see [x]") == 1)
    #expect(html.components(of: "checkbox") == 3)
    #expect(html.contains("<li>[X] c</li>"))
  }

  @Test func headings() {
    #expect(
      html("# A *b*\n\nc\n---\n")
        == "<h1 id=\"a-b\">\nA <em>b</em>\n</h1>\n<h2 id=\"c\">\nc\n</h2>\n")
    #expect(html("- # a\n") == "<ul>\n<li>\n<h1 id=\"a\">\na\n</h1>\n</li>\n</ul>\n")
  }

  @Test func rawHTMLIsShownAsText() {
    #expect(html("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n")
    #expect(
      html("<div>\n<script>x</script>\n</div>\n")
        == "<pre class=\"raw\"><code>&lt;div&gt;\n&lt;script&gt;x&lt;/script&gt;\n&lt;/div&gt;\n</code></pre>\n"
    )
  }

  @Test func commentsAreLeftOut() {
    #expect(html("a <!-- b --> c") == "<p>a  c</p>\n")
    #expect(html("<!-- a\n\nb -->\n\nc\n") == "<p>c</p>\n")
    #expect(html("<!-- a --> <b>\n") == "<pre class=\"raw\"><code> &lt;b&gt;\n</code></pre>\n")
  }

  @Test(arguments: [
    ("[a](https://b.c/d)", "<a href=\"https://b.c/d\">a</a>"),
    ("[a](b.md#c)", "<a href=\"b.md#c\">a</a>"),
    ("[a](./b:c)", "<a href=\"./b:c\">a</a>"),
    ("[a](#b)", "<a href=\"#b\">a</a>"),
    ("[a](mailto:b@c.d)", "<a href=\"mailto:b@c.d\">a</a>"),
    ("[*a*](javascript:b)", "<em>a</em>"),
    ("[a](JAVASCRIPT:b)", "a"),
    ("[a](&#106;avascript:b)", "a"),
    ("[a](java&#10;script:b)", "a"),
    ("[a](<  javascript:b>)", "a"),
    ("[a](&#1;javascript:b)", "a"),
    ("[a](vbscript:b)", "a"),
    ("[a](data:text/html,b)", "a"),
    ("[a](data:image/png;base64,b)", "a"),
    ("[a](file:///etc/passwd)", "a"),
    ("[a](blob:b)", "a"),
    ("<javascript:a>", "javascript:a"),
    ("[a]\n\n[a]: javascript:b", "a"),
    ("![a](b.png)", "<a href=\"b.png\">a</a>"),
    ("![a](b.png \"t\")", "<a href=\"b.png\" title=\"t\">a</a>"),
    ("![](b.png)", "<a href=\"b.png\">b.png</a>"),
    ("![a](data:image/png;base64,b)", "a"),
    ("[![a](b.png)](c)", "<a href=\"c\">a</a>"),
    ("![a [b](c)](d)", "<a href=\"d\">a b</a>"),
  ])
  func links(markdown: String, expected: String) {
    #expect(html(markdown) == "<p>\(expected)</p>\n")
  }

  @Test func linksAreListed() {
    let file = SourceFile(name: "a.md", text: "[a](b) ![c](d)\n\n<http://e.f>\n")
    let links = MarkdownDocument(file).links
    #expect(links.map(\.url) == ["b", "d", "http://e.f"])
    #expect(links.map(\.isImage) == [false, true, false])
    #expect(file.position(of: links[2].range.lower).line == 3)
  }

  @Test func formulas() {
    let text =
      "$a_1 < `b` *c*$ and `nn $` $$\nd\n$$ $5 or $6 \\$e\\$\n\n*$f$*\n\n|$g \\| h$|\n|-|\n"
    let document = MarkdownDocument(SourceFile(name: "a.md", text: text))
    #expect(document.formulas.map(\.tex) == ["a_1 < `b` *c*", "\nd\n", "f", "g | h"])
    #expect(document.formulas.map(\.isDisplay) == [false, true, false, false])
    #expect(document.codeSpans.map(\.text) == ["nn $"])
    // Left alone, a formula is its own text.
    #expect(document.html().contains("<p>$a_1 &lt; `b` *c*$ and"))
    #expect(document.html(formula: { "<math>\($0)</math>" }).contains("<em><math>2</math></em>"))
  }

  /// cmark's tables are one for the process.
  @Test func manyAtOnce() async {
    let text = "|~~a~~|`b`|\n|-|-|\n|www.a.b|c[^1]|\n\n[^1]: d\n\n- [x] e\n"
    let expected = html(text)
    let results = await withTaskGroup(of: String.self) { group in
      for _ in 0..<64 { group.addTask { html(text) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.allSatisfy { $0 == expected })
  }
}

extension String {
  /// How often `part` stands in the text.
  func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
