import NNData
import NNLanguage
import NNOutput
import NNSource
import NNTensor

@testable import NNRuntime

/// A program run from its text: lexer, parser, interpreter.
struct ProgramRun {
  let outputs: [CellOutput]
  let failure: Diagnostic?
  private let source: SourceFile

  init(_ program: String) {
    source = SourceFile(name: "test.nn", text: program)
    do {
      let tree = try Parser.program(
        SourceSlice(wholeOf: source), vocabulary: Registry.vocabulary)
      (outputs, failure) = Interpreter(
        source: source, files: FileAccess(saving: .memory)
      ).run(tree)
    } catch {
      (outputs, failure) = ([], error)
    }
  }

  /// What it printed, then the error that ended it.
  var text: String {
    let printed = outputs.map { output -> String in
      if case .text(let printed) = output { return printed.text }
      return ""
    }.joined()
    return printed + (error.map { "error: \($0)\n" } ?? "")
  }

  /// `1:7: message | hint`
  var error: String? {
    guard let failure else { return nil }
    let place = source.position(of: failure.range.lower)
    let wording = failure.problem.wording
    return "\(place.line):\(place.column): \(wording.message)"
      + (wording.hint.map { " | \($0)" } ?? "")
  }

  /// What it printed, or what stopped it.
  static func text(_ program: String) -> String { ProgramRun(program).text }
}
