import NNOutput
import NNSource

/// Finds where a difference comes from: from a cell back along the names, files and random numbers
/// that are not what they were, to the cells that changed of themselves.
struct CauseFinder {
  private let recorded: NotebookRecord
  private let recordedCells: [NotebookRecord.Cell]
  private let freshCells: [NotebookRecord.Cell]
  private let matching: CellMatching
  private let changedParameters: Set<String>
  private var known: [Int: [Cause]] = [:]

  init(_ recorded: NotebookRecord, _ fresh: NotebookRecord, _ matching: CellMatching) {
    self.recorded = recorded
    self.matching = matching
    recordedCells = recorded.cells
    freshCells = fresh.cells
    let old = Dictionary(recorded.parameters.map { ($0.name, $0.value) }) { $1 }
    let new = Dictionary(fresh.parameters.map { ($0.name, $0.value) }) { $1 }
    changedParameters = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
  }

  /// What makes the cell at `index` give something else, the highest first.
  mutating func causes(ofCell index: Int) -> [Cause] {
    if let causes = known[index] { return causes }
    var causes: [Cause] = []
    if let partner = matching.partners[index] {
      let (old, new) = (recordedCells[partner], freshCells[index])
      if Self.differ(old, new) { causes.append(.source(cell: new.label)) }
      causes += Self.changedFiles(old, new)
      for name in changedReads(index, partner) {
        let isKnown =
          value(name, freshCells, index) == value(name, recordedCells, partner)
          && writer(of: name, freshCells, index) != nil
        causes +=
          isKnown
          ? [.earlier(cell: new.label)] : self.causes(ofName: name, before: index, partner)
      }
      if let before = old.trace?.randomBefore, let now = new.trace?.randomBefore, before != now {
        causes += causesOfRandom(before: index, partner)
      }
      if causes.isEmpty { causes = [.engine(cell: new.label)] }
    } else {
      causes = [.added(cell: freshCells[index].label)]
    }
    causes = inOrder(causes)
    known[index] = causes
    return causes
  }

  /// What makes an inline value another one that stands behind so many cells.
  mutating func causes(ofExpression text: String, cellsAbove: (fresh: Int, recorded: Int))
    -> [Cause]
  {
    inOrder(
      Self.names(in: text).flatMap { name -> [Cause] in
        guard
          value(name, freshCells, cellsAbove.fresh)
            != value(name, recordedCells, cellsAbove.recorded)
            || changedParameters.contains(name)
        else { return [] }
        return causes(ofName: name, before: cellsAbove.fresh, cellsAbove.recorded)
      })
  }

  private static func differ(_ old: NotebookRecord.Cell, _ new: NotebookRecord.Cell) -> Bool {
    if let old = old.trace, let new = new.trace { return old.program != new.program }
    return old.program.trimmed != new.program.trimmed
  }

  private static func changedFiles(
    _ old: NotebookRecord.Cell, _ new: NotebookRecord.Cell
  ) -> [Cause] {
    guard let old = old.trace, let now = new.trace else { return [] }
    return now.files.filter { file in
      old.files.contains { $0.name == file.name && $0.hash != file.hash }
    }.map { .file($0.name, cell: new.label) }
  }

  /// Names that both read and that have another value now. Of a cell that did not run to its end
  /// the names it reads are known from its other run, or else from its text.
  private func changedReads(_ index: Int, _ partner: Int) -> [String] {
    let (old, new) = (recordedCells[partner], freshCells[index])
    if let old = old.trace, let new = new.trace {
      return new.reads.filter { read in
        old.reads.contains { $0.name == read.name && $0.hash != read.hash }
      }.map(\.name)
    }
    let names =
      (old.trace ?? new.trace).map { $0.reads.map(\.name) } ?? Self.names(in: new.program)
    return names.filter { name in
      value(name, freshCells, index) != value(name, recordedCells, partner)
        || (changedParameters.contains(name) && writer(of: name, freshCells, index) == nil)
    }
  }

  // MARK: Names

  /// The last cell above `index` that wrote the name.
  private func writer(of name: String, _ cells: [NotebookRecord.Cell], _ index: Int) -> Int? {
    cells[..<index].lastIndex { cell in cell.trace?.writes.contains { $0.name == name } ?? false }
  }

  private func value(
    _ name: String, _ cells: [NotebookRecord.Cell], _ index: Int
  ) -> ContentHash? {
    writer(of: name, cells, index).flatMap { writer in
      cells[writer].trace?.writes.first { $0.name == name }?.hash
    }
  }

  private mutating func causes(ofName name: String, before index: Int, _ partner: Int) -> [Cause] {
    follow(
      writer(of: name, freshCells, index), writer(of: name, recordedCells, partner), before: index,
      name: name, orElse: changedParameters.contains(name) ? [.parameter(name)] : [])
  }

  private mutating func causesOfRandom(before index: Int, _ partner: Int) -> [Cause] {
    let now = freshCells[..<index].lastIndex { $0.trace?.randomAfter != nil }
    let then = recordedCells[..<partner].lastIndex { $0.trace?.randomAfter != nil }
    if let now, let then,
      freshCells[now].trace?.randomAfter == recordedCells[then].trace?.randomAfter
    {
      return [.earlier(cell: freshCells[index].label)]
    }
    return follow(now, then, before: index, name: "the random stream", orElse: [])
  }

  /// From the cells that made something now and then to what made them give something else.
  private mutating func follow(
    _ now: Int?, _ then: Int?, before index: Int, name: String, orElse causes: [Cause]
  ) -> [Cause] {
    guard now != nil || then != nil else { return causes }
    if let now, let then, matching.partners[now] == then { return self.causes(ofCell: now) }
    if let now, matching.partners[now] == nil {
      return [.added(cell: freshCells[now].label)]
    }
    if let then {
      guard let successor = matching.successors[then] else {
        return [.gone(cell: recordedCells[then].label)]
      }
      // It no longer makes the name, or no longer stands above.
      guard successor < index, now.map({ $0 < successor }) ?? true else {
        return [.order(name: name, cell: freshCells[now ?? successor].label)]
      }
      return self.causes(ofCell: successor)
    }
    return now.map { self.causes(ofCell: $0) } ?? causes
  }

  private static func names(in text: String) -> [String] {
    var names: [String] = []
    for case .word(let word) in TextToken.tokens(of: text[...]) where !names.contains(String(word))
    {
      names.append(String(word))
    }
    return names
  }

  /// Each once; what is no cell's comes first, then the cells as they stand.
  private func inOrder(_ causes: [Cause]) -> [Cause] {
    var unique: [Cause] = []
    for cause in causes where !unique.contains(cause) { unique.append(cause) }
    func place(_ cause: Cause) -> Int {
      switch cause {
      case .parameter, .gone: -1
      case .source(let label), .file(_, let label), .added(let label), .order(_, let label),
        .earlier(let label), .engine(let label):
        freshCells.firstIndex { $0.label == label } ?? -1
      }
    }
    return unique.enumerated().sorted {
      (place($0.element), $0.offset) < (place($1.element), $1.offset)
    }.map(\.element)
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: Substring {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
