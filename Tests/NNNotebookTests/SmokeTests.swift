import NNSource
import Testing

@testable import NNNotebook

@Test func smoke() {
  let text = """
    ---
    title: A test
    params: {epochs: 100, lr: 0.5, name: "x", flag: true}
    ttle: 3
    timeout: 30s
    ---
    # Head

    ```nn one echo=fold caption="a \\"b\\"" foo=1
    #| output: hide
    #| echo: true

    x = 1
    ```

    `nn x + 1`

    ```nn one
    """
  let file = SourceFile(name: "a/b.md", text: text)
  let book = Notebook.read(file)
  for d in book.diagnostics {
    let p = file.position(of: d.range.lower)
    print(
      "\(p.line):\(p.column) \(d.problem.wording.message) | \(d.problem.wording.hint ?? "-") | \(file.text(d.range))"
    )
  }
  print(
    book.title, book.frontMatter.parameters.map { "\($0.name)=\($0.value)" },
    book.frontMatter.timeout as Any)
  for c in book.cells { print(c.number, c.label, c.displayStart, c.options) }
  for i in book.inlines {
    print(i.cellsAbove, String(decoding: i.expression.utf8, as: UTF8.self), file.text(i.range))
  }
}
