/// The one place where a tree becomes bytes. Its output is HTML, and for a tree whose root is an
/// `svg` element also well-formed XML.
struct MarkupWriter {
  private(set) var bytes: [UInt8] = []

  static func string(_ markup: Markup) -> String {
    var writer = MarkupWriter()
    writer.write(markup)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  mutating func write(_ markup: Markup) {
    switch markup {
    case .text(let text): writeEscaped(text, isAttribute: false)
    case .finished(let text): bytes.append(contentsOf: text.utf8)
    case .group(let children): write(children)
    case .element(let element): write(element)
    }
  }

  private mutating func write(_ children: [Markup]) {
    for child in children { write(child) }
  }

  private mutating func write(_ element: MarkupElement) {
    append("<")
    append(element.name)
    for attribute in element.attributes.pairs {
      append(" ")
      append(attribute.name)
      append("=\"")
      writeEscaped(attribute.value, isAttribute: true)
      append("\"")
    }
    let name = element.name.description
    if Self.htmlVoidNames.contains(name) {
      append(">")
    } else if element.children.isEmpty, Self.svgLeafNames.contains(name) {
      append("/>")
    } else {
      append(">")
      write(element.children)
      append("</")
      append(element.name)
      append(">")
    }
  }

  private static let htmlVoidNames: Set<String> = ["br", "hr", "img", "link", "meta", "wbr"]
  private static let svgLeafNames: Set<String> = [
    "circle", "image", "line", "path", "polyline", "rect", "stop", "use",
  ]

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Control characters, which XML forbids and no reader can see, become their pictures (U+2400).
  private mutating func writeEscaped(_ text: String, isAttribute: Bool) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case UInt8(ascii: "\"") where isAttribute: append("&quot;")
      case UInt8(ascii: "\t") where isAttribute: append("&#9;")
      case UInt8(ascii: "\n") where isAttribute: append("&#10;")
      case UInt8(ascii: "\r"): append("&#13;")
      case UInt8(ascii: "\t"), UInt8(ascii: "\n"): bytes.append(byte)
      case 0..<0x20: bytes.append(contentsOf: [0xE2, 0x90, 0x80 + byte])
      case 0x7F: append("\u{2421}")
      default: bytes.append(byte)
      }
    }
  }
}

extension MarkupWriter {
  /// `text` as it stands between an attribute's quotes.
  static func attribute(_ text: String) -> String {
    var writer = MarkupWriter()
    writer.writeEscaped(text, isAttribute: true)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
