/// Printed text. Of a long one the beginning and the end are seen at once, and what lies between
/// unfolds in its place.
enum TextHTML {
  static let longest = 40
  private static let head = 10
  private static let tail = 5

  static func block(_ text: String, id: String?, label: String) -> Markup {
    var bytes = Array(text.utf8)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    let attributes = CodeHTML.scrollable(
      ["class": "text", "id": id], label: label, text: bytes)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count > longest else { return .tag("div", attributes, [pre(lines[...])]) }
    let folded = lines.count - head - tail
    let summary = "\(NumberText.grouped(folded)) more of \(NumberText.grouped(lines.count)) lines"
    return .tag(
      "div", attributes,
      [
        pre(lines[..<head]),
        .tag(
          "details", ["class": "more"],
          [.tag("summary", [:], summary), pre(lines[head..<lines.count - tail])]),
        pre(lines[(lines.count - tail)...]),
      ])
  }

  private static func pre(_ lines: ArraySlice<ArraySlice<UInt8>>) -> Markup {
    var text = String(
      decoding: Array(lines.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self)
    // A line end directly behind <pre> would be dropped.
    if text.hasPrefix("\n") { text = "\n" + text }
    return .tag("pre", [:], text)
  }
}
