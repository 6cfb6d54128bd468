/// A second opinion on our compressor: RFC 1951 read the other way round, stored and fixed blocks.
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

  private mutating func code(_ count: Int) throws -> Int {
    var value = 0
    for _ in 0..<count { value = value << 1 | (try take(1)) }
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
    case 1: try readFixed()
    default: throw Broken()
    }
    return isLast
  }

  private mutating func symbol() throws -> Int {
    let seven = try code(7)
    if seven < 0x18 { return 256 + seven }
    let eight = seven << 1 | (try code(1))
    if (0x30..<0xC0).contains(eight) { return eight - 0x30 }
    if (0xC0..<0xC8).contains(eight) { return eight - 0xC0 + 280 }
    return (eight << 1 | (try code(1))) - 0x190 + 144
  }

  private mutating func readFixed() throws {
    while true {
      let symbol = try symbol()
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return }
      let length = try extended(symbol - 257, first: 3, step: 4, last: 28)
      let distance = try extended(try code(5), first: 1, step: 2, last: 99)
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
