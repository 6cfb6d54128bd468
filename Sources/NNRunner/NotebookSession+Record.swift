import NNLanguage
import NNNotebook
import NNOutput
import NNRuntime
import NNSource

/// What a page shows where a cell or an inline value does not run: what the record has, as it is or
/// marked as out of date.
extension NotebookSession {
  /// A cell that does not run shows what it gave last time, marked as out of date. Why it did not
  /// run then is no longer of interest.
  func showRecorded(_ cell: NNNotebook.Cell, _ record: inout CellRecord) {
    record.state = .notRun
    guard let old = recorded.cells[cell.label], old.state != .notEvaluated, old.state != .skipped
    else { return }
    record.state = old.state
    record.isStale = true
    record.outputs = old.outputs
    record.trace = old.trace
  }

  /// Takes what the record says of a cell that comes from the same as it did then.
  func takeRecorded(
    _ old: NotebookRecord.Cell, _ planned: NotebookPlan.Cell, _ key: CellKey,
    _ record: inout CellRecord
  ) -> Bool {
    guard settings.trustsRecord, old.state == .done, !old.isStale, let trace = old.trace,
      KeyChange.changes(key, since: trace) == [.notKept]
    else { return false }
    let outputs = old.errorsAndOutputs
    let cell = planned.cell
    // Whether it was meant to fail then is told by whether it did.
    guard recorded.stillShows(outputs, ofCell: cell.number, cell.program),
      cell.options.expectsError == (old.error != nil),
      !cell.options.expectsError || key.functions == nil
    else { return false }
    record.outputs = outputs
    record.trace = trace
    guard !cell.options.expectsError else { return true }
    for write in trace.writes {
      unavailable[write.name] = nil
      replace(
        write.name,
        with: Version(
          digest: ValueDigest(hash: write.hash, freeNames: []), writer: cell.number - 1,
          value: nil, isRecorded: true))
    }
    if let after = trace.randomAfter { state.setRandom(after) }
    // It seeded the stream, so what failed above no longer matters to it.
    if planned.analysis.changesRandomState, !planned.analysis.dependsOnRandomState {
      brokenStream = nil
    }
    // What it saves is not in the record.
    for file in planned.analysis.files where file.isWritten { unsaved[file.name] = nil }
    forgetFiles(of: planned)
    return true
  }

  /// Leaves a cell failed that failed with what it would read now, too. A data set may have come to
  /// this machine since.
  func takeFailure(
    _ old: NotebookRecord.Cell, _ planned: NotebookPlan.Cell, _ key: CellKey,
    _ record: inout CellRecord
  ) -> Bool {
    let cell = planned.cell
    guard settings.trustsRecord, old.state == .failed, !old.isStale,
      changes(of: planned, key) == [.failed], key.functions == nil,
      cell.options.expectsError == (old.error == Problem.run(.didNotFail).wording.message),
      recorded.stillShows(old.outputs, ofCell: cell.number, cell.program),
      !planned.analysis.files.contains(where: \.isWord)
    else { return false }
    record.state = .failed
    record.outputs = old.errorsAndOutputs
    record.trace = old.trace
    if !cell.options.expectsError { spoil(planned) }
    return true
  }

  func changes(of planned: NotebookPlan.Cell, _ key: CellKey?) -> [KeyChange] {
    guard let key else {
      let unknown = planned.analysis.reads.map(\.name).filter { !isKnown($0) }
      return Set(unknown).sorted().map { .unknown(name: $0) }
        + (planned.analysis.dependsOnRandomState && state.randomHash == nil
          ? [.unknownRandom] : []) + unknownFiles(of: planned.analysis)
    }
    let old = recorded.cells[planned.cell.label]
    let changes = KeyChange.changes(key, since: old?.trace)
    return changes == [.notKept] && old?.state == .failed ? [.failed] : changes
  }

  private func isKnown(_ name: String) -> Bool {
    do {
      _ = try state.hash(of: name)
      return true
    } catch {
      return false
    }
  }

  /// What a cell would write that has not run as it stands is not known below it: neither its value
  /// nor, where a cell above it failed, whether it is there.
  func forgetWrites(of planned: NotebookPlan.Cell) {
    // One that is meant to fail leaves nothing.
    guard !planned.cell.options.expectsError else { return }
    for write in planned.analysis.writes {
      state.makeUnknown(write.name)
      unavailable[write.name] = nil
    }
    for file in planned.analysis.files where file.isWritten { unsaved[file.name] = nil }
    forgetFiles(of: planned)
    if planned.analysis.changesRandomState {
      state.setRandom(nil)
      brokenStream = nil
    }
  }

  // MARK: Inline values

  /// The recorded text of an inline value that came from the values that its names have now.
  func recordedText(_ planned: NotebookPlan.Inline) -> String? {
    let expression = notebook.source.text(planned.inline.range)
    return recorded.inlines.first { then in
      then.inline.expression == expression && !then.inline.isFailure && !then.inline.isStale
        && planned.analysis.reads.allSatisfy { isSame($0.name, then.values) }
    }?.inline.text
  }

  private func isSame(_ name: String, _ then: [String: ContentHash]) -> Bool {
    if let version = state.names[name], version.writer == nil, then[name] == nil {
      let value = document.parameters.first { $0.name == name }?.value
      return value != nil && recorded.parameters.first { $0.name == name }?.value == value
    }
    return (try? state.hash(of: name)) == then[name]
  }

  /// Whether an inline value can be had without running a cell.
  func isAtHand(_ planned: NotebookPlan.Inline) -> Bool {
    var names: Set<String> = []
    for read in planned.analysis.reads { state.closure(of: read.name, &names) }
    return names.allSatisfy { name in
      guard let version = state.names[name] else { return true }
      return version.value != nil || version.bytes != nil
        || (!version.isRecorded && cache?.has(.values, version.digest.hash) == true)
    }
  }

  /// An inline value that is not computed shows what the record has, marked as out of date; nothing
  /// where the record has several.
  func showRecorded(_ planned: NotebookPlan.Inline, _ record: inout InlineRecord) {
    record.isStale = true
    let expression = notebook.source.text(planned.inline.range)
    let texts = Set(
      recorded.inlines.map(\.inline).filter { $0.expression == expression && !$0.isFailure }
        .map(\.text))
    if texts.count == 1, let text = texts.first { record.text = text }
  }
}

extension NotebookRecord.Cell {
  /// What its error says.
  fileprivate var error: String? {
    outputs.lazy.compactMap { output in
      if case .diagnostic(let found) = output, found.severity == .error { found } else { nil }
    }.first?.problem.wording.message
  }

  /// What the analysis finds is found anew.
  fileprivate var errorsAndOutputs: [CellOutput] {
    outputs.filter { output in
      if case .diagnostic(let found) = output { found.severity == .error } else { true }
    }
  }
}
