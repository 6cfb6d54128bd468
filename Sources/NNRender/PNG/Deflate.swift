/// Compression in the deflate format (RFC 1951): matches found through a hash of three bytes, then
/// one block with fixed Huffman codes, or stored blocks where those are shorter. Plain and always
/// the same bytes; pictures on a page are small.
struct Deflate {
  private static let windowSize = 32_768
  private static let maxMatch = 258
  /// How many earlier places with the same hash are looked at.
  private static let chainLimit = 48

  private let input: [UInt8]
  private var output: [UInt8] = []
  private var bits: UInt32 = 0
  private var bitCount: UInt32 = 0

  private init(_ input: [UInt8]) { self.input = input }

  /// `bytes` as a zlib stream (RFC 1950).
  static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    var deflate = Deflate(bytes)
    deflate.writeFixedBlock()
    let stored = storedBlocks(bytes)
    let body = deflate.output.count < stored.count ? deflate.output : stored
    return [0x78, 0x01] + body + PNGEncoder.bigEndian(Checksum.adler32(bytes))
  }

  private static func storedBlocks(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var start = 0
    repeat {
      let end = min(start + 65_535, bytes.count)
      let length = UInt16(end - start)
      let isLast: UInt8 = end == bytes.count ? 1 : 0
      result += [isLast, UInt8(length & 0xFF), UInt8(length >> 8)]
      result += [UInt8(~length & 0xFF), UInt8(~length >> 8)]
      result += bytes[start..<end]
      start = end
    } while start < bytes.count
    return result
  }

  private mutating func writeFixedBlock() {
    put(0b011, 3)
    var heads = [Int](repeating: -1, count: 1 << 15)
    var previous = [Int](repeating: -1, count: input.count)
    var position = 0
    while position < input.count {
      let match = longestMatch(at: position, heads: heads, previous: previous)
      let length = max(match.length, 1)
      if match.length >= 3 {
        putLength(match.length)
        putDistance(match.distance)
      } else {
        putLiteral(Int(input[position]))
      }
      for index in position..<position + length {
        guard let hash = hash(at: index) else { break }
        previous[index] = heads[hash]
        heads[hash] = index
      }
      position += length
    }
    putLiteral(256)
    if bitCount > 0 { put(0, 8 - bitCount) }
  }

  private func hash(at index: Int) -> Int? {
    guard index + 2 < input.count else { return nil }
    let key = Int(input[index]) << 16 | Int(input[index + 1]) << 8 | Int(input[index + 2])
    return (key &* 2_654_435_761) >> 12 & 0x7FFF
  }

  private func longestMatch(
    at position: Int, heads: [Int], previous: [Int]
  ) -> (length: Int, distance: Int) {
    guard let hash = hash(at: position) else { return (0, 0) }
    let limit = min(Self.maxMatch, input.count - position)
    var best = (length: 0, distance: 0)
    var candidate = heads[hash]
    var tries = Self.chainLimit
    while candidate >= 0, position - candidate <= Self.windowSize, tries > 0 {
      var length = 0
      while length < limit, input[candidate + length] == input[position + length] { length += 1 }
      if length > best.length { best = (length, position - candidate) }
      if length == limit { break }
      candidate = previous[candidate]
      tries -= 1
    }
    return best.length >= 3 ? best : (0, 0)
  }

  /// Bits go into bytes from the lowest up.
  private mutating func put(_ value: UInt32, _ count: UInt32) {
    bits |= value << bitCount
    bitCount += count
    while bitCount >= 8 {
      output.append(UInt8(bits & 0xFF))
      bits >>= 8
      bitCount -= 8
    }
  }

  /// Huffman codes are written from their highest bit (RFC 1951, 3.1.1).
  private mutating func putCode(_ code: UInt32, _ count: UInt32) {
    var reversed: UInt32 = 0
    for bit in 0..<count where code >> bit & 1 == 1 { reversed |= 1 << (count - 1 - bit) }
    put(reversed, count)
  }

  /// The fixed code of RFC 1951, 3.2.6.
  private mutating func putLiteral(_ symbol: Int) {
    switch symbol {
    case ..<144: putCode(UInt32(0x30 + symbol), 8)
    case ..<256: putCode(UInt32(0x190 + symbol - 144), 9)
    case ..<280: putCode(UInt32(symbol - 256), 7)
    default: putCode(UInt32(0xC0 + symbol - 280), 8)
    }
  }

  private mutating func putLength(_ length: Int) {
    let bases = Self.lengthBases
    let index = bases.lastIndex { $0 <= length } ?? 0
    putLiteral(257 + index)
    let extra = index < 8 || index == 28 ? 0 : (index - 4) / 4
    put(UInt32(length - bases[index]), UInt32(extra))
  }

  private mutating func putDistance(_ distance: Int) {
    let bases = Self.distanceBases
    let index = bases.lastIndex { $0 <= distance } ?? 0
    putCode(UInt32(index), 5)
    let extra = index < 4 ? 0 : (index - 2) / 2
    put(UInt32(distance - bases[index]), UInt32(extra))
  }

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
    131, 163, 195, 227, 258,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
    2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
}
