import NNLanguage
import NNSource
import Testing

@Suite struct LexerTests {
  /// A cell inside a block quote: each line stands behind "> " in the file.
  private func quoted(_ lines: [String]) -> (SourceFile, SourceSlice) {
    let file = SourceFile(name: "t.md", text: lines.map { "> " + $0 }.joined(separator: "\n"))
    let slice = SourceSlice(
      lines: lines.enumerated().map { index, line in
        (Array(line.utf8), file.lineStarts[index] + 2)
      })
    return (file, slice)
  }

  private func texts(_ program: String) -> [String] {
    let file = SourceFile(name: "t.nn", text: program)
    return Lexer.tokens(of: SourceSlice(wholeOf: file)).tokens.map { token in
      switch token.kind {
      case .newline: "NEWLINE"
      case .indent: "INDENT"
      case .dedent: "DEDENT"
      case .end: "END"
      default: file.text(token.range)
      }
    }
  }

  @Test func linesAndBlocks() {
    #expect(
      texts("if a:\n    b\n\n  # note\n    c\nd") == [
        "if", "a", ":", "NEWLINE", "INDENT", "b", "NEWLINE", "c", "NEWLINE", "DEDENT", "d",
        "NEWLINE", "END",
      ])
  }

  @Test func bracketsAndBackslashesJoinLines() {
    #expect(texts("f(a,\n  b)\nc \\\n  d").filter { $0 == "NEWLINE" }.count == 2)
  }

  @Test func openBlocksCloseAtTheEnd() {
    #expect(texts("if a:\n b").suffix(3) == ["NEWLINE", "DEDENT", "END"])
    #expect(texts("if a:\n b\n\n").suffix(3) == ["NEWLINE", "DEDENT", "END"])
  }

  @Test func namesAreUnicodeLettersDigitsAndUnderscores() {
    #expect(
      texts("θ σ_1 naïve 変数 e\u{301}") == ["θ", "σ_1", "naïve", "変数", "e\u{301}", "NEWLINE", "END"])
  }

  @Test func theLongestOperatorWins() {
    #expect(
      texts("a**b//c<=d!=e...") == [
        "a", "**", "b", "//", "c", "<=", "d", "!=", "e", "...", "NEWLINE", "END",
      ])
  }

  @Test func anEmptyProgramHasNoTokens() {
    #expect(texts("") == ["END"])
    #expect(texts("\n  \n# note") == ["END"])
  }

  @Test(arguments: [
    "x = 1", "if a:\n  print \"b\", f\"{c:.2f}\"\nelse:\n  d[1:2] += 1e-3", "θ = 'é' # ü",
    "x = \"\"\"a\nb\"\"\"", "x = “a” + $", "  x\n y\n\tz",
  ])
  func everyRangeReadsBackAsItsText(program: String) {
    #expect(fuzzParse(Array(program.utf8), vocabulary: TestVocabulary.all) == [])
  }

  @Test func rangesAreThoseOfTheFile() throws {
    let (file, slice) = quoted(["if a:", "  b = 12", "  c"])
    for token in Lexer.tokens(of: slice).tokens {
      let bytes = slice.utf8[token.lower..<token.upper]
      #expect(file.text(token.range) == String(decoding: bytes, as: UTF8.self))
    }
    let program = try Parser.program(slice, vocabulary: TestVocabulary.all)
    #expect(program.dump(in: file).contains("integer 12 2:9-2:11"))
  }
}
