import NNSource

/// Splits a table's row at its bars as cmark does, keeping where each cell stands.
enum TableRowSplitter {
  /// The cells of the row in line `range`, with the white space around them, if they read as
  /// `texts` do. Where the row begins behind its container's marks is not known: every place it can is
  /// tried, from `column` (from 1) on.
  static func cells(
    in range: SourceRange, column: Int, lines: BodyLines, matching texts: [[UInt8]]
  ) -> [SourceRange]? {
    let utf8 = lines.source.utf8
    var starts = [min(range.lower + max(column - 1, 0), range.upper)]
    var start = range.lower
    while start < range.upper, starts.count < 200 {
      starts.append(start)
      guard isBlank(utf8[start]) || utf8[start] == UInt8(ascii: ">") else { break }
      start += 1
    }
    for start in starts {
      let cells = split(SourceRange(start, range.upper), utf8)
      if matches(cells, texts, utf8) { return cells }
    }
    return nil
  }

  private static func split(_ range: SourceRange, _ utf8: [UInt8]) -> [SourceRange] {
    var cells: [SourceRange] = []
    var start = range.lower
    while start < range.upper, isBlank(utf8[start]) { start += 1 }
    if start < range.upper, utf8[start] == UInt8(ascii: "|") {
      start = behindBar(start, range, utf8)
    }
    var index = start
    while index < range.upper {
      if utf8[index] == UInt8(ascii: "|"), index == start || utf8[index - 1] != UInt8(ascii: "\\") {
        cells.append(SourceRange(start, index))
        start = behindBar(index, range, utf8)
        index = start
      } else {
        index += 1
      }
    }
    if start < range.upper { cells.append(SourceRange(start, range.upper)) }
    return cells
  }

  private static func behindBar(_ bar: Int, _ range: SourceRange, _ utf8: [UInt8]) -> Int {
    var start = bar + 1
    while start < range.upper, isWideBlank(utf8[start]) { start += 1 }
    return start
  }

  /// cmark drops a row's cells beyond the head's and adds empty ones.
  private static func matches(
    _ cells: [SourceRange], _ texts: [[UInt8]], _ utf8: [UInt8]
  ) -> Bool {
    for (index, text) in texts.enumerated() {
      guard index < cells.count else {
        if text.isEmpty { continue }
        return false
      }
      var unescaped: [UInt8] = []
      for byte in utf8[cells[index].lower..<cells[index].upper].trimming() {
        if byte == UInt8(ascii: "|"), unescaped.last == UInt8(ascii: "\\") {
          unescaped.removeLast()
        }
        unescaped.append(byte)
      }
      if unescaped[...] != text[...].trimming() { return false }
    }
    return true
  }
}
