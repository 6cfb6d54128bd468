import NNOutput
import NNSource

extension Comparison {
  /// `recorded` and `fresh` are records read without a notebook, so that the places in them are
  /// comparable.
  /// - Parameter links: of the cells of `fresh`.
  package init(
    recorded: NotebookRecord, fresh: NotebookRecord, tolerances: Tolerances = Tolerances(),
    links: [CellLinks] = []
  ) {
    var maker = ComparisonMaker(recorded, fresh, tolerances, links)
    self = maker.comparison()
  }
}

/// Puts a comparison together.
private struct ComparisonMaker {
  private let recorded: NotebookRecord
  private let fresh: NotebookRecord
  private let old: [NotebookRecord.Cell]
  private let new: [NotebookRecord.Cell]
  private let tolerances: Tolerances
  private let matching: CellMatching
  private let places: (recorded: CellPlaces, fresh: CellPlaces)
  private var finder: CauseFinder

  init(
    _ recorded: NotebookRecord, _ fresh: NotebookRecord, _ tolerances: Tolerances,
    _ links: [CellLinks]
  ) {
    self.recorded = recorded
    self.fresh = fresh
    self.tolerances = tolerances
    (old, new) = (recorded.cells, fresh.cells)
    matching = CellMatching(recorded: old, fresh: new)
    places = (recorded.places, fresh.places)
    finder = CauseFinder(recorded, fresh, matching, links: links)
  }

  mutating func comparison() -> Comparison {
    var cells: [CellDifference] = []
    for index in new.indices {
      let difference = cell(index)
      if difference.count > 0 { cells.append(difference) }
    }
    for (index, cell) in old.enumerated() where matching.successors[index] == nil {
      cells.append(
        CellDifference(
          label: cell.label, index: nil, changes: [.gone], outputs: [], values: [], causes: []))
    }
    let findings = (recorded.findings.map(\.message), fresh.findings.map(\.message))
    return Comparison(
      cells: cells, inlines: inlines(),
      lostFindings: Self.rest(findings.0, without: findings.1),
      newFindings: Self.rest(findings.1, without: findings.0),
      changedSources: new.indices.compactMap { index in
        guard let partner = matching.partners[index] else { return new[index].label }
        return old[partner].program.trimmed == new[index].program.trimmed ? nil : new[index].label
      })
  }

  private static func rest(_ texts: [String], without others: [String]) -> [String] {
    var left = others
    return texts.filter { text in
      guard let place = left.firstIndex(of: text) else { return true }
      left.remove(at: place)
      return false
    }
  }

  // MARK: Cells

  private mutating func cell(_ index: Int) -> CellDifference {
    let now = new[index]
    guard let partner = matching.partners[index] else {
      return CellDifference(
        label: now.label, index: index, changes: [.added], outputs: [], values: [], causes: [])
    }
    let then = old[partner]
    var changes: [CellDifference.Change] = []
    if then.label != now.label, !(then.isUnlabelled && now.isUnlabelled) {
      changes.append(.relabelled(from: then.label))
    }
    if matching.moved.contains(index) { changes.append(.moved) }
    if then.isStale { changes.append(.stale) }
    if then.state != now.state { changes.append(.state(recorded: then.state, now: now.state)) }
    let tolerance = tolerances.tolerance(of: now.label)
    let outputs = self.outputs(then, now, tolerance)
    let values = outputs.isEmpty && tolerance.isExact ? finder.changedValues(ofCell: index) : []
    let isCaused = !outputs.isEmpty || !values.isEmpty || then.state != now.state
    return CellDifference(
      label: now.label, index: index, changes: changes, outputs: outputs, values: values,
      causes: isCaused ? finder.causes(ofCell: index) : [])
  }

  private func outputs(
    _ then: NotebookRecord.Cell, _ now: NotebookRecord.Cell, _ tolerance: Tolerance
  ) -> [OutputDifference] {
    let comparison = OutputComparison(
      tolerance: tolerance,
      places: (
        { [places, old] in places.recorded.text($0, of: then.label, in: old) },
        { [places, new] in places.fresh.text($0, of: now.label, in: new) }
      ))
    let (old, new) = (then.joinedOutputs, now.joinedOutputs)
    return OutputAlignment(old, new).pairs.compactMap { pair in
      guard let before = pair.old, let after = pair.new else {
        return OutputDifference(
          number: (pair.new ?? pair.old ?? 0) + 1, recorded: pair.old.map { old[$0] },
          fresh: pair.new.map { new[$0] }, differences: [])
      }
      let differences = comparison.differences(old[before], new[after])
      return differences.isEmpty
        ? nil
        : OutputDifference(
          number: after + 1, recorded: old[before], fresh: new[after], differences: differences)
    }
  }

  // MARK: Inline values

  private typealias PlacedInline = (inline: NotebookRecord.Inline, cellsAbove: Int)

  private static func placed(_ record: NotebookRecord) -> [PlacedInline] {
    var cells = 0
    var placed: [PlacedInline] = []
    for piece in record.pieces {
      switch piece {
      case .cell: cells += 1
      case .prose(let prose): placed += prose.inlines.map { ($0, cells) }
      }
    }
    return placed
  }

  private mutating func inlines() -> [InlineDifference] {
    let (old, new) = (Self.placed(recorded), Self.placed(fresh))
    let pairs = SequenceAlignment.pairs(
      old.map(\.inline.expression), new.map(\.inline.expression)
    ) { $0 == $1 ? 0 : nil }
    return pairs.compactMap { pair in
      guard let before = pair.old, let after = pair.new else {
        let known = pair.new.map { new[$0] } ?? pair.old.map { old[$0] }
        return known.map {
          InlineDifference(
            index: pair.new, expression: $0.inline.expression,
            recorded: pair.old.map { old[$0].inline.text },
            fresh: pair.new.map { new[$0].inline.text }, difference: nil, causes: [])
        }
      }
      return inline(old[before], new[after], index: after)
    }
  }

  private mutating func inline(
    _ then: PlacedInline, _ now: PlacedInline, index: Int
  ) -> InlineDifference? {
    var difference = TextComparison(
      PrintedText(then.inline.text), PrintedText(now.inline.text), tolerances.notebook
    ).differences().first
    if difference == nil, then.inline.isFailure != now.inline.isFailure {
      difference = Difference("the value", text: then.inline.text, now.inline.text)
    }
    guard let difference else { return nil }
    return InlineDifference(
      index: index, expression: now.inline.expression, recorded: then.inline.text,
      fresh: now.inline.text, difference: difference,
      causes: finder.causes(
        ofExpression: now.inline.expression, cellsAbove: (now.cellsAbove, then.cellsAbove)))
  }
}

extension CellPlaces {
  /// A place as it is told and compared: lines and columns of the cell's program, or of another
  /// cell's.
  fileprivate func text(
    _ range: SourceRange, of label: String, in cells: [NotebookRecord.Cell]
  ) -> String {
    let parts = json(range, from: label).array ?? []
    let owner = parts.first?.string ?? label
    let cell = owner == label ? "" : owner.isEmpty ? "the file, " : "cell '\(owner)', "
    let bytes = parts.compactMap(\.int)
    if bytes == [-1, -1] { return cell + "the whole cell" }
    guard let program = cells.first(where: { $0.label == owner })?.program,
      let lower = bytes.first, let upper = bytes.last, lower >= 0
    else { return cell + "bytes " + bytes.map(String.init).joined(separator: " to ") }
    let source = SourceFile(name: "", text: program)
    let (start, end) = (source.position(of: lower), source.position(of: upper))
    // The end of a range lies behind its last character.
    let last = max(end.column - 1, 1)
    guard start.line == end.line else {
      return cell + "line \(start.line), column \(start.column) to line \(end.line), column \(last)"
    }
    return cell + "line \(start.line), column"
      + (last > start.column ? "s \(start.column) to \(last)" : " \(start.column)")
  }
}
