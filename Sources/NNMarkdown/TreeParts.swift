/// What a walk over cmark's tree copies out, in cmark's own terms: lines from 1 at the body's
/// start, columns in bytes from 1. `CollectedDocument` turns it into places in the file.
struct TreeParts: Sendable {
  /// A fenced code block as it stood before footnotes were sorted out.
  struct CodeBlock: Sendable {
    let startLine: Int
    let startColumn: Int
    /// How many bytes of white space stand between the container's marks and the fence.
    let fenceOffset: Int
    let container: Container
    let isInFootnote: Bool
  }

  /// What a code block stands in.
  enum Container: Sendable {
    case quote
    /// The marker's place, and how many columns behind it the item's text begins.
    case item(line: Int, column: Int, padding: Int)
    case other
  }

  /// The text between the fences, and the last line that belongs to the block.
  struct CodeBody: Sendable {
    let literal: [UInt8]
    let endLine: Int
  }

  struct Footnote: Sendable {
    let startLine: Int
  }

  /// A block whose text holds inlines: a paragraph, a heading or a table cell.
  struct Leaf: Sendable {
    enum Kind: Sendable, Equatable {
      case paragraph
      case atxHeading
      /// cmark ends it with its underline at the end of a file, and one line later otherwise.
      case setextHeading
      /// `row` is an index into `rows`.
      case cell(row: Int, column: Int)
    }

    var kind: Kind
    var startLine: Int
    var startColumn: Int
    /// The line of the text's last line.
    var endLine: Int
    /// The raw text that cmark parsed for inlines. Empty where nothing in it needs a place.
    var content: [UInt8] = []
    var marks: [InlineMark] = []
    /// A paragraph that stood in front of a table's first line; its `\|` are unescaped.
    var isBeforeTable = false
    /// How far to the right of `content`'s columns cmark counts.
    var columnOffset = 0
    /// What in it is not let through.
    var refused: [Refused] = []
  }

  /// A raw tag, or a link or picture whose address is refused.
  struct Refused: Sendable {
    /// The tag; nil for a link.
    let tag: [UInt8]?
    /// Where cmark says that it begins.
    let line: Int
    let column: Int
  }

  /// A block of raw HTML.
  struct HTMLBlock: Sendable {
    let startLine: Int
    let literal: [UInt8]
  }

  /// What in a leaf can hold back-ticks or dollars, in cmark's order.
  enum InlineMark: Sendable {
    case code([UInt8])
    /// With its dollars.
    case formula([UInt8])
    /// A raw tag with a back-tick or a dollar in it.
    case html([UInt8])
    /// The end of a link whose address or title has a back-tick or a dollar in it.
    case link(url: [UInt8])
  }

  struct TableRow: Sendable {
    var line: Int
    let startColumn: Int
    /// The leaf of each cell, in order.
    var cells: [Int] = []
  }

  struct Heading: Sendable {
    enum Piece: Sendable {
      case text([UInt8])
      case formula(tex: [UInt8])
      /// The index counts spans in the order of the walk.
      case code(span: Int, [UInt8])
    }

    let level: Int
    let leaf: Int
    var pieces: [Piece] = []
  }

  struct Link: Sendable {
    let url: [UInt8]
    let isImage: Bool
    let leaf: Int
  }

  var codeBlocks: [CodeBlock] = []
  /// The blocks that are still in the tree, by their first line.
  var codeBodies: [Int: CodeBody] = [:]
  var leaves: [Leaf] = []
  var rows: [TableRow] = []
  var headings: [Heading] = []
  var links: [Link] = []
  /// First and last lines of HTML blocks, and the leaves that hold inline HTML.
  var htmlLines: [ClosedRange<Int>] = []
  /// Those that are not let through.
  var htmlBlocks: [HTMLBlock] = []
  var unusedFootnotes: [Footnote] = []
  /// Leaves with `` `nn `` in their plain text.
  var strayLeaves: [Int] = []
}

/// What to put in the place of nodes: blocks by first line's order, spans in the walk's order.
struct Replacements: Sendable {
  let blocks: [String?]
  let spans: [String?]
  let formulas: [String?]
  let headings: [MarkdownDocument.HeadingMarkup]
  let table: MarkdownDocument.Frame?
  /// Addresses of pictures → what to load in their place.
  let pictures: [String: String]
}
