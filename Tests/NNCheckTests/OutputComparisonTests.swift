import NNOutput
import NNSource
import Testing

@testable import NNCheck

/// Two outputs → exactly what is told.
@Suite struct OutputComparisonTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let recorded: CellOutput
    let fresh: CellOutput
    var tolerance = "exact"
    let told: [String]

    init(
      _ name: String, _ recorded: CellOutput, _ fresh: CellOutput, _ tolerance: String = "exact",
      _ told: String...
    ) {
      testDescription = name
      (self.recorded, self.fresh) = (recorded, fresh)
      (self.tolerance, self.told) = (tolerance, told)
    }
  }

  @Test(arguments: numbers + texts + tables + charts + pictures + networks + others)
  func differencesAreTold(_ row: Row) {
    #expect(Sample.told(row.recorded, row.fresh, row.tolerance) == row.told)
  }

  private static func printed(_ text: String, _ tensors: OutputTensor...) -> CellOutput {
    .text(PrintedText(text, tensors: tensors))
  }

  private static let third = 1.0 / 3

  static let numbers = [
    Row("equal", Sample.weights([1, 2, 3, 4]), Sample.weights([1, 2, 3, 4])),
    Row(
      "one ulp", Sample.weights([1, 2, 3, third]), Sample.weights([1, 2, 3, third.nextUp]), "exact",
      "net.W1[1, 1]: 0.3333333333333333 → 0.33333333333333337 (1 ulps)"),
    Row(
      "one ulp, allowed", Sample.weights([1, 2, 3, third]),
      Sample.weights([1, 2, 3, third.nextUp]),
      "1e-12"),
    Row(
      "one ulp, allowed as such", Sample.weights([1, third]), Sample.weights([1, third.nextUp]),
      "ulp 1"),
    Row(
      "two ulps are not one", Sample.weights([1, third]), Sample.weights([1, third.nextUp.nextUp]),
      "ulp 1", "net.W1[0, 1]: 0.3333333333333333 → 0.3333333333333334 (2 ulps)"),
    Row(
      "ulps go through zero", Sample.weights([1, .leastNonzeroMagnitude]),
      Sample.weights([1, -.leastNonzeroMagnitude]), "ulp 2"),
    Row(
      "the worst of several", Sample.weights([1, 2, 3, 4]), Sample.weights([1, 2.5, 3.25, 2]),
      "exact", "net.W1[1, 1]: 4.0 → 2.0 +2 of 6"),
    Row("nan is nan", Sample.weights([1, .nan]), Sample.weights([1, -.nan])),
    Row(
      "nan is no number", Sample.weights([5, .nan]), Sample.weights([1, 2]), "absolute 1e300",
      "net.W1[0, 1]: nan → 2.0"),
    Row(
      "nan is the worst", Sample.weights([5, .nan]), Sample.weights([1, 2]), "exact",
      "net.W1[0, 1]: nan → 2.0 +1 of 4"),
    Row("inf is inf", Sample.weights([1, .infinity]), Sample.weights([1, .infinity])),
    Row(
      "inf is no other inf", Sample.weights([1, .infinity]), Sample.weights([1, -.infinity]), "1",
      "net.W1[0, 1]: inf → -inf"),
    Row(
      "inf is no number", Sample.weights([1, .infinity]), Sample.weights([1, 1e308]), "relative 9",
      "net.W1[0, 1]: inf → 1e+308"),
    Row(
      "the sign of zero", Sample.weights([1, 0]), Sample.weights([1, -0.0]), "exact",
      "net.W1[0, 1]: 0.0 → -0.0 (0 ulps)"),
    Row("the sign of zero, allowed", Sample.weights([1, 0]), Sample.weights([1, -0.0]), "1e-300"),
    Row(
      "relative to the recorded one", Sample.weights([1, 100]), Sample.weights([1, 110]),
      "relative 0.1"),
    Row(
      "not relative to the new one", Sample.weights([1, 110]), Sample.weights([1, 98.5]),
      "relative 0.1", "net.W1[0, 1]: 110.0 → 98.5"),
    Row(
      "a plain number is both", Sample.weights([0, 100]), Sample.weights([0.1, 110.1]), "0.1"),
    Row(
      "float32 in its own steps",
      printed("1.1", Sample.tensor([Double(Float(1.1))], dtype: "float32")),
      printed("1.1", Sample.tensor([Double(Float(1.1).nextUp)], dtype: "float32")), "exact",
      "element [0] of the printed tensor: 1.1 → 1.1000001 (1 ulps)"),
    Row(
      "large integers are exact",
      printed(
        "", OutputTensor(dtype: "int64", shape: [1], content: .all(.integers([1 << 60])))),
      printed(
        "", OutputTensor(dtype: "int64", shape: [1], content: .all(.integers([(1 << 60) + 1])))),
      "exact",
      "element [0] of the printed tensor: 1152921504606846976 → 1152921504606846977"),
    Row(
      "the ends of the integers",
      printed("", OutputTensor(dtype: "int64", shape: [1], content: .all(.integers([.min])))),
      printed("", OutputTensor(dtype: "int64", shape: [1], content: .all(.integers([.max])))),
      "exact",
      "element [0] of the printed tensor: -9223372036854775808 → 9223372036854775807"),
    Row(
      "another shape", printed("", Sample.tensor([1, 2])),
      printed("", Sample.tensor([1, 2], shape: [2, 1])), "exact",
      "the shape of the printed tensor: (2,) → (2, 1)"),
    Row(
      "another dtype", printed("", Sample.tensor([1])),
      printed("", OutputTensor(dtype: "int64", shape: [1], content: .all(.integers([1])))), "exact",
      "the dtype of the printed tensor: float64 → int64"),
    Row(
      "a summary with another hash", printed("", Sample.summary(1)), printed("", Sample.summary(2)),
      "exact",
      "the hash of the printed tensor's elements: 00000000000000000000000000000001 → "
        + "00000000000000000000000000000002"),
    Row(
      "a summary, what is held", printed("", Sample.summary(1)),
      printed("", Sample.summary(2, minimum: -0.5, shown: [1.25])), "exact",
      "the least element of the printed tensor: 0.0 → -0.5 +1 of 4"),
    Row(
      "a summary, allowed", printed("", Sample.summary(1)),
      printed("", Sample.summary(2, minimum: -0.5)), "1"),
  ]

  static let texts = [
    Row("a text", printed("a 1\nb 2\n"), printed("a 1\nb 3\n"), "exact", "line 2: 2 → 3"),
    Row(
      "a word", printed("a 1\nb 2\n"), printed("a 1\nc 2\n"), "exact", "line 2: 'b 2' → 'c 2'"),
    Row(
      "numbers of a line", printed("[0.5 0.25]"), printed("[0.5 0.75]"), "exact",
      "line 1, number 2: 0.25 → 0.75"),
    Row("a number, allowed", printed("loss 0.5"), printed("loss 0.5000001"), "1e-6"),
    Row("digits in a name", printed("W1 2"), printed("W2 2"), "1", "line 1: 'W1 2' → 'W2 2'"),
    Row(
      "a spelling", printed("1.0"), printed("1.00"), "exact",
      "the spelling of line 1: '1.0' → '1.00'"),
    Row("a spelling, allowed", printed("[ 1.0]"), printed("[1.00]"), "1e-300"),
    Row(
      "spaces", printed("a  b"), printed("a b"), "exact", "the spelling of line 1: 'a  b' → 'a b'"),
    Row(
      "a line end", printed("a\n"), printed("a"), "exact", "the end of the text: 'a⏎' → 'a'"),
    Row(
      "a line more", printed("a\nb\nc\n"), printed("a\nx\nb\nc\n"), "exact",
      "the number of lines: 3 → 4"),
    Row(
      "lines that changed and came", printed("a\nb\n"), printed("a\nc\nd\n"), "exact",
      "the number of lines: 2 → 3", "line 2: 'b' → 'c'"),
    Row(
      "a tensor is told once", printed("[0.3333]", Sample.tensor([third])),
      printed("[0.3334]", Sample.tensor([third + 1e-4])), "exact",
      "element [0] of the printed tensor: 0.3333333333333333 → 0.3334333333333333"),
    Row(
      "the number beside a tensor", printed("[0.3333] 1", Sample.tensor([third])),
      printed("[0.3334] 2", Sample.tensor([third + 1e-4])), "exact",
      "element [0] of the printed tensor: 0.3333333333333333 → 0.3334333333333333",
      "line 1, number 2: 1 → 2 +1 of 2"),
    Row(
      "rounded the other way", printed("[0.12]", Sample.tensor([0.125])),
      printed("[0.13]", Sample.tensor([(0.125).nextUp])), "1e-12"),
    Row(
      "not rounded but another number", printed("0.12"), printed("0.13"), "1e-12",
      "line 1: 0.12 → 0.13"),
    Row(
      "a tensor more", printed("1", Sample.tensor([1])), printed("1"), "exact",
      "the number of printed tensors: 1 → 0"),
    Row("nan in a text", printed("nan"), printed("nan 1"), "1", "line 1: 'nan' → 'nan 1'"),
    Row("exponents", printed("1e-05 -2.E+3 inf"), printed("1.0e-5 -2000 inf"), "1e-300"),
  ]

  static let tables = [
    Row(
      "a number", Sample.table([[.text("a"), Sample.number(0.5)]]),
      Sample.table([[.text("a"), Sample.number(0.75)]]), "exact",
      "row 1, column 'share': 0.5 → 0.75"),
    Row(
      "a named row", Sample.table([[Sample.number(1), Sample.number(2)]], names: ["setosa"]),
      Sample.table([[Sample.number(1), Sample.number(3)]], names: ["setosa"]), "exact",
      "row 1 ('setosa'), column 'share': 2.0 → 3.0"),
    Row(
      "a text", Sample.table([[.text("a"), .empty]]), Sample.table([[.text("b"), .text("c")]]),
      "exact", "row 1, column 'kind': 'a' → 'b' +1 of 2"),
    Row(
      "a number's digits hidden by its text",
      Sample.table([[.empty, Sample.number(third, "0.33")]]),
      Sample.table([[.empty, Sample.number(third.nextUp, "0.33")]]), "exact",
      "row 1, column 'share': 0.3333333333333333 → 0.33333333333333337 (1 ulps)"),
    Row(
      "a number's spelling", Sample.table([[.empty, Sample.number(0.5, "0.5")]]),
      Sample.table([[.empty, Sample.number(0.5, "0.50")]]), "exact",
      "the spelling of row 1, column 'share': '0.5' → '0.50'"),
    Row(
      "a row more", Sample.table([[.empty]]), Sample.table([[.empty], [.empty]]), "exact",
      "the number of rows: 1 → 2"),
    Row(
      "rows shown", Sample.table([[.empty]], total: 9),
      Sample.table([[.empty], [.empty]], total: 9),
      "exact", "the number of rows shown: 1 → 2"),
    Row(
      "a title", .table(TableOutput(title: "A", columns: [], rows: [])),
      .table(TableOutput(columns: ["b"], rows: [])), "exact", "the title: 'A' → -",
      "the columns:  → 'b'"),
  ]

  static let charts = [
    Row(
      "a point", Sample.chart(.lines([Sample.lines([1, 0.75, 0.5])])),
      Sample.chart(.lines([Sample.lines([1, 0.75, 0.625])])), "exact",
      "point 3 of 'loss': y: 0.5 → 0.625"),
    Row(
      "a point, allowed", Sample.chart(.lines([Sample.lines([1, 0.75, 0.5])])),
      Sample.chart(.lines([Sample.lines([1, 0.75, 0.5000001])])), "1e-6"),
    Row(
      "an x", Sample.chart(.points([Chart.Series(x: [1], y: [2])])),
      Sample.chart(.points([Chart.Series(x: [1.5], y: [2])])), "exact", "point 1: x: 1.0 → 1.5"),
    Row(
      "series by their labels",
      Sample.chart(.lines([Sample.lines([1], label: "a"), Sample.lines([2], label: "b")])),
      Sample.chart(.lines([Sample.lines([2], label: "b"), Sample.lines([1.5], label: "a")])),
      "exact", "point 1 of 'a': y: 1.0 → 1.5"),
    Row(
      "a label", Sample.chart(.lines([Sample.lines([1])])),
      Sample.chart(.lines([Sample.lines([1], label: "error")])), "exact",
      "the label of series 1: 'loss' → 'error'"),
    Row(
      "a series that came and one that went", Sample.chart(.lines([Sample.lines([1])])),
      Sample.chart(.lines([Sample.lines([1]), Sample.lines([1, 2], label: "b")])), "exact",
      "series 'b': - → 2 points"),
    Row(
      "a series that went",
      Sample.chart(.lines([Sample.lines([1]), Sample.lines([2], label: nil)])),
      Sample.chart(.lines([Sample.lines([1])])), "exact", "series 2: 1 point → -"),
    Row(
      "points more", Sample.chart(.lines([Sample.lines([1])])),
      Sample.chart(.lines([Sample.lines([1, 2])])), "exact", "the number of points of 'loss': 1 → 2"
    ),
    Row(
      "a bar", Sample.chart(.bars([Chart.Series(x: [0], y: [1])]), x: .init(categories: ["cat"])),
      Sample.chart(.bars([Chart.Series(x: [0], y: [2])]), x: .init(categories: ["cat"])), "exact",
      "bar 'cat': y: 1.0 → 2.0"),
    Row(
      "a class",
      Sample.chart(.points([Chart.Series(x: [1], y: [2], groups: [0], groupNames: ["a", "b"])])),
      Sample.chart(.points([Chart.Series(x: [1], y: [2], groups: [1], groupNames: ["a", "b"])])),
      "exact", "point 1: the class: 'a' → 'b'"),
    Row(
      "a bin", Sample.chart(.histogram(counts: [1, 2], edges: [0, 1, 2])),
      Sample.chart(.histogram(counts: [1, 3], edges: [0, 1, 2])), "exact",
      "the count of bin 2 (1.0 to 2.0): 2.0 → 3.0"),
    Row(
      "a heatmap",
      Sample.chart(
        .heatmap(rows: 1, columns: 2, values: [1, 2], isAnnotated: true),
        x: .init(categories: ["cat", "dog"])),
      Sample.chart(
        .heatmap(rows: 1, columns: 2, values: [1, 5], isAnnotated: false),
        x: .init(categories: ["cat", "dog"])), "exact", "the values: written → not written",
      "row 1, column 'dog': 2.0 → 5.0"),
    Row(
      "a kind", Sample.chart(.lines([])), Sample.chart(.points([])), "exact",
      "the kind of chart: lines → points"),
    Row(
      "axes", Sample.chart(.lines([])), Sample.chart(.lines([]), x: .init(label: "t", scale: .log)),
      "exact", "the label of the x axis: - → 't'", "the scale of the x axis: 'linear' → 'log'"),
  ]

  static let pictures = [
    Row(
      "a pixel", Sample.pictures([0, 0, 0, 1]), Sample.pictures([0, 0, 0.5, 1]), "exact",
      "picture 1, row 2, column 1: 0.0 → 0.5"),
    Row(
      "a colour", Sample.pictures([0, 0, 0], width: 1, channels: 3),
      Sample.pictures([0, 1, 0], width: 1, channels: 3), "exact",
      "picture 1, row 1, column 1 (green): 0.0 → 1.0"),
    Row(
      "a size", Sample.pictures([0, 0]), Sample.pictures([0, 0], width: 1), "exact",
      "the size of picture 1: 2 by 1 pixels → 1 by 2 pixels"),
    Row(
      "a caption and a mark", Sample.pictures([0, 0], caption: "3"),
      Sample.pictures([0, 0], caption: "8", isWrong: true), "exact",
      "the caption of picture 1: '3' → '8'", "the mark of picture 1: none → wrong"),
  ]

  static let networks = [
    Row(
      "an edge", Sample.diagram([1, 2, 3, 4]), Sample.diagram([1, 2, 3, 5]), "exact",
      "net.W1[1, 1]: 4.0 → 5.0"),
    Row(
      "a layer", Sample.diagram([1, 2, 3, 4]), Sample.diagram([1, 2], units: 1), "exact",
      "the layers: input 2 → dropout 2 → dense 2 tanh → input 2 → dropout 2 → dense 1 tanh"),
    Row(
      "a gradient", Sample.gradients(1e-9), Sample.gradients(2e-9), "exact",
      "the largest relative error of net.W1: 1e-09 → 2e-09"),
    Row(
      "a parameter", Sample.gradients(1e-9), Sample.gradients(1e-9, parameter: "b1"), "exact",
      "the parameters: 'W1' → 'b1'"),
  ]

  static let others = [
    Row(
      "an assertion", .assertion(AssertionOutput(condition: "a == 1", reason: nil)),
      .assertion(AssertionOutput(condition: "a == 1", reason: "so")), "exact",
      "the reason: - → 'so'"),
    Row(
      "a message and a hint", Sample.diagnostic("a"), Sample.diagnostic("b", hint: "c"), "exact",
      "the message: 'a' → 'b'", "the hint: - → 'c'"),
    Row(
      "a place", Sample.diagnostic("a", at: 1), Sample.diagnostic("a", at: 2), "exact",
      "its place: '8589934593' → '8589934594'"),
    Row(
      "another kind", printed("a"), Sample.diagram([]), "exact",
      "the kind of output: text → diagram"),
  ]

  /// Long texts are shown from where they part.
  @Test func longLinesAreShownAroundTheirDifference() {
    let long = String(repeating: "a", count: 200)
    #expect(
      Sample.told(.text(PrintedText(long + "x")), .text(PrintedText(long + "y"))) == [
        "line 1: '…aaaaaaaaaaaaaaaaaaaaaaaax' → '…aaaaaaaaaaaaaaaaaaaaaaaay'"
      ])
    let told = Sample.told(
      .text(PrintedText("x " + long)), .text(PrintedText("y " + long)))
    #expect(told == ["line 1: 'x \(long.prefix(77))…' → 'y \(long.prefix(77))…'"])
  }
}
