import Foundation
import Testing

@testable import NNRender

/// What a reader sees, asked of a real browser: `Fixtures/browse.py` holds the questions.
@Suite struct BrowserTests {
  private static let isPossible =
    Tool.chromium != nil && Tool.chromedriver != nil && Tool.seleniumPython != nil

  @Test(.enabled(if: isPossible, "chromium, chromedriver or Python's selenium is not here"))
  func pagesLookAsTheyShould() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nnbook-pages-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, document) in [("letters", try Samples.letters()), ("gallery", Samples.gallery())] {
      let page = folder.appendingPathComponent("\(name).html")
      try HTMLPage.render(document).write(to: page, atomically: false, encoding: .utf8)
    }
    #expect(try Self.browse("browse.py", folder.path) == "ok\n")
  }

  /// The pages under `output/`, as they are committed.
  @Test(.enabled(if: isPossible, "chromium, chromedriver or Python's selenium is not here"))
  func committedPagesLookAsTheyShould() throws {
    let repository = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder = repository.appendingPathComponent("output").path
    #expect(try Self.browse("browse_committed.py", folder) == "ok\n")
  }

  private static func browse(_ script: String, _ folder: String) throws -> String {
    let python = try #require(Tool.seleniumPython)
    let chromium = try #require(Tool.chromium)
    let driver = try #require(Tool.chromedriver)
    return try Tool.run(python, [Tool.fixture(script), chromium, driver, folder])
  }
}
