import NNOutput

/// Where a heatmap's cells stand, and what is written around them.
struct HeatmapGrid {
  enum Direction { case x, y }

  let chart: Chart
  let rows: Int
  let columns: Int
  let left: Double
  let top: Double
  let cell: Double
  let cellHeight: Double
  private let columnLabels: TickLabels

  init(chart: Chart, rows: Int, columns: Int, tallest: Double) {
    self.chart = chart
    self.rows = rows
    self.columns = columns
    let size = ChartMetrics.textSize
    let rowNames = (0..<rows).map { Self.name($0, in: chart.y) }
    let widest = rows <= 200 ? TextMeasure.widest(rowNames, size: size) : 40
    left = min(widest, 150) + 10
    // The scale beside the cells takes the rest.
    let room = ChartMetrics.width - left - 80
    let square = min(room / Double(columns), tallest / Double(rows), 54)
    // Very long or very wide matrices get cells that are not square.
    cell = square * Double(columns) < 60 ? min(60 / Double(columns), 54) : square
    cellHeight = square * Double(rows) < 40 ? min(40 / Double(rows), 54) : square
    var top = 6.0
    if chart.title != nil { top += 24 }
    if chart.y.label != nil { top += ChartMetrics.row }
    self.top = top + 4
    columnLabels = TickLabels(
      Self.ticks(count: columns, axis: chart.x), width: cell * Double(columns))
  }

  var width: Double { cell * Double(columns) }
  var height: Double { cellHeight * Double(rows) }

  private static func ticks(count: Int, axis: Chart.Axis) -> AxisScale {
    .bands((0..<count).map { name($0, in: axis) })
  }

  private static func name(_ index: Int, in axis: Chart.Axis) -> String {
    axis.categories.indices.contains(index) ? axis.categories[index] : "\(index)"
  }

  func name(_ direction: Direction, _ index: Int) -> String {
    Self.name(index, in: direction == .x ? chart.x : chart.y)
  }

  /// The size at which the longest of `texts` fits a cell; nil if there are none or it would be
  /// too small to read.
  func annotationSize(_ texts: [String]) -> Double? {
    guard !texts.isEmpty else { return nil }
    let ems = texts.reduce(1) { max($0, TextMeasure.ems($1)) }
    let size = min(14, (cell - 6) / ems, cellHeight - 6)
    return size >= 7 ? size : nil
  }

  func picture(_ cells: [Markup], notes: [String], words: ChartWords) -> Picture {
    var y = top + height + 6 + columnLabels.height
    var below: [Markup] = []
    if let label = chart.x.label {
      y += 18
      below.append(
        Drawing.centered(label, x: left + width / 2, y: y - 2, class: "name"))
    }
    for note in notes {
      y += 19
      below.append(Drawing.text(note, x: 0, y: y - 2, class: "note"))
    }
    let labels: [Markup] = [
      .tag("g", ["class": "ticks"], rowLabels + columnLabels.drawing(left: left, top: top + height))
    ]
    return Picture(
      width: ChartMetrics.width, height: max(y + 6, top + 90).rounded(.up), title: words.title,
      description: words.description(notes: notes), content: heading + cells + labels + below)
  }

  private var heading: [Markup] {
    var parts: [Markup] = []
    var y = 6.0
    if let title = chart.title {
      y += 24
      let text = TextMeasure.cut(title, to: ChartMetrics.width, size: ChartMetrics.textSize)
      parts.append(Drawing.text(text, x: 0, y: y - 12, class: "title"))
    }
    if let label = chart.y.label {
      let text = TextMeasure.cut(label, to: ChartMetrics.width, size: ChartMetrics.textSize)
      parts.append(Drawing.text(text, x: 0, y: y + 12, class: "name"))
    }
    return parts
  }

  private var rowLabels: [Markup] {
    let stride = AxisScale.roundStride(ChartMetrics.textSize / cellHeight)
    return Swift.stride(from: 0, to: rows, by: stride).map { row in
      let text = TextMeasure.cut(name(.y, row), to: 150, size: ChartMetrics.textSize)
      return Drawing.text(
        text, x: left - 7, y: top + (Double(row) + 0.5) * cellHeight + 4, anchor: .end)
    }
  }
}
