import NNSource

/// Programs of a notebook's cells → `CellAnalysis` each.
///
/// The language has no aliasing, no eval and no hidden input, so names, the random stream and data
/// files are all a cell can depend on. Where the source leaves open what happens (branches, loops,
/// functions passed around) more is assumed rather than less.
package struct Analyzer {
  private let vocabulary: Vocabulary
  private var table = NameTable()

  /// `predefined`: names that exist above the first cell, such as a notebook's parameters.
  package static func analyze(
    _ units: [AnalysisUnit], vocabulary: Vocabulary, predefined: [String] = []
  ) -> [CellAnalysis] {
    var analyzer = Analyzer(vocabulary: vocabulary)
    for name in predefined { analyzer.table.assign(name, NameTable.Entry(), keepsOld: false) }
    let known = NotebookNames(units, vocabulary, predefined: predefined)
    var isAnyUnreadable = false
    return units.map { unit in
      if case .unreadable = unit { isAnyUnreadable = true }
      return analyzer.analyze(unit, known, isAboveUnreadable: isAnyUnreadable)
    }
  }

  private mutating func analyze(
    _ unit: AnalysisUnit, _ names: NotebookNames, isAboveUnreadable: Bool
  ) -> CellAnalysis {
    let scopes: ScopeAnalysis
    switch unit {
    case .unreadable: return CellAnalysis()
    case .cell(let program): scopes = ScopeAnalysis(of: program, vocabulary: vocabulary)
    case .inline(let value): scopes = ScopeAnalysis(of: value, vocabulary: vocabulary)
    }
    var walker = CellWalker(vocabulary, scopes, table, names, checksNames: !isAboveUnreadable)
    switch unit {
    case .cell(let program):
      walker.visit(program.statements)
      walker.checkDropped(program.statements)
      walker.checkGlobals()
      table = walker.table
    case .inline(let value):
      walker.visitInline(value)
      walker.checkGlobals()
    case .unreadable: break
    }
    return walker.finish()
  }
}

/// All names that any cell assigns, for telling a name that comes too late from one that never
/// comes.
struct NotebookNames {
  private(set) var assigned: Set<String>
  /// A cell did not parse, so there may be more.
  private(set) var isComplete = true

  init(_ units: [AnalysisUnit], _ vocabulary: Vocabulary, predefined: [String]) {
    assigned = Set(predefined)
    for unit in units {
      switch unit {
      case .cell(let program): add(program.statements, vocabulary)
      case .inline: break
      case .unreadable: isComplete = false
      }
    }
  }

  private mutating func add(_ statements: [Statement], _ vocabulary: Vocabulary) {
    for statement in statements {
      for change in statement.changes(in: vocabulary) where !change.needsValue {
        assigned.insert(change.name.text)
      }
      for block in statement.blocks { add(block, vocabulary) }
    }
  }
}
