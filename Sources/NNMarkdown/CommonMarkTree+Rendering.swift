import CCMarkGFM
import Glibc
import NNSource

private typealias Node = CommonMarkNode

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
    case .item(let node): setTask(node)
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

  /// A page that works offline loads no picture: one that is not at hand is a link to it with its
  /// text.
  private mutating func replaceImage(_ node: Node, isInLink: Bool) {
    let url = url(of: node)
    if let address = replacements.pictures[String(decoding: url, as: UTF8.self)] {
      return replace(node, CMARK_NODE_HTML_INLINE, literal: picture(node, address))
    }
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

  private func picture(_ node: Node, _ address: String) -> String {
    var text: [UInt8] = []
    CommonMarkTree.walk(node) { child, isEntering in
      let type = cmark_node_get_type(child)
      if isEntering, type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE {
        text += CommonMarkTree.bytes(cmark_node_get_literal(child))
      } else if type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK {
        text.append(0x20)
      }
    }
    let title = CommonMarkTree.bytes(cmark_node_get_title(node))
    return "<img class=\"shown\" src=\"\(HTMLText.escaped(address))\" "
      + "alt=\"\(HTMLText.escaped(text))\""
      + (title.isEmpty ? "" : " title=\"\(HTMLText.escaped(title))\"") + ">"
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

  /// cmark ticks a task when `[x]` stands anywhere in its line, does not know `[X]`, and gives its
  /// box no name that a screen reader could say.
  private func setTask(_ node: Node) {
    guard let mark = taskMark(node), let kind = cmark_node_get_type_string(node),
      let block = cmark_node_first_child(node)
    else { return }
    let first = cmark_node_first_child(block)
    if strcmp(kind, "tasklist") != 0 {
      guard mark == UInt8(ascii: "X"), let first, cmark_node_get_type(first) == CMARK_NODE_TEXT
      else { return }
      let text = CommonMarkTree.bytes(cmark_node_get_literal(first))
      guard text.starts(with: "[X] ".utf8) else { return }
      cmark_node_set_literal(first, String(decoding: text.dropFirst(4), as: UTF8.self))
    }
    let isDone = mark != 0x20
    guard let first, let box = cmark_node_new(CMARK_NODE_HTML_INLINE) else { return }
    let state = isDone ? " checked aria-label=\"done\"" : " aria-label=\"to do\""
    cmark_node_set_literal(box, "<input type=\"checkbox\" disabled\(state)> ")
    if cmark_node_insert_before(first, box) != 0 {
      cmark_node_set_syntax_extension(node, nil)
    } else {
      // The item begins with a list: cmark puts its own box before it.
      cmark_node_free(box)
      cmark_gfm_extensions_set_tasklist_item_checked(node, isDone)
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
