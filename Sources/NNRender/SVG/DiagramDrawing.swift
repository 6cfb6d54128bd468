import NNOutput

/// A network's layers from left to right. Small networks show every unit and every weight (width
/// is size; blue is positive, orange and dashed is negative), large ones a block a layer.
struct DiagramDrawing {
  let diagram: NetworkDiagram

  private static let unitLimit = 40
  private static let edgeLimit = 600
  private static let top = 14.0

  private var layers: [NetworkDiagram.Layer] { diagram.layers }

  func picture() -> Picture {
    let columns = self.columns
    let bottom = Self.top + columns.height
    let parts = isSmall ? small(columns) : blocks(columns)
    let labels = layers.indices.flatMap {
      label($0, x: columns.x(of: $0), top: bottom + 24, columns)
    }
    var height = bottom + 24 + Double(labelRows) * 17
    var notes: [Markup] = []
    if isSmall, layers.contains(where: { !$0.weights.isEmpty }) {
      height += 12
      notes.append(
        Drawing.text(
          "Lines are weights: the wider the larger, dashed below 0.", x: 0, y: height,
          class: "note"))
      height += 8
    }
    return Picture(
      width: ChartMetrics.width, height: height.rounded(.up), title: "Network \(diagram.name)",
      description: description, content: parts + labels + notes)
  }

  private var description: String {
    let told = layers.map { layer -> String in
      let activation = layer.activation.map { ", \($0)" } ?? ""
      let learned = layer.parameters > 0 ? ", \(parameterText(layer))" : ""
      return "\(layer.kind), \(NumberText.count(layer.units, "unit"))\(activation)\(learned)"
    }
    let total = layers.reduce(0) { $0 &+ $1.parameters }
    return NumberText.count(layers.count, "layer") + ": " + told.joined(separator: "; ")
      + ". \(NumberText.count(total, "parameter")) in all."
  }

  private func parameterText(_ layer: NetworkDiagram.Layer) -> String {
    NumberText.count(layer.parameters, "parameter")
  }

  /// Whether every unit can be shown.
  private var isSmall: Bool {
    guard layers.allSatisfy({ (1...Self.unitLimit).contains($0.units) }) else { return false }
    let edges = zip(layers, layers.dropFirst()).reduce(0) { sum, pair in
      sum + (isPassing(pair.1) ? pair.1.units : pair.0.units * pair.1.units)
    }
    return edges <= Self.edgeLimit
  }

  /// Whether each unit only hands on what the unit before gives it.
  private func isPassing(_ layer: NetworkDiagram.Layer) -> Bool {
    layer.kind == "dropout" || (layer.parameters == 0 && layer.weights.isEmpty)
  }

  // MARK: Places

  private struct Columns {
    let count: Int
    let height: Double
    let spacing: Double

    func x(of index: Int) -> Double {
      let width = ChartMetrics.width / Double(max(count, 1))
      return (Double(index) + 0.5) * width
    }
  }

  private var columns: Columns {
    let most = layers.reduce(1) { max($0, $1.units) }
    let spacing = min(40, 380 / Double(max(isSmall ? most : 1, 1)))
    let height = isSmall ? max(spacing * Double(most), 60) : 190
    return Columns(count: layers.count, height: height, spacing: spacing)
  }

  private func y(of unit: Int, in layer: Int, _ columns: Columns) -> Double {
    let count = Double(layers[layer].units)
    let spacing = min(40, columns.height / count)
    return Self.top + columns.height / 2 + (Double(unit) - (count - 1) / 2) * spacing
  }

  // MARK: Units and weights

  private func small(_ columns: Columns) -> [Markup] {
    let radius = min(8, columns.spacing * 0.36)
    var parts = layers.indices.dropFirst().flatMap { edges(into: $0, columns, radius: radius) }
    for layer in layers.indices {
      let isDropout = layers[layer].kind == "dropout"
      let data = (0..<layers[layer].units).map { unit in
        let x = Drawing.number(columns.x(of: layer) - radius)
        let y = Drawing.number(y(of: unit, in: layer, columns))
        let r = Drawing.number(radius)
        let width = Drawing.number(2 * radius)
        return "M\(x) \(y)a\(r) \(r) 0 1 0 \(width) 0a\(r) \(r) 0 1 0-\(width) 0z"
      }
      parts.append(
        Drawing.path(
          data.joined(), class: "unit", ["stroke-dasharray": isDropout ? "2 2" : nil]))
    }
    return parts
  }

  private func edges(into layer: Int, _ columns: Columns, radius: Double) -> [Markup] {
    let inputs = layers[layer - 1].units
    let outputs = layers[layer].units
    let from = columns.x(of: layer - 1) + radius
    let to = columns.x(of: layer) - radius
    if isPassing(layers[layer]), inputs == outputs {
      let data = (0..<outputs).map { unit in
        Drawing.line(
          from, y(of: unit, in: layer - 1, columns), to, y(of: unit, in: layer, columns))
      }
      return [Drawing.path(data.joined(), class: "edge")]
    }
    let weights = layers[layer].weights
    let isWeighted = weights.count == inputs * outputs
    var data = [String](repeating: "", count: EdgeLook.count)
    for input in 0..<inputs {
      for output in 0..<outputs {
        let look = isWeighted ? EdgeLook(weights[input * outputs + output], largest) : .plain
        data[look.index] += Drawing.line(
          from, y(of: input, in: layer - 1, columns), to, y(of: output, in: layer, columns))
      }
    }
    // Strong weights are drawn last, over the weak ones.
    return EdgeLook.drawingOrder.compactMap { look in
      data[look.index].isEmpty ? nil : look.path(data[look.index])
    }
  }

  /// The largest magnitude of all weights, so that widths compare between layers.
  private var largest: Double {
    layers.reduce(0) { max($0, ValueRange($1.weights)?.largestMagnitude ?? 0) }
  }

  // MARK: Blocks

  private func blocks(_ columns: Columns) -> [Markup] {
    let most = layers.reduce(1) { max($0, $1.units) }
    let middle = Self.top + columns.height / 2
    func height(_ units: Int) -> Double {
      let share = Decade.log10(Double(max(units, 1)) + 1) / Decade.log10(Double(most) + 1)
      return max(24, columns.height * share)
    }
    let width = min(56, ChartMetrics.width / Double(max(layers.count, 1)) * 0.5)
    var parts: [Markup] = []
    for index in layers.indices.dropFirst() {
      let from = columns.x(of: index - 1) + width / 2
      let to = columns.x(of: index) - width / 2
      let before = height(layers[index - 1].units) / 2
      let after = height(layers[index].units) / 2
      let data =
        "M\(Drawing.number(from)) \(Drawing.number(middle - before))"
        + "L\(Drawing.number(to)) \(Drawing.number(middle - after))"
        + "V\(Drawing.number(middle + after))L\(Drawing.number(from)) \(Drawing.number(middle + before))z"
      parts.append(Drawing.path(data, class: "flow"))
    }
    for index in layers.indices {
      let tall = height(layers[index].units)
      let isDropout = layers[index].kind == "dropout"
      parts.append(
        Drawing.rectangle(
          x: columns.x(of: index) - width / 2, y: middle - tall / 2, width: width, height: tall,
          class: "block", ["rx": "5", "stroke-dasharray": isDropout ? "3 3" : nil]))
    }
    return parts
  }

  // MARK: Labels

  private var labelRows: Int {
    layers.reduce(2) { most, layer in
      let learned = layer.parameters > 0 ? (layer.hasBias ? 1 : 2) : 0
      return max(most, 2 + (layer.activation == nil ? 0 : 1) + learned)
    }
  }

  private func label(_ index: Int, x: Double, top: Double, _ columns: Columns) -> [Markup] {
    let layer = layers[index]
    let width = ChartMetrics.width / Double(max(columns.count, 1)) - 4
    let size = ChartMetrics.textSize
    var lines = [(layer.kind, "title"), (NumberText.count(layer.units, "unit"), "")]
    if let activation = layer.activation { lines.append((activation, "")) }
    if layer.parameters > 0 {
      let long = parameterText(layer)
      let fits = TextMeasure.width(long, size: size) <= width
      lines.append((fits ? long : "\(NumberText.grouped(layer.parameters)) par.", "soft"))
      if !layer.hasBias { lines.append(("no bias", "soft")) }
    }
    return lines.enumerated().map { row, line in
      Drawing.text(
        TextMeasure.cut(line.0, to: width, size: size), x: x, y: top + Double(row) * 17,
        anchor: .middle, class: line.1.isEmpty ? nil : line.1)
    }
  }
}

/// How a weight's line looks: one of eight widths a sign, so that a network's many lines are a few
/// paths.
private struct EdgeLook {
  private static let levels = 8
  static let count = 2 * levels + 1
  static let plain = EdgeLook(index: 2 * levels)
  static let drawingOrder =
    [plain] + (0..<levels).flatMap { [EdgeLook(index: $0), EdgeLook(index: $0 + levels)] }

  let index: Int

  private init(index: Int) { self.index = index }

  init(_ weight: Double, _ largest: Double) {
    guard weight.isFinite, largest > 0 else {
      self = .plain
      return
    }
    let level = Int((weight.magnitude / largest * Double(Self.levels)).rounded(.down))
    index = min(level, Self.levels - 1) + (weight < 0 ? Self.levels : 0)
  }

  func path(_ data: String) -> Markup {
    guard index < 2 * Self.levels else { return Drawing.path(data, class: "edge") }
    let level = Double(index % Self.levels)
    let isNegative = index >= Self.levels
    return Drawing.path(
      data, class: isNegative ? "edge neg" : "edge pos",
      [
        "stroke-width": Drawing.number(0.6 + level * 0.45),
        "stroke-opacity": Drawing.number(0.45 + level * 0.075),
        "stroke-dasharray": isNegative ? "5 3" : nil,
      ])
  }
}
