import NNRuntime
import NNSource
import NNTensor

/// A value that a name has or had in a run. It is known by its digest at once; the value itself
/// is there only where something needed it.
final class Version {
  let digest: ValueDigest
  /// The index of the cell that wrote it; nil for a parameter.
  let writer: Int?
  /// Dropped when the name gets another value: it may come back from the cache, or by running its
  /// cell again.
  var value: Value?
  /// The value as bytes, when they are few and came with a result.
  let bytes: [UInt8]?
  /// Known from the record alone: `digest.hash` is then of the value with all that its functions
  /// look up.
  let isRecorded: Bool
  /// Where the notebook's functions in it stand, in the order in which its bytes hold them; of a
  /// recorded one not known before its cell has run again.
  var functions: [SourceRange]

  init(
    digest: ValueDigest, writer: Int?, value: Value?, functions: [SourceRange] = [],
    bytes: [UInt8]? = nil, isRecorded: Bool = false
  ) {
    self.isRecorded = isRecorded
    self.functions = functions
    self.digest = digest
    self.writer = writer
    self.value = value
    self.bytes = bytes
  }
}

/// What cells leave for those below: the names' values and the random stream.
struct NotebookState {
  private var values = NameValues()
  /// Those asked for so far.
  private var hashes = NameHashes()
  /// The random stream, and what it is known by; nil where it is not known.
  private(set) var random: RandomStream?
  private(set) var randomHash: ContentHash?

  init(random: RandomStream) { set(random) }

  mutating func set(_ random: RandomStream) {
    self.random = random
    randomHash = ContentHash(of: random)
  }

  var names: [String: Version] { values.names }

  /// Whether a cell above may have written it which has not run as it stands now.
  func isUnknown(_ name: String) -> Bool { values.unknown.contains(name) }

  mutating func set(_ name: String, to version: Version) {
    values.names[name] = version
    values.unknown.remove(name)
    hashes.forget(name)
  }

  mutating func remove(_ name: String) {
    values.names[name] = nil
    hashes.forget(name)
  }

  /// It has a value that only a run could tell.
  mutating func makeUnknown(_ name: String) {
    values.names[name] = nil
    values.unknown.insert(name)
    hashes.forget(name)
  }

  /// What the record says of the stream; nil for nothing.
  mutating func setRandom(_ hash: ContentHash?) {
    guard hash != randomHash else { return }
    (random, randomHash) = (nil, hash)
  }

  /// The hash of a name's value together with what its functions look up; nil for a name without a
  /// value.
  ///
  /// - Throws: `UnknownValue` where a value is not known.
  mutating func hash(of name: String) throws(UnknownValue) -> ContentHash? {
    switch hashes.known(of: name, in: values) {
    case .absent: return nil
    case .unknown: throw UnknownValue()
    case .hash(let hash): return hash
    }
  }

  /// `name` and the names that its functions look up, in turn.
  func closure(of name: String, _ known: inout Set<String>) {
    var pending = [name]
    while let next = pending.popLast() {
      guard known.insert(next).inserted else { continue }
      pending += names[next]?.digest.freeNames ?? []
    }
  }
}

/// A value that only a cell could give which has not run as it stands now.
struct UnknownValue: Error {}
