import Foundation
import NNMarkdown
import NNOutput
import NNSource

@testable import NNRender

/// A notebook from `Fixtures/` as if it had run: each labelled cell with the outputs a test gives it.
struct SampleDocument {
  let source: SourceFile
  let markdown: MarkdownDocument

  init(_ name: String) throws {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name)")
    self.init(name: "notebooks/\(name)", text: try String(contentsOf: url, encoding: .utf8))
  }

  init(name: String, text: String) {
    source = SourceFile(name: name, text: text)
    markdown = MarkdownDocument(source)
  }

  func document(
    title: String, outputs: [String: [CellOutput]],
    change: (inout CellRecord) -> Void = { _ in }
  ) -> OutputDocument {
    var document = OutputDocument(source: source, bodyStart: 0, title: title)
    for block in markdown.codeBlocks {
      let words = block.info.split(separator: " ").map(String.init)
      guard words.first == "nn" else { continue }
      let number = document.cells.count + 1
      let label = words.count > 1 && !words[1].contains("=") ? words[1] : "cell-\(number)"
      var cell = CellRecord(
        label: label, number: number, blockIndex: block.index, range: block.range,
        program: block.literal, highlights: SampleHighlighter.spans(block.literal.utf8))
      if let start = block.info.range(of: "caption=\"") {
        cell.caption = String(block.info[start.upperBound...].prefix { $0 != "\"" })
      }
      cell.outputs = outputs[label] ?? []
      change(&cell)
      document.cells.append(cell)
    }
    return document
  }

  /// The range of the first place where `text` stands.
  func range(of text: String) -> SourceRange {
    let haystack = String(decoding: source.utf8, as: UTF8.self)
    guard let found = haystack.range(of: text, options: .backwards) else {
      return SourceRange(0, 0)
    }
    let lower = haystack.utf8.distance(from: haystack.startIndex, to: found.lowerBound)
    return SourceRange(lower, lower + text.utf8.count)
  }
}

/// Just enough of a lexer for a page to look like one.
enum SampleHighlighter {
  private static let keywords: Set<String> = [
    "for", "in", "if", "else", "def", "return", "while", "and", "or", "not", "lambda",
  ]
  private static let verbs: Set<String> = [
    "print", "plot", "image", "network", "init", "diagram", "weights", "seed", "table", "assert",
    "scatter", "bar", "histogram", "heatmap", "train", "load", "check",
  ]

  static func spans(_ code: [UInt8]) -> [HighlightSpan] {
    let text = String(decoding: code, as: UTF8.self)
    let pattern = "#[^\\n]*|f?\"[^\"\\n]*\"|[A-Za-z_]\\w*(?==(?!=))|[A-Za-z_]\\w*|\\d[\\d.e_]*"
    guard let regex = try? NSRegularExpression(pattern: pattern) else { return [] }
    return regex.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap {
      guard let range = Range($0.range, in: text) else { return nil }
      let word = String(text[range])
      let lower = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      let after = text[range.upperBound...].first
      let kind: HighlightSpan.Kind? =
        word.hasPrefix("#")
        ? .comment
        : word.contains("\"")
          ? .string
          : word.first?.isNumber == true
            ? .number
            : keywords.contains(word)
              ? .keyword
              : after == "="
                ? .option
                : verbs.contains(word) ? .verb : after == "(" ? .builtin : nil
      return kind.map { HighlightSpan(lower, lower + word.utf8.count, $0) }
    }
  }
}
