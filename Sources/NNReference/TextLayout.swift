/// Text for a terminal: wrapped to a width, and emphasised where a person watches.
struct TextLayout {
  static let width = 80

  let isStyled: Bool
  private(set) var text = ""

  init(isStyled: Bool) { self.isStyled = isStyled }

  func bold(_ text: String) -> String { isStyled ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  func dim(_ text: String) -> String { isStyled ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

  mutating func line(_ content: String = "") { text += content + "\n" }

  mutating func heading(_ title: String) {
    line()
    line(bold(title))
  }

  /// `content` wrapped, each line behind `indent` blanks.
  mutating func paragraph(_ content: String, indent: Int = 0, hanging: Int = 0) {
    let lines = Self.wrap(content, width: Self.width - indent - hanging)
    for (index, wrapped) in lines.enumerated() {
      line(Self.blanks(indent + (index == 0 ? 0 : hanging)) + wrapped)
    }
  }

  /// `label` in a column of its own, `content` wrapped beside it; below it where it is too long.
  mutating func entry(_ label: String, _ content: String, column: Int, indent: Int = 2) {
    let lines = Self.wrap(content, width: Self.width - column)
    let head = Self.blanks(indent) + bold(label)
    let isShort = indent + label.displayWidth + 2 <= column
    if !isShort { line(head) }
    for (index, wrapped) in lines.enumerated() {
      let gap = Self.blanks(column - indent - label.displayWidth)
      line(index == 0 && isShort ? head + gap + wrapped : Self.blanks(column) + wrapped)
    }
  }

  /// A program or its output, as it is.
  mutating func block(_ content: String, indent: Int = 4) {
    for one in content.split(separator: "\n", omittingEmptySubsequences: false) {
      line(one.isEmpty ? "" : Self.blanks(indent) + one)
    }
  }

  static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }

  static func wrap(_ content: String, width: Int) -> [String] {
    var lines: [String] = []
    var current = ""
    for word in content.split(whereSeparator: \.isWhitespace) {
      if !current.isEmpty, current.displayWidth + 1 + String(word).displayWidth > width {
        lines.append(current)
        current = ""
      }
      current += (current.isEmpty ? "" : " ") + word
    }
    return lines + [current]
  }
}
