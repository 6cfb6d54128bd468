import NNOutput
import NNSource

/// A chart in a terminal: what it is, and each series as a row of little bars.
struct ChartText {
  private static let width = 40
  private static let seriesLimit = 8

  let lines: [String]

  init(_ chart: Chart) {
    let head = ["[chart] " + ChartWords(chart).title]
    switch chart.content {
    case .lines(let series), .bars(let series): lines = head + Self.rows(series)
    case .points(let series):
      lines = head + series.prefix(Self.seriesLimit).map { "  " + Self.summary($0) }
    case .histogram(let counts, let edges):
      let range = ValueRange(edges).map {
        "  \(NumberText.brief($0.lower)) … \(NumberText.brief($0.upper))"
      }
      lines = head + ["  " + Self.bars(counts) + (range ?? "")]
    case .heatmap(let rows, let columns, let values, _):
      lines = head + ["  \(rows) by \(columns) values\(Self.span(values))"]
    }
  }

  private static func rows(_ series: [Chart.Series]) -> [String] {
    let names = series.prefix(seriesLimit).map { $0.label ?? "" }
    let width = names.reduce(0) { max($0, $1.displayWidth) }
    var lines = zip(series, names).map { series, name in
      let space = String(repeating: " ", count: width - name.displayWidth)
      return "  \(name)\(space)\(width > 0 ? "  " : "")\(bars(series.y))\(span(series.y))"
    }
    if series.count > seriesLimit { lines.append("  and \(series.count - seriesLimit) more") }
    return lines
  }

  private static func summary(_ series: Chart.Series) -> String {
    let name = series.label.map { "\($0): " } ?? ""
    return name + NumberText.count(series.count, "point")
  }

  private static func span(_ values: [Double]) -> String {
    ValueRange(values).map {
      "  \(NumberText.brief($0.lower)) … \(NumberText.brief($0.upper))"
    } ?? ""
  }

  /// At most `width` bars, each the mean of the finite values of its part; `·` where there are
  /// none.
  static func bars(_ values: [Double]) -> String {
    let steps = Array("▁▂▃▄▅▆▇█")
    let count = min(width, values.count)
    guard count > 0 else { return "(no data)" }
    let means = (0..<count).map { part -> Double in
      let lower = part * values.count / count
      let upper = max(lower + 1, (part + 1) * values.count / count)
      let finite = values[lower..<upper].filter(\.isFinite)
      return finite.isEmpty ? .nan : finite.reduce(0) { $0 + $1 / Double(finite.count) }
    }
    guard let range = ValueRange(means) else { return String(repeating: "·", count: count) }
    return String(
      means.map { mean -> Character in
        guard mean.isFinite else { return "·" }
        let level = ColorRamp.level(mean, low: range.lower, high: range.upper) ?? 0
        return steps[(Int(level) * (steps.count - 1) + 127) / 255]
      })
  }
}

/// Pictures in a terminal: small ones in half blocks, two rows of pixels to a line; of others only
/// what they are.
struct PictureText {
  private static let widest = 32
  private static let limit = 6

  let lines: [String]

  init(_ grid: PictureGrid) {
    var lines: [String] = []
    for picture in grid.pictures.prefix(Self.limit) {
      let mark = picture.isWrong ? "✗ " : ""
      let caption = picture.caption.map { "\(mark)\($0), " } ?? mark
      lines.append("[picture] \(caption)\(picture.width) by \(picture.height) pixels")
      lines += Self.blocks(picture, grid).map { "  " + $0 }
    }
    if grid.pictures.count > Self.limit {
      lines.append("[picture] and \(grid.pictures.count - Self.limit) more")
    }
    self.lines = lines
  }

  private static func blocks(_ picture: PictureGrid.Picture, _ grid: PictureGrid) -> [String] {
    let (area, overflow) = picture.width.multipliedReportingOverflow(by: picture.height)
    guard picture.channels == 1, (1...widest).contains(picture.width), picture.height > 0,
      !overflow, area <= picture.values.count, picture.height <= 2 * widest
    else { return [] }
    func isLight(_ row: Int, _ column: Int) -> Bool {
      guard row < picture.height else { return false }
      let value = picture.values[row * picture.width + column]
      return (ColorRamp.level(value, low: grid.low, high: grid.high) ?? 0) >= 128
    }
    return stride(from: 0, to: picture.height, by: 2).map { row in
      String(
        (0..<picture.width).map { column -> Character in
          switch (isLight(row, column), isLight(row + 1, column)) {
          case (true, true): "█"
          case (true, false): "▀"
          case (false, true): "▄"
          case (false, false): "·"
          }
        })
    }
  }
}
