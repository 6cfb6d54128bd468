import NNSource

/// JSON that is no output: what was expected, and under which key.
package struct OutputDamage: Error, Sendable, Hashable {
  package let key: String
  package let expected: String
}

extension OutputCodec {
  /// The output that `json(_:of:)` made this of. A diagnostic comes back as its words.
  package func output(_ json: JSONText, of label: String) throws(OutputDamage) -> CellOutput {
    let members = Members(json)
    let type = try members.string("type")
    switch type {
    case "text":
      return .text(PrintedText(try members.string("text"), tensors: try members.tensors("tensors")))
    case "table": return .table(try members.table())
    case "lines", "points", "bars", "histogram", "heatmap": return .chart(try members.chart(type))
    case "pictures": return .pictures(try members.pictures())
    case "diagram": return .diagram(try members.diagram())
    case "weights": return .weights(try members.weights())
    case "gradients": return .gradients(try members.gradients())
    case "assertion":
      return .assertion(
        AssertionOutput(
          condition: try members.string("condition"), reason: members.optional("reason")))
    case "diagnostic": return .diagnostic(try diagnostic(members, of: label))
    default: throw OutputDamage(key: "type", expected: "a kind of output")
    }
  }

  /// A diagnostic that `json(_:of:)` wrote.
  package func diagnostic(_ json: JSONText, of label: String) throws(OutputDamage) -> Diagnostic {
    try diagnostic(Members(json), of: label)
  }

  private func diagnostic(
    _ members: Members, of label: String
  ) throws(OutputDamage) -> Diagnostic {
    guard let severity = Diagnostic.Severity(rawValue: try members.string("severity")) else {
      throw OutputDamage(key: "severity", expected: "error or warning")
    }
    guard let range = places.range(members["place"], from: label) else {
      throw OutputDamage(key: "place", expected: "a place in a cell")
    }
    let wording = Wording(try members.string("message"), hint: members.optional("hint"))
    var diagnostic = Diagnostic(severity, .recorded(wording), at: range)
    diagnostic.callers = (members["callers"]?.array ?? []).compactMap {
      places.range($0, from: label)
    }
    return diagnostic
  }
}

extension OutputCodec {
  /// What `json(_:)` made of a number.
  static func double(_ json: JSONText) -> Double? {
    switch json {
    case .number(let value): Double(value)
    case .double(let value): value
    case .string("nan"): .nan
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    default: nil
    }
  }
}

/// An object whose members are asked for by key.
private struct Members {
  private let json: JSONText

  init(_ json: JSONText) { self.json = json }

  subscript(key: String) -> JSONText? { json[key] }

  private static func damage(_ key: String, _ expected: String) -> OutputDamage {
    OutputDamage(key: key, expected: expected)
  }

  func optional(_ key: String) -> String? { json[key]?.string }

  func string(_ key: String) throws(OutputDamage) -> String {
    guard let text = json[key]?.string else { throw Self.damage(key, "a text") }
    return text
  }

  func bool(_ key: String) -> Bool { json[key]?.bool ?? false }

  func count(_ key: String) throws(OutputDamage) -> Int {
    guard let value = json[key]?.int, value >= 0 else { throw Self.damage(key, "a count") }
    return value
  }

  func double(_ key: String) throws(OutputDamage) -> Double {
    guard let value = json[key].flatMap(OutputCodec.double) else {
      throw Self.damage(key, "a number")
    }
    return value
  }

  func doubles(_ key: String) throws(OutputDamage) -> [Double] {
    try Self.list(json[key], key, "numbers", OutputCodec.double)
  }

  func integers(_ key: String) throws(OutputDamage) -> [Int] {
    try Self.list(json[key], key, "integers", Self.integer)
  }

  func strings(_ key: String) throws(OutputDamage) -> [String] {
    guard let texts = json[key] else { return [] }
    return try Self.list(texts, key, "texts", \.string)
  }

  func objects(_ key: String) throws(OutputDamage) -> [Members] {
    try Self.list(json[key], key, "objects") { $0.members == nil ? nil : Members($0) }
  }

  private static func list<T>(
    _ json: JSONText?, _ key: String, _ what: String, _ element: (JSONText) -> T?
  ) throws(OutputDamage) -> [T] {
    guard let items = json?.array else { throw damage(key, "a list of \(what)") }
    var list: [T] = []
    list.reserveCapacity(items.count)
    for item in items {
      guard let element = element(item) else { throw damage(key, "a list of \(what)") }
      list.append(element)
    }
    return list
  }

  private static func integer(_ json: JSONText) -> Int? {
    switch json {
    case .number(let value): value
    case .string(let text): Int(text)
    default: nil
    }
  }

  // MARK: Tensors

  func tensors(_ key: String) throws(OutputDamage) -> [OutputTensor] {
    guard json[key] != nil else { return [] }
    var tensors: [OutputTensor] = []
    for one in try objects(key) { tensors.append(try one.tensor()) }
    return tensors
  }

  func tensor() throws(OutputDamage) -> OutputTensor {
    let (dtype, shape) = (try string("dtype"), try integers("shape"))
    let content: OutputTensor.Content
    if json["elements"] != nil {
      content = .all(try elements("elements", dtype))
    } else {
      guard let hash = ContentHash(try string("hash")) else {
        throw Self.damage("hash", "32 hexadecimal digits")
      }
      content = .summary(
        OutputTensor.Summary(
          hash: hash, minimum: try double("min"), maximum: try double("max"),
          mean: try double("mean"), shown: try elements("shown", dtype)))
    }
    return OutputTensor(dtype: dtype, shape: shape, content: content)
  }

  private func elements(
    _ key: String, _ dtype: String
  ) throws(OutputDamage) -> OutputTensor.Elements {
    switch dtype {
    case "float64": return .floats(try doubles(key))
    case "float32": return .floats(try doubles(key).map { Double(Float($0)) })
    default: return .integers(try integers(key))
    }
  }

  // MARK: Tables, weights, gradients

  func table() throws(OutputDamage) -> TableOutput {
    guard let lines = json["rows"]?.array else { throw Self.damage("rows", "a list of rows") }
    var rows: [[TableOutput.Cell]] = []
    for line in lines {
      rows.append(
        try Self.list(line, "rows", "cells") { cell in
          switch cell {
          case .null: return .empty
          case .string(let text): return .text(text)
          default:
            guard let value = cell["value"].flatMap(OutputCodec.double),
              let text = cell["text"]?.string
            else { return nil }
            return .number(NumberCell(value, text: text))
          }
        })
    }
    return TableOutput(
      title: optional("title"), columns: try strings("columns"),
      rowNames: try strings("row_names"), rows: rows, totalRows: try count("total_rows"))
  }

  func weights() throws(OutputDamage) -> WeightsOutput {
    var entries: [WeightsOutput.Entry] = []
    for entry in try objects("entries") {
      entries.append(
        WeightsOutput.Entry(
          name: try entry.string("name"),
          tensor: try Members(entry["tensor"] ?? .null).tensor(), text: try entry.string("text")))
    }
    return WeightsOutput(network: try string("network"), entries: entries)
  }

  func gradients() throws(OutputDamage) -> GradientReport {
    var rows: [GradientReport.Row] = []
    for row in try objects("rows") {
      rows.append(
        GradientReport.Row(
          parameter: try row.string("parameter"), shape: try row.integers("shape"),
          checked: try row.count("checked"),
          largestRelativeError: try row.double("largest_relative_error")))
    }
    return GradientReport(network: try string("network"), rows: rows)
  }

  // MARK: Drawings

  func chart(_ type: String) throws(OutputDamage) -> Chart {
    let content: Chart.Content
    switch type {
    case "lines": content = .lines(try series())
    case "points": content = .points(try series())
    case "bars": content = .bars(try series())
    case "histogram":
      content = .histogram(counts: try doubles("counts"), edges: try doubles("edges"))
    default:
      content = .heatmap(
        rows: try count("rows"), columns: try count("columns"), values: try doubles("values"),
        isAnnotated: bool("annotated"))
    }
    return Chart(title: optional("title"), x: try axis("x"), y: try axis("y"), content: content)
  }

  private func axis(_ key: String) throws(OutputDamage) -> Chart.Axis {
    let axis = Members(json[key] ?? .null)
    guard let scale = Chart.Scale(rawValue: try axis.string("scale")) else {
      throw Self.damage("scale", "linear or log")
    }
    return Chart.Axis(
      label: axis.optional("label"), scale: scale, categories: try axis.strings("categories"))
  }

  private func series() throws(OutputDamage) -> [Chart.Series] {
    var all: [Chart.Series] = []
    for one in try objects("series") {
      all.append(
        Chart.Series(
          label: one.optional("label"), x: try one.doubles("x"), y: try one.doubles("y"),
          groups: one["groups"] == nil ? [] : try one.integers("groups"),
          groupNames: try one.strings("group_names")))
    }
    return all
  }

  func pictures() throws(OutputDamage) -> PictureGrid {
    guard let colorMap = PictureGrid.ColorMap(rawValue: try string("cmap")) else {
      throw Self.damage("cmap", "gray or viridis")
    }
    var pictures: [PictureGrid.Picture] = []
    for picture in try objects("pictures") {
      let (width, height) = (try picture.count("width"), try picture.count("height"))
      let (channels, values) = (try picture.count("channels"), try picture.doubles("values"))
      guard Self.fits(values.count, width, height, channels) else {
        throw Self.damage("values", "a value for each pixel")
      }
      pictures.append(
        PictureGrid.Picture(
          width: width, height: height, values: values, channels: channels,
          caption: picture.optional("caption"), isWrong: picture.bool("wrong")))
    }
    return PictureGrid(
      pictures: pictures, columns: try count("columns"), colorMap: colorMap,
      low: try double("low"), high: try double("high"))
  }

  private static func fits(_ count: Int, _ sizes: Int...) -> Bool {
    var product = 1
    for size in sizes {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard !overflow else { return false }
      product = next
    }
    return product == count
  }

  func diagram() throws(OutputDamage) -> NetworkDiagram {
    var layers: [NetworkDiagram.Layer] = []
    for layer in try objects("layers") {
      layers.append(
        NetworkDiagram.Layer(
          kind: try layer.string("kind"), units: try layer.count("units"),
          activation: layer.optional("activation"), hasBias: layer.bool("bias"),
          parameters: try layer.count("parameters"), weights: try layer.doubles("weights")))
    }
    return NetworkDiagram(name: try string("name"), layers: layers)
  }
}
