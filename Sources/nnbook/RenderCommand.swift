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
        nnbook render letters.md --to md           a page in Markdown, for GitHub
      """)

  @Argument(help: ArgumentHelp("Notebooks, or folders with notebooks.", valueName: "path"))
  var paths: [String] = ["notebooks"]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The folder for the pages.", valueName: "folder"))
  var output = "output"

  @Option(
    help: ArgumentHelp(
      "The most seconds a cell may run; a notebook may ask for less.", valueName: "seconds"))
  var timeout = NotebookRunner.standardSeconds

  @Option(
    name: [.customShort("P"), .customLong("parameter")],
    help: ArgumentHelp(
      "Another value for a name in the notebook's 'params'.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp(
      "What to write: html, ipynb (the record), md (a page in Markdown, for GitHub).",
      valueName: "formats"))
  var formats = PageFormats.standard

  func validate() throws {
    guard timeout > 0 else {
      throw ValidationError("'--timeout' is a number of seconds above 0, not \(timeout).")
    }
    for text in parameters where ParameterSetting(text) == nil {
      throw ValidationError("'-P \(text)' has no '='; write -P name=value.")
    }
  }

  func run() throws {
    let settings = parameters.compactMap { ParameterSetting($0) }
    var exit = ExitStatus()
    let plan: RenderPlan
    do {
      plan = try RenderPlan(paths: paths, output: output)
    } catch {
      throw Console.exit(telling: error)
    }
    var missing: [String] = []
    var gallery: [Gallery.Entry]? = plan.index == nil || !formats.hasPage ? nil : []
    for job in plan.jobs {
      var entry: Gallery.Entry?
      exit.merge(
        render(job, settings, &missing) { document, pictures in
          entry = Gallery.Entry(document, path: job.path)
          return HTMLPage.render(document, pictures: pictures)
        })
      // A list from which one is missing would hide that it is there.
      if let entry { gallery?.append(entry) } else { gallery = nil }
    }
    if let index = plan.index, let gallery {
      exit.merge(writeIndex(index, Gallery(gallery), settings, &missing))
    }
    Console.status("")
    for line in missing { Console.tell(line) }
    if let code = exit.code { throw code }
  }

  private func writeIndex(
    _ index: RenderPlan.Index, _ gallery: Gallery, _ settings: [ParameterSetting],
    _ missing: inout [String]
  ) -> ExitStatus {
    if let head = index.head {
      return render(head, settings, &missing) { document, pictures in
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
    _ job: RenderPlan.Job, _ settings: [ParameterSetting], _ missing: inout [String],
    page: (OutputDocument, [String: PagePicture]) -> String
  ) -> ExitStatus {
    do {
      let source = SourceFile(name: job.source, bytes: try Files.read(job.source))
      let notebook = Notebook.read(source)
      var runner = NotebookRunner(settings: settings)
      runner.seconds = timeout
      runner.files = FileAccess(
        folder: Files.folder(of: job.source), saving: .folder(job.files),
        catalogue: .ofThisMachine())
      let misfits = runner.settingProblems(notebook)
      guard misfits.isEmpty else {
        // The command line is wrong, not the notebook: nothing runs, the old page stays.
        for problem in misfits { Console.tell(problem) }
        return ExitStatus(ExitCode(64))
      }
      runner.onProgress = { Console.status("\(job.source)  \($0)") }
      let folder = Files.folder(of: job.source)
      let pictures = ProsePictures(notebook.markdown, folder: folder)
      var document = runner.run(notebook)
      document.diagnostics += pictures.findings
      Console.status("")
      try Files.makeFolder(Files.folder(of: job.target))
      try formats.write(document, job, pictures: pictures.pictures) {
        page(document, pictures.pictures)
      }
      for diagnostic in document.allDiagnostics { Console.tell(diagnostic.text(in: source)) }
      Console.tell("\(job.source) → \(formats.told(job))")
      for diagnostic in document.allDiagnostics where diagnostic.isMissingSet {
        let wording = diagnostic.problem.wording
        let line = "nnbook: \(wording.message): \(wording.hint ?? "")"
        if !missing.contains(line) { missing.append(line) }
      }
      return ExitStatus(of: document)
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
