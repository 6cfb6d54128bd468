import NNSource
import Testing

@testable import NNMarkdown

/// What stands between fences, and where: proven by reading the places back off the file.
@Suite struct CodeBlockTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let id: String
    let markdown: String
    /// What each block holds.
    let literals: [String]
    /// The file's text from fence to fence.
    let ranges: [String]
    var testDescription: String { id }
  }

  static let cases = [
    Case(
      id: "plain", markdown: "a\n\n```nn one\nx = 1\n\n y\n```  \nb",
      literals: ["x = 1\n\n y\n"], ranges: ["```nn one\nx = 1\n\n y\n```"]),
    Case(
      id: "tildes and a longer close", markdown: "~~~~nn\n~~~\n~~~~~\n", literals: ["~~~\n"],
      ranges: ["~~~~nn\n~~~\n~~~~~"]),
    Case(id: "empty", markdown: "```nn\n```", literals: [""], ranges: ["```nn\n```"]),
    Case(
      id: "indented fence", markdown: "  ```nn\n  a\n b\n    c\n  ```\n",
      literals: ["a\nb\n  c\n"], ranges: ["```nn\n  a\n b\n    c\n  ```"]),
    Case(
      id: "quote", markdown: "> ```nn\n> a\n>\n>  b\n> ```\nc", literals: ["a\n\n b\n"],
      ranges: ["```nn\n> a\n>\n>  b\n> ```"]),
    Case(
      id: "quote without spaces", markdown: ">```nn\n>a\n> b\n>```\n", literals: ["a\nb\n"],
      ranges: ["```nn\n>a\n> b\n>```"]),
    Case(
      id: "list", markdown: "1. a\n\n   ```nn\n   x\n\n     y\n   ```\n2. b\n",
      literals: ["x\n\n  y\n"], ranges: ["```nn\n   x\n\n     y\n   ```"]),
    Case(
      id: "fence on the marker's line", markdown: "- ```nn\n  x\n  ```\n", literals: ["x\n"],
      ranges: ["```nn\n  x\n  ```"]),
    Case(
      id: "quote in a list in a quote",
      markdown: "> - a\n>   > ```nn\n>   > x = 1\n>   >   y\n>   > ```\n",
      literals: ["x = 1\n  y\n"],
      ranges: ["```nn\n>   > x = 1\n>   >   y\n>   > ```"]),
    Case(
      id: "a tab that a quote and the fence share", markdown: ">\t```nn\n>\t\tb\n>   c\n>\t```\n",
      literals: ["\tb\nc\n"], ranges: ["```nn\n>\t\tb\n>   c\n>\t```"]),
    Case(
      id: "a tab as a list's indentation", markdown: "- a\n\n\t```nn\n\tx\n\t\ty\n\t```\n",
      literals: ["x\n\ty\n"], ranges: ["```nn\n\tx\n\t\ty\n\t```"]),
    Case(
      id: "a tab wider than the list", markdown: "- ```nn\n\tx\n  ```\n", literals: ["  x\n"],
      ranges: ["```nn\n\tx\n  ```"]),
    Case(
      id: "tabs in a list in a quote",
      markdown: "> 1. a\n>\n> \t\t```nn\n> \t\tx\n> \t\t\ty\n>      z\n>         0\n> \t\t```\n",
      literals: ["x\n\ty\nz\n  0\n"],
      ranges: ["```nn\n> \t\tx\n> \t\t\ty\n>      z\n>         0\n> \t\t```"]),
    Case(
      id: "beyond ASCII", markdown: "> é ```\n> ~~~nn\n> θ = \"λ\"\n> ~~~\n",
      literals: ["θ = \"λ\"\n"], ranges: ["~~~nn\n> θ = \"λ\"\n> ~~~"]),
    Case(
      id: "carriage returns", markdown: "> ```nn\r\n> a\r\n> ```\r\n", literals: ["a\n"],
      ranges: ["```nn\n> a\n> ```"]),
    Case(
      id: "not fenced, not counted", markdown: "    ```nn\n    x\n\n```nn\ny\n```\n",
      literals: ["y\n"], ranges: ["```nn\ny\n```"]),
    Case(
      id: "in a footnote", markdown: "a[^1]\n\n[^1]: b\n\n    ```nn\n    x\n    ```\n",
      literals: ["x\n"], ranges: ["```nn\n    x\n    ```"]),
  ]

  @Test(arguments: cases)
  func block(_ example: Case) {
    let file = SourceFile(name: "a.md", text: example.markdown)
    let blocks = MarkdownDocument(file).codeBlocks
    #expect(blocks.map { String(decoding: $0.literal.utf8, as: UTF8.self) } == example.literals)
    #expect(blocks.map { file.text($0.range) } == example.ranges)
    for block in blocks {
      #expect(block.isClosed)
      expectEveryByteInPlace(block.literal, file)
    }
  }

  @Test(arguments: [
    ("to the file's end", "a\n\n```nn\nx\ny", "```nn\nx\ny"),
    ("no line at all", "```nn", "```nn"),
    ("blank lines at the end", "```nn\nx\n\n\n", "```nn\nx"),
    ("ended by its quote", "> ```nn\n> x\na", "```nn\n> x"),
    ("ended by its quote, a fence follows", "> ```nn\n> x\n```\n```", "```nn\n> x"),
    ("ended by its item", "- ```nn\n  x\n- b", "```nn\n  x"),
    ("a shorter close", "````nn\nx\n```\n", "````nn\nx\n```"),
    ("another mark", "```nn\n~~~", "```nn\n~~~"),
  ])
  func unclosed(id: String, markdown: String, range: String) throws {
    let file = SourceFile(name: "a.md", text: markdown)
    let block = try #require(MarkdownDocument(file).codeBlocks.first)
    #expect(!block.isClosed)
    #expect(file.text(block.range).trimmingEnd == range)
  }

  @Test func infoIsAsWritten() throws {
    let file = SourceFile(name: "a.md", text: "- ~~~  nn a  x=\"\\\"&amp;`\"\t \n  ~~~")
    let block = try #require(MarkdownDocument(file).codeBlocks.first)
    #expect(block.info == "nn a  x=\"\\\"&amp;`\"")
    #expect(file.text(block.infoRange) == block.info)
    #expect(file.text(block.fenceRange).hasPrefix("~~~  nn"))
  }

  @Test func footnotesAreMarked() {
    let text =
      "a[^used]\n\n[^used]: b\n\n    ```nn\n    ```\n\n[^not]: c\n\n    ```nn\n    ```\n\n```nn\n```"
    let file = SourceFile(name: "a.md", text: text)
    let document = MarkdownDocument(file)
    #expect(document.codeBlocks.map(\.isInFootnote) == [true, true, false])
    #expect(document.codeBlocks.map(\.index) == [0, 1, 2])
    #expect(document.unusedFootnotes.map { file.text($0) } == ["[^not]: c"])
  }

  @Test func bodyStartsBehindAFrontMatter() throws {
    let text = "---\ntitle: x\n---\n```nn\ny\n```\n"
    let file = SourceFile(name: "a.md", text: text)
    let document = MarkdownDocument(file, bodyStart: 17)
    let block = try #require(document.codeBlocks.first)
    #expect(file.text(block.range) == "```nn\ny\n```")
    #expect(document.headings.isEmpty)
    #expect(file.position(of: block.literal.fileOffset(of: 0)).line == 5)
  }
}

extension String {
  var trimmingEnd: String {
    String(decoding: Array(utf8)[...].dropLast { $0 == 10 }, as: UTF8.self)
  }
}

extension ArraySlice {
  fileprivate func dropLast(while predicate: (Element) -> Bool) -> ArraySlice {
    var end = endIndex
    while end > startIndex, predicate(self[end - 1]) { end -= 1 }
    return self[startIndex..<end]
  }
}

/// Every byte of the slice but white space stands in the file where the slice says it does.
func expectEveryByteInPlace(_ slice: SourceSlice, _ file: SourceFile) {
  for offset in slice.utf8.indices where slice.utf8[offset] > 0x20 {
    let place = slice.fileOffset(of: offset)
    #expect(file.utf8[place] == slice.utf8[offset], "byte \(offset)")
    #expect(slice.fileRange(offset, offset + 1) == SourceRange(place, place + 1))
  }
}
