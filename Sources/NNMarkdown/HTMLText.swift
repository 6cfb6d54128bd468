/// Text on its way into HTML.
enum HTMLText {
  /// `& < > "` as entities: right in text and in a quoted attribute.
  static func escaped(_ text: some Sequence<UInt8>) -> String {
    var result: [UInt8] = []
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): result.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): result.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): result.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): result.append(contentsOf: "&quot;".utf8)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  static func escaped(_ text: String) -> String { escaped(text.utf8) }

  /// Markup that is not let through, shown line by line as it was written.
  static func preformatted(_ text: ArraySlice<UInt8>) -> String {
    "<pre class=\"raw\"><code>\(escaped(text))</code></pre>"
  }

  /// `text` without its `<!-- … -->`; all white space if nothing else is left.
  static func withoutComments(_ text: [UInt8]) -> [UInt8] {
    let opening = Array("<!--".utf8)
    let closing = Array("-->".utf8)
    guard text.starts(with: opening) || text.contains(where: { $0 == UInt8(ascii: "!") }) else {
      return text
    }
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index...].starts(with: opening) {
        index += opening.count
        while index < text.count, !text[index...].starts(with: closing) { index += 1 }
        index = min(index + closing.count, text.count)
      } else {
        result.append(text[index])
        index += 1
      }
    }
    let isBlank = result.allSatisfy { $0 == UInt8(ascii: " ") || $0 == 0x09 || $0 == 0x0A }
    return isBlank ? [] : result
  }

  /// Whether `text` is nothing but comments that end for a browser, too, where they end for cmark.
  static func isHarmless(_ text: [UInt8]) -> Bool {
    guard withoutComments(text).isEmpty else { return false }
    return text.indices.allSatisfy { index in
      let rest = text[index...]
      return !rest.starts(with: "--!>".utf8) && !rest.starts(with: "<!-->".utf8)
        && !rest.starts(with: "<!--->".utf8)
    }
  }
}
