/// Compression in the deflate format (RFC 1951): blocks of literals and matches, each with the code
/// that makes it shortest, its own or the fixed one; stored blocks where those are shorter still.
/// Plain and always the same bytes; pictures on a page are small.
struct Deflate {
  /// A code is chosen for this many tokens together.
  private static let blockLength = 1 << 14
  private static let endOfBlock = 256

  private var output: [UInt8] = []
  private var bits: UInt32 = 0
  private var bitCount: UInt32 = 0

  /// `bytes` as a zlib stream (RFC 1950).
  static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    var deflate = Deflate()
    var matcher = Matcher(bytes)
    let tokens = matcher.tokens()
    var start = 0
    repeat {
      let end = min(start + blockLength, tokens.count)
      deflate.write(tokens[start..<end], isLast: end == tokens.count)
      start = end
    } while start < tokens.count
    if deflate.bitCount > 0 { deflate.put(0, 8 - deflate.bitCount) }
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

  // MARK: A block

  private mutating func write(_ tokens: ArraySlice<Matcher.Token>, isLast: Bool) {
    var literalCounts = [Int](repeating: 0, count: 286)
    var distanceCounts = [Int](repeating: 0, count: 30)
    for token in tokens {
      if token.isLiteral {
        literalCounts[token.value] += 1
      } else {
        literalCounts[Self.lengthSymbols[token.length]] += 1
        distanceCounts[Self.distanceSymbol(token.value)] += 1
      }
    }
    literalCounts[Self.endOfBlock] = 1

    let literals = PrefixCode(counts: literalCounts, limit: 15)
    let distances = PrefixCode(counts: distanceCounts, limit: 15)
    let header = CodeHeader(literals: literals, distances: distances)
    // Extra bits are as many with either.
    let own =
      header.bitCount + literals.bitCount(literalCounts) + distances.bitCount(distanceCounts)
    let fixed =
      PrefixCode.fixedLiterals.bitCount(literalCounts)
      + PrefixCode.fixedDistances.bitCount(distanceCounts)
    put(isLast ? 1 : 0, 1)
    if own < fixed {
      put(2, 2)
      write(header)
      write(tokens, literals: literals, distances: distances)
    } else {
      put(1, 2)
      write(
        tokens, literals: PrefixCode.fixedLiterals, distances: PrefixCode.fixedDistances)
    }
  }

  /// The lengths of the block's two codes (RFC 1951, 3.2.7).
  private mutating func write(_ header: CodeHeader) {
    put(UInt32(header.literalCount - 257), 5)
    put(UInt32(header.distanceCount - 1), 5)
    put(UInt32(header.order.count - 4), 4)
    for symbol in header.order { put(UInt32(header.code.lengths[symbol]), 3) }
    for run in header.runs {
      put(run.symbol, header.code)
      put(UInt32(run.extra), UInt32(CodeHeader.extraBits(run.symbol)))
    }
  }

  private mutating func write(
    _ tokens: ArraySlice<Matcher.Token>, literals: PrefixCode, distances: PrefixCode
  ) {
    for token in tokens {
      if token.isLiteral {
        put(token.value, literals)
        continue
      }
      let symbol = Self.lengthSymbols[token.length]
      put(symbol, literals)
      put(
        UInt32(token.length - Self.lengthBases[symbol - 257]), Self.lengthExtraBits(symbol))
      let distance = Self.distanceSymbol(token.value)
      put(distance, distances)
      put(
        UInt32(token.value - Self.distanceBases[distance]),
        UInt32(distance < 4 ? 0 : (distance - 2) / 2))
    }
    put(Self.endOfBlock, literals)
  }

  // MARK: Bits

  private mutating func put(_ symbol: Int, _ code: PrefixCode) {
    put(code.codes[symbol], UInt32(code.lengths[symbol]))
  }

  /// Bits go into bytes from the lowest up; at most 15 at once.
  private mutating func put(_ value: UInt32, _ count: UInt32) {
    bits |= value << bitCount
    bitCount += count
    while bitCount >= 8 {
      output.append(UInt8(bits & 0xFF))
      bits >>= 8
      bitCount -= 8
    }
  }

  // MARK: Lengths and distances (RFC 1951, 3.2.5)

  private static let lengthSymbols: [Int] = (0...258).map { length in
    257 + (lengthBases.lastIndex { $0 <= length } ?? 0)
  }

  private static func lengthExtraBits(_ symbol: Int) -> UInt32 {
    let index = symbol - 257
    return UInt32(index < 8 || index == 28 ? 0 : (index - 4) / 4)
  }

  private static func distanceSymbol(_ distance: Int) -> Int {
    distanceBases.lastIndex { $0 <= distance } ?? 0
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
