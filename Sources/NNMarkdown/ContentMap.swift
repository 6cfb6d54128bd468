import NNSource

/// The raw text of a paragraph, heading or table cell as cmark parses it for inlines, and where
/// each stretch of it stands in the file. cmark drops container marks, indentation and (in tables)
/// the backslash of `\|`; it is found again by laying the text over the file's lines from behind.
struct ContentMap {
  private(set) var text: [UInt8] = []
  private var pieces: [(start: Int, fileOffset: Int)] = []

  /// The text's lines end with line `endLine` of the body.
  /// - Returns: nil if the file's lines do not hold the text.
  init?(paragraph content: [UInt8], endLine: Int, lines: BodyLines, unescapesPipes: Bool) {
    var texts = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if texts.count > 1, texts.last?.isEmpty == true { texts.removeLast() }
    let firstLine = endLine - texts.count + 1
    for (index, text) in texts.enumerated() {
      guard let range = lines.range(ofLine: firstLine + index),
        append(text, endingIn: range, lines: lines, unescapesPipes: unescapesPipes)
      else { return nil }
      if index + 1 < texts.count { appendLineEnd(at: range.upper) }
    }
  }

  /// An ATX heading's text, between `#`s.
  init?(heading content: [UInt8], line: Int, column: Int, lines: BodyLines) {
    guard let range = lines.range(ofLine: line) else { return nil }
    let utf8 = lines.source.utf8
    var start = range.lower + column - 1
    while start < range.upper, utf8[start] == UInt8(ascii: "#") { start += 1 }
    while start < range.upper, isBlank(utf8[start]) { start += 1 }
    guard start <= range.upper, utf8[start..<range.upper].starts(with: content) else { return nil }
    pieces = [(0, start)]
    text = content
  }

  /// A table cell whose text stands, white space around it apart, in `range`.
  init?(cell content: [UInt8], range: SourceRange, lines: BodyLines) {
    guard append(content[...], endingIn: range, lines: lines, unescapesPipes: true) else {
      return nil
    }
  }

  /// Finds `content` at the end of `range`, white space after both apart.
  private mutating func append(
    _ content: ArraySlice<UInt8>, endingIn range: SourceRange, lines: BodyLines,
    unescapesPipes: Bool
  ) -> Bool {
    let utf8 = lines.source.utf8
    let trimmed = content.trimmingEnd()
    var file = range.upper
    while file > range.lower, isBlank(utf8[file - 1]) { file -= 1 }
    var found: [(start: Int, fileOffset: Int)] = []
    var index = trimmed.endIndex
    while index > trimmed.startIndex {
      guard file > range.lower, utf8[file - 1] == trimmed[index - 1] else {
        // In a lazy line, what a container left of a tab: spaces that all stand at the tab.
        guard trimmed[..<index].allSatisfy({ $0 == 0x20 }) else { return false }
        found.append((index - content.startIndex, file))
        for space in (trimmed.startIndex..<index).reversed() {
          found.append((space - content.startIndex, max(file - 1, range.lower)))
        }
        break
      }
      index -= 1
      file -= 1
      if unescapesPipes, trimmed[index] == UInt8(ascii: "|"), file > range.lower,
        utf8[file - 1] == UInt8(ascii: "\\")
      {
        found.append((index - content.startIndex, file))
        file -= 1
      }
    }
    if found.last?.start != 0 { found.append((0, file)) }
    for piece in found.reversed() {
      pieces.append((piece.start + text.count, piece.fileOffset))
    }
    text.append(contentsOf: content)
    return true
  }

  private mutating func appendLineEnd(at fileOffset: Int) {
    pieces.append((text.count, fileOffset))
    text.append(UInt8(ascii: "\n"))
  }

  /// The file range of the non-empty `range` of the text.
  func fileRange(_ range: Range<Int>) -> SourceRange {
    SourceRange(fileOffset(range.lowerBound), fileOffset(range.upperBound - 1) + 1)
  }

  /// `range` of the text as a slice of the file, line ends read as spaces.
  func slice(_ range: Range<Int>) -> SourceSlice {
    var parts: [(text: [UInt8], fileOffset: Int)] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let piece = pieceIndex(start)
      let pieceEnd = piece + 1 < pieces.count ? pieces[piece + 1].start : text.count
      let end = min(pieceEnd, range.upperBound)
      let bytes = text[start..<end].map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
      parts.append((bytes, fileOffset(start)))
      start = end
    }
    return SourceSlice(pieces: parts)
  }

  private func fileOffset(_ offset: Int) -> Int {
    let piece = pieces[pieceIndex(offset)]
    return piece.fileOffset + offset - piece.start
  }

  /// The last piece that starts at or before `offset`.
  private func pieceIndex(_ offset: Int) -> Int {
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if pieces[middle].start <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

/// White space inside a line.
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// With the vertical tab and form feed, which cmark takes for white space in tables and links only.
func isWideBlank(_ byte: UInt8) -> Bool { isBlank(byte) || byte == 0x0B || byte == 0x0C }

extension ArraySlice<UInt8> {
  func trimmingEnd() -> ArraySlice<UInt8> {
    var end = endIndex
    while end > startIndex, isBlank(self[end - 1]) { end -= 1 }
    return self[startIndex..<end]
  }

  func trimming() -> ArraySlice<UInt8> {
    var start = startIndex
    while start < endIndex, isBlank(self[start]) { start += 1 }
    return self[start...].trimmingEnd()
  }
}
