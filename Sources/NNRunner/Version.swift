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
  var names: [String: Version] = [:]
  /// Names that a cell above may have written, which has not run as it stands now.
  var unknown: Set<String> = []
  /// The random stream, and what it is known by; nil where it is not known.
  private(set) var random: RandomStream?
  private(set) var randomHash: ContentHash?

  init(random: RandomStream) { set(random) }

  mutating func set(_ random: RandomStream) {
    self.random = random
    randomHash = ContentHash(of: random)
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
  func hash(of name: String) throws(UnknownValue) -> ContentHash? {
    var open: [String] = []
    return try hash(of: name, &open)
  }

  private func hash(
    of name: String, _ open: inout [String]
  ) throws(UnknownValue) -> ContentHash? {
    guard !unknown.contains(name) else { throw UnknownValue() }
    guard let version = names[name] else { return nil }
    guard !version.digest.freeNames.isEmpty else { return version.digest.hash }
    var hasher = ContentHasher()
    hasher.add(version.digest.hash)
    open.append(name)
    for free in version.digest.freeNames {
      hasher.add(free)
      // Functions may call each other in a circle.
      if let depth = open.firstIndex(of: free) {
        hasher.add(depth)
      } else {
        hasher.add(try hash(of: free, &open)?.text)
      }
    }
    open.removeLast()
    return hasher.finished()
  }

  /// `name` and the names that its functions look up, in turn.
  func closure(of name: String, _ known: inout Set<String>) {
    guard known.insert(name).inserted else { return }
    for free in names[name]?.digest.freeNames ?? [] { closure(of: free, &known) }
  }
}

/// A value that only a cell could give which has not run as it stands now.
struct UnknownValue: Error {}
