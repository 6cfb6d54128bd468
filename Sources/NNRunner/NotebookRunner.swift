import NNData
import NNLanguage
import NNNotebook
import NNOutput
import NNRuntime
import NNSource

/// Runs a notebook from its first cell to its last and gives what every cell left.
///
/// A failed cell changes nothing; cells that need a name it would have written, or the random
/// stream after it, do not run and say so; all others do.
package struct NotebookRunner {
  /// How long a cell may run where nothing says otherwise; a notebook may ask for less.
  package static let standardSeconds = 300.0

  private let settings: [ParameterSetting]
  /// The most seconds a cell may have, whatever the notebook asks for.
  package var seconds = NotebookRunner.standardSeconds
  /// What the notebook may read and write.
  package var files = FileAccess()
  /// Told what is running, for a person who waits.
  package var onProgress: ((String) -> Void)?

  package init(settings: [ParameterSetting] = []) { self.settings = settings }

  /// Settings that fit no parameter of the notebook, in words. Nothing should run with them.
  package func settingProblems(_ notebook: Notebook) -> [String] {
    Parameters(notebook.frontMatter.parameters, settings: settings).misfits.map { misfit in
      let wording = Problem.run(misfit).wording
      return "nnbook: " + wording.message + (wording.hint.map { "\nhint: " + $0 } ?? "")
    }
  }

  /// `inspecting` is shown the names and values that the last cell left.
  package func run(
    _ notebook: Notebook, inspecting: (Interpreter) -> Void = { _ in }
  ) -> OutputDocument {
    let session = NotebookSession(
      notebook, settings: settings, seconds: seconds, files: files, onProgress: onProgress)
    let document = session.run()
    inspecting(session.interpreter)
    return document
  }
}

/// One run of one notebook.
final class NotebookSession {
  private let notebook: Notebook
  private let plan: NotebookPlan
  private let seconds: Double
  let interpreter: Interpreter
  private var document: OutputDocument
  /// Names that a failed cell would have written, with that cell's label.
  private var unavailable: [String: String] = [:]
  /// Files that a failed cell would have saved, with that cell's label.
  private var unsaved: [String: String] = [:]
  /// The label of the failed cell after which the random stream is not what it would be.
  private var brokenStream: String?
  private let onProgress: ((String) -> Void)?
  private var tracer: CellTracer

  init(
    _ notebook: Notebook, settings: [ParameterSetting], seconds: Double, files: FileAccess,
    onProgress: ((String) -> Void)?
  ) {
    self.seconds = seconds
    self.notebook = notebook
    self.onProgress = onProgress
    interpreter = Interpreter(source: notebook.source, files: files)
    document = OutputDocument(
      source: notebook.source, bodyStart: notebook.markdown.bodyStart, title: notebook.title,
      description: notebook.frontMatter.description, author: notebook.frontMatter.author,
      diagnostics: notebook.diagnostics)
    document.section = notebook.frontMatter.section
    document.order = notebook.frontMatter.order
    document.parameters =
      Parameters(notebook.frontMatter.parameters, settings: settings)
      .recorded
    let parameters = Parameters(notebook.frontMatter.parameters, settings: settings)
    plan = NotebookPlan(notebook, parameters: parameters)
    tracer = CellTracer(interpreter, programs: plan.cells.map { ProgramText($0.cell.program) })
    for (name, value) in parameters.values {
      do {
        try interpreter.define(name, value)
      } catch let problem as Problem {
        document.diagnostics.append(.error(problem, at: SourceRange(0, 0)))
      } catch {}
    }
  }

  func run() -> OutputDocument {
    // Cells and inline values in the order in which the reader meets them.
    var inlines = plan.inlines[...]
    for cell in plan.cells {
      while let inline = inlines.first, inline.inline.cellsAbove < cell.cell.number {
        document.inlines.append(run(inline))
        inlines.removeFirst()
      }
      document.cells.append(run(cell))
    }
    for inline in inlines { document.inlines.append(run(inline)) }
    if notebook.frontMatter.title == nil { document.title = headingTitle() ?? document.title }
    return document
  }

  /// The first heading of level 1 with its inline values in their places.
  private func headingTitle() -> String? {
    let texts = Dictionary(document.inlines.map { ($0.spanIndex, $0.text) }) { first, _ in first }
    return notebook.markdown.headings.first { $0.level == 1 }?.text { texts[$0] }
  }

  // MARK: Cells

  private func run(_ planned: NotebookPlan.Cell) -> CellRecord {
    let cell = planned.cell
    var record = CellRecord(planned)
    guard cell.options.isEvaluated else {
      record.state = .notEvaluated
      return record
    }
    onProgress?("[\(cell.number)/\(plan.cells.count)] \(cell.label)")
    switch planned.program {
    case .failure(let diagnostic):
      fail(planned, [diagnostic], &record)
      if !cell.options.expectsError { spoilMentioned(in: planned) }
    case .success(let program):
      let errors = planned.analysis.findings.filter { $0.severity == .error }
      if !errors.isEmpty {
        fail(planned, errors, &record)
      } else if let reason = missing(planned.analysis) {
        record.state = .skipped
        record.outputs = [.diagnostic(.error(reason, at: cell.range))]
        spoil(planned)
      } else {
        execute(program, planned, &record)
      }
    }
    let warnings = planned.analysis.findings.filter { $0.severity == .warning }
    record.outputs += warnings.map { CellOutput.diagnostic($0) }
    return record
  }

  private func execute(
    _ program: Program, _ planned: NotebookPlan.Cell, _ record: inout CellRecord
  ) {
    let cell = planned.cell
    interpreter.limits.seconds = min(
      cell.options.timeout ?? notebook.frontMatter.timeout ?? seconds, seconds)
    let label = "[\(cell.number)/\(plan.cells.count)] \(cell.label)"
    interpreter.onProgress = { [onProgress] progress in
      let left = progress.timeLeft.components.seconds
      onProgress?(
        "\(label)  epoch \(progress.epoch) of \(progress.epochs)  loss \(progress.loss)"
          + (left > 0 ? "  about \(left) s left" : ""))
    }
    var trace = tracer.before(planned.analysis, cell)
    let (outputs, failure) = interpreter.run(program)
    record.outputs = outputs
    guard let failure else {
      tracer.complete(&trace, planned.analysis)
      record.trace = trace
      if planned.analysis.changesRandomState, !planned.analysis.needsRandomState {
        // It seeded the stream, so what failed above no longer matters to it.
        brokenStream = nil
      }
      // A name that the cell may write and did not stays as it was.
      for write in planned.analysis.writes where interpreter.value(of: write.name) != nil {
        unavailable[write.name] = nil
      }
      for file in planned.analysis.files where file.isWritten { unsaved[file.name] = nil }
      if cell.options.expectsError {
        // Meant to fail, and did not.
        record.state = .failed
        record.outputs.append(.diagnostic(.error(.run(.didNotFail), at: cell.range)))
      }
      return
    }
    fail(planned, [failure], &record)
  }

  private func fail(
    _ planned: NotebookPlan.Cell, _ diagnostics: [Diagnostic], _ record: inout CellRecord
  ) {
    record.outputs += diagnostics.map { CellOutput.diagnostic($0) }
    record.state = planned.cell.options.expectsError ? .done : .failed
    // A cell that is meant to fail writes nothing, and nobody waits for what it would write.
    if !planned.cell.options.expectsError { spoil(planned) }
  }

  private func spoil(_ planned: NotebookPlan.Cell) {
    for write in planned.analysis.writes {
      unavailable[write.name] = planned.cell.label
      interpreter.forget(write.name)
      tracer.forget(write.name)
    }
    for file in planned.analysis.files where file.isWritten {
      unsaved[file.name] = planned.cell.label
    }
    if planned.analysis.changesRandomState { brokenStream = planned.cell.label }
  }

  /// Of the names that stand in a cell that can't be read, those that nothing above has made.
  private func spoilMentioned(in planned: NotebookPlan.Cell) {
    for name in planned.mentionedNames
    where !Registry.vocabulary.isBuiltIn(name) && interpreter.value(of: name) == nil {
      unavailable[name] = planned.cell.label
    }
  }

  /// Why a cell can't run: what it reads is not there.
  private func missing(_ analysis: CellAnalysis) -> Problem? {
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

  private func run(_ planned: NotebookPlan.Inline) -> InlineRecord {
    let inline = planned.inline
    var record = InlineRecord(spanIndex: inline.spanIndex, range: inline.range, text: "")
    switch planned.expression {
    case .failure(let diagnostic): record.diagnostic = diagnostic
    case .success(let expression):
      if let error = planned.findings.first(where: { $0.severity == .error }) {
        record.diagnostic = error
      } else if let reason = missing(planned.analysis) {
        record.diagnostic = .error(reason, at: inline.range)
      } else {
        switch interpreter.text(of: expression) {
        case .success(let text): record.text = text
        case .failure(let diagnostic): record.diagnostic = diagnostic
        }
      }
    }
    return record
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
