import NNLanguage
import NNSource
import Testing

/// Programs of any depth get a message, or work; none exhausts the stack.
@Suite struct LimitTests {
  private static let many = 10_000

  private static func times(_ text: String, _ count: Int = many) -> String {
    String(repeating: text, count: count)
  }

  static let deepPrograms: [String] = [
    "x = " + times("(", 100_000) + "1" + times(")", 100_000), "x = " + times("("),
    times("[") + times("]"),
    "x = " + times("1+") + "1", "x = " + times("not ") + "y", "x = " + times("-") + "1",
    "x = " + times("2**") + "1", "x = " + times("a and ") + "1", "x = " + times("lambda: ") + "1",
    "x = " + times("1 if a else ", 5_000) + "1", "x" + times(".a"), "x" + times("[0]"),
    "x" + times("()"), times("f(") + times(")"), times("x[") + times("]"),
    "if a:\n  pass\n" + times("elif b:\n  pass\n", 5_000),
    (0..<500).map { times(" ", $0) + "if a:\n" }.joined() + times(" ", 500) + "pass",
    "f\"" + times("{a:") + times("}") + "\"",
    "for " + times("(") + "a" + times(")") + " in x: pass",
    "x = " + times("(a if "),
  ]

  @Test(arguments: deepPrograms.indices) func deepProgramsGiveAMessage(index: Int) {
    let result = tree(Self.deepPrograms[index])
    #expect(
      result.contains("deep") || result.contains("on top of each other")
        || result.contains("never closed"), Comment(rawValue: String(result.prefix(80))))
  }

  @Test func whatTheLimitsAllowIsWalked() {
    let expression = Self.times("f([", 45) + "1" + Self.times("])", 45)
    let blocks = (0..<50).map { Self.times(" ", $0) + "if a:\n" }.joined() + Self.times(" ", 50)
    for program in ["x = " + expression, "x = 1" + Self.times("+1", 190), blocks + "x = f([1])"] {
      #expect(fuzzParse(Array(program.utf8), vocabulary: TestVocabulary.all) == [])
      #expect(!tree(program).contains("deep"))
    }
  }

  @Test func longListsAreNoDeepTrees() throws {
    let file = SourceFile(
      name: "t.nn", text: "x = [" + Self.times("1,") + "]\ny = a" + Self.times("<1"))
    let program = try Parser.program(SourceSlice(wholeOf: file), vocabulary: TestVocabulary.all)
    #expect(program.statements.count == 2)
  }

  @Test func aProgramOfMoreThanAMegabyteIsRefused() {
    #expect(
      tree(Self.times("x = 1\n", 200_000))
        == "1:1: the program has 1200000 bytes, more than 1048576\n")
  }
}
