import NNMarkdown
import NNNotebook
import NNSource

/// One input down the Markdown path: bytes → notebook → HTML with every cell and span replaced.
/// Everything that must hold for any bytes is checked on the way.
package enum MarkdownHarness {
  /// - Returns: what does not hold, or nil.
  package static func run(_ bytes: some Sequence<UInt8>) -> String? {
    let file = SourceFile(name: "fuzz.md", bytes: bytes)
    let notebook = Notebook.read(file)
    for finding in notebook.diagnostics {
      if let fault = check(finding.range, in: file, "a finding's range") { return fault }
      if finding.problem.wording.message.isEmpty { return "a finding without words" }
    }
    for cell in notebook.cells {
      if let fault = check(cell.range, in: file, "a cell's range") { return fault }
      if cell.displayStart > cell.program.utf8.count { return "a display start behind its cell" }
    }
    for block in notebook.markdown.codeBlocks {
      if let fault = check(block.range, in: file, "a block's range") { return fault }
      if let fault = check(block.literal, in: file) { return fault }
      let mark = file.utf8[block.range.lower]
      if mark != UInt8(ascii: "`"), mark != UInt8(ascii: "~") { return "a block without a fence" }
    }
    for span in notebook.markdown.codeSpans {
      if let fault = check(span.range, in: file, "a span's range") { return fault }
      // In long texts the search for a span's place may be given up.
      let isFound =
        file.utf8.count > 20_000
        || file.utf8[span.range.lower] == UInt8(ascii: "`")
          && file.utf8[span.range.upper - 1] == UInt8(ascii: "`")
      if !isFound { return "a span that is not between back-ticks" }
      if let fault = check(span.literal, in: file) { return fault }
    }
    let plain = notebook.markdown.html()
    if let fault = HTMLCheck.fault(in: plain) { return fault }
    let marked = notebook.markdown.html(
      codeBlock: { "<div data-cell=\"\($0)\"></div>" },
      codeSpan: { "<data data-span=\"\($0)\"></data>" })
    return HTMLCheck.fault(in: marked)
  }

  private static func check(_ range: SourceRange, in file: SourceFile, _ name: String) -> String? {
    let isInside = range.lower >= 0 && range.lower <= range.upper && range.upper <= file.utf8.count
    return isInside ? nil : "\(name) is \(range.lower)..<\(range.upper) of \(file.utf8.count)"
  }

  /// Every byte that is not white space stands in the file where the slice says.
  private static func check(_ slice: SourceSlice, in file: SourceFile) -> String? {
    for (index, line) in slice.lines.enumerated() {
      let end = index + 1 < slice.lines.count ? slice.lines[index + 1].start : slice.utf8.count
      for offset in line.start..<max(line.start, end) {
        let byte = slice.utf8[offset]
        if byte == 0x20 || byte == 0x0A { continue }
        let place = line.fileOffset + offset - line.start
        guard place < file.utf8.count, file.utf8[place] == byte else {
          return "byte \(offset) of a slice does not stand at \(place)"
        }
      }
    }
    return nil
  }
}

/// Reads HTML as a browser does, as far as is needed to see that nothing in it can run: only tags
/// and attributes that the renderer writes, and no address with another scheme.
package enum HTMLCheck {
  private static let tags: Set<String> = [
    "a", "blockquote", "br", "code", "data", "del", "div", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "input", "li", "ol", "p", "pre", "section", "strong", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
  ]
  private static let attributes: Set<String> = [
    "align", "aria-label", "checked", "class", "data-cell", "data-footnote-backref",
    "data-footnote-ref", "data-footnotes", "data-span", "disabled", "href", "id", "start",
    "title", "type",
  ]

  package static func fault(in html: String) -> String? {
    let text = Array(html.utf8)
    var index = 0
    while let open = text[index...].firstIndex(of: UInt8(ascii: "<")) {
      index = open + 1
      if index < text.count, text[index] == UInt8(ascii: "/") { index += 1 }
      let name = word(text, &index)
      guard tags.contains(name) else { return "the tag <\(name)" }
      while true {
        while index < text.count, text[index] == 0x20 || text[index] == 0x0A { index += 1 }
        guard index < text.count else { return "the tag <\(name) is not closed" }
        if text[index] == UInt8(ascii: ">") { break }
        if text[index] == UInt8(ascii: "/") {
          index += 1
          continue
        }
        if let fault = attribute(text, &index) { return fault }
      }
    }
    return nil
  }

  private static func attribute(_ text: [UInt8], _ index: inout Int) -> String? {
    let name = word(text, &index)
    guard attributes.contains(name) else { return "the attribute '\(name)'" }
    guard index < text.count, text[index] == UInt8(ascii: "=") else { return nil }
    index += 1
    guard index < text.count, text[index] == UInt8(ascii: "\"") else { return "an open value" }
    index += 1
    guard let end = text[index...].firstIndex(of: UInt8(ascii: "\"")) else {
      return "an open quote"
    }
    let value = String(decoding: text[index..<end], as: UTF8.self)
    index = end + 1
    return name == "href" ? addressFault(value) : nil
  }

  private static func addressFault(_ value: String) -> String? {
    let scheme = value.prefix { !":/?#".contains($0) }
    guard scheme.endIndex < value.endIndex, value[scheme.endIndex] == ":" else { return nil }
    let isSafe = ["http", "https", "mailto"].contains(scheme.lowercased())
    return isSafe ? nil : "a link to \(value)"
  }

  private static func word(_ text: [UInt8], _ index: inout Int) -> String {
    let start = index
    while index < text.count, !" \n/>=\"'<".utf8.contains(text[index]) { index += 1 }
    if index == start { index = min(index + 1, text.count) }
    return String(decoding: text[start..<index], as: UTF8.self)
  }
}
