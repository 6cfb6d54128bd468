import CCMarkGFM
import Glibc
import NNSource
import Synchronization

// The one file that touches cmark's pointers: feeding with limits, walking, replacing, rendering.
// Strings and numbers are copied out at once; nothing with a pointer in it leaves `withTree`.

private typealias Node = UnsafeMutablePointer<cmark_node>
private typealias Parser = UnsafeMutablePointer<cmark_parser>

/// cmark switches its extensions' special characters on and off in tables of the whole process
/// while it parses.
private let parsing = Mutex(())

struct CommonMarkTree {
  private let root: Node
  private let lines: BodyLines
  private let codeBlocks: [TreeParts.CodeBlock]
  private let footnotes: [TreeParts.Footnote]

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
  private static func walk(_ root: Node?, _ visit: (Node, _ isEntering: Bool) -> Void) {
    guard let root, let iterator = cmark_iter_new(root) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
      visit(node, event == CMARK_EVENT_ENTER)
    }
  }

  fileprivate static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
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

// MARK: - Collecting

extension CommonMarkTree {
  /// Copies out all that the document is made of.
  func collect() -> TreeParts {
    var collector = TreeCollector()
    Self.walk(root) { collector.visit($0, isEntering: $1) }
    var parts = collector.parts
    parts.codeBlocks = codeBlocks
    parts.unusedFootnotes = footnotes.filter { !collector.usedFootnotes.contains($0.startLine) }
    return parts
  }
}

private struct TreeCollector {
  var parts = TreeParts()
  var usedFootnotes: Set<Int> = []
  private var footnoteDepth = 0
  private var leaf: Int?
  private var heading: Int?
  private var spanCount = 0
  private var tableRows: [Int] = []
  private var paragraphBeforeTable: Int?
  private let backTick = UInt8(ascii: "`")

  mutating func visit(_ node: Node, isEntering: Bool) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_FOOTNOTE_DEFINITION:
      footnoteDepth += isEntering ? 1 : -1
      usedFootnotes.insert(Int(node.pointee.start_line))
    case CMARK_NODE_CODE_BLOCK:
      guard node.pointee.as.code.fenced != 0 else { return }
      parts.codeBodies[Int(node.pointee.start_line)] = TreeParts.CodeBody(
        literal: CommonMarkTree.bytes(cmark_node_get_literal(node)),
        endLine: Int(node.pointee.end_line))
    case CMARK_NODE_HTML_BLOCK:
      let first = Int(node.pointee.start_line)
      addHTML(
        CommonMarkTree.bytes(cmark_node_get_literal(node)),
        lines: first...max(first, Int(node.pointee.end_line)))
    case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING, nn_cmark_table_cell():
      isEntering ? enterLeaf(node) : leaveLeaf(node)
    case nn_cmark_table(): isEntering ? tableRows.removeAll() : leaveTable(node)
    case nn_cmark_table_row(): if isEntering { enterRow(node) }
    default: visitInline(node, isEntering: isEntering)
    }
  }

  private mutating func enterLeaf(_ node: Node) {
    let type = cmark_node_get_type(node)
    let startLine = Int(node.pointee.start_line)
    let endLine = Int(node.pointee.end_line)
    var found = TreeParts.Leaf(
      kind: .paragraph, startLine: startLine, startColumn: Int(node.pointee.start_column),
      endLine: endLine)
    if type == CMARK_NODE_HEADING {
      found.kind = node.pointee.as.heading.setext ? .setextHeading : .atxHeading
      if footnoteDepth == 0 {
        heading = parts.headings.count
        parts.headings.append(
          TreeParts.Heading(
            level: Int(cmark_node_get_heading_level(node)), leaf: parts.leaves.count))
      }
    } else if type == nn_cmark_table_cell(), let row = tableRows.last {
      found.kind = .cell(row: row, column: parts.rows[row].cells.count)
      parts.rows[row].cells.append(parts.leaves.count)
    } else if startLine == 0 {
      // cmark gives no lines to the paragraph it cuts off in front of a table.
      found.isBeforeTable = true
      paragraphBeforeTable = parts.leaves.count
    }
    leaf = parts.leaves.count
    parts.leaves.append(found)
  }

  private mutating func leaveLeaf(_ node: Node) {
    if let leaf, !parts.leaves[leaf].marks.isEmpty || Self.isCell(parts.leaves[leaf]) {
      // `cmark_node_get_string_content` is no C string where the content is empty.
      let content = node.pointee.content
      parts.leaves[leaf].content = Array(
        UnsafeBufferPointer(start: content.ptr, count: Int(content.size)))
    }
    leaf = nil
    heading = nil
  }

  private static func isCell(_ leaf: TreeParts.Leaf) -> Bool {
    if case .cell = leaf.kind { return true }
    return false
  }

  private mutating func enterRow(_ node: Node) {
    tableRows.append(parts.rows.count)
    parts.rows.append(
      TreeParts.TableRow(
        line: Int(node.pointee.start_line), startColumn: Int(node.pointee.start_column)))
  }

  /// cmark gives a table's head the line its paragraph began at; it is the line above the
  /// delimiter row, and the rows follow without a gap.
  private mutating func leaveTable(_ node: Node) {
    guard let header = tableRows.first else { return }
    let headerLine = Int(node.pointee.end_line) - tableRows.count
    parts.rows[header].line = headerLine
    for cell in parts.rows[header].cells {
      parts.leaves[cell].startLine = headerLine
      parts.leaves[cell].endLine = headerLine
    }
    if let paragraph = paragraphBeforeTable {
      parts.leaves[paragraph].endLine = headerLine - 1
      parts.leaves[paragraph].startLine = Int(node.pointee.start_line)
    }
    paragraphBeforeTable = nil
  }

  private mutating func add(_ formula: (tex: [UInt8], isDisplay: Bool), in leaf: Int) {
    parts.formulas.append(
      TreeParts.Formula(tex: formula.tex, isDisplay: formula.isDisplay, leaf: leaf))
    if let heading { parts.headings[heading].pieces.append(.text(formula.tex)) }
  }

  private mutating func addHTML(_ literal: [UInt8], lines: ClosedRange<Int>) {
    if !HTMLText.withoutComments(literal).isEmpty { parts.htmlLines.append(lines) }
  }

  private mutating func visitInline(_ node: Node, isEntering: Bool) {
    guard let leaf else { return }
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT:
      let text = CommonMarkTree.bytes(cmark_node_get_literal(node))
      if let heading { parts.headings[heading].pieces.append(.text(text)) }
      if Self.hasStrayInline(text), parts.strayLeaves.last != leaf {
        parts.strayLeaves.append(leaf)
      }
    case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
      if let heading { parts.headings[heading].pieces.append(.text([UInt8(ascii: " ")])) }
    case CMARK_NODE_CODE:
      let literal = CommonMarkTree.bytes(cmark_node_get_literal(node))
      parts.leaves[leaf].marks.append(.code(literal))
      parts.leaves[leaf].spanCount += 1
      if let heading { parts.headings[heading].pieces.append(.code(span: spanCount, literal)) }
      spanCount += 1
    case CMARK_NODE_HTML_INLINE:
      let literal = CommonMarkTree.bytes(cmark_node_get_literal(node))
      if literal.contains(backTick) { parts.leaves[leaf].marks.append(.html(literal)) }
      if let formula = MathSyntax.content(literal) { return add(formula, in: leaf) }
      let first = parts.leaves[leaf].startLine
      addHTML(literal, lines: first...max(first, parts.leaves[leaf].endLine))
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      guard !isEntering else { return }
      let url = CommonMarkTree.bytes(cmark_node_get_url(node))
      let title = CommonMarkTree.bytes(cmark_node_get_title(node))
      parts.links.append(
        TreeParts.Link(
          url: url, isImage: cmark_node_get_type(node) == CMARK_NODE_IMAGE, leaf: leaf))
      if url.contains(backTick) || title.contains(backTick) {
        parts.leaves[leaf].marks.append(.link(url: url))
      }
    default: break
    }
  }
}

extension TreeCollector {
  /// Whether `` `nn `` stands in plain text: its back-tick has no partner.
  fileprivate static func hasStrayInline(_ text: [UInt8]) -> Bool {
    text.indices.contains { index in
      text[index] == UInt8(ascii: "`") && text[index...].dropFirst().starts(with: "nn ".utf8)
    }
  }
}

// MARK: - Rendering

extension CommonMarkTree {
  /// One rendering of the whole tree with the replacements put in, so that footnotes number right
  /// and what stands in lists and quotes stays there. The tree can't be rendered a second time.
  func render(_ replacements: Replacements) -> String {
    var editor = TreeEditor(replacements: replacements, lines: lines)
    // A removed node's text may still be pointed to by a node that stayed.
    defer { for node in editor.removed { cmark_node_free(node) } }
    for (index, block) in codeBlocks.enumerated() { editor.blockIndex[block.startLine] = index }
    var plan = TreeEditPlan()
    Self.walk(root) { plan.visit($0, isEntering: $1) }
    for edit in plan.edits { editor.apply(edit) }
    // Every node that is put out as it stands is one that the editor made.
    guard let html = cmark_render_html(root, CMARK_OPT_UNSAFE, nil) else { return "" }
    defer { free(html) }
    return String(cString: html)
  }
}

/// What to change, found in a walk during which nothing may change.
private struct TreeEditPlan {
  enum Edit {
    case codeBlock(Node)
    case codeSpan(Node, walkIndex: Int)
    case htmlBlock(Node)
    case htmlInline(Node)
    case formula(Node, index: Int)
    case heading(Node, index: Int)
    case link(Node, isInImage: Bool)
    case image(Node, isInLink: Bool)
    case text(Node)
    case item(Node)
    case table(Node)
  }

  var edits: [Edit] = []
  private var footnoteDepth = 0
  private var linkDepth = 0
  private var imageDepth = 0
  private var spans = 0
  private var headings = 0
  private var formulas = 0

  mutating func visit(_ node: Node, isEntering: Bool) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_FOOTNOTE_DEFINITION: footnoteDepth += isEntering ? 1 : -1
    case CMARK_NODE_CODE_BLOCK: edits.append(.codeBlock(node))
    case CMARK_NODE_CODE:
      edits.append(.codeSpan(node, walkIndex: spans))
      spans += 1
    case CMARK_NODE_HTML_BLOCK: edits.append(.htmlBlock(node))
    case CMARK_NODE_HTML_INLINE: visitHTML(node)
    case CMARK_NODE_HEADING:
      guard !isEntering, footnoteDepth == 0 else { return }
      edits.append(.heading(node, index: headings))
      headings += 1
    case CMARK_NODE_LINK:
      linkDepth += isEntering ? 1 : -1
      if !isEntering { edits.append(.link(node, isInImage: imageDepth > 0)) }
    case CMARK_NODE_IMAGE:
      if !isEntering { edits.append(.image(node, isInLink: linkDepth > 1)) }
      // The image becomes a link around its alternative text.
      linkDepth += isEntering ? 1 : -1
      imageDepth += isEntering ? 1 : -1
    case CMARK_NODE_TEXT: if linkDepth == 0 { edits.append(.text(node)) }
    case CMARK_NODE_ITEM: if !isEntering { edits.append(.item(node)) }
    case nn_cmark_table(): if !isEntering { edits.append(.table(node)) }
    default: break
    }
  }
}

extension TreeEditPlan {
  private mutating func visitHTML(_ node: Node) {
    guard MathSyntax.content(CommonMarkTree.bytes(cmark_node_get_literal(node))) != nil else {
      return edits.append(.htmlInline(node))
    }
    edits.append(.formula(node, index: formulas))
    formulas += 1
  }
}

private struct TreeEditor {
  let replacements: Replacements
  let lines: BodyLines
  var blockIndex: [Int: Int] = [:]
  var removed: [Node] = []

  mutating func apply(_ edit: TreeEditPlan.Edit) {
    switch edit {
    case .codeBlock(let node):
      guard let index = blockIndex[Int(node.pointee.start_line)],
        node.pointee.as.code.fenced != 0,
        let html = replacements.blocks[index]
      else { return }
      replace(node, byBlock: html)
    case .codeSpan(let node, let index):
      guard let html = replacements.spans[index] else { return }
      replace(node, CMARK_NODE_HTML_INLINE, literal: html)
    case .htmlBlock(let node):
      let text = HTMLText.withoutComments(CommonMarkTree.bytes(cmark_node_get_literal(node)))
      replace(node, byBlock: text.isEmpty ? "" : HTMLText.preformatted(text[...]))
    case .htmlInline(let node):
      let text = HTMLText.withoutComments(CommonMarkTree.bytes(cmark_node_get_literal(node)))
      replace(node, CMARK_NODE_TEXT, literal: String(decoding: text, as: UTF8.self))
    case .formula(let node, let index):
      let text = String(decoding: CommonMarkTree.bytes(cmark_node_get_literal(node)), as: UTF8.self)
      if index < replacements.formulas.count, let html = replacements.formulas[index] {
        replace(node, CMARK_NODE_HTML_INLINE, literal: html)
      } else {
        replace(node, CMARK_NODE_TEXT, literal: text)
      }
    case .heading(let node, let index): setHeading(node, replacements.headings[index])
    case .link(let node, let isInImage):
      if isInImage || !LinkPolicy.allows(url(of: node)) { unwrap(node) }
    case .image(let node, let isInLink): replaceImage(node, isInLink: isInLink)
    case .text(let node): linkAddresses(in: node)
    case .item(let node):
      correctTask(node)
      nameTask(node)
    case .table(let node): frameTable(node)
    }
  }

  private func url(of node: Node) -> [UInt8] { CommonMarkTree.bytes(cmark_node_get_url(node)) }

  private mutating func remove(_ node: Node) {
    cmark_node_unlink(node)
    removed.append(node)
  }

  private mutating func replace(_ node: Node, byBlock html: String) {
    guard let block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
    cmark_node_set_on_enter(block, html)
    put(block, inPlaceOf: node)
  }

  /// Inlines put out as they stand are HTML_INLINE: a table's cell takes no custom inline.
  private mutating func replace(_ node: Node, _ type: cmark_node_type, literal: String) {
    guard let inline = cmark_node_new(type) else { return }
    cmark_node_set_literal(inline, literal)
    put(inline, inPlaceOf: node)
  }

  private mutating func put(_ new: Node, inPlaceOf node: Node) {
    if cmark_node_insert_before(node, new) == 0 { cmark_node_free(new) }
    remove(node)
  }

  /// Leaves the children where the node was.
  private mutating func unwrap(_ node: Node) {
    while let child = cmark_node_first_child(node) {
      guard cmark_node_insert_before(node, child) != 0 else { break }
    }
    remove(node)
  }

  private func newBlock(_ frame: MarkdownDocument.Frame) -> Node? {
    guard let block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return nil }
    cmark_node_set_on_enter(block, frame.open)
    cmark_node_set_on_exit(block, frame.close)
    return block
  }

  private mutating func frameTable(_ node: Node) {
    guard let frame = replacements.table, let block = newBlock(frame) else { return }
    cmark_node_insert_before(node, block)
    cmark_node_append_child(block, node)
  }

  private mutating func setHeading(_ node: Node, _ markup: MarkdownDocument.HeadingMarkup) {
    guard case .frame(let frame) = markup else { return remove(node) }
    guard let block = newBlock(frame) else { return }
    cmark_node_insert_before(node, block)
    while let child = cmark_node_first_child(node) {
      guard cmark_node_append_child(block, child) != 0 else { break }
    }
    remove(node)
  }

  /// A page that works offline loads no picture: an image is a link to it with its text.
  private mutating func replaceImage(_ node: Node, isInLink: Bool) {
    let url = url(of: node)
    if cmark_node_first_child(node) == nil, let text = cmark_node_new(CMARK_NODE_TEXT) {
      cmark_node_set_literal(text, cmark_node_get_url(node))
      cmark_node_append_child(node, text)
    }
    guard !isInLink, LinkPolicy.allows(url), let link = cmark_node_new(CMARK_NODE_LINK) else {
      return unwrap(node)
    }
    cmark_node_set_url(link, cmark_node_get_url(node))
    cmark_node_set_title(link, cmark_node_get_title(node))
    cmark_node_insert_before(node, link)
    while let child = cmark_node_first_child(node) {
      guard cmark_node_append_child(link, child) != 0 else { break }
    }
    remove(node)
  }

  /// Splits a text node at the bare addresses in it.
  private mutating func linkAddresses(in node: Node) {
    let text = CommonMarkTree.bytes(cmark_node_get_literal(node))
    let links = AutolinkScanner.links(in: text, isAtStart: isOpenBefore(node))
    guard !links.isEmpty else { return }
    var done = 0
    for link in links {
      insertText(text[done..<link.range.lowerBound], before: node)
      if let new = cmark_node_new(CMARK_NODE_LINK) {
        cmark_node_set_url(new, link.url)
        cmark_node_insert_before(node, new)
        if let label = cmark_node_new(CMARK_NODE_TEXT) {
          cmark_node_set_literal(label, String(decoding: text[link.range], as: UTF8.self))
          cmark_node_append_child(new, label)
        }
      }
      done = link.range.upperBound
    }
    insertText(text[done...], before: node)
    remove(node)
  }

  private func insertText(_ text: ArraySlice<UInt8>, before node: Node) {
    guard !text.isEmpty, let new = cmark_node_new(CMARK_NODE_TEXT) else { return }
    cmark_node_set_literal(new, String(decoding: text, as: UTF8.self))
    cmark_node_insert_before(node, new)
  }

  /// Whether an address may begin at the node's first character: at a line's start, or behind one
  /// of the delimiters `*`, `_`, `~` (GFM 6.9).
  private func isOpenBefore(_ node: Node) -> Bool {
    guard let previous = cmark_node_previous(node) else { return true }
    let type = cmark_node_get_type(previous)
    return type != CMARK_NODE_CODE && type != CMARK_NODE_HTML_INLINE && type != CMARK_NODE_LINK
      && type != CMARK_NODE_IMAGE && type != CMARK_NODE_FOOTNOTE_REFERENCE
      && type != CMARK_NODE_TEXT
  }

  /// cmark's own box has no name that a screen reader could say.
  private func nameTask(_ node: Node) {
    guard let kind = cmark_node_get_type_string(node), strcmp(kind, "tasklist") == 0,
      let paragraph = cmark_node_first_child(node), let first = cmark_node_first_child(paragraph),
      let box = cmark_node_new(CMARK_NODE_HTML_INLINE)
    else { return }
    let isDone = cmark_gfm_extensions_get_tasklist_item_checked(node)
    let state = isDone ? " checked aria-label=\"done\"" : " aria-label=\"to do\""
    cmark_node_set_literal(box, "<input type=\"checkbox\" disabled\(state)> ")
    if cmark_node_insert_before(first, box) == 0 { cmark_node_free(box) }
    cmark_node_set_syntax_extension(node, nil)
  }

  /// cmark ticks a task when `[x]` stands anywhere in its line, and does not know `[X]`.
  private func correctTask(_ node: Node) {
    guard let kind = cmark_node_get_type_string(node), let mark = taskMark(node) else { return }
    if strcmp(kind, "tasklist") == 0 {
      cmark_gfm_extensions_set_tasklist_item_checked(node, mark != 0x20)
    } else if mark == UInt8(ascii: "X"), let paragraph = cmark_node_first_child(node),
      let first = cmark_node_first_child(paragraph), cmark_node_get_type(first) == CMARK_NODE_TEXT
    {
      let text = CommonMarkTree.bytes(cmark_node_get_literal(first))
      guard text.starts(with: "[X] ".utf8) else { return }
      cmark_node_set_literal(first, String(decoding: text.dropFirst(4), as: UTF8.self))
      cmark_node_set_syntax_extension(node, cmark_find_syntax_extension("tasklist"))
      cmark_gfm_extensions_set_tasklist_item_checked(node, true)
    }
  }

  /// What stands between the brackets right behind an item's marker.
  private func taskMark(_ node: Node) -> UInt8? {
    guard let line = lines.range(ofLine: Int(node.pointee.start_line)) else { return nil }
    let start = min(line.lower + Int(node.pointee.start_column) - 1, line.upper)
    let text = lines.bytes(SourceRange(start, line.upper)).drop { !isBlank($0) }.trimming()
    guard text.count >= 3, text.first == UInt8(ascii: "["),
      text[text.startIndex + 2] == UInt8(ascii: "]")
    else { return nil }
    return text[text.startIndex + 1]
  }
}
