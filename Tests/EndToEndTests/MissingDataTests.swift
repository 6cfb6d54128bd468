import Foundation
import Testing

/// What rendering without a data set does to pages that were made with it.
@Suite struct MissingDataTests {
  /// Two pictures of 2 × 2 and their classes, in the files of MNIST.
  private static func writeData(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let pictures: [UInt8] =
      [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2] + [0, 50, 100, 150, 250, 200, 150, 100]
    let classes: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 1]
    for part in ["train", "t10k"] {
      try Data(pictures).write(to: folder.appending(path: "\(part)-images-idx3-ubyte"))
      try Data(classes).write(to: folder.appending(path: "\(part)-labels-idx1-ubyte"))
    }
  }

  private static let digits = """
    ---
    order: 1
    description: Two of them.
    ---
    # Digits

    ```nn load
    load mnist as d
    ```

    ```nn show
    image d.x[0]
    n = len(d.x)
    ```

    There are `nn n`, and `nn n + 1` is one more.

    ```nn more
    print n * 2
    ```

    ```nn apart
    print "needs nothing"
    ```

    """

  private static let other = "# Other\n\n```nn\nplot sigmoid from -2 to 2\n```\n"

  private let work: WorkFolder
  private let data: URL

  private init() throws {
    work = try WorkFolder()
    data = work.url.appending(path: "data/mnist")
    let notes = work.url.appending(path: "notes")
    try FileManager.default.createDirectory(at: notes, withIntermediateDirectories: true)
    try Data(Self.digits.utf8).write(to: notes.appending(path: "digits.md"))
    try Data(Self.other.utf8).write(to: notes.appending(path: "other.md"))
  }

  private func pages() throws -> [String: Data] {
    let names = work.files.filter { $0.hasPrefix("output/") }
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: work.url.appending(path: $0))) })
  }

  private func nnbook(_ arguments: String...) throws -> Executable.Result {
    try Executable.nnbook.run(arguments, in: work.url)
  }

  private static let kept = """
    notes/digits.md: output/digits.html stays as it is: the data set 'mnist' is not on this machine \
    (nnbook data get mnist)

    """

  @Test func pagesMadeWithTheDataStayAsTheyAre() throws {
    defer { work.remove() }
    try Self.writeData(to: data)
    #expect(try nnbook("render", "notes").exitCode == 0)
    let made = try pages()
    #expect(made.count == 5)
    try FileManager.default.removeItem(at: data)

    let again = try nnbook("render", "notes")
    #expect(again.exitCode == 66)
    #expect(
      again.errors == """
        notes/other.md → output/other.html
        list of notebooks → output/index.html
        \(Self.kept)
        """)
    #expect(try pages() == made)

    // The others are rendered as they are now, and the list with them.
    let other = work.url.appending(path: "notes/other.md")
    try Data("# Another\n".utf8).write(to: other)
    #expect(try nnbook("render", "notes").exitCode == 66)
    let now = try pages()
    #expect(now["output/digits.html"] == made["output/digits.html"])
    #expect(now["output/digits.ipynb"] == made["output/digits.ipynb"])
    let list = String(decoding: try #require(now["output/index.html"]), as: UTF8.self)
    #expect(list.contains(">Another</span>") && list.contains(">Digits</span>"))
    #expect(!list.contains("1 cell failed"))

    // One cell alone, and a page in Markdown beside it.
    #expect(try nnbook("run", "notes/digits.md", "more").errors.contains(Self.kept))
    #expect(try nnbook("render", "notes/digits.md", "--to", "html,md").errors == Self.kept)
    #expect(try pages() == now)

    // With the data all is as it was.
    try Self.writeData(to: data)
    try Data(Self.other.utf8).write(to: other)
    #expect(try nnbook("render", "notes").exitCode == 0)
    #expect(try pages() == made)
  }

  /// Nothing is lost where nothing stands, and a page that lacked the data before is no loss either.
  @Test func withoutAnOlderPageTheErrorIsShown() throws {
    defer { work.remove() }
    let first = try nnbook("render", "notes")
    #expect(first.exitCode == 66)
    #expect(
      first.errors == """
        notes/digits.md:8:6: the data set 'mnist' is not on this machine
        8 | load mnist as d
          |      ^^^^^
        hint: nnbook data get mnist
        notes/digits.md: 2 cells and 2 inline values did not run: they need what the cell 'load' \
        could not make
        notes/digits.md → output/digits.html
        notes/other.md → output/other.html
        list of notebooks → output/index.html
        nnbook: the data set 'mnist' is not on this machine: nnbook data get mnist

        """)
    let made = try pages()
    let page = String(decoding: try #require(made["output/digits.html"]), as: UTF8.self)
    #expect(page.contains("did not run: it needs 'd', which the cell 'load' could not make"))
    let list = String(decoding: try #require(made["output/index.html"]), as: UTF8.self)
    #expect(list.contains("1 cell failed: the data set 'mnist' is not on this machine</p>"))

    let digits = work.url.appending(path: "notes/digits.md")
    try Data((Self.digits + "More.\n").utf8).write(to: digits)
    #expect(try nnbook("render", "notes").errors.contains("notes/digits.md → output/digits.html"))
    let now = String(
      decoding: try #require(try pages()["output/digits.html"]), as: UTF8.self)
    #expect(now.contains("More."))
  }
}
