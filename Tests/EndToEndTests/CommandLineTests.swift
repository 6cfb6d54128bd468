import Foundation
import Testing

/// Each folder under `Cases/` is one run of the command as a user types it: `notebook.md` (or
/// `program.nn`, or `notes`) tells in its own text which behaviour it guards, `arguments` holds the
/// command line, `input` what comes from standard input, `expected` the exit code, what was written
/// to standard output and standard error, and which files came to be.
///
/// `NNBOOK_RECORD=1 swift test --filter CommandLineTests` writes `expected` anew, for a person to
/// read in the diff. CI never records, and a case without `expected` fails.
@Suite struct CommandLineTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  static let cases: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }()

  @Test func thereAreCases() { #expect(Self.cases.count > 30) }

  @Test(arguments: cases) func commandDoesAsExpected(_ name: String) throws {
    let source = Self.folder.appending(path: name)
    let work = try WorkFolder(copying: source)
    defer { work.remove() }

    let line = try String(contentsOf: source.appending(path: "arguments"), encoding: .utf8)
    let arguments = line.split(whereSeparator: \.isWhitespace).map(String.init)
    let input = try? String(contentsOf: source.appending(path: "input"), encoding: .utf8)
    let before = work.files
    let result = try Executable.nnbook.run(arguments, in: work.url, input: input)
    let written = work.files.filter { !before.contains($0) }
    var found = "exit \(result.exitCode)\n"
    for (title, text) in [("stdout", result.output), ("stderr", result.errors)] {
      found += "--- \(title)\n" + text.replacingOccurrences(of: work.url.path, with: "FOLDER")
    }
    if !written.isEmpty { found += "--- files\n" + written.map { $0 + "\n" }.joined() }

    let record = source.appending(path: "expected")
    if ProcessInfo.processInfo.environment["NNBOOK_RECORD"] == "1" {
      try Data(found.utf8).write(to: record)
    }
    let expected = try String(contentsOf: record, encoding: .utf8)
    #expect(found == expected)
  }

  /// `nnbook eval | head -1`: the reader goes away, and nothing is complained about.
  @Test func closedPipeEndsTheProgramQuietly() throws {
    let work = try WorkFolder()
    defer { work.remove() }
    let program = "for i in range(200000):\n    print i"
    let errors = work.url.appending(path: "errors")
    let command = "\"$1\" eval - 2>\"$2\" | head -1"
    let found = try Executable(path: URL(filePath: "/bin/sh")).run(
      ["-c", command, "sh", Executable.nnbook.path.path, errors.path], in: work.url,
      input: program)
    #expect(found.output == "0\n")
    #expect(found.errors == "")
    #expect(try String(contentsOf: errors, encoding: .utf8) == "")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
  func outputThatCannotBeWrittenIsTold() throws {
    let work = try WorkFolder()
    defer { work.remove() }
    let found = try Executable(path: URL(filePath: "/bin/sh")).run(
      ["-c", "\"$1\" eval - >/dev/full", "sh", Executable.nnbook.path.path], in: work.url,
      input: "print 1")
    #expect(found.exitCode == 74)
    #expect(found.errors == "nnbook: can't write <stdout>: No space left on device\n")
  }

  /// Under GitHub Actions every finding is an annotation too, on one line.
  @Test func findingsAreAnnotationsUnderGitHubActions() throws {
    let work = try WorkFolder(copying: Self.folder.appending(path: "lint-program"))
    defer { work.remove() }
    let found = try Executable(path: URL(filePath: "/bin/sh")).run(
      [
        "-c", "GITHUB_ACTIONS=true exec \"$1\" lint program.nn", "sh",
        Executable.nnbook.path.path,
      ], in: work.url, input: nil)
    #expect(found.exitCode == 65)
    #expect(
      found.errors == """
        ::error file=program.nn,line=2,col=7,endColumn=30::shapes (2, 3) and (4,) do not multiply: \
        3 columns against 4 elements
        ::error file=program.nn,line=3,col=7,endColumn=11::there is no name 'totl'
        2 problems in 1 program (2 errors, 0 warnings)

        """)
  }

  /// The folder with the publisher's packed files of MNIST, if this machine has them.
  private static let mnist: URL? = {
    let folders = ProcessInfo.processInfo.environment["NNBOOK_DATA"]?.split(separator: ":") ?? []
    return folders.map { URL(filePath: String($0)).appending(path: "mnist") }.first {
      FileManager.default.fileExists(
        atPath: $0.appending(path: "train-images-idx3-ubyte.gz").path)
    }
  }()

  @Test(.enabled(if: mnist != nil, "the data set mnist is not on this machine"))
  func dataIsFetchedWhereItWasCutOffAndChecked() throws {
    let source = try #require(Self.mnist)
    let work = try WorkFolder()
    defer { work.remove() }
    let cache = work.url.appending(path: "cache/nnbook/mnist")
    try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
    let name = "train-labels-idx1-ubyte.gz"
    let whole = try Data(contentsOf: source.appending(path: name))
    try whole.prefix(1000).write(to: cache.appending(path: name + ".part"))
    let get = ["data", "get", "mnist", "--from", source.absoluteString]
    let found = try Executable.nnbook.run(get, in: work.url)
    #expect(found.exitCode == 0, "\(found.errors)")
    #expect(try Data(contentsOf: cache.appending(path: name)) == whole)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: cache.path).sorted() == [
        "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz", "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz",
      ])
    let place = try Executable.nnbook.run(["data", "where", "mnist"], in: work.url)
    #expect(place.output == cache.path + "\n")

    // A file that is another's is refused and taken away.
    try FileManager.default.removeItem(at: cache)
    let other = work.url.appending(path: "other")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: source.appending(path: name),
      to: other.appending(path: "train-images-idx3-ubyte.gz"))
    let wrong = try Executable.nnbook.run(
      ["data", "get", "mnist", "--from", other.absoluteString], in: work.url)
    #expect(wrong.exitCode == 74)
    #expect(
      wrong.errors.contains("'train-images-idx3-ubyte' is not the publisher's file"),
      "\(wrong.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: cache.path) == [])
  }

  /// A second run finds the page as it should be, and does not touch it.
  @Test func pageThatIsTheSameIsLeftAlone() throws {
    let work = try WorkFolder(copying: Self.folder.appending(path: "render-writes"))
    defer { work.remove() }
    let page = work.url.appending(path: "output/notebook.html")
    _ = try Executable.nnbook.run(["render", "notebook.md"], in: work.url)
    let first = try Data(contentsOf: page)
    let old = Date(timeIntervalSince1970: 1_000_000_000)
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: page.path)
    _ = try Executable.nnbook.run(["render", "notebook.md"], in: work.url)
    let attributes = try FileManager.default.attributesOfItem(atPath: page.path)
    #expect(attributes[.modificationDate] as? Date == old)
    #expect(try Data(contentsOf: page) == first)
  }
}
