import NNLanguage
import NNSource
import Testing

@Suite struct HighlighterTests {
  /// `text:kind` for every span.
  private func spans(_ text: String) -> [String] {
    let slice = SourceSlice(wholeOf: SourceFile(name: "t.nn", text: text))
    return Highlighter.spans(of: slice, vocabulary: TestVocabulary.all).map { span in
      String(decoding: slice.utf8[span.lower..<span.upper], as: UTF8.self) + ":\(span.kind)"
    }
  }

  @Test(arguments: [
    (
      "print exp(x) sep=\"\" # note",
      ["print:verb", "exp:builtin", "sep:option", "\"\":string", "# note:comment"]
    ),
    (
      "train net on x, y batch=all lr=0.1",
      ["train:verb", "on:keyword", "batch:option", "all:keyword", "lr:option", "0.1:number"]
    ),
    ("plot(acc,\n  title=\"a\")", ["plot:verb", "title:option", "\"a\":string"]),
    ("image = x[0]", ["0:number"]),
    ("on = exp", ["exp:builtin"]),
    ("exp = 1\nx.sum()\nx.sum", ["1:number", "sum:builtin"]),
    (
      "def f(x):\n  print x\n  return none",
      ["def:keyword", "f:definition", "print:verb", "return:keyword", "none:keyword"]
    ),
    ("if a: print b", ["if:keyword", "print:verb"]),
    (
      "network net:\n  dense 5 sigmoid bias=false\ndense = 3",
      [
        "network:verb", "dense:verb", "5:number", "sigmoid:keyword", "bias:option", "false:keyword",
        "3:number",
      ]
    ),
    ("f\"a {x + 1:.2f}\"", ["f\"a {:string", "1:number", ":.2f}\":string"]),
    ("x = \"abc\ny = 1", ["\"abc:string", "1:number"]),
    ("print (1 +", ["print:verb", "1:number"]),
    ("$ ( ] 3px", ["3px:number"]),
  ])
  func kinds(program: String, expected: [String]) {
    #expect(spans(program) == expected)
  }
}
