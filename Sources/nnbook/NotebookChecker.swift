import ArgumentParser
import NNCheck
import NNData
import NNNotebook
import NNOutput
import NNRender
import NNRunner
import NNRuntime
import NNSource

/// A notebook, a fresh run of it, and what stands recorded of it beside its page.
struct CheckedNotebook {
  let notebook: NotebookJob
  /// What the run gave.
  let document: OutputDocument
  /// The record; nil where there is none that can be read.
  let record: NotebookRecord?
  /// How the two differ, pages left aside.
  private(set) var check: NotebookCheck
  let recordBytes: [UInt8]?
  /// The cells whose text is not the recorded one.
  private var changedSources: [String] = []

  /// Runs the notebook with the parameters that the recorded run was given, and writes nothing: what
  /// it saves stays in memory.
  /// - Parameters:
  ///   - tolerance: where neither the cell nor the notebook has one.
  ///   - cache: whose results are trusted; nil runs every cell.
  init(
    _ job: RenderPlan.Job, limits: Limits, tolerance: Tolerance?, cache: CacheFolder? = nil
  ) throws {
    recordBytes = Files.exists(job.record) ? try Files.read(job.record) : nil
    var findings: [CheckProblem] = []
    let record = Self.record(recordBytes, job, &findings)
    notebook = try NotebookJob(job, limits: limits, saving: .memory, cache: cache) {
      Self.settings(record, $0, job, &findings)
    }
    document = notebook.finished(notebook.execute())
    notebook.runner.cache?.close()
    Console.status("")
    self.record = record
    let source = notebook.source
    check = NotebookCheck(source)
    check.findings = findings
    check.cells = document.cells.map { ($0.label, source.position(of: $0.range.lower).line) }
    check.inlineLines = document.inlines.map(\.range.lower).sorted().map {
      source.position(of: $0).line
    }
    check.errors = Self.errors(of: document)
    if document.allDiagnostics.contains(where: \.isMissingSet) {
      // What could not run tells nothing about what changed.
      check.failure = .missingSets(notebook: job.source)
      check.findings = []
    } else {
      try compare(tolerance)
    }
  }

  var job: RenderPlan.Job { notebook.job }
  var pictures: [String: PagePicture] { notebook.pictures.pictures }

  private static func record(
    _ bytes: [UInt8]?, _ job: RenderPlan.Job, _ findings: inout [CheckProblem]
  ) -> NotebookRecord? {
    guard let bytes else {
      findings.append(.noRecord(job.record, notebook: job.source))
      return nil
    }
    do {
      return try RecordReader.read(bytes)
    } catch {
      findings.append(.damagedRecord(job.record, error))
      return nil
    }
  }

  private static func settings(
    _ record: NotebookRecord?, _ notebook: Notebook, _ job: RenderPlan.Job,
    _ findings: inout [CheckProblem]
  ) -> [ParameterSetting] {
    let given = (record?.parameters ?? []).filter(\.isGiven).map { ParameterSetting($0) }
    return given.filter { setting in
      guard let misfit = setting.misfit(in: notebook) else { return true }
      findings.append(.parameter(job.record, misfit))
      return false
    }
  }

  private static func errors(of document: OutputDocument) -> [RunError] {
    document.allDiagnostics.filter { $0.severity == .error }.map { error in
      // A call may fail in a cell above; whose error it is, is told by where it is an output.
      let cell = document.cells.first { cell in
        cell.state != .done
          && cell.outputs.contains {
            if case .diagnostic(error) = $0 { true } else { false }
          }
      }
      return RunError(
        cell: cell?.label, position: document.source.position(of: error.range.lower),
        problem: error.problem)
    }
  }

  // MARK: Comparing

  private mutating func compare(_ tolerance: Tolerance?) throws {
    guard let record else { return }
    let fresh = Array(RecordWriter.text(of: document).utf8)
    // The same bytes are the same outputs.
    guard fresh != recordBytes else { return }
    let cells = notebook.notebook.cells.compactMap { cell in
      cell.options.tolerance.map { (cell.label, $0) }
    }
    let tolerances = Tolerances(
      notebook: notebook.notebook.frontMatter.tolerance ?? tolerance ?? .exact,
      cells: Dictionary(cells, uniquingKeysWith: { first, _ in first }))
    let comparison = Comparison(
      recorded: record, fresh: try RecordReader.read(fresh), tolerances: tolerances,
      links: document.cells.map(\.links))
    if !comparison.isEmpty { check.comparison = comparison }
    if comparison.isEmpty, !isTextRecorded {
      check.findings.append(.recordOutOfDate(job.record, notebook: job.source))
    }
    changedSources = comparison.changedSources
  }

  /// Whether the record says what one of the notebook with its outputs would say, in whatever layout
  /// another program saved it.
  private var isTextRecorded: Bool {
    guard let recordBytes, let then = try? JSONReader.read(recordBytes),
      let now = try? JSONReader.read(Array(RecordWriter.text(of: recorded).utf8))
    else { return false }
    return then.says(theSameAs: now)
  }

  /// What the page is to show: the notebook as it is, with the recorded outputs.
  var recorded: OutputDocument { record.map { document.recorded($0) } ?? document }

  /// Compares the pages with what source and record give.
  mutating func checkPages(_ page: String) throws {
    guard check.failure == nil else { return }
    try checkPage(job.target, Array(page.utf8), isNeeded: true)
    if job.hasMarkdown {
      let markdown = MarkdownPage(recorded, name: job.name, pictures: pictures)
      try checkPage(job.markdown, Array(markdown.text.utf8), isNeeded: false)
      for file in markdown.files where record != nil {
        let path = Files.folder(of: job.markdown) + "/" + file.path
        if !Files.exists(path) {
          check.findings.append(.noPicture(path, notebook: job.source))
        } else if try Files.read(path) != file.bytes {
          check.findings.append(.pictureOutOfDate(path, notebook: job.source))
        }
      }
      check.findings += markdown.strayFiles(beside: job.markdown).map {
        .strayPicture($0, notebook: job.source)
      }
    }
  }

  private mutating func checkPage(_ path: String, _ bytes: [UInt8], isNeeded: Bool) throws {
    guard Files.exists(path) else {
      if isNeeded { check.findings.append(.noPage(path, notebook: job.source)) }
      return
    }
    // Without a record there is nothing that the page could follow from.
    guard record != nil, try Files.read(path) != bytes else { return }
    check.findings.append(
      .pageOutOfDate(path, notebook: job.source, changed: changedSources))
  }
}

/// Checks all notebooks of a command line, and what else lies in the folder of pages.
struct NotebookChecks {
  let plan: RenderPlan
  let output: String
  let limits: Limits
  let tolerance: Tolerance?
  /// Whether what is kept of earlier runs is trusted.
  let isCached: Bool

  private(set) var report = CheckReport()
  private(set) var status = ExitStatus()
  /// Which notebooks could not be checked for want of a data set, a line each.
  private(set) var missing: [String] = []
  /// What is known of each page for the list of them; nil once one could not be checked.
  private var pages: [Page]? = []
  /// What the notebooks save; nil once it is not known of one.
  private var savedFiles: Set<String>? = []

  private struct Page {
    let job: RenderPlan.Job
    /// Nil where nothing of it had to be drawn.
    let entry: Gallery.Entry?
    /// Of all that it follows from, where that is as it was.
    let signature: ContentHash?
  }

  init(
    plan: RenderPlan, output: String, limits: Limits, tolerance: Tolerance?, isCached: Bool
  ) {
    self.plan = plan
    self.output = output
    self.limits = limits
    self.tolerance = tolerance
    self.isCached = isCached
  }

  mutating func run() {
    for (path, problem) in plan.missing {
      report.notebooks.append(NotebookCheck(unread: path, problem))
      status.merge(ExitStatus(Console.exit(telling: problem)))
    }
    for job in plan.jobs {
      add(job) { document, pictures in HTMLPage.render(document, pictures: pictures) }
    }
    if let index = plan.index {
      checkIndex(index)
      checkOrphans()
    }
    if report.count > 0 { status.merge(ExitStatus(ExitCode(1))) }
  }

  private mutating func add(
    _ job: RenderPlan.Job, listing: ContentHash? = nil,
    page: (OutputDocument, [String: PagePicture]) -> String
  ) {
    do {
      if isCached, let (source, signature) = try unchanged(job, listing: listing) {
        report.notebooks.append(NotebookCheck(source))
        savedFiles = nil
        pages?.append(Page(job: job, entry: nil, signature: signature))
        return
      }
      var checked = try CheckedNotebook(
        job, limits: limits, tolerance: tolerance,
        cache: isCached ? CacheFolder(NotebookJob.cacheFolder) : nil)
      let recorded = checked.recorded
      if checked.check.failure == nil {
        try checked.checkPages(page(recorded, checked.pictures))
        pages?.append(
          Page(job: job, entry: Gallery.Entry(recorded, path: job.path), signature: nil))
      } else {
        pages = nil
      }
      report.notebooks.append(checked.check)
      if let known = savedFiles {
        savedFiles = known.union(
          checked.document.cells.flatMap(\.links.saves).map { job.files + "/" + $0 })
      }
      status.merge(ExitStatus(of: checked.document))
      tell(checked)
    } catch {
      (pages, savedFiles) = (nil, nil)
      report.notebooks.append(
        NotebookCheck(unread: job.source, (error as? Problem) ?? .file(.notFound(job.source))))
      status.merge(ExitStatus(Console.exit(telling: error)))
    }
  }

  /// A notebook all of whose results are in the cache, and whose record and page are known to be what
  /// they give: nothing of it need be compared.
  private func unchanged(
    _ job: RenderPlan.Job, listing: ContentHash?
  ) throws -> (SourceFile, ContentHash)? {
    guard !job.hasMarkdown else { return nil }
    let notebook = try NotebookJob(
      job, limits: limits, saving: .memory, cache: CacheFolder(NotebookJob.cacheFolder),
      settings: { _ in [] })
    var known: ContentHash?
    let run = notebook.execute(RunPolicy(standard: .never)) {
      known = notebook.signature($0, listing: listing)
      return known.map { notebook.isWritten(for: $0) } ?? false
    }
    guard run == nil, let known else { return nil }
    return (notebook.source, known)
  }

  /// What went wrong in the run, and which data sets it lacks.
  private mutating func tell(_ checked: CheckedNotebook) {
    if checked.check.failure == nil {
      let telling = RunTelling(document: checked.document, source: checked.notebook.source)
      for line in telling.errorLines { Console.tell(line) }
    }
    var sets: [String] = []
    for diagnostic in checked.document.allDiagnostics where diagnostic.isMissingSet {
      let wording = diagnostic.problem.wording
      let set = "\(wording.message): \(wording.hint ?? "")"
      if !sets.contains(set) { sets.append(set) }
    }
    guard !sets.isEmpty else { return }
    missing.append("\(checked.job.source): not checked: " + sets.joined(separator: "; "))
  }

  // MARK: The folder of pages

  private mutating func checkIndex(_ index: RenderPlan.Index) {
    guard let pages else { return }
    if let head = index.head {
      let checks = self
      return add(head, listing: listing(pages)) { document, pictures in
        HTMLPage.render(document, pictures: pictures, gallery: checks.gallery(of: pages))
      }
    }
    let gallery = gallery(of: pages)
    let page = Array(HTMLIndex.render(title: "Notebooks", gallery).utf8)
    if (try? Files.read(index.target)) != page {
      report.findings.append((index.target, .indexOutOfDate(index.target)))
    }
  }

  private func listing(_ pages: [Page]) -> ContentHash? {
    guard pages.allSatisfy({ $0.signature != nil }) else { return nil }
    var hasher = ContentHasher()
    for page in pages { hasher.add(page.signature?.text) }
    return hasher.finished()
  }

  private func gallery(of pages: [Page]) -> Gallery {
    Gallery(
      pages.compactMap { page in
        if let entry = page.entry { return entry }
        let checked = try? CheckedNotebook(
          page.job, limits: limits, tolerance: tolerance,
          cache: CacheFolder(NotebookJob.cacheFolder))
        return checked.map { Gallery.Entry($0.recorded, path: page.job.path) }
      })
  }

  /// Pages and records that nnbook wrote and whose notebooks are gone.
  private mutating func checkOrphans() {
    guard Files.isFolder(output) else { return }
    var known: Set<String> = []
    for job in plan.jobs + (plan.index?.head.map { [$0] } ?? []) {
      known.formUnion([job.target, job.record])
    }
    if let index = plan.index { known.insert(index.target) }
    let folder = output.hasSuffix("/") ? String(output.dropLast()) : output
    do {
      for path in try Files.files(in: folder, ending: [".html", ".ipynb"])
      where !known.contains(path) && !path.hasPrefix(folder + "/files/") {
        let bytes = try Files.read(path)
        guard path.hasSuffix(".html") ? HTMLIndex.isOurs(bytes) : RecordReader.isRecord(bytes)
        else {
          continue
        }
        report.findings.append((path, .orphan(path)))
      }
      guard let savedFiles, Files.isFolder(folder + "/files") else { return }
      for path in try Files.files(in: folder + "/files", ending: [".npy", ".npz"])
      where !savedFiles.contains(path) {
        report.findings.append((path, .straySave(path)))
      }
    } catch {
      status.merge(ExitStatus(Console.exit(telling: error)))
    }
  }
}
