import NNOutput

/// Lines through points in order. A nan leaves a gap, an infinity a triangle at the plot's edge.
struct LineChart {
  let chart: Chart
  let series: [Chart.Series]

  /// Up to so many points a series are marked one by one.
  private static let markerLimit = 30

  func picture() -> Picture {
    let frame = frame()
    var undrawn = Undrawn()
    var marks: [Markup] = []
    for (index, line) in series.enumerated() {
      marks += drawing(of: line, style: SeriesStyle(index), in: frame, undrawn: &undrawn)
    }
    var notes = undrawn.notes(infiniteAtEdge: true)
    if series.allSatisfy({ $0.count == 0 }) { notes.append("no data") }
    return frame.picture(marks: marks, notes: notes, words: ChartWords(chart))
  }

  private func frame() -> ChartFrame {
    let values = series.lazy.flatMap { $0.y }
    let places = series.lazy.flatMap { $0.x }
    let yScale = AxisScale.fitted(
      chart.y, to: values, fit: AxisFit(tickCount: 5, endsAtTicks: true))
    let isWhole = places.allSatisfy { $0.isFinite && $0 == $0.rounded() }
    let xScale = AxisScale.fitted(chart.x, to: places, fit: AxisFit(tickCount: 6, isWhole: isWhole))
    var options = ChartFrame.Options()
    let bare = ChartFrame(chart: chart, xScale: xScale, yScale: yScale)
    if let ends = endLabels(bare) {
      options.endLabels = ends
      // With the legend gone the plot moves up; heights are measured again in the final frame.
      let final = ChartFrame(chart: chart, xScale: xScale, yScale: yScale, options: options)
      options.endLabels = endLabels(final) ?? ends
    } else if series.contains(where: { $0.label != nil }) {
      options.legend = series.enumerated().map { index, line in
        LegendItem(
          text: line.label ?? "series \(index + 1)", style: SeriesStyle(index), sample: .line)
      }
    }
    return ChartFrame(chart: chart, xScale: xScale, yScale: yScale, options: options)
  }

  /// The names at the lines' right ends; nil if a line has no name, ends elsewhere, or there are
  /// too many or too long names.
  private func endLabels(_ frame: ChartFrame) -> [EndLabel]? {
    guard (1...8).contains(series.count) else { return nil }
    var labels: [EndLabel] = []
    for (index, line) in series.enumerated() {
      guard let text = line.label, line.count > 0,
        TextMeasure.width(text, size: ChartMetrics.textSize) <= 130,
        let x = frame.x(line.x[line.count - 1]), x >= frame.right - 0.03 * frame.plotWidth,
        let y = frame.y(line.y[line.count - 1])
      else { return nil }
      labels.append(EndLabel(text: text, style: SeriesStyle(index), y: y))
    }
    return labels
  }

  private func drawing(
    of line: Chart.Series, style: SeriesStyle, in frame: ChartFrame, undrawn: inout Undrawn
  ) -> [Markup] {
    var path = LinePath()
    var edges = ""
    for index in 0..<line.count {
      undrawn.count(line.x[index], on: frame.xScale)
      undrawn.count(line.y[index], on: frame.yScale)
      if let x = frame.x(line.x[index]), let y = frame.y(line.y[index]) {
        path.add(PlotPoint(x: x, y: y, index: index))
      } else {
        path.leaveGap()
        if line.y[index].isInfinite, let x = frame.x(line.x[index]) {
          edges += triangle(x: x, isUp: line.y[index] > 0, in: frame)
        }
      }
    }
    var marks: [Markup] = []
    let data = path.data()
    if !data.isEmpty {
      marks.append(
        Drawing.path(
          data, class: "line \(style.colorClass)", ["stroke-dasharray": style.dashes]))
    }
    if !edges.isEmpty { marks.append(Drawing.path(edges, class: "mark \(style.colorClass)")) }
    let dots = line.count <= Self.markerLimit ? path.points : path.isolatedPoints
    return marks + dots.map { dot($0, of: line, style: style) }
  }

  private func dot(_ point: PlotPoint, of line: Chart.Series, style: SeriesStyle) -> Markup {
    let values =
      "\(NumberText.brief(line.x[point.index], digits: 6)), "
      + NumberText.brief(line.y[point.index], digits: 6)
    let name = line.label.map { "\($0): " } ?? ""
    return style.markup(x: point.x, y: point.y, size: 2.8, title: name + values)
  }

  private func triangle(x: Double, isUp: Bool, in frame: ChartFrame) -> String {
    let at = "M\(Drawing.number(x)) \(Drawing.number(isUp ? frame.top : frame.bottom))"
    return at + (isUp ? "l4 8h-8z" : "l4-8h-8z")
  }
}

/// A point on the drawing and which of its series' points it is.
struct PlotPoint {
  let x: Double
  let y: Double
  let index: Int
}

/// Runs of points joined by lines. Where there are far more points than the drawing can show, each
/// column one unit wide keeps its first, lowest, highest and last point, which draws the same ink.
struct LinePath {
  private var runs: [[PlotPoint]] = [[]]

  mutating func add(_ point: PlotPoint) { runs[runs.count - 1].append(point) }

  mutating func leaveGap() { if runs.last?.isEmpty == false { runs.append([]) } }

  var points: [PlotPoint] { runs.flatMap { $0 } }

  /// Points with a gap on both sides, which no line would show.
  var isolatedPoints: [PlotPoint] { runs.compactMap { $0.count == 1 ? $0[0] : nil } }

  /// SVG path data.
  func data() -> String {
    let total = runs.reduce(0) { $0 + $1.count }
    let isDense = total > 2 * Int(ChartMetrics.width)
    var data = ""
    for run in runs where run.count > 1 {
      let kept = isDense ? Self.thinned(run) : run
      for (index, point) in kept.enumerated() {
        data += index == 0 ? "M" : index == 1 ? "L" : " "
        data += NumberText.coordinate(point.x, decimals: isDense ? 1 : 2)
        data += " "
        data += NumberText.coordinate(point.y, decimals: isDense ? 1 : 2)
      }
    }
    return data
  }

  static func thinned(_ run: [PlotPoint]) -> [PlotPoint] {
    var kept: [PlotPoint] = []
    var start = 0
    while start < run.count {
      let column = run[start].x.rounded(.down)
      var end = start + 1
      while end < run.count, run[end].x.rounded(.down) == column { end += 1 }
      let part = run[start..<end]
      if part.count <= 4 {
        kept += part
      } else {
        let lowest = part.min { $0.y < $1.y }
        let highest = part.max { $0.y < $1.y }
        let chosen = [part.first, lowest, highest, part.last].compactMap { $0 }
        var last = -1
        for point in chosen.sorted(by: { $0.index < $1.index }) where point.index != last {
          kept.append(point)
          last = point.index
        }
      }
      start = end
    }
    return kept
  }
}
