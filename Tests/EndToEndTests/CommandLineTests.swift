import Foundation
import Testing

/// Each folder under `Cases/` is one run of the command as a user types it: `notebook.md` (or
/// `program.nn`) tells in its own text which behaviour it guards, `arguments` holds the command
/// line, `expected` the exit code and what was written to standard output and standard error.
///
/// `NNBOOK_RECORD=1 swift test --filter CommandLineTests` writes `expected` anew, for a person to
/// read in the diff. CI never records, and a case without `expected` fails.
@Suite struct CommandLineTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  static let cases: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }()

  @Test func thereAreCases() { #expect(Self.cases.count > 10) }

  @Test(arguments: cases) func commandDoesAsExpected(_ name: String) throws {
    let source = Self.folder.appending(path: name)
    let work = FileManager.default.temporaryDirectory.appending(path: "nnbook-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: source, to: work)
    defer { try? FileManager.default.removeItem(at: work) }

    let line = try String(contentsOf: source.appending(path: "arguments"), encoding: .utf8)
    let arguments = line.split(whereSeparator: \.isWhitespace).map(String.init)
    let result = try Executable.nnbook.run(arguments, in: work)
    let found =
      "exit \(result.exitCode)\n--- stdout\n\(result.output)--- stderr\n\(result.errors)"

    let record = source.appending(path: "expected")
    if ProcessInfo.processInfo.environment["NNBOOK_RECORD"] == "1" {
      try Data(found.utf8).write(to: record)
    }
    let expected = try String(contentsOf: record, encoding: .utf8)
    #expect(found == expected)
  }
}
