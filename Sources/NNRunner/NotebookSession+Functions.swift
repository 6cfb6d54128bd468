import NNLanguage
import NNRuntime
import NNSource

/// Which function of the notebook is meant where several read the same.
extension NotebookSession {
  /// Takes up the functions of the cells above number `end`, from 0.
  func addFunctions(down end: Int) {
    while functions.cellCount < end {
      let planned = plan.cells[functions.cellCount]
      var found: [FunctionSource] = []
      if case .success(let program) = planned.program, planned.cell.options.isEvaluated {
        found = interpreter.functionSources(in: program)
      }
      let program = programs[functions.cellCount]
      functions.add(
        cell: found.compactMap { source in
          program.hash(of: source.range).map { (source, $0) }
        })
    }
  }

  /// Of the functions in the values that a cell reads; nil where their programs tell them apart
  /// from all others.
  func ambiguousFunctions(in analysis: CellAnalysis, ofCell cell: Int) -> ContentHash? {
    var names: Set<String> = []
    for read in analysis.reads { state.closure(of: read.name, &names) }
    var hasher = ContentHasher()
    var hasAny = false
    for name in names.sorted() {
      guard let version = state.names[name], !version.functions.isEmpty else { continue }
      addFunctions(down: cell)
      for (index, range) in version.functions.enumerated() {
        guard let identity = functions.ambiguity(at: range, above: cell) else { continue }
        hasAny = true
        hasher.add(name)
        hasher.add(index)
        hasher.add(identity.outermost)
        hasher.add(identity.ordinal)
        hasher.add(identity.index)
      }
    }
    return hasAny ? hasher.finished() : nil
  }

  /// How the functions in a value that the cell left came to it; nil where one is not to be found.
  func origins(of version: Version, inCell cell: Int) -> [FunctionTable.Origin]? {
    guard !version.functions.isEmpty else { return [] }
    addFunctions(down: cell + 1)
    let origins = version.functions.compactMap { functions.origin(of: $0, inCell: cell) }
    return origins.count == version.functions.count ? origins : nil
  }

  /// The places of the functions in a value that an earlier run left; nil where one is gone.
  func places(of write: CellResult.Write, inCell cell: Int) -> [SourceRange]? {
    guard !write.functions.isEmpty else { return [] }
    addFunctions(down: cell + 1)
    let places = write.functions.compactMap { functions.range(of: $0, inCell: cell) }
    return places.count == write.functions.count ? places : nil
  }
}
