import CXXHash

/// What a value, a program or a file is known by: 128 bits of XXH3 (xxHash), the same on every
/// machine. Two things that differ have the same one with a chance of 2⁻¹²⁸; it is no protection
/// against someone who looks for two that have (`SHA256` is).
package struct ContentHash: Sendable, Hashable, Comparable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

  package init(of bytes: UnsafeRawBufferPointer) {
    self.init(XXH3_128bits(bytes.baseAddress, bytes.count))
  }

  package init(of text: String) {
    var text = text
    self = text.withUTF8 { ContentHash(of: UnsafeRawBufferPointer($0)) }
  }

  fileprivate init(_ hash: XXH128_hash_t) { self.init(high: hash.high64, low: hash.low64) }

  /// 32 hexadecimal digits.
  package init?(_ text: String) {
    guard text.utf8.count == 32, !text.hasPrefix("+"), !text.hasPrefix("-"),
      let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16),
      !text.suffix(16).hasPrefix("+"), !text.suffix(16).hasPrefix("-")
    else { return nil }
    self.init(high: high, low: low)
  }

  package var text: String { Self.digits(high) + Self.digits(low) }

  package static func < (one: ContentHash, other: ContentHash) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }

  private static func digits(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

/// Takes what is to be hashed piece by piece. Every piece says how long it is or of what kind, so
/// that two lists of pieces never look the same.
package struct ContentHasher: ~Copyable {
  private let state: OpaquePointer

  package init() {
    guard let state = XXH3_createState() else { preconditionFailure("no memory for a hash") }
    self.state = state
    XXH3_128bits_reset(state)
  }

  deinit { XXH3_freeState(state) }

  /// Fixed-width little-endian words.
  package mutating func add(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { raw($0) }
  }

  package mutating func add(_ value: Int) { add(UInt64(bitPattern: Int64(value))) }

  package mutating func add(_ value: Bool) { add(value ? 1 : 0) }

  /// Every nan is the same one.
  package mutating func add(_ value: Double) {
    add(value.isNaN ? Double.nan.bitPattern : value.bitPattern)
  }

  package mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  package mutating func add(_ text: String?) {
    add(text != nil)
    if let text { add(text) }
  }

  package mutating func add(_ hash: ContentHash) {
    add(hash.high)
    add(hash.low)
  }

  /// The length, then the bytes.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    add(bytes.count)
    raw(bytes)
  }

  /// Bytes whose number has been told.
  package mutating func raw(_ bytes: UnsafeRawBufferPointer) {
    XXH3_128bits_update(state, bytes.baseAddress, bytes.count)
  }

  package borrowing func finished() -> ContentHash { ContentHash(XXH3_128bits_digest(state)) }
}
