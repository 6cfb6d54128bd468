import ArgumentParser
import NNData
import NNNotebook
import NNOutput
import NNRender
import NNRunner
import NNSource

struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Runs notebooks and writes a page for each.",
    discussion: """
      A page that could be written is written even when a cell fails: the error stands in its \
      place, and the exit code tells. A page and its record stay as they are where a data set is \
      missing that they were made with. A Markdown page that stands beside them is written with \
      them.

      Of a folder it also writes index.html, which lists its notebooks, each with a picture; its \
      own index.md, if there is one, is the head of that page. Naming single notebooks leaves \
      index.html as it is.

        nnbook render                              all of notebooks/ into output/
        nnbook render notebooks/letters.md         one notebook
        nnbook render letters.md -P epochs=10      with another value of a parameter
        nnbook render letters.md --to md           a page in Markdown, for GitHub
      """)

  @Argument(help: ArgumentHelp("Notebooks, or folders with notebooks.", valueName: "path"))
  var paths: [String] = ["notebooks"]

  @OptionGroup var options: RunOptions

  @Flag(help: "Runs every cell, and keeps nothing for the next time.")
  var noCache = false

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp(
      "What to write: html, ipynb (the record), md (a page in Markdown, for GitHub).",
      valueName: "formats"))
  var formats = PageFormats.standard

  func run() throws {
    var exit = ExitStatus()
    let plan: RenderPlan
    do {
      plan = try RenderPlan(paths: paths, output: options.output)
    } catch {
      throw Console.exit(telling: error)
    }
    var remarks: [String] = []
    var pages: [Rendered] = []
    for job in plan.jobs {
      let page = render(job, &remarks) { HTMLPage.render($0, pictures: $1) }
      exit.merge(page.status)
      pages.append(page)
    }
    // A list from which one is missing would hide that it is there.
    if let index = plan.index, formats.hasPage, pages.allSatisfy(\.isThere) {
      exit.merge(writeIndex(index, zip(plan.jobs, pages).map { ($0, $1) }, &remarks))
    }
    Console.status("")
    for line in remarks { Console.tell(line) }
    if let code = exit.code { throw code }
  }

  /// What became of a notebook.
  private struct Rendered {
    let status: ExitStatus
    /// Nil where nothing had to be drawn anew.
    var entry: Gallery.Entry?
    /// Of all that the page follows from, where that is in the cache.
    var signature: ContentHash?

    var isThere: Bool { entry != nil || signature != nil }
  }

  private func writeIndex(
    _ index: RenderPlan.Index, _ pages: [(job: RenderPlan.Job, page: Rendered)],
    _ remarks: inout [String]
  ) -> ExitStatus {
    var signature = ContentHasher()
    for (_, page) in pages { signature.add(page.signature?.text) }
    let isKept = pages.allSatisfy { $0.page.signature != nil }
    if let head = index.head {
      return render(head, &remarks, listing: isKept ? signature.finished() : nil) {
        HTMLPage.render($0, pictures: $1, gallery: gallery(pages))
      }.status
    }
    do {
      let page = HTMLIndex.render(title: "Notebooks", gallery(pages))
      try Files.makeFolder(Files.folder(of: index.target))
      try Files.write(Array(page.utf8), to: index.target)
      Console.tell("list of notebooks → \(index.target)")
      return ExitStatus()
    } catch {
      return ExitStatus(Console.exit(telling: error))
    }
  }

  private func gallery(_ pages: [(job: RenderPlan.Job, page: Rendered)]) -> Gallery {
    Gallery(
      pages.compactMap { job, page in
        if let entry = page.entry { return entry }
        // Its page did not have to be drawn; its document comes from the cache.
        guard let again = try? NotebookJob(job, options, cache: cache) else { return nil }
        return Gallery.Entry(again.execute().document, path: job.path)
      })
  }

  private var cache: CacheFolder? { noCache ? nil : CacheFolder(NotebookJob.cacheFolder) }

  /// Runs a notebook and writes what `page` makes of it, unless all that it follows from is known to
  /// have given what is there. Lines that are told once for all notebooks, on data sets that are not
  /// there and on pages that stay as they are for it, are added to `remarks`.
  ///
  /// - Parameter listing: for a page that lists others, the hash of what those follow from.
  private func render(
    _ job: RenderPlan.Job, _ remarks: inout [String], listing: ContentHash? = nil,
    page: (OutputDocument, [String: PagePicture]) -> String
  ) -> Rendered {
    do {
      let notebook = try NotebookJob(job, options, cache: cache)
      try notebook.checkSettings()
      try notebook.preparePages()
      let formats = self.formats.kept(job)
      defer { if let line = notebook.closeCache() { Self.add(line, to: &remarks) } }
      var known: ContentHash?
      let run = notebook.execute { signature in
        guard formats.isStandard else { return false }
        known = notebook.signature(signature, listing: listing)
        return known.map { notebook.isWritten(for: $0) } ?? false
      }
      Console.status("")
      guard let run else {
        Console.tell("\(job.source) → \(job.target)")
        return Rendered(status: ExitStatus(), signature: known)
      }
      let document = notebook.finished(run)
      guard notebook.tell(document.unsaved) else {
        return Rendered(status: ExitStatus(of: document))
      }
      if let kept = KeptPage(document, of: job, formats) {
        tell(document, notebook, formats, &remarks, kept)
        return Rendered(
          status: ExitStatus(of: document), entry: Gallery.Entry(kept.document, path: job.path))
      }
      let written = try notebook.write(document, formats, page: page)
      tell(document, notebook, formats, &remarks)
      var rendered = Rendered(status: ExitStatus(of: document))
      rendered.entry = Gallery.Entry(document, path: job.path)
      if formats.isStandard, document.allDiagnostics.isEmpty, let signature = run.signature {
        rendered.signature = notebook.signature(signature, listing: listing)
        if let known = rendered.signature { notebook.note(written, for: known) }
      }
      return rendered
    } catch let code as ExitCode {
      return Rendered(status: ExitStatus(code))
    } catch {
      return Rendered(status: ExitStatus(Console.exit(telling: error)))
    }
  }

  private static func add(_ line: String, to remarks: inout [String]) {
    if !remarks.contains(line) { remarks.append(line) }
  }

  private func tell(
    _ document: OutputDocument, _ notebook: NotebookJob, _ formats: PageFormats,
    _ remarks: inout [String],
    _ kept: KeptPage? = nil
  ) {
    let telling = RunTelling(document: document, source: notebook.source)
    if let kept {
      for line in telling.findings(where: { !$0.isMissingSet }) { Console.tell(line) }
      Self.add(kept.line, to: &remarks)
      return
    }
    for line in telling.lines { Console.tell(line) }
    Console.tell("\(notebook.job.source) → \(formats.told(notebook.job))")
    for diagnostic in document.allDiagnostics where diagnostic.isMissingSet {
      let wording = diagnostic.problem.wording
      let line = "nnbook: \(wording.message): \(wording.hint ?? "")"
      Self.add(line, to: &remarks)
    }
  }
}

/// The exit code of a whole command: the gravest of its parts.
struct ExitStatus {
  private(set) var code: ExitCode?

  init(_ code: ExitCode? = nil) { self.code = code }

  init(of document: OutputDocument) {
    if !document.unsaved.isEmpty {
      code = ExitCode(74)
    } else if document.allDiagnostics.contains(where: \.isMissingSet) {
      code = ExitCode(66)
    } else if document.isUnreadable {
      code = ExitCode(65)
    } else if document.hasFailure {
      code = ExitCode(2)
    }
  }

  mutating func merge(_ other: ExitStatus) {
    guard let new = other.code else { return }
    if code.map({ new.rawValue > $0.rawValue }) ?? true { code = new }
  }
}

extension OutputDocument {
  /// What cells could not save because the disk is full, those that were meant to fail included.
  var unsaved: [Diagnostic] {
    cells.flatMap(\.outputs).compactMap { output in
      guard case .diagnostic(let found) = output, case .file(.noSpace) = found.problem else {
        return nil
      }
      return found
    }
  }
}

extension Diagnostic {
  /// A known data set is not on this machine.
  var isMissingSet: Bool {
    if case .data(.missingSet) = problem { true } else { false }
  }
}
