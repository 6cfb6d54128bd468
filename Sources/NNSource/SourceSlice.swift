/// A piece of a `SourceFile` read as a text of its own: a cell's program without the quote marks
/// and list indentation its container puts before every line. It knows where each of its lines
/// stands in the file, so that everything found in it is told in the file's coordinates.
package struct SourceSlice: Sendable, Hashable {
  /// A stretch of the slice that stands in one piece in the file: a line, or where a container ate
  /// part of a tab, or a table's `\|` became `|`, part of one.
  package struct Line: Sendable, Hashable {
    /// The offset in `utf8` at which the line starts.
    package let start: Int
    /// The offset in the file of the line's first byte.
    package let fileOffset: Int
  }

  package let utf8: [UInt8]
  package let lines: [Line]

  /// Lines in order, each with its text (no line end) and the file offset of its first byte.
  package init(lines source: [(text: [UInt8], fileOffset: Int)]) {
    var utf8: [UInt8] = []
    var lines: [Line] = []
    lines.reserveCapacity(source.count)
    for line in source {
      lines.append(Line(start: utf8.count, fileOffset: line.fileOffset))
      utf8.append(contentsOf: line.text)
      utf8.append(UInt8(ascii: "\n"))
    }
    self.utf8 = utf8
    self.lines = lines.isEmpty ? [Line(start: 0, fileOffset: 0)] : lines
  }

  /// Text put together from pieces of the file, nothing added between them.
  package init(pieces: [(text: [UInt8], fileOffset: Int)]) {
    var utf8: [UInt8] = []
    var lines: [Line] = []
    for piece in pieces where !piece.text.isEmpty || pieces.count == 1 {
      lines.append(Line(start: utf8.count, fileOffset: piece.fileOffset))
      utf8.append(contentsOf: piece.text)
    }
    self.utf8 = utf8
    self.lines = lines.isEmpty ? [Line(start: 0, fileOffset: 0)] : lines
  }

  /// The whole file as one program.
  package init(wholeOf file: SourceFile) {
    utf8 = file.utf8
    lines = [Line(start: 0, fileOffset: 0)]
  }

  /// The bytes `range` of this slice, as a slice of their own.
  package func part(_ range: Range<Int>) -> SourceSlice {
    var pieces: [(text: [UInt8], fileOffset: Int)] = []
    for (index, line) in lines.enumerated() {
      let end = index + 1 < lines.count ? lines[index + 1].start : utf8.count
      let part = range.clamped(to: line.start..<max(line.start, end))
      pieces.append((Array(utf8[part]), line.fileOffset + part.lowerBound - line.start))
    }
    return SourceSlice(pieces: pieces)
  }

  package func fileOffset(of offset: Int) -> Int {
    var low = 0
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle].start <= offset { low = middle } else { high = middle }
    }
    return lines[low].fileOffset + (offset - lines[low].start)
  }

  /// The file range of the bytes `lower..<upper` of this slice. The end is taken from the last
  /// byte, so that a range to a line's end does not run into the next line's container marks.
  package func fileRange(_ lower: Int, _ upper: Int) -> SourceRange {
    let start = fileOffset(of: lower)
    guard upper > lower else { return SourceRange(start, start) }
    return SourceRange(start, fileOffset(of: upper - 1) + 1)
  }
}
