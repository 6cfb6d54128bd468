/// A second opinion on our compressor: RFC 1951 read the other way round.
struct Inflate {
  struct Broken: Error {}

  private let input: [UInt8]
  private var bit = 0
  private var output: [UInt8] = []

  private init(_ input: [UInt8]) { self.input = input }

  /// The content of a zlib stream without its checksum looked at.
  static func zlib(_ bytes: [UInt8]) throws -> [UInt8] {
    guard bytes.count > 6, bytes[0] == 0x78 else { throw Broken() }
    var inflate = Inflate(Array(bytes[2..<bytes.count - 4]))
    while try !inflate.readBlock() {}
    return inflate.output
  }

  private mutating func take(_ count: Int) throws -> Int {
    var value = 0
    for place in 0..<count {
      guard bit / 8 < input.count else { throw Broken() }
      value |= Int(input[bit / 8] >> UInt8(bit % 8) & 1) << place
      bit += 1
    }
    return value
  }

  /// Whether it was the last.
  private mutating func readBlock() throws -> Bool {
    let isLast = try take(1) == 1
    switch try take(2) {
    case 0:
      bit = (bit + 7) / 8 * 8
      let length = try take(16)
      guard try take(16) == ~length & 0xFFFF else { throw Broken() }
      for _ in 0..<length { output.append(UInt8(try take(8))) }
    case 1:
      let literals = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
      try readCoded(try Code(literals), try Code([Int](repeating: 5, count: 30)))
    case 2:
      let (literals, distances) = try readCodes()
      try readCoded(literals, distances)
    default: throw Broken()
    }
    return isLast
  }

  /// Symbols by their codes, a 1 in front so that codes of different lengths differ.
  private struct Code {
    var symbols: [Int: Int] = [:]

    init(_ lengths: [Int]) throws {
      var next = 0
      for length in 1...15 {
        next *= 2
        for symbol in lengths.indices where lengths[symbol] == length {
          // More codes than there are bits for.
          guard next < 1 << length else { throw Broken() }
          symbols[1 << length | next] = symbol
          next += 1
        }
      }
    }
  }

  private mutating func symbol(_ code: Code) throws -> Int {
    var bits = 1
    while bits < 1 << 16 {
      bits = bits << 1 | (try take(1))
      if let symbol = code.symbols[bits] { return symbol }
    }
    throw Broken()
  }

  private mutating func readCodes() throws -> (literals: Code, distances: Code) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var lengthLengths = [Int](repeating: 0, count: 19)
    for symbol in order.prefix(try take(4) + 4) { lengthLengths[symbol] = try take(3) }
    let lengthCode = try Code(lengthLengths)
    var lengths: [Int] = []
    while lengths.count < literalCount + distanceCount {
      switch try symbol(lengthCode) {
      case 16:
        guard let last = lengths.last else { throw Broken() }
        lengths += [Int](repeating: last, count: try take(2) + 3)
      case 17: lengths += [Int](repeating: 0, count: try take(3) + 3)
      case 18: lengths += [Int](repeating: 0, count: try take(7) + 11)
      case let length: lengths.append(length)
      }
    }
    guard lengths.count == literalCount + distanceCount else { throw Broken() }
    return (
      try Code(Array(lengths.prefix(literalCount))),
      try Code(Array(lengths.dropFirst(literalCount)))
    )
  }

  private mutating func readCoded(_ literals: Code, _ distances: Code) throws {
    while true {
      let symbol = try symbol(literals)
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return }
      let length = try extended(symbol - 257, first: 3, step: 4, last: 28)
      let distance = try extended(try self.symbol(distances), first: 1, step: 2, last: 99)
      guard distance <= output.count else { throw Broken() }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  /// Lengths and distances: `2 × step` values without extra bits, then `step` with each number of
  /// them; length 258 has a code of its own.
  private mutating func extended(_ code: Int, first: Int, step: Int, last: Int) throws -> Int {
    if code == last { return 258 }
    if code < 2 * step { return first + code }
    let extra = code / step - 1
    return first + (step + code % step) << extra + (try take(extra))
  }
}
