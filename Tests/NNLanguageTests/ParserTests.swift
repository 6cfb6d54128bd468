import NNLanguage
import NNSource
import Testing

/// What a program's tree looks like; on an error, its place and words.
func parse(_ text: String) -> String {
  let file = SourceFile(name: "t.nn", text: text)
  do throws(Diagnostic) {
    let program = try Parser.program(SourceSlice(wholeOf: file), vocabulary: TestVocabulary.all)
    return program.dump(in: file)
  } catch {
    let place = file.position(of: error.range.lower)
    return "\(place.line):\(place.column): \(error.problem.wording.message)"
  }
}

@Suite struct ParserTests {
  @Test func assignment() {
    #expect(
      parse("x = 1 + 2") == """
        assign 1:1-1:10
          target x 1:1-1:2
          binary + 1:5-1:10
            integer 1 1:5-1:6
            integer 2 1:9-1:10

        """)
  }
}
