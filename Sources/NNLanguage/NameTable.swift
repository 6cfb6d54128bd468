import NNSource

/// What is known of the names at a place in the notebook, and what the functions in their values
/// may do when they are called.
///
/// The values of names are not known, so whatever an expression mentions may be part of its value
/// and be called through it. A `Carrier` stands for the functions in a value; carriers refer to
/// each other instead of holding unions, so that the table grows only with the program.
struct NameTable {
  struct Carrier {
    /// Names that a call looks up in the notebook.
    var globals: [GlobalUse] = []
    var effects: Effects = []
    var files: [FileUse] = []
    /// Carriers of the functions this value may hold too.
    var parts: [Int] = []
    /// For a function: it may hand on functions it holds.
    var holdsFunctions = true
  }

  struct Entry {
    /// The carrier of its value; nil for one without functions.
    var carrier: Int?
    /// Its value is the function of a `def` or a lambda.
    var isFunction = false
  }

  private(set) var carriers: [Carrier] = []
  private(set) var entries: [String: Entry] = [:]

  subscript(name: String) -> Entry? { entries[name] }

  mutating func add(_ carrier: Carrier) -> Int {
    carriers.append(carrier)
    return carriers.count - 1
  }

  /// One carrier for several; nil for none.
  mutating func join(_ parts: [Int]) -> Int? {
    let distinct = Array(Set(parts)).sorted()
    if distinct.count < 2 { return distinct.first }
    return add(Carrier(parts: distinct))
  }

  /// `keepsOld`: the assignment may not happen, or changes only a part.
  mutating func assign(_ name: String, _ entry: Entry, keepsOld: Bool) {
    guard keepsOld, let old = entries[name] else {
      entries[name] = entry
      return
    }
    let parts = [old.carrier, entry.carrier].compactMap { $0 }
    entries[name] = Entry(
      carrier: join(parts), isFunction: old.isFunction || entry.isFunction)
  }
}
