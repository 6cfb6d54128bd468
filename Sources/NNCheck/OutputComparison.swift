import NNOutput
import NNSource

/// Two outputs by what they mean: text as words and numbers, tables cell by cell, charts by their
/// series and points, pictures by their pixels, weights element by element.
struct OutputComparison {
  let tolerance: Tolerance
  /// Of a diagnostic of the record and of the run: where it stands in its cell, or another one.
  let places: (recorded: (SourceRange) -> String, fresh: (SourceRange) -> String)

  func differences(_ recorded: CellOutput, _ fresh: CellOutput) -> [Difference] {
    switch (recorded, fresh) {
    case (.text(let old), .text(let new)):
      return TextComparison(old, new, tolerance).differences()
    case (.table(let old), .table(let new)): return differences(old, new)
    case (.chart(let old), .chart(let new)):
      return ChartComparison(old, new, tolerance).differences()
    case (.pictures(let old), .pictures(let new)): return differences(old, new)
    case (.diagram(let old), .diagram(let new)): return differences(old, new)
    case (.weights(let old), .weights(let new)): return differences(old, new)
    case (.gradients(let old), .gradients(let new)): return differences(old, new)
    case (.assertion(let old), .assertion(let new)):
      return Self.changed("the condition", old.condition, new.condition)
        + Self.changed("the reason", old.reason, new.reason)
    case (.diagnostic(let old), .diagnostic(let new)): return differences(old, new)
    default:
      return [Difference("the kind of output", recorded.kindName, fresh.kindName)]
    }
  }

  // MARK: Parts

  /// A text that was and is another one.
  static func changed(_ place: String, _ old: String?, _ new: String?) -> [Difference] {
    old == new ? [] : [Difference(place, text: old, new)]
  }

  static func changed(_ place: String, _ old: Int, _ new: Int) -> [Difference] {
    old == new ? [] : [Difference(place, String(old), String(new))]
  }

  /// Names in order: the first that is another one, and how many more.
  static func changed(_ place: String, _ old: [String], _ new: [String]) -> [Difference] {
    guard old != new else { return [] }
    guard old.count == new.count else {
      return [
        Difference(
          place, old.map(Difference.quoted).joined(separator: ", "),
          new.map(Difference.quoted).joined(separator: ", "))
      ]
    }
    let pairs = zip(old, new).map { Difference.quoted($0, $1) }
    return [
      Difference(
        place, pairs.map(\.0).joined(separator: ", "), pairs.map(\.1).joined(separator: ", "))
    ]
  }

  static func list(_ tally: ElementTally) -> [Difference] { tally.difference.map { [$0] } ?? [] }

  // MARK: Tables

  private func differences(_ old: TableOutput, _ new: TableOutput) -> [Difference] {
    var differences =
      Self.changed("the title", old.title, new.title)
      + Self.changed("the columns", old.columns, new.columns)
      + Self.changed("the names of the rows", old.rowNames, new.rowNames)
      + Self.changed("the number of rows", old.totalRows, new.totalRows)
    if old.totalRows == new.totalRows {
      differences += Self.changed("the number of rows shown", old.rows.count, new.rows.count)
    }
    var numbers = ElementTally(tolerance)
    var texts: (first: Difference, count: Int)?
    var count = 0
    for (row, (oldCells, newCells)) in zip(old.rows, new.rows).enumerated() {
      for column in 0..<max(oldCells.count, newCells.count) {
        count += 1
        let pair = (
          oldCells.indices.contains(column) ? oldCells[column] : .empty,
          newCells.indices.contains(column) ? newCells[column] : .empty
        )
        guard
          let difference = compare(pair.0, pair.1, &numbers, { new.place(row, column) })
        else { continue }
        texts = (texts?.first ?? difference, (texts?.count ?? 0) + 1)
      }
    }
    if let (text, differing) = texts {
      var first = text
      first.others = differing - 1
      first.total = count
      differences.append(first)
    }
    return differences + Self.list(numbers)
  }

  private func compare(
    _ old: TableOutput.Cell, _ new: TableOutput.Cell, _ numbers: inout ElementTally,
    _ place: () -> String
  ) -> Difference? {
    guard case .number(let oldNumber) = old, case .number(let newNumber) = new else {
      return old.text == new.text && old.isNumber == new.isNumber
        ? nil : Difference(place(), text: old.text, new.text)
    }
    let before = numbers.differing
    numbers.compare(oldNumber.value, newNumber.value, place: place)
    // One value, spelled in two ways.
    guard tolerance.isExact, numbers.differing == before, oldNumber.text != newNumber.text else {
      return nil
    }
    return Difference("the spelling of \(place())", text: oldNumber.text, newNumber.text)
  }

  // MARK: Pictures

  private func differences(_ old: PictureGrid, _ new: PictureGrid) -> [Difference] {
    var differences =
      Self.changed("the number of pictures", old.pictures.count, new.pictures.count)
      + Self.changed("the number of columns", old.columns, new.columns)
      + Self.changed("the colours", old.colorMap.rawValue, new.colorMap.rawValue)
    var pixels = ElementTally(tolerance)
    pixels.compare(old.low, new.low) { "the value drawn darkest" }
    pixels.compare(old.high, new.high) { "the value drawn lightest" }
    for (index, (one, other)) in zip(old.pictures, new.pictures).enumerated() {
      let name = "picture \(index + 1)"
      differences += Self.changed("the caption of \(name)", one.caption, other.caption)
      if one.isWrong != other.isWrong {
        differences.append(
          Difference(
            "the mark of \(name)", one.isWrong ? "wrong" : "none",
            other.isWrong ? "wrong" : "none"))
      }
      guard one.size == other.size else {
        differences.append(Difference("the size of \(name)", one.size, other.size))
        continue
      }
      pixels.compare(one.values, other.values) { "\(name), \(other.place($0))" }
    }
    return differences + Self.list(pixels)
  }

  // MARK: Networks

  private func differences(_ old: NetworkDiagram, _ new: NetworkDiagram) -> [Difference] {
    let shapes = (old.layers.map(\.text), new.layers.map(\.text))
    var differences = Self.changed("the network's name", old.name, new.name)
    guard shapes.0 == shapes.1 else {
      return differences + [
        Difference(
          "the layers", shapes.0.joined(separator: " → "), shapes.1.joined(separator: " → "))
      ]
    }
    var weights = ElementTally(tolerance)
    var number = 0
    for (one, other) in zip(old.layers, new.layers) {
      if other.kind != "input", other.parameters > 0 { number += 1 }
      let name = "\(new.name).W\(number)"
      differences += Self.changed(
        "the number of parameters of layer \(number)", one.parameters, other.parameters)
      differences += Self.changed(
        "the number of weights shown of \(name)", one.weights.count, other.weights.count)
      weights.compare(one.weights, other.weights) { offset in
        name
          + NumberWords.index(offset, in: [one.weights.count / max(1, other.units), other.units])
      }
    }
    return differences + Self.list(weights)
  }

  private func differences(_ old: WeightsOutput, _ new: WeightsOutput) -> [Difference] {
    var differences =
      Self.changed("the network's name", old.network, new.network)
      + Self.changed("the parameters", old.entries.map(\.name), new.entries.map(\.name))
    guard old.entries.map(\.name) == new.entries.map(\.name) else { return differences }
    var elements = ElementTally(tolerance)
    for (one, other) in zip(old.entries, new.entries) {
      let name = "\(new.network).\(other.name)"
      let before = elements.differing
      let found = TensorComparison(one.tensor, other.tensor, tolerance).compare(
        name: name, &elements
      ) { name + $0 }
      differences += found
      if tolerance.isExact, found.isEmpty, elements.differing == before {
        differences += Self.changed("how \(name) is printed", one.text, other.text)
      }
    }
    return differences + Self.list(elements)
  }

  private func differences(_ old: GradientReport, _ new: GradientReport) -> [Difference] {
    let names = (old.rows.map(\.parameter), new.rows.map(\.parameter))
    var differences =
      Self.changed("the network's name", old.network, new.network)
      + Self.changed("the parameters", names.0, names.1)
    guard names.0 == names.1 else { return differences }
    var errors = ElementTally(tolerance)
    for (one, other) in zip(old.rows, new.rows) {
      let name = "\(new.network).\(other.parameter)"
      if one.shape != other.shape {
        differences.append(
          Difference(
            "the shape of \(name)", NumberWords.shape(one.shape), NumberWords.shape(other.shape)))
      }
      differences += Self.changed("how many of \(name) were checked", one.checked, other.checked)
      errors.compare(one.largestRelativeError, other.largestRelativeError) {
        "the largest relative error of \(name)"
      }
    }
    return differences + Self.list(errors)
  }

  // MARK: Diagnostics

  private func differences(_ old: Diagnostic, _ new: Diagnostic) -> [Difference] {
    let (oldWords, newWords) = (old.problem.wording, new.problem.wording)
    return Self.changed("the severity", old.severity.rawValue, new.severity.rawValue)
      + Self.changed("the message", oldWords.message, newWords.message)
      + Self.changed("the hint", oldWords.hint, newWords.hint)
      + Self.changed("its place", places.recorded(old.range), places.fresh(new.range))
      + Self.changed(
        "the places it was called from", old.callers.map(places.recorded),
        new.callers.map(places.fresh))
  }
}

extension CellOutput {
  /// "chart", "table": what a reader would call it.
  package var kindName: String {
    switch self {
    case .text: "text"
    case .table: "table"
    case .chart: "chart"
    case .pictures: "pictures"
    case .diagram: "diagram"
    case .weights: "weights"
    case .gradients: "gradient check"
    case .assertion: "assertion"
    case .diagnostic(let diagnostic): diagnostic.severity.rawValue
    }
  }

  /// Whether two can be compared part by part.
  func isAlike(_ other: CellOutput) -> Bool {
    switch (self, other) {
    case (.text, .text), (.table, .table), (.chart, .chart), (.pictures, .pictures),
      (.diagram, .diagram), (.weights, .weights), (.gradients, .gradients),
      (.assertion, .assertion), (.diagnostic, .diagnostic):
      true
    default: false
    }
  }
}

extension TableOutput {
  /// `row 3 ('versicolor'), column 'accuracy'`
  fileprivate func place(_ row: Int, _ column: Int) -> String {
    let rowName = rowNames.indices.contains(row) ? " (\(Difference.quoted(rowNames[row])))" : ""
    let columnName =
      columns.indices.contains(column) ? Difference.quoted(columns[column]) : "\(column + 1)"
    return "row \(row + 1)\(rowName), column \(columnName)"
  }
}

extension TableOutput.Cell {
  fileprivate var text: String? {
    switch self {
    case .text(let text): text
    case .number(let number): number.text
    case .empty: nil
    }
  }

  fileprivate var isNumber: Bool {
    if case .number = self { true } else { false }
  }
}

extension PictureGrid.Picture {
  /// "28 by 28 pixels", "8 by 8 pixels in colour"
  fileprivate var size: String {
    "\(width) by \(height) pixels" + (channels == 1 ? "" : " in colour")
  }

  /// `row 3, column 5 (red)`, from 1.
  fileprivate func place(_ offset: Int) -> String {
    let pixel = offset / max(1, channels)
    let colour =
      channels == 3 ? " (\(["red", "green", "blue"][offset % 3]))" : ""
    return "row \(pixel / max(1, width) + 1), column \(pixel % max(1, width) + 1)\(colour)"
  }
}

extension NetworkDiagram.Layer {
  /// "dense 5 sigmoid", "dense 3 without bias"
  fileprivate var text: String {
    "\(kind) \(units)" + (activation.map { " " + $0 } ?? "")
      + (kind == "dense" && !hasBias ? " without bias" : "")
  }
}
