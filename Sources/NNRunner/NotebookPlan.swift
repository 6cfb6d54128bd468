import NNLanguage
import NNNotebook
import NNOutput
import NNRuntime
import NNSource

/// A notebook made ready to run: every cell's program and what it reads and writes, before
/// anything runs.
struct NotebookPlan {
  struct Cell {
    let cell: NNNotebook.Cell
    let program: Result<Program, Diagnostic>
    let effects: CellEffects
    let highlights: [HighlightSpan]
    /// What is shown of the program: without the `#|` lines.
    let displayed: SourceSlice
  }

  struct Inline {
    let spanIndex: Int
    let cellsAbove: Int
    let range: SourceRange
    let expression: Result<Expression, Diagnostic>
    let effects: CellEffects
  }

  let cells: [Cell]
  let inlines: [Inline]

  init(_ notebook: Notebook) {
    cells = notebook.cells.map(Cell.init)
    inlines = notebook.inlines.map(Inline.init)
  }
}

extension NotebookPlan.Cell {
  init(_ cell: NNNotebook.Cell) {
    self.cell = cell
    let parsed = Result { () throws(Diagnostic) in
      try Parser.program(cell.program, vocabulary: Registry.vocabulary)
    }
    program = parsed
    effects = (try? parsed.get()).map(CellEffects.init) ?? CellEffects()
    displayed = cell.program.dropping(cell.displayStart)
    highlights = Highlighter.spans(of: displayed, vocabulary: Registry.vocabulary).map {
      HighlightSpan($0.lower, $0.upper, HighlightSpan.Kind($0.kind))
    }
  }
}

extension NotebookPlan.Inline {
  init(_ inline: NNNotebook.Inline) {
    spanIndex = inline.spanIndex
    cellsAbove = inline.cellsAbove
    range = inline.range
    let parsed = Result { () throws(Diagnostic) in
      try Parser.expression(inline.expression, vocabulary: Registry.vocabulary)
    }
    expression = parsed
    effects = (try? parsed.get()).map(CellEffects.init(reading:)) ?? CellEffects()
  }
}

/// What a cell needs of the cells above it, and what the cells below may need of it.
struct CellEffects {
  var reads: [String] = []
  var writes: [String] = []
  /// It may draw from the random stream.
  var draws = false
  /// It sets the stream before it draws, so that nothing above matters.
  var seeds = false
}
