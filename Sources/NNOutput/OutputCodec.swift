import NNSource

/// `CellOutput` → JSON, whole and exact; `OutputCodec+Decoding` reads it back. Both the record and
/// the cache hold outputs in this form.
///
/// Numbers are the shortest decimals that read back. What JSON has no number for is a string:
/// "nan", "inf", "-inf", and integers beyond 2⁵³, which many readers would round.
package struct OutputCodec: Sendable {
  let places: CellPlaces

  package init(_ places: CellPlaces) { self.places = places }

  /// The output of the cell `label`.
  package func json(_ output: CellOutput, of label: String) -> JSONText {
    switch output {
    case .text(let printed):
      Self.object("text", [("text", .string(printed.text))], tensors: printed.tensors)
    case .table(let table): Self.json(table)
    case .chart(let chart): Self.json(chart)
    case .pictures(let grid): Self.json(grid)
    case .diagram(let diagram): Self.json(diagram)
    case .weights(let weights): Self.json(weights)
    case .gradients(let report): Self.json(report)
    case .assertion(let assertion):
      Self.object(
        "assertion",
        [("condition", .string(assertion.condition))] + Self.optional("reason", assertion.reason))
    case .diagnostic(let diagnostic): json(diagnostic, of: label)
    }
  }

  private static func object(
    _ type: String, _ members: [(String, JSONText)], tensors: [OutputTensor] = []
  ) -> JSONText {
    let tensors = tensors.isEmpty ? [] : [("tensors", JSONText.array(tensors.map(json)))]
    return .object([("type", .string(type))] + members + tensors)
  }

  private static func optional(_ key: String, _ text: String?) -> [(String, JSONText)] {
    text.map { [(key, .string($0))] } ?? []
  }

  /// Left out where there are none.
  private static func list(_ key: String, _ texts: [String]) -> [(String, JSONText)] {
    texts.isEmpty ? [] : [(key, .strings(texts))]
  }

  // MARK: Numbers

  package static func json(_ value: Double) -> JSONText {
    value.isFinite ? .double(value) : .string(value.isNaN ? "nan" : value > 0 ? "inf" : "-inf")
  }

  /// An integer as it is, or in an object where many readers would round it.
  package static func exact(_ key: String, _ value: Int) -> JSONText {
    let number = json(value)
    guard case .string = number else { return number }
    return .object([(key, number)])
  }

  static func json(_ value: Int) -> JSONText {
    value.magnitude <= 1 << 53 ? .number(value) : .string(String(value))
  }

  static func json(_ values: [Double]) -> JSONText { .array(values.map(json)) }
  private static func json(_ values: [Int]) -> JSONText { .array(values.map(json)) }

  /// A float32 has fewer digits than the double it is held as.
  private static func json(_ elements: OutputTensor.Elements, dtype: String) -> JSONText {
    switch elements {
    case .integers(let values): json(values)
    case .floats(let values) where dtype == "float32":
      .array(
        values.map { value in
          let short = Double(Float(value).description) ?? value
          return json(Float(short) == Float(value) ? short : value)
        })
    case .floats(let values): json(values)
    }
  }

  static func json(_ tensor: OutputTensor) -> JSONText {
    let head: [(String, JSONText)] = [
      ("dtype", .string(tensor.dtype)), ("shape", json(tensor.shape)),
    ]
    switch tensor.content {
    case .all(let elements):
      return .object(head + [("elements", json(elements, dtype: tensor.dtype))])
    case .summary(let summary):
      return .object(
        head + [
          ("hash", .string(summary.hash.text)), ("min", json(summary.minimum)),
          ("max", json(summary.maximum)), ("mean", json(summary.mean)),
          ("shown", json(summary.shown, dtype: tensor.dtype)),
        ])
    }
  }

  // MARK: Tables, weights, gradients

  private static func json(_ table: TableOutput) -> JSONText {
    let rows = table.rows.map { row in
      JSONText.array(
        row.map { cell in
          switch cell {
          case .text(let text): .string(text)
          case .number(let number):
            .object([("value", json(number.value)), ("text", .string(number.text))])
          case .empty: .null
          }
        })
    }
    return object(
      "table",
      optional("title", table.title) + list("columns", table.columns)
        + list("row_names", table.rowNames)
        + [("rows", .array(rows)), ("total_rows", json(table.totalRows))])
  }

  private static func json(_ weights: WeightsOutput) -> JSONText {
    let entries = weights.entries.map { entry in
      JSONText.object([
        ("name", .string(entry.name)), ("text", .string(entry.text)),
        ("tensor", json(entry.tensor)),
      ])
    }
    return object("weights", [("network", .string(weights.network)), ("entries", .array(entries))])
  }

  private static func json(_ report: GradientReport) -> JSONText {
    let rows = report.rows.map { row in
      JSONText.object([
        ("parameter", .string(row.parameter)), ("shape", json(row.shape)),
        ("checked", json(row.checked)),
        ("largest_relative_error", json(row.largestRelativeError)),
      ])
    }
    return object("gradients", [("network", .string(report.network)), ("rows", .array(rows))])
  }

  // MARK: Drawings

  private static func json(_ chart: Chart) -> JSONText {
    let head = optional("title", chart.title) + [("x", json(chart.x)), ("y", json(chart.y))]
    switch chart.content {
    case .lines(let series): return object("lines", head + [("series", json(series))])
    case .points(let series): return object("points", head + [("series", json(series))])
    case .bars(let series): return object("bars", head + [("series", json(series))])
    case .histogram(let counts, let edges):
      return object("histogram", head + [("counts", json(counts)), ("edges", json(edges))])
    case .heatmap(let rows, let columns, let values, let isAnnotated):
      return object(
        "heatmap",
        head + [
          ("rows", json(rows)), ("columns", json(columns)), ("annotated", .bool(isAnnotated)),
          ("values", json(values)),
        ])
    }
  }

  private static func json(_ axis: Chart.Axis) -> JSONText {
    .object(
      optional("label", axis.label) + [("scale", .string(axis.scale.rawValue))]
        + list("categories", axis.categories))
  }

  private static func json(_ series: [Chart.Series]) -> JSONText {
    .array(
      series.map { one in
        .object(
          optional("label", one.label) + [("x", json(one.x)), ("y", json(one.y))]
            + (one.groups.isEmpty ? [] : [("groups", json(one.groups))])
            + list("group_names", one.groupNames))
      })
  }

  private static func json(_ grid: PictureGrid) -> JSONText {
    let pictures = grid.pictures.map { picture in
      JSONText.object(
        [
          ("width", json(picture.width)), ("height", json(picture.height)),
          ("channels", json(picture.channels)),
        ] + optional("caption", picture.caption)
          + (picture.isWrong ? [("wrong", .bool(true))] : [])
          + [("values", json(picture.values))])
    }
    return object(
      "pictures",
      [
        ("columns", json(grid.columns)), ("cmap", .string(grid.colorMap.rawValue)),
        ("low", json(grid.low)), ("high", json(grid.high)), ("pictures", .array(pictures)),
      ])
  }

  private static func json(_ diagram: NetworkDiagram) -> JSONText {
    let layers = diagram.layers.map { layer in
      JSONText.object(
        [("kind", .string(layer.kind)), ("units", json(layer.units))]
          + optional("activation", layer.activation)
          + [
            ("bias", .bool(layer.hasBias)), ("parameters", json(layer.parameters)),
            ("weights", json(layer.weights)),
          ])
    }
    return object("diagram", [("name", .string(diagram.name)), ("layers", .array(layers))])
  }

  // MARK: Diagnostics

  /// Its words, and its place within its cell.
  package func json(_ diagnostic: Diagnostic, of label: String) -> JSONText {
    let wording = diagnostic.problem.wording
    let callers = diagnostic.callers.map { places.json($0, from: label) }
    return Self.object(
      "diagnostic",
      [("severity", .string(diagnostic.severity.rawValue)), ("message", .string(wording.message))]
        + Self.optional("hint", wording.hint)
        + [("place", places.json(diagnostic.range, from: label))]
        + (callers.isEmpty ? [] : [("callers", .array(callers))]))
  }
}

/// Places in a notebook's file as bytes of its cells' programs, so that neither what is written
/// above a cell nor an option behind its fence changes anything of it.
package struct CellPlaces: Sendable {
  package struct Cell: Sendable {
    let label: String
    let range: SourceRange
    /// Where the program begins, behind the opening fence.
    let start: Int

    package init(label: String, range: SourceRange, start: Int) {
      (self.label, self.range, self.start) = (label, range, start)
    }
  }

  private let cells: [Cell]

  package init(_ cells: [Cell]) { self.cells = cells }

  package init(_ document: OutputDocument) {
    self.init(document.cells.map { Cell(label: $0.label, range: $0.range, start: $0.start) })
  }

  /// Cells that stand in no file, each in a stretch of its own: for records that are only compared.
  package init(apart labels: [String]) {
    let length = 1 << 32
    self.init(
      labels.enumerated().map { index, label in
        let start = (index + 1) * 2 * length
        return Cell(label: label, range: SourceRange(start - length, start + length), start: start)
      })
  }

  /// `[lower, upper]` in the program of the cell `label`, negative in its opening fence; in another
  /// cell its label comes first. A place in none is counted from the file's beginning, with a label
  /// of "". A whole cell is `[-1, -1]`, however long it is.
  package func json(_ range: SourceRange, from label: String) -> JSONText {
    let cell = cells.first { $0.range.lower <= range.lower && range.lower < $0.range.upper }
    let place: [Int]
    if let cell, range == cell.range {
      place = [-1, -1]
    } else {
      place = [range.lower, range.upper].map { $0 - (cell?.start ?? 0) }
    }
    let name = cell?.label == label ? [] : [JSONText.string(cell?.label ?? "")]
    return .array(name + place.map(JSONText.number))
  }

  /// The place in the file, within the cell as it is now; the cell's beginning where it can't be.
  func range(_ json: JSONText?, from label: String) -> SourceRange? {
    guard var parts = json?.array else { return nil }
    var owner = label
    if case .string(let other)? = parts.first {
      owner = other
      parts.removeFirst()
    }
    guard parts.count == 2, let lower = parts[0].int, let upper = parts[1].int else { return nil }
    guard let cell = cells.first(where: { $0.label == owner }) else {
      return owner.isEmpty ? SourceRange(lower, upper) : nil
    }
    if lower == -1, upper == -1 { return cell.range }
    let inside = (cell.range.lower - cell.start)...(cell.range.upper - cell.start)
    guard inside.contains(lower), (lower...inside.upperBound).contains(upper) else {
      return SourceRange(cell.range.lower, cell.range.lower)
    }
    return SourceRange(cell.start + lower, cell.start + upper)
  }

  /// A finding of the cell `label`, its places carried over to where `other` has them; the
  /// beginning of its cell, `home`, where it does not.
  package func moved(
    _ diagnostic: Diagnostic, of label: String, to other: CellPlaces, home: SourceRange
  ) -> Diagnostic {
    func moved(_ range: SourceRange) -> SourceRange? {
      other.range(json(range, from: label), from: label)
    }
    var result = diagnostic
    result.range = moved(diagnostic.range) ?? SourceRange(home.lower, home.lower)
    result.callers = diagnostic.callers.compactMap(moved)
    return result
  }
}
