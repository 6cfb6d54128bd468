import NNMath
import NNSource

/// What cmark found, as places in the file.
struct CollectedDocument {
  var codeBlocks: [MarkdownDocument.CodeBlock] = []
  var codeSpans: [MarkdownDocument.CodeSpan] = []
  var headings: [MarkdownDocument.Heading] = []
  var links: [MarkdownDocument.Link] = []
  var formulas: [MarkdownDocument.Formula] = []
  var rawHTML: [SourceRange] = []
  var unusedFootnotes: [SourceRange] = []
  var strayInlines: [SourceRange] = []
  var spanOrder: [Int] = []
  var hasRefused = false

  init() {}

  init(_ parts: TreeParts, lines: BodyLines) {
    codeBlocks = CodeBlockReader(lines: lines, parts: parts).blocks()
    collectSpans(parts, lines)
    collectHeadings(parts, lines)
    links = parts.links.map {
      MarkdownDocument.Link(
        url: String(decoding: $0.url, as: UTF8.self), isImage: $0.isImage,
        range: Self.range(parts.leaves[$0.leaf], lines))
    }
    hasRefused =
      !parts.htmlBlocks.isEmpty || !parts.unusedFootnotes.isEmpty
      || parts.leaves.contains { !$0.refused.isEmpty }
    rawHTML = parts.htmlLines.map { Self.range($0, lines) }
      .sorted { ($0.lower, $0.upper) < ($1.lower, $1.upper) }
    strayInlines = parts.strayLeaves.map { Self.range(parts.leaves[$0], lines) }
      .filter { !lines.source.text($0).contains("\\`nn ") }
    unusedFootnotes = parts.unusedFootnotes.compactMap { lines.range(ofLine: $0.startLine) }
  }

  private static func range(_ leaf: TreeParts.Leaf, _ lines: BodyLines) -> SourceRange {
    var end = leaf.endLine
    if leaf.kind == .setextHeading { end = isUnderline(end - 1, lines) ? end - 1 : end }
    return range(leaf.startLine...max(leaf.startLine, end), lines)
  }

  /// Whether a setext heading may end with the line: `===` or `---`, container marks apart.
  private static func isUnderline(_ line: Int, _ lines: BodyLines) -> Bool {
    guard let range = lines.range(ofLine: line),
      let mark = lines.bytes(range).trimmingEnd().last, "=-".utf8.contains(mark)
    else { return false }
    return lines.bytes(range).allSatisfy { $0 == mark || isBlank($0) || $0 == UInt8(ascii: ">") }
  }

  private static func range(_ numbers: ClosedRange<Int>, _ lines: BodyLines) -> SourceRange {
    guard let first = lines.range(ofLine: numbers.lowerBound) else { return SourceRange(0, 0) }
    return first.through(lines.range(ofLine: numbers.upperBound) ?? first)
  }

  // MARK: Code spans

  /// Spans in the order of the walk, then sorted by their place: footnotes come last in the walk.
  private mutating func collectSpans(_ parts: TreeParts, _ lines: BodyLines) {
    var found: [Place] = []
    var mapper = LeafMapper(parts: parts, lines: lines)
    for leaf in parts.leaves where !leaf.marks.isEmpty {
      let map = mapper.map(of: leaf)
      var locator = CodeSpanLocator(map?.text ?? [])
      var spans = locator.locate(leaf.marks)[...]
      for mark in leaf.marks {
        switch mark {
        case .html, .link: break
        case .code(let literal):
          found.append(Self.place(spans.popFirst() ?? nil, literal, in: map, leaf, lines))
        case .formula(let literal):
          let place = Self.place(spans.popFirst() ?? nil, literal, in: map, leaf, lines)
          addFormula(literal, place)
        }
      }
    }
    let order = found.indices.sorted { (found[$0].range.lower, $0) < (found[$1].range.lower, $1) }
    spanOrder = Array(repeating: 0, count: found.count)
    for (index, walkIndex) in order.enumerated() {
      spanOrder[walkIndex] = index
      codeSpans.append(
        MarkdownDocument.CodeSpan(
          index: index, literal: found[walkIndex].literal, range: found[walkIndex].range))
    }
  }

  private typealias Place = (literal: SourceSlice, range: SourceRange)

  /// Where a span stands; all of its leaf, if it could not be found there.
  private static func place(
    _ span: CodeSpanLocator.Span?, _ literal: [UInt8], in map: ContentMap?,
    _ leaf: TreeParts.Leaf, _ lines: BodyLines
  ) -> Place {
    if let map, let span { return (map.slice(span.inner), map.fileRange(span.outer)) }
    let range = range(leaf, lines)
    return (SourceSlice(pieces: [(literal, range.lower)]), range)
  }

  /// A formula's line ends stay, for a `%` in TeX reaches to one; they are where spaces are in its
  /// place in the file.
  private mutating func addFormula(_ literal: [UInt8], _ place: Place) {
    guard let (tex, isDisplay) = MathSyntax.content(literal) else { return }
    let text = String(decoding: tex, as: UTF8.self)
    let content = MathFormula(text)
    let before = isDisplay ? 2 : 1
    let isFound = place.literal.utf8.count == literal.count
    let findings = content.findings.map { finding in
      let range = place.literal.fileRange(
        before + finding.range.lowerBound, before + finding.range.upperBound)
      return Diagnostic(.warning, .formula(finding.problem), at: isFound ? range : place.range)
    }
    formulas.append(
      MarkdownDocument.Formula(
        index: formulas.count, tex: text, isDisplay: isDisplay, content: content,
        findings: findings, range: place.range))
  }

  // MARK: Headings

  private mutating func collectHeadings(_ parts: TreeParts, _ lines: BodyLines) {
    var anchors = Anchors()
    for heading in parts.headings {
      var pieces: [MarkdownDocument.Heading.Piece] = []
      for piece in heading.pieces {
        switch piece {
        case .text(let text): pieces.append(.text(String(decoding: text, as: UTF8.self)))
        case .formula(let tex):
          let tex = String(decoding: tex, as: UTF8.self)
          pieces.append(.formula(tex: tex, text: MathFormula(tex).plainText))
        case .code(let span, let text):
          pieces.append(
            .code(spanIndex: spanOrder[span], text: String(decoding: text, as: UTF8.self)))
        }
      }
      let text = pieces.map { piece in
        switch piece {
        case .text(let text), .formula(let text, _), .code(_, let text): text
        }
      }.joined()
      headings.append(
        MarkdownDocument.Heading(
          level: heading.level, pieces: pieces, anchor: anchors.anchor(for: text),
          range: Self.range(parts.leaves[heading.leaf], lines)))
    }
  }
}

/// Finds leaves' texts in the file.
struct LeafMapper {
  let parts: TreeParts
  let lines: BodyLines
  /// The cells of the row that was split last.
  private var split: (row: Int, cells: [SourceRange]?)?

  init(parts: TreeParts, lines: BodyLines) {
    self.parts = parts
    self.lines = lines
  }

  mutating func map(of leaf: TreeParts.Leaf) -> ContentMap? {
    switch leaf.kind {
    case .paragraph:
      return ContentMap(
        paragraph: leaf.content, endLine: leaf.endLine, lines: lines,
        unescapesPipes: leaf.isBeforeTable)
    case .setextHeading:
      return [leaf.endLine - 2, leaf.endLine - 1].lazy.compactMap { [lines] in
        ContentMap(paragraph: leaf.content, endLine: $0, lines: lines, unescapesPipes: false)
      }.first
    case .atxHeading:
      return ContentMap(
        heading: leaf.content, line: leaf.startLine, column: leaf.startColumn, lines: lines)
    case .cell(let row, let column):
      guard let cells = cells(ofRow: row), column < cells.count else { return nil }
      return ContentMap(cell: leaf.content, range: cells[column], lines: lines)
    }
  }

  private mutating func cells(ofRow index: Int) -> [SourceRange]? {
    if let split, split.row == index { return split.cells }
    let row = parts.rows[index]
    let texts = row.cells.map { parts.leaves[$0].content }
    let cells = lines.range(ofLine: row.line).flatMap {
      TableRowSplitter.cells(in: $0, column: row.startColumn, lines: lines, matching: texts)
    }
    split = (index, cells)
    return cells
  }
}

/// Reads fences off the file's lines: cmark unescapes info strings, and its end line of an unclosed
/// block is the line that ended the container.
private struct CodeBlockReader {
  let lines: BodyLines
  let parts: TreeParts

  func blocks() -> [MarkdownDocument.CodeBlock] {
    let fenceLines = Set(parts.codeBlocks.map(\.startLine))
    return parts.codeBlocks.enumerated().compactMap { index, block in
      self.block(block, index: index, fenceLines: fenceLines)
    }
  }

  private func block(
    _ block: TreeParts.CodeBlock, index: Int, fenceLines: Set<Int>
  ) -> MarkdownDocument.CodeBlock? {
    let utf8 = lines.source.utf8
    guard let line = lines.range(ofLine: block.startLine) else { return nil }
    let fence = min(line.lower + block.startColumn - 1, line.upper)
    var infoStart = fence
    while infoStart < line.upper, utf8[infoStart] == utf8[fence] { infoStart += 1 }
    let info = lines.bytes(SourceRange(infoStart, line.upper)).trimming()
    let infoRange = SourceRange(info.startIndex, info.endIndex)
    let body = parts.codeBodies[block.startLine]
    let literal = literalLines(
      body?.literal ?? [], after: block.startLine,
      excess: excessIndentation(of: block, fence: fence, line: line))
    let closingLine = block.startLine + literal.count + 1
    let closing = lines.range(ofLine: closingLine)
    let isClosed =
      body.map { $0.endLine == closingLine } ?? true && !fenceLines.contains(closingLine)
      && closing.map { endsWithFence($0, of: utf8[fence]) } ?? false
    let last = isClosed ? closing : lines.range(ofLine: closingLine - 1)
    let end = last.map { lines.bytes($0).trimmingEnd().endIndex } ?? line.upper
    return MarkdownDocument.CodeBlock(
      index: index, info: String(decoding: info, as: UTF8.self), infoRange: infoRange,
      literal: SourceSlice(pieces: literal.flatMap(\.self)),
      range: SourceRange(fence, max(end, line.upper)), fenceRange: SourceRange(fence, line.upper),
      isClosed: isClosed, isInFootnote: block.isInFootnote)
  }

  private func endsWithFence(_ line: SourceRange, of mark: UInt8) -> Bool {
    let text = lines.bytes(line).trimmingEnd()
    return text.suffix(3).allSatisfy { $0 == mark } && text.count >= 3
  }

  private typealias Piece = (text: [UInt8], fileOffset: Int)

  /// The pieces of each line. A line is the end of the file's line; where a container ate part of a
  /// tab, cmark puts spaces for the rest of it, and each of those stands at the tab. Up to `excess`
  /// of its first spaces are left out.
  private func literalLines(
    _ literal: [UInt8], after startLine: Int, excess: Int
  ) -> [[Piece]] {
    var texts = literal.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if texts.last?.isEmpty == true { texts.removeLast() }
    let utf8 = lines.source.utf8
    return texts.enumerated().map { index, text in
      let spaces = text.prefix(excess).prefix { $0 == 0x20 }
      let text = text[spaces.endIndex...]
      guard let range = lines.range(ofLine: startLine + 1 + index) else {
        return [(Array(text) + [UInt8(ascii: "\n")], utf8.count)]
      }
      var start = text.endIndex
      var file = range.upper
      while start > text.startIndex, file > range.lower, utf8[file - 1] == text[start - 1] {
        start -= 1
        file -= 1
      }
      let atTab = text[text.startIndex..<start].map { ([$0], max(file - 1, range.lower)) }
      return atTab + [(Array(text[start...]) + [UInt8(ascii: "\n")], file)]
    }
  }

  /// How many columns of indentation cmark leaves in front of each line: it counts the fence's own
  /// indentation in bytes, so that a tab is one, although the container ate a part of it.
  private func excessIndentation(
    of block: TreeParts.CodeBlock, fence: Int, line: SourceRange
  ) -> Int {
    let start = fence - block.fenceOffset
    guard block.fenceOffset > 0, start >= line.lower, lines.source.utf8[start] == 0x09 else {
      return 0
    }
    let tab = column(of: start, in: line)
    let content: Int
    switch block.container {
    case .quote: content = tab + 1
    case .item(let number, let markerColumn, let padding):
      guard let markerLine = lines.range(ofLine: number) else { return 0 }
      content = column(of: markerLine.lower + markerColumn - 1, in: markerLine) + padding
    case .other: return 0
    }
    guard content > tab, content < tab / 4 * 4 + 4 else { return 0 }
    return column(of: fence, in: line) - content - block.fenceOffset
  }

  /// The column, from 0, with tab stops every 4; all else is one column a byte, as in cmark.
  private func column(of offset: Int, in line: SourceRange) -> Int {
    var column = 0
    for byte in lines.bytes(SourceRange(line.lower, offset)) {
      column = byte == 0x09 ? column / 4 * 4 + 4 : column + 1
    }
    return column
  }
}
