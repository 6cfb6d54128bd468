import Foundation
import NNNotebook
import NNOutput
import NNRender
import NNRunner
import NNSource
import Testing

@testable import NNReference

/// The reference page follows from the registry: the notebook is what the registry gives, and every
/// example shows on the page what it shows alone.
@Suite struct ReferencePageTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static var runner: NotebookRunner {
    var runner = NotebookRunner()
    runner.files = .ofExamples
    return runner
  }

  private static let document: OutputDocument = {
    let source = SourceFile(name: "reference.md", text: ReferenceNotebook.text())
    return runner.run(Notebook.read(source))
  }()

  @Test func committedNotebookIsTheRegistrys() throws {
    let path = Self.folder.appending(path: "notebooks/reference.md")
    let committed = try String(contentsOf: path, encoding: .utf8)
    #expect(
      committed == ReferenceNotebook.text(),
      "write it again: nnbook help nn --notebook > notebooks/reference.md")
  }

  @Test func committedPageIsTheNotebooks() throws {
    let path = Self.folder.appending(path: "output/reference.html")
    let committed = try String(contentsOf: path, encoding: .utf8)
    let isSame = committed == HTMLPage.render(Self.document)
    #expect(isSame, "render it again: make notebooks")
    #expect(committed.utf8.count < 1_000_000)
  }

  @Test func everyCellShowsWhatItsExampleShowsAlone() {
    #expect(Self.document.allDiagnostics == [])
    #expect(Self.document.cells.count == Reference.entries.count)
    let inOrder = Reference.families.flatMap(\.entries)
    for (cell, entry) in zip(Self.document.cells, inOrder) {
      let source = SourceFile(name: "example.nn", text: entry.example)
      let slice = SourceFile(
        name: "alone.md",
        text: "```nn alone\n\(source.text(SourceRange(0, source.utf8.count)))\n```"
      )
      let alone = Self.runner.run(Notebook.read(slice)).cells[0]
      let isSame = cell.outputs == alone.outputs
      #expect(isSame && !cell.outputs.isEmpty, "\(entry.name) shows something else on the page")
    }
  }

  /// Every link of the page leads to a place in it.
  @Test func linksLeadSomewhere() {
    let page = HTMLPage.render(Self.document)
    let ids = Set(Self.values(of: "id", in: page))
    let broken = Self.values(of: "href", in: page)
      .filter { $0.hasPrefix("#") && !ids.contains(String($0.dropFirst())) }
    #expect(broken == [])
    #expect(ids.isSuperset(of: ["train", "predict-command", "shape-field", "if-elif-else"]))
  }

  private static func values(of attribute: String, in page: String) -> [String] {
    page.components(separatedBy: " \(attribute)=\"").dropFirst().compactMap {
      $0.components(separatedBy: "\"").first
    }
  }

  // MARK: JSON

  @Test func jsonHoldsEveryEntry() throws {
    let data = Data(ReferenceJSON.text().utf8)
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let entries = try #require(root["entries"] as? [[String: Any]])
    #expect(entries.compactMap { $0["name"] as? String } == Reference.entries.map(\.name))
    let train = try #require(entries.first { $0["name"] as? String == "train" })
    let parameters = try #require(train["parameters"] as? [[String: Any]])
    let batch = try #require(parameters.first { $0["name"] as? String == "batch" })
    #expect(batch["type"] as? String == "integer")
    #expect(batch["default"] as? String == "32")
    #expect(batch["words"] as? [String] == ["all"])
    #expect(parameters[0]["default"] is NSNull)
    #expect((train["example"] as? String)?.contains("\n    dense 4 tanh\n") == true)
  }
}
