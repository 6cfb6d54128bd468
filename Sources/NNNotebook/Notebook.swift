import NNMarkdown
import NNSource

/// NNNotebook: `SourceFile` → front matter cut off → `MarkdownDocument` → `Notebook`: parameters,
/// cells with their options, inline values, and every finding at once.
///
///     FrontMatter, FrontMatterReader     YAML → typed keys and parameters
///     YAMLReader                         the one file that touches libyaml
///     Cell, CellOptions                  what a fence says
///     CellReader, InfoScanner            info strings and `#|` lines → options
///     Literals                           durations, sizes, numbers, names

/// A notebook as it was written; nothing of the language is read yet.
package struct Notebook: Sendable {
  package let source: SourceFile
  package let markdown: MarkdownDocument
  package let frontMatter: FrontMatter
  /// The front matter's title, else the first heading of level 1, else the file's name.
  package let title: String
  package let cells: [Cell]
  /// Inline values, in source order.
  package let inlines: [Inline]
  /// All that was found, in source order. The cells are there even when some of it are errors.
  package let diagnostics: [Diagnostic]

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Reads a notebook. It never fails: what is wrong is in `diagnostics`.
  package static func read(_ file: SourceFile) -> Notebook {
    var findings = file.defects
    let (frontMatter, bodyStart) = FrontMatterReader.read(file, &findings)
    let markdown = MarkdownDocument(file, bodyStart: bodyStart)
    findings += markdown.diagnostics
    findings += ProseLint.findings(in: markdown)
    var reader = CellReader(markdown: markdown)
    reader.read()
    findings += reader.findings
    let inlines = Inline.all(in: markdown, cells: reader.cells, &findings)
    return Notebook(
      source: file, markdown: markdown, frontMatter: frontMatter,
      title: frontMatter.title ?? markdown.title ?? file.baseName, cells: reader.cells,
      inlines: inlines, diagnostics: findings.inSourceOrder)
  }
}

/// A code span `` `nn expression` ``, replaced by its value. It reads the state behind the cells
/// above it.
package struct Inline: Sendable, Hashable {
  /// From 1, in source order.
  package let number: Int
  /// Which of the document's code spans it is.
  package let spanIndex: Int
  /// How many cells stand above it.
  package let cellsAbove: Int
  /// With its back-ticks.
  package let range: SourceRange
  package let expression: SourceSlice

  fileprivate static func all(
    in markdown: MarkdownDocument, cells: [Cell], _ findings: inout [Diagnostic]
  ) -> [Inline] {
    var inlines: [Inline] = []
    var cellsAbove = 0
    for span in markdown.codeSpans {
      guard span.literal.utf8.starts(with: "nn ".utf8) else { continue }
      let code = span.literal.utf8.dropFirst(3)
      guard let start = code.firstIndex(where: { $0 != 0x20 }),
        let last = code.lastIndex(where: { $0 != 0x20 })
      else {
        findings.append(.error(.notebook(.emptyInline), at: span.range))
        continue
      }
      while cellsAbove < cells.count, cells[cellsAbove].range.lower < span.range.lower {
        cellsAbove += 1
      }
      inlines.append(
        Inline(
          number: inlines.count + 1, spanIndex: span.index, cellsAbove: cellsAbove,
          range: span.range, expression: span.literal.part(start..<last + 1)))
    }
    return inlines
  }
}

extension MarkdownDocument {
  fileprivate var title: String? {
    let text = headings.first { $0.level == 1 }?.text
    return text?.isEmpty == true ? nil : text
  }
}

extension SourceFile {
  /// The name without folders and `.md`.
  fileprivate var baseName: String {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return last.hasSuffix(".md") && last.count > 3 ? String(last.dropLast(3)) : last
  }
}

extension [Diagnostic] {
  /// By place, findings at one place in the order they were made.
  var inSourceOrder: [Diagnostic] {
    indices.sorted { (self[$0].range.lower, $0) < (self[$1].range.lower, $1) }.map { self[$0] }
  }
}

/// What is found in the prose itself: all of it is on the page in some form, so these are warnings.
private enum ProseLint {
  static func findings(in markdown: MarkdownDocument) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    // A tag and its end in one paragraph are one finding.
    for range in markdown.rawHTML where findings.last?.range != range {
      findings.append(Diagnostic(.warning, .notebook(.rawHTML), at: range))
    }
    for link in markdown.links where !LinkPolicy.allows(link.url) {
      let problem = NotebookProblem.refusedLink(url: link.url, schemes: LinkPolicy.schemes)
      findings.append(Diagnostic(.warning, .notebook(problem), at: link.range))
    }
    findings += markdown.formulas.flatMap(\.findings)
    findings += markdown.strayInlines.map { Diagnostic(.warning, .notebook(.strayInline), at: $0) }
    for range in markdown.unusedFootnotes {
      let problem = NotebookProblem.unusedFootnote(label: label(markdown.source.text(range)))
      findings.append(Diagnostic(.warning, .notebook(problem), at: range))
    }
    return findings
  }

  /// The `x` of `[^x]: text`.
  private static func label(_ line: String) -> String {
    var rest = line.drop { $0 != "[" }.dropFirst(2)
    if let end = rest.firstIndex(of: "]") { rest = rest[..<end] }
    return String(rest)
  }
}
