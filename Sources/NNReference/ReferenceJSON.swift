import NNLanguage

/// The reference for a program: an editor's completion, a site's search.
package enum ReferenceJSON {
  /// `{"language": "nn", "families": […], "entries": […]}`, an entry a line.
  package static func text(_ entries: [ReferenceEntry] = Reference.entries) -> String {
    let families = Reference.families.map { family in
      JSON.object([("name", .string(family.name)), ("title", .string(family.title))])
    }
    var text = "{\"language\": \"nn\",\n\"families\": " + JSON.array(families).text + ",\n"
    text += "\"entries\": [\n" + entries.map { value($0).text }.joined(separator: ",\n") + "\n]}\n"
    return text
  }

  private static func value(_ entry: ReferenceEntry) -> JSON {
    .object([
      ("name", .string(entry.name)),
      ("names", .array(entry.names.map(JSON.string))),
      ("kind", .string(entry.kind.rawValue)),
      ("family", .string(entry.family)),
      ("usages", .array(entry.usages.map(JSON.string))),
      ("summary", .string(entry.summary)),
      ("notes", .string(entry.notes)),
      ("parameters", .array(entry.parameters.map(value))),
      ("example", .string(entry.example)),
      ("seeAlso", .array(entry.seeAlso.map(JSON.string))),
    ])
  }

  private static func value(_ parameter: SignatureParameter) -> JSON {
    .object([
      ("name", .string(parameter.name)),
      ("type", .string(parameter.type.text)),
      ("default", parameter.standard.map(JSON.string) ?? .null),
      ("words", .array(parameter.words.map(JSON.string))),
      ("isVariadic", .bool(parameter.form == .variadic)),
      ("isRequired", .bool(parameter.isRequired)),
      ("help", .string(parameter.help)),
    ])
  }
}

/// As much of JSON as the reference needs.
private indirect enum JSON {
  case null
  case bool(Bool)
  case string(String)
  case array([JSON])
  case object([(String, JSON)])

  var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .string(let text): Self.quoted(text)
    case .array(let items): "[" + items.map(\.text).joined(separator: ", ") + "]"
    case .object(let fields):
      "{" + fields.map { Self.quoted($0) + ": " + $1.text }.joined(separator: ", ") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
