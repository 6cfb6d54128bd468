import NNOutput
import NNSource

extension OutputDocument {
  /// The document with what the record holds in the place of what the run gave, but for the cells
  /// whose labels are in `accepted`: what page and record are to be while only those are taken over.
  ///
  /// Recorded outputs that belong to an earlier version of the source are marked as out of date; so
  /// is a cell of which there is no record.
  /// - Parameter marksReads: also those of other values, files and random numbers than the cell has
  ///   now: data that changed by itself makes no page wrong that is what its record says.
  package func recorded(
    _ record: NotebookRecord, accepting accepted: Set<String> = [], marksReads: Bool = false
  ) -> OutputDocument {
    let fresh = NotebookRecord(self)
    let matching = CellMatching(recorded: record.cells, fresh: fresh.cells)
    let labels = matching.successors.map { $0.map { cells[$0] } }
    let target = CellPlaces(
      zip(record.cells, labels).compactMap { old, now in
        now.map { CellPlaces.Cell(label: old.label, range: $0.range, start: $0.start) }
      })
    var document = self
    for index in cells.indices where !accepted.contains(cells[index].label) {
      let partner = matching.partners[index].map { record.cells[$0] }
      document.cells[index].take(
        partner, from: record.places, to: target, marksReads: marksReads)
    }
    document.takeInlines(of: record)
    return document
  }

  private mutating func takeInlines(of record: NotebookRecord) {
    let sorted = inlines.indices.sorted { inlines[$0].range.lower < inlines[$1].range.lower }
    let expressions = sorted.map { source.text(inlines[$0].range) }
    let recorded = record.inlines
    let pairs = SequenceAlignment.pairs(recorded.map(\.expression), expressions) {
      $0 == $1 ? 0 : nil
    }
    for pair in pairs {
      guard let old = pair.old, let new = pair.new else { continue }
      let (then, index) = (recorded[old], sorted[new])
      if then.isFailure {
        // The record has only the message; with the same one the finding now is the whole of it.
        guard inlines[index].diagnostic?.problem.wording.message != then.text else { continue }
        inlines[index].text = ""
        inlines[index].diagnostic = .error(
          .recorded(Wording(then.text)), at: inlines[index].range)
      } else {
        inlines[index].text = then.text
        inlines[index].isStale = then.isStale
        inlines[index].diagnostic = nil
      }
    }
  }
}

extension CellRecord {
  fileprivate mutating func take(
    _ recorded: NotebookRecord.Cell?, from places: CellPlaces, to target: CellPlaces,
    marksReads: Bool
  ) {
    guard let recorded else {
      outputs = []
      trace = nil
      state = .notRun
      return
    }
    isStale = recorded.isStale || !comesFromTheSame(as: recorded, marksReads: marksReads)
    state = recorded.state
    trace = recorded.trace
    outputs = recorded.outputs.map { output in
      guard case .diagnostic(let diagnostic) = output else { return output }
      return .diagnostic(
        places.moved(diagnostic, of: recorded.label, to: target, home: range))
    }
  }

  /// Whether the run of the record came from the same program and, if that counts, values.
  private func comesFromTheSame(
    as recorded: NotebookRecord.Cell, marksReads: Bool
  ) -> Bool {
    guard let then = recorded.trace, let now = trace else {
      return String(decoding: wholeProgram.utf8, as: UTF8.self).trimmed == recorded.program.trimmed
    }
    guard then.program == now.program else { return false }
    return !marksReads
      || Set(then.reads) == Set(now.reads) && Set(then.files) == Set(now.files)
        && then.randomBefore == now.randomBefore
  }
}
