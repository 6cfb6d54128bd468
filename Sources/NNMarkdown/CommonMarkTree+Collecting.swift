import CCMarkGFM

private typealias Node = CommonMarkNode

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
      let literal = CommonMarkTree.bytes(cmark_node_get_literal(node))
      addHTML(literal, lines: first...max(first, Int(node.pointee.end_line)))
      if !HTMLText.isHarmless(literal) {
        parts.htmlBlocks.append(TreeParts.HTMLBlock(startLine: first, literal: literal))
      }
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
    found.columnOffset = Int(node.pointee.start_column + node.pointee.internal_offset)
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
    if let leaf,
      !parts.leaves[leaf].marks.isEmpty || !parts.leaves[leaf].refused.isEmpty
        || Self.isCell(parts.leaves[leaf])
    {
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

  private mutating func addHTML(_ literal: [UInt8], lines: ClosedRange<Int>) {
    if !HTMLText.withoutComments(literal).isEmpty { parts.htmlLines.append(lines) }
  }

  private mutating func refuse(_ node: Node, in leaf: Int, tag: [UInt8]? = nil) {
    parts.leaves[leaf].refused.append(
      TreeParts.Refused(
        tag: tag, line: Int(node.pointee.start_line), column: Int(node.pointee.start_column)))
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
      if let heading { parts.headings[heading].pieces.append(.code(span: spanCount, literal)) }
      spanCount += 1
    case CMARK_NODE_HTML_INLINE:
      let literal = CommonMarkTree.bytes(cmark_node_get_literal(node))
      if let formula = MathSyntax.content(literal) {
        parts.leaves[leaf].marks.append(.formula(literal))
        if let heading { parts.headings[heading].pieces.append(.formula(tex: formula.tex)) }
        return
      }
      if Self.needsMark(literal) { parts.leaves[leaf].marks.append(.html(literal)) }
      if !HTMLText.isHarmless(literal) { refuse(node, in: leaf, tag: literal) }
      let first = parts.leaves[leaf].startLine
      addHTML(literal, lines: first...max(first, parts.leaves[leaf].endLine))
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      guard !isEntering else { return }
      let url = CommonMarkTree.bytes(cmark_node_get_url(node))
      let title = CommonMarkTree.bytes(cmark_node_get_title(node))
      parts.links.append(
        TreeParts.Link(
          url: url, isImage: cmark_node_get_type(node) == CMARK_NODE_IMAGE, leaf: leaf))
      if !LinkPolicy.allows(url) { refuse(node, in: leaf) }
      if Self.needsMark(url) || Self.needsMark(title) {
        parts.leaves[leaf].marks.append(.link(url: url))
      }
    default: break
    }
  }
}

extension TreeCollector {
  /// Whether the text could be taken for the beginning or the end of a code span or a formula.
  fileprivate static func needsMark(_ text: [UInt8]) -> Bool {
    text.contains { $0 == UInt8(ascii: "`") || $0 == UInt8(ascii: "$") }
  }

  /// Whether `` `nn `` stands in plain text: its back-tick has no partner.
  fileprivate static func hasStrayInline(_ text: [UInt8]) -> Bool {
    text.indices.contains { index in
      text[index] == UInt8(ascii: "`") && text[index...].dropFirst().starts(with: "nn ".utf8)
    }
  }
}
