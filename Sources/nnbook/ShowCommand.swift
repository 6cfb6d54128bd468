import ArgumentParser
import NNData
import NNRunner
import NNSource

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Prints a value as it stood behind a cell.",
    discussion: """
      It comes from the cache, or from running the cells it needs. Pages stay as they are.

        nnbook show letters.md train w1                  as print writes it
        nnbook show letters.md train w1 --npy w1.npy     all of it, for NumPy
      """)

  @Argument(help: "The notebook.")
  var notebook: String

  @Argument(help: "The cell's label or number.")
  var cell: String

  @Argument(help: "The name of the value.")
  var name: String

  @Option(help: ArgumentHelp("Write the tensor to this file.", valueName: "file"))
  var npy: String?

  @OptionGroup var options: RunOptions

  func run() throws {
    do {
      var job = try NotebookJob(path: notebook, options)
      try job.checkSettings()
      let cell = try job.cell(cell)
      let run = try run(&job, through: cell.number)
      func given<T>(_ found: T?) throws -> T {
        guard let found else {
          throw Problem.run(.unknownValue(name: name, cell: cell.label, known: run.names))
        }
        return found
      }
      if let npy {
        try Files.write(try given(try run.npy(of: name)), to: npy)
        return Console.tell("\(name) → \(npy)")
      }
      let output = StandardOutput()
      output.write(try given(try run.text(of: name)) + "\n")
      output.flush()
      if let failure = output.failure { throw failure }
    } catch let code as ExitCode {
      throw code
    } catch {
      throw Console.exit(telling: error)
    }
  }

  /// Runs what the cell needs; and all above it, where another cell may have written the name.
  private func run(_ job: inout NotebookJob, through number: Int) throws -> NotebookRunner.Run {
    let cache = CacheFolder(NotebookJob.cacheFolder)
    defer { cache.close() }
    job.runner.cache = cache
    // Only pages and their files are written where they belong.
    job.runner.files = FileAccess(
      folder: job.runner.files.folder, saving: .memory, catalogue: .ofThisMachine())
    var rules: [Int: RunPolicy.Rule] = [number: .whenNeeded]
    for needed in NotebookGraph(job.notebook).dependencies(of: number) {
      rules[needed] = .whenNeeded
    }
    let few = RunPolicy(rules, standard: .never)
    var run = job.execute(few, through: number)
    if !run.knows(name) { run = job.execute(through: number) }
    Console.status("")
    guard let last = run.document.cells.last, last.state == .failed || last.state == .skipped else {
      return run
    }
    for line in RunTelling(document: run.document, source: job.source).lines { Console.tell(line) }
    throw ExitCode(2)
  }
}
