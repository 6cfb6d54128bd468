import CCMarkGFM
import Glibc
import NNSource
import Synchronization

// The files that touch cmark's pointers: this one (feeding with limits, walking), its +Collecting and
// +Rendering, and MathSyntax. Strings and numbers are copied out at once; nothing with a pointer in it
// leaves `withTree`.

typealias CommonMarkNode = UnsafeMutablePointer<cmark_node>

private typealias Node = CommonMarkNode
private typealias Parser = UnsafeMutablePointer<cmark_parser>

/// cmark switches its extensions' special characters on and off in tables of the whole process
/// while it parses.
private let parsing = Mutex(())

struct CommonMarkTree {
  let root: CommonMarkNode
  let lines: BodyLines
  let codeBlocks: [TreeParts.CodeBlock]
  let footnotes: [TreeParts.Footnote]

  /// Parses the body and gives its tree to `use`.
  /// - Throws: for a text too large, too deep or built to take long.
  static func withTree<Result: Sendable>(
    of lines: BodyLines, _ use: (CommonMarkTree) -> Result
  ) throws(MarkdownRefusal) -> Result {
    guard lines.byteCount <= MarkdownLimit.bytes else {
      throw MarkdownRefusal(
        problem: .documentTooLarge(bytes: lines.byteCount, limit: MarkdownLimit.bytes), line: 1)
    }
    return try parsing.withLock { (_) throws(MarkdownRefusal) -> Result in
      cmark_gfm_core_extensions_ensure_registered()
      guard let parser = cmark_parser_new(CMARK_OPT_FOOTNOTES) else {
        throw MarkdownRefusal(problem: .markdownTooCostly(what: "the text"), line: 1)
      }
      defer { cmark_parser_free(parser) }
      for name in ["table", "strikethrough", "tasklist"] {
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
      }
      MathSyntax.attach(to: parser)
      var limits = FeedGuard()
      try feed(parser, lines, &limits)
      let (codeBlocks, footnotes) = try inspect(parser, &limits)
      guard let root = cmark_parser_finish(parser) else {
        throw MarkdownRefusal(problem: .markdownTooCostly(what: "the text"), line: 1)
      }
      defer { cmark_node_free(root) }
      return use(
        CommonMarkTree(root: root, lines: lines, codeBlocks: codeBlocks, footnotes: footnotes))
    }
  }
}

// MARK: - Feeding

extension CommonMarkTree {
  /// Builds the blocks line by line, so that a text over a limit is stopped at the line that is.
  private static func feed(
    _ parser: Parser, _ lines: BodyLines, _ limits: inout FeedGuard
  ) throws(MarkdownRefusal) {
    var place = ParserPlace()
    for number in stride(from: 1, through: lines.count, by: 1) {
      guard let range = lines.range(ofLine: number) else { break }
      let line = lines.bytes(range)
      try limits.before(line, number: number, state: place.state)
      line.withContiguousStorageIfAvailable { bytes in
        bytes.withMemoryRebound(to: CChar.self) { bytes in
          if let start = bytes.baseAddress { cmark_parser_feed(parser, start, bytes.count) }
        }
      }
      cmark_parser_feed(parser, "\n", 1)
      place.update(parser)
      try limits.after(number: number, depth: place.depth, tableColumns: place.tableColumns)
    }
  }

  /// Looks at the blocks before inlines and footnotes are worked out: an unused footnote is still
  /// there, and what would take long has not begun.
  private static func inspect(
    _ parser: Parser, _ limits: inout FeedGuard
  ) throws(MarkdownRefusal) -> ([TreeParts.CodeBlock], [TreeParts.Footnote]) {
    var codeBlocks: [TreeParts.CodeBlock] = []
    var footnotes: [TreeParts.Footnote] = []
    var footnoteDepth = 0
    var closers = 0
    var longestReference = nn_cmark_longest_reference(parser)
    var refusal: MarkdownRefusal?
    walk(parser.pointee.root) { node, isEntering in
      guard refusal == nil else { return }
      let type = cmark_node_get_type(node)
      let line = Int(node.pointee.start_line)
      if type == CMARK_NODE_FOOTNOTE_DEFINITION {
        footnoteDepth += isEntering ? 1 : -1
        if isEntering { footnotes.append(TreeParts.Footnote(startLine: line)) }
      } else if isEntering, type == CMARK_NODE_CODE_BLOCK {
        guard node.pointee.as.code.fenced != 0 else { return }
        codeBlocks.append(
          TreeParts.CodeBlock(
            startLine: line, startColumn: Int(node.pointee.start_column),
            fenceOffset: Int(node.pointee.as.code.fence_offset), container: container(of: node),
            isInFootnote: footnoteDepth > 0))
      } else if isEntering,
        type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING
          || type == nn_cmark_table_cell()
      {
        let content = UnsafeBufferPointer(
          start: node.pointee.content.ptr, count: Int(node.pointee.content.size))
        if FeedGuard.mayDefine(content), UInt32(node.pointee.flags) & CMARK_NODE__OPEN.rawValue != 0
        {
          // The definitions of a paragraph that the end closes are not in the map yet.
          longestReference = max(longestReference, content.count)
        }
        do throws(MarkdownRefusal) {
          closers += try limits.inlines(of: content, number: line)
        } catch {
          refusal = error
        }
      }
    }
    if let refusal { throw refusal }
    let (expansion, overflow) = longestReference.multipliedReportingOverflow(by: closers)
    if overflow || expansion > MarkdownLimit.expansion {
      throw MarkdownRefusal(problem: .markdownTooCostly(what: "long link definitions"), line: 1)
    }
    return (codeBlocks, footnotes)
  }

  private static func container(of node: Node) -> TreeParts.Container {
    guard let parent = cmark_node_parent(node) else { return .other }
    switch cmark_node_get_type(parent) {
    case CMARK_NODE_BLOCK_QUOTE: return .quote
    case CMARK_NODE_ITEM:
      return .item(
        line: Int(parent.pointee.start_line), column: Int(parent.pointee.start_column),
        padding: Int(parent.pointee.as.list.padding))
    default: return .other
    }
  }

  /// Visits every node, those with children twice. The tree must not be changed meanwhile.
  static func walk(
    _ root: CommonMarkNode?, _ visit: (CommonMarkNode, _ isEntering: Bool) -> Void
  ) {
    guard let root, let iterator = cmark_iter_new(root) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
      visit(node, event == CMARK_EVENT_ENTER)
    }
  }

  static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text else { return [] }
    let count = strlen(text)
    return text.withMemoryRebound(to: UInt8.self, capacity: count) {
      Array(UnsafeBufferPointer(start: $0, count: count))
    }
  }
}

/// Where the parser is after a line: in what, and how deep.
private struct ParserPlace {
  private(set) var state = FeedGuard.State()
  private(set) var depth = 0
  private(set) var tableColumns = 0
  /// The node the rest is true of. A node may change its type, and its memory be given to a new one.
  private var known: (node: Node, type: UInt16, line: CInt)?

  mutating func update(_ parser: Parser) {
    guard let current = parser.pointee.current else { return }
    let key = (current, current.pointee.type, current.pointee.start_line)
    if known.map({ $0 != key }) ?? true {
      known = key
      enter(current)
    }
    if state.isInParagraph { state.paragraphBytes = Int(current.pointee.content.size) }
  }

  private mutating func enter(_ current: Node) {
    state = FeedGuard.State()
    state.isInParagraph = cmark_node_get_type(current) == CMARK_NODE_PARAGRAPH
    tableColumns = 0
    // Document and leaf are no nesting.
    depth = -2
    var ancestor: Node? = current
    while let node = ancestor {
      let type = cmark_node_get_type(node)
      if type == nn_cmark_table() {
        state.isInTable = true
        tableColumns = Int(cmark_gfm_extensions_get_table_columns(node))
      }
      if type != CMARK_NODE_LIST { depth += 1 }
      ancestor = cmark_node_parent(node)
    }
  }
}
