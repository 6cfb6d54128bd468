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

        nnbook render                              all of notebooks/ into output/
        nnbook render notebooks/letters.md         one notebook
        nnbook render letters.md -P epochs=10      with another value of a parameter
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
    let jobs: [Job]
    do {
      jobs = try Job.all(paths: paths, output: output)
    } catch {
      throw Console.exit(telling: error)
    }
    var missing: [String] = []
    for job in jobs { exit.merge(render(job, settings, &missing)) }
    Console.status("")
    for line in missing { Console.tell(line) }
    if let code = exit.code { throw code }
  }

  /// Lines on data sets that are not there are added to `missing`, each once.
  private func render(
    _ job: Job, _ settings: [ParameterSetting], _ missing: inout [String]
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
      let document = runner.run(notebook)
      Console.status("")
      try Files.makeFolder(Files.folder(of: job.target))
      try Files.write(Array(HTMLPage.render(document).utf8), to: job.target)
      for diagnostic in document.allDiagnostics { Console.tell(diagnostic.text(in: source)) }
      Console.tell("\(job.source) → \(job.target)")
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

/// A notebook and the page it becomes.
private struct Job {
  let source: String
  let target: String
  /// Where what the notebook saves is written.
  let files: String

  /// `name` is the notebook's path within the folder that was named.
  private init(_ source: String, name: String, output: String) {
    let stem = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    let folder = output.hasSuffix("/") ? output : output + "/"
    self.source = source
    target = folder + stem + ".html"
    files = folder + "files/" + stem
  }

  static func all(paths: [String], output: String) throws -> [Job] {
    var jobs: [Job] = []
    for path in paths {
      if Files.isFolder(path) {
        let found = try Files.notebooks(in: path)
        guard !found.isEmpty else { throw Problem.file(.noNotebooks(path)) }
        jobs += found.map { file in
          Job(file, name: String(file.dropFirst(path.count + 1)), output: output)
        }
      } else {
        guard Files.exists(path) else { throw Problem.file(.notFound(path)) }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        jobs.append(Job(path, name: name, output: output))
      }
    }
    var owners: [String: Job] = [:]
    var unique: [Job] = []
    for job in jobs {
      guard let first = owners[job.target] else {
        owners[job.target] = job
        unique.append(job)
        continue
      }
      guard Files.isSame(first.source, job.source) else {
        throw Problem.file(
          .sameTarget(job.target, first: first.source, second: job.source))
      }
    }
    return unique
  }
}

/// The exit code of a whole command: the gravest of its parts.
private struct ExitStatus {
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
