import NNSource
import Testing

@testable import NNNotebook

@Suite struct NotebookTests {
  @Test func cellsAreNumberedAndLabelled() {
    let book = notebook("```nn\n1\n```\n```py\n2\n```\n> ```nn two\n> 3\n> ```\n~~~nn\n~~~\n")
    #expect(book.diagnostics.isEmpty)
    #expect(book.cells.map(\.number) == [1, 2, 3])
    #expect(book.cells.map(\.label) == ["cell-1", "two", "cell-3"])
    #expect(book.cells.map(\.blockIndex) == [0, 2, 3])
    #expect(book.cells.map { $0.labelRange.map(book.source.text) } == [nil, "two", nil])
    #expect(
      book.cells.map { String(decoding: $0.program.utf8, as: UTF8.self) } == ["1\n", "3\n", ""])
    #expect(book.source.text(book.cells[1].range) == "```nn two\n> 3\n> ```")
    #expect(book.source.text(book.cells[1].fenceRange) == "```nn two")
  }

  @Test func aBadLabelLeavesTheCell() {
    let book = notebook("```nn a\n```\n```nn a\n```\n```nn 1\n```\n")
    #expect(book.cells.map(\.label) == ["a", "cell-2", "cell-3"])
    #expect(book.hasErrors)
  }

  @Test func optionsInTheInfoString() {
    let info =
      "a echo=fold output=hide eval=false error=true cache=false timeout=1.5m "
      + "caption=\"a \\\"b\\\" \\\\c\" tolerance=1e-6"
    let book = notebook("```nn \(info)\n```\n")
    #expect(book.diagnostics.isEmpty)
    let options = book.cells[0].options
    #expect(options.echo == .fold)
    #expect(options.output == .hide)
    #expect(!options.isEvaluated)
    #expect(options.expectsError)
    #expect(!options.isCached)
    #expect(options.timeout == 90)
    #expect(options.caption == "a \"b\" \\c")
    #expect(options.tolerance == Tolerance(absolute: 1e-6, relative: 1e-6))
    #expect(options.ranges.count == CellOption.allCases.count)
    #expect(options.ranges[.timeout].map(book.source.text) == "timeout=1.5m")
  }

  @Test func optionsInLines() {
    let lines =
      "#| echo: false\n  #|output:fold\n#| caption: Loss by epoch, # and 'all'\n#| timeout: 500ms\n"
    let book = notebook("> ```nn\n" + lines.quoted + "> \n> x = 1\n> ```\n")
    #expect(book.diagnostics.isEmpty)
    let cell = book.cells[0]
    #expect(cell.options.echo == .hide)
    #expect(cell.options.output == .fold)
    #expect(cell.options.caption == "Loss by epoch, # and 'all'")
    #expect(cell.options.timeout == 0.5)
    #expect(cell.options.ranges[.echo].map(book.source.text) == "echo: false")
    #expect(String(decoding: cell.program.utf8[cell.displayStart...], as: UTF8.self) == "x = 1\n")
  }

  @Test func quotedValuesInLines() {
    let book = notebook("```nn\n#| caption: \"a: \\\"b\\\"\"\n#| echo: 'fold'\n```\n")
    #expect(book.cells[0].options.caption == "a: \"b\"")
    #expect(book.cells[0].options.echo == .fold)
    #expect(book.cells[0].displayStart == book.cells[0].program.utf8.count)
  }

  @Test func withoutOptionLinesAllIsShown() {
    #expect(notebook("```nn\n\n# x\n1\n```\n").cells[0].displayStart == 0)
  }

  @Test func inlinesKnowTheCellsAboveThem() {
    let text =
      "`nn a` `nnb` `c`\n```nn\n```\n- `nn\n  d`\n```nn\n```\n|``nn  e \\| `f` ``|\n|---|\n"
    let book = notebook(text)
    #expect(book.diagnostics.isEmpty)
    #expect(book.inlines.map(\.number) == [1, 2, 3])
    #expect(book.inlines.map(\.cellsAbove) == [0, 1, 2])
    #expect(book.inlines.map(\.spanIndex) == [0, 3, 4])
    let texts = book.inlines.map { String(decoding: $0.expression.utf8, as: UTF8.self) }
    #expect(texts == ["a", "d", "e | `f`"])
    let places = book.inlines.map { book.source.position(of: $0.expression.fileOffset(of: 0)) }
    #expect(places.map(\.line) == [1, 5, 8])
    #expect(places.map(\.column) == [5, 3, 8])
    let bar = book.inlines[2].expression.fileRange(2, 3)
    #expect(book.source.text(bar) == "|")
  }

  @Test(arguments: [
    ("---\ntitle: A\n---\n# B\n", "x.md", "A"), ("## B\n\n# C `d`\n", "x.md", "C d"),
    ("a", "notes/my book.md", "my book"), ("", "x", "x"), ("# \n", "a/.md", ".md"),
    ("---\ntitle: ''\n---\n# B\n", "x.md", "B"),
  ])
  func title(text: String, name: String, title: String) {
    #expect(notebook(text, name: name).title == title)
  }

  @Test func anEmptyFile() {
    let book = notebook("")
    #expect(book.cells.isEmpty && book.inlines.isEmpty && book.diagnostics.isEmpty)
    #expect(book.markdown.html() == "")
  }
}

extension String {
  fileprivate var quoted: String {
    split(separator: "\n").map { "> \($0)\n" }.joined()
  }
}
