import Foundation
import Testing

/// What goes wrong while notebooks are checked, in every form that a CI system reads; and what a
/// check must not touch.
@Suite struct CheckReportTests {
  private func errors(_ json: String) throws -> [[String: Any]] {
    let report = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let notebooks = report?["notebooks"] as? [[String: Any]]
    return (notebooks ?? []).flatMap { $0["errors"] as? [[String: Any]] ?? [] }
  }

  @Test func aFailedCellIsInEveryReport() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("a", "print nope"), ("b", "print 1/0")])
    _ = try folder.nnbook("render k.md")
    let found = try folder.shell(
      "GITHUB_ACTIONS=true \"$NNBOOK\" check k.md --junit k.xml --html k.html --json")
    #expect(found.exitCode == 2)
    #expect(found.errors.contains("::error file=k.md,line=2,col=7::there is no name 'nope'\n"))
    #expect(found.errors.contains("::error file=k.md,line=6,col=7::division by zero: 1 / 0\n"))
    let junit = try folder.file("k.xml")
    #expect(junit.contains("<testsuite name=\"k.md\" tests=\"3\" failures=\"0\" errors=\"2\">"))
    #expect(
      junit.contains(
        "<testcase name=\"b\" classname=\"k.md\" file=\"k.md\" line=\"6\">"
          + "<error message=\"k.md:6:7: division by zero: 1 / 0\">"), "\(junit)")
    let errors = try errors(found.output)
    #expect(errors.map { $0["cell"] as? String } == ["a", "b"])
    #expect(errors.map { $0["line"] as? Int } == [2, 6])
    #expect(try folder.file("k.html").contains("k.md:6:7: <bdi>division by zero: 1 / 0</bdi>"))
  }

  @Test func soIsWhatCannotBeRead() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("a", "print (")], to: "p.md")
    try folder.write([("a", "load mnist as d")], to: "d.md")
    let rows: [(String, Int32, line: Int, message: String)] = [
      ("p.md", 65, 2, "this '(' is never closed"),
      ("d.md", 66, 2, "the data set 'mnist' is not on this machine"),
      ("none.md", 66, 1, "no such file: none.md"),
    ]
    for (name, code, line, message) in rows {
      let found = try folder.shell(
        "GITHUB_ACTIONS=true \"$NNBOOK\" check \(name) --junit n.xml --json")
      #expect(found.exitCode == code)
      #expect(found.errors.contains("::error file=\(name),line=\(line)"), "\(found.errors)")
      #expect(found.errors.contains("::\(message)"), "\(found.errors)")
      #expect(try errors(found.output).map { $0["message"] as? String } == [message])
      #expect(try folder.file("n.xml").contains("errors=\"1\""))
      #expect(try folder.file("n.xml").contains("<error message=\"\(name):\(line)"))
    }
  }

  @Test func theOthersAreCheckedWhereOneIsMissing() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("a", "print 1")], to: "books/m.md")
    _ = try folder.nnbook("render books")
    try FileManager.default.createSymbolicLink(
      atPath: folder.work.url.appending(path: "books/z.md").path, withDestinationPath: "/nowhere")
    for arguments in ["nope.md books/m.md", "books"] {
      let found = try folder.nnbook("check \(arguments) --junit n.xml")
      #expect(found.exitCode == 66)
      #expect(found.errors.contains("no difference in 1 notebook, 1 not checked\n"))
      let junit = try folder.file("n.xml")
      #expect(
        junit.contains("<testsuite name=\"books/m.md\" tests=\"2\" failures=\"0\" errors=\"0\">"))
      #expect(junit.contains("<error message="))
    }
  }

  // MARK: What is left alone

  @Test func reportsDoNotStandAmongPages() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("a", "print 1")])
    _ = try folder.nnbook("render k.md")
    let page = try folder.file("output/k.html")
    for path in ["output/k.html", "output/deep/r.html", "./output/../output/r.xml"] {
      for option in ["--html", "--junit"] {
        let found = try folder.nnbook("check k.md \(option) \(path)")
        #expect(found.exitCode == 64)
        #expect(found.errors.contains("would stand among the pages in output"), "\(found.errors)")
      }
    }
    #expect(try folder.nnbook("check k.md --html k.md").exitCode == 64)
    // Also a folder that is not there yet.
    #expect(try folder.nnbook("check k.md -o new --html new/r.html").exitCode == 64)
    #expect(try folder.file("output/k.html") == page)
    #expect(!folder.exists("output/deep"))
    #expect(try folder.nnbook("check k.md --html reports/k.html").exitCode == 0)
  }

  @Test func pipesAreNotReadAsFiles() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("a", "print 1")])
    _ = try folder.nnbook("render k.md")
    let found = try folder.shell(
      "rm output/k.ipynb; mkfifo output/k.ipynb p.md; timeout 60 \"$NNBOOK\" check k.md p.md")
    #expect(found.exitCode == 74)
    #expect(found.errors.contains("output/k.ipynb is not a regular file"), "\(found.errors)")
    #expect(found.errors.contains("p.md is not a regular file"), "\(found.errors)")
    _ = try folder.shell("rm output/k.*; \"$NNBOOK\" render k.md; rm output/k.html")
    let page = try folder.shell("mkfifo output/k.html; timeout 60 \"$NNBOOK\" check k.md")
    #expect(page.exitCode == 74)
    let eval = try folder.shell("echo 'print 2' | \"$NNBOOK\" eval /dev/stdin")
    #expect(eval.output == "2\n")
  }

  @Test func whatIsNoNotebookIsRefused() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("a", "print 1")])
    _ = try folder.nnbook("render k.md")
    let files = folder.work.files
    for command in ["render", "accept", "check"] {
      let found = try folder.nnbook(command + " output/k.ipynb")
      #expect(found.exitCode == 64, "\(command)")
      #expect(
        found.errors == """
          nnbook: output/k.ipynb is no notebook
          hint: a notebook is a file that ends in .md

          """)
    }
    #expect(folder.work.files == files)
  }

  // MARK: Records and pages

  /// As Jupyter's own tools save it: keys in their order, other spaces, another end.
  @Test func aRecordInAnotherLayoutIsTheSame() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    let prose = (1...11).map { "It is `nn y + \($0)`.\n" }.joined()
    try folder.write(
      [("a", "x = 2\ny = 1e-7\nprint array([1.5, 1e22, 3.0])"), ("b", "print x, y")], prose: prose)
    _ = try folder.nnbook("render k.md")
    let record = try folder.file("output/k.ipynb")
    let json = try JSONSerialization.jsonObject(with: Data(record.utf8))
    let other = try JSONSerialization.data(
      withJSONObject: json, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    try folder.write(String(decoding: other, as: UTF8.self) + "\n\n", to: "output/k.ipynb")
    let found = try folder.nnbook("check k.md")
    #expect(found.exitCode == 0, "\(found.output)")
    try folder.edit("print x, y", "print  x, y", in: "output/k.ipynb")
    #expect(try folder.nnbook("check k.md").output.contains("the record is out of date"))
  }

  @Test func picturesOfAMarkdownPageAreChecked() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write(
      [("a", "print 1\nplot array([1.0, 2])"), ("b", "save array([1.0]) to \"x.npy\"")],
      to: "books/m.md")
    let render = "render books --to html,ipynb,md"
    _ = try folder.nnbook(render)
    #expect(try folder.nnbook("check books").exitCode == 0)
    let picture = try folder.file("output/m_files/a-2.svg")
    try folder.write(picture + " ", to: "output/m_files/a-2.svg")
    #expect(
      try folder.nnbook("check books").output.contains(
        "a picture of the page is out of date: output/m_files/a-2.svg"))
    try folder.remove("output/m_files/a-2.svg")
    #expect(
      try folder.nnbook("check books").output.contains(
        "a picture of the page is missing: output/m_files/a-2.svg"))

    // What an earlier page showed goes; what somebody else put there stays.
    _ = try folder.nnbook(render)
    try folder.write("by hand", to: "output/m_files/mine.svg")
    try folder.write([("a", "print 1")], to: "books/m.md")
    _ = try folder.nnbook("render books")
    #expect(!folder.exists("output/m_files/a-2.svg"))
    try folder.write("of old", to: "output/m_files/a-2.svg")
    #expect(
      try folder.nnbook("check books").output.contains(
        "output/m_files/a-2.svg is shown by no page any more"))
    _ = try folder.nnbook(render)
    #expect(!folder.exists("output/m_files/a-2.svg"))
    #expect(folder.exists("output/m_files/mine.svg"))
    #expect(folder.exists("output/files/m/x.npy"))
    #expect(
      try folder.nnbook("check books").output == """
        output/files/m/x.npy:1: output/files/m/x.npy is saved by no notebook that was checked
          hint: remove it

        """)
  }

  @Test func aStandingMarkdownPageFollowsPageAndRecord() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("a", "print 1")])
    #expect(try folder.nnbook("render k.md --to html,ipynb,md").exitCode == 0)
    for (number, command) in ["accept k.md", "accept k.md#a", "render k.md", "run k.md a"]
      .enumerated()
    {
      try folder.write([("a", "print 1\nplot array([1.0, \(number)])")])
      #expect(try folder.nnbook("check k.md").exitCode == 1)
      #expect(
        try folder.nnbook(command).errors.contains(
          "k.md → output/k.html, output/k.ipynb, output/k.md\n"))
      let checked = try folder.nnbook("check k.md")
      #expect(checked.exitCode == 0, "\(command): \(checked.output)")
    }
    // One that somebody else wrote is not replaced unasked.
    try folder.write("Mine\n", to: "output/k.md")
    #expect(try folder.nnbook("render k.md").exitCode == 0)
    #expect(try folder.file("output/k.md") == "Mine\n")
    #expect(
      try folder.nnbook("check k.md").output.contains("hint: nnbook render k.md --to md writes"))
    // Nor is the notebook taken for its own page.
    #expect(try folder.nnbook("render k.md -o .").exitCode == 0)
    #expect(try folder.nnbook("check k.md -o .").exitCode == 0)
  }

  /// A link among the pages may have come with the notebooks; the folder of pages may be one.
  @Test func pagesAreNotWrittenThroughLinks() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("a", "print 1")], to: "books/a/x.md")
    try folder.write([("a", "print 1")], to: "k.md")
    try folder.write("", to: "victim/there")
    let links = [
      "ln -s ../victim output/a", "ln -s ../victim output/k_files", "ln -s output named",
    ]
    _ = try folder.shell("mkdir output; " + links.joined(separator: "; "))
    for (command, link) in [
      ("render books", "output/a"), ("accept books", "output/a"),
      ("render k.md --to md", "output/k_files"),
      ("render books -o named", "named/a"),
    ] {
      let found = try folder.nnbook(command)
      #expect(found.exitCode == 74, "\(command)")
      #expect(found.errors.contains(" is not written: \(link) is a link"), "\(found.errors)")
    }
    #expect(try folder.nnbook("render k.md -o named").exitCode == 0)
    #expect(folder.work.files.filter { $0.hasPrefix("victim/") } == ["victim/there"])
    #expect(folder.exists("output/k.html"))
  }

  @Test func errorsAreCountedInTheSummary() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("a", "print 1/0"), ("b", "print nope")])
    try folder.write([("a", "load mnist as d"), ("b", "load iris as e")], to: "d.md")
    _ = try folder.nnbook("render k.md")
    let found = try folder.nnbook("check k.md d.md --json --html k.html")
    let summary = "no difference in 1 notebook, 2 errors, 1 not checked"
    #expect(
      found.errors.hasSuffix(
        "d.md: not checked: the data set 'mnist' is not on this machine: nnbook data get mnist\n"
          + summary + "\n"))
    #expect(found.output.contains("\"summary\": \"\(summary)\""), "\(found.output)")
    #expect(try folder.file("k.html").contains(summary))
  }

  // MARK: accept

  @Test func acceptOfOneCellLeavesWhatCameAndWent() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("a", "print 1"), ("b", "print 2"), ("c", "print 3")])
    _ = try folder.nnbook("render k.md")
    try folder.write([("a", "print 10"), ("c", "print 3"), ("d", "print 4")])
    let accepted = try folder.nnbook("accept k.md#a")
    #expect(accepted.errors.hasPrefix("k.md: took the cell 'a'\n"), "\(accepted.errors)")
    let told = """
      k.md:1: cell 'b'
        is gone, and the record still has its outputs

      """
    #expect(
      try folder.nnbook("check k.md").output == told + """
        k.md:9: cell 'd'
          is new: the record has no outputs of it

        """)
    _ = try folder.nnbook("accept k.md#d")
    #expect(try folder.nnbook("check k.md").output == told)
    #expect(try folder.nnbook("accept k.md").errors.hasPrefix("k.md: dropped 'b'\n"))
    #expect(try folder.nnbook("check k.md").exitCode == 0)

    try folder.write("{", to: "output/k.ipynb")
    let damaged = try folder.nnbook("accept k.md#a")
    #expect(damaged.exitCode == 64)
    #expect(damaged.errors.hasPrefix("nnbook: output/k.ipynb: the record is not JSON at line 1"))
  }
}
