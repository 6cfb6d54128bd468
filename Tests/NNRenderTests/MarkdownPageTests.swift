import NNOutput
import NNSource
import Testing

@testable import NNRender

/// A notebook and its outputs → Markdown that GitHub shows.
@Suite struct MarkdownPageTests {
  private static func page(
    _ text: String, _ outputs: [String: [CellOutput]], pictures: [String: PagePicture] = [:],
    change: (inout CellRecord) -> Void = { _ in }
  ) -> MarkdownPage {
    let sample = SampleDocument(name: "notebooks/my page.md", text: text)
    return MarkdownPage(
      sample.document(title: "A *title*", outputs: outputs, change: change), name: "my page",
      pictures: pictures)
  }

  /// The page above its mark.
  private static func text(_ page: MarkdownPage) -> String {
    #expect(MarkdownPage.isOurs(Array(page.text.utf8)))
    return String(page.text.dropLast(MarkdownPage.mark.count + 1))
  }

  private static let cell = "Prose.\n\n```nn a\nx = 1\n```\n"

  @Test func textsAndTables() {
    let table = TableOutput(
      title: "T", columns: ["a", "b|c"], rowNames: ["r"],
      rows: [[.number(NumberCell(0.5, text: "0.5")), .text("x|y\nz")]], totalRows: 3)
    let page = Self.page(
      Self.cell, ["a": [.text("one\n"), .text("```\n"), .table(table), .text("")]])
    #expect(
      Self.text(page) == """
        # A \\*title\\*

        Prose.

        ```python
        x = 1
        ```

        ````
        one
        ```
        ````

        **T**

        |  | a | b\\|c |
        | --- | --: | --- |
        | r | 0.5 | x\\|y z |

        … 2 more rows

        ```
        ```

        """)
    #expect(page.files.isEmpty)
  }

  @Test func drawingsAndPicturesAreFiles() {
    let chart = Chart(content: .lines([Chart.Series(x: [0, 1], y: [1, 2])]))
    let grid = PictureGrid(
      pictures: [
        PictureGrid.Picture(width: 1, height: 1, values: [1], caption: "<3>"),
        PictureGrid.Picture(width: 1, height: 1, values: [0], isWrong: true),
      ], columns: 1, colorMap: .gray, low: 0, high: 1)
    let page = Self.page(Self.cell, ["a": [.chart(chart), .pictures(grid)]])
    #expect(
      page.files.map(\.path) == [
        "my page_files/a-1.svg", "my page_files/a-2-1.png", "my page_files/a-2-2.png",
      ])
    #expect(page.text.contains("](my%20page_files/a-1.svg)"))
    #expect(
      page.text.contains(
        "<tr><td><img src=\"my%20page_files/a-2-1.png\" width=\"96\" alt=\"&lt;3&gt;\"><br>&lt;3&gt;"
      ))
    #expect(page.files[1].bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }

  @Test func theRestIsProse() {
    let weights = WeightsOutput(
      network: "net",
      entries: [
        WeightsOutput.Entry(
          name: "W1",
          tensor: OutputTensor(dtype: "float64", shape: [1], content: .all(.floats([0.5]))),
          text: "[0.5]")
      ])
    let page = Self.page(
      Self.cell,
      [
        "a": [
          .weights(weights), .assertion(AssertionOutput(condition: "a == `b`", reason: "so")),
          .diagnostic(
            .error(.recorded(Wording("no <b>", hint: "yes")), at: SourceRange(0, 1))),
        ]
      ])
    #expect(page.text.contains("`net.W1`, shape (1,), float64\n\n```\n[0.5]\n```\n"))
    #expect(page.text.contains("✓ `` a == `b` `` so\n"))
    #expect(page.text.contains("> **Error**: no \\<b\\>  \n> hint: yes\n"))
  }

  @Test func optionsCount() {
    func text(_ change: (inout CellRecord) -> Void) -> String {
      Self.text(
        Self.page("```nn a\nx = 1\n```\n", ["a": [.text("shown\n")]], change: change))
    }
    #expect(text { $0.echo = .hide } == "# A \\*title\\*\n\n```\nshown\n```\n")
    #expect(
      text { $0.output = .fold }.hasSuffix(
        "<details><summary>Output</summary>\n\n```\nshown\n```\n\n</details>\n"))
    #expect(!text { $0.output = .hide }.contains("shown"))
    #expect(text { $0.caption = "So *it* is" }.hasSuffix("\n\n*So \\*it\\* is*\n"))
    #expect(text { $0.isStale = true }.contains("> **Out of date**"))
  }

  @Test func picturesOfTheProseAreTakenAlong() {
    let page = Self.page(
      "# Mine\n\n![a](pic.png) and ![b](pic.png)\n", [:],
      pictures: ["pic.png": PagePicture(mediaType: "image/png", bytes: [1, 2])])
    #expect(
      Self.text(page) == """
        # Mine

        ![a](my%20page_files/picture-1.png) and ![b](my%20page_files/picture-1.png)

        """)
    #expect(page.files.map(\.bytes) == [[1, 2]])
  }
}
