import Foundation
import Testing

/// What stands in a record, and who else can read it.
@Suite struct RecordTests {
  /// Every kind of output, odd numbers, an inline value, an error that is meant.
  private static let notebook = """
    ---
    title: "*All* kinds"
    ---

    # *All* kinds

    ```nn text
    print "tab\\tand \\"quotes\\"", nan, -inf, 2 ** 60
    print array([nan, inf, -0.0, 5e-324])
    print zeros((0, 3))
    print "häß 漢字"
    ```

    ```nn table
    table [[1, 0.1], [3, nan]] column_names=["a", "b | c"] row_names=["x", "<y>"]
    ```

    ```nn net caption="A network."
    seed 1
    network net:
        input 2
        dense 2 tanh
        dense 1 sigmoid
    diagram net
    weights net
    check gradients of net on [[0.0, 1.0]], [[1.0]]
    ```

    ```nn charts
    plot [1, 2, nan, 3] labels=["line"]
    heatmap eye(3)
    image rand(2, 4, 4)
    ```

    ```nn large output=fold
    print rand(200, 100)
    ```

    ```nn assertion echo=false
    assert 1 + 1 == 2, "so it is"
    ```

    ```nn broken error=true
    print [1, 2] @ [1, 2, 3]
    ```

    The sum is `nn 0.1 + 0.2`.
    """

  private static func record(
    _ text: String = notebook, in work: WorkFolder, _ arguments: String...
  ) throws -> String {
    try Data(text.utf8).write(to: work.url.appending(path: "all.md"))
    let found = try Executable.nnbook.run(["render", "all.md"] + arguments, in: work.url)
    try #require(found.exitCode == 0, "\(found.errors)")
    return try String(contentsOf: work.url.appending(path: "output/all.ipynb"), encoding: .utf8)
  }

  @Test func theRecordIsTheSameFromRunToRunAndTellsNothingOfTheMachine() throws {
    let (one, other) = (try WorkFolder(), try WorkFolder())
    defer {
      one.remove()
      other.remove()
    }
    let record = try Self.record(in: one)
    #expect(try Self.record(in: one, "--no-cache") == record)
    #expect(try Self.record(in: other) == record)
    let year = Calendar.current.component(.year, from: Date())
    let host = ProcessInfo.processInfo.hostName
    for word in [one.url.path, one.url.lastPathComponent, "/tmp", host, "all.md", "\(year)-"] {
      #expect(!record.contains(word), "\(word)")
    }
  }

  /// What stands above a cell, and the options behind its fence, change nothing of what it gave.
  @Test func proseAboveChangesNothingOfACell() throws {
    let work = try WorkFolder()
    defer { work.remove() }
    let before = try Self.cells(try Self.record(in: work))
    let edited = Self.notebook.replacingOccurrences(
      of: "```nn text", with: "Much new prose\nover two lines.\n\n```nn text"
    ).replacingOccurrences(of: "broken error=true", with: "broken error=true tolerance=1e-9")
    let after = try Self.cells(try Self.record(edited, in: work))
    #expect(before.count == 7)
    #expect(before == after)
  }

  private static func cells(_ record: String) throws -> [NSDictionary] {
    let json = try JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any]
    return (json?["cells"] as? [NSDictionary] ?? []).filter { $0["cell_type"] as? String == "code" }
  }

  // MARK: Jupyter

  /// A Python with Jupyter's packages: the one in `NNBOOK_JUPYTER`, or that of
  /// `Scripts/install-jupyter`.
  private static let jupyter: URL? = {
    let named = ProcessInfo.processInfo.environment["NNBOOK_JUPYTER"].map { URL(filePath: $0) }
    let built = repository.appending(path: ".build/jupyter/bin/python")
    return [named, built].compactMap { $0 }.first { python in
      (try? run(python, ["-c", "import nbformat, nbconvert, nbdime"], in: repository))?.exitCode
        == 0
    }
  }()

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func run(
    _ program: URL, _ arguments: [String], in folder: URL
  ) throws -> (exitCode: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private static let script = """
    import sys, nbformat, nbconvert, nbdime
    from nbdime.diffing.notebooks import diff_notebooks
    for path in sys.argv[1:]:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5), path
        html, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
        assert len(html) > 10000, path
        assert diff_notebooks(notebook, notebook) == [], path
        other = nbformat.read(path, as_version=4)
        other.cells[0].source += "x"
        assert len(diff_notebooks(notebook, other)) == 1, path
        print("ok", path)
    """

  /// `nbformat` finds it valid, `nbconvert` makes a page of it, `nbdime` compares it.
  @Test(
    .enabled(
      if: jupyter != nil,
      "Jupyter's nbformat, nbconvert and nbdime are not here; Scripts/install-jupyter"))
  func jupytersToolsReadEveryRecord() throws {
    let work = try WorkFolder()
    defer { work.remove() }
    _ = try Self.record(in: work)
    let output = Self.repository.appending(path: "output")
    let committed = try FileManager.default.contentsOfDirectory(atPath: output.path).sorted()
      .filter { $0.hasSuffix(".ipynb") }.map { output.appending(path: $0).path }
    #expect(!committed.isEmpty)
    let paths = [work.url.appending(path: "output/all.ipynb").path] + committed
    let python = try #require(Self.jupyter)
    let found = try Self.run(python, ["-c", Self.script] + paths, in: work.url)
    #expect(found.exitCode == 0, "\(found.output)")
    #expect(found.output.split(separator: "\n").count { $0.hasPrefix("ok ") } == paths.count)

    // The commands themselves.
    let record = work.url.appending(path: "output/all.ipynb").path
    let convert = try Self.run(
      python, ["-m", "nbconvert", "--to", "html", "--stdout", record], in: work.url)
    #expect(convert.exitCode == 0, "\(convert.output.suffix(500))")
    let diff = try Self.run(
      python, ["-m", "nbdime", "diff", record, committed.first ?? record], in: work.url)
    #expect(diff.exitCode == 0, "\(diff.output.suffix(500))")
  }
}
