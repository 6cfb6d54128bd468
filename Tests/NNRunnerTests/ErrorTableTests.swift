import Foundation
import NNData
import NNNotebook
import NNOutput
import NNRunner
import NNRuntime
import NNSource
import Testing

/// The catalogue of errors: `Errors/*.txt` holds a row for each mistake, its id and program on the
/// first line and then every message, as a reader gets it. `⏎` stands for a line's end in the
/// program. A program is run as `row.nn`; a row whose id begins with `notebook` as `row.md`. Files are
/// those of NNDataTests.
///
/// `NNBOOK_RECORD=1 swift test --filter ErrorTableTests` writes the messages anew, for a person to
/// read in the diff. CI never records.
@Suite struct ErrorTableTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let id: String
    let program: String
    var messages: [String]

    var testDescription: String { id }

    var text: String { "# \(id): \(program)\n" + messages.map { $0 + "\n" }.joined() }
  }

  struct Table {
    let file: URL
    var rows: [Row] = []

    init(_ file: URL) throws {
      self.file = file
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        if line.hasPrefix("# "), let colon = line.range(of: ": ") {
          let id = String(line[line.index(line.startIndex, offsetBy: 2)..<colon.lowerBound])
          rows.append(Row(id: id, program: String(line[colon.upperBound...]), messages: []))
        } else if !rows.isEmpty {
          rows[rows.count - 1].messages.append(String(line))
        }
      }
    }
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Errors")
  static let tables: [Table] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { try? Table(folder.appending(path: $0)) }
  }()
  static let isRecording = ProcessInfo.processInfo.environment["NNBOOK_RECORD"] == "1"

  @Test(.enabled(if: isRecording, "NNBOOK_RECORD is not set")) func recording() throws {
    for table in Self.tables {
      let rows = table.rows.map { row in
        Row(id: row.id, program: row.program, messages: Self.messages(of: row))
      }
      try rows.map(\.text).joined(separator: "\n")
        .write(to: table.file, atomically: true, encoding: .utf8)
    }
  }

  @Test(arguments: tables.flatMap(\.rows)) func messageIsExactly(_ row: Row) {
    guard !Self.isRecording else { return }
    #expect(Self.messages(of: row) == row.messages)
  }

  @Test func everyRowHasItsOwnName() {
    let ids = Self.tables.flatMap(\.rows).map(\.id)
    #expect(Set(ids).count == ids.count)
  }

  /// Ten mistakes of a beginner: one message each, with its place and a way out.
  @Test func beginnersMistakesAreToldOnceAndHowToMendThem() throws {
    let table = try #require(Self.tables.first)
    #expect(table.file.lastPathComponent == "1-beginners.txt")
    #expect(table.rows.count == 10)
    for row in table.rows {
      let places = row.messages.filter { $0.hasPrefix("row.") }
      #expect(places.count == 1, "\(row.id)")
      #expect(row.messages.last?.hasPrefix("hint: ") == true, "\(row.id)")
    }
  }

  private static let files = FileAccess(
    folder: folder.appending(path: "../../NNDataTests/Fixtures").path, saving: .memory)

  /// Every message of a run of the row's program, line by line.
  private static func messages(of row: Row) -> [String] {
    let (found, source) = diagnostics(of: row)
    return found.flatMap { $0.text(in: source).split(separator: "\n").map(String.init) }
  }

  static func diagnostics(of row: Row) -> (found: [Diagnostic], source: SourceFile) {
    let text = row.program.replacingOccurrences(of: "⏎", with: "\n")
    let source: SourceFile
    var found: [Diagnostic] = []
    if row.id.hasPrefix("notebook") {
      source = SourceFile(name: "row.md", text: text)
      var runner = NotebookRunner()
      runner.files = files
      found = runner.run(Notebook.read(source)).allDiagnostics
    } else {
      source = SourceFile(name: "row.nn", text: text)
      var told: [Diagnostic] = []
      let runner = ProgramRunner(limits: Limits(seconds: 5), files: files) { output in
        if case .diagnostic(let diagnostic) = output { told.append(diagnostic) }
      }
      found = runner.run(source).problems
      found += told
    }
    return (found, source)
  }
}
