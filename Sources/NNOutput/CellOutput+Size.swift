/// What an output takes on a page, for the limits of a cell.
extension CellOutput {
  /// The bytes of the words on it.
  package var textBytes: Int {
    switch self {
    case .text(let printed): printed.text.utf8.count
    case .table(let table):
      Self.bytes(table.columns) + Self.bytes(table.rowNames) + Self.bytes([table.title ?? ""])
        + table.rows.reduce(0) { $0 + $1.reduce(0) { $0 + Self.bytes($1) } }
    case .chart(let chart): chart.textBytes
    case .pictures(let grid): grid.pictures.reduce(0) { $0 + ($1.caption?.utf8.count ?? 0) }
    case .weights(let weights): weights.entries.reduce(0) { $0 + $1.text.utf8.count }
    case .assertion(let assertion): assertion.reason?.utf8.count ?? 0
    case .diagram, .gradients, .diagnostic: 0
    }
  }

  /// The numbers and pixels behind it.
  package var numberCount: Int {
    switch self {
    case .chart(let chart): chart.numberCount
    case .pictures(let grid): grid.pictures.reduce(0) { $0 + $1.values.count }
    case .diagram(let diagram): diagram.layers.reduce(0) { $0 + $1.weights.count }
    case .text, .table, .weights, .gradients, .assertion, .diagnostic: 0
    }
  }

  private static func bytes(_ cell: TableOutput.Cell) -> Int {
    switch cell {
    case .text(let text): text.utf8.count
    case .number(let number): number.text.utf8.count
    case .empty: 0
    }
  }

  fileprivate static func bytes(_ texts: [String]) -> Int { texts.reduce(0) { $0 + $1.utf8.count } }
}

extension Chart {
  fileprivate var textBytes: Int {
    let words = [title, x.label, y.label].compactMap(\.self) + x.categories + y.categories
    return CellOutput.bytes(words)
      + series.reduce(0) {
        $0 + CellOutput.bytes($1.groupNames + [$1.label ?? ""])
      }
  }

  fileprivate var numberCount: Int {
    switch content {
    case .lines, .points, .bars: series.reduce(0) { $0 + $1.x.count + $1.y.count }
    case .histogram(let counts, let edges): counts.count + edges.count
    case .heatmap(_, _, let values, _): values.count
    }
  }

  private var series: [Series] {
    switch content {
    case .lines(let series), .points(let series), .bars(let series): series
    case .histogram, .heatmap: []
    }
  }
}
