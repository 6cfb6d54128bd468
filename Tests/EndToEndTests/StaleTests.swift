import Foundation
import Testing

/// What a page and its record say of cells that did not run, and that what comes from the cache is
/// what a fresh run gives.
@Suite struct StaleTests {
  private struct Folder {
    let work: WorkFolder

    init() throws { work = try WorkFolder() }

    /// Cells as their info string and program; a text alone is prose.
    func write(_ parts: [(String, String)], params: String = "") throws {
      let head = params.isEmpty ? "" : "---\nparams:\n  \(params)\n---\n\n"
      let text = parts.map { $0.isEmpty ? $1 : "```nn \($0)\n\($1)\n```" }
      try write(head + text.joined(separator: "\n\n") + "\n")
    }

    func write(_ text: String) throws {
      try Data(text.utf8).write(to: work.url.appending(path: "m.md"))
    }

    @discardableResult
    func nnbook(_ arguments: String...) throws -> Executable.Result {
      try Executable.nnbook.run(arguments, in: work.url)
    }

    func file(_ path: String) throws -> String {
      try String(contentsOf: work.url.appending(path: path), encoding: .utf8)
    }

    /// Whether page and record are those of a run without a cache.
    func isFresh() throws -> Bool {
      try nnbook("render", "m.md", "--no-cache", "-o", "fresh")
      return try ["html", "ipynb"].allSatisfy {
        try file("output/m.\($0)") == file("fresh/m.\($0)")
      }
    }
  }

  // MARK: Functions with one program

  private static let inverse = "def g(v):\n    return 1 / v"

  @Test func aMessagePointsAtTheLastOfEqualFunctions() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.write([("a", Self.inverse), ("b", Self.inverse), ("c error=true", "g(0)")])
    try folder.nnbook("render", "m.md")
    #expect(try folder.file("output/m.ipynb").contains("\"b\","))
    #expect(try folder.isFresh())
    #expect(try folder.nnbook("check", "m.md").exitCode == 0)
    #expect(try folder.nnbook("check", "m.md", "--cached").exitCode == 0)
  }

  @Test(arguments: ["g(0)", "h(0)", "l[0](0)", "l[1](0)"])
  func aKeptFunctionIsTheOneOfItsPlace(call: String) throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let made =
      Self.inverse + "\nh = g\ndef g(v):\n    return 1  /  v\n"
      + "l = list(lambda v: 1/v, lambda v: 1  /  v)"
    try folder.write([("a", made), ("b", "k = list(h, g)"), ("c error=true", call)])
    try folder.nnbook("render", "m.md")
    try folder.write([("a", made), ("b", "k = list(h, g)"), ("c error=true", call + "  # c")])
    try folder.nnbook("render", "m.md")
    #expect(try folder.isFresh())
  }

  /// The cell that hands the function on has the same key, whatever stands above.
  @Test func aFunctionThatWasHandedOnMovesWithItsSource() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let make = "def make(k):\n    return lambda v: 1/v"
    let end = [("h", "h = make(1)"), ("c error=true", "h(0)")]
    for start in [[], [("z", "z = lambda v: 1/v")], [("z", make)], [("z", "z = 1")]] {
      try folder.write(start + [("a", make)] + end)
      try folder.nnbook("render", "m.md")
      #expect(try folder.isFresh())
    }
    // A parameter chooses between two that read the same.
    let choice = "if n > 1:\n    g = f\nelse:\n    g = h"
    let cells = [
      ("a", "def h(v):\n    return 1 / v\nf = h"), ("b", "def h(v):\n    return 1 / v"),
      ("d", choice), ("c error=true", "g(0)"),
    ]
    for n in [1, 2, 1] {
      try folder.write(cells, params: "n: \(n)")
      try folder.nnbook("render", "m.md")
      #expect(try folder.isFresh())
    }
  }

  @Test func aCommentRunsNoCellThatReadsAFunction() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let cells = [("b", Self.inverse), ("c", "h = g\nprint h(2)")]
    try folder.write([("a", Self.inverse)] + cells)
    try folder.nnbook("render", "m.md")
    try folder.write([("a", "# why\n" + Self.inverse + "  # so")] + cells)
    #expect(try folder.nnbook("why", "m.md", "c").output.hasPrefix("c would not run"))
  }

  // MARK: Inline values

  @Test func anInlineValueHasTheParameterOfTheRun() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let parts = [("a", "print 2"), ("", "Value `nn n`."), ("b", "print n")]
    try folder.write(parts, params: "n: 1")
    try folder.nnbook("render", "m.md")
    try folder.nnbook("run", "m.md", "a", "-P", "n=9")
    #expect(try folder.file("output/m.ipynb").contains("Value 9."))
    try folder.write(parts, params: "n: 7")
    try folder.nnbook("run", "m.md", "a")
    #expect(try folder.file("output/m.html").contains("Value <span class=\"inline\">7</span>"))
  }

  @Test func anInlineValueOfACellThatDidNotRunSaysSo() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.write([("a", "x = 1"), ("", "Value `nn x`."), ("b", "print 2")])
    try folder.nnbook("render", "m.md")
    try folder.write([("a", "x = 5"), ("", "Value `nn x`."), ("b", "print 2")])
    try folder.nnbook("run", "m.md", "b")
    let page = try folder.file("output/m.html")
    #expect(page.contains("Value <span class=\"inline stale\">1 (out of date)</span>"))
    #expect(try folder.nnbook("check", "m.md").exitCode == 1)
    try folder.nnbook("run", "m.md", "a")
    #expect(try folder.file("output/m.html").contains("<span class=\"inline\">5</span>"))
  }

  /// Without a cache, what the record says is taken where it came from the same values.
  @Test func oneExpressionAtTwoPlacesHasItsOwnRecordAtEach() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let parts = [
      ("a", "x = 1"), ("", "First `nn x`."), ("b", "x = 2"), ("", "Then `nn x`."), ("c", "print 3"),
    ]
    try folder.write(parts)
    try folder.nnbook("render", "m.md")
    let page = try folder.file("output/m.html")
    try folder.nnbook("cache", "clear")
    try folder.nnbook("run", "m.md", "c")
    #expect(try folder.file("output/m.html") == page)
  }

  // MARK: Why a cell did not run

  @Test func theReasonOfASkippedCellGoesWithItsCause() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let (failing, end) = (("a", "f = nope"), [("c", "print f"), ("z", "print 1")])
    try folder.write([failing] + end)
    try folder.nnbook("render", "m.md")
    #expect(try folder.file("output/m.html").contains("Did not run"))
    try folder.write([failing, ("b", "f = 3")] + end)
    let run = try folder.nnbook("run", "m.md", "z")
    #expect(run.exitCode == 0)
    #expect(
      run.errors == """
        ran          z
        failed       a: m.md:2:5: there is no name 'nope'
        out of date  b: it has not run yet
                     c: cells that give it f have to run first
        m.md → output/m.html

        """)
    let page = try folder.file("output/m.html")
    #expect(!page.contains("Did not run"))
    #expect(page.contains("Has not run as it stands now."))
    #expect(
      try folder.nnbook("why", "m.md", "c").output.hasPrefix(
        "c would run\n  cells that give it f have to run first\n"))
  }

  @Test func recordedCellsWithoutLabelsAreFoundByTheirPrograms() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let text = "```nn\nprint 1\n```\n\n```nn\nprint 2\n```\n"
    try folder.write(text)
    try folder.nnbook("render", "m.md")
    try folder.nnbook("cache", "clear")
    try folder.write("```nn\nprint 0\n```\n\n" + text)
    #expect(
      try folder.nnbook("run", "m.md", "1").errors == """
        ran          cell-1: it has not run yet
        as recorded  cell-2, cell-3
        m.md → output/m.html

        """)
    #expect(try folder.isFresh())
  }

  @Test func aRecordOfACellThatWasNotMeantToFailIsNoneOfOneThatIs() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let cells = [("b", "print 1"), ("c", "print 2 / 0"), ("d", "print 3")]
    try folder.write(cells)
    try folder.nnbook("render", "m.md")
    try folder.nnbook("cache", "clear")
    try folder.write([("b error=true", "print 1"), ("c error=true", "print 2 / 0"), cells[2]])
    #expect(
      try folder.nnbook("run", "m.md", "d").errors.contains(
        """
        out of date  b: its result is not in the cache
                     c: it failed the last time
        """))
  }

  @Test func aRecordedSeedMendsTheStreamThatAFailureBroke() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let cells = [
      ("a", "x = rand(2) + nope"), ("b", "seed 3"), ("c", "print rand(2)"), ("d", "print 1"),
    ]
    try folder.write(cells)
    try folder.nnbook("render", "m.md")
    try folder.nnbook("cache", "clear")
    #expect(try folder.nnbook("run", "m.md", "d").errors.contains("as recorded  b, c\n"))
    #expect(try folder.isFresh())
  }

  // MARK: Failures

  @Test func whatFailsAsItIsMeantToIsNoFailure() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.write([("d error=true", "print nope"), ("d2 error=true", "print 1 / 0")])
    #expect(try folder.nnbook("render", "m.md").exitCode == 0)
    #expect(
      try folder.nnbook("why", "m.md", "d").output == """
        d does not run: it is meant to fail, and does as it is written: there is no name 'nope'
        it needs nothing from above

        """)
    let run = try folder.nnbook("run", "m.md", "d2")
    #expect(run.exitCode == 0)
    #expect(run.errors == "ran          d2\nm.md → output/m.html\n")
    let dry = try folder.nnbook("run", "m.md", "d", "--dry-run")
    #expect(dry.errors == "cached       d2\nas meant     d\n")
  }

  private static let failures = [
    ("a", "print 1 / 0"), ("b", "print 3"), ("c", "x = nope"), ("u", "print x"),
  ]

  @Test func runTellsFailuresAndExitsForWhatWasAsked() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.write(Self.failures)
    #expect(try folder.nnbook("render", "m.md").exitCode == 2)
    let run = try folder.nnbook("run", "m.md", "b")
    #expect(run.exitCode == 0)
    #expect(
      run.errors == """
        ran          b
        failed       a: m.md:2:7: division by zero: 1 / 0
                     c: m.md:10:5: there is no name 'nope'
        did not run  u: it needs 'x', which the cell 'c' could not make
        m.md → output/m.html

        """)
    #expect(try folder.isFresh())
    #expect(try folder.nnbook("run", "m.md", "a").exitCode == 2)
    #expect(try folder.nnbook("run", "m.md", "u").exitCode == 2)
    #expect(
      try folder.nnbook("run", "m.md", "c", "--dry-run").errors == """
        cached       b
        failed       a: m.md:2:7: division by zero: 1 / 0
        can't run    c: m.md:10:5: there is no name 'nope'
                     u: it needs 'x', which the cell 'c' could not make

        """)
    #expect(
      try folder.nnbook("why", "m.md", "a").output
        == "a would run\n  it failed the last time\nit needs nothing from above\n")
  }

  /// A name that only a cell below makes is one that a function may look up.
  @Test func whatIsFoundInACellIsFoundAnew() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let cells = [("f", "def f(v):\n    return v + a"), ("b", "print 1")]
    try folder.write(cells)
    #expect(try folder.nnbook("render", "m.md").exitCode == 2)
    try folder.write(cells + [("a", "a = 1")])
    #expect(
      try folder.nnbook("run", "m.md", "b").errors.contains(
        """
        out of date  f: it has not run yet
                     a: it has not run yet
        """))
  }

  @Test func anEditedFailureHasRunBefore() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.write(Self.failures)
    try folder.nnbook("render", "m.md")
    try folder.write([("a", "print 1 / 2"), ("b", "print 3"), ("c", "x = 4"), ("u", "print x")])
    #expect(
      try folder.nnbook("run", "m.md", "u").errors == """
        ran          c: it has not run yet
                     u: it has not run yet
        cached       b
        out of date  a: its program changed
        m.md → output/m.html

        """)
  }

  /// It leaves nothing that a cell below could wait for, run or not.
  @Test func aCellThatIsMeantToFailHoldsNobodyUp() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let (start, end) = (("a", "x = 1"), ("c", "print x"))
    try folder.write([start, ("d error=true", "x = 2\nprint 1 / 0"), end])
    try folder.nnbook("render", "m.md")
    try folder.write([start, ("d error=true", "x = 3\nprint 2 / 0"), end])
    let run = try folder.nnbook("run", "m.md", "c")
    #expect(run.output == "1\n")
    try folder.write([start, ("d error=true", "x = 3"), end])
    #expect(try folder.nnbook("render", "m.md").exitCode == 2)
    #expect(try folder.nnbook("show", "m.md", "c", "x").output == "1\n")
  }

  // MARK: Notebooks that can't be read

  @Test(arguments: ["run", "why", "graph"])
  func anUnclosedFenceIsTold(command: String) throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.write("# T\n\n```\ntext\n\n```nn a\nprint 1\n")
    let arguments = command == "graph" ? [command, "m.md"] : [command, "m.md", "1"]
    let result = try Executable.nnbook.run(arguments, in: folder.work.url)
    #expect(result.exitCode == 65)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix("m.md:3:1: the code block that begins here is not closed\n"))
  }

  // MARK: The cache's folder

  @Test func aCacheThatIsNoFolderIsNotCleared() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let path = folder.work.url.appending(path: ".nnbook").path
    try Data("x".utf8).write(to: URL(filePath: path))
    let clear = try folder.nnbook("cache", "clear")
    #expect(clear.exitCode == 74)
    #expect(clear.errors == "nnbook: can't write .nnbook: it is not a folder\n")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: folder.work.url.path)
    #expect(try folder.nnbook("cache", "clear").errors.hasSuffix(".nnbook: it is a link\n"))
    try FileManager.default.removeItem(atPath: path)
    #expect(try folder.nnbook("cache", "clear").exitCode == 0)
  }
}
