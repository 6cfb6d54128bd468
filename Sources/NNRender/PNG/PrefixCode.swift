/// A Huffman code in deflate's canonical form (RFC 1951, 3.2.2): the lengths say everything.
struct PrefixCode {
  /// Bits of each symbol's code; 0 for a symbol that has none.
  let lengths: [Int]
  /// Each symbol's code, its first bit lowest, as it is written.
  let codes: [UInt32]

  init(lengths: [Int]) {
    self.lengths = lengths
    let longest = lengths.max() ?? 0
    var codes = [UInt32](repeating: 0, count: lengths.count)
    var next: UInt32 = 0
    for length in stride(from: 1, through: longest, by: 1) {
      next <<= 1
      for symbol in lengths.indices where lengths[symbol] == length {
        codes[symbol] = Self.reversed(next, length)
        next += 1
      }
    }
    self.codes = codes
  }

  /// The shortest code for symbols that occur so often, if none of its codes is longer than `limit`
  /// bits. Otherwise the counts are halved until that is so, which costs next to nothing.
  init(counts: [Int], limit: Int) {
    var counts = counts
    var lengths = Self.optimalLengths(counts)
    while let longest = lengths.max(), longest > limit {
      counts = counts.map { ($0 + 1) / 2 }
      lengths = Self.optimalLengths(counts)
    }
    self.init(lengths: lengths)
  }

  /// How long symbols that occur so often are, without extra bits.
  func bitCount(_ counts: [Int]) -> Int {
    zip(counts, lengths).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The two codes that need no header (RFC 1951, 3.2.6).
  static let fixedLiterals = PrefixCode(
    lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  static let fixedDistances = PrefixCode(lengths: [Int](repeating: 5, count: 30))

  /// Huffman's construction over two queues: symbols by count, and the nodes made of them, which
  /// come about in the order of their counts.
  private static func optimalLengths(_ counts: [Int]) -> [Int] {
    var lengths = [Int](repeating: 0, count: counts.count)
    let symbols = counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$0], $0) < (counts[$1], $1) }
    if symbols.count < 2 {
      for symbol in symbols { lengths[symbol] = 1 }
      return lengths
    }
    var weights = symbols.map { counts[$0] }
    var parents = [Int](repeating: 0, count: 2 * symbols.count - 1)
    var leaf = 0
    var node = symbols.count
    func takeSmallest() -> Int {
      let isLeaf =
        leaf < symbols.count && (node >= weights.count || weights[leaf] <= weights[node])
      defer { if isLeaf { leaf += 1 } else { node += 1 } }
      return isLeaf ? leaf : node
    }
    for _ in 1..<symbols.count {
      let pair = [takeSmallest(), takeSmallest()]
      for child in pair { parents[child] = weights.count }
      weights.append(weights[pair[0]] + weights[pair[1]])
    }
    var depths = [Int](repeating: 0, count: weights.count)
    for index in weights.indices.dropLast().reversed() {
      depths[index] = depths[parents[index]] + 1
    }
    for (place, symbol) in symbols.enumerated() { lengths[symbol] = depths[place] }
    return lengths
  }

  private static func reversed(_ code: UInt32, _ length: Int) -> UInt32 {
    (0..<UInt32(length)).reduce(0) { $0 << 1 | (code >> $1 & 1) }
  }
}

/// How a block tells the lengths of its two codes: themselves in a code, runs shortened
/// (RFC 1951, 3.2.7).
struct CodeHeader {
  /// A length, or one of three symbols for a run: 16 repeats the last length, 17 and 18 are zeros.
  struct Run {
    let symbol: Int
    var extra = 0
  }

  let literalCount: Int
  let distanceCount: Int
  let runs: [Run]
  let code: PrefixCode
  /// The symbols whose lengths in `code` are written, in the format's order.
  let order: ArraySlice<Int>

  init(literals: PrefixCode, distances: PrefixCode) {
    literalCount = max(257, (literals.lengths.lastIndex { $0 > 0 } ?? 0) + 1)
    distanceCount = (distances.lengths.lastIndex { $0 > 0 } ?? 0) + 1
    runs = Self.runs(
      Array(literals.lengths.prefix(literalCount) + distances.lengths.prefix(distanceCount)))
    var counts = [Int](repeating: 0, count: 19)
    for run in runs { counts[run.symbol] += 1 }
    code = PrefixCode(counts: counts, limit: 7)
    let lengths = code.lengths
    order = Self.fullOrder.prefix(
      max(4, (Self.fullOrder.lastIndex { lengths[$0] > 0 } ?? 0) + 1))
  }

  var bitCount: Int {
    14 + 3 * order.count
      + runs.reduce(0) { $0 + code.lengths[$1.symbol] + Self.extraBits($1.symbol) }
  }

  static func extraBits(_ symbol: Int) -> Int {
    switch symbol {
    case 16: 2
    case 17: 3
    case 18: 7
    default: 0
    }
  }

  private static let fullOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  private static func runs(_ lengths: [Int]) -> [Run] {
    var result: [Run] = []
    var start = 0
    while start < lengths.count {
      let length = lengths[start]
      var count = lengths[start...].prefix { $0 == length }.count
      start += count
      if length > 0 {
        result.append(Run(symbol: length))
        count -= 1
      }
      let longest = length > 0 ? 6 : 138
      while count >= 3 {
        let part = min(count, longest)
        switch (length, part) {
        case (1..., _): result.append(Run(symbol: 16, extra: part - 3))
        case (_, ..<11): result.append(Run(symbol: 17, extra: part - 3))
        default: result.append(Run(symbol: 18, extra: part - 11))
        }
        count -= part
      }
      result += [Run](repeating: Run(symbol: length), count: count)
    }
    return result
  }
}
