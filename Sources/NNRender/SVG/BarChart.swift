import NNOutput

/// Bars from 0, side by side for several series.
struct BarChart {
  let chart: Chart
  let series: [Chart.Series]

  private var placeCount: Int {
    series.reduce(chart.x.categories.count) { max($0, $1.count) }
  }

  func picture() -> Picture {
    let names = (0..<placeCount).map { index in
      chart.x.categories.indices.contains(index) ? chart.x.categories[index] : "\(index)"
    }
    let isLog = chart.y.scale == .log
    let yScale = AxisScale.fitted(
      chart.y, to: series.lazy.flatMap { $0.y }, including: isLog ? nil : 0,
      fit: AxisFit(tickCount: 5, endsAtTicks: true))
    var options = ChartFrame.Options()
    options.hasTickMarks = false
    if series.count > 1 || series.contains(where: { $0.label != nil }) {
      options.legend = series.enumerated().map { index, series in
        LegendItem(
          text: series.label ?? "series \(index + 1)", style: SeriesStyle(index), sample: .bar)
      }
    }
    let frame = ChartFrame(
      chart: chart, xScale: .bands(names), yScale: yScale, options: options)
    var undrawn = Undrawn()
    for value in series.lazy.flatMap({ $0.y }) { undrawn.count(value, on: yScale) }
    var notes = undrawn.notes()
    if placeCount == 0 { notes.append("no data") }
    let marks = series.indices.flatMap { drawing(of: $0, names: names, in: frame) }
    return frame.picture(marks: marks, notes: notes, words: ChartWords(chart))
  }

  private func drawing(of index: Int, names: [String], in frame: ChartFrame) -> [Markup] {
    let style = SeriesStyle(index)
    let band = frame.plotWidth / Double(max(placeCount, 1))
    let width = min(band * 0.76 / Double(series.count), 56)
    let offset = (Double(index) - Double(series.count) / 2) * width
    let base = frame.y(0) ?? frame.bottom
    let total = placeCount * series.count
    var dense = ""
    var marks: [Markup] = []
    for place in 0..<series[index].count {
      let value = series[index].y[place]
      guard let top = frame.y(value) else { continue }
      let x = frame.left + (Double(place) + 0.5) * band + offset
      if total > ChartMetrics.hoverLimit {
        dense += Drawing.line(x + width / 2, base, x + width / 2, top)
        continue
      }
      let name = series[index].label.map { "\(names[place]), \($0): " } ?? "\(names[place]): "
      marks.append(
        Drawing.rectangle(
          x: x, y: min(top, base), width: max(width - 1.5, width * 0.8),
          height: (base - top).magnitude, class: "bar \(style.fillClass) \(style.colorClass)",
          title: name + NumberText.brief(value, digits: 6)))
      if total <= 12 {
        marks.append(label(value, x: x + width / 2, top: top, base: base, in: frame))
      }
    }
    if !dense.isEmpty {
      marks.append(Drawing.path(dense, class: "line thin \(style.colorClass)"))
    }
    return marks
  }

  /// A bar's height in figures, at its end; over its beginning where the end touches the names.
  private func label(
    _ value: Double, x: Double, top: Double, base: Double, in frame: ChartFrame
  ) -> Markup {
    let isDown = top > base
    let y = !isDown ? top - 5 : top + 14 > frame.bottom ? base - 5 : top + 14
    return Drawing.text(
      NumberText.brief(value), x: x, y: y, anchor: .middle, class: "value")
  }
}

/// Counts of values in bins.
struct HistogramChart {
  let chart: Chart
  let counts: [Double]
  let edges: [Double]

  func picture() -> Picture {
    let xScale = AxisScale.fitted(chart.x, to: edges, fit: AxisFit(tickCount: 6))
    let isLog = chart.y.scale == .log
    let yScale = AxisScale.fitted(
      chart.y, to: counts, including: isLog ? nil : 0,
      fit: AxisFit(tickCount: 5, endsAtTicks: true, isWhole: true))
    let frame = ChartFrame(chart: chart, xScale: xScale, yScale: yScale)
    var undrawn = Undrawn()
    for count in counts { undrawn.count(count, on: yScale) }
    var notes = undrawn.notes()
    let bins = max(0, min(counts.count, edges.count - 1))
    if bins == 0 { notes.append("no data") }
    let marks = (0..<bins).compactMap { bar($0, in: frame, isSingle: bins > 400) }
    return frame.picture(marks: marks, notes: notes, words: ChartWords(chart))
  }

  private func bar(_ index: Int, in frame: ChartFrame, isSingle: Bool) -> Markup? {
    guard let left = frame.x(edges[index]), let right = frame.x(edges[index + 1]),
      let top = frame.y(counts[index]), counts[index] != 0
    else { return nil }
    let base = frame.y(0) ?? frame.bottom
    let gap = right - left > 4 ? 1.0 : 0
    let title =
      "\(NumberText.brief(edges[index])) to \(NumberText.brief(edges[index + 1])): "
      + NumberText.brief(counts[index], digits: 6)
    return Drawing.rectangle(
      x: left, y: min(top, base), width: right - left - gap, height: (base - top).magnitude,
      class: "bar full s1", title: isSingle ? nil : title)
  }
}
