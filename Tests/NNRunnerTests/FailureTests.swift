import NNNotebook
import NNOutput
import NNRunner
import NNRuntime
import NNSource
import Testing

/// What a failure in one cell does to the others.
@Suite struct FailureTests {
  @Test func failedCellLeavesNamesAndRandomStreamAsTheyWere() {
    let run = Run(
      """
      ```nn
      seed 5
      a = 1
      xs = list(1, 2)
      ```
      ```nn fails error=true
      a = 2
      xs.append(3)
      b = rand()
      b / "x"
      ```
      ```nn
      print a, len(xs), rand()
      ```
      """)
    let same = Run("```nn\nseed 5\nprint 1, 2, rand()\n```")
    #expect(run.states == [.done, .done, .done])
    #expect(run.text(2) == same.text(0))
    #expect(run.names["b"] == nil)
  }

  @Test func whatWasPrintedBeforeTheErrorStays() {
    let run = Run("```nn\nprint \"before\"\nprint 1 / 0\nprint \"after\"\n```")
    #expect(run.states == [.failed])
    #expect(run.text(0) == "before\n")
    #expect(run.diagnostics == ["row.md:3:7: division by zero: 1 / 0"])
  }

  @Test func dependentsAreSkippedAndNamedAndOthersRun() {
    let run = Run(
      """
      ```nn first
      a = 1 / 0
      ```
      ```nn second
      b = a + 1
      ```
      ```nn third
      print b
      ```
      ```nn fourth
      print "independent"
      ```
      """)
    #expect(run.states == [.failed, .skipped, .skipped, .done])
    #expect(
      run.diagnostics == [
        "row.md:2:5: division by zero: 1 / 0",
        "row.md:4:1: did not run: it needs 'a', which the cell 'first' could not make",
        "row.md:7:1: did not run: it needs 'b', which the cell 'second' could not make",
      ])
    #expect(run.text(3) == "independent\n")
  }

  @Test func cellThatDrawsWaitsForTheStreamUnlessItSeedsItsOwn() {
    let run = Run(
      """
      ```nn first
      a = rand() / "x"
      ```
      ```nn second
      print rand()
      ```
      ```nn third
      seed 1
      print rand()
      ```
      ```nn fourth
      print rand()
      ```
      """)
    #expect(run.states == [.failed, .skipped, .done, .done])
    let same = Run("```nn\nseed 1\nprint rand()\nprint rand()\n```")
    #expect(run.text(2) + run.text(3) == same.text(0))
  }

  @Test func namesOfACellThatCannotBeReadAreNotCalledUndefined() {
    let run = Run(
      """
      ```nn first
      a = [1, 2 3]
      ```
      ```nn second
      print a
      ```
      ```nn third
      print b
      ```
      ```nn fourth
      print exp(0)
      ```
      """)
    #expect(run.states == [.failed, .skipped, .failed, .done])
    #expect(
      run.diagnostics == [
        "row.md:2:11: a comma is missing before '3'",
        "row.md:4:1: did not run: it needs 'a', which the cell 'first' could not make",
        "row.md:8:7: there is no name 'b'",
      ])
  }

  @Test func functionThatReadsAFailedNameMakesItsCallerWait() {
    let run = Run(
      """
      ```nn first
      rate = 1 / 0
      ```
      ```nn second
      def step(x):
          return rate * x
      ```
      ```nn third
      print step(2)
      ```
      """)
    #expect(run.states[2] == .skipped || run.states[1] == .skipped)
    #expect(run.states[2] != .done)
  }

  @Test func nameMadeAgainBelowIsThereAgain() {
    let run = Run(
      """
      ```nn first
      a = 1 / 0
      ```
      ```nn second
      a = 2
      ```
      ```nn third
      print a
      ```
      """)
    #expect(run.states == [.failed, .done, .done])
    #expect(run.text(2) == "2\n")
  }

  @Test func cellMeantToFailKeepsItsErrorAsItsOutput() {
    let run = Run("```nn error=true\nprint ones((2, 3)) @ ones((2, 3))\n```")
    #expect(run.states == [.done])
    #expect(!run.document.hasFailure)
    #expect(run.document.allDiagnostics.isEmpty)
    guard case .diagnostic(let shown)? = run.document.cells[0].outputs.last else {
      Issue.record("no error among the outputs")
      return
    }
    #expect(shown.text(in: run.document.source).hasPrefix("row.md:2:7: shapes (2, 3) and (2, 3)"))
  }

  @Test func cellMeantToFailMayBeOneThatCannotBeRead() {
    let run = Run("```nn error=true\na = [1, 2 3]\n```\n\n```nn error=true\nprint nothing\n```")
    #expect(run.states == [.done, .done])
    #expect(!run.document.hasFailure)
    #expect(!run.document.isUnreadable)
  }

  @Test func cellMeantToFailThatDoesNotIsAFailure() {
    let run = Run("```nn error=true\na = 1\n```")
    #expect(run.states == [.failed])
    #expect(run.diagnostics == ["row.md:1:1: the cell has error=true and did not fail"])
  }

  @Test func whatIsNotEvaluatedNeitherRunsNorMakesNames() {
    let run = Run("```nn a eval=false\na = 1 / 0\n```\n\n```nn b\nprint a\n```")
    #expect(run.states == [.notEvaluated, .failed])
    #expect(run.diagnostics == ["row.md:6:7: there is no name 'a'"])
  }

  @Test func everyUndefinedNameIsToldWhetherOrNotItsCellWouldRun() {
    let run = Run(
      """
      ```nn
      a = 1 / 0
      ```
      ```nn
      print a, one
      ```
      ```nn
      if false:
          print two
      ```
      """)
    #expect(run.diagnostics.contains("row.md:5:10: there is no name 'one'"))
    #expect(run.diagnostics.contains("row.md:9:11: there is no name 'two'"))
  }
}
