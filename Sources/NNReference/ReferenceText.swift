import NNLanguage
import NNSource

/// The help as a terminal shows it.
package struct ReferenceText {
  private var layout: TextLayout

  private init(isStyled: Bool) { layout = TextLayout(isStyled: isStyled) }

  // MARK: Contents

  /// Every family with its entries, a line each, and how to go on.
  package static func contents(isStyled: Bool = false) -> String {
    var text = ReferenceText(isStyled: isStyled)
    text.writeContents()
    return text.layout.text
  }

  private mutating func writeContents() {
    layout.line(layout.bold("The nn language"))
    layout.line()
    layout.paragraph(
      "Expressions compute, as in Python with NumPy; commands act: a line that begins with a verb "
        + "prints, draws, trains.")
    for family in Reference.families {
      layout.heading(family.title)
      let column = Self.column(family.entries.map(\.brief))
      for entry in family.entries { layout.entry(entry.brief, entry.summary, column: column) }
    }
    layout.line()
    layout.line("nnbook help nn NAME    teaches one of them, with an example and its output:")
    layout.line("                       nnbook help nn train, nnbook help nn .shape")
    layout.line("nnbook help nn --json  all of it for a program")
  }

  /// The column that summaries begin in; usages much longer than the others stand above theirs.
  private static func column(_ labels: [String]) -> Int {
    let widths = labels.map { $0.displayWidth + 4 }.filter { $0 <= 30 }
    return max(widths.max() ?? 30, 8)
  }

  // MARK: One entry

  /// Everything on one entry; `output` is what its example shows.
  package static func page(_ entry: ReferenceEntry, output: String, isStyled: Bool = false)
    -> String
  {
    var text = ReferenceText(isStyled: isStyled)
    text.write(entry, output)
    return text.layout.text
  }

  private mutating func write(_ entry: ReferenceEntry, _ output: String) {
    let title = entry.names.joined(separator: ", ")
    layout.paragraph("\(layout.bold(title)): \(entry.summary)", hanging: 2)
    layout.line()
    for usage in entry.usages { layout.paragraph(usage, indent: 4, hanging: 4) }
    for paragraph in Paragraphs.of(entry.notes.filter { $0 != "`" }) {
      layout.line()
      switch paragraph {
      case .text(let text): layout.paragraph(text)
      case .list(let items): for item in items { layout.paragraph("- " + item, hanging: 2) }
      }
    }
    if !entry.parameters.isEmpty {
      layout.heading(entry.kind == .function ? "Parameters" : "Operands and options")
      let column = Self.column(entry.parameters.map(\.name))
      for parameter in entry.parameters { write(parameter, column: column) }
    }
    layout.heading("Example")
    layout.line()
    layout.block(entry.example)
    layout.heading("It shows")
    layout.line()
    layout.block(output.hasSuffix("\n") ? String(output.dropLast()) : output)
    if !entry.seeAlso.isEmpty {
      layout.line()
      layout.paragraph(layout.bold("See also:") + " " + entry.seeAlso.joined(separator: ", "))
    }
  }

  private mutating func write(_ parameter: SignatureParameter, column: Int) {
    layout.entry(parameter.name, parameter.help, column: column)
    for line in TextLayout.wrap(parameter.facts, width: TextLayout.width - column) {
      layout.line(TextLayout.blanks(column) + layout.dim(line))
    }
  }

  // MARK: Words and options

  /// Where an option or one of its words belongs.
  package static func mentions(_ name: String, _ mentions: [Reference.Mention]) -> String {
    var text = ReferenceText(isStyled: false)
    for mention in mentions {
      let role =
        mention.isWord ? "a word of \(mention.parameter.name)= of" : "an option of"
      text.layout.paragraph("\(name) is \(role) \(mention.entry.name):", hanging: 2)
      let about = Paragraphs.of(mention.entry.notes).flatMap(\.items)
        .first { $0.hasPrefix(name + ":") }
      if mention.isWord, let about { text.layout.paragraph(about, indent: 2, hanging: 2) }
      text.write(mention.parameter, column: Self.column([mention.parameter.name]))
      text.layout.line()
    }
    let titles = mentions.map(\.entry.name)
    text.layout.line(
      "More: "
        + titles.enumerated().filter { !titles[..<$0.offset].contains($0.element) }
        .map { "nnbook help nn \($0.element)" }.joined(separator: ", "))
    return text.layout.text
  }
}

extension SignatureParameter {
  /// `integer or all; default 32`
  var facts: String {
    let suffix = " or none"
    let isPlain = standard != "none" || !type.text.hasSuffix(suffix)
    let plain = isPlain ? type.text : String(type.text.dropLast(suffix.count))
    var facts = form == .variadic ? "any number of: \(plain)" : plain
    if plain == "word" {
      facts = "one of \(words.joined(separator: ", "))"
    } else if !words.isEmpty {
      facts += " or \(words.joined(separator: ", "))"
    }
    return facts + (standard.map { "; default \($0)" } ?? "")
  }
}

/// The pieces of an entry's notes.
enum Paragraphs {
  enum Piece: Equatable {
    case text(String)
    case list([String])

    var items: [String] {
      if case .list(let items) = self { return items }
      return []
    }
  }

  static func of(_ notes: String) -> [Piece] {
    var pieces: [Piece] = []
    var lines: [Substring] = []
    func finished() -> [Piece] {
      guard let first = lines.first else { return [] }
      guard first.hasPrefix("- ") else { return [.text(lines.joined(separator: " "))] }
      return [.list(lines.map { String($0.dropFirst(2)) })]
    }
    for line in notes.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty {
        pieces += finished()
        lines = []
      } else {
        lines.append(line)
      }
    }
    return pieces + finished()
  }
}
