import NNSource
import Testing

@testable import NNMarkdown

@Suite struct HeadingTests {
  private func headings(_ markdown: String) -> [MarkdownDocument.Heading] {
    MarkdownDocument(SourceFile(name: "a.md", text: markdown)).headings
  }

  @Test(arguments: [
    ("Hello World", "hello-world"),
    ("Größe & Maß", "größe--maß"),
    ("Ünïcode ΣΑΣ", "ünïcode-σασ"),
    ("一、神经网络", "一神经网络"),
    ("a_b-c.d!", "a_b-cd"),
    ("1. First", "1-first"),
    ("!!!", "section"),
    ("fn-1", "h-fn-1"),
    ("`x = 1` and *y*", "x--1-and-y"),
    ("a &amp; <b>", "a--"),
  ])
  func anchor(text: String, anchor: String) {
    #expect(headings("# " + text).map(\.anchor) == [anchor])
  }

  @Test func anchorsAreUnique() {
    let anchors = headings("# a\n# a\n# a-1\n# a\n# A\n").map(\.anchor)
    #expect(anchors == ["a", "a-1", "a-1-1", "a-2", "a-3"])
  }

  @Test func textAndLevel() {
    let found = headings("# A `b`\n\nc *d*\ne\n---\n\n> ### f\n")
    #expect(found.map(\.text) == ["A b", "c d e", "f"])
    #expect(found.map(\.level) == [1, 2, 3])
    #expect(found[0].text(codeSpan: { "<\($0)>" }) == "A <0>")
  }

  @Test func ranges() {
    let file = SourceFile(name: "a.md", text: "## a\nb\nc\n===\nd\n\ne\n---")
    let ranges = MarkdownDocument(file).headings.map { file.text($0.range) }
    #expect(ranges == ["## a", "b\nc\n===", "e\n---"])
  }

  @Test func noneInFootnotes() {
    #expect(headings("a[^1]\n\n[^1]: # b\n").isEmpty)
  }
}
