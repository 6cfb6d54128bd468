import NNRuntime
import NNSource

/// The functions of the cells so far. A value's digest holds a function's program, not its place;
/// what points at a place (a diagnostic) must know which of several equal ones is meant.
struct FunctionTable {
  /// A function by the outermost one around it: no edit outside of that one changes this, but for
  /// equal ones that come or go above.
  struct Identity: Hashable {
    let outermost: ContentHash
    /// Among all with that program, from 0, in source order.
    let ordinal: Int
    /// Among the functions in the outermost one, from 0, which is itself.
    let index: Int
  }

  /// How a value that a cell left has come to a function.
  enum Origin: Hashable {
    /// It stands in the cell itself: its place among the cell's functions.
    case own(Int)
    /// It was in a value that the cell read.
    case read(Identity)
  }

  private struct Entry {
    let source: FunctionSource
    let hash: ContentHash
    let identity: Identity
    let cell: Int
    let index: Int
  }

  /// In source order, an outer function before those in it.
  private var entries: [Entry] = []
  private var places: [SourceRange: Int] = [:]
  private var byHash: [ContentHash: [Int]] = [:]
  /// The places of each cell's entries.
  private var cells: [Range<Int>] = []

  var cellCount: Int { cells.count }

  /// Adds the next cell's functions, each with the hash of its program.
  mutating func add(cell functions: [(source: FunctionSource, hash: ContentHash)]) {
    let start = entries.count
    let sorted = functions.sorted {
      ($0.source.range.lower, -$0.source.range.upper)
        < ($1.source.range.lower, -$1.source.range.upper)
    }
    // The place of the outermost function that the present one may be in.
    var outermost = start
    for (source, hash) in sorted where places[source.range] == nil {
      let place = entries.count
      if place == start || source.range.lower >= entries[outermost].source.range.upper {
        outermost = place
      }
      let ordinal = byHash[hash]?.count ?? 0
      let identity =
        outermost == place
        ? Identity(outermost: hash, ordinal: ordinal, index: 0)
        : Identity(
          outermost: entries[outermost].hash, ordinal: entries[outermost].identity.ordinal,
          index: place - outermost)
      entries.append(
        Entry(
          source: source, hash: hash, identity: identity, cell: cells.count, index: place - start))
      places[source.range] = place
      byHash[hash, default: []].append(place)
    }
    cells.append(start..<entries.count)
  }

  /// The function at `range` if its program has that hash.
  func source(at range: SourceRange, hash: ContentHash) -> FunctionSource? {
    guard let entry = places[range].map({ entries[$0] }), entry.hash == hash else { return nil }
    return entry.source
  }

  /// Which function stands at `range`; nil where its program says it, for there is no other like it
  /// above `cell`.
  func ambiguity(at range: SourceRange, above cell: Int) -> Identity? {
    guard let entry = places[range].map({ entries[$0] }), let equals = byHash[entry.hash],
      equals.count > 1, entries[equals[1]].cell < cell
    else { return nil }
    return entry.identity
  }

  /// Nil for a function that is in none of the cells.
  func origin(of range: SourceRange, inCell cell: Int) -> Origin? {
    places[range].map { place in
      entries[place].cell == cell ? .own(entries[place].index) : .read(entries[place].identity)
    }
  }

  /// Where the function is now; nil if it is gone.
  func range(of origin: Origin, inCell cell: Int) -> SourceRange? {
    switch origin {
    case .own(let index):
      guard cell < cells.count, index < cells[cell].count else { return nil }
      return entries[cells[cell].lowerBound + index].source.range
    case .read(let identity):
      guard let equals = byHash[identity.outermost], identity.ordinal < equals.count else {
        return nil
      }
      let place = equals[identity.ordinal] + identity.index
      guard place < entries.count, entries[place].identity == identity else { return nil }
      return entries[place].source.range
    }
  }
}
