import NNOutput

/// The part of a chart around its marks: title, legend, axes, grid, notes; and where a value stands.
struct ChartFrame {
  struct Options {
    var verticalGrid = false
    var legend: [LegendItem] = []
    /// Written at the lines' ends in place of a legend.
    var endLabels: [EndLabel] = []
    var plotHeight = ChartMetrics.plotHeight
    /// Ticks of the x axis get a small mark; names of bars do not.
    var hasTickMarks = true
  }

  let chart: Chart
  let xScale: AxisScale
  let yScale: AxisScale
  let options: Options
  let left: Double
  let top: Double
  let plotWidth: Double
  private let legend: LegendLayout
  private let xLabels: TickLabels

  init(chart: Chart, xScale: AxisScale, yScale: AxisScale, options: Options = Options()) {
    self.chart = chart
    self.yScale = yScale
    self.options = options
    let size = ChartMetrics.textSize
    let yWidth = TextMeasure.widest(yScale.ticks.map(\.label), size: size)
    let labels = xScale.ticks.map(\.label)
    let lastHalf = TextMeasure.width(labels.last ?? "", size: size) / 2
    let firstHalf = TextMeasure.width(labels.first ?? "", size: size) / 2
    var left = max(yWidth + 10, firstHalf * (xScale.ticks.first?.position == 0 ? 1 : 0), 14)
    let endWidth = TextMeasure.widest(options.endLabels.map(\.text), size: size)
    let isAtEnd = (xScale.ticks.last?.position ?? 0) > 0.95
    let right = max(endWidth > 0 ? endWidth + 14 : 0, isAtEnd ? min(lastHalf, 60) : 0, 10)
    let level = max(ChartMetrics.width - left - right, 80)
    left = max(left, TickLabels(xScale, width: level).reach)
    self.left = left
    plotWidth = max(ChartMetrics.width - left - right, 80)
    let xLabels = TickLabels(xScale, width: plotWidth)
    self.xLabels = xLabels
    self.xScale = xLabels.scale
    legend = LegendLayout(options.legend, width: ChartMetrics.width)
    var top = 6.0
    if chart.title != nil { top += 24 }
    top += Double(legend.rows) * ChartMetrics.row
    if chart.y.label != nil || yScale.note != nil { top += ChartMetrics.row }
    self.top = top + 4
  }

  var plotHeight: Double { options.plotHeight }
  var bottom: Double { top + plotHeight }
  var right: Double { left + plotWidth }

  func x(_ value: Double) -> Double? { xScale.position(value).map { left + $0 * plotWidth } }
  func y(_ value: Double) -> Double? { yScale.position(value).map { bottom - $0 * plotHeight } }

  /// The whole drawing around `marks`.
  func picture(marks: [Markup], notes: [String], words: ChartWords) -> Picture {
    var y = bottom + 6 + xLabels.height
    var below: [Markup] = []
    let xTitle = [chart.x.label, xScale.note].compactMap { $0 }.joined(separator: "  ")
    if !xTitle.isEmpty {
      y += 18
      below.append(
        Drawing.centered(xTitle, x: left + plotWidth / 2, y: y - 2, class: "name"))
    }
    for note in notes {
      y += 19
      below.append(Drawing.text(note, x: 0, y: y - 2, class: "note"))
    }
    return Picture(
      width: ChartMetrics.width, height: (y + 6).rounded(.up), title: words.title,
      description: words.description(notes: notes),
      content: heading + grid + axisLines + marks + tickLabels + endLabels + below)
  }

  /// Title, legend and the y axis' name, from the top down.
  private var heading: [Markup] {
    var y = 6.0
    var parts: [Markup] = []
    if let title = chart.title {
      y += 24
      let text = TextMeasure.cut(title, to: ChartMetrics.width, size: ChartMetrics.textSize)
      parts.append(Drawing.text(text, x: 0, y: y - 12, class: "title"))
    }
    parts += legend.drawing(top: y)
    y += Double(legend.rows) * ChartMetrics.row
    let yTitle = [chart.y.label, yScale.note].compactMap { $0 }.joined(separator: "  ")
    if !yTitle.isEmpty {
      let text = TextMeasure.cut(yTitle, to: ChartMetrics.width, size: ChartMetrics.textSize)
      parts.append(Drawing.text(text, x: 0, y: y + 12, class: "name"))
    }
    return parts
  }

  private var grid: [Markup] {
    var data = yScale.ticks.map { tick in
      let y = bottom - tick.position * plotHeight
      return Drawing.line(left, y, right, y)
    }
    if options.verticalGrid {
      data += xScale.ticks.map { tick in
        let x = left + tick.position * plotWidth
        return Drawing.line(x, top, x, bottom)
      }
    }
    return data.isEmpty ? [] : [Drawing.path(data.joined(), class: "grid")]
  }

  private var axisLines: [Markup] {
    var base = ""
    if let zero = yScale.zero {
      base += Drawing.line(left, bottom - zero * plotHeight, right, bottom - zero * plotHeight)
    } else {
      base += Drawing.line(left, bottom, right, bottom)
    }
    if options.verticalGrid, let zero = xScale.zero {
      base += Drawing.line(left + zero * plotWidth, top, left + zero * plotWidth, bottom)
    }
    if options.hasTickMarks {
      for tick in xScale.ticks {
        let x = left + tick.position * plotWidth
        base += Drawing.line(x, bottom, x, bottom + 4)
      }
    }
    return [Drawing.path(base, class: "axis")]
  }

  private var tickLabels: [Markup] {
    let yLabels = yScale.ticks.map { tick in
      Drawing.text(
        tick.label, x: left - 8, y: bottom - tick.position * plotHeight + 4, anchor: .end)
    }
    return [.tag("g", ["class": "ticks"], yLabels + xLabels.drawing(left: left, top: bottom))]
  }

  private var endLabels: [Markup] {
    EndLabel.placed(options.endLabels, from: top, to: bottom).map { label in
      Drawing.text(
        label.text, x: right + 8, y: label.y + 4, class: "tag \(label.style.colorClass)")
    }
  }
}

/// The labels under an axis: level if they fit, else slanted (names) or fewer (numbers).
struct TickLabels {
  let scale: AxisScale
  /// How much room they take below the plot.
  let height: Double
  private let width: Double
  private let isSlanted: Bool
  private let texts: [String]

  init(_ scale: AxisScale, width: Double) {
    let size = ChartMetrics.textSize
    let isNumeric = scale.ticks.allSatisfy { $0.label.unicodeScalars.allSatisfy(Self.isNumeric) }
    let widest = TextMeasure.widest(scale.ticks.map(\.label), size: size)
    let share = (widest + 8) / width
    let gap = scale.ticks.count > 1 ? scale.ticks[1].position - scale.ticks[0].position : 1
    self.width = width
    isSlanted = !isNumeric && gap < share
    if isSlanted {
      let shown = scale.thinned(toFit: 18 / width)
      self.scale = shown
      texts = shown.ticks.map { TextMeasure.cut($0.label, to: 130, size: size) }
      height = min(TextMeasure.widest(texts, size: size) * 0.64, 96) + 14
    } else {
      let shown = scale.thinned(toFit: share)
      self.scale = shown
      texts = shown.ticks.map(\.label)
      height = scale.ticks.isEmpty ? 0 : 16
    }
  }

  /// How far slanted labels reach out to the left of the plot.
  var reach: Double {
    guard isSlanted else { return 0 }
    return zip(scale.ticks, texts).reduce(0) { reach, label in
      let length = TextMeasure.width(label.1, size: ChartMetrics.textSize)
      return max(reach, length * 0.71 + 2 - label.0.position * width)
    }
  }

  private static func isNumeric(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80 ? !scalar.properties.isAlphabetic || scalar == "e" : scalar != "…"
  }

  func drawing(left: Double, top: Double) -> [Markup] {
    zip(scale.ticks, texts).map { tick, text in
      let x = left + tick.position * width
      guard isSlanted else { return Drawing.text(text, x: x, y: top + 18, anchor: .middle) }
      let at = "\(Drawing.number(x + 4)) \(Drawing.number(top + 14))"
      return Drawing.text(
        text, x: x + 4, y: top + 14, anchor: .end, transform: "rotate(-45 \(at))")
    }
  }
}
