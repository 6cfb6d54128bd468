import NNOutput

/// Two drawings laid over each other: what was recorded and what is there now in one chart, or how
/// far their pixels are apart.
enum CheckOverlay {
  /// nil for what can't be laid over each other.
  static func output(_ recorded: CellOutput, _ fresh: CellOutput) -> (CellOutput, caption: String)?
  {
    switch (recorded, fresh) {
    case (.chart(let old), .chart(let new)): chart(old, new)
    case (.pictures(let old), .pictures(let new)): pictures(old, new)
    default: nil
    }
  }

  private static func chart(_ old: Chart, _ new: Chart) -> (CellOutput, caption: String)? {
    var chart = new
    let together = "Both in one chart"
    switch (old.content, new.content) {
    case (.lines(let old), .lines(let new)): chart.content = .lines(both(old, new))
    case (.points(let old), .points(let new)): chart.content = .points(both(old, new))
    case (.bars(let old), .bars(let new)): chart.content = .bars(both(old, new))
    case (.histogram(let old, let oldEdges), .histogram(let new, let newEdges)):
      chart.content = .lines(
        both([outline(old, oldEdges)], [outline(new, newEdges)]))
    case (
      .heatmap(let oldRows, let oldColumns, let old, _),
      .heatmap(let rows, let columns, let new, _)
    ):
      guard oldRows == rows, oldColumns == columns else { return nil }
      chart.content = .heatmap(
        rows: rows, columns: columns, values: zip(old, new).map { $1 - $0 }, isAnnotated: false)
      return (.chart(chart), "Now less recorded")
    default: return nil
    }
    return (.chart(chart), together)
  }

  private static func both(_ old: [Chart.Series], _ new: [Chart.Series]) -> [Chart.Series] {
    func named(_ series: [Chart.Series], _ word: String) -> [Chart.Series] {
      series.map { one in
        Chart.Series(label: (one.label.map { $0 + ", " } ?? "") + word, x: one.x, y: one.y)
      }
    }
    return named(old, "recorded") + named(new, "now")
  }

  /// The steps of a histogram as a line.
  private static func outline(_ counts: [Double], _ edges: [Double]) -> Chart.Series {
    var (x, y): ([Double], [Double]) = ([], [])
    for index in 0..<min(counts.count, max(0, edges.count - 1)) {
      x += [edges[index], edges[index + 1]]
      y += [counts[index], counts[index]]
    }
    return Chart.Series(x: x, y: y)
  }

  private static func pictures(
    _ old: PictureGrid, _ new: PictureGrid
  ) -> (CellOutput, caption: String)? {
    var grid = new
    grid.pictures = []
    for (one, other) in zip(old.pictures, new.pictures)
    where one.values.count == other.values.count && one.width == other.width {
      var picture = other
      picture.values = zip(one.values, other.values).map { abs($1 - $0) }
      picture.isWrong = false
      grid.pictures.append(picture)
    }
    let largest = grid.pictures.flatMap(\.values).filter(\.isFinite).max() ?? 0
    guard largest > 0 else { return nil }
    grid.colorMap = .viridis
    (grid.low, grid.high) = (0, largest)
    return (.pictures(grid), "How far the pixels are apart")
  }
}
