import ArgumentParser
import NNData
import NNNotebook
import NNOutput
import NNRender
import NNRunner
import NNRuntime
import NNSource

/// Where pages stand, and what the cells behind them may take.
struct PageOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The folder of the pages and records.", valueName: "folder"))
  var output = "output"

  @OptionGroup private var limitOptions: LimitOptions

  var limits: Limits { limitOptions.limits }
}

/// How notebooks are run, as the command line says.
struct RunOptions: ParsableArguments {
  @OptionGroup private var pages: PageOptions

  @Option(
    name: [.customShort("P"), .customLong("parameter")],
    help: ArgumentHelp(
      "Another value for a name in the notebook's 'params'.", valueName: "name=value"))
  var parameters: [String] = []

  func validate() throws {
    for text in parameters where ParameterSetting(text) == nil {
      throw ValidationError("'-P \(text)' has no '='; write -P name=value.")
    }
  }

  var output: String { pages.output }
  var limits: Limits { pages.limits }
  var settings: [ParameterSetting] { parameters.compactMap { ParameterSetting($0) } }
}

/// A notebook as a command works on it: read, ready to run, with the files it becomes.
struct NotebookJob {
  /// The folder that results are kept in.
  static let cacheFolder = ".nnbook"

  let job: RenderPlan.Job
  let source: SourceFile
  let notebook: Notebook
  var runner: NotebookRunner
  let pictures: ProsePictures
  /// Whether its page lists the others of its folder.
  private var isList: Bool { job.path == RenderPlan.indexPath }

  init(_ job: RenderPlan.Job, _ options: RunOptions, cache: CacheFolder? = nil) throws {
    try self.init(
      job, limits: options.limits, saving: .folder(job.files, beneath: job.root), cache: cache,
      settings: { _ in options.settings })
  }

  /// - Parameter settings: the parameters that the run is given.
  init(
    _ job: RenderPlan.Job, limits: Limits, saving: FileAccess.Saving, cache: CacheFolder?,
    settings: (Notebook) -> [ParameterSetting]
  ) throws {
    self.job = job
    source = SourceFile(name: job.source, bytes: try Files.read(job.source))
    notebook = Notebook.read(source)
    let folder = Files.folder(of: job.source)
    pictures = ProsePictures(notebook.markdown, folder: folder)
    runner = NotebookRunner(settings: settings(notebook))
    runner.limits = limits
    runner.cancellation = Interruption.cancellation
    runner.files = FileAccess(folder: folder, saving: saving, catalogue: .ofThisMachine())
    runner.cache = cache
    runner.onProgress = { Console.status("\(job.source)  \($0)") }
  }

  /// Runs what `policy` says of the cells up to number `last`, or of all. A person who stops it ends
  /// the program.
  func execute(
    _ policy: RunPolicy = RunPolicy(), through last: Int? = nil
  ) -> NotebookRunner.Run {
    do throws(Interrupted) {
      return try runner.execute(notebook, policy, through: last)
    } catch {
      Interruption.end(error, in: job.source)
    }
  }

  /// The same; nil when `isKnown` says of all that the document follows from that nothing need be
  /// done.
  func execute(
    _ policy: RunPolicy = RunPolicy(), skippingIf isKnown: (ContentHash) -> Bool
  ) -> NotebookRunner.Run? {
    do throws(Interrupted) {
      return try runner.execute(notebook, policy, skippingIf: isKnown)
    } catch {
      Interruption.end(error, in: job.source)
    }
  }

  /// The notebook that a command names; a folder is none.
  init(path: String, _ options: RunOptions) throws {
    guard !Files.isFolder(path) else { throw Problem.file(.isFolder(path)) }
    guard let job = try RenderPlan(paths: [path], output: options.output).jobs.first else {
      throw Problem.file(.notFound(path))
    }
    try self.init(job, options)
  }

  /// The cell with this label or number.
  func cell(named name: String) -> NNNotebook.Cell? {
    let cells = notebook.cells
    return cells.first { $0.label == name }
      ?? Int(name).flatMap { number in cells.first { $0.number == number } }
  }

  /// The cell that a command names by its label or its number.
  func cell(_ name: String) throws -> NNNotebook.Cell {
    if let cell = cell(named: name) { return cell }
    // It may stand behind what can't be read.
    try checkNotebook()
    throw Problem.run(.unknownCell(name, known: notebook.cells.map(\.label)))
  }

  /// Ends the command when something is wrong with the notebook itself.
  func checkNotebook() throws { try Self.check(notebook) }

  static func check(_ notebook: Notebook) throws {
    guard notebook.hasErrors else { return }
    for diagnostic in notebook.diagnostics where diagnostic.severity == .error {
      Console.tell(diagnostic.text(in: notebook.source))
    }
    throw ExitCode(65)
  }

  /// What the record beside the page tells of earlier runs; nil without one that can be read.
  var record: NotebookRecord? {
    guard let bytes = try? Files.read(job.record) else { return nil }
    return try? RecordReader.read(bytes)
  }

  /// Ends the command when the command line names what the notebook does not have.
  func checkSettings() throws {
    let misfits = runner.settingProblems(notebook)
    guard misfits.isEmpty else {
      // The command line is wrong, not the notebook: nothing runs, the old page stays.
      for problem in misfits { Console.tell(problem) }
      throw ExitCode.validationFailure
    }
  }

  /// Writes a run in the forms that are wanted.
  /// - Returns: the bytes of record and page.
  @discardableResult
  func write(
    _ document: OutputDocument, _ formats: PageFormats = .standard,
    page: (OutputDocument, [String: PagePicture]) -> String
  ) throws -> [[UInt8]] {
    try formats.write(document, job, pictures: pictures.pictures) {
      page(document, pictures.pictures)
    }
  }

  /// What the page and the record hold now.
  private var written: [[UInt8]] {
    [job.record, job.target].map { (try? Files.read($0)) ?? [] }
  }

  /// Whether page and record are what `signature` gives.
  func isWritten(for signature: ContentHash) -> Bool {
    runner.cache?.isWritten(written, for: signature) ?? false
  }

  func note(_ written: [[UInt8]], for signature: ContentHash) {
    runner.cache?.noteWritten(written, for: signature)
  }

  /// Writes what the cache still has to, which the pages do not wait for.
  /// - Returns: a line that tells why not all is kept, if so.
  func closeCache() -> String? {
    runner.cache?.close()
    return runner.cache?.failure.map {
      "nnbook: the cache in \(Self.cacheFolder) could not be kept: \($0)"
    }
  }

  /// Tells what could not be saved. If there is such, nothing is wrong with the notebook, and its page
  /// of better days stays.
  /// - Returns: whether all was saved.
  func tell(_ unsaved: [Diagnostic]) -> Bool {
    for diagnostic in unsaved { Console.tell(diagnostic.text(in: source)) }
    return unsaved.isEmpty
  }

  /// Before a run: refuses pages that a link would lead elsewhere, and removes what killed processes
  /// left among them, also where nothing is to be written now.
  func preparePages() throws {
    try Files.refuseLinks(to: job.target, beneath: job.root)
    for folder in [Files.folder(of: job.target), job.files]
    where FileWriter.link(to: folder, beneath: job.root) == nil {
      TemporaryFile.removeAbandoned(in: folder)
    }
  }

  /// The hash of all that the page shows, the run's own and what it lists included; nil for a page
  /// that lists others of which something is not known.
  func signature(_ run: ContentHash, listing: ContentHash?) -> ContentHash? {
    if isList, listing == nil { return nil }
    var hasher = ContentHasher()
    hasher.add(run)
    hasher.add(listing?.text)
    hasher.add(job.target)
    for (address, picture) in pictures.pictures.sorted(by: { $0.key < $1.key }) {
      hasher.add(address)
      picture.bytes.withUnsafeBytes { hasher.add($0) }
    }
    return hasher.finished()
  }

  /// The document with what was found in the prose's pictures.
  func finished(_ run: NotebookRunner.Run) -> OutputDocument {
    var document = run.document
    document.diagnostics += pictures.findings
    return document
  }
}
