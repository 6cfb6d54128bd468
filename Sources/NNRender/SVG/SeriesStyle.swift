/// How the n-th series looks. Colour is never the only difference: lines also differ by dashes,
/// points by shape, bars by how they are filled.
struct SeriesStyle: Sendable {
  /// As many as `PagePalette` has series colours.
  static let colorCount = 8

  /// From 0.
  let index: Int

  init(_ index: Int) { self.index = max(index, 0) }

  /// Gives the mark its colour, `var(--c)`.
  var colorClass: String { "s\(index % Self.colorCount + 1)" }

  var dashes: String? {
    let patterns: [String?] = [nil, "7 4", "2 3", "10 4 2 4", "14 4"]
    // The shift by a round keeps series 1 and 9, which share a colour, apart.
    return patterns[(index + index / Self.colorCount) % patterns.count]
  }

  /// A bar's filling: full, light with an outline, half.
  var fillClass: String { ["full", "light", "half"][index % 3] }

  /// The outline of the series' marker, centred on (x, y).
  func marker(x: Double, y: Double, size: Double = 3.2) -> String {
    let at = "M\(Drawing.number(x)) \(Drawing.number(y))"
    let s = Drawing.number(size)
    let double = Drawing.number(2 * size)
    switch (index + index / Self.colorCount) % 6 {
    case 1: return "\(at)m-\(s)-\(s)h\(double)v\(double)h-\(double)z"
    case 2:
      let wide = Drawing.number(2.3 * size)
      let half = Drawing.number(1.15 * size)
      return "\(at)m0-\(Drawing.number(1.3 * size))l\(half) \(double)h-\(wide)z"
    case 3:
      let d = Drawing.number(1.35 * size)
      return "\(at)m0-\(d)l\(d) \(d)l-\(d) \(d)l-\(d)-\(d)z"
    case 4:
      let arm = Drawing.number(size * 0.4)
      let reach = Drawing.number(size * 0.9)
      let width = Drawing.number(size * 0.8)
      return "\(at)m-\(arm)-\(Drawing.number(size * 1.3))h\(width)v\(reach)h\(reach)v\(width)"
        + "h-\(reach)v\(reach)h-\(width)v-\(reach)h-\(reach)v-\(width)h\(reach)z"
    case 5:
      let wide = Drawing.number(2.3 * size)
      let half = Drawing.number(1.15 * size)
      return "\(at)m0 \(Drawing.number(1.3 * size))l\(half)-\(double)h-\(wide)z"
    default:
      return "\(at)m-\(s) 0a\(s) \(s) 0 1 0 \(double) 0a\(s) \(s) 0 1 0-\(double) 0z"
    }
  }
}

extension SeriesStyle {
  /// The series' marker with what a pointer shows.
  func markup(x: Double, y: Double, size: Double, title: String) -> Markup {
    if (index + index / Self.colorCount) % 6 == 0 {
      return .tag(
        "circle",
        [
          "class": "mark \(colorClass)", "cx": Drawing.number(x), "cy": Drawing.number(y),
          "r": Drawing.number(size),
        ], Drawing.hover(title))
    }
    return .tag(
      "path", ["class": "mark \(colorClass)", "d": marker(x: x, y: y, size: size)],
      Drawing.hover(title))
  }
}
