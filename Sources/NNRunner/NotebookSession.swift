import NNData
import NNLanguage
import NNMarkdown
import NNNotebook
import NNOutput
import NNRuntime
import NNSource
import NNTensor

/// One run of one notebook, cell after cell: from the cache where a cell's key is known, by the
/// interpreter where it is not.
///
/// `state` says what the names are at the place the run has come to; the interpreter's memory only
/// holds the values that something needed.
final class NotebookSession {
  let notebook: Notebook
  let plan: NotebookPlan
  let interpreter: Interpreter
  let cache: CacheFolder?
  let codec: OutputCodec
  let settings: RunSettings
  var document: OutputDocument
  var state: NotebookState
  /// The state above each cell that has been passed, for running it again.
  var statesAbove: [NotebookState] = []
  /// Names that a failed cell would have written, with that cell's label.
  var unavailable: [String: String] = [:]
  /// Files that a failed cell would have saved, with that cell's label.
  var unsaved: [String: String] = [:]
  /// Files that a cell saves whose contents are not known, since it has not run as it stands now;
  /// with its label.
  var unknownFiles: [String: String] = [:]
  /// The label of the failed cell after which the random stream is not what it would be.
  var brokenStream: String?
  /// What the interpreter's memory holds for each name.
  var installed: [String: Version] = [:]
  let programs: ProgramTexts
  let recorded: RecordedRun
  /// The functions of the cells so far.
  var functions = FunctionTable()
  /// Results from the cache, by the places of their cells in the document.
  var undecoded: [(cell: Int, result: CellResult)] = []
  /// The keys of the cells whose results are in the cache.
  var keys: [ContentHash] = []
  /// The names that the cells down to this one may assign, and the parameters.
  private(set) var knownNames: Set<String> = []
  /// Those of them that the interpreter has not been told.
  var undeclared: [String] = []
  /// How each cell came to its outputs.
  var events: [CellEvent] = []

  init(_ notebook: Notebook, _ settings: RunSettings, cache: CacheFolder?) {
    self.notebook = notebook
    self.settings = settings
    self.cache = cache
    interpreter = Interpreter(
      source: notebook.source, files: settings.files, cancellation: settings.cancellation)
    document = OutputDocument(
      source: notebook.source, bodyStart: notebook.markdown.bodyStart, title: notebook.title,
      description: notebook.frontMatter.description, author: notebook.frontMatter.author,
      diagnostics: notebook.diagnostics)
    document.escapes = ProseEscaper.escapes(in: notebook.markdown)
    document.section = notebook.frontMatter.section
    document.order = notebook.frontMatter.order
    let parameters = Parameters(notebook.frontMatter.parameters, settings: settings.parameters)
    document.parameters = parameters.recorded
    plan = NotebookPlan(notebook, parameters: parameters)
    programs = ProgramTexts(plan.cells.map { ProgramText($0.cell.program) })
    recorded = RecordedRun(settings.record, notebook, programs)
    codec = OutputCodec(CellPlaces(notebook.cells))
    state = NotebookState(random: interpreter.random)
    for (name, value) in parameters.values {
      knownNames.insert(name)
      do {
        try interpreter.define(name, value)
        let version = Version(digest: digest(of: value).digest, writer: nil, value: value)
        state.set(name, to: version)
        installed[name] = version
      } catch {
        let problem = (error as? Problem) ?? .value(.unexpected(String(describing: error)))
        document.diagnostics.append(.error(problem, at: SourceRange(0, 0)))
      }
    }
  }

  /// Runs all that `policy` says; nil when all came from the cache and `isKnown` says so of what it
  /// follows from.
  ///
  /// - Throws: `RunStop.unusableCache` where a cell that ran again left other values than it did before.
  func run(
    _ policy: RunPolicy, skippingIf isKnown: (ContentHash) -> Bool
  ) throws(RunStop) -> OutputDocument? {
    try runCells(policy)
    if !events.contains(where: { $0.kind == .ran }), let signature, isKnown(signature) {
      return nil
    }
    try decodeOutputs()
    return document
  }

  private func runCells(_ policy: RunPolicy) throws(RunStop) {
    // Cells and inline values in the order in which the reader meets them.
    var inlines = plan.inlines[...]
    for cell in plan.cells.prefix(settings.last ?? plan.cells.count) {
      while let inline = inlines.first, inline.inline.cellsAbove < cell.cell.number {
        document.inlines.append(try run(inline, policy))
        inlines.removeFirst()
      }
      document.cells.append(try run(cell, policy))
    }
    guard settings.last == nil else { return }
    for inline in inlines { document.inlines.append(try run(inline, policy)) }
    if notebook.frontMatter.title == nil { document.title = headingTitle() ?? document.title }
  }

  /// The first heading of level 1 with its inline values in their places.
  private func headingTitle() -> String? {
    let texts = Dictionary(
      document.inlines.map { ($0.spanIndex, $0.shownText) }, uniquingKeysWith: { first, _ in first }
    )
    return notebook.markdown.headings.first { $0.level == 1 }?.text { texts[$0] }
  }

  // MARK: Cells

  private func run(
    _ planned: NotebookPlan.Cell, _ policy: RunPolicy
  ) throws(RunStop) -> CellRecord {
    try stopIfCancelled()
    statesAbove.append(state)
    let cell = planned.cell
    var record = CellRecord(planned)
    guard cell.options.isEvaluated else {
      record.state = .notEvaluated
      note(cell, .notEvaluated)
      return record
    }
    for write in planned.analysis.writes where knownNames.insert(write.name).inserted {
      undeclared.append(write.name)
    }
    switch planned.program {
    case .failure(let diagnostic):
      failUnread(planned, [diagnostic], &record)
      if !cell.options.expectsError { spoilMentioned(in: planned) }
    case .success(let program):
      let errors = planned.analysis.findings.filter { $0.severity == .error }
      if !errors.isEmpty {
        failUnread(planned, errors, &record)
      } else if let reason = missing(planned.analysis) {
        record.state = .skipped
        record.outputs = [.diagnostic(.error(reason, at: cell.range))]
        spoil(planned)
        note(cell, .skipped)
      } else {
        try obtain(program, planned, &record, policy.rule(forCell: cell.number))
      }
    }
    let warnings = planned.analysis.findings.filter { $0.severity == .warning }
    record.outputs += warnings.map { CellOutput.diagnostic($0) }
    record.links = links(of: planned, record)
    return record
  }

  /// A cell that can't run as it is written. What is found in it may hang on cells below, which no
  /// trace tells of.
  private func failUnread(
    _ planned: NotebookPlan.Cell, _ diagnostics: [Diagnostic], _ record: inout CellRecord
  ) {
    fail(planned, diagnostics, &record)
    note(planned.cell, record.state == .failed ? .failed : .failedAsMeant)
  }

  /// The outputs of a cell that could run: from the cache, or by running it.
  private func obtain(
    _ program: Program, _ planned: NotebookPlan.Cell, _ record: inout CellRecord,
    _ rule: RunPolicy.Rule
  ) throws(RunStop) {
    let key = key(of: planned)
    if rule != .always, planned.cell.options.isCached, let key, let cache,
      let result = cachedResult(key, planned, cache)
    {
      apply(result, planned, key, &record)
      keys.append(key.hash)
      note(planned.cell, .cached)
    } else if rule == .never, let key, let old = recorded.cells[planned.cell.label],
      takeRecorded(old, planned, key, &record)
    {
      note(planned.cell, .recorded)
    } else if rule == .never, let key, let old = recorded.cells[planned.cell.label],
      takeFailure(old, planned, key, &record)
    {
      note(planned.cell, .stillFailed, [.failed])
    } else if rule == .never || key == nil {
      showRecorded(planned.cell, &record)
      note(planned.cell, .stale, changes(of: planned, key))
      forgetWrites(of: planned)
    } else {
      // One that was asked for needs no reason.
      let changes = changes(of: planned, key).filter { rule != .always || $0 != .notKept }
      settings.onProgress?("[\(planned.cell.number)/\(plan.cells.count)] \(planned.cell.label)")
      try execute(program, planned, key, &record)
      note(planned.cell, record.state == .failed ? .failed : .ran, changes)
    }
  }

  private func note(
    _ cell: NNNotebook.Cell, _ event: CellEvent.Kind, _ changes: [KeyChange] = []
  ) {
    events.append(
      CellEvent(label: cell.label, number: cell.number, kind: event, changes: changes))
  }

  // MARK: Running

  private func execute(
    _ program: Program, _ planned: NotebookPlan.Cell, _ key: CellKey?, _ record: inout CellRecord
  ) throws(RunStop) {
    let cell = planned.cell
    if let problem = try install(planned.analysis, at: cell.range) {
      fail(planned, [problem], &record)
      return
    }
    // Values that only the record told of are here now, with their functions.
    var key = key
    key?.functions = ambiguousFunctions(in: planned.analysis, ofCell: cell.number - 1)
    let (outputs, failure) = try interpret(program, cell)
    record.outputs = outputs
    if failure != nil || cell.options.expectsError {
      record.trace = trace(planned, key, sets: readSets(of: planned), failed: true)
    }
    if let failure {
      fail(planned, [failure], &record)
      if cell.options.expectsError { keep(record.outputs, [], planned, key, failure) }
      return
    }
    if cell.options.expectsError {
      // Meant to fail, and did not. It leaves nothing all the same: nobody waits for it.
      for write in planned.analysis.writes {
        interpreter.forget(write.name)
        installed[write.name] = nil
      }
      record.state = .failed
      record.outputs.append(.diagnostic(.error(.run(.didNotFail), at: cell.range)))
      return
    }
    if planned.analysis.changesRandomState {
      state.set(interpreter.random)
      // It seeded the stream, so what failed above no longer matters to it.
      if !planned.analysis.dependsOnRandomState { brokenStream = nil }
    }
    let writes = takeWrites(of: planned)
    noteSaved(planned)
    record.trace = trace(planned, key, sets: readSets(of: planned))
    keep(outputs, writes, planned, key, nil)
  }

  func interpret(
    _ program: Program, _ cell: NNNotebook.Cell
  ) throws(RunStop) -> (outputs: [CellOutput], failure: Diagnostic?) {
    interpreter.limits = limits(cell.options.timeout)
    let label = "[\(cell.number)/\(plan.cells.count)] \(cell.label)"
    interpreter.onProgress = { [onProgress = settings.onProgress] progress in
      let left = progress.timeLeft.components.seconds
      onProgress?(
        "\(label)  epoch \(progress.epoch) of \(progress.epochs)  loss \(progress.loss)"
          + (left > 0 ? "  about \(left) s left" : ""))
    }
    let result = interpreter.run(program)
    if let failure = result.failure, failure.problem == .limit(.cancelled) {
      throw .interrupted(
        Interrupted(cell: cell.label, line: notebook.source.position(of: failure.range.lower).line))
    }
    return result
  }

  /// The bytes of an inline value: it stands in a line of prose.
  private static let longestInline = 10_000

  /// What a cell may take: what the notebook asks for, but no more than the run was given.
  private func limits(_ timeout: Double?) -> Limits {
    let asked = notebook.frontMatter
    var limits = settings.limits
    limits.seconds = [timeout ?? asked.timeout, limits.seconds].compactMap(\.self).min()
    limits.steps = min(asked.steps ?? limits.steps, limits.steps)
    limits.memory = min(asked.memory ?? limits.memory, limits.memory)
    limits.outputBytes = min(asked.outputSize ?? limits.outputBytes, limits.outputBytes)
    return limits
  }

  private func stopIfCancelled() throws(RunStop) {
    if settings.cancellation?.isCancelled == true { throw .interrupted(Interrupted()) }
  }

  /// What a cell that came to its end has written becomes the names' present values.
  private func takeWrites(of planned: NotebookPlan.Cell) -> [(name: String, version: Version)] {
    var writes: [(name: String, version: Version)] = []
    for name in Set(planned.analysis.writes.map(\.name)).sorted() {
      // A name that the cell may write and did not stays as it was.
      guard let value = interpreter.value(of: name) else { continue }
      unavailable[name] = nil
      let (digest, functions) = digest(of: value)
      let version: Version
      if let old = state.names[name], old.digest == digest, old.functions == functions {
        old.value = value
        version = old
      } else {
        version = Version(
          digest: digest, writer: planned.cell.number - 1, value: value, functions: functions)
        replace(name, with: version)
      }
      installed[name] = version
      writes.append((name, version))
    }
    return writes
  }

  /// Lets go of the value the name had: nothing below can ask for it, but for a cell that is run
  /// again.
  func replace(_ name: String, with version: Version) {
    if let old = state.names[name], old.writer != nil { old.value = nil }
    state.set(name, to: version)
  }

  private func fail(
    _ planned: NotebookPlan.Cell, _ diagnostics: [Diagnostic], _ record: inout CellRecord
  ) {
    record.outputs += diagnostics.map { CellOutput.diagnostic($0) }
    record.state = planned.cell.options.expectsError ? .done : .failed
    // A cell that is meant to fail writes nothing, and nobody waits for what it would write.
    if !planned.cell.options.expectsError { spoil(planned) }
  }

  func spoil(_ planned: NotebookPlan.Cell) {
    for write in planned.analysis.writes {
      unavailable[write.name] = planned.cell.label
      state.remove(write.name)
      installed[write.name] = nil
      interpreter.forget(write.name)
    }
    for file in planned.analysis.files where file.isWritten {
      unsaved[file.name] = planned.cell.label
    }
    if planned.analysis.changesRandomState { brokenStream = planned.cell.label }
  }

  /// Of the names that stand in a cell that can't be read, those that nothing above has made.
  private func spoilMentioned(in planned: NotebookPlan.Cell) {
    for name in planned.mentionedNames
    where !Registry.vocabulary.isBuiltIn(name) && state.names[name] == nil {
      unavailable[name] = planned.cell.label
    }
  }

  /// Why a cell can't run: what it reads is not there.
  func missing(_ analysis: CellAnalysis) -> Problem? {
    for read in analysis.reads where !read.isOnlyKept {
      if let label = unavailable[read.name] {
        return .run(.needsFailedCell(name: read.name, label: label))
      }
    }
    for file in analysis.files where !file.isWord && !file.isWritten {
      if let label = unsaved[file.name] {
        return .run(.needsUnsavedFile(name: file.name, label: label))
      }
    }
    if let label = brokenStream, analysis.needsRandomState {
      return .run(.needsRandomStream(label: label))
    }
    return nil
  }

  // MARK: Inline values

  private func run(
    _ planned: NotebookPlan.Inline, _ policy: RunPolicy
  ) throws(RunStop) -> InlineRecord {
    try stopIfCancelled()
    let inline = planned.inline
    var record = InlineRecord(spanIndex: inline.spanIndex, range: inline.range, text: "")
    switch planned.expression {
    case .failure(let diagnostic): record.diagnostic = diagnostic
    case .success(let expression):
      if let error = planned.findings.first(where: { $0.severity == .error }) {
        record.diagnostic = error
      } else if let reason = missing(planned.analysis) {
        record.diagnostic = .error(reason, at: inline.range)
      } else if let key = key(of: planned) {
        if policy.runsLittle, let text = recordedText(planned) {
          record.text = text
        } else {
          try evaluate(expression, planned, key, policy, &record)
        }
      } else {
        showRecorded(planned, &record)
      }
    }
    return record
  }

  private func evaluate(
    _ expression: Expression, _ planned: NotebookPlan.Inline, _ key: CellKey,
    _ policy: RunPolicy, _ record: inout InlineRecord
  ) throws(RunStop) {
    if let bytes = cache?.read(.cells, key.hash),
      let text = String(validating: bytes, as: UTF8.self)
    {
      record.text = text
      return
    }
    guard !policy.runsLittle || isAtHand(planned) else { return showRecorded(planned, &record) }
    if let problem = try install(planned.analysis, at: planned.inline.range) {
      record.diagnostic = problem
      return
    }
    interpreter.limits = limits(nil)
    switch interpreter.text(of: expression) {
    case .success(let text):
      let most = min(interpreter.limits.outputBytes, Self.longestInline)
      guard text.utf8.count <= most else {
        record.diagnostic = .error(.limit(.inlineSize(bytes: most)), at: planned.inline.range)
        return
      }
      record.text = text
      cache?.write(Array(text.utf8), .cells, key.hash)
    case .failure(let diagnostic):
      try stopIfCancelled()
      record.diagnostic = diagnostic
    }
  }
}

extension CellRecord {
  fileprivate init(_ planned: NotebookPlan.Cell) {
    let cell = planned.cell
    let shown = cell.program.part(cell.displayStart..<cell.program.utf8.count)
    self.init(
      label: cell.label, number: cell.number, blockIndex: cell.blockIndex, range: cell.range,
      program: shown, wholeProgram: cell.program, highlights: CellColours.spans(of: shown),
      echo: Echo(rawValue: cell.options.echo.rawValue) ?? .show,
      output: Echo(rawValue: cell.options.output.rawValue) ?? .show,
      caption: cell.options.caption)
  }
}
