import NNOutput
import Testing

@testable import NNRuntime

/// The data behind each chart, picture and table; how they look is the renderer's business.
@Suite struct ChartTests {
  private func output(_ program: String) throws -> CellOutput {
    let run = ProgramRun(program)
    #expect(run.error == nil, "\(run.error ?? "")\n\(program)")
    return try #require(run.outputs.last)
  }

  private func chart(_ program: String) throws -> Chart {
    guard case .chart(let chart) = try output(program) else {
      throw UnexpectedOutput(program)
    }
    return chart
  }

  private func lines(_ program: String) throws -> [Chart.Series] {
    guard case .lines(let series) = try chart(program).content else {
      throw UnexpectedOutput(program)
    }
    return series
  }

  private func table(_ program: String) throws -> TableOutput {
    guard case .table(let table) = try output(program) else { throw UnexpectedOutput(program) }
    return table
  }

  private func pictures(_ program: String) throws -> PictureGrid {
    guard case .pictures(let grid) = try output(program) else { throw UnexpectedOutput(program) }
    return grid
  }

  struct UnexpectedOutput: Error {
    let program: String
    init(_ program: String) { self.program = program }
  }

  // MARK: plot

  @Test func aSingleLineNeedsNoLabel() throws {
    let series = try lines("plot [3, 1, 2]")
    #expect(series == [Chart.Series(x: [0, 1, 2], y: [3, 1, 2])])
    #expect(try lines("plot [3, 1] labels=\"acc\"").map(\.label) == ["acc"])
  }

  @Test func severalLinesAreLabelledByTheirSource() throws {
    let program = "a = [1, 2]\nb = [3, 4, 5]\nplot a, b * 2"
    let series = try lines(program)
    #expect(series.map(\.label) == ["a", "b * 2"])
    #expect(series[1].y == [6, 8, 10])
    #expect(try lines(program + " labels=[\"one\", \"two\"]").map(\.label) == ["one", "two"])
  }

  @Test func aMatrixIsALinePerColumn() throws {
    let series = try lines("x = [[1, 2], [3, 4], [5, 6]]\nplot x")
    #expect(series.map(\.label) == ["x[:, 0]", "x[:, 1]"])
    #expect(series.map(\.y) == [[1, 3, 5], [2, 4, 6]])
  }

  @Test func optionsAreWrittenOnTheChart() throws {
    let chart = try chart(
      "plot [1, 10, 100] x=[2, 4, 8] title=\"t\" xlabel=\"a\" ylabel=\"b\" yscale=log xscale=\"log\""
    )
    #expect(chart.title == "t")
    #expect(chart.x == Chart.Axis(label: "a", scale: .log))
    #expect(chart.y == Chart.Axis(label: "b", scale: .log))
    #expect(chart.content == .lines([Chart.Series(x: [2, 4, 8], y: [1, 10, 100])]))
  }

  @Test func aCallDrawsAsTheLineDoes() throws {
    #expect(
      try chart("plot([1, 2], title=\"t\")") == chart("plot [1, 2] title=\"t\""))
  }

  @Test func aCallGivesTheRangeByPlace() throws {
    #expect(try chart("plot(tanh, sin, -2, 2)") == chart("plot tanh, sin from -2 to 2"))
    #expect(try chart("plot(tanh, from=-2, to=2)") == chart("plot tanh from -2 to 2"))
  }

  @Test func functionsAreSampled() throws {
    let series = try lines("plot tanh, lambda v: v * v from -2 to 2")
    #expect(series.map(\.label) == ["tanh", "lambda v: v * v"])
    #expect(series.map(\.x.count) == [201, 201])
    #expect(series[0].x.first == -2 && series[0].x.last == 2)
    #expect(series[1].y.first == 4 && series[1].y[100] == 0)
  }

  @Test func functionsOfSingleNumbersAreCalledPointByPoint() throws {
    let hinge = "def hinge(v):\n    if v < 0:\n        return 0\n    return v\n"
    #expect(try lines(hinge + "plot hinge from -1 to 1")[0].y.suffix(2) == [0.99, 1])
    #expect(try lines("plot lambda v: 3 from 0 to 1")[0].y == Array(repeating: 3, count: 201))
    #expect(try lines("plot relu.derivative x=[-1, 1]")[0].y == [0, 1])
  }

  /// The attempt with a whole tensor draws nothing from the stream.
  @Test func aFailedAttemptLeavesTheRandomStream() throws {
    let program = """
      def f(v):
          r = rand()
          if v > 0:
              return r
          return r
      seed 1
      plot f x=[0, 1]
      """
    #expect(try lines(program)[0].y == [0.417022004702574, 0.7203244934421581])
  }

  @Test func gapsAndInfinitiesStay() throws {
    let y = try lines("plot [1.0, nan, inf]")[0].y
    #expect(y[0] == 1 && y[1].isNaN && y[2] == .infinity)
  }

  // MARK: The other charts

  @Test func scatterIsColouredByClass() throws {
    let plain = try chart("x = [1, 2]\ny = [3, 4]\nscatter x, y")
    #expect(plain.content == .points([Chart.Series(x: [1, 2], y: [3, 4])]))
    #expect((plain.x.label, plain.y.label) == ("x", "y"))
    let coloured = try chart("scatter [1, 2, 3], [3, 4, 5] color=[7, 2, 7]")
    #expect(
      coloured.content == .points([Chart.Series(x: [1, 2, 3], y: [3, 4, 5], groups: [7, 2, 7])]))
    let named = try chart("scatter [1, 2, 3], [3, 4, 5] color=[7, 2, 7] labels=[\"a\", \"b\"]")
    let words = try chart("scatter [1, 2, 3], [3, 4, 5] color=[\"b\", \"a\", \"b\"]")
    #expect(
      named.content
        == .points([
          Chart.Series(x: [1, 2, 3], y: [3, 4, 5], groups: [1, 0, 1], groupNames: ["a", "b"])
        ]))
    #expect(
      words.content
        == .points([
          Chart.Series(x: [1, 2, 3], y: [3, 4, 5], groups: [0, 1, 0], groupNames: ["b", "a"])
        ]))
  }

  @Test func barsHaveNames() throws {
    let chart = try chart("bar [3, 5] x=[\"red\", \"blue\"]")
    #expect(chart.x.categories == ["red", "blue"])
    #expect(chart.content == .bars([Chart.Series(x: [0, 1], y: [3, 5])]))
    #expect(try self.chart("bar [3, 5] labels=[\"red\", \"blue\"]") == chart)
    let pair = try self.chart("bar [3, 5], [2, 1] labels=[\"train\", \"test\"] x=[8, 9]")
    #expect(pair.x.categories == ["8", "9"])
    guard case .bars(let series) = pair.content else { throw UnexpectedOutput("bar") }
    #expect(series.map(\.label) == ["train", "test"])
  }

  @Test func histogramCounts() throws {
    #expect(
      try chart("histogram [1, 2, 2, 4] bins=3").content
        == .histogram(counts: [1, 2, 1], edges: [1, 2, 3, 4]))
    #expect(
      try chart("histogram [[1, 2], [2, 9]] bins=[0, 2, 10] title=\"t\"").content
        == .histogram(counts: [1, 3], edges: [0, 2, 10]))
  }

  @Test func heatmapNamesRowsAndColumns() throws {
    let square = try chart("heatmap [[1, 2], [3, 4]] labels=[\"a\", \"b\"]")
    #expect(square.x.categories == ["a", "b"] && square.y.categories == ["a", "b"])
    #expect(
      square.content == .heatmap(rows: 2, columns: 2, values: [1, 2, 3, 4], isAnnotated: true))
    let wide = try chart("heatmap zeros((2, 300)) y=[\"u\", \"v\"]")
    #expect(wide.x.categories.isEmpty && wide.y.categories == ["u", "v"])
    #expect(
      wide.content
        == .heatmap(
          rows: 2, columns: 300, values: Array(repeating: 0, count: 600), isAnnotated: false))
  }

  // MARK: image

  @Test func picturesAreMatricesOrStacks() throws {
    let one = try pictures("image [[0, 5], [2, 3]] titles=\"t\"")
    #expect(
      one.pictures
        == [PictureGrid.Picture(width: 2, height: 2, values: [0, 5, 2, 3], caption: "t")])
    #expect((one.low, one.high) == (0, 5))
    let stack = try pictures(
      "image zeros((3, 2, 4)), eye(2) columns=2 titles=[1, 2, 3, 4] "
        + "wrong=[false, true, false, false] cmap=viridis")
    #expect(stack.pictures.map(\.width) == [4, 4, 4, 2])
    #expect(stack.pictures.map(\.caption) == ["1", "2", "3", "4"])
    #expect(stack.pictures.map(\.isWrong) == [false, true, false, false])
    #expect((stack.columns, stack.colorMap) == (2, .viridis))
  }

  @Test func picturesInColourHaveTheScaleOfTheirType() throws {
    let photo = try pictures("image (arange(12).reshape(2, 2, 3)).astype(uint8)")
    #expect(photo.pictures.map(\.channels) == [3])
    #expect((photo.low, photo.high) == (0, 255))
    let floats = try pictures("image rand(5, 4, 6, 3)")
    #expect(floats.pictures.count == 5 && (floats.low, floats.high) == (0, 1))
  }

  @Test func uniformPicturesHaveAScale() throws {
    let grids = try ["zeros((2, 2))", "full((2, 2), 3)", "full((2, 2), -3)", "[[nan, nan]]"]
      .map { try pictures("image " + $0) }
    #expect(grids.map(\.low) == [0, 0, -3, 0])
    #expect(grids.map(\.high) == [1, 3, 0, 1])
  }

  // MARK: table

  @Test func tablesOfMatrices() throws {
    let table = try table(
      "x = [[1, 2], [3, 4], [5, 6]]\ntable x rows=2 column_names=[\"a\", \"b\"] title=\"t\"")
    #expect(table.columns == ["a", "b"] && table.title == "t" && table.totalRows == 3)
    #expect(
      table.rows == [[number(1, "1"), number(2, "2")], [number(3, "3"), number(4, "4")]])
    #expect(try self.table("table zeros((50, 2))").rows.count == 20)
    #expect(try self.table("table [0.5, 0.25]").rows == [[number(0.5)], [number(0.25)]])
  }

  @Test func tablesOfRows() throws {
    let table = try table("table [[\"relu\", 0.5, true], [\"tanh\", none, 2]]")
    #expect(
      table.rows == [
        [.text("relu"), number(0.5), .text("True")], [.text("tanh"), .empty, number(2, "2")],
      ])
    #expect(
      try self.table("table [[1, 2], [3, 4]] row_names=[\"u\", \"v\"]").rowNames == ["u", "v"])
  }

  @Test func numbersAreShownShort() throws {
    let row = try table("table [[1 / 3, 0.1, 1e-10, 123456.5, 5.0, 1 / 7e9, nan]]").rows[0]
    let texts = row.map { cell -> String in
      if case .number(let number) = cell { return number.text }
      return "?"
    }
    #expect(
      texts == ["0.333333", "0.1", "1e-10", "123456.5", "5.0", "1.42857e-10", "nan"])
  }

  @Test func recordsAreColumns() throws {
    let run = """
      network net:
          input 2
          dense 1 sigmoid
      train net on [[0.0, 1.0], [1.0, 0.0]], [[0], [1]] epochs=3 lr=0.1
      table net.history
      """
    let table = try table(run)
    #expect(table.columns.first == "loss" && table.rows.count == 3)
  }

  private func number(_ value: Double, _ text: String? = nil) -> TableOutput.Cell {
    .number(NumberCell(value, text: text ?? "\(value)"))
  }
}
