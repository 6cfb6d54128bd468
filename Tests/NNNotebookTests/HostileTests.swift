import Foundation
import MarkdownHarness
import NNSource
import Testing

@testable import NNNotebook

/// What must hold for any bytes: `MarkdownHarness` reads the HTML back and lets only known tags and
/// attributes through, checks every range, and replaces every cell and span.
@Suite struct HostileTests {
  @Test(arguments: [
    "<script>alert(1)</script>", "<SCRIPT SRC=//a>", "a <script>b</script>",
    "<img src=x onerror=alert(1)>", "a <img src=x onerror=alert(1)> b",
    "<a href=\"javascript:alert(1)\">b</a>", "<a onclick='b'>c</a>", "<svg/onload=alert(1)>",
    "<style>@import 'a'</style>", "<iframe src=a></iframe>", "<!-- --> <script>a</script>",
    "<!--> <script>a</script>", "<!-- a\n--><script>\n-->", "a <!--<script>--> <b>",
    "<?php <script> ?>", "<![CDATA[<script>]]>", "<!DOCTYPE html>",
    "[a](javascript:alert(1))", "[a](<javascript:alert(1)>)", "[a]( javascript:b)",
    "[a](JaVaScRiPt:b)", "[a](&#x6A;avascript:b)", "[a](javascript&colon;b)",
    "[a](java\\script:b)", "[a]\n\n[a]: javascript:b 'onclick=c'", "<javascript:alert(1)>",
    "![a](javascript:b)", "![a](data:image/svg+xml,<svg onload=b>)",
    "[![a](javascript:b)](vbscript:c)",
    "[a](b \"\\\" onclick=c\")", "[a](b 'c\" onmouseover=\"d')", "[a](b\"onclick=c)",
    "# a\" onclick=\"b", "# <script>a</script>", "# a {#b onclick=c}",
    "```\" onclick=\"a\nb\n```", "```<script>\nb\n```", "```nn caption=\"</script><script>\"\n```",
    "`<script>`", "`\"onclick=a`", "|a|\n|-|\n|<script>b</script>|", "|a|\n|:-\" onclick=b|",
    "a[^\"onclick=b]\n\n[^\"onclick=b]: c", "a[^<b>]\n\n[^<b>]: c", "- [ ] <input onfocus=a>",
    "http://a.b/\"onclick=c", "http://a.b/<script>", "www.a.b/'onclick='c", "a@b.c\"onclick=d",
    "http://javascript:a.b", "~~<script>~~", "\\<script>", "&lt;script&gt;", "&#60;script&#62;",
    "<scr\u{0}ipt>", "<script\u{0}>", "[a](java\u{0}script:b)",
    "---\ntitle: <script>a</script>\n---\n# <script>\n",
  ])
  func markup(text: String) {
    #expect(MarkdownHarness.run(text.utf8) == nil)
    let html = notebook(text).markdown.html().lowercased()
    #expect(!html.contains("<script"))
    #expect(!html.contains("href=\"javascript:"))
    #expect(!html.contains("<img"))
  }

  @Test func everyConstruct() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../Fuzz/Corpus").standardized
    let names = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    #expect(!names.isEmpty)
    for name in names {
      let bytes = try Data(contentsOf: root.appending(path: name))
      #expect(MarkdownHarness.run(bytes) == nil, "\(name)")
    }
  }

  /// Pieces of Markdown in any order, the same every time.
  @Test(arguments: 0..<40)
  func pieces(seed: UInt64) {
    let pieces = [
      "> ", "- ", "  ", "1. ", "\t", "```nn a\n", "```\n", "~~~\n", "#| echo: x\n", "`nn x`", "`",
      "``", "|", "|-|-|\n", "a|b\n", "\\|", "[a](b)", "![a](b`c)", "[^a]", "[^a]: ", "[a]: b\n",
      "<a b='`'>", "<!-- ", "-->", "# ", "\n===\n", "\n---\n", "*", "**", "~~", "www.a.b", "a@b.c",
      "\\\n", "  \n", "\n", "\n\n", "é", "\u{0}", "&amp;", "<script>", "javascript:", "    ",
      "- [x] ", "---\ntitle: a\n---\n", "```", "x",
    ]
    var state = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    for _ in 0..<25 {
      var text = ""
      for _ in 0..<40 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      #expect(MarkdownHarness.run(text.utf8) == nil, "\(text.debugDescription)")
    }
  }

  /// The check itself finds what it is there for.
  @Test(arguments: [
    "<script>", "<p onclick=\"a\">", "<a href=\"javascript:b\">", "<img src=\"a\">", "<p class=a>",
    "<p class=\"a", "<!-- a -->", "<a href=\"data:b\">",
  ])
  func theCheckChecks(html: String) {
    #expect(HTMLCheck.fault(in: html) != nil)
  }
}
