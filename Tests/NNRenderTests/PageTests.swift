import Foundation
import NNOutput
import NNSource
import Testing

@testable import NNRender

@Suite struct PageTests {
  @Test func theSameDocumentIsTheSameBytes() throws {
    let page = HTMLPage.render(try Samples.letters())
    #expect(page == HTMLPage.render(try Samples.letters()))
    let gallery = HTMLPage.render(Samples.gallery())
    #expect(gallery == HTMLPage.render(Samples.gallery()))
    // For looking at them.
    if let folder = ProcessInfo.processInfo.environment["NNBOOK_SAMPLES"] {
      try page.write(toFile: folder + "/letters.html", atomically: false, encoding: .utf8)
      try gallery.write(toFile: folder + "/gallery.html", atomically: false, encoding: .utf8)
    }
  }

  @Test func anEmptyPageIsSmall() {
    let page = render("")
    #expect(page.utf8.count < 17_000)
    #expect(PageStyle.text.utf8.count < 16_000)
    #expect(PageScript.text.utf8.count < 1_200)
  }

  /// A page asks for nothing: no address is loaded, and its policy allows none.
  @Test func nothingIsLoaded() throws {
    let page = HTMLPage.render(try Samples.letters())
    let policy = try #require(page.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)?.1)
    #expect(policy.contains("default-src 'none'"))
    #expect(policy.contains("base-uri 'none'"))
    for tag in ["<link", "<iframe", "<object", "<embed", "<base", "@import", "url("] {
      #expect(!page.contains(tag), "\(tag)")
    }
    for match in page.matches(of: /\ssrc="([^"]*)"/) {
      #expect(match.1.hasPrefix("data:image/png;base64,"))
    }
    #expect(!page.contains(" style=\""))
    #expect(page.matches(of: /<script/).count == 1)
  }

  @Test func thePolicyNamesStyleAndScript() throws {
    let page = render("text")
    for (tag, text) in [("style", PageStyle.text), ("script", PageScript.text)] {
      #expect(page.contains("<\(tag)>\(text)</\(tag)>"))
      let hash = Base64.encode(SHA256.digest(Array(text.utf8)))
      #expect(page.contains("\(tag)-src 'sha256-\(hash)'"))
    }
    #expect(!PageStyle.text.contains("<"))
    #expect(!PageScript.text.contains("</"))
  }

  @Test func idsAreUnique() throws {
    for page in [HTMLPage.render(try Samples.letters()), HTMLPage.render(Samples.gallery())] {
      let ids = page.matches(of: /\sid="([^"]*)"/).map(\.1)
      #expect(Set(ids).count == ids.count)
      // Every link within the page leads somewhere.
      for match in page.matches(of: /\shref="#([^"]*)"/) { #expect(ids.contains(match.1)) }
    }
  }

  @Test func aCellKeepsApartFromAHeadingOfItsName() {
    let page = render("## Cell train\n\n```nn train\nx\n```\n")
    #expect(page.contains("<h2 id=\"cell-train\">"))
    #expect(page.contains("id=\"cell:train\""))
  }

  @Test func stepsAreNumberedUnlessTheAuthorDid() {
    let page = render("## One\n\n## Two\n")
    #expect(page.contains(/<span class="number">1<\/span>\s+One/))
    #expect(!render("## Step 1: One\n\n## Step 2: Two\n").contains("class=\"number\""))
    #expect(!render("## 1. One\n\n## Two\n").contains("class=\"number\""))
    #expect(!render("## Alone\n").contains("class=\"number\""))
  }

  @Test func theTitleStandsOnce() {
    let sample = SampleDocument(name: "a.md", text: "# The title\n\nText.\n")
    let page = HTMLPage.render(sample.document(title: "The title", outputs: [:]))
    #expect(page.matches(of: /<h1/).count == 1)
    let other = HTMLPage.render(sample.document(title: "Another", outputs: [:]))
    #expect(other.matches(of: /<h1/).count == 2)
  }

  @Test func longTextFolds() {
    let text = (1...100).map { "line \($0)\n" }.joined()
    let page = render("```nn a\nx\n```\n", ["a": [.text(PrintedText(text))]])
    #expect(page.contains("<summary>85 more of 100 lines</summary>"))
    #expect(!render("```nn a\nx\n```\n", ["a": [.text("1\n2\n")]]).contains("more of"))
  }

  @Test func textsPrintedInARowAreOne() {
    let page = render("```nn a\nx\n```\n", ["a": [.text("a "), .text("b\n"), .text("c\n")]])
    #expect(page.contains("<pre>a b\nc</pre>"))
  }

  @Test func aFailedCellShowsItsErrorAndTheRestIsThere() throws {
    let page = HTMLPage.render(try Samples.letters())
    #expect(page.contains("class=\"cell failed\""))
    #expect(page.contains("a2 = sigmoid(<mark>a1 @ w2</mark>)"))
    #expect(page.contains("letters.md:98:14"))
    #expect(page.contains("Did not run, because a cell it needs failed."))
    #expect(page.contains("7 cells, 1 failed, 1 did not run"))
    #expect(!page.contains("notebooks/letters.md"))
  }

  @Test func cellOptions() {
    let page = HTMLPage.render(Samples.gallery())
    #expect(page.contains("<summary>Source, 1 line</summary>"))
    #expect(page.contains("<summary>Output</summary>"))
    #expect(!page.contains("never seen"))
    #expect(page.contains("Out of date"))
    #expect(page.contains("Shown, not run."))
    #expect(page.contains("Error, as meant"))
  }

  @Test func inlineValues() throws {
    let page = HTMLPage.render(try Samples.letters())
    #expect(page.contains("stands at <span class=\"inline\">93.06</span> per cent"))
  }

  @Test func formulasAreSet() {
    let page = render("The *loss* $x_i * y_i$ and $$\\sum_i x_i$$ in a line; `$code$`.\n")
    #expect(page.matches(of: /<math/).count == 2)
    #expect(page.contains("<math><semantics><mrow><msub><mi>x</mi><mi>i</mi></msub>"))
    #expect(page.contains("<math display=\"block\">"))
    #expect(page.contains("<code>$code$</code>"))
    #expect(page.contains("<em>loss</em>"))
  }

  @Test(arguments: [
    "It costs $5 or $6.", "a $ b $ c", "$ x$", "$x $", "\\$x\\$", "$", "$$", "$$$$", "$x", "$x\\$",
    "$x$5",
  ]) func whatIsNoFormulaStaysText(text: String) {
    #expect(!render(text).contains("<math"))
  }

  @Test func formulasStandAnywhere() {
    let page = render(
      "## The $\\sigma$ of it\n\n| a |\n|---|\n| $x^2$ |\n\n[$y$](#a)[^1]\n\n[^1]: $z$\n")
    #expect(page.matches(of: /<math/).count == 4)
  }

  @Test func tasksHaveNames() {
    let page = render("- [x] one\n- [ ] *two*\n\n1. [x] three\n\n   more\n")
    #expect(page.contains("<li><input type=\"checkbox\" disabled checked aria-label=\"done\"> one"))
    #expect(page.contains("<input type=\"checkbox\" disabled aria-label=\"to do\"> <em>two</em>"))
    #expect(page.matches(of: /<input/).count == 3)
  }

  @Test func tables() throws {
    let page = HTMLPage.render(try Samples.letters())
    #expect(page.contains("<caption>What the network says</caption>"))
    #expect(page.contains("<th scope=\"row\">A</th><td class=\"num\">0.9312</td>"))
    #expect(page.contains("… 9 more rows"))
  }

  @Test func theIndexListsPages() {
    var document = SampleDocument(name: "a.md", text: "text\n").document(title: "<A>", outputs: [:])
    document.description = "First"
    let page = HTMLIndex.render(
      title: "Notebooks", Gallery([.init(document, path: "a/é &?.html")]))
    #expect(page.contains("<a href=\"a/%C3%A9%20%26%3F.html\">"))
    #expect(page.contains("<span class=\"name\">&lt;A&gt;</span>"))
    #expect(page.contains("<p>First</p>"))
    #expect(HTMLIndex.isOurs(Array(page.utf8)))
    #expect(!HTMLIndex.isOurs(Array("<!DOCTYPE html><title>nnbook</title>".utf8)))
    #expect(HTMLIndex.render(title: "N", Gallery([])).contains("no notebooks"))
  }

  @Test func theIndexHasAnOrderAndSections() {
    func entry(_ path: String, _ order: Int?, _ section: String?) -> Gallery.Entry {
      var document = SampleDocument(name: "a.md", text: "text\n").document(
        title: path, outputs: [:])
      (document.order, document.section) = (order, section)
      return Gallery.Entry(document, path: path)
    }
    let gallery = Gallery([
      entry("r", nil, "R"), entry("b", nil, nil), entry("s", nil, "S"), entry("a", nil, nil),
      entry("z", 1, nil), entry("t", 9, "S"), entry("q", nil, "R"),
    ])
    let page = HTMLIndex.render(title: "N", gallery)
    let found = page.split(separator: "<").filter { $0.hasPrefix("h2") || $0.contains("\"name\"") }
      .map { String($0.split(separator: ">")[1]) }
    #expect(found == ["z", "a", "b", "S", "t", "s", "R", "q", "r"])
  }

  /// The first chart or picture that is shown, without its words; one too heavy is passed over.
  @Test func aCoverIsAPictureOfTheNotebook() throws {
    let letters = try Samples.letters()
    let page = HTMLIndex.render(title: "N", Gallery([.init(letters, path: "l.html")]))
    #expect(page.contains("id=\"cover:1\""))
    #expect(page.utf8.count < 60_000)
  }

  /// A page that failed says why under its name; one without a picture has a crossed-out chart.
  @Test func aCardTellsWhatFailed() {
    func card(_ outputs: [CellOutput]) -> String {
      let text = "```nn a\nx\n```\n"
      var document = SampleDocument(name: "a.md", text: text).document(
        title: "T", outputs: ["a": outputs])
      document.cells[0].state = .failed
      return HTMLIndex.render(title: "N", Gallery([.init(document, path: "t.html")]))
    }
    let error = CellOutput.diagnostic(
      .error(.recorded(Wording("x < y", hint: "mend it")), at: SourceRange(8, 9)))
    let problem = "</a><p class=\"problem\">1 cell failed: x &lt; y</p>"
    let bare = card([error])
    #expect(bare.contains(problem))
    #expect(bare.contains("<span class=\"cover broken\" aria-hidden=\"true\"><svg "))
    let grid = PictureGrid(
      pictures: [.init(width: 2, height: 1, values: [0, 1])], columns: 1, colorMap: .gray, low: 0,
      high: 1)
    let shown = card([.pictures(grid), error])
    #expect(shown.contains(problem))
    #expect(shown.contains("<span class=\"cover\" aria-hidden=\"true\"><div class=\"pictures"))
  }

  @Test func picturesAreTakenIn() {
    let document = SampleDocument(
      name: "a.md", text: "![a *b* `c` \"](x.png \"T\") [![d](x.png)](e) ![f](y.png)\n"
    ).document(title: "T", outputs: [:])
    let picture = PagePicture(mediaType: "image/png", bytes: [1, 2, 3])
    let page = HTMLPage.render(document, pictures: ["x.png": picture])
    let source = "src=\"data:image/png;base64,AQID\""
    #expect(
      page.contains("<img class=\"shown\" \(source) alt=\"a b c &quot;\" title=\"T\">"))
    #expect(page.contains("<a href=\"e\"><img class=\"shown\" \(source) alt=\"d\"></a>"))
    #expect(page.contains("<a href=\"y.png\">f</a>"))
  }

  private func render(_ text: String, _ outputs: [String: [CellOutput]] = [:]) -> String {
    HTMLPage.render(SampleDocument(name: "a.md", text: text).document(title: "T", outputs: outputs))
  }
}
