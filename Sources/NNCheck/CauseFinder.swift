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
  /// Of the cells now.
  private let links: [CellLinks]
  private var known: [Int: [Cause]] = [:]
  private var ownKnown: [Int: [Cause]] = [:]

  init(
    _ recorded: NotebookRecord, _ fresh: NotebookRecord, _ matching: CellMatching,
    links: [CellLinks]
  ) {
    self.recorded = recorded
    self.matching = matching
    self.links = links
    recordedCells = recorded.cells
    freshCells = fresh.cells
    let old = Dictionary(recorded.parameters.map { ($0.name, $0.value) }) { $1 }
    let new = Dictionary(fresh.parameters.map { ($0.name, $0.value) }) { $1 }
    changedParameters = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
  }

  /// What makes the cell at `index` give something else, the highest first.
  mutating func causes(ofCell index: Int) -> [Cause] {
    if let causes = known[index] { return causes }
    var causes = ownCauses(ofCell: index)
    if causes.isEmpty { causes = causesOfLookups(ofCell: index) }
    if causes.isEmpty { causes = [.engine(cell: freshCells[index].label)] }
    causes = inOrder(causes)
    known[index] = causes
    return causes
  }

  /// Names whose values are not the recorded ones. A function has another hash when a name has
  /// another value that it looks up; then the cells that call it are the ones that differ.
  mutating func changedValues(ofCell index: Int) -> [String] {
    guard let partner = matching.partners[index], let then = recordedCells[partner].trace,
      let now = freshCells[index].trace
    else { return [] }
    let changed = now.writes.filter { $0.differs(in: then.writes) }.map(\.name)
    return ownCauses(ofCell: index).isEmpty
      ? changed.filter { lookups(of: $0, writtenBy: index).isEmpty } : changed
  }

  // MARK: One cell

  /// What the cell itself comes from that is not as it was; empty where it is the same run.
  private mutating func ownCauses(ofCell index: Int) -> [Cause] {
    if let causes = ownKnown[index] { return causes }
    let causes = makeOwnCauses(index)
    ownKnown[index] = causes
    return causes
  }

  private mutating func makeOwnCauses(_ index: Int) -> [Cause] {
    guard let partner = matching.partners[index] else {
      return [.added(cell: freshCells[index].label)]
    }
    let (old, new) = (recordedCells[partner], freshCells[index])
    if old.state == .notRun, old.trace == nil { return [.notRun(cell: new.label)] }
    var causes: [Cause] = []
    if Self.differ(old, new) { causes.append(.source(cell: new.label)) }
    causes += causesOfFiles(index, partner)
    for name in changedReads(index, partner) {
      let isKnown =
        !isOther(name, before: index, partner) && writer(of: name, freshCells, index) != nil
      causes +=
        isKnown ? [.earlier(cell: new.label)] : self.causes(ofName: name, before: index, partner)
    }
    if let before = old.trace?.randomBefore, let now = new.trace?.randomBefore, before != now {
      causes += causesOfRandom(before: index, partner)
    }
    return causes
  }

  /// Of a cell that is the same run, what gives its functions another hash.
  private mutating func causesOfLookups(ofCell index: Int) -> [Cause] {
    guard let partner = matching.partners[index], let then = recordedCells[partner].trace,
      let now = freshCells[index].trace
    else { return [] }
    var causes: [Cause] = []
    for write in now.writes where write.differs(in: then.writes) {
      guard !lookups(of: write.name, writtenBy: index).isEmpty else { continue }
      for name in closure(of: write.name, before: index + 1)
      where writer(of: name, freshCells, index + 1) != index {
        causes += self.causes(ofPart: name, before: index + 1, partner + 1)
      }
    }
    return causes
  }

  /// What makes an inline value another one that stands behind so many cells.
  mutating func causes(ofExpression text: String, cellsAbove: (fresh: Int, recorded: Int))
    -> [Cause]
  {
    inOrder(
      Self.names(in: text).flatMap { name -> [Cause] in
        guard isOther(name, before: cellsAbove.fresh, cellsAbove.recorded) else { return [] }
        return causes(ofName: name, before: cellsAbove.fresh, cellsAbove.recorded)
      })
  }

  private static func differ(_ old: NotebookRecord.Cell, _ new: NotebookRecord.Cell) -> Bool {
    if let old = old.trace, let new = new.trace { return old.program != new.program }
    return old.program.trimmed != new.program.trimmed
  }

  // MARK: Files

  /// Of files that are not what they were: what made the cell that saves them save something else,
  /// or the file itself.
  private mutating func causesOfFiles(_ index: Int, _ partner: Int) -> [Cause] {
    let (old, new) = (recordedCells[partner], freshCells[index])
    guard let then = old.trace?.files else { return [] }
    let names = new.trace.map { $0.files.filter { $0.differs(in: then) } } ?? then
    return names.flatMap { file -> [Cause] in
      let path = Self.path(file.name)
      if let saver = freshCells[..<index].indices.last(where: { saves(path, $0) }) {
        let causes = ownCauses(ofCell: saver)
        // What it saves now is known to the record: this cell is the one that is behind.
        return causes.isEmpty && new.trace != nil ? [.earlier(cell: new.label)] : causes
      }
      if let saver = recordedCells[..<partner].lastIndex(where: { Self.saves(file.name, $0) }) {
        guard let successor = matching.successors[saver] else {
          return [.gone(cell: recordedCells[saver].label)]
        }
        return ownCauses(ofCell: successor)
      }
      return new.trace == nil ? [] : [.file(file.name, cell: new.label)]
    }
  }

  private func saves(_ path: [Substring], _ index: Int) -> Bool {
    links.indices.contains(index) && links[index].saves.contains { Self.path($0) == path }
  }

  /// Whether a cell of the record saves the file, as far as its text tells.
  private static func saves(_ file: String, _ cell: NotebookRecord.Cell) -> Bool {
    names(in: cell.program).contains("save")
      && ["\"", "'"].contains { cell.program.contains($0 + file + $0) }
  }

  /// `./x.npy` is `x.npy`.
  private static func path(_ name: String) -> [Substring] {
    name.split(separator: "/").filter { $0 != "." }
  }

  // MARK: Reads

  /// Names that both read and that have another value now. Of a cell that did not run to its end
  /// the names it reads are known from its other run, or else from its text.
  private func changedReads(_ index: Int, _ partner: Int) -> [String] {
    let (old, new) = (recordedCells[partner], freshCells[index])
    if let old = old.trace, let new = new.trace {
      return new.reads.filter { $0.differs(in: old.reads) }.map(\.name)
    }
    let names =
      (old.trace ?? new.trace).map { $0.reads.map(\.name) } ?? Self.names(in: new.program)
    return names.filter { isOther($0, before: index, partner) }
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

  /// The names that functions in a value look up when they are called.
  private func lookups(of name: String, writtenBy cell: Int?) -> [String] {
    cell.flatMap { links.indices.contains($0) ? links[$0].lookups[name] : nil } ?? []
  }

  /// The name, the names that its functions look up above `index`, and so on.
  private func closure(of name: String, before index: Int) -> [String] {
    var names = [name]
    var known: Set = [name]
    var next = 0
    while next < names.count {
      let writer = writer(of: names[next], freshCells, index)
      for name in lookups(of: names[next], writtenBy: writer) where known.insert(name).inserted {
        names.append(name)
      }
      next += 1
    }
    return names
  }

  /// Whether a name's value, or one that its functions look up, is another one.
  private func isOther(_ name: String, before index: Int, _ partner: Int) -> Bool {
    closure(of: name, before: index).contains { isChanged($0, before: index, partner) }
  }

  private func isChanged(_ name: String, before index: Int, _ partner: Int) -> Bool {
    value(name, freshCells, index) != value(name, recordedCells, partner)
      || (changedParameters.contains(name) && writer(of: name, freshCells, index) == nil)
  }

  private mutating func causes(ofName name: String, before index: Int, _ partner: Int) -> [Cause] {
    let names = closure(of: name, before: index)
    guard names.count > 1 else { return follow(name, before: index, partner, isFunction: false) }
    return names.flatMap { causes(ofPart: $0, before: index, partner) }
  }

  /// Causes of a function's own part of its hash, or of the value of a name that one looks up.
  private mutating func causes(ofPart name: String, before index: Int, _ partner: Int) -> [Cause] {
    guard isChanged(name, before: index, partner) else { return [] }
    let isFunction = !lookups(of: name, writtenBy: writer(of: name, freshCells, index)).isEmpty
    return follow(name, before: index, partner, isFunction: isFunction)
  }

  private mutating func follow(
    _ name: String, before index: Int, _ partner: Int, isFunction: Bool
  ) -> [Cause] {
    follow(
      writer(of: name, freshCells, index), writer(of: name, recordedCells, partner), before: index,
      name: name, isFunction: isFunction,
      orElse: changedParameters.contains(name) ? [.parameter(name)] : [])
  }

  private mutating func causesOfRandom(before index: Int, _ partner: Int) -> [Cause] {
    let now = freshCells[..<index].lastIndex { $0.trace?.randomAfter != nil }
    let then = recordedCells[..<partner].lastIndex { $0.trace?.randomAfter != nil }
    if let now, let then,
      freshCells[now].trace?.randomAfter == recordedCells[then].trace?.randomAfter
    {
      return [.earlier(cell: freshCells[index].label)]
    }
    return follow(
      now, then, before: index, name: "the random stream", isFunction: false, orElse: [])
  }

  /// From the cells that made something now and then to what made them give something else.
  ///
  /// - Parameter isFunction: only what its cell itself comes from counts; what it looks up is asked
  ///   for by itself.
  private mutating func follow(
    _ now: Int?, _ then: Int?, before index: Int, name: String, isFunction: Bool,
    orElse causes: [Cause]
  ) -> [Cause] {
    guard now != nil || then != nil else { return causes }
    if let now, let then, matching.partners[now] == then {
      return isFunction ? ownCauses(ofCell: now) : self.causes(ofCell: now)
    }
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
        .earlier(let label), .notRun(let label), .engine(let label):
        freshCells.firstIndex { $0.label == label } ?? -1
      }
    }
    return unique.enumerated().sorted {
      (place($0.element), $0.offset) < (place($1.element), $1.offset)
    }.map(\.element)
  }
}

extension CellTrace.Item {
  /// Whether the name is there with another hash.
  fileprivate func differs(in items: [CellTrace.Item]) -> Bool {
    items.contains { $0.name == name && $0.hash != hash }
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
