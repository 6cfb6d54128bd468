import NNSource
import Testing

@testable import NNMarkdown

/// GFM 6.9, beyond the specification's own examples (`ConformanceTests` runs those).
@Suite struct AutolinkTests {
  @Test(arguments: [
    ("www.a.b", ["www.a.b"]),
    ("see www.a.b.", ["www.a.b"]),
    ("xwww.a.b", []),
    ("(www.a.b)", ["www.a.b"]),
    ("www.a", ["www.a"]),
    ("www.", []),
    ("http://a.b", ["http://a.b"]),
    ("HTTPS://A.b/C", ["HTTPS://A.b/C"]),
    ("http://a", []),
    ("http://", []),
    ("http://.a.b", []),
    ("http://a_b.c", []),
    ("http://a_b.c.d", ["http://a_b.c.d"]),
    ("http://a.b/c?d=e&f=g#h", ["http://a.b/c?d=e&f=g#h"]),
    ("http://a.b/(c)", ["http://a.b/(c)"]),
    ("http://a.b/(c))", ["http://a.b/(c)"]),
    ("http://a.b/((c)", ["http://a.b/((c)"]),
    ("http://a.b/c).d)", ["http://a.b/c).d"]),
    ("http://a.b/c&amp", ["http://a.b/c&amp"]),
    ("http://a.b/c&hl;", ["http://a.b/c"]),
    ("http://a.b/c;", ["http://a.b/c"]),
    ("http://a.b/c?!.,:*_~'\"", ["http://a.b/c"]),
    ("http://a.b/<c", ["http://a.b/"]),
    ("http://a.b,http://c.d", ["http://a.b,http://c.d"]),
    ("http://bücher.example/ü", ["http://bücher.example/ü"]),
    ("ahttp://a.b", []),
    ("ftp://a.b", []),
    ("javascript:a.b", []),
    ("a@b.c", ["a@b.c"]),
    ("a@b", []),
    ("a.b-c_d+e@f.g", ["a.b-c_d+e@f.g"]),
    ("a@b.c-", []),
    ("a@b.c_", []),
    ("a@b.c.", ["a@b.c"]),
    ("a@b@c.d", ["b@c.d"]),
    ("@b.c", []),
    ("a@", []),
    (":@a.b x", []),
    ("a@b.c d@e.f", ["a@b.c", "d@e.f"]),
    ("http://a.b/c@d.e", ["http://a.b/c@d.e"]),
  ])
  func scan(text: String, expected: [String]) {
    let bytes = Array(text.utf8)
    let links = AutolinkScanner.links(in: bytes, isAtStart: true)
    #expect(links.map { String(decoding: bytes[$0.range], as: UTF8.self) } == expected)
  }

  @Test(arguments: [
    ("*www.a.b* `c`www.a.b", 1), ("[www.a.b](c) ![http://d.e](f)", 0), ("`http://a.b`", 0),
    ("a\nwww.a.b\nb", 1), ("<b>www.a.b", 0), ("# http://a.b", 1), ("|www.a.b|\n|-|\n|c@d.e|", 2),
    ("a[^1]\n\n[^1]: http://a.b", 1), ("www.a.b/*c*", 1), ("http\\://a.b", 1),
  ])
  func inADocument(markdown: String, count: Int) {
    let html = MarkdownDocument(SourceFile(name: "a.md", text: markdown)).html()
    let links = html.components(of: "<a href=\"http://") + html.components(of: "<a href=\"mailto:")
    #expect(links == count, "\(html)")
  }
}
