import NNOutput

/// A chart in words: its title, and what stands in it.
struct ChartWords {
  let title: String
  private let sentences: [String]

  init(_ chart: Chart) {
    let kind: String
    switch chart.content {
    case .lines(let series):
      kind = "Line chart"
      sentences = Self.sentences(series, mark: "point")
    case .points(let series):
      kind = "Scatter chart"
      sentences = Self.sentences(series, mark: "point")
    case .bars(let series):
      kind = "Bar chart"
      sentences = Self.sentences(series, mark: "bar")
    case .histogram(let counts, let edges):
      kind = "Histogram"
      let range = ValueRange(edges).map { " from \(Self.text($0.lower)) to \(Self.text($0.upper))" }
      sentences = ["\(NumberText.count(counts.count, "bin"))\(range ?? "")."]
    case .heatmap(let rows, let columns, let values, _):
      kind = "Heatmap"
      sentences = ["\(rows) by \(columns) values\(Self.span(values))."]
    }
    let axes = [chart.y.label, chart.x.label].compactMap { $0 }.joined(separator: " against ")
    title = chart.title ?? (axes.isEmpty ? kind : "\(kind): \(axes)")
  }

  func description(notes: [String]) -> String {
    (sentences + notes.map { $0 + "." }).joined(separator: " ")
  }

  private static func sentences(_ series: [Chart.Series], mark: String) -> [String] {
    guard !series.isEmpty else { return ["No data."] }
    let told = series.prefix(12).enumerated().map { index, series in
      let name = series.label ?? "Series \(index + 1)"
      return "\(name): \(NumberText.count(series.count, mark))\(span(series.y))."
    }
    return series.count > 12 ? told + ["And \(series.count - 12) more."] : told
  }

  private static func span(_ values: [Double]) -> String {
    ValueRange(values).map { " from \(text($0.lower)) to \(text($0.upper))" } ?? ""
  }

  private static func text(_ value: Double) -> String { NumberText.brief(value) }
}
