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
  private let settings: [ParameterSetting]
  /// Told what is running, for a person who waits.
  package var onProgress: ((String) -> Void)?

  package init(settings: [ParameterSetting] = []) { self.settings = settings }

  package func run(_ notebook: Notebook) -> OutputDocument {
    let session = NotebookSession(notebook, settings: settings, onProgress: onProgress)
    return session.run()
  }
}

/// One run of one notebook.
final class NotebookSession {
  private let notebook: Notebook
  private let plan: NotebookPlan
  private let interpreter: Interpreter
  private var document: OutputDocument
  /// Names that a failed cell would have written, with that cell's label.
  private var unavailable: [String: String] = [:]
  /// The label of the failed cell after which the random stream is not what it would be.
  private var brokenStream: String?
  private let onProgress: ((String) -> Void)?

  init(_ notebook: Notebook, settings: [ParameterSetting], onProgress: ((String) -> Void)?) {
    self.notebook = notebook
    self.onProgress = onProgress
    interpreter = Interpreter(source: notebook.source)
    document = OutputDocument(
      source: notebook.source, bodyStart: notebook.markdown.bodyStart, title: notebook.title,
      description: notebook.frontMatter.description, author: notebook.frontMatter.author,
      diagnostics: notebook.diagnostics)
    let parameters = Parameters(notebook.frontMatter.parameters, settings: settings)
    document.diagnostics += parameters.diagnostics
    plan = NotebookPlan(notebook)
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
      while let inline = inlines.first, inline.cellsAbove < cell.cell.number {
        document.inlines.append(run(inline))
        inlines.removeFirst()
      }
      document.cells.append(run(cell))
    }
    for inline in inlines { document.inlines.append(run(inline)) }
    return document
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
    case .failure(let diagnostic): fail(planned, diagnostic, &record)
    case .success(let program):
      if let reason = missing(planned.effects) {
        record.state = .skipped
        record.outputs = [.diagnostic(.error(reason, at: cell.range))]
        spoil(planned)
      } else {
        execute(program, planned, &record)
      }
    }
    return record
  }

  private func execute(
    _ program: Program, _ planned: NotebookPlan.Cell, _ record: inout CellRecord
  ) {
    let cell = planned.cell
    interpreter.limits.seconds = cell.options.timeout ?? notebook.frontMatter.timeout
    let label = "[\(cell.number)/\(plan.cells.count)] \(cell.label)"
    interpreter.onProgress = { [onProgress] progress in
      onProgress?("\(label)  epoch \(progress.epoch) of \(progress.epochs)  loss \(progress.loss)")
    }
    let (outputs, failure) = interpreter.run(program)
    record.outputs = outputs
    guard let failure else {
      for name in planned.effects.writes { unavailable[name] = nil }
      if cell.options.expectsError {
        // Meant to fail, and did not.
        record.state = .failed
        record.outputs.append(.diagnostic(.error(.run(.didNotFail), at: cell.range)))
      }
      return
    }
    fail(planned, failure, &record)
  }

  private func fail(
    _ planned: NotebookPlan.Cell, _ diagnostic: Diagnostic, _ record: inout CellRecord
  ) {
    record.outputs.append(.diagnostic(diagnostic))
    record.state = planned.cell.options.expectsError ? .done : .failed
    // A cell that is meant to fail writes nothing, and nobody waits for what it would write.
    if !planned.cell.options.expectsError { spoil(planned) }
  }

  private func spoil(_ planned: NotebookPlan.Cell) {
    for name in planned.effects.writes {
      unavailable[name] = planned.cell.label
      interpreter.forget(name)
    }
    if planned.effects.draws { brokenStream = brokenStream ?? planned.cell.label }
    if planned.effects.seeds { brokenStream = planned.cell.label }
  }

  /// Why a cell can't run: what it reads is not there.
  private func missing(_ effects: CellEffects) -> Problem? {
    for name in effects.reads {
      if let label = unavailable[name] {
        return .run(.needsFailedCell(name: name, label: label))
      }
    }
    if let label = brokenStream {
      if effects.seeds {
        brokenStream = nil
      } else if effects.draws {
        return .run(.needsRandomStream(label: label))
      }
    }
    return nil
  }

  // MARK: Inline values

  private func run(_ inline: NotebookPlan.Inline) -> InlineRecord {
    var record = InlineRecord(spanIndex: inline.spanIndex, text: "")
    switch inline.expression {
    case .failure(let diagnostic): record.diagnostic = diagnostic
    case .success(let expression):
      if let reason = missing(inline.effects) {
        record.diagnostic = .error(reason, at: inline.range)
      } else if inline.effects.draws || inline.effects.seeds {
        record.diagnostic = .error(.run(.inlineDraws), at: expression.range)
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
    self.init(
      label: cell.label, number: cell.number, blockIndex: cell.blockIndex, range: cell.range,
      program: planned.displayed, highlights: planned.highlights,
      echo: Echo(rawValue: cell.options.echo.rawValue) ?? .show,
      output: Echo(rawValue: cell.options.output.rawValue) ?? .show,
      caption: cell.options.caption)
  }
}
