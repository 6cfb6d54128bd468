import NNOutput
import NNSource

/// Which recorded cell is which cell now: by label; a cell without one, or with another one, by its
/// program, then by its outputs, then by where it stands between cells that are known.
package struct CellMatching: Sendable {
  /// For each cell now, its recorded one.
  package private(set) var partners: [Int?]
  /// For each recorded cell, the one now.
  package private(set) var successors: [Int?]
  /// Cells now that changed places with others.
  private(set) var moved: Set<Int> = []

  package init(recorded: [NotebookRecord.Cell], fresh: [NotebookRecord.Cell]) {
    partners = Array(repeating: nil, count: fresh.count)
    successors = Array(repeating: nil, count: recorded.count)
    pair(recorded, fresh, by: { $0.isUnlabelled ? nil : $0.label })
    pair(recorded, fresh, by: { $0.trace?.program.text })
    // Of a cell that failed, then or now, only its text is known.
    pair(recorded, fresh, by: { $0.program.trimmed })
    pair(recorded, fresh, by: { $0.outputs.isEmpty ? nil : $0.outputs })
    pairBetween(recorded, fresh)
    moved = outOfOrder()
  }

  private mutating func pair(fresh: Int, recorded: Int) {
    partners[fresh] = recorded
    successors[recorded] = fresh
  }

  /// Those that have no partner yet and the same key, in order.
  private mutating func pair<Key: Hashable>(
    _ recorded: [NotebookRecord.Cell], _ fresh: [NotebookRecord.Cell],
    by key: (NotebookRecord.Cell) -> Key?
  ) {
    var free: [Key: [Int]] = [:]
    for index in recorded.indices.reversed() where successors[index] == nil {
      if let key = key(recorded[index]) { free[key, default: []].append(index) }
    }
    for index in fresh.indices where partners[index] == nil {
      guard let key = key(fresh[index]), let partner = free[key]?.popLast() else { continue }
      pair(fresh: index, recorded: partner)
    }
  }

  /// Cells without labels that stand behind the same known cell.
  private mutating func pairBetween(
    _ recorded: [NotebookRecord.Cell], _ fresh: [NotebookRecord.Cell]
  ) {
    var before = -1
    var free: [Int: [Int]] = [:]
    for index in recorded.indices {
      if successors[index] != nil {
        before = index
      } else if recorded[index].isUnlabelled {
        free[before, default: []].append(index)
      }
    }
    before = -1
    for index in fresh.indices {
      if let partner = partners[index] {
        before = partner
      } else if fresh[index].isUnlabelled, let partner = free[before]?.first {
        free[before]?.removeFirst()
        pair(fresh: index, recorded: partner)
      }
    }
  }

  /// The fewest cells that have to be moved for the others to be in their old order.
  private func outOfOrder() -> Set<Int> {
    let known = partners.indices.compactMap { index in partners[index].map { (index, $0) } }
    // The longest rising chain: `tails[n]` ends the one of length n + 1 with the least last element.
    var tails: [Int] = []
    var previous = [Int?](repeating: nil, count: known.count)
    for (place, (_, partner)) in known.enumerated() {
      var (low, high) = (0, tails.count)
      while low < high {
        let middle = (low + high) / 2
        if known[tails[middle]].1 < partner { low = middle + 1 } else { high = middle }
      }
      previous[place] = low > 0 ? tails[low - 1] : nil
      if low == tails.count { tails.append(place) } else { tails[low] = place }
    }
    var moved = Set(known.map(\.0))
    var place = tails.last
    while let current = place {
      moved.remove(known[current].0)
      place = previous[current]
    }
    return moved
  }
}

extension NotebookRecord.Cell {
  /// Its label is only its number.
  package var isUnlabelled: Bool { label == "cell-\(number)" }

  /// As a reader meets them: texts printed one after the other are one text.
  package var joinedOutputs: [CellOutput] {
    var joined: [CellOutput] = []
    for output in outputs {
      if case .text(let new) = output, case .text(var text)? = joined.last {
        text.append(new)
        joined[joined.count - 1] = .text(text)
      } else {
        joined.append(output)
      }
    }
    return joined
  }
}
