/// Random: seed → Mersenne Twister (624 words) → 32-bit draws → uniform doubles, bounded integers,
/// normal deviates → tensors and permutations.
///
/// NumPy's legacy `RandomState`, bit for bit: after `RandomStream(seed: n)` every draw gives what
/// the function of the same name gives after `numpy.random.seed(n)`. A value: a copy goes its own
/// way from the same state.
///
/// Source: Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), MT19937.
package struct RandomStream: Sendable, Hashable {
  static let size = 624
  private static let middle = 397

  /// The state's words, those from `position` on still to be given out.
  package private(set) var words: [UInt32]
  /// The next word, 0…624; at 624 a new block is due.
  package private(set) var position: Int
  /// Normal deviates are made in pairs: the second one waits here.
  package var cachedGaussian: Double?

  package init(seed: UInt32) {
    var word = seed
    words = (0..<UInt32(RandomStream.size)).map { index in
      if index > 0 { word = 1_812_433_253 &* (word ^ (word >> 30)) &+ index }
      return word
    }
    position = RandomStream.size
  }

  /// A state stored earlier; nil if it can't be one.
  package init?(words: [UInt32], position: Int, cachedGaussian: Double?) {
    let isAlive = words.contains { $0 != 0 }
    guard words.count == RandomStream.size, isAlive, (0...RandomStream.size).contains(position),
      cachedGaussian?.isFinite ?? true
    else { return nil }
    self.words = words
    self.position = position
    self.cachedGaussian = cachedGaussian
  }

  private mutating func makeBlock() {
    let (size, middle) = (RandomStream.size, RandomStream.middle)
    words.withUnsafeMutableBufferPointer { words in
      // Without a look at the end of the block in each step.
      for index in 0..<size - middle {
        words[index] = Self.twist(words[index], words[index + 1]) ^ words[index + middle]
      }
      for index in size - middle..<size - 1 {
        words[index] = Self.twist(words[index], words[index + 1]) ^ words[index + middle - size]
      }
      words[size - 1] = Self.twist(words[size - 1], words[0]) ^ words[middle - 1]
    }
    position = 0
  }

  private static func twist(_ word: UInt32, _ next: UInt32) -> UInt32 {
    let mixed = (word & 0x8000_0000) | (next & 0x7fff_ffff)
    return (mixed >> 1) ^ (next & 1 == 0 ? 0 : 0x9908_b0df)
  }

  /// The next 32 bits.
  mutating func next32() -> UInt32 {
    if position == RandomStream.size { makeBlock() }
    var word = words[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  /// The next 64 bits: the first draw is the high half.
  mutating func next64() -> UInt64 {
    let high = UInt64(next32())
    return high << 32 | UInt64(next32())
  }
}
