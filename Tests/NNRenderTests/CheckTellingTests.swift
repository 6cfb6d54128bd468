import Foundation
import NNCheck
import NNOutput
import NNSource
import Testing

@testable import NNRender

/// What a check found → exactly what is told.
@Suite struct CheckTellingTests {
  private static func record(_ cells: [NotebookRecord.Cell]) -> NotebookRecord {
    NotebookRecord(title: "t", pieces: cells.map { .cell($0) })
  }

  private static func cell(
    _ number: Int, _ label: String, _ program: String, _ outputs: [CellOutput]
  ) -> NotebookRecord.Cell {
    NotebookRecord.Cell(
      label: label, number: number, program: program, state: .done, outputs: outputs,
      trace: CellTrace(program: ContentHash(of: program)))
  }

  private static func chart(_ y: [Double]) -> CellOutput {
    .chart(
      Chart(content: .lines([Chart.Series(label: "loss", x: y.indices.map(Double.init), y: y)])))
  }

  /// A point, a picture and evil text in one cell, a cell that is gone.
  private static func report() -> CheckReport {
    func picture(_ value: Double) -> CellOutput {
      .pictures(
        PictureGrid(
          pictures: [PictureGrid.Picture(width: 2, height: 1, values: [0, value])], columns: 1,
          colorMap: .gray, low: 0, high: 1))
    }
    let recorded = record([
      cell(1, "train", "train", [chart([1, 0.5]), picture(1), .text("a <b>\u{1B}[31m")]),
      cell(2, "old", "old", [.text("x")]),
    ])
    let fresh = record([
      cell(1, "train", "train it", [chart([1, 0.75]), picture(0.5), .text("a % <i>\u{1B}[31m")])
    ])
    var check = NotebookCheck(
      SourceFile(name: "a,b:c.md", text: "\n\n```nn train\ntrain it\n```\n"))
    check.comparison = Comparison(recorded: recorded, fresh: fresh)
    check.cells = [("train", 3)]
    check.findings = [.noPage("output/a.html", notebook: "a,b:c.md")]
    return CheckReport(
      notebooks: [check], findings: [("output/x.html", .orphan("output/x.html"))])
  }

  private static let told = """
    a,b:c.md:1: there is no page: output/a.html is missing
      hint: nnbook render a,b:c.md writes it
    a,b:c.md:1: cell 'old'
      is gone, and the record still has its outputs
    a,b:c.md:3: cell 'train'
      output 1, chart: point 2 of 'loss': y was 0.5, is 0.75 (by 0.25, relative 0.5); 0 more
      output 2, pictures: picture 1, row 1, column 2 was 1.0, is 0.5 (by 0.5, relative 0.5)
      output 3, text: line 1 was 'a <b>\u{FFFD}[31m', is 'a % <i>\u{FFFD}[31m'
      because its source changed
    output/x.html:1: output/x.html belongs to no notebook that was checked
      hint: remove it, or check its notebook too

    """.replacing("; 0 more", with: "")

  @Test func textForATerminal() {
    let report = Self.report()
    #expect(CheckText(report).text(isColoured: false) == Self.told)
    #expect(report.summary == "6 differences in 1 notebook")
    let coloured = CheckText(report).text(isColoured: true)
    #expect(coloured.contains("y was \u{1B}[31m0.5\u{1B}[0m, is \u{1B}[32m0.75\u{1B}[0m"))
    // Only our own colours reach the terminal.
    #expect(!coloured.contains("<b>\u{1B}"))
  }

  @Test func annotationsForGitHub() {
    let lines = CheckText(Self.report()).annotations
    #expect(lines.count == 4)
    #expect(
      lines[1]
        == "::error file=a%2Cb%3Ac.md,line=1::cell 'old'%0Ais gone, and the record still has its outputs"
    )
    #expect(lines[2].contains("is 'a %25 <i>"))
    #expect(lines.allSatisfy { !$0.contains("\n") })
  }

  @Test(.enabled(if: Tool.python != nil, "python3 is not here"))
  func junitIsXML() throws {
    let script = """
      import sys, xml.etree.ElementTree as tree
      root = tree.fromstring(sys.stdin.buffer.read())
      for suite in root:
          print(suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors"))
          for case in suite:
              print(" ", case.get("name"), [child.tag for child in case])
      """
    let python = try #require(Tool.python)
    var report = Self.report()
    var missing = NotebookCheck(SourceFile(name: "d.md", text: ""))
    missing.failure = .missingSets(notebook: "d.md")
    report.notebooks.append(missing)
    let found = try Tool.run(
      python, ["-c", script], input: Data(JUnitReport.text(report).utf8))
    #expect(
      found == """
        a,b:c.md 3 3 0
          train ['failure']
          old ['failure']
          page and record ['failure']
        d.md 1 0 1
          notebook ['error']
        output 1 1 0
          output/x.html ['failure']

        """)
  }

  /// A text with all that XML, a terminal or a line of prose can't bear.
  private static func evil() -> CheckReport {
    let text = "\u{FFFE}\u{FFFF}\u{202E}\u{0}\u{7}\u{1B}\u{7F}"
    var check = NotebookCheck(SourceFile(name: "e.md", text: "```nn a\n1\n```\n"))
    check.comparison = Comparison(
      recorded: record([cell(1, "a", "1", [.text("b")])]),
      fresh: record([cell(1, "a", "1", [.text(PrintedText("c" + text))])]))
    check.cells = [("a", 1)]
    check.errors = [
      RunError(
        cell: "a", position: SourcePosition(line: 2, column: 1),
        problem: .recorded(Wording("no " + text)))
    ]
    return CheckReport(notebooks: [check])
  }

  @Test func noTextBreaksAReport() throws {
    let report = Self.evil()
    let forbidden = { (scalar: Unicode.Scalar) in
      scalar.value < 0x20 && scalar != "\n" || scalar.value == 0x7F || scalar.value == 0x202E
    }
    for line in CheckText(report).annotations + [CheckText(report).text(isColoured: false)] {
      #expect(!line.unicodeScalars.contains(where: forbidden), "\(line)")
    }
    let junit = JUnitReport.text(report)
    #expect(!junit.unicodeScalars.contains { $0.value | 1 == 0xFFFF })
    #expect(junit.contains("<testsuite name=\"e.md\" tests=\"2\" failures=\"0\" errors=\"1\">"))
    // The sentence keeps its order, and shows what would turn it.
    let page = CheckPage.render(report)
    #expect(page.contains("<ins><bdi>'c\u{FFFE}\u{FFFF}⟨U+202E⟩"))
    #expect(page.contains("e.md:2:1: <bdi>no \u{FFFE}\u{FFFF}⟨U+202E⟩"))
  }

  @Test func thePageShowsBothAndLaysThemOverEachOther() {
    let page = CheckPage.render(Self.report())
    #expect(page.contains("Both in one chart"))
    #expect(page.contains("How far the pixels are apart"))
    #expect(page.contains("6 differences in 1 notebook"))
    #expect(!page.contains("<b>") && !page.contains("<i>"))
    #expect(!page.contains("\u{1B}"))
    #expect(page.contains("default-src 'none'"))
    #expect(CheckPage.render(Self.report()) == page)
  }

  @Test func overlaysAreMadeWhereTheyTellSomething() {
    func overlay(_ old: Chart.Content, _ new: Chart.Content) -> Chart.Content? {
      let made = CheckOverlay.output(.chart(Chart(content: old)), .chart(Chart(content: new)))
      if case .chart(let chart)? = made?.0 { return chart.content }
      return nil
    }
    #expect(
      overlay(
        .histogram(counts: [1], edges: [0, 1]), .histogram(counts: [2], edges: [0, 1]))
        == .lines([
          Chart.Series(label: "recorded", x: [0, 1], y: [1, 1]),
          Chart.Series(label: "now", x: [0, 1], y: [2, 2]),
        ]))
    #expect(
      overlay(
        .heatmap(rows: 1, columns: 2, values: [1, 2], isAnnotated: true),
        .heatmap(rows: 1, columns: 2, values: [1, 5], isAnnotated: true))
        == .heatmap(rows: 1, columns: 2, values: [0, 3], isAnnotated: false))
    #expect(
      overlay(
        .heatmap(rows: 1, columns: 2, values: [1, 2], isAnnotated: true),
        .heatmap(rows: 2, columns: 1, values: [1, 5], isAnnotated: true)) == nil)
    #expect(overlay(.lines([]), .bars([])) == nil)
    #expect(CheckOverlay.output(.text("a"), .text("b")) == nil)
  }

  @Test func summaries() {
    var report = CheckReport()
    #expect(report.summary == "no difference in 0 notebooks")
    report.notebooks = [NotebookCheck(SourceFile(name: "a.md", text: ""))]
    #expect(report.summary == "no difference in 1 notebook")
    report.findings = [("x", .orphan("x"))]
    #expect(report.summary == "1 difference beside 1 notebook")
    report.notebooks.append(NotebookCheck(SourceFile(name: "b.md", text: "")))
    report.notebooks[1].findings = [.noRecord("b.ipynb", notebook: "b.md")]
    #expect(report.summary == "2 differences in 1 of 2 notebooks")
  }

  /// Every way in which a number is apart.
  @Test(
    arguments: [
      (0.5, 0.75, " (by 0.25, relative 0.5)"), (0, -0.0, " (only the sign of zero)"),
      (0, 0.5, " (by 0.5)"), (1, (1.0).nextUp, " (by 2.22e-16, relative 2.22e-16, 1 ulp)"),
      (.nan, 1, ""), (1e300, 1.2345e300, " (by 2.34e+299, relative 0.234)"),
    ] as [(Double, Double, String)])
  func distances(_ recorded: Double, _ fresh: Double, _ text: String) {
    let weights = [recorded, fresh].map { value in
      CellOutput.chart(
        Chart(content: .lines([Chart.Series(x: [0], y: [value])])))
    }
    let comparison = Comparison(
      recorded: Self.record([Self.cell(1, "a", "1", [weights[0]])]),
      fresh: Self.record([Self.cell(1, "a", "1", [weights[1]])]))
    let distance = comparison.cells.first?.outputs.first?.differences.first?.distance
    #expect(distance?.text == text)
  }

  /// The words of what is wrong with a record or a page as a whole.
  @Test func problemsInWords() {
    let rows: [(CheckProblem, String)] = [
      (.noRecord("o/a.ipynb", notebook: "a.md"), "there is no record: o/a.ipynb is missing"),
      (
        .damagedRecord("o/a.ipynb", .notRecord),
        "o/a.ipynb: the file is not a record that nnbook wrote"
      ),
      (.noPage("o/a.html", notebook: "a.md"), "there is no page: o/a.html is missing"),
      (
        .pageOutOfDate("o/a.html", notebook: "a.md", changed: []),
        "the page is out of date: o/a.html is not what the notebook and its record give"
      ),
      (
        .pageOutOfDate("o", notebook: "a.md", changed: ["a", "b", "c", "d", "e", "f"]),
        "the page is out of date: o is not what the notebook and its record give; the source of "
          + "'a', 'b', 'c', 'd' and 2 more changed since the record was made"
      ),
      (
        .recordOutOfDate("o", notebook: "a.md"),
        "the record is out of date: the text in o is not the notebook's"
      ),
      (.indexOutOfDate("o"), "the list of notebooks is out of date: o"),
      (.orphan("o"), "o belongs to no notebook that was checked"),
      (
        .parameter("o", .unknownParameter(name: "n", known: [])),
        "the run in o had a parameter that can't be given any more: "
          + "the notebook has no parameter 'n'"
      ),
      (
        .missingSets(notebook: "a.md"),
        "a.md was not checked: a data set that it loads is not on this machine"
      ),
      (.notRead(.file(.notFound("a.md"))), "no such file: a.md"),
      (.noPicture("o/p.svg", notebook: "a.md"), "a picture of the page is missing: o/p.svg"),
      (
        .pictureOutOfDate("o/p.svg", notebook: "a.md"),
        "a picture of the page is out of date: o/p.svg is not what the notebook and its record give"
      ),
      (.strayPicture("o/p.svg", notebook: "a.md"), "o/p.svg is shown by no page any more"),
      (.straySave("o/x.npy"), "o/x.npy is saved by no notebook that was checked"),
      (
        .reportInside("o/r.xml", folder: "o"),
        "the report o/r.xml would stand among the pages in o"
      ),
      (.reportOverNotebook("a.md"), "the report would be written over a notebook, a.md"),
      (
        .acceptInCI,
        "accept does not run in CI, where nobody looks at what is taken over (CI is set)"
      ),
      (
        .nothingRecorded(notebook: "a.md"),
        "a.md has no record to which single cells could be added"
      ),
      (.wholeFolder("n", cell: "c"), "n is a folder, and has no cell 'c'"),
    ]
    for (problem, message) in rows { #expect(problem.wording.message == message) }
  }
}
