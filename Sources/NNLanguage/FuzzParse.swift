import NNSource

/// Everything this module does with a program, for fuzzing: whatever the bytes are, it must not
/// trap, hang or exhaust the stack, and must keep its promises. Returns the promises broken.
package func fuzzParse(_ bytes: [UInt8], vocabulary: Vocabulary) -> [String] {
  let file = SourceFile(name: "fuzz.nn", bytes: bytes)
  let slice = SourceSlice(wholeOf: file)
  var broken = brokenTokens(of: slice, in: file)
  let spans = Highlighter.spans(of: slice, vocabulary: vocabulary)
  for (span, next) in zip(spans, spans.dropFirst()) where span.upper > next.lower {
    broken.append("spans overlap at \(next.lower)")
  }
  let units: [AnalysisUnit]
  do throws(Diagnostic) {
    let program = try Parser.program(slice, vocabulary: vocabulary)
    if program.dump(in: file).isEmpty, !program.statements.isEmpty { broken.append("empty dump") }
    units = [.cell(program), .cell(program)]
  } catch {
    broken += brokenWords(of: error, in: file)
    units = [.unreadable()]
  }
  for analysis in Analyzer.analyze(units, vocabulary: vocabulary) {
    for finding in analysis.findings { broken += brokenWords(of: finding, in: file) }
  }
  return broken
}

private func brokenTokens(of slice: SourceSlice, in file: SourceFile) -> [String] {
  var broken: [String] = []
  var last = 0
  var level = 0
  for token in Lexer.tokens(of: slice).tokens {
    if token.lower < last || token.upper < token.lower || token.upper > slice.utf8.count {
      broken.append("token out of order at \(token.lower)")
    }
    last = token.lower
    let bytes = slice.utf8[token.lower..<token.upper]
    if file.text(token.range) != String(decoding: bytes, as: UTF8.self) {
      broken.append("token range at \(token.lower)")
    }
    if case .indent = token.kind { level += 1 }
    if case .dedent = token.kind { level -= 1 }
  }
  return level == 0 ? broken : broken + ["indents and dedents do not balance"]
}

private func brokenWords(of diagnostic: Diagnostic, in file: SourceFile) -> [String] {
  var broken: [String] = []
  let wording = diagnostic.problem.wording
  if wording.message.isEmpty || wording.message.hasSuffix(".") { broken.append("message") }
  if diagnostic.range.lower < 0 || diagnostic.range.upper > file.utf8.count {
    broken.append("range of a finding")
  }
  let lines = diagnostic.text(in: file).split(separator: "\n", omittingEmptySubsequences: false)
  let expected = 3 + (wording.hint == nil ? 0 : 1) + (diagnostic.callers.isEmpty ? 0 : 1)
  if lines.count != expected { broken.append("drawing of a finding") }
  return broken
}
