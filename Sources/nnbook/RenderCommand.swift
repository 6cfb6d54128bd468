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
      place, and the exit code tells.

      Of a folder it also writes index.html, which lists its notebooks, each with a picture; its \
      own index.md, if there is one, is the head of that page. Naming single notebooks leaves \
      index.html as it is.

        nnbook render                              all of notebooks/ into output/
        nnbook render notebooks/letters.md         one notebook
        nnbook render letters.md -P epochs=10      with another value of a parameter
      """)

  @Argument(help: ArgumentHelp("Notebooks, or folders with notebooks.", valueName: "path"))
  var paths: [String] = ["notebooks"]

  @OptionGroup var options: RunOptions

  @Flag(help: "Runs every cell, and keeps nothing for the next time.")
  var noCache = false

  func run() throws {
    var exit = ExitStatus()
    let plan: RenderPlan
    do {
      plan = try RenderPlan(paths: paths, output: options.output)
    } catch {
      throw Console.exit(telling: error)
    }
    var missing: [String] = []
    var gallery: [Gallery.Entry]? = plan.index == nil ? nil : []
    for job in plan.jobs {
      var entry: Gallery.Entry?
      exit.merge(
        render(job, &missing) { document, pictures in
          entry = Gallery.Entry(document, path: job.path)
          return HTMLPage.render(document, pictures: pictures)
        })
      // A list from which one is missing would hide that it is there.
      if let entry { gallery?.append(entry) } else { gallery = nil }
    }
    if let index = plan.index, let gallery {
      exit.merge(writeIndex(index, Gallery(gallery), &missing))
    }
    Console.status("")
    for line in missing { Console.tell(line) }
    if let code = exit.code { throw code }
  }

  private func writeIndex(
    _ index: RenderPlan.Index, _ gallery: Gallery, _ missing: inout [String]
  ) -> ExitStatus {
    if let head = index.head {
      return render(head, &missing) { document, pictures in
        HTMLPage.render(document, pictures: pictures, gallery: gallery)
      }
    }
    do {
      let page = HTMLIndex.render(title: "Notebooks", gallery)
      try Files.makeFolder(Files.folder(of: index.target))
      try Files.write(Array(page.utf8), to: index.target)
      Console.tell("list of notebooks → \(index.target)")
      return ExitStatus()
    } catch {
      return ExitStatus(Console.exit(telling: error))
    }
  }

  /// Runs a notebook and writes what `page` makes of it. Lines on data sets that are not there are
  /// added to `missing`, each once.
  private func render(
    _ job: RenderPlan.Job, _ missing: inout [String],
    page: (OutputDocument, [String: PagePicture]) -> String
  ) -> ExitStatus {
    do {
      var job = try NotebookJob(job, options)
      try job.checkSettings()
      job.runner.cache = noCache ? nil : CacheFolder(NotebookJob.cacheFolder)
      let document = job.finished(job.runner.execute(job.notebook))
      job.runner.cache?.close()
      Console.status("")
      try job.write(document, page: page)
      for diagnostic in document.allDiagnostics {
        Console.tell(diagnostic.text(in: job.source))
      }
      Console.tell("\(job.job.source) → \(job.job.target)")
      for diagnostic in document.allDiagnostics where diagnostic.isMissingSet {
        let wording = diagnostic.problem.wording
        let line = "nnbook: \(wording.message): \(wording.hint ?? "")"
        if !missing.contains(line) { missing.append(line) }
      }
      return ExitStatus(of: document)
    } catch let code as ExitCode {
      return ExitStatus(code)
    } catch {
      return ExitStatus(Console.exit(telling: error))
    }
  }
}

/// The exit code of a whole command: the gravest of its parts.
struct ExitStatus {
  private(set) var code: ExitCode?

  init(_ code: ExitCode? = nil) { self.code = code }

  init(of document: OutputDocument) {
    if document.allDiagnostics.contains(where: \.isMissingSet) {
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

extension Diagnostic {
  /// A known data set is not on this machine.
  var isMissingSet: Bool {
    if case .data(.missingSet) = problem { true } else { false }
  }
}
