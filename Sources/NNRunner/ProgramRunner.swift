import NNData
import NNLanguage
import NNOutput
import NNRuntime
import NNSource
import NNTensor

/// NNRunner: `Notebook` → plan (programs, what they read and write) → `Interpreter`, cell by cell
/// → `OutputDocument`. It knows no output format.

/// Runs one nn program that is no notebook: a file, standard input.
package struct ProgramRunner {
  package enum Result: Sendable {
    case done
    /// It is no nn program: nothing ran.
    case unreadable
    case failed
  }

  private let limits: Limits
  private let cancellation: Cancellation?
  private let files: FileAccess
  private let onOutput: (CellOutput) -> Void

  /// `onOutput` is told of every output as it comes.
  package init(
    limits: Limits = Limits(), files: FileAccess = FileAccess(),
    cancellation: Cancellation? = nil, onOutput: @escaping (CellOutput) -> Void
  ) {
    self.limits = limits
    self.cancellation = cancellation
    self.files = files
    self.onOutput = onOutput
  }

  static func place(
    in source: SourceFile
  ) -> (_ unit: Int, SourceRange) -> (label: String, line: Int) {
    { _, range in ("program", source.position(of: range.lower).line) }
  }

  package func run(_ source: SourceFile) -> (result: Result, problems: [Diagnostic]) {
    let program: Program
    do throws(Diagnostic) {
      program = try Parser.program(
        SourceSlice(wholeOf: source), vocabulary: Registry.vocabulary)
    } catch {
      return (.unreadable, source.defects + [error])
    }
    let findings = Analyzer.analyze(
      [.cell(program)], vocabulary: Registry.vocabulary, place: Self.place(in: source)
    ).flatMap(\.findings)
    guard !findings.contains(where: { $0.severity == .error }) else {
      return (.unreadable, source.defects + findings)
    }
    let interpreter = Interpreter(
      source: source, limits: limits, files: files, cancellation: cancellation)
    interpreter.showsLastValue = false
    interpreter.keepsTensors = false
    interpreter.onOutput = onOutput
    let (_, failure) = interpreter.run(program)
    return (
      failure == nil ? .done : .failed, source.defects + findings + [failure].compactMap(\.self)
    )
  }
}
