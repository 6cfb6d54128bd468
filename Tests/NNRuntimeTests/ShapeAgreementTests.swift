import NNLanguage
import NNSource
import Testing

@testable import NNRuntime

/// What is told of shapes before anything runs is what the run would tell, word for word and at the
/// same place, and nothing is told of a program that runs.
@Suite struct ShapeAgreementTests {
  static func findings(_ program: String) -> [Diagnostic] {
    let source = SourceFile(name: "test.nn", text: program)
    guard
      let tree = try? Parser.program(
        SourceSlice(wholeOf: source), vocabulary: Registry.vocabulary)
    else { return [] }
    return Analyzer.analyze([.cell(tree)], vocabulary: Registry.vocabulary).flatMap(\.findings)
  }

  static func errors(_ program: String) -> [Diagnostic] {
    findings(program).filter { $0.severity == .error }
  }

  @Test(arguments: misfits) func misfitIsToldAsTheRunTellsIt(_ program: String) throws {
    let run = try #require(ProgramRun(program).failure, "it runs: \(program)")
    let told = try #require(Self.errors(program).first, "nothing is told of: \(program)")
    #expect(told == run, "\(told.problem.wording) against \(run.problem.wording)")
  }

  @Test(arguments: fitting) func whatRunsIsNoError(_ program: String) {
    #expect(ProgramRun(program).error == nil)
    #expect(Self.errors(program).map(\.problem.wording.message) == [])
  }

  /// Errors in code that may not run, of which the reader is warned.
  @Test(arguments: [
    "if rand() > 2:\n    zeros((2, 3)) @ ones(4)",
    "for i in range(int(rand())):\n    zeros((2, 3)) @ ones(4)",
    "while rand() > 2:\n    print zeros((2, 3)) @ ones(4)",
    "def f(x):\n    return zeros((2, 3)) @ ones(4)",
    "x = 1 if rand() < 2 else zeros((2, 3)) @ ones(4)",
    "for i in range(3):\n    if rand() < 2: break\n    print zeros((2, 3)) @ ones(4)",
    "def f():\n    if rand() < 2: return 1\n    return zeros((2, 3)) @ ones(4)\nprint f()",
    "f = lambda x: [1, 2] + [1, 2, 3]",
  ])
  func inCodeThatMayNotRunItIsAWarning(_ program: String) {
    #expect(ProgramRun(program).error == nil)
    let found = Self.findings(program).filter {
      if case .tensor = $0.problem { true } else { false }
    }
    #expect(found.map(\.severity) == [.warning])
  }

  /// The examples of the help, which all run.
  @Test(arguments: Registry.entries.map(\.signature.name))
  func examplesHaveNoError(_ name: String) throws {
    let entry = try #require(Registry.entries.first { $0.signature.name == name })
    #expect(Self.errors(entry.signature.example).map(\.problem.wording.message) == [])
  }

  /// Programs of tensors with literal shapes, put together at random. Of those that run nothing is
  /// told; of the others what the run tells, unless that stops at another kind of mistake before; and
  /// few misfits escape.
  @Test func randomProgramsAgree() {
    var random = ShapeProgram(seed: 20_260_301)
    var (failed, told) = (0, 0)
    for round in 0..<4_000 {
      let program = random.next()
      let run = ProgramRun(program).failure
      let found = Self.findings(program)
      let errors = found.filter { $0.severity == .error }
      let first = errors.first
      if let first {
        // A value is worked out before the place it goes to, which stands left of it.
        let agrees = run.map {
          errors.contains($0) || Self.line($0, program) <= Self.line(first, program)
        }
        #expect(
          agrees == true, "round \(round):\n\(program)\n\(first.problem.wording.message)")
      }
      guard let run, Self.isOfShapes(run.problem) else { continue }
      failed += 1
      if !found.isEmpty { told += 1 }
    }
    print("shapes: \(told) of \(failed) misfits told before running")
    #expect(failed > 500)
    #expect(Double(told) >= 0.93 * Double(failed))
  }

  private static func line(_ found: Diagnostic, _ program: String) -> Int {
    program.utf8.prefix(found.range.lower).count { $0 == UInt8(ascii: "\n") }
  }

  private static func isOfShapes(_ problem: Problem) -> Bool {
    switch problem {
    case .tensor(.unsupportedTypes), .tensor(.negativePower), .tensor(.notWhole),
      .tensor(.nothingToReduce), .tensor(.numberOutOfRange):
      false
    case .tensor, .value(.matmulOfNumber), .value(.unpackCount), .network: true
    default: false
    }
  }

  /// The recorded programs all run.
  @Test(
    .enabled(if: AcceptanceTests.isThere, "no acceptance sample at \(AcceptanceTests.path)"))
  func recordedProgramsHaveNoError() throws {
    for recorded in try RecordedCase.read(AcceptanceTests.path)
    where !recorded.expect.hasPrefix("error") {
      let found = Self.errors(recorded.nn)
      #expect(found.isEmpty, "\(recorded.nn): \(found.map(\.problem.wording.message))")
    }
  }
}
