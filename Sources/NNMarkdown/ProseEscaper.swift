import NNSource

/// Makes text of what no reader's program should take for markup: raw HTML, and links that
/// `LinkPolicy` refuses. Everything else of the Markdown stays as it is, byte for byte.
///
/// cmark says what there is, a backslash in front makes text of it, and cmark is asked again: with
/// one tag gone, the rest may read differently.
package struct ProseEscaper {
  private let markdown: MarkdownDocument
  /// Offsets in the file, in order.
  private var escapes: [Int] = []

  private init(_ markdown: MarkdownDocument) { self.markdown = markdown }

  /// The places in the file in front of which a backslash belongs.
  package static func escapes(in markdown: MarkdownDocument) -> [Int] {
    guard markdown.hasRefused || !markdown.diagnostics.isEmpty else { return [] }
    var escaper = ProseEscaper(markdown)
    guard markdown.diagnostics.isEmpty, escaper.isHarmlessSoon() else {
      return escaper.everyOpening()
    }
    return escaper.escapes
  }

  /// False where cmark gives up, or something is left whatever is escaped.
  private mutating func isHarmlessSoon() -> Bool {
    var bytes = 0
    for round in 0..<10 {
      guard let reading = Reading(markdown, escapes) else { return false }
      var finder = RefusalFinder(reading)
      if finder.refusedCount == 0 { return true }
      var new = finder.found()
      if new.isEmpty {
        // Places that cmark does not tell are found by trying.
        let doubtful = finder.openings
        bytes += doubtful.count * max(markdown.source.utf8.count, 1000)
        let isTooMuch = round > 6 || bytes > Self.mostBytesTried
        new = isTooMuch ? doubtful : helpful(of: doubtful, finder.refusedCount) ?? doubtful
      }
      guard !new.isEmpty else { return false }
      escapes = Set(new).union(escapes).sorted()
    }
    return false
  }

  private static let mostBytesTried = 20_000_000

  /// Those of the places that leave less to be refused when they are escaped; nil for none.
  private func helpful(of places: [Int], _ count: Int) -> [Int]? {
    var count = count
    var helpful: [Int] = []
    for place in places where count > 0 {
      let tried = Set(helpful + [place]).union(escapes).sorted()
      guard let reading = Reading(markdown, tried) else { continue }
      let left = RefusalFinder(reading).refusedCount
      guard left < count else { continue }
      count = left
      helpful.append(place)
    }
    return helpful.isEmpty ? nil : helpful
  }

  /// For a text that cmark can't be asked about.
  private func everyOpening() -> [Int] {
    let count = markdown.source.utf8.count
    return RefusalFinder.openings(
      in: SourceRange(min(markdown.bodyStart, count), count), of: markdown.source)
  }
}

/// A file with backslashes put in.
private struct EscapedText {
  let source: SourceFile
  private let escapes: [Int]

  init(_ file: SourceFile, _ escapes: [Int]) {
    self.escapes = escapes
    guard !escapes.isEmpty else {
      source = file
      return
    }
    var bytes: [UInt8] = []
    var start = 0
    for place in escapes {
      bytes += file.utf8[start..<place]
      bytes.append(UInt8(ascii: "\\"))
      start = place
    }
    bytes += file.utf8[start...]
    source = SourceFile(name: file.name, bytes: bytes)
  }

  /// The place in the file of a byte of the text, which is no added backslash.
  func original(_ offset: Int) -> Int {
    var (low, high) = (0, escapes.count)
    while low < high {
      let middle = (low + high) / 2
      // The escaped byte stands behind its own backslash and those before.
      if escapes[middle] + middle + 1 <= offset { low = middle + 1 } else { high = middle }
    }
    return offset - low
  }
}

/// What cmark makes of a text with backslashes put in.
private struct Reading {
  let text: EscapedText
  let lines: BodyLines
  let parts: TreeParts

  /// Nil where cmark gives up.
  init?(_ markdown: MarkdownDocument, _ escapes: [Int]) {
    text = EscapedText(markdown.source, escapes)
    lines = BodyLines(text.source, from: markdown.bodyStart)
    guard let parts = try? CommonMarkTree.withTree(of: lines, { $0.collect() }) else { return nil }
    self.parts = parts
  }
}

/// Where backslashes belong in a text, as far as one reading of it tells: places in the file.
private struct RefusalFinder {
  private let reading: Reading
  private var mapper: LeafMapper

  private var lines: BodyLines { reading.lines }

  init(_ reading: Reading) {
    self.reading = reading
    mapper = LeafMapper(parts: reading.parts, lines: reading.lines)
  }

  private static func isOpening(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "<") || byte == UInt8(ascii: "[")
  }

  /// How much there is that is not let through.
  var refusedCount: Int {
    reading.parts.htmlBlocks.count + reading.parts.unusedFootnotes.count
      + reading.parts.leaves.reduce(0) { $0 + $1.refused.count }
  }

  mutating func found() -> [Int] {
    var found: [Int] = []
    for block in reading.parts.htmlBlocks { found += places(in: block) }
    // cmark does not look at what no reader would see; others show it.
    for footnote in reading.parts.unusedFootnotes {
      guard let range = lines.range(ofLine: footnote.startLine) else { continue }
      found += lines.bytes(range).firstIndex(of: UInt8(ascii: "[")).map { [$0] } ?? []
    }
    for leaf in reading.parts.leaves where !leaf.refused.isEmpty { found += places(in: leaf) }
    return found.map(reading.text.original)
  }

  /// All that could begin one of the tags and links that are not let through.
  var openings: [Int] {
    reading.parts.leaves.filter { !$0.refused.isEmpty }.flatMap(openings).map(
      reading.text.original)
  }

  // MARK: Blocks

  /// Every mark in the block's lines: none of them may become another piece of markup.
  private func places(in block: TreeParts.HTMLBlock) -> [Int] {
    var texts = block.literal.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if texts.last?.isEmpty == true { texts.removeLast() }
    return texts.enumerated().flatMap { index, text -> [Int] in
      guard let range = lines.range(ofLine: block.startLine + index) else { return [] }
      // Container marks stand before it.
      var start = range.upper
      for byte in text.reversed() {
        guard start > range.lower, lines.source.utf8[start - 1] == byte else { break }
        start -= 1
      }
      let first = lines.bytes(SourceRange(start, range.upper)).firstIndex { !isBlank($0) }
      return (start..<range.upper).filter { place in
        let byte = lines.source.utf8[place]
        return Self.isMark(byte) || (place == first && "#>-+=|".utf8.contains(byte))
      }
    }
  }

  private static func isMark(_ byte: UInt8) -> Bool { "\\`*_[<~$&".utf8.contains(byte) }

  // MARK: Inlines

  private mutating func places(in leaf: TreeParts.Leaf) -> [Int] {
    guard let map = mapper.map(of: leaf) else { return [] }
    let starts = [0] + map.text.indices.filter { map.text[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    var found: [Int] = []
    for refused in leaf.refused {
      let line = refused.line - leaf.startLine
      guard starts.indices.contains(line),
        let places = places(
          of: refused, at: starts[line] + refused.column - leaf.columnOffset, in: map.text)
      else { continue }
      found += places.map { map.fileRange($0..<$0 + 1).lower }
    }
    return found
  }

  /// Places in the leaf's text; nil where cmark's own does not hold it.
  private func places(
    of refused: TreeParts.Refused, at start: Int, in text: [UInt8]
  ) -> [Int]? {
    guard text.indices.contains(start) else { return nil }
    if let tag = refused.tag {
      guard text[start...].starts(with: tag) else { return nil }
      return (start..<start + tag.count).filter { Self.isMark(text[$0]) }
    }
    if Self.isOpening(text[start]) { return [start] }
    guard text[start] == UInt8(ascii: "!"), start + 1 < text.count,
      text[start + 1] == UInt8(ascii: "[")
    else { return nil }
    return [start + 1]
  }

  private func openings(in leaf: TreeParts.Leaf) -> [Int] {
    (leaf.startLine...max(leaf.startLine, leaf.endLine)).flatMap { number in
      lines.range(ofLine: number).map { Self.openings(in: $0, of: lines.source) } ?? []
    }
  }

  /// All that could begin a tag or a link, but for what is escaped already.
  static func openings(in range: SourceRange, of file: SourceFile) -> [Int] {
    var isEscaped = false
    return (range.lower..<range.upper).filter { place in
      let byte = file.utf8[place]
      defer { isEscaped = byte == UInt8(ascii: "\\") && !isEscaped }
      return isOpening(byte) && !isEscaped
    }
  }
}
