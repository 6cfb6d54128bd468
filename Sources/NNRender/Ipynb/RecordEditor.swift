import NNCheck
import NNOutput
import NNSource

/// A record with some of its cells as a later run gave them: the rest stays what it was, cells that
/// the notebook no longer has among them, so that a later check still tells of it.
package struct RecordEditor {
  private let fresh: [String: JSONText]
  private let document: OutputDocument
  /// What page and record say while only the accepted cells are taken over.
  private let marked: OutputDocument
  private let accepted: Set<String>
  private let matching: CellMatching
  private let recorded: [NotebookRecord.Cell]

  /// The bytes of `old`, which `record` was read from, with the cells of `document` whose labels are
  /// in `accepted`.
  ///
  /// Outputs of others that belong to an earlier version of their cell, or of what it reads, are
  /// marked as out of date.
  package static func text(
    of old: [UInt8], _ record: NotebookRecord, accepting accepted: Set<String>,
    from document: OutputDocument
  ) -> String? {
    guard let json = try? JSONReader.read(old),
      let fresh = try? JSONReader.read(Array(RecordWriter.text(of: document).utf8))
    else { return nil }
    return RecordEditor(record, fresh, document, accepted).edited(json).notebookText
  }

  private init(
    _ record: NotebookRecord, _ fresh: JSONText, _ document: OutputDocument,
    _ accepted: Set<String>
  ) {
    let cells = (fresh["cells"]?.array ?? []).compactMap { cell in
      cell["id"]?.string.map { ($0, cell) }
    }
    self.fresh = Dictionary(cells) { first, _ in first }
    self.document = document
    self.accepted = accepted
    recorded = record.cells
    matching = CellMatching(recorded: record.cells, fresh: NotebookRecord(document).cells)
    marked = document.recorded(record, accepting: accepted, marksReads: true)
  }

  private func edited(_ json: JSONText) -> JSONText {
    guard case .object(var members) = json,
      let place = members.firstIndex(where: { $0.0 == "cells" }), let cells = members[place].1.array
    else { return json }
    members[place].1 = .array(withNewCells(edited(cells)))
    return .object(members)
  }

  /// The recorded cells, each with the number that tells its place among those with a program.
  private func edited(_ cells: [JSONText]) -> [(json: JSONText, number: Int?)] {
    var count = 0
    return cells.map { json in
      guard json["cell_type"]?.string == "code" else { return (json, nil) }
      count += 1
      return (edited(json, number: count - 1), count - 1)
    }
  }

  private func edited(_ json: JSONText, number: Int) -> JSONText {
    guard recorded.indices.contains(number), let now = matching.successors[number] else {
      return json
    }
    let cell = document.cells[now]
    guard accepted.contains(cell.label), let fresh = fresh[cell.label] else {
      return Self.marked(json, isStale: marked.cells[now].isStale)
    }
    // One without a label is called by its number, which may be another cell's in this record.
    let old = recorded[number]
    return old.isUnlabelled && cell.label == "cell-\(cell.number)"
      ? fresh.setting("id", .string(old.label)) : fresh
  }

  private static func marked(_ json: JSONText, isStale: Bool) -> JSONText {
    guard isStale, let metadata = json["metadata"], let own = metadata["nnbook"] else {
      return json
    }
    return json.setting(
      "metadata", metadata.setting("nnbook", own.setting("stale", .bool(true), before: "state")))
  }

  /// With the accepted cells that the record does not know yet, each behind the nearest cell above
  /// it that it does know.
  private func withNewCells(_ cells: [(json: JSONText, number: Int?)]) -> [JSONText] {
    var cells = cells
    var ids = Set(cells.compactMap { $0.json["id"]?.string })
    for (index, cell) in document.cells.enumerated().reversed()
    where accepted.contains(cell.label) && matching.partners[index] == nil {
      guard let json = fresh[cell.label] else { continue }
      let above = matching.partners[..<index].compactMap(\.self).last
      let place =
        above.flatMap { above in cells.firstIndex { $0.number == above } }
        ?? cells.firstIndex { $0.json["id"]?.string == "0-title" }
      let id = ids.insert(cell.label).inserted ? cell.label : "\(cell.number)-cell"
      cells.insert((json.setting("id", .string(id)), nil), at: place.map { $0 + 1 } ?? 0)
    }
    return cells.map(\.json)
  }
}

extension JSONText {
  /// With a member that is set; a new one comes before the member `next`, or last.
  fileprivate func setting(
    _ key: String, _ value: JSONText, before next: String? = nil
  ) -> JSONText {
    guard case .object(var members) = self else { return self }
    if let place = members.firstIndex(where: { $0.0 == key }) {
      members[place].1 = value
    } else {
      let place = members.firstIndex { $0.0 == next } ?? members.count
      members.insert((key, value), at: place)
    }
    return .object(members)
  }
}
