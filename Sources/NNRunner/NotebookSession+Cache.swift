import NNData
import NNLanguage
import NNNotebook
import NNOutput
import NNRuntime
import NNSource
import NNTensor

/// A cell that ran again left other values than it did before: what the cache holds is of no use.
enum RunStop: Error {
  case unusableCache
  case interrupted(Interrupted)
}

/// A person stopped the run: between two cells, or in one.
package struct Interrupted: Error, Sendable, Hashable {
  package var cell: String?
  /// In the notebook's file.
  package var line: Int?
}

// MARK: Keys

extension NotebookSession {
  /// What a value is known by, and the places of the notebook's functions in it.
  func digest(of value: Value) -> (digest: ValueDigest, functions: [SourceRange]) {
    var functions: [SourceRange] = []
    let digest = interpreter.digest(of: value) { [self] range in
      functions.append(range)
      return programs.hash(of: range)
    }
    return (digest, functions)
  }

  /// Nil where a value that the cell reads is not known.
  func key(of planned: NotebookPlan.Cell) -> CellKey? {
    let analysis = planned.analysis
    guard let reads = reads(of: analysis),
      state.randomHash != nil || !analysis.dependsOnRandomState,
      unknownFiles(of: analysis).isEmpty
    else { return nil }
    var key = CellKey(
      program: programs[planned.cell.number - 1].hash, reads: reads,
      random: analysis.dependsOnRandomState ? state.randomHash : nil,
      sets: sets(of: analysis), files: files(of: analysis), options: planned.cell.options)
    key.functions = ambiguousFunctions(in: analysis, ofCell: planned.cell.number - 1)
    return key
  }

  func key(of planned: NotebookPlan.Inline) -> CellKey? {
    reads(of: planned.analysis).map {
      CellKey(inline: ProgramText(planned.inline.expression).hash, reads: $0)
    }
  }

  private func reads(of analysis: CellAnalysis) -> [CellTrace.Item]? {
    do {
      return try Set(analysis.reads.map(\.name)).sorted().compactMap { name in
        try state.hash(of: name).map { CellTrace.Item(name: name, hash: $0) }
      }
    } catch {
      return nil
    }
  }

  /// The files that the cell may read, by their names; one that it writes too is what it was.
  private func files(of analysis: CellAnalysis) -> [CellTrace.Item] {
    let names = analysis.files.filter { !$0.isWord && !$0.isWritten }.map(\.name)
    return Set(names).sorted().map { name in
      CellTrace.Item(name: name, hash: interpreter.files.contentHash(file: name))
    }
  }

  /// The data sets it may read, as they stand on this machine; one that is not here is left out.
  private func sets(of analysis: CellAnalysis) -> [CellTrace.Item] {
    setNames(of: analysis).compactMap { name in
      interpreter.files.identity(ofSet: name).map { CellTrace.Item(name: name, hash: $0) }
    }
  }

  private func setNames(of analysis: CellAnalysis) -> [String] {
    Set(analysis.files.filter { $0.isWord && !$0.isWritten }.map(\.name)).sorted()
  }

  /// What the data sets that the cell has read are known by on every machine.
  func readSets(of planned: NotebookPlan.Cell) -> [CellTrace.Item] {
    setNames(of: planned.analysis).compactMap { name in
      interpreter.files.readSets[name].map { CellTrace.Item(name: name, hash: $0) }
    }
  }

  func trace(
    _ planned: NotebookPlan.Cell, _ key: CellKey?, sets: [CellTrace.Item], failed: Bool = false
  ) -> CellTrace? {
    guard let key else { return nil }
    var trace = CellTrace(program: key.program, reads: key.reads, files: sets + key.files)
    trace.randomBefore = key.random
    // What failed leaves nothing.
    guard !failed else { return trace }
    trace.writes = Set(planned.analysis.writes.map(\.name)).sorted().compactMap { name in
      guard let hash = try? state.hash(of: name) else { return nil }
      return CellTrace.Item(name: name, hash: hash)
    }
    if planned.analysis.changesRandomState { trace.randomAfter = state.randomHash }
    return trace
  }
}

// MARK: Links

extension NotebookSession {
  func links(of planned: NotebookPlan.Cell, _ record: CellRecord) -> CellLinks {
    var links = CellLinks(
      saves: Set(planned.analysis.files.filter(\.isWritten).map(\.name)).sorted())
    for write in record.trace?.writes ?? [] {
      guard let names = state.names[write.name]?.digest.freeNames, !names.isEmpty else { continue }
      links.lookups[write.name] = names
    }
    return links
  }

  /// The files that a cell needs and that a cell above has yet to save.
  func unknownFiles(of analysis: CellAnalysis) -> [KeyChange] {
    let names = analysis.files.filter { !$0.isWord && !$0.isWritten }.map(\.name)
    return Set(names).sorted().compactMap { name in
      unknownFiles[name].map { .unknownFile(name: name, cell: $0) }
    }
  }

  func forgetFiles(of planned: NotebookPlan.Cell) {
    for file in planned.analysis.files where file.isWritten {
      unknownFiles[file.name] = planned.cell.label
    }
  }

  /// What the cell saves is there: it ran, or what it saved then is in the cache.
  func noteSaved(_ planned: NotebookPlan.Cell) {
    for file in planned.analysis.files where file.isWritten {
      unsaved[file.name] = nil
      unknownFiles[file.name] = nil
    }
  }
}

// MARK: Results

extension NotebookSession {
  func cachedResult(
    _ key: CellKey, _ planned: NotebookPlan.Cell, _ cache: CacheFolder
  ) -> CellResult? {
    guard let bytes = cache.read(.cells, key.hash),
      let result = CellResult(bytes),
      result.writes.allSatisfy({ places(of: $0, inCell: planned.cell.number - 1) != nil })
    else { return nil }
    guard let text = result.text else { return result }
    return text == shownText(planned, ofAllAbove: text.isOfAllAbove) ? result : nil
  }

  /// Takes over what an earlier run of the cell gave and left.
  func apply(
    _ result: CellResult, _ planned: NotebookPlan.Cell, _ key: CellKey,
    _ record: inout CellRecord
  ) {
    do {
      try interpreter.files.replay(result.saves)
    } catch {
      record.outputs = [.diagnostic(.error(error.problem, at: planned.cell.range))]
      record.state = .failed
      return
    }
    undecoded.append((cell: document.cells.count, result: result))
    noteSaved(planned)
    if planned.cell.options.expectsError {
      record.trace = trace(planned, key, sets: result.sets, failed: true)
      return
    }
    for write in result.writes {
      unavailable[write.name] = nil
      let functions = places(of: write, inCell: planned.cell.number - 1) ?? []
      if let old = state.names[write.name], old.digest == write.digest, old.functions == functions {
        continue
      }
      replace(
        write.name,
        with: Version(
          digest: write.digest, writer: planned.cell.number - 1, value: nil, functions: functions,
          bytes: write.bytes))
    }
    if planned.analysis.changesRandomState, let random = result.random {
      state.set(random)
      if !planned.analysis.dependsOnRandomState { brokenStream = nil }
    }
    record.trace = trace(planned, key, sets: result.sets)
  }

  /// Keeps what a cell gave and left, unless a limit stopped it or the disk of what it saves.
  func keep(
    _ outputs: [CellOutput], _ writes: [(name: String, version: Version)],
    _ planned: NotebookPlan.Cell, _ key: CellKey?, _ failure: Diagnostic?
  ) {
    guard let cache, let key, planned.cell.options.isCached else { return }
    if failure?.problem.isOfLimits == true { return }
    if case .file = failure?.problem { return }
    // A file that changed while the cell ran: which contents it read is not known.
    let saved = Set(interpreter.savedFiles)
    guard
      files(of: planned.analysis).filter({ !saved.contains($0.name) })
        == key.files.filter({ !saved.contains($0.name) })
    else { return }
    let kept = writes.compactMap { name, version -> CellResult.Write? in
      origins(of: version, inCell: planned.cell.number - 1).map {
        CellResult.Write(
          name: name, digest: version.digest, functions: $0, bytes: keep(version, cache))
      }
    }
    guard kept.count == writes.count else { return }
    let saves = interpreter.savedFiles.compactMap { name in
      interpreter.files.savedBytes(name).map { (name: name, bytes: $0) }
    }
    let result = CellResult(
      outputs: CellResult.json(outputs, codec, of: planned.cell.label), writes: kept,
      random: planned.analysis.changesRandomState ? state.random : nil,
      saves: failure == nil ? saves : [], sets: readSets(of: planned),
      text: shownText(outputs, planned))
    cache.write(result.bytes, .cells, key.hash)
    keys.append(key.hash)
  }

  /// The value's bytes if they are few; others go to a file of their own, but for those of a very
  /// large value, whose cell runs again when it is needed.
  private func keep(_ version: Version, _ cache: CacheFolder) -> [UInt8]? {
    if let bytes = version.bytes { return bytes }
    guard let value = version.value,
      let writer = interpreter.bytes(of: value, program: { [programs] in programs.hash(of: $0) }),
      writer.byteCount <= CacheFolder.largestValue
    else { return nil }
    if writer.large.isEmpty, writer.bytes.bytes.count <= TensorWriter.inlineBytes {
      return writer.bytes.bytes
    }
    for (hash, tensor) in writer.large { cache.write(tensor, hash) }
    cache.write(writer.bytes.bytes, .values, version.digest.hash)
    return nil
  }

  /// What outputs show of the text itself, comments and the width of spaces included: an assertion
  /// quotes its condition, a diagnostic points at its place, which may be in a function above.
  private func shownText(
    _ outputs: [CellOutput], _ planned: NotebookPlan.Cell
  ) -> CellResult.ShownText? {
    let points = outputs.contains { if case .diagnostic = $0 { true } else { false } }
    let quotes = outputs.contains { if case .assertion = $0 { true } else { false } }
    return points || quotes ? shownText(planned, ofAllAbove: points) : nil
  }

  private func shownText(
    _ planned: NotebookPlan.Cell, ofAllAbove isOfAllAbove: Bool
  ) -> CellResult.ShownText {
    var hasher = ContentHasher()
    let index = planned.cell.number - 1
    if isOfAllAbove {
      // A message may suggest one.
      for name in knownNames.sorted() { hasher.add(name) }
    }
    for cell in plan.cells[(isOfAllAbove ? 0 : index)...index] {
      hasher.add(cell.cell.label)
      hasher.add(notebook.source.text(cell.cell.range))
    }
    return CellResult.ShownText(isOfAllAbove: isOfAllAbove, hash: hasher.finished())
  }

  /// Puts the outputs that came from the cache into the document.
  func decodeOutputs() throws(RunStop) {
    for (cell, result) in undecoded {
      guard let outputs = result.decodedOutputs(codec, of: document.cells[cell].label) else {
        throw RunStop.unusableCache
      }
      document.cells[cell].outputs = outputs + document.cells[cell].outputs
    }
    undecoded = []
  }

  /// What the document follows from; nil unless every result is in the cache now, and there is
  /// nothing to tell.
  var signature: ContentHash? {
    let evaluated = plan.cells.count { $0.cell.options.isEvaluated }
    guard cache != nil, keys.count == evaluated, document.allDiagnostics.isEmpty else { return nil }
    var hasher = ContentHasher()
    hasher.add(Engine.identity)
    notebook.source.utf8.withUnsafeBytes { hasher.add($0) }
    hasher.add(notebook.source.name)
    for parameter in document.parameters { hasher.add("\(parameter)") }
    for key in keys { hasher.add(key) }
    for inline in document.inlines { hasher.add(inline.text) }
    return hasher.finished()
  }
}

// MARK: Values

extension NotebookSession {
  /// Brings what a cell or an expression reads into the interpreter's memory; a problem if it can't
  /// be had.
  func install(_ analysis: CellAnalysis, at range: SourceRange) throws(RunStop) -> Diagnostic? {
    var needed: Set<String> = []
    for read in analysis.reads { state.closure(of: read.name, &needed) }
    do {
      try interpreter.declare(undeclared)
      undeclared = []
      let values = try needed.sorted().map { name in
        (name, try state.names[name].map { version in (version, try value(of: version)) })
      }
      for (name, found) in values {
        if let (version, value) = found {
          try interpreter.define(name, value)
          installed[name] = version
        } else if installed[name] != nil {
          interpreter.forget(name)
          installed[name] = nil
        }
      }
    } catch let error as RunStop {
      throw error
    } catch {
      return Interpreter.diagnostic(error, at: range)
    }
    if let random = state.random {
      interpreter.random = random
    } else if analysis.dependsOnRandomState {
      throw RunStop.unusableCache
    }
    return nil
  }

  /// A version's value: as it is there, from the cache, or by running its cell again.
  private func value(of version: Version) throws -> Value {
    if let value = version.value { return value }
    if let value = cachedValue(of: version) {
      version.value = value
      return value
    }
    guard let writer = version.writer else { throw RunStop.unusableCache }
    try runAgain(writer)
    guard let value = version.value else { throw RunStop.unusableCache }
    return value
  }

  private func cachedValue(of version: Version) -> Value? {
    guard let cache,
      let bytes = version.bytes ?? cache.read(.values, version.digest.hash)
    else { return nil }
    let reader = TensorReader(bytes) { cache.readTensor($0, into: $1) }
    addFunctions(down: (version.writer ?? -1) + 1)
    var next = version.functions[...]
    return try? interpreter.value(from: reader) { [self] hash in
      next.popFirst().flatMap { functions.source(at: $0, hash: hash) }
    }
  }

  /// The value of a name in the present state.
  func presentValue(of name: String) throws -> Value? {
    try state.names[name].map(value)
  }

  /// Runs a cell above in the state it ran in, for the values it wrote; its outputs are known.
  private func runAgain(_ index: Int) throws {
    let planned = plan.cells[index]
    guard case .success(let program) = planned.program else { throw RunStop.unusableCache }
    let present = state
    let files = interpreter.files.beginRehearsal()
    defer {
      state = present
      interpreter.files.endRehearsal(files)
    }
    state = statesAbove[index]
    if let problem = try install(planned.analysis, at: planned.cell.range) { throw problem }
    let (_, failure) = try interpret(program, planned.cell)
    if let failure { throw failure }
    let later = Array(statesAbove[(index + 1)...]) + [present]
    for name in Set(planned.analysis.writes.map(\.name)) {
      guard let value = interpreter.value(of: name) else { continue }
      let (digest, functions) = digest(of: value)
      guard let version = later.lazy.compactMap({ $0.names[name] }).first else { continue }
      if version.isRecorded {
        if version.writer == index {
          version.value = value
          version.functions = functions
        }
      } else if version.digest == digest, version.functions == functions {
        version.value = value
      } else if version.writer == index {
        throw RunStop.unusableCache
      }
      installed[name] = version
    }
  }
}
