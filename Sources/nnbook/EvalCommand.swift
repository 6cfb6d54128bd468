import ArgumentParser
import NNData
import NNRender
import NNRunner
import NNRuntime
import NNSource

struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Runs an nn program and writes what it prints.",
    discussion: """
      The program is a file, or standard input for '-' or when no file is named. What it prints, \
      its tables and weights go to standard output as text; a chart is told in one line.

      It may load the known data sets, and files beneath its own folder, or beneath the working \
      folder for a program from standard input. What it saves is written below the folder that \
      '--files' names, when the program has come to its end.

        nnbook eval train.nn
        nnbook eval train.nn --files weights
        echo 'print [1, 2] @ [3, 4]' | nnbook eval -
      """)

  @Argument(help: "A file with nn source, or '-' for standard input.")
  var file = "-"

  /// For `Tests/Scripts/property`, which has thousands of programs to run.
  @Flag(
    help: ArgumentHelp(
      "Run several programs, each afresh, parted by NUL.",
      visibility: .hidden))
  var batch = false

  @OptionGroup var limitOptions: LimitOptions

  @Option(help: ArgumentHelp("Where 'save' may write.", valueName: "folder"))
  var files: String?

  /// A program may run for as long as it likes where no time is given.
  private var limits: Limits { (try? limitOptions.limits(Limits())) ?? Limits() }

  func run() throws {
    let source: SourceFile
    do {
      let bytes =
        try file == "-"
        ? Files.readStandardInput()
        : Files.read(file, allowsStreams: true)
      if batch { return try runBatch(bytes) }
      source = SourceFile(name: file == "-" ? "<stdin>" : file, bytes: bytes)
    } catch {
      throw Console.exit(telling: error)
    }
    let output = StandardOutput()
    let renderer = TextRenderer(source: source)
    let access = FileAccess(
      folder: file == "-" ? "." : Files.folder(of: file),
      saving: files.map { .folder($0, beneath: $0) } ?? .refused, catalogue: .ofThisMachine())
    let runner = ProgramRunner(
      limits: limits, files: access, cancellation: Interruption.cancellation
    ) { item in
      switch item {
      case .diagnostic(let diagnostic): Console.tell(diagnostic.text(in: source))
      // A check that holds says nothing in a script.
      case .assertion: break
      default: output.write(renderer.text(item))
      }
    }
    let (result, problems) = runner.run(source)
    output.flush()
    if problems.contains(where: { $0.problem == .limit(.cancelled) }) {
      Interruption.end(problems.map { $0.text(in: source) })
    }
    for problem in problems { Console.tell(problem.text(in: source)) }
    if let failure = output.failure { throw Console.exit(telling: failure) }
    switch result {
    case .done: break
    case .unreadable: throw ExitCode(65)
    case .failed: throw ExitCode(problems.contains(where: \.isMissingSet) ? 66 : 2)
    }
  }

  /// For each program a line, `done 12 0`: how it ended, the bytes of what it prints and of its
  /// problems, which follow.
  private func runBatch(_ bytes: [UInt8]) throws {
    let output = StandardOutput()
    for program in bytes.split(separator: 0, omittingEmptySubsequences: false) {
      let source = SourceFile(name: "<program>", bytes: Array(program))
      let renderer = TextRenderer(source: source)
      var text = ""
      let runner = ProgramRunner(limits: limits) { item in
        if case .assertion = item { return }
        text += renderer.text(item)
      }
      let (result, problems) = runner.run(source)
      let told = problems.map { $0.text(in: source) }.joined(separator: "\n")
      output.write("\(result) \(text.utf8.count) \(told.utf8.count)\n" + text + told)
    }
    output.flush()
    if let failure = output.failure { throw Console.exit(telling: failure) }
  }
}
