import NNSource

/// How a cell is tied to others in ways that no hash of its trace tells.
package struct CellLinks: Sendable, Hashable {
  /// The names that functions in a value it wrote look up when they are called, by the value's name.
  /// The value's hash in the trace is of these names' values too.
  package var lookups: [String: [String]] = [:]
  /// The files that it may save.
  package var saves: [String] = []

  package init(lookups: [String: [String]] = [:], saves: [String] = []) {
    self.lookups = lookups
    self.saves = saves
  }
}

/// What a run of a cell came from and what it left, each by its hash: enough to name the cause when
/// its outputs are not what they were.
package struct CellTrace: Sendable, Hashable {
  package struct Item: Sendable, Hashable {
    package let name: String
    package let hash: ContentHash

    package init(name: String, hash: ContentHash) {
      self.name = name
      self.hash = hash
    }
  }

  /// Of the program, without comments.
  package var program: ContentHash
  /// Values it read and wrote, by name; one that was not there is left out.
  package var reads: [Item]
  package var writes: [Item]
  /// The contents of files it read.
  package var files: [Item]
  /// The random stream, where the cell may draw from it or leave it elsewhere.
  package var randomBefore: ContentHash?
  package var randomAfter: ContentHash?

  package init(program: ContentHash, reads: [Item] = [], writes: [Item] = [], files: [Item] = []) {
    self.program = program
    self.reads = reads
    self.writes = writes
    self.files = files
  }
}
