/// JSON with keys in the order they are given.
package enum JSONText: Sendable {
  case null
  case bool(Bool)
  case number(Int)
  /// Finite: JSON has no other numbers.
  case double(Double)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])

  package static func optional(_ text: String?) -> JSONText { text.map(JSONText.string) ?? .null }

  package static func strings(_ texts: [String]) -> JSONText { .array(texts.map(JSONText.string)) }

  /// Whether two texts say the same: members in any order, numbers by their values.
  package func says(theSameAs other: JSONText) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let one), .bool(let two)): one == two
    case (.number(let one), .number(let two)): one == two
    case (.double(let one), .double(let two)): one == two
    case (.number(let whole), .double(let value)), (.double(let value), .number(let whole)):
      Int(exactly: value) == whole
    case (.string(let one), .string(let two)): one.utf8.elementsEqual(two.utf8)
    case (.array(let one), .array(let two)):
      one.count == two.count && zip(one, two).allSatisfy { $0.says(theSameAs: $1) }
    case (.object(let one), .object(let two)):
      one.count == two.count && Self.agree(one, two)
    default: false
    }
  }

  private static func agree(_ one: [(String, JSONText)], _ two: [(String, JSONText)]) -> Bool {
    let members = Dictionary(two) { first, _ in first }
    return one.allSatisfy { key, value in
      members[key].map { value.says(theSameAs: $0) } ?? false
    }
  }

  /// All in one line.
  package var line: String {
    switch self {
    case .null, .bool, .number, .double, .string: text
    case .array(let items): "[" + items.map(\.line).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.0) + ": " + $0.1.line }.joined(separator: ", ") + "}"
    }
  }

  /// All in one line, without spaces.
  package var compact: String {
    var result = ""
    writeCompact(to: &result)
    return result
  }

  private func writeCompact(to text: inout String) {
    switch self {
    case .array(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        item.writeCompact(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.append(member.0, to: &text)
        text += ":"
        member.1.writeCompact(to: &text)
      }
      text += "}"
    default: write(to: &text, level: 0)
    }
  }

  /// A member or an element a line, two spaces a level.
  package var text: String {
    var result = ""
    write(to: &result, level: 0)
    return result
  }

  /// As Jupyter lays its files out, a member or an element a line and one space a level, but lists
  /// of numbers in one line.
  package var notebookText: String {
    var result = ""
    writeNotebook(to: &result, level: 0)
    return result + "\n"
  }

  private var isNumber: Bool {
    switch self {
    case .number, .double, .null, .bool: true
    case .string(let text): ["nan", "inf", "-inf"].contains(text)
    case .array, .object: false
    }
  }

  private func writeNotebook(to text: inout String, level: Int) {
    switch self {
    case .array(let items) where items.allSatisfy(\.isNumber):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += ", " }
        item.writeCompact(to: &text)
      }
      text += "]"
    case .array(let items):
      Self.write(items, between: ("[", "]"), to: &text, level, indent: 1) { item, text in
        item.writeNotebook(to: &text, level: level + 1)
      }
    case .object(let members):
      Self.write(members, between: ("{", "}"), to: &text, level, indent: 1) { member, text in
        Self.append(member.0, to: &text)
        text += ": "
        member.1.writeNotebook(to: &text, level: level + 1)
      }
    default: write(to: &text, level: level)
    }
  }

  private func write(to text: inout String, level: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += String(value)
    case .double(let value): text += Self.shortest(value)
    case .string(let value): Self.append(value, to: &text)
    case .array(let items):
      Self.write(items, between: ("[", "]"), to: &text, level) { item, text in
        item.write(to: &text, level: level + 1)
      }
    case .object(let members):
      Self.write(members, between: ("{", "}"), to: &text, level) { member, text in
        Self.append(member.0, to: &text)
        text += ": "
        member.1.write(to: &text, level: level + 1)
      }
    }
  }

  private static func write<T>(
    _ items: [T], between marks: (String, String), to text: inout String, _ level: Int,
    indent: Int = 2, _ body: (T, inout String) -> Void
  ) {
    text += marks.0
    for (index, item) in items.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + String(repeating: " ", count: indent * (level + 1))
      body(item, &text)
    }
    if !items.isEmpty { text += "\n" + String(repeating: " ", count: indent * level) }
    text += marks.1
  }

  /// The shortest decimals that read back, `.0` left out of whole numbers that are exact.
  private static func shortest(_ value: Double) -> String {
    precondition(value.isFinite, "JSON has no nan and no infinity")
    let isWhole = abs(value) < 0x1p53 && value == value.rounded(.towardZero)
    guard isWhole, !(value == 0 && value.sign == .minus) else { return value.description }
    return String(Int(value))
  }

  /// What has to be escaped is rare.
  private static func append(_ value: String, to text: inout String) {
    let needsEscapes = value.utf8.contains { byte in
      // 0xE2 begins the two line ends below, among much else.
      byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || byte == 0xE2
    }
    guard !needsEscapes else {
      text += quoted(value)
      return
    }
    text += "\""
    text += value
    text += "\""
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
