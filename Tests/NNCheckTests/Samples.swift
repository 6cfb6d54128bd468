import NNOutput
import NNSource

@testable import NNCheck

/// Small records, and what a comparison of two tells, in one line each.
enum Sample {
  static func tensor(
    _ values: [Double], shape: [Int]? = nil, dtype: String = "float64"
  ) -> OutputTensor {
    OutputTensor(dtype: dtype, shape: shape ?? [values.count], content: .all(.floats(values)))
  }

  static func summary(_ hash: UInt64, minimum: Double = 0, shown: [Double] = [1]) -> OutputTensor {
    OutputTensor(
      dtype: "float64", shape: [200, 100],
      content: .summary(
        OutputTensor.Summary(
          hash: ContentHash(high: 0, low: hash), minimum: minimum, maximum: 9, mean: 4,
          shown: .floats(shown))))
  }

  static func weights(_ values: [Double]) -> CellOutput {
    .weights(
      WeightsOutput(
        network: "net",
        entries: [
          WeightsOutput.Entry(
            name: "W1", tensor: tensor(values, shape: [values.count / 2, 2]), text: "[…]"),
          WeightsOutput.Entry(name: "b1", tensor: tensor([0, 0]), text: "[0. 0.]"),
        ]))
  }

  static func table(
    _ rows: [[TableOutput.Cell]], names: [String] = [], total: Int? = nil
  ) -> CellOutput {
    .table(TableOutput(columns: ["kind", "share"], rowNames: names, rows: rows, totalRows: total))
  }

  static func number(_ value: Double, _ text: String? = nil) -> TableOutput.Cell {
    .number(NumberCell(value, text: text ?? value.description))
  }

  static func lines(_ y: [Double], label: String? = "loss") -> Chart.Series {
    Chart.Series(label: label, x: y.indices.map(Double.init), y: y)
  }

  static func chart(_ content: Chart.Content, x: Chart.Axis = .init()) -> CellOutput {
    .chart(Chart(x: x, content: content))
  }

  static func pictures(
    _ values: [Double], width: Int = 2, channels: Int = 1, caption: String? = nil,
    isWrong: Bool = false
  ) -> CellOutput {
    .pictures(
      PictureGrid(
        pictures: [
          PictureGrid.Picture(
            width: width, height: values.count / width / channels, values: values,
            channels: channels, caption: caption, isWrong: isWrong)
        ], columns: 1, colorMap: .gray, low: 0, high: 1))
  }

  static func diagram(_ weights: [Double], units: Int = 2) -> CellOutput {
    .diagram(
      NetworkDiagram(
        name: "net",
        layers: [
          NetworkDiagram.Layer(
            kind: "input", units: 2, activation: nil, hasBias: false, parameters: 0, weights: []),
          NetworkDiagram.Layer(
            kind: "dropout", units: 2, activation: nil, hasBias: false, parameters: 0,
            weights: []),
          NetworkDiagram.Layer(
            kind: "dense", units: units, activation: "tanh", hasBias: true, parameters: 6,
            weights: weights),
        ]))
  }

  static func gradients(_ error: Double, parameter: String = "W1") -> CellOutput {
    .gradients(
      GradientReport(
        network: "net",
        rows: [
          GradientReport.Row(
            parameter: parameter, shape: [2, 2], checked: 4, largestRelativeError: error)
        ]))
  }

  static func diagnostic(
    _ message: String, hint: String? = nil, at lower: Int = 6, in cell: Int = 0
  ) -> CellOutput {
    // Where records that are read without a notebook have their cells.
    let start = (cell + 1) * 2 << 32
    return .diagnostic(
      .error(
        .recorded(Wording(message, hint: hint)), at: SourceRange(start + lower, start + lower + 1))
    )
  }

  // MARK: Telling

  /// `net.W1[0, 1]: 0.5 → 0.6 (abs 0.1, 3 ulps) +2 of 4`
  static func line(_ difference: Difference) -> String {
    var text = "\(difference.place): \(difference.recorded ?? "-") → \(difference.fresh ?? "-")"
    if let ulps = difference.distance?.ulps, ulps < 1000 { text += " (\(ulps) ulps)" }
    if difference.others > 0 { text += " +\(difference.others) of \(difference.total)" }
    return text
  }

  static func told(
    _ recorded: CellOutput, _ fresh: CellOutput, _ tolerance: String = "exact"
  ) -> [String] {
    let comparison = OutputComparison(
      tolerance: Tolerance(tolerance) ?? .exact,
      places: ({ "\($0.lower)" }, { "\($0.lower)" }))
    return comparison.differences(recorded, fresh).map(line)
  }

  // MARK: Records

  static func hash(_ text: String) -> ContentHash { ContentHash(of: text) }

  static func items(_ values: [String: String]) -> [CellTrace.Item] {
    values.keys.sorted().map { CellTrace.Item(name: $0, hash: hash(values[$0] ?? "")) }
  }

  static func record(
    _ cells: [NotebookRecord.Cell], parameters: [RunParameter] = [],
    inlines: [(String, String)] = []
  ) -> NotebookRecord {
    let prose = NotebookRecord.Prose(
      text: "",
      inlines: inlines.enumerated().map { index, inline in
        NotebookRecord.Inline(
          name: "inline-\(index + 1)", expression: inline.0, text: inline.1, isFailure: false)
      })
    return NotebookRecord(
      title: "t", parameters: parameters, pieces: cells.map { .cell($0) } + [.prose(prose)])
  }
}

/// A cell and what its run came from, written short: `Cell("train", "train net", reads: …)`.
struct CellSample {
  var label: String
  var program: String
  var reads: [String: String] = [:]
  var writes: [String: String] = [:]
  var files: [String: String] = [:]
  var random: (before: String?, after: String?) = (nil, nil)
  var outputs: [CellOutput] = []
  var state = CellRecord.State.done
  var isStale = false

  static func cells(_ samples: [CellSample]) -> [NotebookRecord.Cell] {
    samples.enumerated().map { index, sample in
      var trace = CellTrace(
        program: Sample.hash(sample.program), reads: Sample.items(sample.reads),
        writes: Sample.items(sample.writes), files: Sample.items(sample.files))
      trace.randomBefore = sample.random.before.map(Sample.hash)
      trace.randomAfter = sample.random.after.map(Sample.hash)
      return NotebookRecord.Cell(
        label: sample.label.isEmpty ? "cell-\(index + 1)" : sample.label, number: index + 1,
        program: sample.program, state: sample.state, isStale: sample.isStale,
        outputs: sample.outputs, trace: sample.state == .done ? trace : nil)
    }
  }
}
