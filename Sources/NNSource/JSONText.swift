/// JSON with keys in the order they are given.
package indirect enum JSONText {
  case null
  case bool(Bool)
  case number(Int)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])

  package static func optional(_ text: String?) -> JSONText { text.map(JSONText.string) ?? .null }

  package static func strings(_ texts: [String]) -> JSONText { .array(texts.map(JSONText.string)) }

  /// All in one line.
  package var line: String {
    switch self {
    case .null, .bool, .number, .string: text
    case .array(let items): "[" + items.map(\.line).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.0) + ": " + $0.1.line }.joined(separator: ", ") + "}"
    }
  }

  /// A member or an element a line, two spaces a level.
  package var text: String {
    var result = ""
    write(to: &result, level: 0)
    return result
  }

  private func write(to text: inout String, level: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += String(value)
    case .string(let value): text += Self.quoted(value)
    case .array(let items):
      Self.write(items, between: ("[", "]"), to: &text, level) { item, text in
        item.write(to: &text, level: level + 1)
      }
    case .object(let members):
      Self.write(members, between: ("{", "}"), to: &text, level) { member, text in
        text += Self.quoted(member.0) + ": "
        member.1.write(to: &text, level: level + 1)
      }
    }
  }

  private static func write<T>(
    _ items: [T], between marks: (String, String), to text: inout String, _ level: Int,
    _ body: (T, inout String) -> Void
  ) {
    text += marks.0
    for (index, item) in items.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + String(repeating: "  ", count: level + 1)
      body(item, &text)
    }
    if !items.isEmpty { text += "\n" + String(repeating: "  ", count: level) }
    text += marks.1
  }

  private static func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // Also what some readers take for a line's end.
      case _ where scalar.value < 0x20 || [0x7F, 0x2028, 0x2029].contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
