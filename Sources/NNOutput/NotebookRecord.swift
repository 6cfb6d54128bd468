import NNSource

/// A run of a notebook as it is kept beside its page and compared with later runs: what each piece
/// of the notebook says and gave, in source order. It holds no place of the file, so that text
/// written above a cell changes nothing of the cell.
package struct NotebookRecord: Sendable {
  package enum Piece: Sendable {
    case prose(Prose)
    case cell(Cell)
  }

  /// The Markdown between two cells.
  package struct Prose: Sendable, Hashable {
    /// As a reader sees it: inline values in place of their expressions.
    package var text: String
    package var inlines: [Inline]

    package init(text: String, inlines: [Inline] = []) {
      self.text = text
      self.inlines = inlines
    }
  }

  package struct Inline: Sendable, Hashable {
    /// "inline-1", counted through the notebook.
    package let name: String
    package let expression: String
    /// Its value as text, or why it has none.
    package let text: String
    package let isFailure: Bool
    /// The text belongs to an earlier version of the source, or of what it reads.
    package let isStale: Bool

    package init(
      name: String, expression: String, text: String, isFailure: Bool, isStale: Bool = false
    ) {
      self.name = name
      self.expression = expression
      self.text = text
      self.isFailure = isFailure
      self.isStale = isStale
    }
  }

  package struct Cell: Sendable {
    package let label: String
    /// From 1, over the cells.
    package let number: Int
    /// What stands between the fences.
    package let program: String
    package let state: CellRecord.State
    package let echo: CellRecord.Echo
    package let output: CellRecord.Echo
    package let caption: String?
    package let isStale: Bool
    package let outputs: [CellOutput]
    package let trace: CellTrace?

    package init(
      label: String, number: Int, program: String, state: CellRecord.State,
      echo: CellRecord.Echo = .show, output: CellRecord.Echo = .show, caption: String? = nil,
      isStale: Bool = false, outputs: [CellOutput], trace: CellTrace? = nil
    ) {
      self.label = label
      self.number = number
      self.program = program
      self.state = state
      self.echo = echo
      self.output = output
      self.caption = caption
      self.isStale = isStale
      self.outputs = outputs
      self.trace = trace
    }
  }

  package let title: String
  package let description: String?
  package let parameters: [RunParameter]
  package let pieces: [Piece]
  /// What belongs to no cell: findings in the front matter, in the prose.
  package let findings: [Wording]

  package init(
    title: String, description: String? = nil, parameters: [RunParameter] = [], pieces: [Piece],
    findings: [Wording] = []
  ) {
    self.title = title
    self.description = description
    self.parameters = parameters
    self.pieces = pieces
    self.findings = findings
  }

  package var cells: [Cell] {
    pieces.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
  }

  /// Where the places of its diagnostics lie when it was read without a notebook.
  package var places: CellPlaces { CellPlaces(apart: cells.map(\.label)) }

  package var inlines: [Inline] {
    pieces.flatMap { piece -> [Inline] in
      if case .prose(let prose) = piece { prose.inlines } else { [] }
    }
  }
}

/// A parameter of a run: a name and the literal it was given.
package struct RunParameter: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    case int(Int)
    case float(Double)
    case bool(Bool)
    case string(String)
  }

  package let name: String
  package let value: Value
  /// Whether the run was given it, by -P say, in place of what the notebook says.
  package let isGiven: Bool

  package init(name: String, value: Value, isGiven: Bool = false) {
    self.name = name
    self.value = value
    self.isGiven = isGiven
  }
}

extension NotebookRecord {
  /// What is kept of a document.
  package init(_ document: OutputDocument) {
    let values = document.inlines.sorted { $0.range.lower < $1.range.lower }
    var pieces: [Piece] = []
    var start = document.bodyStart
    func addProse(to end: Int) {
      guard start < end else { return }
      let range = SourceRange(start, end)
      let inside = values.enumerated().filter {
        range.lower <= $0.element.range.lower && $0.element.range.upper <= range.upper
      }
      let text = document.source.text(
        range, replacing: inside.map(\.element), escaping: document.escapes)
      guard !text.isEmpty else { return }
      pieces.append(
        .prose(
          Prose(
            text: text,
            inlines: inside.map { Inline($0.element, number: $0.offset + 1, in: document) })))
    }
    for cell in document.cells.sorted(by: { $0.range.lower < $1.range.lower }) {
      addProse(to: cell.range.lower)
      pieces.append(.cell(Cell(cell)))
      start = max(start, cell.range.upper)
    }
    addProse(to: document.source.utf8.count)
    self.init(
      title: document.title, description: document.description, parameters: document.parameters,
      pieces: pieces, findings: document.diagnostics.map(\.problem.wording))
  }
}

extension NotebookRecord.Cell {
  fileprivate init(_ cell: CellRecord) {
    self.init(
      label: cell.label, number: cell.number,
      program: String(decoding: cell.wholeProgram.utf8, as: UTF8.self), state: cell.state,
      echo: cell.echo, output: cell.output, caption: cell.caption, isStale: cell.isStale,
      outputs: cell.outputs, trace: cell.trace)
  }
}

extension NotebookRecord.Inline {
  fileprivate init(_ inline: InlineRecord, number: Int, in document: OutputDocument) {
    let failure = inline.diagnostic?.problem.wording.message
    self.init(
      name: "inline-\(number)", expression: document.source.text(inline.range),
      text: failure ?? inline.text, isFailure: failure != nil, isStale: inline.isStale)
  }
}

extension SourceFile {
  /// The text at `range` without blank lines around it, inline values in their places.
  fileprivate func text(
    _ range: SourceRange, replacing inlines: [InlineRecord], escaping escapes: [Int]
  ) -> String {
    var text = ""
    var start = range.lower
    for inline in inlines where inline.range.lower >= start {
      text += self.text(SourceRange(start, inline.range.lower), escaping: escapes)
      text +=
        inline.diagnostic.map { "**\($0.problem.wording.message)**" }
        ?? MarkdownText.escaped(inline.shownText)
      start = inline.range.upper
    }
    text += self.text(SourceRange(start, range.upper), escaping: escapes)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while lines.first?.allSatisfy({ $0 == " " }) == true { lines.removeFirst() }
    while lines.last?.allSatisfy({ $0 == " " }) == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}

extension SourceFile {
  /// The text at `range` with a backslash in front of each place in `escapes`.
  fileprivate func text(_ range: SourceRange, escaping escapes: [Int]) -> String {
    var bytes: [UInt8] = []
    var start = range.lower
    let first = escapes.partitioningIndex { $0 >= range.lower }
    for place in escapes[first...].prefix(while: { $0 < range.upper }) {
      bytes += utf8[start..<place] + [UInt8(ascii: "\\")]
      start = place
    }
    bytes += utf8[start..<range.upper]
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension [Int] {
  /// The first place of a sorted list from which on `isBehind` is true.
  fileprivate func partitioningIndex(_ isBehind: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Plain text in a Markdown file.
package enum MarkdownText {
  /// With a backslash before what Markdown would take for markup.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_[]<>#|~$".contains(character) { result.append("\\") }
      result.append(character == "\n" ? " " : character)
    }
    return result
  }
}
