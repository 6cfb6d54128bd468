import NNOutput
import NNSource
import Testing

@testable import NNRender

@Suite struct TextRendererTests {
  private let renderer = TextRenderer(source: SourceFile(name: "a.nn", text: "x = 1\ny = x @ z\n"))

  @Test func printedTextIsPassedOnAsItIs() {
    #expect(renderer.text([.text("a\tb"), .text(" \u{1B}\n\n")]) == "a\tb \u{1B}\n\n")
  }

  @Test func tablesAlignByWhatATerminalShows() {
    let table = TableOutput(
      title: "Classes", columns: ["名前", "n"], rowNames: ["a", "bb"],
      rows: [
        [.text("りんご"), .number(NumberCell(5, text: "5"))],
        [.text("e\u{301}"), .number(NumberCell(120, text: "120"))],
      ], totalRows: 9)
    #expect(
      renderer.text(.table(table)) == """
        Classes
            名前      n
        ───────────────
        a   りんご    5
        bb  e\u{301}       120
        … 7 more rows

        """)
  }

  @Test func weightsAreNamed() {
    let weights = WeightsOutput(
      network: "net",
      entries: [
        .init(
          name: "W1",
          tensor: OutputTensor(dtype: "float64", shape: [1, 2], content: .all(.floats([1, 2]))),
          text: "[[1. 2.]]")
      ])
    #expect(renderer.text(.weights(weights)) == "net.W1  (1, 2)  float64\n[[1. 2.]]\n")
  }

  @Test func gradients() {
    #expect(
      renderer.text(.gradients(Samples.gradients)) == """
        Backpropagation against central differences: the largest relative error is 1.05e-9, in net.W2
        parameter  shape   checked  largest relative error
        ──────────────────────────────────────────────────
        net.W1     (4, 6)       24                2.14e-10
        net.b1     (6,)          6                 8.7e-11
        net.W2     (6, 3)       18                 1.05e-9

        """)
  }

  @Test func assertions() {
    #expect(
      renderer.text(.assertion(AssertionOutput(condition: "a == b", reason: "they agree")))
        == "✓ a == b, they agree\n")
    #expect(
      renderer.text(.assertion(AssertionOutput(condition: "a", reason: nil))) == "✓ a\n")
  }

  @Test func chartsAreALineASeries() {
    let x = (0..<8).map(Double.init)
    let chart = Chart(
      title: "Loss", content: .lines([.init(label: "train", x: x, y: x), .init(x: x, y: [.nan])]))
    #expect(
      renderer.text(.chart(chart)) == """
        [chart] Loss
          train  ▁▂▃▄▅▆▇█  0 … 7
                 ·

        """)
  }

  @Test func smallPicturesAreBlocks() {
    let grid = Samples.letterPictures(wrong: 0)
    let text = renderer.text(.pictures(grid))
    #expect(
      text.hasPrefix(
        """
        [picture] ✗ A, says A, 6 by 5 pixels
          ·▄▀▀▄·
          █▀▀▀▀█
          ▀····▀

        """))
  }

  @Test func networksAreALine() {
    #expect(
      renderer.text(.diagram(Samples.network()))
        == "net: input 30 → dense 5 sigmoid → dense 3 sigmoid (165 parameters)\n")
  }

  @Test func findingsAreDrawn() {
    let text = renderer.text(.diagnostic(.error(.file(.nulByte), at: SourceRange(10, 15))))
    #expect(
      text == """
        a.nn:2:5: a NUL byte in the text; it is read as U+FFFD
        2 | y = x @ z
          |     ^^^^^
        hint: remove it

        """)
  }
}
