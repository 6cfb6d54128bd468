import NNLanguage

/// The reference as a notebook: `notebooks/reference.md`, whose examples run when it is rendered.
package enum ReferenceNotebook {
  package static func text() -> String {
    var text = head
    for family in Reference.families {
      text += "- **[\(family.title)](#\(slug(family.title)))**: "
      text += family.entries.map { "[\(code($0.name))](#\(anchor(of: $0)))" }
        .joined(separator: ", ")
      text += "\n"
    }
    for family in Reference.families {
      text += "\n## \(family.title)\n"
      for entry in family.entries { text += section(entry) }
    }
    return text
  }

  private static let head = """
    ---
    title: The nn reference
    description: Every function, command, layer, statement and field, each with an example that runs.
    section: Reference
    order: 101
    ---

    Everything the language has, family by family. [The language in one page](language.html) tells
    how it fits together; `nnbook help nn NAME` shows an entry in the terminal. Every example stands
    alone: it runs as it is in a cell of its own.

    This page is written by `nnbook help nn --notebook` from the registry that the parser, the
    argument checks and the messages read too.


    """

  private static func section(_ entry: ReferenceEntry) -> String {
    var text = "\n### \(title(entry))\n\n\(sentence(entry.summary))\n\n"
    text += "```text\n" + entry.usages.joined(separator: "\n") + "\n```\n"
    for piece in Paragraphs.of(entry.notes) {
      switch piece {
      case .text(let paragraph): text += "\n\(escaped(paragraph))\n"
      case .list(let items):
        text += "\n" + items.map { "- \(item($0))\n" }.joined()
      }
    }
    if !entry.parameters.isEmpty {
      text += "\n| name | what it is | takes | default |\n|---|---|---|---|\n"
      for parameter in entry.parameters { text += row(parameter) }
    }
    text += "\n```nn \(label(entry))\n\(entry.example)\n```\n"
    let links = entry.seeAlso.compactMap(link)
    if !links.isEmpty { text += "\nSee also " + links.joined(separator: ", ") + ".\n" }
    return text
  }

  private static func row(_ parameter: SignatureParameter) -> String {
    var takes = parameter.type.text
    if parameter.form == .variadic { takes += ", any number" }
    if !parameter.words.isEmpty {
      let words = parameter.words.map(code).joined(separator: ", ")
      takes = takes == "word" ? words : "\(takes), or \(words)"
    }
    let standard = parameter.standard.map(code) ?? ""
    return "| \(code(parameter.name)) | \(escaped(parameter.help)) | \(takes) | \(standard) |\n"
  }

  // MARK: Names and places

  /// Where another entry has the name too, or a heading would read alike, the kind stands behind.
  private static func title(_ entry: ReferenceEntry) -> String {
    let names = entry.names.joined(separator: ", ")
    return isAmbiguous(entry) ? "\(names) (\(entry.kind.rawValue))" : names
  }

  private static func isAmbiguous(_ entry: ReferenceEntry) -> Bool {
    entry.kind == .field
      || entry.kind != .function
        && Reference.entries.contains {
          $0.kind != entry.kind && $0.name == entry.name
        }
  }

  private static func anchor(of entry: ReferenceEntry) -> String { slug(title(entry)) }

  /// As GitHub makes anchors of headings: lower case, blanks as `-`, no other marks.
  private static func slug(_ title: String) -> String {
    String(
      title.lowercased().compactMap { character in
        character.isWhitespace
          ? "-"
          : character.isLetter || character.isNumber || character == "_"
            ? character : nil
      })
  }

  private static func label(_ entry: ReferenceEntry) -> String {
    let name = entry.name.filter { $0.isLetter || $0.isNumber || $0 == "_" }
    return isAmbiguous(entry) ? "\(name)-\(entry.kind.rawValue)" : name
  }

  private static func link(_ name: String) -> String? {
    guard let entry = Reference.entries.first(where: { $0.names.contains(name) }) else {
      return nil
    }
    return "[\(code(name))](#\(anchor(of: entry)))"
  }

  // MARK: Markdown

  private static func code(_ text: String) -> String { "`\(text)`" }

  /// `word: what it is`
  private static func item(_ text: String) -> String {
    let word = text.prefix { $0.isLetter || $0 == "_" }
    guard !word.isEmpty, text.dropFirst(word.count).first == ":" else { return escaped(text) }
    return code(String(word)) + escaped(String(text.dropFirst(word.count)))
  }

  /// A summary with a capital and a full stop.
  private static func sentence(_ summary: String) -> String {
    let first = summary.prefix { $0.isLetter }
    let isName = Reference.entries.contains { $0.name == first } || first == "x"
    let text = isName ? summary : summary.prefix(1).uppercased() + summary.dropFirst()
    return escaped(text) + (text.hasSuffix(".") ? "" : ".")
  }

  /// Text in which no character but the backtick means anything to Markdown.
  private static func escaped(_ text: String) -> String {
    var result = ""
    var isCode = false
    for character in text {
      if character == "`" { isCode.toggle() }
      if character == "|" || !isCode && "\\*_[]<>~$".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
