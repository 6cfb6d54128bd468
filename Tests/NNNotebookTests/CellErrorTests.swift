import NNNotebook
import NNSource
import Testing

/// Every error of cells and their options: the catalogue.
@Suite struct CellErrorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let id: String
    let markdown: String
    let findings: [String]
    var testDescription: String { id }
  }

  private static func info(_ id: String, _ info: String, _ findings: String...) -> Case {
    Case(id: id, markdown: "```nn \(info)\n1\n```\n", findings: findings)
  }

  private static func line(_ id: String, _ line: String, _ findings: String...) -> Case {
    Case(id: id, markdown: "```nn\n\(line)\n1\n```\n", findings: findings)
  }

  static let fences = [
    Case(
      id: "unclosed", markdown: "a\n\n````nn one\n1\n",
      findings: ["3:1: the code block that begins here is not closed | end it with a line ````"]),
    Case(
      id: "unclosed, another language", markdown: "~~~py\n1\n",
      findings: ["1:1: the code block that begins here is not closed | end it with a line ~~~"]),
    Case(
      id: "unclosed in a quote", markdown: "> ```nn\n> 1\n\na\n",
      findings: ["1:3: the code block that begins here is not closed | end it with a line ```"]),
    Case(
      id: "in a footnote", markdown: "a[^1]\n\n[^1]: b\n\n    ```nn\n    1\n    ```\n",
      findings: [
        "5:5: a cell stands in a footnote, where it has no place in the order of the cells | "
          + "move it into the text"
      ]),
    Case(
      id: "in a footnote nothing refers to", markdown: "[^1]: b\n\n    ```nn\n    1\n    ```\n",
      findings: [
        "1:1: warning: the footnote [^1] is not on the page: nothing refers to it, or an earlier "
          + "one has its name | write [^1] where it belongs, or remove it",
        "3:5: a cell stands in a footnote, where it has no place in the order of the cells | "
          + "move it into the text",
      ]),
    Case(
      id: "knitr's braces", markdown: "```{nn}\n1\n```\n",
      findings: [
        "1:4: '{nn}' does not begin a cell, so this block does not run | "
          + "write nn, in small letters and without braces"
      ]),
    Case(
      id: "pandoc's braces", markdown: "``` {.nn .x}\n1\n```\n",
      findings: [
        "1:5: '{.nn' does not begin a cell, so this block does not run | "
          + "write nn, in small letters and without braces"
      ]),
    Case(
      id: "capitals", markdown: "```NN\n1\n```\n",
      findings: [
        "1:4: 'NN' does not begin a cell, so this block does not run | "
          + "write nn, in small letters and without braces"
      ]),
    Case(id: "another language", markdown: "```nnef\n1\n```\n```nn-x\n1\n```\n", findings: []),
    info(
      "braces", "{name=\"xor\" echo=false}",
      "1:7: options do not stand in braces: '{name=\"xor\" echo=false}' | "
        + "write them plainly, as in: nn my-label echo=fold caption=\"Loss\""),
    Case(
      id: "inline without an expression", markdown: "a `nn  ` b\n",
      findings: [
        "1:3: there is no expression behind nn | write one, as in `nn round(loss, 3)`"
      ]),
    Case(
      id: "inline with an unpaired back-tick", markdown: "a ``` `nn b` `nn c`\n",
      findings: [
        "1:1: warning: `nn in this text begins no inline value: a back-tick has no partner | "
          + "pair the back-ticks, or write \\` for one that stands for itself"
      ]),
  ]

  static let labels = [
    info(
      "digit first", "2nd",
      "1:7: '2nd' can't be a cell's label: that is a letter, then letters, digits, '-' or '_', at "
        + "most 64 in all"),
    info(
      "a letter beyond ASCII", "größe",
      "1:7: 'größe' can't be a cell's label: that is a letter, then letters, digits, '-' or '_', "
        + "at most 64 in all"),
    info(
      "too long", String(repeating: "a", count: 65),
      "1:7: '\(String(repeating: "a", count: 57))...' can't be a cell's label: that is a letter, "
        + "then letters, digits, '-' or '_', at most 64 in all"),
    info("just not too long", String(repeating: "a", count: 64)),
    info(
      "automatic", "cell-3",
      "1:7: the label 'cell-3' is kept for cells without a label | choose another label"),
    info("nearly automatic", "cell-three"),
    Case(
      id: "duplicate", markdown: "```nn a\n```\n\n- ```nn a\n  ```\n",
      findings: [
        "4:9: the label 'a' belongs to the cell in line 1 already | choose another label"
      ]),
    info(
      "two words", "a fold",
      "1:9: 'fold' is neither a label nor an option: behind nn stand one label and options of the "
        + "form key=value | put a value with spaces in it into quotes"),
    info(
      "label behind an option", "echo=fold a",
      "1:17: 'a' is neither a label nor an option: behind nn stand one label and options of the "
        + "form key=value | put a value with spaces in it into quotes"),
  ]

  private static let options =
    "the options are echo, output, eval, error, cache, timeout, caption and tolerance"

  static let infos = [
    info("unknown, near", "eco=fold", "1:7: a cell has no option 'eco' | did you mean echo?"),
    info("unknown, far", "theme=dark", "1:7: a cell has no option 'theme' | \(options)"),
    info(
      "Jupyter's name", "name=xor",
      "1:7: a cell has no option 'name' | the label is the word behind nn, as in: nn my-label"),
    info(
      "Quarto's caption", "a fig-cap=\"x y\"",
      "1:9: a cell has no option 'fig-cap' | write caption"),
    info(
      "knitr's include", "include=FALSE",
      "1:7: a cell has no option 'include' | write echo=false output=hide"),
    info(
      "twice", "echo=true a=1 echo=false",
      "1:17: a cell has no option 'a' | \(options)",
      "1:21: the option echo is given twice, the first time in line 1"),
    info(
      "spaces", "echo = fold",
      "1:7: there may be no space around '=' in a cell's options | write echo=value"),
    info(
      "space behind", "echo= fold",
      "1:7: there may be no space around '=' in a cell's options | write echo=value"),
    info(
      "no name", "=fold",
      "1:7: there may be no space around '=' in a cell's options | write key=value"),
    info("no value", "x echo=", "1:9: the option echo has no value"),
    info(
      "open quote", "caption=\"a b",
      "1:7: the quotes of caption's value are not closed in this line"),
    info(
      "text behind a quote", "caption=\"a\"b\" echo=fold",
      "1:7: 'b\"' follows directly upon the quoted value of caption | a quote inside a quoted value "
        + "is written \\\""),
    info(
      "echo", "echo=maybe", "1:12: echo can't be 'maybe': it is true, false or fold"),
    info(
      "echo as output", "echo=hide",
      "1:12: echo can't be 'hide': it is true, false or fold | did you mean echo=false?"),
    info(
      "output as echo", "output=false",
      "1:14: output can't be 'false': it is show, hide or fold | did you mean output=hide?"),
    info(
      "eval", "eval=True",
      "1:12: eval can't be 'True': it is true or false | did you mean eval=true?"),
    info("error", "error=\"\"", "1:13: error can't be '': it is true or false"),
    info(
      "cache", "cache=0",
      "1:13: cache can't be '0': it is true or false | did you mean cache=false?"),
    info(
      "timeout without a unit", "timeout=30",
      "1:15: timeout can't be '30': it is a number above 0 and a unit, as in 500ms, 30s, 2m or 1h"),
    info(
      "timeout of nothing", "timeout=0s",
      "1:15: timeout can't be '0s': it is a number above 0 and a unit, as in 500ms, 30s, 2m or 1h"),
    info(
      "timeout with a sign", "timeout=-1s",
      "1:15: timeout can't be '-1s': it is a number above 0 and a unit, as in 500ms, 30s, 2m or 1h"),
    info(
      "tolerance", "tolerance=-1",
      "1:17: tolerance can't be '-1': it is \(Tolerance.forms)"),
    info(
      "tolerance, a word", "tolerance=inf",
      "1:17: tolerance can't be 'inf': it is \(Tolerance.forms)"),
    info(
      "tolerance, hexadecimal", "tolerance=0x1",
      "1:17: tolerance can't be '0x1': it is \(Tolerance.forms)"),
  ]

  static let lines = [
    line("no colon", "#| echo fold", "2:1: '#| echo fold' is no option line | write #| key: value"),
    line("no key", "#| : fold", "2:1: '#| : fold' is no option line | write #| key: value"),
    line("two keys", "#| a b: fold", "2:1: '#| a b: fold' is no option line | write #| key: value"),
    line("empty", "#|", "2:1: '#|' is no option line | write #| key: value"),
    line("no value in a line", "#| echo:  ", "2:1: the option echo has no value"),
    line(
      "unknown in a line", "#| eco: fold", "2:4: a cell has no option 'eco' | did you mean echo?"),
    line(
      "value in a line", "#| echo: no",
      "2:10: echo can't be 'no': it is true, false or fold | did you mean echo=false?"),
    line(
      "open quote in a line", "#| caption: 'a",
      "2:13: the quotes of caption's value are not closed in this line"),
    line(
      "text behind a quote in a line", "#| caption: \"a\" b",
      "2:13: ' b' follows directly upon the quoted value of caption | a quote inside a quoted value "
        + "is written \\\""),
    Case(
      id: "in both places", markdown: "> ```nn a echo=fold\n> #| echo: true\n> ```\n",
      findings: ["2:6: the option echo is given twice, the first time in line 1"]),
    Case(
      id: "too late", markdown: "```nn\nx = 1\n#| echo: fold\n```\n",
      findings: [
        "3:1: warning: this option line is only a comment: option lines stand at the top of a cell "
          + "| move it up"
      ]),
    Case(
      id: "columns in a tabbed list", markdown: "- a\n\n\t```nn\n\t#| echo: no\n\t```\n",
      findings: [
        "4:11: echo can't be 'no': it is true, false or fold | did you mean echo=false?"
      ]),
  ]

  @Test(arguments: fences + labels + infos + lines)
  func finding(_ example: Case) {
    #expect(findings(in: example.markdown) == example.findings)
  }

  @Test func allAtOnceInSourceOrder() {
    let text = """
      ---
      ttle: x
      ---
      <b>a</b> \u{0} [b](javascript:c)

      ```nn a foo=1
      #| echo: no
      ```

      `nn `

      ```nn a
      """
    let places = findings(in: text).map { $0.prefix { $0 != " " } }
    #expect(
      places == [
        "2:1:", "4:1:", "4:1:", "4:10:", "6:9:", "7:10:", "10:1:", "12:1:", "12:7:",
      ])
  }

  @Test func proseIsWarnedOf() {
    #expect(
      findings(in: "a\n\n[b](javascript:c)\n\n<div>d</div>\n") == [
        "3:1: warning: 'javascript:c' is not linked to: only relative paths and http:, https: and "
          + "mailto: are",
        "5:1: warning: raw HTML is shown as text | write Markdown; a comment <!-- ... --> is left out "
          + "of the page",
      ])
    #expect(findings(in: "a <!-- b -->\n\n<!--\nc\n-->\n").isEmpty)
  }

  @Test func whatTheFileHadIsPassedOn() {
    let file = SourceFile(name: "a.md", bytes: [0x61, 0x20, 0xFF, 0x00, 0x0D, 0x0A])
    let findings = Notebook.read(file).diagnostics
    #expect(findings.map(\.problem) == [.file(.invalidUTF8(byte: 0xFF)), .file(.nulByte)])
  }
}
