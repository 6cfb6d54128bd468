import NNLanguage
import NNNotebook
import NNOutput
import NNSource

/// What the record says of the cells and inline values, for a notebook as it is now.
struct RecordedRun {
  /// An inline value, and what the names were known by at its place.
  struct Inline {
    let inline: NotebookRecord.Inline
    let values: [String: ContentHash]
  }

  /// By the labels that the cells have now; places in their findings are places in the file.
  private(set) var cells: [String: NotebookRecord.Cell] = [:]
  let parameters: [RunParameter]
  private(set) var inlines: [Inline] = []
  /// How many cells from the first one on have the label and the text that they had.
  private let unchangedCount: Int

  /// `record` was read without a notebook.
  init(_ record: NotebookRecord?, _ notebook: Notebook, _ programs: ProgramTexts) {
    let old = record?.cells ?? []
    parameters = record?.parameters ?? []
    let texts = notebook.cells.map { String(decoding: $0.program.utf8, as: UTF8.self) }
    unchangedCount =
      zip(zip(notebook.cells, texts), old).prefix { now, then in
        // The record leaves out a line end at the end.
        now.0.label == then.label
          && (now.1 == then.program || now.1 == then.program + "\n")
      }.count
    guard let record else { return }
    collectInlines(record)
    let partners = Self.partners(old, notebook, programs)
    let target = CellPlaces(
      zip(old, partners).compactMap { cell, partner in
        partner.map { notebook.cells[$0] }.map {
          CellPlaces.Cell(label: cell.label, range: $0.range, start: $0.start)
        }
      })
    let places = record.places
    for (cell, partner) in zip(old, partners) {
      guard let now = partner.map({ notebook.cells[$0] }) else { continue }
      cells[now.label] = cell.moved(from: places, to: target, home: now.range)
    }
  }

  /// Whether what an output shows of the source itself is still what stands there.
  func stillShows(_ outputs: [CellOutput], ofCell number: Int, _ now: SourceSlice) -> Bool {
    outputs.allSatisfy { output in
      switch output {
      // It may point at any cell above.
      case .diagnostic: number <= unchangedCount
      case .assertion(let assertion):
        String(decoding: now.utf8, as: UTF8.self).contains(assertion.condition)
      default: true
      }
    }
  }

  /// For each recorded cell the place of the one that it is now: by its label; one without a label
  /// by its program, and where that changed by its number.
  private static func partners(
    _ old: [NotebookRecord.Cell], _ notebook: Notebook, _ programs: ProgramTexts
  ) -> [Int?] {
    var partners = [Int?](repeating: nil, count: old.count)
    var taken: Set<Int> = []
    func pair(_ key: (NotebookRecord.Cell) -> String?, _ nowKey: (Int) -> String?) {
      var free: [String: [Int]] = [:]
      for index in notebook.cells.indices.reversed() where !taken.contains(index) {
        if let key = nowKey(index) { free[key, default: []].append(index) }
      }
      for index in old.indices where partners[index] == nil {
        guard let key = key(old[index]), let partner = free[key]?.popLast() else { continue }
        partners[index] = partner
        taken.insert(partner)
      }
    }
    func label(_ index: Int) -> String { notebook.cells[index].label }
    pair(
      { Literals.isAutomaticLabel($0.label) ? nil : $0.label },
      { Literals.isAutomaticLabel(label($0)) ? nil : label($0) })
    pair(
      { Literals.isAutomaticLabel($0.label) ? $0.programHash.text : nil },
      { Literals.isAutomaticLabel(label($0)) ? programs[$0].hash.text : nil })
    pair({ $0.label }, { label($0) })
    return partners
  }

  private mutating func collectInlines(_ record: NotebookRecord) {
    var values: [String: ContentHash] = [:]
    for piece in record.pieces {
      switch piece {
      case .prose(let prose):
        inlines += prose.inlines.map { Inline(inline: $0, values: values) }
      case .cell(let cell):
        let isValid = cell.state == .done && !cell.isStale
        for write in cell.trace?.writes ?? [] { values[write.name] = isValid ? write.hash : nil }
      }
    }
  }
}

extension NotebookRecord.Cell {
  fileprivate var programHash: ContentHash {
    trace?.program
      ?? ProgramText(SourceSlice(wholeOf: SourceFile(name: label, text: program))).hash
  }

  fileprivate func moved(
    from places: CellPlaces, to target: CellPlaces, home: SourceRange
  ) -> NotebookRecord.Cell {
    NotebookRecord.Cell(
      label: label, number: number, program: program, state: state, echo: echo, output: output,
      caption: caption, isStale: isStale,
      outputs: outputs.map { output in
        guard case .diagnostic(let diagnostic) = output else { return output }
        return .diagnostic(places.moved(diagnostic, of: label, to: target, home: home))
      }, trace: trace)
  }
}
