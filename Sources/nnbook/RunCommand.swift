import ArgumentParser
import NNNotebook
import NNOutput
import NNRender
import NNRunner
import NNSource

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs one cell again and brings the page up to date.",
    discussion: """
      The cell starts from what the cells above it left: their results come from the cache, and \
      those that changed run first. Its outputs are printed; cells below that no longer fit are \
      marked as out of date in the page, and --downstream runs them too.

        nnbook run letters.md train                 one cell, by its label
        nnbook run letters.md 7 --downstream        the seventh, and what depends on it
        nnbook run letters.md train --dry-run       what would run, and why
      """)

  @Argument(help: "The notebook.")
  var notebook: String

  @Argument(help: "The cell's label or number.")
  var cell: String

  @Flag(help: "Run the cells that depend on it, too.")
  var downstream = false

  @Flag(name: .customLong("dry-run"), help: "Tell what would run, and run nothing.")
  var dryRun = false

  @OptionGroup var options: RunOptions

  func run() throws {
    do {
      try runCell()
    } catch let code as ExitCode {
      throw code
    } catch {
      throw Console.exit(telling: error)
    }
  }

  private func runCell() throws {
    var job = try NotebookJob(path: notebook, options)
    try job.checkSettings()
    let cell = try job.cell(cell)
    job.runner.cache = CacheFolder(NotebookJob.cacheFolder)
    job.runner.record = job.record
    let policy = policy(for: cell, in: NotebookGraph(job.notebook))
    if dryRun {
      let run = job.execute(RunPolicy(standard: .never))
      return Console.tell(RunReport(run, in: job.source, planned: policy).text)
    }
    try job.preparePages()
    let run = job.execute(policy)
    let remark = job.closeCache()
    Console.status("")
    if let remark { Console.tell(remark) }
    let document = job.finished(run)
    guard job.tell(document.unsaved) else { throw ExitCode(74) }
    let formats = PageFormats.standard.kept(job.job)
    let kept = KeptPage(document, of: job.job, formats)
    if kept == nil { try job.write(document, formats) { HTMLPage.render($0, pictures: $1) } }
    let output = StandardOutput()
    let renderer = TextRenderer(source: job.source)
    for record in document.cells where record.number == cell.number {
      for item in record.outputs { output.write(renderer.text(item)) }
    }
    output.flush()
    if let failure = output.failure { throw failure }
    for diagnostic in document.diagnostics where diagnostic.severity == .error {
      Console.tell(diagnostic.text(in: job.source))
    }
    Console.tell(RunReport(run, in: job.source).text)
    Console.tell(kept?.line ?? "\(job.job.source) → \(formats.told(job.job))")
    if let code = status(of: document, policy).code { throw code }
  }

  /// Of the cells that were to run and those that they need: what else stands failed in the
  /// notebook was so before, and is only told.
  private func status(of document: OutputDocument, _ policy: RunPolicy) -> ExitStatus {
    var part = document
    part.cells.removeAll { policy.rule(forCell: $0.number) == .never }
    part.inlines = []
    return ExitStatus(of: part)
  }

  private func policy(for cell: NNNotebook.Cell, in graph: NotebookGraph) -> RunPolicy {
    var rules: [Int: RunPolicy.Rule] = [:]
    var needed = graph.dependencies(of: cell.number)
    if downstream {
      for dependent in graph.dependents(of: cell.number) {
        needed.insert(dependent)
        needed.formUnion(graph.dependencies(of: dependent))
      }
    }
    for number in needed { rules[number] = .whenNeeded }
    rules[cell.number] = .always
    return RunPolicy(rules, standard: .never)
  }
}

/// What ran, what came from the cache, and what is out of date and why: one screen.
struct RunReport {
  private let events: [CellEvent]
  private let planned: RunPolicy?
  private let document: OutputDocument
  private let source: SourceFile

  init(_ run: NotebookRunner.Run, in source: SourceFile, planned: RunPolicy? = nil) {
    events = run.events
    document = run.document
    self.source = source
    self.planned = planned
  }

  var text: String {
    var lines: [String] = []
    if let planned {
      lines += list("would run", events.filter { runs($0, planned) }, withReasons: true)
      lines += list("cached", events.filter { $0.kind == .cached && !runs($0, planned) })
      lines += list("as recorded", events.filter { $0.kind == .recorded && !runs($0, planned) })
      lines += list(
        "out of date", events.filter { $0.kind == .stale && !runs($0, planned) },
        withReasons: true)
      lines += listFailures(
        "failed", events.filter { $0.kind == .stillFailed && !runs($0, planned) })
      lines += listFailures(
        "can't run", events.filter { $0.kind == .failed || $0.kind == .skipped })
      lines += list(
        "never runs", events.filter { $0.kind == .notEvaluated && isAsked($0, planned) })
      lines += list(
        "as meant", events.filter { $0.kind == .failedAsMeant && isAsked($0, planned) })
    } else {
      lines += list("ran", events.filter { $0.kind == .ran }, withReasons: true)
      lines += list("cached", events.filter { $0.kind == .cached })
      lines += list("as recorded", events.filter { $0.kind == .recorded })
      lines += listFailures(
        "failed", events.filter { $0.kind == .failed || $0.kind == .stillFailed })
      lines += inlineFailures
      lines += listFailures("did not run", events.filter { $0.kind == .skipped })
      lines += list("out of date", events.filter { $0.kind == .stale }, withReasons: true)
    }
    return lines.joined(separator: "\n")
  }

  private func runs(_ event: CellEvent, _ planned: RunPolicy) -> Bool {
    switch planned.rule(forCell: event.number) {
    case .always: [.stale, .recorded, .stillFailed, .cached, .ran].contains(event.kind)
    case .whenNeeded: [.stale, .recorded, .stillFailed].contains(event.kind)
    case .never: false
    }
  }

  private func isAsked(_ event: CellEvent, _ planned: RunPolicy) -> Bool {
    if case .always = planned.rule(forCell: event.number) { true } else { false }
  }

  /// A line for each, with where and what its first error is.
  private func listFailures(_ title: String, _ events: [CellEvent]) -> [String] {
    events.enumerated().map { index, event in
      let error = document.error(ofCell: event.number).map { error in
        // The title says already what became of it.
        event.kind == .skipped
          ? error.problem.wording.message.replacing("did not run: ", with: "")
          : error.sentence(in: source)
      }
      return head(index == 0 ? title : "") + event.label + (error.map { ": " + $0 } ?? "")
    }
  }

  private var inlineFailures: [String] {
    document.inlines.compactMap(\.diagnostic).map {
      head("no value") + $0.sentence(in: source)
    }
  }

  /// A line for all, or one for each with its reasons.
  private func list(
    _ title: String, _ events: [CellEvent], withReasons: Bool = false
  ) -> [String] {
    guard !events.isEmpty else { return [] }
    guard withReasons else {
      return [head(title) + events.map(\.label).joined(separator: ", ")]
    }
    return events.enumerated().map { index, event in
      let reasons = event.changes.texts.joined(separator: "; ")
      return head(index == 0 ? title : "") + event.label + (reasons.isEmpty ? "" : ": \(reasons)")
    }
  }

  private func head(_ text: String) -> String {
    text + String(repeating: " ", count: max(1, 13 - text.count))
  }
}

extension OutputDocument {
  /// Why a cell failed or did not run.
  func error(ofCell number: Int) -> Diagnostic? {
    cells.first { $0.number == number }?.outputs.lazy.compactMap { output in
      if case .diagnostic(let found) = output, found.severity == .error { found } else { nil }
    }.first
  }
}
