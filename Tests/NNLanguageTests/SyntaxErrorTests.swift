import NNLanguage
import NNSource
import Testing

/// Every syntax error by id: a program, where it is told, and in which words.
struct SyntaxErrorRow: Sendable, CustomTestStringConvertible {
  let id: String
  let program: String
  /// line:column-column
  let place: String
  let message: String
  let hint: String?

  init(_ id: String, _ program: String, _ place: String, _ message: String, hint: String? = nil) {
    self.id = id
    self.program = program
    self.place = place
    self.message = message
    self.hint = hint
  }

  var testDescription: String { id }
}

@Suite struct SyntaxErrorTests {
  @Test(arguments: SyntaxErrorRow.all) func row(_ row: SyntaxErrorRow) throws {
    let file = SourceFile(name: "t.nn", text: row.program)
    let error = try #require(throws: Diagnostic.self) {
      try Parser.program(SourceSlice(wholeOf: file), vocabulary: TestVocabulary.all)
    }
    let lower = file.position(of: error.range.lower)
    let upper = file.position(of: error.range.upper)
    #expect("\(lower.line):\(lower.column)-\(upper.column)" == row.place)
    #expect(error.problem.wording == Wording(row.message, hint: row.hint))
  }

  @Test func idsAreUnique() {
    #expect(Set(SyntaxErrorRow.all.map(\.id)).count == SyntaxErrorRow.all.count)
  }
}

extension SyntaxErrorRow {
  static let all = expressionsAndBlocks + characters + foreignSyntax + commands
}
