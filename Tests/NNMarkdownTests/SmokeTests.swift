import NNSource
import Testing

@testable import NNMarkdown

@Test func smoke() {
  let text = """
    # Héllo *World* `nn x`

    A www.example.com/a(b)). and `code` <b>raw</b> [bad](javascript:alert(1)) ![pic](a.png)

    > - x
    >   ```nn one
    >   a = 1

    \tb
    >   ```
    - [ ] see [x]
    - [x] done

    | a | `x \\| y` |
    |---|--:|
    | `nn 1` | 2 |

    T[^1]

    [^1]: foot `nn f`
    """
  let file = SourceFile(name: "a.md", text: text)
  let doc = MarkdownDocument(file)
  for span in doc.codeSpans { print(span.index, span.text, "|", file.text(span.range)) }
  for block in doc.codeBlocks {
    print(
      block.info, block.isClosed, file.text(block.range),
      String(decoding: block.literal.utf8, as: UTF8.self))
  }
  print(doc.headings, doc.links, doc.rawHTML, doc.unusedFootnotes)
  print(doc.html(codeBlock: { _ in "<CELL>" }, codeSpan: { $0 == 1 ? nil : "<V\($0)>" }))
}
