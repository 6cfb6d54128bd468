import NNOutput
import NNSource

/// One output of a cell as markup. `id` is its name on the page.
struct OutputHTML {
  let output: CellOutput
  let id: String
  /// The cell's name, for labels.
  let cell: String
  let source: SourceFile
  /// The cell was meant to fail, and did.
  let isErrorExpected: Bool

  init(
    _ output: CellOutput, id: String, cell: String, source: SourceFile,
    isErrorExpected: Bool = false
  ) {
    self.output = output
    self.id = id
    self.cell = cell
    self.source = source
    self.isErrorExpected = isErrorExpected
  }

  var markup: Markup {
    switch output {
    case .text(let printed): TextHTML.block(printed.text, id: id, label: "Output of cell \(cell)")
    case .table(let table): TableHTML(table, label: "Table of cell \(cell)").markup(id: id)
    case .chart(let chart): ChartHTML(chart, id: id).markup
    case .pictures(let grid): PicturesHTML(grid).markup(id: id)
    case .diagram(let diagram): diagramMarkup(diagram)
    case .weights(let weights): weightsMarkup(weights)
    case .gradients(let report): gradientsMarkup(report)
    case .assertion(let assertion): assertionMarkup(assertion)
    case .diagnostic(let diagnostic):
      DiagnosticHTML(diagnostic, in: source, isExpected: isErrorExpected).markup
    }
  }

  private func diagramMarkup(_ diagram: NetworkDiagram) -> Markup {
    .tag(
      "div", ["class": "figure", "id": id],
      [DiagramDrawing(diagram: diagram).picture().svg(id: id, class: "chart diagram")])
  }

  private func weightsMarkup(_ weights: WeightsOutput) -> Markup {
    let entries = weights.entries.flatMap { entry -> [Markup] in
      [
        .tag(
          "p", ["class": "entry"],
          [
            .tag("b", [:], "\(weights.network).\(entry.name)"),
            .text("  \(NumberText.shape(entry.shape))  \(entry.dtype)"),
          ]),
        TextHTML.block(entry.text, id: nil, label: "\(weights.network).\(entry.name)"),
      ]
    }
    return .tag("div", ["class": "weights", "id": id], entries)
  }

  private func gradientsMarkup(_ report: GradientReport) -> Markup {
    .group([
      .tag("p", ["class": "note"], report.summary),
      TableHTML(report.table, label: "Gradient check of cell \(cell)").markup(id: id),
    ])
  }

  private func assertionMarkup(_ assertion: AssertionOutput) -> Markup {
    var parts: [Markup] = [
      .tag("span", ["class": "tick", "role": "img", "aria-label": "Holds:"], "✓"), .text(" "),
      .tag("code", [:], assertion.condition),
    ]
    if let reason = assertion.reason {
      parts.append(.tag("span", ["class": "reason"], " \(reason)"))
    }
    return .tag("p", ["class": "assertion", "id": id], parts)
  }
}

extension GradientReport {
  /// The check in one sentence.
  var summary: String {
    let errors = rows.map(\.largestRelativeError)
    let worst =
      rows.first { $0.largestRelativeError.isNaN }
      ?? rows.max { $0.largestRelativeError < $1.largestRelativeError }
    guard let worst, !errors.isEmpty else { return "\(network) has nothing to check" }
    return "Backpropagation against central differences: the largest relative error is "
      + "\(GradientReport.text(worst.largestRelativeError)), in \(network).\(worst.parameter)"
  }

  var table: TableOutput {
    TableOutput(
      columns: ["parameter", "shape", "checked", "largest relative error"],
      rows: rows.map { row in
        [
          .text("\(network).\(row.parameter)"), .text(NumberText.shape(row.shape)),
          .number(NumberCell(Double(row.checked), text: NumberText.grouped(row.checked))),
          .number(
            NumberCell(
              row.largestRelativeError, text: GradientReport.text(row.largestRelativeError))),
        ]
      })
  }

  private static func text(_ error: Double) -> String {
    guard let digits = DecimalDigits(error)?.rounded(toDigits: 3), !digits.isZero else {
      return NumberText.shortest(error)
    }
    return "\(digits.mantissa)e\(digits.exponent - 1)"
  }
}
