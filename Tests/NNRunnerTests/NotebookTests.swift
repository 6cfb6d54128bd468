import NNNotebook
import NNOutput
import NNRunner
import NNRuntime
import NNSource
import Testing

/// Values in the text, parameters, and files as they come from other machines.
@Suite struct NotebookTests {
  @Test func inlineValueReadsTheStateAboveIt() {
    let run = Run(
      """
      `nn 1 + 1`

      ```nn
      a = 1
      ```

      `nn a` and `nn f"{a / 3:.2f}"`

      ```nn
      a = 2
      ```

      `nn a`
      """)
    #expect(run.document.inlines.map(\.text) == ["2", "1", "0.33", "2"])
  }

  @Test func inlineValueOfAFailedCellIsTold() {
    let run = Run("```nn first\na = 1 / 0\n```\n\nIt is `nn a`.")
    #expect(
      run.diagnostics.last
        == "row.md:5:7: did not run: it needs 'a', which the cell 'first' could not make")
    #expect(run.document.hasFailure)
  }

  @Test func parametersAreNamesWithTheirTypes() {
    let text = """
      ---
      params: {epochs: 3, rate: 0.5, name: "x", fast: true}
      ---
      ```nn
      print epochs, rate, name, fast
      ```
      """
    #expect(Run(text).text(0) == "3 0.5 x True\n")
    let settings = ["epochs=7", "rate=1", "name=a b", "fast=false", "epochs=9"]
    #expect(Run(text, settings: settings).text(0) == "9 1.0 a b False\n")
  }

  @Test func settingsThatDoNotFitAreTold() {
    let text = "---\nparams: {epochs: 3}\n---\n```nn\nprint epochs\n```"
    let notebook = Notebook.read(SourceFile(name: "row.md", text: text))
    let settings = ["epochs=many", "epoch=3"].compactMap { ParameterSetting($0) }
    #expect(
      NotebookRunner(settings: settings).settingProblems(notebook) == [
        "nnbook: the parameter 'epochs' is an int, and 'many' is none",
        "nnbook: the notebook has no parameter 'epoch'\nhint: did you mean 'epochs'?",
      ])
    #expect(ParameterSetting("epochs") == nil)
    #expect(ParameterSetting("=3") == nil)
    #expect(ParameterSetting("a=b=c")?.text == "b=c")
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func lineEndsDoNotMatter(_ end: String) {
    let lines = ["\u{FEFF}# Title", "", "```nn", "print 1", "print 1 / 0", "```", "`nn 2`", ""]
    let run = Run(lines.joined(separator: end))
    #expect(run.text(0) == "1\n")
    #expect(run.diagnostics == ["row.md:5:7: division by zero: 1 / 0"])
    #expect(run.document.inlines.map(\.text) == ["2"])
    #expect(run.document.title == "Title")
  }

  @Test func placesInListsAndQuotesAreThoseOfTheFile() {
    let run = Run(
      """
      1. item

         ```nn
         for i in range(1):
             print 1 / i
         ```

      > > ```nn
      > > a = [1, 2 3]
      > > ```

      - - ~~~nn
          b = "x" - 1
          ~~~
      """)
    #expect(
      run.diagnostics == [
        "row.md:5:14: division by zero: 1 / 0",
        "row.md:9:15: a comma is missing before '3'",
        "row.md:13:9: - does not work between a string and an integer",
      ])
  }

  @Test func columnsCountCharactersNotBytes() {
    let run = Run("```nn\nθ = 1; \n```\n\n```nn\nσ = \"äöü\" - 1\n```")
    #expect(run.diagnostics.first?.hasPrefix("row.md:2:6: ") == true)
    #expect(run.diagnostics.last?.hasPrefix("row.md:6:5: ") == true)
  }

  @Test func notebookWithoutCellsIsAPage() {
    let run = Run("# Only prose\n\nText.")
    #expect(run.document.cells.isEmpty)
    #expect(!run.document.hasFailure)
    #expect(Run("").document.title == "row")
  }

  @Test func progressIsToldCellByCell() {
    let source = SourceFile(name: "row.md", text: "```nn one\na = 1\n```\n\n```nn\nb = 2\n```")
    var told: [String] = []
    var runner = NotebookRunner()
    runner.onProgress = { told.append($0) }
    _ = runner.run(Notebook.read(source))
    #expect(told == ["[1/2] one", "[2/2] cell-2"])
  }
}
