/// Bytes as literals and as matches with what stands before them, found through a hash of three
/// bytes. A match waits for the next place: where that has a longer one, a literal goes first.
struct Matcher {
  /// A byte, or `length` bytes that stand `value` bytes back.
  struct Token {
    /// 0 for a literal.
    let length: Int
    /// The byte, or the distance.
    let value: Int

    var isLiteral: Bool { length == 0 }
  }

  private static let windowSize = 32_768
  private static let minMatch = 3
  private static let maxMatch = 258
  /// Three bytes from further back cost more bits than three literals.
  private static let farForThree = 4096
  /// How many earlier places with the same hash are looked at.
  private static let chainLimit = 128

  private let input: [UInt8]
  private var heads = [Int](repeating: -1, count: 1 << 15)
  private var previous: [Int]

  init(_ input: [UInt8]) {
    self.input = input
    previous = [Int](repeating: -1, count: input.count)
  }

  mutating func tokens() -> [Token] {
    var result: [Token] = []
    var position = 0
    var match = input.isEmpty ? nil : longestMatch(at: 0, longerThan: 0)
    while position < input.count {
      enter(position)
      guard let found = match else {
        result.append(Token(length: 0, value: Int(input[position])))
        position += 1
        match = longestMatch(at: position, longerThan: 0)
        continue
      }
      if let later = longestMatch(at: position + 1, longerThan: found.length) {
        result.append(Token(length: 0, value: Int(input[position])))
        position += 1
        match = later
        continue
      }
      result.append(found)
      for index in position + 1..<position + found.length { enter(index) }
      position += found.length
      match = longestMatch(at: position, longerThan: 0)
    }
    return result
  }

  /// The place can be found from now on.
  private mutating func enter(_ index: Int) {
    guard let hash = hash(at: index) else { return }
    previous[index] = heads[hash]
    heads[hash] = index
  }

  private func hash(at index: Int) -> Int? {
    guard index + 2 < input.count else { return nil }
    let key = Int(input[index]) << 16 | Int(input[index + 1]) << 8 | Int(input[index + 2])
    return (key &* 2_654_435_761) >> 12 & 0x7FFF
  }

  private func longestMatch(at position: Int, longerThan least: Int) -> Token? {
    guard let hash = hash(at: position) else { return nil }
    let limit = min(Self.maxMatch, input.count - position)
    var best = (length: max(least, Self.minMatch - 1), distance: 0)
    guard best.length < limit else { return nil }
    var candidate = heads[hash]
    var tries = Self.chainLimit
    while candidate >= 0, position - candidate <= Self.windowSize, tries > 0 {
      // What is no longer than the best so far differs here as a rule.
      if input[candidate + best.length] == input[position + best.length] {
        var length = 0
        while length < limit, input[candidate + length] == input[position + length] { length += 1 }
        let distance = position - candidate
        if length > best.length, length > Self.minMatch || distance <= Self.farForThree {
          best = (length, distance)
        }
        if length == limit { break }
      }
      candidate = previous[candidate]
      tries -= 1
    }
    return best.distance > 0 ? Token(length: best.length, value: best.distance) : nil
  }
}
