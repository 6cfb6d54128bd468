import NNSource

/// The bytes of a record → `NotebookRecord`. Places in diagnostics become places in the notebook as
/// it is now or, without a notebook, in `NotebookRecord.places`.
package struct RecordReader {
  /// Of what stands under `nnbook` in the file and in `mimeType`.
  package static let format = 1
  package static let mimeType = "application/vnd.nnbook.output+json"

  private let codec: OutputCodec

  /// - Throws: `RecordProblem` where the bytes are no record.
  package static func read(
    _ bytes: [UInt8], places: CellPlaces? = nil
  ) throws(RecordProblem) -> NotebookRecord {
    let json: JSONText
    do {
      json = try JSONReader.read(bytes)
    } catch {
      throw .notJSON(line: error.line, column: error.column, reason: error.reason)
    }
    let labels = (json["cells"]?.array ?? []).filter { $0["cell_type"]?.string == "code" }
      .compactMap { $0["id"]?.string }
    return try RecordReader(codec: OutputCodec(places ?? CellPlaces(apart: labels))).record(json)
  }

  /// Whether nnbook wrote the bytes, damaged or not as to what they hold.
  package static func isRecord(_ bytes: [UInt8]) -> Bool {
    (try? JSONReader.read(bytes))?["metadata"]?["nnbook"]?["format"] != nil
  }

  private func record(_ json: JSONText) throws(RecordProblem) -> NotebookRecord {
    guard let cells = json["cells"]?.array, let own = json["metadata"]?["nnbook"] else {
      throw .notRecord
    }
    guard let format = own["format"]?.int, format == Self.format else {
      throw .format(own["format"]?.int ?? 0, known: Self.format)
    }
    var pieces: [NotebookRecord.Piece] = []
    var number = 0
    for cell in cells {
      guard let id = cell["id"]?.string, let type = cell["cell_type"]?.string else {
        throw .damaged(cell: nil, key: "id", expected: "a name")
      }
      switch type {
      case "code":
        number += 1
        pieces.append(.cell(try self.cell(cell, id, number: number)))
      case "markdown" where id != "0-title": pieces.append(.prose(try prose(cell, id)))
      default: break
      }
    }
    return NotebookRecord(
      title: own["title"]?.string ?? "", parameters: parameters(own), pieces: pieces,
      findings: (own["findings"]?.array ?? []).compactMap { finding in
        finding["message"]?.string.map { Wording($0, hint: finding["hint"]?.string) }
      })
  }

  private func parameters(_ own: JSONText) -> [RunParameter] {
    let given = Set((own["given"]?.array ?? []).compactMap(\.string))
    return (own["parameters"]?.members ?? []).compactMap { name, json in
      let value: RunParameter.Value? =
        switch json {
        case .number(let value): .int(value)
        case .bool(let flag): .bool(flag)
        case .string(let text): .string(text)
        default:
          json["int"]?.string.flatMap(Int.init).map(RunParameter.Value.int)
            ?? json["float"].flatMap(OutputCodec.double).map(RunParameter.Value.float)
        }
      return value.map { RunParameter(name: name, value: $0, isGiven: given.contains(name)) }
    }
  }

  /// A text, whole or as a list of lines.
  private static func text(_ json: JSONText?) -> String {
    json?.string ?? (json?.array ?? []).compactMap(\.string).joined()
  }

  private func prose(
    _ json: JSONText, _ id: String
  ) throws(RecordProblem) -> NotebookRecord.Prose {
    var inlines: [NotebookRecord.Inline] = []
    for (name, inline) in json["metadata"]?["nnbook"]?["inlines"]?.members ?? [] {
      guard let text = inline["text"]?.string else {
        throw .damaged(cell: id, key: "inlines", expected: "a text")
      }
      inlines.append(
        NotebookRecord.Inline(
          name: name, expression: inline["expression"]?.string ?? "", text: text,
          isFailure: inline["failed"]?.bool ?? false,
          isStale: inline["stale"]?.bool ?? false))
    }
    // `inline-10` comes behind `inline-9`, in whatever order another program wrote them.
    inlines.sort { ($0.name.utf8.count, $0.name) < ($1.name.utf8.count, $1.name) }
    return NotebookRecord.Prose(text: Self.text(json["source"]), inlines: inlines)
  }

  private func cell(
    _ json: JSONText, _ label: String, number: Int
  ) throws(RecordProblem) -> NotebookRecord.Cell {
    let own = json["metadata"]?["nnbook"]
    guard let state = own?["state"]?.string.flatMap(CellRecord.State.init(rawValue:)) else {
      throw .damaged(cell: label, key: "state", expected: "how its run ended")
    }
    var outputs: [CellOutput] = []
    for output in json["outputs"]?.array ?? [] {
      guard let values = output["data"]?[Self.mimeType] else {
        throw .damaged(cell: label, key: "data", expected: Self.mimeType)
      }
      do {
        outputs.append(try codec.output(values, of: label))
      } catch {
        throw .damaged(cell: label, key: error.key, expected: error.expected)
      }
    }
    let hidden = json["metadata"]?["jupyter"]
    return NotebookRecord.Cell(
      label: label, number: number, program: Self.text(json["source"]), state: state,
      echo: hidden?["source_hidden"]?.bool == true ? .hide : .show,
      output: hidden?["outputs_hidden"]?.bool == true ? .hide : .show,
      caption: own?["caption"]?.string, isStale: own?["stale"]?.bool ?? false, outputs: outputs,
      trace: try trace(own, label))
  }

  private func trace(
    _ own: JSONText?, _ label: String
  ) throws(RecordProblem) -> CellTrace? {
    guard let own, let program = own["program"] else { return nil }
    func hash(_ json: JSONText?, _ key: String) throws(RecordProblem) -> ContentHash {
      guard let hash = json?.string.flatMap({ ContentHash($0) }) else {
        throw .damaged(cell: label, key: key, expected: "32 hexadecimal digits")
      }
      return hash
    }
    func items(_ key: String) throws(RecordProblem) -> [CellTrace.Item] {
      var items: [CellTrace.Item] = []
      for (name, json) in own[key]?.members ?? [] {
        items.append(CellTrace.Item(name: name, hash: try hash(json, key)))
      }
      // As a run gives them, in whatever order another program wrote them.
      return key == "files" ? items : items.sorted { $0.name < $1.name }
    }
    var trace = CellTrace(
      program: try hash(program, "program"), reads: try items("reads"),
      writes: try items("writes"), files: try items("files"))
    if let before = own["random_before"] { trace.randomBefore = try hash(before, "random_before") }
    if let after = own["random_after"] { trace.randomAfter = try hash(after, "random_after") }
    return trace
  }
}
