import NNOutput
import NNSource

/// Outputs as a terminal shows them. Printed text is passed on as it is, byte for byte; what a page
/// draws becomes a few lines that say what there is to see.
package struct TextRenderer {
  private let source: SourceFile

  package init(source: SourceFile) { self.source = source }

  package func text(_ outputs: [CellOutput]) -> String {
    outputs.map(text).joined()
  }

  /// Ends with a line end, but for printed text that does not.
  package func text(_ output: CellOutput) -> String {
    switch output {
    case .text(let printed): printed.text
    case .table(let table): TextTable(table).text
    case .chart(let chart): Self.lines(ChartText(chart).lines)
    case .pictures(let grid): Self.lines(PictureText(grid).lines)
    case .diagram(let diagram): Self.lines(Self.lines(of: diagram))
    case .weights(let weights): Self.lines(Self.lines(of: weights))
    case .gradients(let report): report.summary + "\n" + TextTable(report.table).text
    case .assertion(let assertion):
      "✓ \(assertion.condition)\(assertion.reason.map { ", \($0)" } ?? "")\n"
    case .diagnostic(let diagnostic): diagnostic.text(in: source) + "\n"
    }
  }

  private static func lines(_ lines: [String]) -> String {
    lines.map { $0 + "\n" }.joined()
  }

  private static func lines(of weights: WeightsOutput) -> [String] {
    weights.entries.flatMap { entry in
      [
        "\(weights.network).\(entry.name)  \(NumberText.shape(entry.shape))  \(entry.dtype)",
        entry.text,
      ]
    }
  }

  /// `net: input 30 → dense 5 sigmoid → dense 3 sigmoid (165 parameters)`
  private static func lines(of diagram: NetworkDiagram) -> [String] {
    let layers = diagram.layers.map { layer in
      "\(layer.kind) \(layer.units)\(layer.activation.map { " \($0)" } ?? "")"
    }
    let total = diagram.layers.reduce(0) { $0 &+ $1.parameters }
    return [
      "\(diagram.name): \(layers.joined(separator: " → ")) "
        + "(\(NumberText.count(total, "parameter")))"
    ]
  }
}
