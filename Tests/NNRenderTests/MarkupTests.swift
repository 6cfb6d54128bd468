import Testing

@testable import NNRender

@Suite struct MarkupTests {
  @Test func textAndAttributesAreEscaped() {
    let markup = Markup.tag(
      "p", ["title": "a\"b<&>\n", "class": nil], "<script>alert(\"&\")</script>")
    #expect(
      MarkupWriter.string(markup)
        == "<p title=\"a&quot;b&lt;&amp;&gt;&#10;\">&lt;script&gt;alert(\"&amp;\")&lt;/script&gt;</p>"
    )
  }

  @Test func controlCharactersBecomeTheirPictures() {
    #expect(MarkupWriter.string(.text("a\u{0}b\u{1B}[31m\u{7F}\t\n\r")) == "a␀b␛[31m␡\t\n&#13;")
  }

  @Test func emptyElements() {
    #expect(MarkupWriter.string(.tag("br")) == "<br>")
    #expect(MarkupWriter.string(.tag("path", ["d": "M0 0"])) == "<path d=\"M0 0\"/>")
    #expect(MarkupWriter.string(.tag("td")) == "<td></td>")
  }

  @Test func finishedMarkupIsNotEscapedAgain() {
    #expect(MarkupWriter.string([.finished("<b>"), .text("<b>")]) == "<b>&lt;b&gt;")
  }
}
