import NNOutput

/// A chart and, folded under it, the numbers it was drawn from.
struct ChartHTML {
  let chart: Chart
  let id: String

  init(_ chart: Chart, id: String) {
    self.chart = chart
    self.id = id
  }

  var markup: Markup {
    .tag(
      "div", ["class": "figure", "id": id],
      [
        ChartDrawing(chart: chart, id: id).picture().svg(id: id, class: "chart"), .text("\n"),
        ChartData(chart).markup,
      ])
  }
}

/// The numbers of a chart as columns, at full precision.
struct ChartData {
  /// More rows than these are text to copy, with a tab between columns: a table of them would be
  /// five times as long, and nobody reads it.
  private static let tableLimit = 30
  /// More numbers than these are not on the page, but summed up; the record holds them the same way.
  private static let numberLimit = 10_000

  let columns: [String]
  let rows: [[String]]
  private let chart: Chart
  private let count: Int

  init(_ chart: Chart) {
    self.chart = chart
    count = chart.numberCount
    (columns, rows) = count <= Self.numberLimit ? chart.dataRows : chart.dataSummary
  }

  var markup: Markup {
    guard count > 0 else { return .nothing }
    let isWhole = count <= Self.numberLimit
    let summary = isWhole ? "Data" : "Data, summed up (\(NumberText.grouped(count)) numbers)"
    let isTable = rows.count <= Self.tableLimit && columns.count <= 40
    return .tag(
      "details", ["class": "behind"],
      [.tag("summary", [:], summary), isTable ? table : text])
  }

  private var table: Markup {
    let head = columns.map { Markup.tag("th", ["scope": "col", "class": "num"], $0) }
    let body = rows.map { row in
      Markup.tag("tr", [:], row.map { .tag("td", ["class": "num"], $0) })
    }
    return .tag(
      "div", CodeHTML.scrollable(["class": "scroll"], label: "Data of the chart"),
      [
        .tag(
          "table", ["class": "data"],
          [.tag("thead", [:], [.tag("tr", [:], head)]), .tag("tbody", [:], body)])
      ])
  }

  private var text: Markup {
    let lines = ([columns] + rows).map { $0.joined(separator: "\t") }
    return .tag(
      "div", CodeHTML.scrollable(["class": "text tall"], label: "Data of the chart"),
      [.tag("pre", [:], lines.joined(separator: "\n"))])
  }
}

extension Chart {
  fileprivate typealias Rows = (columns: [String], rows: [[String]])

  private var series: [Series] {
    switch content {
    case .lines(let series), .points(let series), .bars(let series): series
    case .histogram, .heatmap: []
    }
  }

  /// How many numbers there are behind the chart.
  fileprivate var numberCount: Int {
    switch content {
    case .lines, .points, .bars: series.reduce(0) { $0 + 2 * $1.count }
    case .histogram(let counts, _): counts.count * 2
    case .heatmap(_, _, let values, _): values.count
    }
  }

  fileprivate var dataRows: Rows {
    switch content {
    case .bars: sharedRows(places: barNames)
    case .lines, .points:
      hasSharedX
        ? sharedRows(places: series.first?.x.map(NumberText.shortest) ?? []) : separateRows
    case .histogram(let counts, let edges):
      (
        ["from", "to", "count"],
        (0..<max(0, min(counts.count, edges.count - 1))).map { index in
          [edges[index], edges[index + 1], counts[index]].map(NumberText.shortest)
        }
      )
    case .heatmap(let rows, let columns, let values, _): matrixRows(rows, columns, values)
    }
  }

  private func name(_ index: Int) -> String { series[index].label ?? y.label ?? "y\(index + 1)" }

  private var barNames: [String] {
    let count = series.reduce(x.categories.count) { max($0, $1.count) }
    return (0..<count).map { x.categories.indices.contains($0) ? x.categories[$0] : "\($0)" }
  }

  private var hasSharedX: Bool {
    guard let first = series.first else { return true }
    return series.allSatisfy { $0.x == first.x && $0.count == first.count && $0.groups.isEmpty }
  }

  private func sharedRows(places: [String]) -> Rows {
    let columns = [x.label ?? "x"] + series.indices.map(name)
    let rows = places.indices.map { index in
      [places[index]]
        + series.map { index < $0.count ? NumberText.shortest($0.y[index]) : "" }
    }
    return (columns, rows)
  }

  private var separateRows: Rows {
    let hasGroups = series.contains { !$0.groups.isEmpty }
    let isNamed = series.count > 1
    let columns =
      (isNamed ? ["series"] : []) + [x.label ?? "x", y.label ?? "y"]
      + (hasGroups ? ["group"] : [])
    var rows: [[String]] = []
    for (index, series) in series.enumerated() {
      for point in 0..<series.count {
        var row = isNamed ? [name(index)] : []
        row += [NumberText.shortest(series.x[point]), NumberText.shortest(series.y[point])]
        if hasGroups { row.append(series.groupName(point)) }
        rows.append(row)
      }
    }
    return (columns, rows)
  }

  private func matrixRows(_ rows: Int, _ columns: Int, _ values: [Double]) -> Rows {
    guard rows > 0, columns > 0, values.count / columns >= rows else { return ([], []) }
    func name(_ names: [String], _ index: Int) -> String {
      names.indices.contains(index) ? names[index] : "\(index)"
    }
    return (
      [""] + (0..<columns).map { name(x.categories, $0) },
      (0..<rows).map { row in
        [name(y.categories, row)]
          + values[row * columns..<(row + 1) * columns].map(NumberText.shortest)
      }
    )
  }

  /// Count, least, greatest and mean of each series.
  fileprivate var dataSummary: Rows {
    let parts: [(String, [Double])]
    switch content {
    case .lines, .points, .bars:
      parts = series.indices.flatMap {
        [("\(name($0)), x", series[$0].x), (name($0), series[$0].y)]
      }
    case .histogram(let counts, _): parts = [("count", counts)]
    case .heatmap(_, _, let values, _): parts = [("values", values)]
    }
    return (
      ["", "count", "min", "max", "mean"],
      parts.map { name, values in
        let finite = values.filter(\.isFinite)
        let range = ValueRange(finite)
        let mean = finite.reduce(0) { $0 + $1 / Double(finite.count) }
        return [name, NumberText.grouped(values.count)]
          + [range?.lower, range?.upper, range == nil ? nil : mean].map {
            $0.map(NumberText.shortest) ?? ""
          }
      }
    )
  }
}

extension Chart.Series {
  fileprivate func groupName(_ point: Int) -> String {
    guard groups.indices.contains(point) else { return "" }
    let group = groups[point]
    return groupNames.indices.contains(group) ? groupNames[group] : "\(group)"
  }
}
