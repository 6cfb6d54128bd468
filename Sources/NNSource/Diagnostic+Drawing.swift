/// The one form of an error, in the terminal, the page and JSON:
///
///     letters.md:41:14: shapes (30, 5) and (3, 5) do not multiply: 5 columns against 3 rows
///     41 | a2 = sigmoid(a1 @ w2)
///        |              ^^^^^^^
///     hint: w2.T has shape (5, 3)
extension Diagnostic {
  /// No line end after the last line. A range over several lines is underlined to the end of its
  /// first; a long line is cut around the range.
  package func text(in file: SourceFile) -> String {
    let gutter = String(file.position(of: range.lower).line)
    let excerpt = Excerpt(of: file, line: file.position(of: range.lower).line, range: range)
    var lines = [
      sentence(in: file),
      Excerpt.trimmed("\(gutter) | \(excerpt.text)"),
      String(repeating: " ", count: gutter.count) + " | \(excerpt.underline)",
    ]
    if let callers = callerText(in: file) { lines.append("called from " + callers) }
    if let hint = problem.wording.hint { lines.append("hint: " + Excerpt.printable(hint)) }
    return lines.joined(separator: "\n")
  }
}

extension Diagnostic {
  /// The first line of `text(in:)`: where, and what.
  package func sentence(in file: SourceFile) -> String {
    let position = file.position(of: range.lower)
    return "\(file.name):\(position.line):\(position.column): "
      + (severity == .warning ? "warning: " : "") + Excerpt.printable(problem.wording.message)
  }
}

/// A line as it is shown, and the carets under a part of it.
private struct Excerpt {
  var text = ""
  var underline = ""

  private typealias Cell = (text: String, width: Int)

  /// Columns shown of a line.
  private static let room = 96
  /// Bytes looked at on each side; four for each column and some for combining marks.
  private static let reach = 800

  init(of file: SourceFile, line number: Int, range: SourceRange) {
    let line = file.lineRange(number)
    let lower = min(max(range.lower, line.lower), line.upper)
    let upper = min(max(range.upper, lower), line.upper)
    let before = Self.cells(file.text(Self.before(lower, from: line.lower, in: file)))
    let span = Self.cells(file.text(Self.after(lower, to: upper, in: file)))
    let after = Self.cells(file.text(Self.after(upper, to: line.upper, in: file)))
    draw(before, span, after)
  }

  private mutating func draw(_ before: [Cell], _ span: [Cell], _ after: [Cell]) {
    let wanted = Self.width(span) + Self.width(after)
    let leftRoom = max(Self.room / 3, Self.room - wanted)
    let left = Self.cut(before, to: leftRoom, keepsEnd: true)
    let right = Self.cut(span + after, to: Self.room - Self.width(left), keepsEnd: false)
    text = (left + right).map(\.text).joined()
    let carets = min(max(Self.width(span), 1), max(Self.width(right), 1))
    underline =
      String(repeating: " ", count: Self.width(left)) + String(repeating: "^", count: carets)
  }

  // MARK: Cells

  private static func cells(_ text: String) -> [Cell] {
    text.unicodeScalars.map { scalar in
      if scalar == "\t" { return (" ", 1) }
      return scalar.isUnprintable ? ("\u{FFFD}", 1) : (String(scalar), scalar.displayWidth)
    }
  }

  private static func width(_ cells: [Cell]) -> Int { cells.reduce(0) { $0 + $1.width } }

  /// At most `room` columns of `cells`; `…` stands for what is cut off.
  private static func cut(_ cells: [Cell], to room: Int, keepsEnd: Bool) -> [Cell] {
    guard width(cells) > room else { return cells }
    var kept: [Cell] = []
    var left = max(room - 1, 0)
    for cell in keepsEnd ? cells.reversed() : cells {
      guard cell.width <= left else { break }
      left -= cell.width
      kept.append(cell)
    }
    return keepsEnd ? [("…", 1)] + kept.reversed() : kept + [("…", 1)]
  }

  // MARK: Ranges

  private static func before(_ offset: Int, from lower: Int, in file: SourceFile) -> SourceRange {
    SourceRange(scalarStart(max(lower, offset - reach), in: file), offset)
  }

  private static func after(_ offset: Int, to upper: Int, in file: SourceFile) -> SourceRange {
    SourceRange(offset, scalarStart(min(upper, offset + reach), in: file))
  }

  /// The start of the scalar that the byte at `offset` belongs to.
  private static func scalarStart(_ offset: Int, in file: SourceFile) -> Int {
    var offset = offset
    while offset > 0, offset < file.utf8.count, file.utf8[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }

  // MARK: Text

  static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// A message may quote the user's text, which must not reach a terminal's controls.
  static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isUnprintable) else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.isUnprintable && $0 != "\n" ? "\u{FFFD}" : $0 }))
  }
}
