/// A sample of a series' look with its name.
struct LegendItem {
  enum Sample { case line, point, bar }

  let text: String
  let style: SeriesStyle
  let sample: Sample
}

/// Legend items side by side, over as many rows as they need.
struct LegendLayout {
  private static let limit = 24
  private static let sampleWidth = 30.0

  private let places: [(item: LegendItem, x: Double, row: Int)]
  private let rest: Int
  let rows: Int

  init(_ items: [LegendItem], width: Double) {
    var x = 0.0
    var row = 0
    var places: [(LegendItem, Double, Int)] = []
    for item in items.prefix(Self.limit) {
      let text = TextMeasure.cut(item.text, to: width / 2, size: ChartMetrics.textSize)
      let needed = Self.sampleWidth + TextMeasure.width(text, size: ChartMetrics.textSize) + 18
      if x > 0, x + needed > width {
        x = 0
        row += 1
      }
      places.append((LegendItem(text: text, style: item.style, sample: item.sample), x, row))
      x += needed
    }
    self.places = places
    rest = max(0, items.count - Self.limit)
    rows = items.isEmpty ? 0 : row + 1 + (rest > 0 ? 1 : 0)
  }

  func drawing(top: Double) -> [Markup] {
    guard !places.isEmpty else { return [] }
    var parts: [Markup] = places.flatMap { place -> [Markup] in
      let y = top + Double(place.row) * ChartMetrics.row + 8
      return [
        sample(place.item, x: place.x, y: y),
        Drawing.text(place.item.text, x: place.x + Self.sampleWidth, y: y + 4),
      ]
    }
    if rest > 0 {
      let y = top + Double(rows - 1) * ChartMetrics.row + 12
      parts.append(Drawing.text("and \(rest) more", x: 0, y: y))
    }
    return [.tag("g", ["class": "legend"], parts)]
  }

  private func sample(_ item: LegendItem, x: Double, y: Double) -> Markup {
    let color = item.style.colorClass
    switch item.sample {
    case .line:
      return Drawing.path(
        Drawing.line(x, y, x + 22, y), class: "line \(color)",
        ["stroke-dasharray": item.style.dashes])
    case .point:
      return Drawing.path(item.style.marker(x: x + 12, y: y, size: 4), class: "mark \(color)")
    case .bar:
      return Drawing.rectangle(
        x: x + 6, y: y - 6, width: 14, height: 12, class: "bar \(item.style.fillClass) \(color)")
    }
  }
}

/// A series' name at the end of its line.
struct EndLabel {
  let text: String
  let style: SeriesStyle
  var y: Double

  private static let height = 17.0

  /// Pushed apart so that none covers another, each as near to its line's end as can be, all
  /// within the plot.
  static func placed(_ labels: [EndLabel], from top: Double, to bottom: Double) -> [EndLabel] {
    var sorted = labels.enumerated()
      .sorted { ($0.element.y, $0.offset) < ($1.element.y, $1.offset) }
      .map(\.element)
    guard sorted.count > 1 else { return sorted }
    // Neighbours that overlap form a block centred on the mean of its ends' heights.
    var blocks: [(center: Double, members: Range<Int>)] = []
    for index in sorted.indices {
      blocks.append((sorted[index].y, index..<index + 1))
      while blocks.count > 1 {
        let last = blocks[blocks.count - 1]
        let before = blocks[blocks.count - 2]
        let reach = Double(last.members.count + before.members.count) * height / 2
        guard last.center - before.center < reach else { break }
        let members = before.members.lowerBound..<last.members.upperBound
        let mean = members.reduce(0) { $0 + sorted[$1].y } / Double(members.count)
        blocks.removeLast(2)
        blocks.append((mean, members))
      }
    }
    for block in blocks {
      let half = Double(block.members.count) * height / 2
      let center = max(min(block.center, bottom - half + height / 2), top + half - height / 2)
      for (place, index) in block.members.enumerated() {
        sorted[index].y = center - half + (Double(place) + 0.5) * height
      }
    }
    // Moving a block inwards may have brought it over its neighbour.
    for index in sorted.indices.dropFirst() {
      sorted[index].y = max(sorted[index].y, sorted[index - 1].y + height)
    }
    return sorted
  }
}
