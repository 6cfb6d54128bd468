/// Small words for the shapes a chart is made of. Coordinates are in the drawing's own units, which
/// are CSS pixels at full width.
enum Drawing {
  enum Anchor: String { case start, middle, end }

  static func number(_ value: Double) -> String { NumberText.coordinate(value) }

  static func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, class name: String? = nil,
    transform: String? = nil
  ) -> Markup {
    .tag(
      "text",
      [
        "x": number(x), "y": number(y),
        "text-anchor": anchor == .start ? nil : anchor.rawValue, "class": name,
        "transform": transform,
      ], text)
  }

  /// A text centred on `x`, moved or cut where it would leave the drawing.
  static func centered(
    _ text: String, x: Double, y: Double, class name: String
  ) -> Markup {
    let size = ChartMetrics.textSize
    let text = TextMeasure.cut(text, to: ChartMetrics.width, size: size)
    let half = TextMeasure.width(text, size: size) / 2
    let center = max(min(x, ChartMetrics.width - half), half)
    return self.text(text, x: center, y: y, anchor: .middle, class: name)
  }

  static func path(_ data: String, class name: String, _ extra: MarkupAttributes = [:]) -> Markup {
    var attributes: MarkupAttributes = ["class": name]
    for pair in extra.pairs { attributes.set(pair.name, pair.value) }
    attributes.set("d", data)
    return .tag("path", attributes)
  }

  static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    if y1 == y2 { return "M\(number(x1)) \(number(y1))H\(number(x2))" }
    if x1 == x2 { return "M\(number(x1)) \(number(y1))V\(number(y2))" }
    return "M\(number(x1)) \(number(y1))L\(number(x2)) \(number(y2))"
  }

  static func rectangle(
    x: Double, y: Double, width: Double, height: Double, class name: String,
    title: String? = nil, _ extra: MarkupAttributes = [:]
  ) -> Markup {
    var attributes: MarkupAttributes = [
      "x": number(x), "y": number(y), "width": number(max(width, 0)),
      "height": number(max(height, 0)), "class": name,
    ]
    for pair in extra.pairs { attributes.set(pair.name, pair.value) }
    return .tag("rect", attributes, hover(title))
  }

  /// What a pointer at rest over a mark shows.
  static func hover(_ title: String?) -> [Markup] {
    title.map { [.tag("title", [:], $0)] } ?? []
  }
}

/// A finished drawing and what it says in words, for those who do not see it.
struct Picture {
  let width: Double
  let height: Double
  let title: String
  let description: String
  let content: [Markup]

  /// `id` is the page's name for this output; every id inside begins with it.
  func svg(id: String, class name: String, style: String? = nil) -> Markup {
    var children: [Markup] = [
      .tag("title", ["id": "\(id)-title"], title),
      .tag("desc", ["id": "\(id)-desc"], description),
    ]
    if let style { children.append(.tag("style", [:], [.finished(style)])) }
    return .tag(
      "svg",
      [
        "xmlns": style == nil ? nil : "http://www.w3.org/2000/svg", "class": name,
        "viewBox": "0 0 \(NumberText.coordinate(width)) \(NumberText.coordinate(height))",
        "width": NumberText.coordinate(width), "height": NumberText.coordinate(height),
        "role": "img", "aria-labelledby": "\(id)-title \(id)-desc",
      ], children + content)
  }
}
