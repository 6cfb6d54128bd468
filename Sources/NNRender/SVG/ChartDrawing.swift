import NNOutput

/// `Chart` → scales fitted to its data → a frame with axes, legend and notes → marks → `Picture`.
///
/// A chart is 520 units wide and shown at most that many pixels wide. Its text is 12 units high, and
/// 15 on narrow screens, where the drawing shrinks: room is kept for the larger size.
struct ChartDrawing {
  let chart: Chart
  /// The page's name for this output; ids inside the drawing begin with it.
  let id: String

  func picture() -> Picture {
    switch chart.content {
    case .lines(let series): LineChart(chart: chart, series: series).picture()
    case .points(let series): PointChart(chart: chart, series: series).picture()
    case .bars(let series): BarChart(chart: chart, series: series).picture()
    case .histogram(let counts, let edges):
      HistogramChart(chart: chart, counts: counts, edges: edges).picture()
    case .heatmap(let rows, let columns, let values, let isAnnotated):
      HeatmapChart(
        chart: chart, id: id, rows: rows, columns: columns, values: values,
        isAnnotated: isAnnotated
      ).picture()
    }
  }
}

/// Sizes shared by all charts.
enum ChartMetrics {
  static let width = 520.0
  static let plotHeight = 250.0
  /// The largest text the style sheet gives; room is measured with it.
  static let textSize = 15.0
  static let row = 21.0
  /// At most so many marks carry a text shown under the pointer; more would make the page heavy.
  static let hoverLimit = 500
}

extension Chart.Series {
  /// The points there are: x and y may come with different lengths from a hostile record.
  var count: Int { min(x.count, y.count) }
}

/// What can't be drawn, counted for a note under the chart.
struct Undrawn: Sendable {
  private(set) var nan = 0
  private(set) var infinite = 0
  private(set) var notPositive = 0

  mutating func count(_ value: Double, on scale: AxisScale) {
    if value.isNaN {
      nan += 1
    } else if value.isInfinite {
      infinite += 1
    } else if case .logarithmic = scale.mapping, value <= 0 {
      notPositive += 1
    }
  }

  /// One sentence a kind, for under the chart.
  func notes(infiniteAtEdge: Bool = false) -> [String] {
    var notes: [String] = []
    if nan > 0 { notes.append("\(NumberText.count(nan, "value")) nan, not drawn") }
    if infinite > 0 {
      let place = infiniteAtEdge ? "shown as a triangle at the edge" : "not drawn"
      notes.append("\(NumberText.count(infinite, "value")) infinite, \(place)")
    }
    if notPositive > 0 {
      notes.append(
        "\(NumberText.count(notPositive, "value")) not above 0, without a place on the log axis")
    }
    return notes
  }
}
