import NNOutput

/// A chart or a network's picture as an SVG file that stands on its own: its colours, light and
/// dark, are inside.
package enum SVGImage {
  /// nil for outputs that are not drawn. `id` begins every id inside: a cell's label and the number
  /// of the output, say.
  package static func svg(_ output: CellOutput, id: String) -> String? {
    switch output {
    case .chart(let chart):
      file(ChartDrawing(chart: chart, id: id).picture(), id: id, class: "chart")
    case .diagram(let diagram):
      file(DiagramDrawing(diagram: diagram).picture(), id: id, class: "chart diagram")
    case .text, .table, .pictures, .weights, .gradients, .assertion, .diagnostic: nil
    }
  }

  private static func file(_ picture: Picture, id: String, class name: String) -> String {
    MarkupWriter.string(picture.svg(id: id, class: name, style: style))
  }

  private static let style =
    ".chart{\(PagePalette.properties(\.light));--bw:#000;--wb:#fff}"
    + "@media(prefers-color-scheme:dark){.chart{\(PagePalette.properties(\.dark));"
    + "--bw:#fff;--wb:#000}}" + ChartStyle.text.split(separator: "\n").joined()
}
