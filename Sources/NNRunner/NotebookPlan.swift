import NNLanguage
import NNNotebook
import NNOutput
import NNRuntime
import NNSource

/// A notebook made ready to run: every cell's program, what it reads and writes, and all that can
/// be found wrong with it before anything runs.
struct NotebookPlan {
  struct Cell {
    let cell: NNNotebook.Cell
    let program: Result<Program, Diagnostic>
    var analysis = CellAnalysis()

    init(_ cell: NNNotebook.Cell) {
      self.cell = cell
      program = Result { () throws(Diagnostic) in
        try Parser.program(cell.program, vocabulary: Registry.vocabulary)
      }
    }

    var unit: AnalysisUnit {
      // What is not evaluated assigns nothing and needs nothing.
      guard cell.options.isEvaluated else { return .cell(Program([])) }
      switch program {
      case .success(let program):
        return .cell(program, isMeantToFail: cell.options.expectsError)
      // It can't leave anything.
      case .failure where cell.options.expectsError: return .cell(Program([]))
      case .failure: return .unreadable(mentioned: mentionedNames)
      }
    }

    /// What a cell that can't be read would write is not known; a name that stands in it is one that
    /// it may.
    var mentionedNames: [String] {
      Lexer.tokens(of: cell.program).tokens.compactMap { token in
        if case .name(let name) = token.kind { name } else { nil }
      }
    }
  }

  struct Inline {
    let inline: NNNotebook.Inline
    let expression: Result<Expression, Diagnostic>
    var analysis = CellAnalysis()

    init(_ inline: NNNotebook.Inline) {
      self.inline = inline
      expression = Result { () throws(Diagnostic) in
        try Parser.expression(inline.expression, vocabulary: Registry.vocabulary)
      }
    }

    var unit: AnalysisUnit {
      switch expression {
      case .success(let expression): .inline(expression)
      // An expression assigns nothing, whatever it was meant to be.
      case .failure: .cell(Program([]))
      }
    }
  }

  private(set) var cells: [Cell]
  private(set) var inlines: [Inline]

  init(_ notebook: Notebook, parameters: Parameters) {
    cells = notebook.cells.map(Cell.init)
    inlines = notebook.inlines.map(Inline.init)
    // Cells and inline values in the order in which the reader meets them.
    var order: [(isCell: Bool, index: Int)] = []
    var next = 0
    for (index, inline) in inlines.enumerated() {
      while next < min(inline.inline.cellsAbove, cells.count) {
        order.append((true, next))
        next += 1
      }
      order.append((false, index))
    }
    order += (next..<max(next, cells.count)).map { (true, $0) }
    let analyses = Analyzer.analyze(
      order.map { $0.isCell ? cells[$0.index].unit : inlines[$0.index].unit },
      vocabulary: Registry.vocabulary, predefined: parameters.known
    ) { [cells] unit, range in
      (
        order[unit].isCell ? cells[order[unit].index].cell.label : "",
        notebook.source.position(of: range.lower).line
      )
    }
    for (place, analysis) in zip(order, analyses) {
      if place.isCell {
        cells[place.index].analysis = analysis
      } else {
        inlines[place.index].analysis = analysis
      }
    }
  }
}
