import NNOutput

/// A scatter chart: each series, or each group of a series, with its own colour and shape.
struct PointChart {
  /// The points of one colour and shape.
  struct Cloud {
    let name: String?
    let style: SeriesStyle
    var points: [(x: Double, y: Double)]
  }

  let chart: Chart
  let clouds: [Cloud]
  private let pointCount: Int

  init(chart: Chart, series: [Chart.Series]) {
    self.chart = chart
    clouds = series.count == 1 ? Self.groups(of: series[0]) : Self.clouds(series)
    pointCount = series.reduce(0) { $0 + $1.count }
  }

  private static func clouds(_ series: [Chart.Series]) -> [Cloud] {
    series.enumerated().map { index, series in
      Cloud(
        name: series.label, style: SeriesStyle(index),
        points: (0..<series.count).map { (series.x[$0], series.y[$0]) })
    }
  }

  /// A series' groups in ascending order; the series itself if it has none.
  private static func groups(of series: Chart.Series) -> [Cloud] {
    guard series.groups.count == series.count, series.count > 0 else { return clouds([series]) }
    let groups = Set(series.groups).sorted()
    var clouds = groups.enumerated().map { index, group in
      let isNamed = group >= 0 && group < series.groupNames.count
      return Cloud(
        name: isNamed ? series.groupNames[group] : "\(group)", style: SeriesStyle(index),
        points: [])
    }
    let places = Dictionary(uniqueKeysWithValues: zip(groups, groups.indices))
    for index in 0..<series.count {
      if let place = places[series.groups[index]] {
        clouds[place].points.append((series.x[index], series.y[index]))
      }
    }
    return clouds
  }

  func picture() -> Picture {
    let fit = AxisFit(tickCount: 5, padding: 0.04)
    let all = clouds.lazy.flatMap { $0.points }
    let xScale = AxisScale.fitted(chart.x, to: all.map(\.x), fit: fit)
    let yScale = AxisScale.fitted(chart.y, to: all.map(\.y), fit: fit)
    var options = ChartFrame.Options()
    options.verticalGrid = true
    options.plotHeight = 300
    if clouds.count > 1 || clouds.contains(where: { $0.name != nil }) {
      options.legend = clouds.enumerated().map { index, cloud in
        LegendItem(text: cloud.name ?? "series \(index + 1)", style: cloud.style, sample: .point)
      }
    }
    let frame = ChartFrame(chart: chart, xScale: xScale, yScale: yScale, options: options)
    var undrawn = Undrawn()
    for cloud in clouds {
      for point in cloud.points {
        undrawn.count(point.x, on: xScale)
        undrawn.count(point.y, on: yScale)
      }
    }
    var notes = undrawn.notes()
    if pointCount == 0 { notes.append("no data") }
    let marks = clouds.flatMap { cloud in
      pointCount <= ChartMetrics.hoverLimit ? single(cloud, in: frame) : dense(cloud, in: frame)
    }
    return frame.picture(marks: marks, notes: notes, words: ChartWords(chart))
  }

  private func single(_ cloud: Cloud, in frame: ChartFrame) -> [Markup] {
    cloud.points.compactMap { point in
      guard let x = frame.x(point.x), let y = frame.y(point.y) else { return nil }
      let name = cloud.name.map { "\($0): " } ?? ""
      let values =
        "\(NumberText.brief(point.x, digits: 6)), \(NumberText.brief(point.y, digits: 6))"
      return cloud.style.markup(x: x, y: y, size: 3.4, title: name + values)
    }
  }

  /// One path a cloud: a line of no length with round ends is a dot, with square ends a square.
  /// Points that fall on the same unit are drawn once.
  private func dense(_ cloud: Cloud, in frame: ChartFrame) -> [Markup] {
    var taken: Set<Int> = []
    var data = ""
    for point in cloud.points {
      guard let x = frame.x(point.x), let y = frame.y(point.y) else { continue }
      let column = Int(x.rounded())
      let row = Int(y.rounded())
      guard taken.insert(row * 4096 + column).inserted else { continue }
      data += "M\(column) \(row)h0"
    }
    guard !data.isEmpty else { return [] }
    return [
      Drawing.path(
        data, class: "dots \(cloud.style.colorClass)",
        [
          "stroke-width": pointCount > 5000 ? "2.5" : "4",
          "stroke-linecap": cloud.style.index % 2 == 0 ? "round" : "square",
        ])
    ]
  }
}
