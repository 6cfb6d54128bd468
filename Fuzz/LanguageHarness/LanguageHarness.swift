import NNLanguage
import NNNotebook
import NNOutput
import NNRender
import NNRunner
import NNRuntime
import NNSource

/// One input down the nn path: bytes → tokens → tree → findings, and then the program is run, with
/// a time limit, and what it leaves is rendered.
package enum LanguageHarness {
  /// - Returns: what does not hold, or nil.
  package static func run(_ bytes: [UInt8]) -> String? {
    if let fault = fuzzParse(bytes, vocabulary: Registry.vocabulary).first { return fault }
    let source = SourceFile(name: "fuzz.nn", bytes: bytes)
    var outputs: [CellOutput] = []
    let runner = ProgramRunner(seconds: 0.2) { outputs.append($0) }
    let (_, problems) = runner.run(source)
    let text = TextRenderer(source: source)
    for output in outputs { _ = text.text(output) }
    for problem in problems {
      if let fault = check(problem, in: source) { return fault }
    }
    return runAsCell(source)
  }

  /// The same program twice as a notebook's cell: the second begins with what the first left.
  private static func runAsCell(_ program: SourceFile) -> String? {
    let fence = Array("\n``````\n".utf8)
    let open = Array("``````nn timeout=200ms\n".utf8)
    let cell = open + program.utf8 + fence
    let source = SourceFile(name: "fuzz.md", bytes: cell + cell)
    let document = NotebookRunner().run(Notebook.read(source))
    for problem in document.allDiagnostics {
      if let fault = check(problem, in: source) { return fault }
    }
    for cell in document.cells {
      for case .diagnostic(let shown) in cell.outputs {
        if case .value(.unexpected(let text)) = shown.problem { return "unexpected: \(text)" }
      }
    }
    return HTMLPage.render(document).isEmpty ? "an empty page" : nil
  }

  private static func check(_ found: Diagnostic, in source: SourceFile) -> String? {
    let wording = found.problem.wording
    if wording.message.isEmpty || wording.message.hasSuffix(".") { return "message: \(wording)" }
    if case .value(.unexpected(let text)) = found.problem { return "unexpected: \(text)" }
    if found.range.lower < 0 || found.range.upper > source.utf8.count { return "range: \(found)" }
    return found.text(in: source).isEmpty ? "no text" : nil
  }
}
