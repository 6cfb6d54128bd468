import NNOutput
import NNSource

/// A record as a Jupyter notebook, nbformat 4.5, the same bytes for the same record. Beside what
/// Jupyter shows, each output carries `application/vnd.nnbook.output+json`: the values behind it,
/// which `RecordReader` reads back.
package struct RecordWriter {
  private let record: NotebookRecord
  private let codec: OutputCodec
  private let source: SourceFile

  private init(_ document: OutputDocument) {
    record = NotebookRecord(document)
    codec = OutputCodec(CellPlaces(document))
    source = document.source
  }

  package static func text(of document: OutputDocument) -> String {
    RecordWriter(document).notebook.notebookText
  }

  private var notebook: JSONText {
    var proseCount = 0
    var cells = [titleCell]
    var ids: Set<String> = []
    for piece in record.pieces {
      switch piece {
      case .prose(let prose):
        proseCount += 1
        cells.append(Self.json(prose, number: proseCount))
      case .cell(let cell):
        // A label that stands twice is an error, but the file must be a notebook all the same.
        let isFirst = ids.insert(cell.label).inserted
        cells.append(json(cell, id: isFirst ? cell.label : "\(cell.number)-cell"))
      }
    }
    return .object([
      ("cells", .array(cells)), ("metadata", metadata), ("nbformat", .number(4)),
      ("nbformat_minor", .number(5)),
    ])
  }

  private var metadata: JSONText {
    var own: [(String, JSONText)] = [("format", .number(RecordReader.format))]
    if !record.findings.isEmpty {
      own.append(("findings", .array(record.findings.map(Self.json))))
    }
    let given = record.parameters.filter(\.isGiven).map(\.name)
    if !given.isEmpty { own.append(("given", .strings(given))) }
    if !record.parameters.isEmpty {
      own.append(
        ("parameters", .object(record.parameters.map { ($0.name, Self.json($0.value)) })))
    }
    own.append(("title", .string(record.title)))
    return .object([
      (
        "kernelspec",
        .object([
          ("display_name", .string("nn")), ("language", .string("nn")),
          ("name", .string("nnbook")),
        ])
      ),
      // Jupyter's tools know no nn; Python is what it looks like.
      (
        "language_info",
        .object([
          ("file_extension", .string(".nn")), ("mimetype", .string("text/x-nn")),
          ("name", .string("nn")), ("pygments_lexer", .string("python")),
        ])
      ),
      ("nnbook", .object(own)),
    ])
  }

  private static func json(_ wording: Wording) -> JSONText {
    .object([("message", .string(wording.message)), ("hint", .optional(wording.hint))])
  }

  private static func json(_ value: RunParameter.Value) -> JSONText {
    switch value {
    case .int(let value): OutputCodec.exact("int", value)
    case .float(let value): .object([("float", OutputCodec.json(value))])
    case .bool(let value): .bool(value)
    case .string(let text): .string(text)
    }
  }

  // MARK: Prose

  /// A name that begins with a digit can't be a cell's label.
  private var titleCell: JSONText {
    let lines = ["# " + MarkdownText.escaped(record.title)]
    let more = record.description.map { ["", MarkdownText.escaped($0)] } ?? []
    return Self.markdown("0-title", (lines + more).joined(separator: "\n"), [])
  }

  private static func json(_ prose: NotebookRecord.Prose, number: Int) -> JSONText {
    let inlines = prose.inlines.map { inline in
      (
        inline.name,
        JSONText.object(
          [("expression", .string(inline.expression))]
            + (inline.isFailure ? [("failed", .bool(true))] : [])
            + (inline.isStale ? [("stale", .bool(true))] : [])
            + [("text", .string(inline.text))])
      )
    }
    return markdown("\(number)-prose", prose.text, inlines)
  }

  private static func markdown(
    _ id: String, _ text: String, _ inlines: [(String, JSONText)]
  ) -> JSONText {
    let own: [(String, JSONText)] =
      inlines.isEmpty ? [] : [("nnbook", .object([("inlines", .object(inlines))]))]
    return .object([
      ("cell_type", .string("markdown")), ("id", .string(id)), ("metadata", .object(own)),
      ("source", lines(text)),
    ])
  }

  /// A text as Jupyter holds it: a list of lines with their ends.
  private static func lines(_ text: String) -> JSONText {
    var lines: [String] = []
    var rest = Substring(text)
    while let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) {
      let next = rest.utf8.index(after: end)
      lines.append(String(rest[..<next]))
      rest = rest[next...]
    }
    if !rest.isEmpty { lines.append(String(rest)) }
    return .strings(lines)
  }

  // MARK: Cells

  private func json(_ cell: NotebookRecord.Cell, id: String) -> JSONText {
    var program = cell.program
    if program.hasSuffix("\n") { program.removeLast() }
    let didRun = cell.state == .done || cell.state == .failed
    return .object([
      ("cell_type", .string("code")),
      ("execution_count", didRun ? .number(cell.number) : .null), ("id", .string(id)),
      ("metadata", metadata(of: cell)), ("outputs", .array(outputs(of: cell))),
      ("source", Self.lines(program)),
    ])
  }

  private func metadata(of cell: NotebookRecord.Cell) -> JSONText {
    var members: [(String, JSONText)] = []
    var hidden: [(String, JSONText)] = []
    if cell.output != .show { hidden.append(("outputs_hidden", .bool(true))) }
    if cell.echo != .show { hidden.append(("source_hidden", .bool(true))) }
    if !hidden.isEmpty { members.append(("jupyter", .object(hidden))) }
    var own: [(String, JSONText)] = []
    if let caption = cell.caption { own.append(("caption", .string(caption))) }
    if let trace = cell.trace { own += Self.members(of: trace) }
    if cell.isStale { own.append(("stale", .bool(true))) }
    own.append(("state", .string(cell.state.rawValue)))
    members.append(("nnbook", .object(own)))
    return .object(members)
  }

  private static func members(of trace: CellTrace) -> [(String, JSONText)] {
    func items(_ key: String, _ items: [CellTrace.Item]) -> [(String, JSONText)] {
      items.isEmpty
        ? [] : [(key, .object(items.map { ($0.name, .string($0.hash.text)) }))]
    }
    func hash(_ key: String, _ hash: ContentHash?) -> [(String, JSONText)] {
      hash.map { [(key, .string($0.text))] } ?? []
    }
    return items("files", trace.files) + hash("program", trace.program)
      + hash("random_after", trace.randomAfter) + hash("random_before", trace.randomBefore)
      + items("reads", trace.reads) + items("writes", trace.writes)
  }

  // MARK: Outputs

  private func outputs(of cell: NotebookRecord.Cell) -> [JSONText] {
    cell.outputs.enumerated().map { index, output in
      var data: [(String, JSONText)] = [
        (RecordReader.mimeType, codec.json(output, of: cell.label))
      ]
      if let svg = SVGImage.svg(output, id: "\(cell.label)-\(index + 1)") {
        data.append(("image/svg+xml", Self.lines(svg)))
      }
      if let html = Self.html(output, cell: cell.label) {
        data.append(("text/html", Self.lines(html)))
      }
      data.append(("text/plain", Self.lines(text(output))))
      return .object([
        ("data", .object(data)), ("metadata", .object([])),
        ("output_type", .string("display_data")),
      ])
    }
  }

  /// As a terminal shows it, but without the places of diagnostics, which belong to the file.
  private func text(_ output: CellOutput) -> String {
    guard case .diagnostic(let diagnostic) = output else {
      return TextRenderer(source: source).text(output)
    }
    let wording = diagnostic.problem.wording
    return "\(diagnostic.severity.rawValue): \(wording.message)"
      + (wording.hint.map { "\nhint: \($0)" } ?? "")
  }

  private static func html(_ output: CellOutput, cell: String) -> String? {
    switch output {
    case .table(let table):
      MarkupWriter.string(TableHTML(table, label: "Table of cell \(cell)").plain)
    case .gradients(let report):
      MarkupWriter.string(TableHTML(report.table, label: "Gradient check of cell \(cell)").plain)
    case .pictures(let grid): MarkupWriter.string(PicturesHTML(grid).table)
    default: nil
    }
  }
}
