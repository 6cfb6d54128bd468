import Foundation
import Testing

/// `run`, `why`, `show`, `graph` and `cache` as an author uses them, one after the other.
@Suite struct OneCellTests {
  private static let notebook = """
    # Lines

    ```nn data
    seed 3
    x = rand(40)
    y = 2 * x + 1
    ```

    ```nn fit
    w, b = 0.0, 0.0
    for i in range(rounds):
        d = w * x + b - y
        w -= 0.5 * mean(d * x)
        b -= 0.5 * mean(d)
    print f"{w:.3f} {b:.3f}"
    ```

    ```nn error
    worst = max(abs(w * x + b - y))
    print f"{worst:.3f}"
    ```

    ```nn aside
    print len(x)
    ```

    The slope is `nn round(w, 3)`.
    """

  private struct Folder {
    let work: WorkFolder

    init() throws {
      work = try WorkFolder()
      try write(OneCellTests.notebook)
    }

    func write(_ text: String) throws {
      let head = "---\nparams:\n  rounds: 50\n---\n"
      try Data((head + text).utf8).write(to: work.url.appending(path: "lines.md"))
    }

    func nnbook(_ arguments: String...) throws -> Executable.Result {
      try Executable.nnbook.run(arguments, in: work.url)
    }

    func file(_ path: String) throws -> String {
      try String(contentsOf: work.url.appending(path: path), encoding: .utf8)
    }
  }

  @Test func runningACellMarksWhatNoLongerFits() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    #expect(try folder.nnbook("render", "lines.md").exitCode == 0)
    try folder.write(Self.notebook.replacingOccurrences(of: "0.5 * mean", with: "0.6 * mean"))
    let run = try folder.nnbook("run", "lines.md", "fit")
    #expect(run.exitCode == 0)
    #expect(
      run.errors == """
        ran          fit: its program changed
        cached       data, aside
        out of date  error: 'b' and 'w' have other values
        lines.md → output/lines.html

        """)
    #expect(try folder.file("output/lines.html").components(separatedBy: "Out of date").count == 2)
    #expect(try folder.file("output/lines.ipynb").contains("\"stale\": true"))
    let rest = try folder.nnbook("run", "lines.md", "2", "--downstream")
    #expect(rest.output == run.output)
    #expect(!(try folder.file("output/lines.html").contains("Out of date")))
  }

  @Test("Where the cache can't be kept, the page is written and one line tells")
  func cacheIsAFile() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try Data("A file in the cache's place.\n".utf8).write(
      to: folder.work.url.appending(path: ".nnbook"))
    let result = try folder.nnbook("render", "lines.md")
    #expect(result.exitCode == 0)
    #expect(result.output == "")
    #expect(
      result.errors == """
        lines.md → output/lines.html
        nnbook: the cache in .nnbook could not be kept: .nnbook is not a folder

        """)
    #expect(
      folder.work.files == [".nnbook", "lines.md", "output/lines.html", "output/lines.ipynb"])
  }

  @Test func anIncrementalPageIsTheFreshOne() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    _ = try folder.nnbook("render", "lines.md")
    try folder.write(Self.notebook.replacingOccurrences(of: "seed 3", with: "seed 4 # another"))
    _ = try folder.nnbook("render", "lines.md")
    let found = [try folder.file("output/lines.html"), try folder.file("output/lines.ipynb")]
    _ = try folder.nnbook("render", "lines.md", "--no-cache", "-o", "fresh")
    #expect(try found == [folder.file("fresh/lines.html"), folder.file("fresh/lines.ipynb")])
  }

  /// A record from elsewhere, a clone say, is as good as the cache for cells that need not run.
  @Test func withoutTheCacheTheRecordTellsWhatIsValid() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    _ = try folder.nnbook("render", "lines.md")
    let before = try folder.file("output/lines.html")
    #expect(try folder.nnbook("cache", "clear").exitCode == 0)
    let run = try folder.nnbook("run", "lines.md", "aside")
    #expect(run.output == "40\n")
    #expect(
      run.errors == """
        ran          data: its result is not in the cache
                     aside
        as recorded  fit, error
        lines.md → output/lines.html

        """)
    #expect(try folder.file("output/lines.html") == before)
  }

  @Test func whyTellsWhatACellRestsOn() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    _ = try folder.nnbook("render", "lines.md")
    #expect(
      try folder.nnbook("why", "lines.md", "error").output == """
        error would not run: its result is in the cache
        it needs
          w from fit
          x from data
          b from fit
          y from data
        in all it rests on data, fit

        """)
    try folder.write(Self.notebook.replacingOccurrences(of: "seed 3", with: "seed 4"))
    #expect(
      try folder.nnbook("why", "lines.md", "data").output.hasPrefix(
        "data would run\n  its program changed\n"))
    #expect(
      try folder.nnbook("why", "lines.md", "fit").output.hasPrefix(
        "fit would run\n  cells that give it x and y have to run first\n"))
    let unknown = try folder.nnbook("why", "lines.md", "fitt")
    #expect(unknown.exitCode == 64)
    #expect(
      unknown.errors == """
        nnbook: the notebook has no cell 'fitt'
        hint: did you mean 'fit'?

        """)
  }

  @Test func dryRunTellsAndRunsNothing() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let run = try folder.nnbook("run", "lines.md", "fit", "--dry-run")
    #expect(run.exitCode == 0)
    #expect(
      run.errors == """
        would run    data: it has not run yet
                     fit: cells that give it x and y have to run first
        out of date  error: cells that give it b, w, x and y have to run first
                     aside: cells that give it x have to run first

        """)
    #expect(folder.work.files == ["lines.md"])
  }

  @Test func showPrintsAValueAsItStoodBehindACell() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    #expect(try folder.nnbook("show", "lines.md", "data", "x[0]").exitCode == 64)
    #expect(try folder.nnbook("show", "lines.md", "fit", "rounds").output == "50\n")
    let shown = try folder.nnbook("show", "lines.md", "fit", "w")
    #expect(Double(shown.output.dropLast()) != nil)
    #expect(try folder.nnbook("show", "lines.md", "error", "w").output == shown.output)
    let file = try folder.nnbook("show", "lines.md", "data", "x", "--npy", "x.npy")
    #expect(file.errors == "x → x.npy\n")
    let bytes = try Data(contentsOf: folder.work.url.appending(path: "x.npy"))
    #expect(bytes.starts(with: [0x93] + Array("NUMPY".utf8)))
    #expect(bytes.count == 128 + 40 * 8)
    let unknown = try folder.nnbook("show", "lines.md", "data", "w")
    #expect(unknown.errors.hasPrefix("nnbook: 'w' has no value behind the cell 'data'\n"))
    #expect(folder.work.files == ["lines.md", "x.npy"])
  }

  @Test func graphIsDrawnInThreeForms() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    #expect(
      try folder.nnbook("graph", "lines.md", "--format", "dot").output == """
        digraph "Lines" {
          node [shape=box];
          "data";
          "fit";
          "error";
          "aside";
          "data" -> "fit" [label="x, y"];
          "fit" -> "error" [label="w, b"];
          "data" -> "error" [label="x, y"];
          "data" -> "aside" [label="x"];
        }

        """)
    let svg = try folder.nnbook("graph", "lines.md").output
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(svg.contains("<title>data → fit: x, y</title>"))
    #expect(
      try folder.nnbook("graph", "lines.md", "--format", "json").output.contains("\"through\""))
  }

  @Test func cacheTellsWhatItHoldsAndIsCleared() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    _ = try folder.nnbook("render", "lines.md")
    // Four cells and an inline value.
    #expect(try folder.nnbook("cache", "status").output.hasPrefix("5 results of cells, "))
    _ = try folder.nnbook("cache", "clear")
    #expect(
      try folder.nnbook("cache", "status").output == """
        0 results of cells, 0 KiB
        0 values, 0 KiB
        0 large tensors, 0 KiB
        0 pages known to be up to date, 0 KiB
        0 KiB of at most 2048 MiB

        """)
    #expect(
      !FileManager.default.fileExists(atPath: folder.work.url.appending(path: ".nnbook").path))
  }
}
