import NNLanguage
import NNSource

/// The reference for a program: an editor's completion, a site's search.
package enum ReferenceJSON {
  /// `{"language": "nn", "families": […], "entries": […]}`, an entry a line.
  package static func text(_ entries: [ReferenceEntry] = Reference.entries) -> String {
    let families = Reference.families.map { family in
      JSONText.object([("name", .string(family.name)), ("title", .string(family.title))])
    }
    var text = "{\"language\": \"nn\",\n\"families\": " + JSONText.array(families).line + ",\n"
    text += "\"entries\": [\n" + entries.map { value($0).line }.joined(separator: ",\n") + "\n]}\n"
    return text
  }

  private static func value(_ entry: ReferenceEntry) -> JSONText {
    .object([
      ("name", .string(entry.name)),
      ("names", .strings(entry.names)),
      ("kind", .string(entry.kind.rawValue)),
      ("family", .string(entry.family)),
      ("usages", .strings(entry.usages)),
      ("summary", .string(entry.summary)),
      ("notes", .string(entry.notes)),
      ("parameters", .array(entry.parameters.map(value))),
      ("example", .string(entry.example)),
      ("seeAlso", .strings(entry.seeAlso)),
    ])
  }

  private static func value(_ parameter: SignatureParameter) -> JSONText {
    .object([
      ("name", .string(parameter.name)),
      ("type", .string(parameter.type.text)),
      ("default", .optional(parameter.standard)),
      ("words", .strings(parameter.words)),
      ("isVariadic", .bool(parameter.form == .variadic)),
      ("isRequired", .bool(parameter.isRequired)),
      ("help", .string(parameter.help)),
    ])
  }
}
