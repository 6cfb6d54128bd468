import NNMarkdown
import NNOutput
import NNSource

/// NNRender: `OutputDocument` → pages, drawings and terminal text, byte for byte the same for the
/// same document.
///
///     HTMLPage       document → MarkdownDocument → prose with `CellHTML` put in → `HTMLShell`
///     CellHTML       one cell: its source, its outputs right under it, its caption
///     OutputHTML     one output → figure, table, pictures …; charts and diagrams through SVG/
///     HTMLShell      head, policy, style, table of contents, landmarks: the page around it
///     TextRenderer   the same outputs for a terminal
///
///     Gallery        many documents → a list with pictures; HTMLIndex, the page that holds it
///
/// Everything becomes bytes in `MarkupWriter`, which escapes by type.
package struct HTMLPage {
  private let document: OutputDocument
  private let pictures: [String: PagePicture]
  private let gallery: Gallery?
  private let markdown: MarkdownDocument
  private let anchors: PageAnchors

  private init(
    _ document: OutputDocument, _ pictures: [String: PagePicture], _ gallery: Gallery?
  ) {
    self.document = document
    self.pictures = pictures
    self.gallery = gallery
    markdown = MarkdownDocument(document.source, bodyStart: document.bodyStart)
    anchors = PageAnchors(headings: markdown.headings.map(\.anchor))
  }

  /// The whole page: one file, which needs no other and asks for none.
  ///
  /// - Parameters:
  ///   - pictures: what the prose's `![...](address)` show, by their addresses.
  ///   - gallery: the notebooks that this one is the head of.
  package static func render(
    _ document: OutputDocument, pictures: [String: PagePicture] = [:], gallery: Gallery? = nil
  ) -> String {
    HTMLPage(document, pictures, gallery).html()
  }

  private func html() -> String {
    let outline = PageOutline(markdown, title: document.title) { inlineText($0) }
    let cells = Dictionary(
      document.cells.map { ($0.blockIndex, $0) }, uniquingKeysWith: { first, _ in first })
    let inlines = Dictionary(
      document.inlines.map { ($0.spanIndex, $0) }, uniquingKeysWith: { first, _ in first })
    let prose = markdown.html(
      codeBlock: { index in
        guard let cell = cells[index] else { return block(index) }
        let html = CellHTML(cell: cell, source: document.source, anchors: anchors)
        return MarkupWriter.string(html.markup)
      },
      codeSpan: { index in
        inlines[index].map { MarkupWriter.string(inline($0)) }
      },
      formula: { index in
        let formula = markdown.formulas[index]
        let maths = MathML(formula.content, tex: formula.tex, isDisplay: formula.isDisplay)
        return MarkupWriter.string(maths.inPage)
      },
      heading: { outline.frame($0) },
      table: MarkdownDocument.Frame(
        open: "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">",
        close: "</div>"),
      pictures: pictures.mapValues(\.address))
    var shell = HTMLShell(title: document.title)
    shell.description = document.description
    shell.author = document.author
    if gallery == nil {
      shell.contents = outline.entries
    } else {
      shell.style += PageStyle.gallery
    }
    shell.body = [notices, .finished(prose), gallery?.markup ?? .nothing]
    shell.footer = footer
    return shell.html()
  }

  private func inlineText(_ index: Int) -> String? {
    document.inlines.first { $0.spanIndex == index }?.shownText
  }

  private func inline(_ record: InlineRecord) -> Markup {
    guard let diagnostic = record.diagnostic else {
      return .tag(
        "span", ["class": record.isStale ? "inline stale" : "inline"], record.shownText)
    }
    let drawing = DiagnosticHTML(diagnostic, in: document.source)
    return .tag("span", ["class": "inline failed", "title": drawing.place], drawing.sentence)
  }

  /// A fenced block that is not nn.
  private func block(_ index: Int) -> String? {
    guard markdown.codeBlocks.indices.contains(index) else { return nil }
    let block = markdown.codeBlocks[index]
    let language = block.info.split { $0 == " " || $0 == "{" || $0 == "\t" }.first.map(String.init)
    return MarkupWriter.string(
      .tag(
        "div", ["class": "listing"],
        [
          CodeHTML.block(
            block.literal.utf8, spans: spans(block.literal.utf8, language),
            language: language ?? "",
            label: "Listing")
        ]))
  }

  private func spans(_ code: [UInt8], _ language: String?) -> [HighlightSpan] {
    guard let name = language?.lowercased(), ["python", "py", "python3"].contains(name) else {
      return []
    }
    return PythonHighlighter.spans(code)
  }

  /// What belongs to no cell, at the top of the page.
  private var notices: Markup {
    let all = markdown.diagnostics + document.diagnostics
    guard !all.isEmpty else { return .nothing }
    return .tag(
      "section", ["class": "notices", "aria-label": "Problems in this notebook"],
      all.map { DiagnosticHTML($0, in: document.source).markup })
  }

  private var footer: Markup {
    if let gallery {
      let count = NumberText.count(gallery.entries.count, "notebook")
      return .tag("p", [:], "Made by nnbook from \(count)")
    }
    let failed = document.cells.filter { $0.state == .failed }.count
    let skipped = document.cells.filter { $0.state == .skipped }.count
    var text = NumberText.count(document.cells.count, "cell")
    if failed > 0 { text += ", \(failed) failed" }
    if skipped > 0 { text += ", \(skipped) did not run" }
    return .tag(
      "p", [:],
      [
        .text("Made by nnbook from "),
        .tag("code", [:], PageAnchors.fileName(document.source.name)), .text("  ·  \(text)"),
      ])
  }
}

/// A picture that a page takes in.
package struct PagePicture: Sendable {
  package let mediaType: String
  package let bytes: [UInt8]

  package init(mediaType: String, bytes: [UInt8]) {
    self.mediaType = mediaType
    self.bytes = bytes
  }

  var address: String { "data:\(mediaType);base64,\(Base64.encode(bytes))" }
}

/// The names of places in a page. Those of headings are GitHub's and come first; a colon, which no
/// heading's name has, keeps the others apart where they would be the same.
struct PageAnchors {
  private let headings: Set<String>

  init(headings: [String]) { self.headings = Set(headings) }

  func cell(_ label: String) -> String {
    let name = "cell-\(label)"
    return headings.contains(name) ? "cell:\(label)" : name
  }

  /// The last part of a path: a page does not tell where it was made.
  static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
