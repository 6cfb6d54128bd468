import NNSource

/// A notebook after a run: the source it came from, and what each cell and inline value left.
/// The prose is not repeated here: a renderer reads it from `source`, and puts the cells in their
/// places by `CellRecord.blockIndex`.
package struct OutputDocument: Sendable {
  package var source: SourceFile
  /// The Markdown begins here: behind the front matter.
  package var bodyStart: Int
  package var title: String
  package var description: String?
  package var author: String?
  /// What the run was given.
  package var parameters: [RunParameter] = []
  /// Where it stands in a list of notebooks: under which heading, and in which place.
  package var section: String?
  package var order: Int?
  package var cells: [CellRecord]
  package var inlines: [InlineRecord]
  /// Findings that belong to no cell: in the front matter, in the file's bytes, in the prose.
  package var diagnostics: [Diagnostic]
  /// Places in the prose, in order, in front of which a backslash belongs when it is passed on as
  /// Markdown: raw HTML and links that are not let through are text then, as they are on the page.
  package var escapes: [Int] = []

  package init(
    source: SourceFile, bodyStart: Int, title: String, description: String? = nil,
    author: String? = nil, cells: [CellRecord] = [], inlines: [InlineRecord] = [],
    diagnostics: [Diagnostic] = []
  ) {
    self.source = source
    self.bodyStart = bodyStart
    self.title = title
    self.description = description
    self.author = author
    self.cells = cells
    self.inlines = inlines
    self.diagnostics = diagnostics
  }

  /// Everything that was found, page and cells together, in source order.
  package var allDiagnostics: [Diagnostic] {
    let inCells = cells.flatMap { cell in
      cell.outputs.compactMap { output -> Diagnostic? in
        guard case .diagnostic(let diagnostic) = output else { return nil }
        // An error that was asked for is an output, not a finding.
        return cell.state == .done && diagnostic.severity == .error ? nil : diagnostic
      }
    }
    let all = diagnostics + inCells + inlines.compactMap(\.diagnostic)
    return all.enumerated().sorted {
      ($0.element.range.lower, $0.offset) < ($1.element.range.lower, $1.offset)
    }.map(\.element)
  }

  /// Whether a part of the notebook could not be read at all, whatever running it would have given.
  package var isUnreadable: Bool {
    allDiagnostics.contains { diagnostic in
      guard diagnostic.severity == .error else { return false }
      switch diagnostic.problem {
      case .syntax, .notebook: return true
      default: return false
      }
    }
  }

  /// Whether anything went wrong that the author did not ask for.
  package var hasFailure: Bool {
    diagnostics.contains { $0.severity == .error }
      || cells.contains { $0.state == .failed || $0.state == .skipped }
      || inlines.contains { $0.diagnostic != nil }
  }
}

package struct CellRecord: Sendable {
  package enum State: String, Sendable {
    /// Ran to its end; with `error=true`, failed as it was meant to.
    case done
    /// Stopped at an error.
    case failed
    /// Did not run because a cell it needs failed.
    case skipped
    /// `eval=false`
    case notEvaluated
    /// Has not run as it stands now: what is shown, if anything, is out of date.
    case notRun
  }

  package enum Echo: String, Sendable { case show, hide, fold }

  package var label: String
  /// From 1, in source order, over the nn cells.
  package var number: Int
  /// Which of the document's fenced code blocks it is (from 0, in source order).
  package var blockIndex: Int
  package var range: SourceRange
  /// The part of the program that is shown.
  package var program: SourceSlice
  /// With the option lines at its top.
  package var wholeProgram: SourceSlice
  /// The program's tokens for colouring, in order.
  package var highlights: [HighlightSpan]
  package var echo: Echo
  package var output: Echo
  package var caption: String?
  package var state: State
  /// The outputs belong to an earlier version of the source or of what the cell reads.
  package var isStale: Bool
  package var outputs: [CellOutput]
  /// What the run came from and left; nil for a cell that did not run.
  package var trace: CellTrace?
  /// What ties it to other cells beside the values in `trace`. The record does not hold it.
  package var links = CellLinks()

  package init(
    label: String, number: Int, blockIndex: Int, range: SourceRange, program: SourceSlice,
    wholeProgram: SourceSlice? = nil,
    highlights: [HighlightSpan] = [], echo: Echo = .show, output: Echo = .show,
    caption: String? = nil, state: State = .done, isStale: Bool = false,
    outputs: [CellOutput] = []
  ) {
    self.label = label
    self.number = number
    self.blockIndex = blockIndex
    self.range = range
    self.program = program
    self.wholeProgram = wholeProgram ?? program
    self.highlights = highlights
    self.echo = echo
    self.output = output
    self.caption = caption
    self.state = state
    self.isStale = isStale
    self.outputs = outputs
  }

  /// Where the program begins in the file, behind the opening fence.
  package var start: Int {
    wholeProgram.utf8.isEmpty ? range.upper : wholeProgram.fileOffset(of: 0)
  }
}

/// Bytes `lower..<upper` of a cell's program and what they are.
package struct HighlightSpan: Sendable, Hashable {
  package enum Kind: String, Sendable {
    case keyword, verb, builtin, option, number, string, comment, definition
  }

  package let lower: Int
  package let upper: Int
  package let kind: Kind

  package init(_ lower: Int, _ upper: Int, _ kind: Kind) {
    self.lower = lower
    self.upper = upper
    self.kind = kind
  }
}

/// An inline `nn …` code span's value.
package struct InlineRecord: Sendable {
  /// Which of the document's code spans it is (from 0, in source order).
  package var spanIndex: Int
  /// With its back-ticks.
  package var range: SourceRange
  package var text: String
  package var diagnostic: Diagnostic?
  /// What it reads has not been computed as it stands now.
  package var isStale = false

  package init(
    spanIndex: Int, range: SourceRange, text: String, diagnostic: Diagnostic? = nil
  ) {
    self.spanIndex = spanIndex
    self.range = range
    self.text = text
    self.diagnostic = diagnostic
  }
}

extension InlineRecord {
  /// What a reader sees in its place, unless there is a diagnostic.
  package var shownText: String {
    guard isStale else { return text }
    return text.isEmpty ? "(not computed)" : text + " (out of date)"
  }
}
