import CCMarkGFM

/// Formulas: `$x_1$` in a line, `$$x_1$$` set apart. An extension of cmark's inline parser, so that
/// what stands in a formula is no emphasis, link or footnote, and a `$` in code is no formula.
///
/// As in pandoc, a formula in a line does not begin or end with white space and no digit follows it,
/// so that prices stay prices. It reaches to the next `$`, one set apart to the next `$$`; a dollar
/// behind a backslash is part of it.
enum MathSyntax {
  /// It lives as long as the process, as cmark's own extensions do.
  nonisolated(unsafe) private static let syntax = make()

  static func attach(to parser: UnsafeMutablePointer<cmark_parser>) {
    if let syntax { cmark_parser_attach_syntax_extension(parser, syntax) }
  }

  private static func make() -> OpaquePointer? {
    guard let syntax = cmark_syntax_extension_new("math") else { return nil }
    let dollar = UnsafeMutableRawPointer(bitPattern: UInt(UInt8(ascii: "$")))
    let memory = cmark_get_default_mem_allocator()
    cmark_syntax_extension_set_special_inline_chars(
      syntax, cmark_llist_append(memory, nil, dollar))
    // cmark asks every extension at every plain character, not only at its own.
    cmark_syntax_extension_set_match_inline_func(syntax) { _, _, _, character, inline in
      guard character == UInt8(ascii: "$"), let inline,
        let chunk = cmark_inline_parser_get_chunk(inline)?.pointee,
        let data = chunk.data
      else { return nil }
      let text = UnsafeBufferPointer(start: data, count: Int(chunk.len))
      let start = Int(cmark_inline_parser_get_offset(inline))
      guard let end = MathSyntax.end(of: text, from: start) else { return nil }
      // Of all nodes this kind is the one that may stand in a table's cell. Raw HTML begins with
      // `<`, so nothing else is one that begins with `$`.
      guard let node = cmark_node_new(CMARK_NODE_HTML_INLINE) else { return nil }
      cmark_node_set_literal(node, String(decoding: text[start..<end], as: UTF8.self))
      cmark_inline_parser_set_offset(inline, CInt(end))
      return node
    }
    return syntax
  }

  /// The end of the formula whose first `$` is at `start`.
  static func end(of text: some RandomAccessCollection<UInt8>, from start: Int) -> Int? {
    func byte(_ offset: Int) -> UInt8? {
      guard offset < text.count else { return nil }
      return text[text.index(text.startIndex, offsetBy: offset)]
    }
    let dollar = UInt8(ascii: "$")
    let isDisplay = byte(start + 1) == dollar
    let first = start + (isDisplay ? 2 : 1)
    var place = first
    while let current = byte(place), current != dollar || isDisplay && byte(place + 1) != dollar {
      place += current == UInt8(ascii: "\\") ? 2 : 1
    }
    guard byte(place) == dollar, place > first, let before = byte(place - 1),
      let opening = byte(first)
    else { return nil }
    if isDisplay { return place + 2 }
    let follows = byte(place + 1).map { (0x30...0x39).contains($0) } ?? false
    return isSpace(opening) || isSpace(before) || follows ? nil : place + 1
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// A formula's literal without its dollars; nil for raw HTML.
  static func content(_ literal: [UInt8]) -> (tex: [UInt8], isDisplay: Bool)? {
    guard literal.first == UInt8(ascii: "$") else { return nil }
    let isDisplay = literal.starts(with: "$$".utf8)
    let width = isDisplay ? 2 : 1
    guard literal.count > 2 * width else { return nil }
    return (Array(literal[width..<literal.count - width]), isDisplay)
  }
}
