import Foundation
import Testing

/// `check` and `accept` as whoever keeps notebooks true uses them.
@Suite struct CheckTests {
  private static let notebook = """
    ---
    title: Four points
    params:
      epochs: 20
    ---

    Some prose.

    ```nn setup
    lr = 0.5
    x = [[0, 0], [0, 1], [1, 0], [1, 1]]
    y = [[0], [1], [1], [0]]
    ```

    ```nn net
    seed 1
    network net:
        input 2
        dense 3 tanh
        dense 1 sigmoid
    ```

    ```nn train
    train net on x, y epochs=epochs lr=lr batch=all
    plot net.history.loss labels=["loss"]
    ```

    ```nn show
    weights net
    ```

    ```nn aside
    print sqrt(array([2.0]))
    ```

    ```nn broken error=true
    print 1 / 0
    ```

    The last loss is `nn net.history.loss[-1]`.
    """

  /// A folder with the notebook, rendered.
  private struct Folder {
    let work: WorkFolder

    init(_ arguments: String...) throws {
      work = try WorkFolder()
      try write(CheckTests.notebook)
      let found = try Executable.nnbook.run(["render"] + arguments, in: work.url)
      try #require(found.exitCode == 0, "\(found.errors)")
    }

    func write(_ text: String, to path: String = "notebooks/four.md") throws {
      let url = work.url.appending(path: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }

    func file(_ path: String) throws -> String {
      try String(contentsOf: work.url.appending(path: path), encoding: .utf8)
    }

    func edit(_ old: String, _ new: String, in path: String = "notebooks/four.md") throws {
      let text = try file(path)
      try #require(text.contains(old))
      try write(text.replacingOccurrences(of: old, with: new), to: path)
    }

    func remove(_ path: String) throws {
      try FileManager.default.removeItem(at: work.url.appending(path: path))
    }

    /// Without what a CI system that runs these tests sets.
    func nnbook(_ arguments: String..., setting: String = "") throws -> Executable.Result {
      let command = "unset CI GITHUB_ACTIONS; \(setting) exec \"$0\" \"$@\""
      return try Executable(path: URL(filePath: "/bin/sh")).run(
        ["-c", command, Executable.nnbook.path.path] + arguments, in: work.url)
    }

    /// All there is below the folder of pages, with its bytes.
    var pages: [String: Data] {
      Dictionary(
        uniqueKeysWithValues: work.files.filter { $0.hasPrefix("output/") }.map { path in
          (path, (try? Data(contentsOf: work.url.appending(path: path))) ?? Data())
        })
    }
  }

  // MARK: The promises

  @Test func whatDidNotChangeIsFine() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    for arguments in [["check"], ["check", "--cached"], ["check", "notebooks/four.md"]] {
      let found = try Executable.nnbook.run(arguments, in: folder.work.url)
      #expect(found.exitCode == 0, "\(found.output)")
      #expect(found.output == "")
      #expect(found.errors == "no difference in 1 notebook\n")
    }
  }

  /// The one cause of all that follows, with the worst element of each.
  @Test func aLearningRateIsNamedAsTheCause() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.edit("lr = 0.5", "lr = 0.4")
    let before = folder.pages
    let found = try folder.nnbook("check")
    #expect(found.exitCode == 1)
    #expect(folder.pages == before)
    let lines = found.output.split(separator: "\n").map(String.init)
    let causes = lines.filter { $0.hasPrefix("  because") }
    #expect(
      causes == ["  because its source changed"]
        + [String](
          repeating: "  because the source of the cell 'setup' (notebooks/four.md:9) changed",
          count: 3))
    let titles = lines.filter { !$0.hasPrefix(" ") }
    #expect(
      titles == [
        "notebooks/four.md:1: the page is out of date: output/four.html is not what the notebook "
          + "and its record give; the source of 'setup' changed since the record was made",
        "notebooks/four.md:9: cell 'setup'", "notebooks/four.md:23: cell 'train'",
        "notebooks/four.md:28: cell 'show'",
        "notebooks/four.md:40: the inline value `nn net.history.loss[-1]`",
      ])
    #expect(found.output.contains("output 2, chart: point 20 of 'loss': y was 0."))
    #expect(found.output.contains("output 1, weights: net."))
    #expect(found.output.contains("; 12 more of 13 differ"))
    #expect(found.errors == "6 differences in 1 notebook\n")
  }

  /// The last bit of one number in the record, found, and allowed under a tolerance.
  @Test func oneUlpIsFoundAndMayBeAllowed() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let value = try #require(try firstWeight(folder))
    try folder.edit(value.description, value.nextUp.description, in: "output/four.ipynb")
    let found = try folder.nnbook("check")
    #expect(found.exitCode == 1)
    #expect(
      found.output.contains(
        "output 1, weights: net.W1[0, 0] was \(value.nextUp), is \(value) (by "),
      "\(found.output)")
    #expect(found.output.contains(", 1 ulp)\n"), "\(found.output)")
    #expect(
      found.output.contains("because of another nnbook, or because the record was edited"))
    for tolerance in ["1e-12", "ulp 1", "relative 1e-15"] {
      #expect(try folder.nnbook("check", "--tolerance", tolerance).exitCode == 0, "\(tolerance)")
    }
    #expect(try folder.nnbook("check", "--tolerance", "absolute 1e-300").exitCode == 1)

    // The nearest counts: the cell's, then the notebook's, then the command line's.
    try folder.edit("```nn show", "```nn show tolerance=1e-12")
    #expect(try folder.nnbook("check").exitCode == 0)
    try folder.edit("tolerance=1e-12", "tolerance=exact")
    #expect(try folder.nnbook("check", "--tolerance", "1e-12").exitCode == 1)
    try folder.edit(" tolerance=exact", "")
    // The page tells the line of an error; this leaves all lines where they are.
    try folder.edit("params:\n  epochs: 20", "tolerance: ulp 1\nparams: {epochs: 20}")
    #expect(try folder.nnbook("check").exitCode == 0)
    #expect(try folder.nnbook("check", "--tolerance", "exact").exitCode == 0)
  }

  private func firstWeight(_ folder: Folder) throws -> Double? {
    let record = try folder.file("output/four.ipynb")
    guard let show = record.range(of: "\"name\": \"W1\""),
      let start = record[show.upperBound...].range(of: "\"elements\": [")
    else { return nil }
    return Double(record[start.upperBound...].prefix { $0 != "," })
  }

  @Test func aMovedPointIsToldAsAPoint() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let record = try folder.file("output/four.ipynb")
    let start = try #require(record.range(of: "\"y\": [0")).upperBound
    let rest = record[start...]
    let numbers = "0" + rest.prefix { $0 != "]" }
    var values = numbers.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let third = values[2]
    values[2] = "0.5"
    try folder.edit(numbers, values.joined(separator: ", "), in: "output/four.ipynb")
    let found = try folder.nnbook("check")
    #expect(found.exitCode == 1)
    #expect(
      found.output.contains("output 2, chart: point 3 of 'loss': y was 0.5, is \(third) (by "),
      "\(found.output)")
    #expect(!found.output.contains("svg"))
  }

  // MARK: Pages and records

  @Test func recordsAndPagesThatAreMissingOrDamagedAreTold() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let record = try folder.file("output/four.ipynb")
    try folder.remove("output/four.ipynb")
    #expect(
      try folder.nnbook("check").output == """
        notebooks/four.md:1: there is no record: output/four.ipynb is missing
          hint: nnbook render notebooks/four.md writes it

        """)
    try folder.write("{\"cells\": [", to: "output/four.ipynb")
    let damaged = try folder.nnbook("check")
    #expect(damaged.exitCode == 1)
    #expect(
      damaged.output == """
        notebooks/four.md:1: output/four.ipynb: the record is not JSON at line 1, column 11: \
        ']' expected near end of file
          hint: render the notebook to write its record anew

        """)
    try folder.write(
      record.replacingOccurrences(of: "\"type\": \"weights\"", with: "\"type\": \"wait\""),
      to: "output/four.ipynb")
    #expect(
      try folder.nnbook("check").output.contains(
        "the record's 'type' of the cell 'show' is not a kind of output"))
    try folder.write(record, to: "output/four.ipynb")
    try folder.remove("output/four.html")
    #expect(
      try folder.nnbook("check").output == """
        notebooks/four.md:1: there is no page: output/four.html is missing
          hint: nnbook render notebooks/four.md writes it

        """)
  }

  @Test func whatDoesNotFollowFromSourceAndRecordIsOutOfDate() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.edit("Some prose", "Some other prose", in: "output/four.html")
    #expect(
      try folder.nnbook("check").output == """
        notebooks/four.md:1: the page is out of date: output/four.html is not what the notebook \
        and its record give
          hint: nnbook render notebooks/four.md writes it anew

        """)
    try folder.edit("Some other prose", "Some prose", in: "output/four.html")
    try folder.edit("Some prose", "Some new prose")
    let found = try folder.nnbook("check")
    #expect(found.exitCode == 1)
    #expect(found.output.contains("the record is out of date: the text in output/four.ipynb"))
    #expect(found.output.contains("the page is out of date"))
    #expect(found.errors == "2 differences in 1 notebook\n")
    _ = try folder.nnbook("render")
    try folder.edit("Four points", "Five points", in: "output/index.html")
    #expect(
      try folder.nnbook("check").output == """
        output/index.html:1: the list of notebooks is out of date: output/index.html
          hint: nnbook render on the folder writes it anew

        """)
  }

  @Test func orphansAreTold() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.write("# Gone\n\n```nn\n1\n```\n", to: "notebooks/deep/gone.md")
    _ = try folder.nnbook("render")
    try folder.remove("notebooks/deep/gone.md")
    try folder.write("<p>by hand</p>", to: "output/mine.html")
    try folder.write("{}", to: "output/mine.ipynb")
    let found = try folder.nnbook("check")
    #expect(found.exitCode == 1)
    #expect(
      found.output == """
        output/index.html:1: the list of notebooks is out of date: output/index.html
          hint: nnbook render on the folder writes it anew
        output/deep/gone.html:1: output/deep/gone.html belongs to no notebook that was checked
          hint: remove it, or check its notebook too
        output/deep/gone.ipynb:1: output/deep/gone.ipynb belongs to no notebook that was checked
          hint: remove it, or check its notebook too

        """)
    #expect(try folder.nnbook("check", "notebooks/four.md").exitCode == 0)
  }

  /// Outputs that are marked as out of date are not what the notebook gives.
  @Test func staleCellsAreTold() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.edit("lr = 0.5", "lr = 0.4")
    _ = try folder.nnbook("run", "notebooks/four.md", "setup")
    let found = try folder.nnbook("check", "notebooks/four.md")
    #expect(found.exitCode == 1)
    #expect(
      found.output.contains(
        "cell 'train'\n  is marked as out of date in the record\n  output 1"), "\(found.output)")
    #expect(found.output.contains("  because it was recorded before the cells above it were\n"))
  }

  // MARK: Runs

  @Test func theParametersOfTheRecordedRunAreTaken() throws {
    let folder = try Folder("-P", "epochs=7")
    defer { folder.work.remove() }
    #expect(try folder.nnbook("check").exitCode == 0)
    // What the run was not given is what the notebook says now.
    try folder.edit("epochs: 20", "epochs: 30")
    #expect(!(try folder.nnbook("check").output.contains("cell '")))
    _ = try folder.nnbook("render")
    try folder.edit("epochs: 30", "epochs: 31")
    let found = try folder.nnbook("check")
    #expect(found.output.contains("  because the parameter 'epochs' changed\n"), "\(found.output)")
    _ = try folder.nnbook("render", "-P", "epochs=7")
    try folder.edit("epochs: 31", "rounds: 31")
    #expect(
      try folder.nnbook("check").output.contains(
        "the run in output/four.ipynb had a parameter that can't be given any more: "
          + "the notebook has no parameter 'epochs'"))
  }

  @Test func whatANotebookSavesIsNotWritten() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.write(
      "```nn\nsave array([1]) to \"a.npy\"\nload \"a.npy\" as b\nprint b\n```\n",
      to: "notebooks/four.md")
    _ = try folder.nnbook("render")
    #expect(folder.work.files.contains("output/files/four/a.npy"))
    try folder.remove("output/files")
    #expect(try folder.nnbook("check").exitCode == 0)
    #expect(!folder.work.files.contains("output/files/four/a.npy"))
  }

  @Test func aFailingCellIsToldAndItsCode() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.edit("lr = 0.5", "lr = 1 / 0")
    let found = try folder.nnbook("check")
    #expect(found.exitCode == 2)
    #expect(found.errors.hasPrefix("notebooks/four.md:10:6: division by zero"), "\(found.errors)")
    #expect(
      found.output.contains("cell 'setup'\n  ran to its end, now fails\n"), "\(found.output)")
    #expect(
      found.output.contains(
        "because the source of the cell 'setup' (notebooks/four.md:9) changed"))
  }

  @Test func whereADataSetIsMissingTheOthersAreChecked() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.write("```nn\nload mnist as d\n```\n", to: "notebooks/digits.md")
    try folder.edit("lr = 0.5", "lr = 0.4")
    let found = try folder.nnbook("check")
    #expect(found.exitCode == 66)
    #expect(found.output.contains("cell 'train'"))
    #expect(!found.output.contains("digits"))
    #expect(found.errors.contains("the data set 'mnist' is not on this machine"), "\(found.errors)")
    #expect(found.errors.hasSuffix("6 differences in 1 notebook, 1 not checked\n"))
    let accepted = try folder.nnbook("accept", "notebooks/digits.md")
    #expect(accepted.exitCode == 66)
    #expect(!folder.work.files.contains("output/digits.ipynb"))
  }

  // MARK: Tellings

  @Test func findingsAreToldToOtherPrograms() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.edit("lr = 0.5", "lr = 0.4")
    let found = try folder.nnbook(
      "check", "--junit", "found/check.xml", "--html", "found/check.html", "--json")
    #expect(found.exitCode == 1)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any])
    #expect(json["differences"] as? Int == 6)
    let junit = try folder.file("found/check.xml")
    #expect(junit.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "))
    #expect(
      junit.contains(
        "<testsuite name=\"notebooks/four.md\" tests=\"7\" failures=\"4\" errors=\"0\">"))
    let page = try folder.file("found/check.html")
    #expect(page.contains("Content-Security-Policy"))
    #expect(page.contains("Both in one chart"))
    let annotated = try folder.nnbook("check", setting: "GITHUB_ACTIONS=true")
    #expect(
      annotated.errors.contains(
        "::error file=notebooks/four.md,line=9::cell 'setup'%0Aleaves other values than the "
          + "recorded ones, though no output shows it: 'lr'%0Abecause its source changed\n"),
      "\(annotated.errors)")
  }

  // MARK: accept

  @Test func acceptTakesOneCellAndLeavesTheOthers() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.edit("lr = 0.5", "lr = 0.4")
    let before = try cells(folder)
    let found = try folder.nnbook("accept", "notebooks/four.md#train")
    #expect(found.exitCode == 0)
    #expect(
      found.errors == """
        notebooks/four.md: took the cell 'train'
        notebooks/four.md → output/four.html

        """)
    let after = try cells(folder)
    for label in ["net", "aside", "broken"] { #expect(before[label] == after[label], "\(label)") }
    #expect(before["train"] != after["train"])
    // The others keep their outputs, and page and record say which belong to an earlier version.
    #expect(try outputs(before, "show") == outputs(after, "show"))
    #expect(try folder.file("output/four.html").contains("Out of date: these outputs belong"))
    let left = try folder.nnbook("check")
    #expect(left.exitCode == 1)
    #expect(!left.output.contains("cell 'train'"), "\(left.output)")
    #expect(left.output.contains("cell 'show'\n  is marked as out of date in the record\n"))
    #expect(!left.output.contains("the page is out of date"))

    let all = try folder.nnbook("accept")
    #expect(all.errors.hasPrefix("notebooks/four.md: took the cells 'setup', 'show'"))
    #expect(try folder.nnbook("check").exitCode == 0)
    #expect(try folder.nnbook("accept").errors.hasPrefix("notebooks/four.md: no output differs\n"))
    // The same bytes as a render's.
    let accepted = folder.pages
    _ = try folder.nnbook("render", "--no-cache")
    #expect(folder.pages == accepted)
  }

  private func cells(_ folder: Folder) throws -> [String: NSDictionary] {
    let record = try JSONSerialization.jsonObject(
      with: Data(try folder.file("output/four.ipynb").utf8))
    let cells = (record as? [String: Any])?["cells"] as? [[String: Any]]
    return Dictionary(
      uniqueKeysWithValues: (cells ?? []).map { ($0["id"] as? String ?? "", $0 as NSDictionary) })
  }

  private func outputs(_ cells: [String: NSDictionary], _ label: String) throws -> NSArray {
    try #require(cells[label]?["outputs"] as? NSArray)
  }

  @Test func acceptTakesWhatCameAndDropsWhatWent() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.edit("```nn aside\nprint sqrt(array([2.0]))\n```", "```nn new\nprint 1\n```")
    let one = try folder.nnbook("accept", "notebooks/four.md#show")
    #expect(
      one.errors.hasPrefix("notebooks/four.md: no output differs\n"), "\(one.errors)")
    #expect(try folder.file("output/four.html").contains("Has not run as it stands now."))
    let left = try folder.nnbook("check")
    #expect(
      left.output == """
        notebooks/four.md:1: cell 'aside'
          is gone, and the record still has its outputs
        notebooks/four.md:32: cell 'new'
          is new: the record has no outputs of it

        """, "\(left.output)")
    _ = try folder.nnbook("accept", "notebooks/four.md#5")
    #expect(
      try folder.nnbook("accept", "notebooks/four.md").errors.hasPrefix(
        "notebooks/four.md: dropped 'aside'\n"))
    #expect(try folder.nnbook("check").exitCode == 0)
  }

  @Test func acceptRefusesInCIAndWhatItCannotKnow() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    try folder.edit("lr = 0.5", "lr = 0.4")
    let before = folder.pages
    let ci = try folder.nnbook("accept", setting: "CI=true")
    #expect(ci.exitCode == 64)
    #expect(
      ci.errors == """
        nnbook: accept does not run in CI, where nobody looks at what is taken over (CI is set)
        hint: accept on your own machine, and commit the record and the page

        """)
    let unknown = try folder.nnbook("accept", "notebooks/four.md#shwo")
    #expect(unknown.exitCode == 64)
    #expect(unknown.errors.hasSuffix("hint: did you mean 'show'?\n"))
    #expect(try folder.nnbook("accept", "notebooks#show").exitCode == 64)
    #expect(try folder.nnbook("accept", "notebooks/none.md#show").exitCode == 66)
    #expect(folder.pages == before)
    try folder.remove("output/four.ipynb")
    let without = try folder.nnbook("accept", "notebooks/four.md#show")
    #expect(without.exitCode == 64)
    #expect(without.errors.hasPrefix("nnbook: notebooks/four.md has no record"))
  }

  // MARK: Markdown

  @Test func aPageInMarkdownIsWrittenAndChecked() throws {
    let folder = try Folder()
    defer { folder.work.remove() }
    let found = try folder.nnbook("render", "--to", "md,html", "-o", "pages")
    #expect(
      found.errors == """
        notebooks/four.md → pages/four.html, pages/four.md
        list of notebooks → pages/index.html

        """)
    #expect(
      folder.work.files.filter { $0.hasPrefix("pages/") } == [
        "pages/four.html", "pages/four.md", "pages/four_files/train-2.svg", "pages/index.html",
      ])
    let page = try folder.file("pages/four.md")
    #expect(page.hasPrefix("# Four points\n\nSome prose.\n\n```python\nlr = 0.5\n"))
    #expect(page.contains("](four_files/train-2.svg)"))
    #expect(page.contains("> **Error**: division by zero"))
    #expect(try folder.nnbook("render", "--to", "svg").exitCode == 64)

    _ = try folder.nnbook("render", "--to", "md")
    #expect(try folder.nnbook("check").exitCode == 0)
    try folder.edit("Some prose", "Some other prose", in: "output/four.md")
    #expect(
      try folder.nnbook("check").output.contains("the page is out of date: output/four.md"))
    // A notebook is never written over.
    let over = try folder.nnbook("render", "notebooks/four.md", "--to", "md", "-o", "notebooks")
    #expect(over.exitCode == 64)
    #expect(try folder.file("notebooks/four.md") == Self.notebook)
  }
}
