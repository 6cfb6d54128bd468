import NNOutput

/// Which elements of one list belong to which of another, both in their order.
enum SequenceAlignment {
  struct Pair: Equatable {
    let old: Int?
    let new: Int?
  }

  /// More pairs of elements than these are not weighed one by one.
  private static let most = 1_000_000

  /// The pairing that costs the least: leaving an element without a partner costs 2, two partners
  /// what `cost` says, nil for what can't be partners.
  static func pairs<T>(_ old: [T], _ new: [T], cost: (T, T) -> Int?) -> [Pair] {
    var first = 0
    while first < min(old.count, new.count), cost(old[first], new[first]) == 0 { first += 1 }
    var ends = (old.count, new.count)
    while ends.0 > first, ends.1 > first, cost(old[ends.0 - 1], new[ends.1 - 1]) == 0 {
      ends = (ends.0 - 1, ends.1 - 1)
    }
    let (oldRest, newRest) = (Array(old[first..<ends.0]), Array(new[first..<ends.1]))
    let inner =
      oldRest.count * newRest.count <= most
      ? weighed(oldRest, newRest, cost) : byPlace(oldRest, newRest, cost)
    return (0..<first).map { Pair(old: $0, new: $0) }
      + inner.map { Pair(old: $0.old.map { $0 + first }, new: $0.new.map { $0 + first }) }
      + (0..<(old.count - ends.0)).map { Pair(old: ends.0 + $0, new: ends.1 + $0) }
  }

  private static func byPlace<T>(_ old: [T], _ new: [T], _ cost: (T, T) -> Int?) -> [Pair] {
    (0..<max(old.count, new.count)).flatMap { index -> [Pair] in
      if index < old.count, index < new.count, cost(old[index], new[index]) != nil {
        return [Pair(old: index, new: index)]
      }
      return (index < old.count ? [Pair(old: index, new: nil)] : [])
        + (index < new.count ? [Pair(old: nil, new: index)] : [])
    }
  }

  private static func weighed<T>(_ old: [T], _ new: [T], _ cost: (T, T) -> Int?) -> [Pair] {
    let width = new.count + 1
    var costs = [Int?](repeating: nil, count: old.count * new.count)
    var best = [Int](repeating: 0, count: (old.count + 1) * width)
    for row in stride(from: old.count, through: 0, by: -1) {
      for column in stride(from: new.count, through: 0, by: -1) {
        guard row < old.count, column < new.count else {
          best[row * width + column] = 2 * (old.count - row + new.count - column)
          continue
        }
        let pairing = cost(old[row], new[column])
        costs[row * new.count + column] = pairing
        let alone = 2 + min(best[(row + 1) * width + column], best[row * width + column + 1])
        best[row * width + column] = min(
          alone, pairing.map { $0 + best[(row + 1) * width + column + 1] } ?? alone)
      }
    }
    var pairs: [Pair] = []
    var (row, column) = (0, 0)
    while row < old.count || column < new.count {
      let here = best[row * width + column]
      if row < old.count, column < new.count, let pairing = costs[row * new.count + column],
        here == pairing + best[(row + 1) * width + column + 1]
      {
        pairs.append(Pair(old: row, new: column))
        (row, column) = (row + 1, column + 1)
      } else if row < old.count, column == new.count || here == 2 + best[(row + 1) * width + column]
      {
        pairs.append(Pair(old: row, new: nil))
        row += 1
      } else {
        pairs.append(Pair(old: nil, new: column))
        column += 1
      }
    }
    return pairs
  }
}

/// Recorded outputs of a cell beside those now: equal ones belong together, then those of one kind.
struct OutputAlignment {
  let pairs: [SequenceAlignment.Pair]

  init(_ old: [CellOutput], _ new: [CellOutput]) {
    // Equal counts and kinds need no search.
    if old.count == new.count, zip(old, new).allSatisfy({ $0.isAlike($1) }) {
      pairs = old.indices.map { SequenceAlignment.Pair(old: $0, new: $0) }
    } else {
      pairs = SequenceAlignment.pairs(old, new) { one, other in
        one == other ? 0 : one.isAlike(other) ? 1 : nil
      }
    }
  }
}
