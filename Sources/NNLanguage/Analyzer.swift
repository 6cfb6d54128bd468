import NNSource

/// Programs of a notebook's cells → `CellAnalysis` each.
///
/// The language has no aliasing, no eval and no hidden input, so names, the random stream and data
/// files are all a cell can depend on. Where the source leaves open what happens (branches, loops,
/// functions passed around) more is assumed rather than less.
package struct Analyzer {
  private let vocabulary: Vocabulary
  private let names: NotebookNames
  private var table = NameTable()
  private var shapes: ShapeChecker

  /// `predefined`: names that exist above the first cell, such as a notebook's parameters, with what
  /// is known of their values. `place` tells a unit's label and the line of a place in it.
  package static func analyze(
    _ units: [AnalysisUnit], vocabulary: Vocabulary, predefined: [String: AbstractValue] = [:],
    place: ((_ unit: Int, SourceRange) -> (label: String, line: Int))? = nil
  ) -> [CellAnalysis] {
    var names = NotebookNames(units, vocabulary, predefined: predefined)
    names.place = place
    var analyzer = Analyzer(vocabulary, names, predefined)
    var isAnyUnreadable = false
    var analyses = units.enumerated().map { index, unit in
      if case .unreadable = unit { isAnyUnreadable = true }
      return analyzer.analyze(unit, index, isAboveUnreadable: isAnyUnreadable)
    }
    // A function of one cell that another calls: what fails there needs no warning where it stands.
    let errors = Set(
      analyses.flatMap(\.findings).filter { $0.severity == .error }
        .map { Diagnostic.error($0.problem, at: $0.range) })
    for index in analyses.indices {
      analyses[index].findings.removeAll {
        $0.severity == .warning && errors.contains(.error($0.problem, at: $0.range))
      }
    }
    return analyses
  }

  private init(
    _ vocabulary: Vocabulary, _ names: NotebookNames, _ predefined: [String: AbstractValue]
  ) {
    self.vocabulary = vocabulary
    self.names = names
    shapes = ShapeChecker(
      vocabulary, bound: Set(names.assigned.keys).union(names.mentioned), names: predefined)
    for name in predefined.keys { table.assign(name, NameTable.Entry(), keepsOld: false) }
  }

  private mutating func analyze(
    _ unit: AnalysisUnit, _ index: Int, isAboveUnreadable: Bool
  ) -> CellAnalysis {
    let scopes: ScopeAnalysis
    switch unit {
    case .unreadable(let mentioned):
      shapes.forget(mentioned)
      return CellAnalysis()
    case .cell(let program, _): scopes = ScopeAnalysis(of: program, vocabulary: vocabulary)
    case .inline(let value): scopes = ScopeAnalysis(of: value, vocabulary: vocabulary)
    }
    var walker = CellWalker(
      vocabulary, scopes, table, names, unit: index, checksNames: !isAboveUnreadable)
    switch unit {
    case .cell(let program, let isMeantToFail):
      walker.visit(program.statements)
      walker.checkDropped(program.statements)
      walker.checkGlobals()
      walker.checkParameters()
      walker.add(StatementLint.findings(in: program))
      walker.add(checkedCalls(scopes))
      walker.add(shapes.check(program, scopes, isMeantToFail: isMeantToFail))
      table = walker.table
    case .inline(let value):
      walker.visitInline(value)
      walker.checkGlobals()
      walker.add(checkedCalls(scopes))
      walker.add(shapes.check(value, scopes))
    case .unreadable: break
    }
    return walker.finish()
  }

  /// Arguments that fit no built-in function. A name that the notebook gives another value is left
  /// to the run.
  private func checkedCalls(_ scopes: ScopeAnalysis) -> [Diagnostic] {
    scopes.calls.compactMap { call in
      guard let signature = vocabulary.functions[call.callee.text],
        call.isMethod
          || names.assigned[call.callee.text] == nil
            && !names.mentioned.contains(call.callee.text)
      else { return nil }
      do throws(Diagnostic) {
        _ = try CallPlacement(call.arguments, of: signature, name: call.callee.range)
        return nil
      } catch {
        return error
      }
    }
  }
}

/// All names that any cell assigns, for telling a name that comes too late from one that never
/// comes.
struct NotebookNames {
  /// Where each is assigned first: the unit and the place; nil for one that is predefined.
  private(set) var assigned: [String: (unit: Int, range: SourceRange)?] = [:]
  let predefined: Set<String>
  /// Names in cells that did not parse.
  private(set) var mentioned: Set<String> = []
  /// A cell did not parse, so there may be more.
  private(set) var isComplete = true
  var place: ((_ unit: Int, SourceRange) -> (label: String, line: Int))?

  init(
    _ units: [AnalysisUnit], _ vocabulary: Vocabulary, predefined: [String: AbstractValue]
  ) {
    self.predefined = Set(predefined.keys)
    for name in predefined.keys { assigned[name] = .some(nil) }
    for (index, unit) in units.enumerated() {
      switch unit {
      case .cell(let program, _): add(program.statements, index, vocabulary)
      case .inline: break
      case .unreadable(let names):
        isComplete = false
        mentioned.formUnion(names)
      }
    }
  }

  private mutating func add(
    _ statements: [Statement], _ unit: Int, _ vocabulary: Vocabulary
  ) {
    for statement in statements {
      for change in statement.changes(in: vocabulary)
      where !change.needsValue && assigned[change.name.text] == nil {
        assigned[change.name.text] = (unit, change.name.range)
      }
      for block in statement.blocks { add(block, unit, vocabulary) }
    }
  }

  /// That `name` gets its value only further down than `unit`.
  func lateAssignment(of name: String, in unit: Int) -> NameProblem {
    guard let found = assigned[name] ?? nil, let place = place?(found.unit, found.range) else {
      return .usedBeforeAssignment(name, line: nil, cell: nil)
    }
    return .usedBeforeAssignment(
      name, line: place.line, cell: found.unit == unit ? nil : place.label)
  }
}
