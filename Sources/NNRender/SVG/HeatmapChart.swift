import NNOutput

/// A matrix as coloured cells: blue above 0, orange below, the stronger the farther from 0. The
/// colours are laid over the paper, so they suit light and dark. Large matrices become one image.
struct HeatmapChart {
  let chart: Chart
  let id: String
  let rows: Int
  let columns: Int
  let values: [Double]
  let isAnnotated: Bool

  private static let cellLimit = 1600
  private static let tallest = 420.0

  func picture() -> Picture {
    let words = ChartWords(chart)
    guard rows > 0, columns > 0, values.count / columns >= rows else {
      return ChartFrame(
        chart: chart, xScale: .bands([]), yScale: .bands([])
      ).picture(marks: [], notes: ["no data"], words: words)
    }
    let grid = HeatmapGrid(chart: chart, rows: rows, columns: columns, tallest: Self.tallest)
    let colors = HeatColors(values)
    let cells =
      rows * columns <= Self.cellLimit
      ? self.cells(grid, colors) : [image(grid, colors)].compactMap { $0 }
    var notes: [String] = []
    let missing = values.lazy.filter(\.isNaN).count
    if missing > 0 { notes.append("\(NumberText.count(missing, "value")) nan, crossed out") }
    let infinite = values.lazy.filter(\.isInfinite).count
    if infinite > 0 {
      notes.append("\(NumberText.count(infinite, "value")) infinite, in the scale's last colour")
    }
    return grid.picture(
      cells + [colors.bar(grid, id: id)], notes: notes, words: words)
  }

  private func cells(_ grid: HeatmapGrid, _ colors: HeatColors) -> [Markup] {
    let hasHover = rows * columns <= ChartMetrics.hoverLimit
    let annotations = isAnnotated ? values.prefix(rows * columns).map { NumberText.brief($0) } : []
    let size = grid.annotationSize(annotations)
    var marks: [Markup] = []
    var crosses = ""
    for row in 0..<rows {
      for column in 0..<columns {
        let value = values[row * columns + column]
        let x = grid.left + Double(column) * grid.cell
        let y = grid.top + Double(row) * grid.cellHeight
        let tone = colors.tone(value)
        let gap = grid.cell > 6 ? 1.0 : 0
        let name = "\(grid.name(.y, row)), \(grid.name(.x, column)): "
        marks.append(
          Drawing.rectangle(
            x: x, y: y, width: grid.cell - gap, height: grid.cellHeight - gap,
            class: tone.className,
            title: hasHover ? name + NumberText.brief(value, digits: 6) : nil,
            ["fill-opacity": NumberText.coordinate(tone.opacity)]))
        if value.isNaN {
          crosses += Drawing.line(x + 3, y + 3, x + grid.cell - 4, y + grid.cellHeight - 4)
          crosses += Drawing.line(x + 3, y + grid.cellHeight - 4, x + grid.cell - 4, y + 3)
        } else if let size {
          marks.append(
            .tag(
              "text",
              [
                "x": Drawing.number(x + (grid.cell - gap) / 2),
                "y": Drawing.number(y + (grid.cellHeight - gap) / 2 + size * 0.36),
                "text-anchor": "middle", "font-size": Drawing.number(size),
                "class": tone.textClass,
              ], annotations[row * columns + column]))
        }
      }
    }
    if !crosses.isEmpty { marks.append(Drawing.path(crosses, class: "axis")) }
    return marks
  }

  private func image(_ grid: HeatmapGrid, _ colors: HeatColors) -> Markup? {
    let reduced = ReducedMatrix(values, rows: rows, columns: columns, limit: 400)
    // Levels of blue, then of orange, then one for nan.
    var palette = (0..<100).map { PixelColor(hex: 0x2E7CC2, alpha: UInt8($0 * 255 / 99)) }
    palette += (0..<100).map { PixelColor(hex: 0xDC6A1A, alpha: UInt8($0 * 255 / 99)) }
    palette.append(ColorRamp.missing)
    let pixels = reduced.values.map { value -> UInt8 in
      let tone = colors.tone(value)
      if tone.kind == .missing { return 200 }
      let level = UInt8(min(max((tone.opacity * 99).rounded(), 0), 99))
      return tone.kind == .positive ? level : level + 100
    }
    let file = PNGEncoder.encode(
      .indexed(pixels, palette: palette), width: reduced.columns, height: reduced.rows)
    return .tag(
      "image",
      [
        "class": "pixels", "x": Drawing.number(grid.left), "y": Drawing.number(grid.top),
        "width": Drawing.number(grid.width), "height": Drawing.number(grid.height),
        "preserveAspectRatio": "none", "href": "data:image/png;base64," + Base64.encode(file),
      ])
  }
}

/// A matrix brought to at most `limit` rows and columns by averaging blocks of whole cells.
struct ReducedMatrix {
  let rows: Int
  let columns: Int
  let values: [Double]

  init(_ source: [Double], rows sourceRows: Int, columns sourceColumns: Int, limit: Int) {
    let rowBlock = max(1, (sourceRows + limit - 1) / limit)
    let columnBlock = max(1, (sourceColumns + limit - 1) / limit)
    rows = (sourceRows + rowBlock - 1) / rowBlock
    columns = (sourceColumns + columnBlock - 1) / columnBlock
    var values: [Double] = []
    values.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = 0.0
        var count = 0.0
        for y in row * rowBlock..<min((row + 1) * rowBlock, sourceRows) {
          for x in column * columnBlock..<min((column + 1) * columnBlock, sourceColumns) {
            sum += source[y * sourceColumns + x]
            count += 1
          }
        }
        values.append(sum / count)
      }
    }
    self.values = values
  }
}

/// Which colour a value has, how strong, and which text can be read on it.
struct HeatColors {
  enum Kind { case positive, negative, missing }

  struct Tone {
    let kind: Kind
    let opacity: Double

    var className: String {
      switch kind {
      case .positive: "heat pos"
      case .negative: "heat neg"
      case .missing: "heat none"
      }
    }

    /// `on-XY`: black or white (b, w) on light paper and on dark paper.
    var textClass: String {
      let color = kind == .negative ? PagePalette.negative : PagePalette.positive
      func letter(_ shade: KeyPath<PagePalette.Color, UInt32>) -> String {
        let ground = Contrast.mix(
          color[keyPath: shade], over: PagePalette.paper[keyPath: shade], opacity: opacity)
        return Contrast.ratio(0, ground) >= Contrast.ratio(0xFFFFFF, ground) ? "b" : "w"
      }
      return "on-\(letter(\.light))\(letter(\.dark))"
    }
  }

  let low: Double
  let high: Double
  let isDiverging: Bool

  init(_ values: [Double]) {
    let range = ValueRange(values) ?? ValueRange(0, 1)
    isDiverging = range.lower < 0 && range.upper > 0
    low = isDiverging ? -range.largestMagnitude : range.lower
    high = isDiverging ? range.largestMagnitude : range.upper
  }

  func tone(_ value: Double) -> Tone {
    if value.isNaN { return Tone(kind: .missing, opacity: 0) }
    if isDiverging {
      let share = min((value / high).magnitude, 1)
      return Tone(kind: value < 0 ? .negative : .positive, opacity: Self.rounded(share))
    }
    guard high > low else { return Tone(kind: .positive, opacity: 0.5) }
    let clipped = min(max(value, low), high)
    let share = (clipped / 2 - low / 2) / (high / 2 - low / 2)
    // Values all below 0 grow stronger downwards.
    return high <= 0 && low < 0
      ? Tone(kind: .negative, opacity: Self.rounded(0.04 + 0.96 * (1 - share)))
      : Tone(kind: .positive, opacity: Self.rounded(0.04 + 0.96 * share))
  }

  private static func rounded(_ share: Double) -> Double { (share * 100).rounded() / 100 }

  /// The scale beside the cells.
  func bar(_ grid: HeatmapGrid, id: String) -> Markup {
    let x = grid.left + grid.width + 14
    let height = min(grid.height, 160)
    let steps = 24
    var parts: [Markup] = (0..<steps).map { step in
      let share = 1 - (Double(step) + 0.5) / Double(steps)
      let tone = tone(low * (1 - share) + high * share)
      return Drawing.rectangle(
        x: x, y: grid.top + height * Double(step) / Double(steps), width: 10,
        height: height / Double(steps) + 0.4, class: tone.className,
        ["fill-opacity": NumberText.coordinate(tone.opacity)])
    }
    parts.append(Drawing.text(NumberText.brief(high, digits: 3), x: x + 15, y: grid.top + 10))
    if isDiverging {
      parts.append(Drawing.text("0", x: x + 15, y: grid.top + height / 2 + 4))
    }
    parts.append(
      Drawing.text(NumberText.brief(low, digits: 3), x: x + 15, y: grid.top + height))
    return .tag("g", ["class": "ticks"], parts)
  }
}
