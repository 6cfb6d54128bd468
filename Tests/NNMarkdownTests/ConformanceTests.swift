import Foundation
import NNSource
import Testing

@testable import NNMarkdown

/// Every example of the GFM specification, and of cmark-gfm's extensions, as `install-spec` fetches
/// them. Where the page is stricter than the specification (raw HTML, images, other schemes) an
/// example is left out.
@Suite struct ConformanceTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let number: Int
    let section: String
    let markdown: String
    let html: String
    var testDescription: String { "\(section) \(number)" }
  }

  private static let hint: Comment = "run Scripts/install-spec first"

  @Test(.enabled(if: Self.spec != nil, Self.hint))
  func specificationExamples() throws {
    try check(#require(Self.spec), compared: 540)
  }

  @Test(.enabled(if: Self.extensions != nil, Self.hint))
  func extensionExamples() throws {
    try check(#require(Self.extensions), compared: 20)
  }

  private func check(_ text: String, compared least: Int) {
    var compared = 0
    for example in Self.examples(in: text) {
      let document = MarkdownDocument(SourceFile(name: "spec.md", text: example.markdown))
      let isStricter =
        example.html.contains("<!--") || !document.rawHTML.isEmpty
        || document.links.contains { $0.isImage || !LinkPolicy.allows($0.url) }
      if isStricter || Self.isSuperseded(example) { continue }
      compared += 1
      #expect(
        normalised(document.html()) == normalised(example.html),
        "\(example.testDescription)\n\(example.markdown)")
    }
    #expect(compared >= least)
  }

  /// Examples of the plain autolinks' section that show a bare address as text, which section 6.9
  /// makes a link, the one with `ftp:`, and those without an expected result.
  private static func isSuperseded(_ example: Example) -> Bool {
    example.section == "Autolinks" && !example.html.contains("<a ")
      || example.markdown.contains("ftp://") || example.html == "<IGNORE>\n"
  }

  /// Tasks and headings as the specification writes them: our boxes have names, our headings ids.
  private func normalised(_ html: String) -> String {
    html.replacing(#/<input [^>]*>/#) { tag in
      "<input" + (tag.output.contains("checked") ? " checked" : "") + ">"
    }
    .replacing(#/<(h[1-6]) id="[^"]*">\n/#) { "<\($0.output.1)>" }
    .replacing(#/\n<\/(h[1-6])>/#) { "</\($0.output.1)>" }
    .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static let spec = file("spec.txt")
  private static let extensions = file("extensions.txt")

  private static func file(_ name: String) -> String? {
    let root = URL(filePath: #filePath).appending(path: "../../../.build/spec/\(name)").standardized
    return try? String(contentsOf: root, encoding: .utf8)
  }

  /// The examples between lines of 32 back-ticks; `→` is a tab.
  private static func examples(in text: String) -> [Example] {
    let fence = String(repeating: "`", count: 32)
    var examples: [Example] = []
    var section = ""
    var parts: [String]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(fence + " example") {
        parts = [""]
      } else if line == fence, let found = parts {
        examples.append(
          Example(
            number: examples.count + 1, section: section, markdown: found[0],
            html: found.count > 1 ? found[1] : ""))
        parts = nil
      } else if parts != nil {
        if line == "." {
          parts?.append("")
        } else {
          let index = (parts?.count ?? 1) - 1
          parts?[index] += line.replacingOccurrences(of: "→", with: "\t") + "\n"
        }
      } else if line.hasPrefix("#") {
        section = line.drop { $0 == "#" || $0 == " " }.description
      }
    }
    return examples
  }
}
