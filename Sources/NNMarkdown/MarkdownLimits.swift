import NNSource

/// Why a text is not parsed, and the line (from 1 at the body's start) that shows it.
struct MarkdownRefusal: Error {
  let problem: NotebookProblem
  let line: Int
}

/// cmark-gfm 0.29.0.gfm.6 takes time or memory that grows with the square of some inputs
/// (CVE-2023-22483, -22486, -24824, and references that expand). Each has a bound here that no
/// text written by a person comes near.
enum MarkdownLimit {
  static let bytes = 10_000_000
  /// Quotes, lists and items inside each other.
  static let depth = 100
  static let tableColumns = 500
  static let tableCells = 200_000
  /// `![` in one paragraph: each finished link walks over those still open.
  static let openImages = 2_000
  /// Bytes cmark may read again and again in one text.
  static let rereading = 200_000_000
  /// Bytes that link reference definitions may expand to.
  static let expansion = 100_000_000
}

/// Watches a text line by line while cmark builds its blocks.
struct FeedGuard {
  /// What the parser is in before a line is fed.
  struct State {
    var isInParagraph = false
    var isInTable = false
    /// How much text the open paragraph holds.
    var paragraphBytes = 0
  }

  private var rereading = 0
  private var cells = 0

  /// A table's row is split by walking a list from its head for every cell, and a line that looks
  /// like a table's second makes cmark read the whole paragraph above it again.
  mutating func before(
    _ line: ArraySlice<UInt8>, number: Int, state: State
  ) throws(MarkdownRefusal) {
    guard state.isInTable || state.isInParagraph && Self.isDelimiterRow(line) else { return }
    var pipes = 0
    for byte in line where byte == UInt8(ascii: "|") { pipes += 1 }
    if pipes > MarkdownLimit.tableColumns + 1 {
      throw refusal(.tableTooWide(limit: MarkdownLimit.tableColumns), number)
    }
    if state.isInParagraph {
      // Each cell it splits off costs as much as reading tens of bytes.
      rereading += 50 * state.paragraphBytes
      guard rereading <= MarkdownLimit.rereading else {
        throw refusal(.markdownTooCostly(what: "lines of dashes and bars"), number)
      }
    }
  }

  mutating func after(number: Int, depth: Int, tableColumns: Int) throws(MarkdownRefusal) {
    if depth > MarkdownLimit.depth {
      throw refusal(.nestingTooDeep(limit: MarkdownLimit.depth), number)
    }
    cells += tableColumns
    if cells > MarkdownLimit.tableCells {
      throw refusal(.tooManyTableCells(limit: MarkdownLimit.tableCells), number)
    }
  }

  /// The inlines of `text`, before they are parsed. `text` begins at line `number`.
  mutating func inlines(
    of text: UnsafeBufferPointer<UInt8>, number: Int
  ) throws(MarkdownRefusal) -> Int {
    var images = 0
    var closers = 0
    var delimiters = 0
    var previous: UInt8 = 0
    for byte in text {
      if previous == UInt8(ascii: "!"), byte == UInt8(ascii: "[") { images += 1 }
      if previous == UInt8(ascii: "<"), byte == UInt8(ascii: "?") || byte == UInt8(ascii: "!") {
        // An unclosed `<?`, `<!A` or `<![CDATA[` is searched for its end to the end of the text.
        rereading += text.count
      }
      if byte == UInt8(ascii: "]") { closers += 1 }
      if byte != previous, "*_~".utf8.contains(byte) { delimiters += 1 }
      previous = byte
    }
    if images > MarkdownLimit.openImages {
      throw refusal(.tooManyImages(limit: MarkdownLimit.openImages), number)
    }
    guard rereading <= MarkdownLimit.rereading else {
      throw refusal(.markdownTooCostly(what: "unclosed '<!' or '<?'"), number)
    }
    // For every link, cmark walks over all the `*` and `_` in front of it.
    guard closers * delimiters <= MarkdownLimit.rereading
    else { throw refusal(.markdownTooCostly(what: "links and '*' in one paragraph"), number) }
    return closers
  }

  /// Whether the text may begin with a link reference definition.
  static func mayDefine(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.first == UInt8(ascii: "[")
      && text.indices.contains {
        text[$0] == UInt8(ascii: "]") && $0 + 1 < text.count && text[$0 + 1] == UInt8(ascii: ":")
      }
  }

  private func refusal(_ problem: NotebookProblem, _ line: Int) -> MarkdownRefusal {
    MarkdownRefusal(problem: problem, line: line)
  }

  /// Whether the line, container marks apart, could be a table's second: `|:--|--:|`.
  private static func isDelimiterRow(_ line: ArraySlice<UInt8>) -> Bool {
    var hasDash = false
    for byte in line {
      switch byte {
      case UInt8(ascii: "-"): hasDash = true
      case UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\t"),
        UInt8(ascii: ">"), 0x0B, 0x0C:
        break
      default: return false
      }
    }
    return hasDash
  }
}
