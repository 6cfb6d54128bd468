/// Decimal numbers as text → the nearest float64, without a copy for those that people write.
enum DecimalReader {
  /// The number at `place`, which moves behind it; nil, with `place` anywhere, for what has more
  /// than 19 digits, a large exponent, or is no number.
  @inline(__always)
  static func quick(_ place: inout UnsafePointer<UInt8>) -> Double? {
    var next = place
    let isNegative = next.pointee == UInt8(ascii: "-")
    if isNegative || next.pointee == UInt8(ascii: "+") { next += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var exponent = 0
    let first = next
    while case let digit = next.pointee &- 48, digit < 10 {
      mantissa = mantissa &* 10 &+ UInt64(digit)
      next += 1
    }
    digits = next - first
    if next.pointee == UInt8(ascii: ".") {
      next += 1
      let start = next
      while case let digit = next.pointee &- 48, digit < 10 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        next += 1
      }
      exponent = start - next
      digits -= exponent
    }
    guard digits > 0, digits <= 19 else { return nil }
    if next.pointee | 0x20 == UInt8(ascii: "e") {
      next += 1
      let isSmall = next.pointee == UInt8(ascii: "-")
      if isSmall || next.pointee == UInt8(ascii: "+") { next += 1 }
      let start = next
      var power = 0
      while case let digit = next.pointee &- 48, digit < 10, next - start < 4 {
        power = power * 10 + Int(digit)
        next += 1
      }
      guard next > start, next - start < 4 else { return nil }
      exponent += isSmall ? -power : power
    }
    guard let magnitude = scaled(mantissa, exponent) else { return nil }
    place = next
    return isNegative ? -magnitude : magnitude
  }

  /// A whole field; nil if it is no number. Quick where that will do, else the standard library's.
  static func number(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard !text.isEmpty, text.count <= 4096 else { return nil }
    let string = String(decoding: text, as: UTF8.self)
    switch string.lowercased() {
    case "nan", "+nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: break
    }
    // No hexadecimal, no spaces: what every language reads.
    guard text.allSatisfy({ isDecimal($0) }) else { return nil }
    return Double(string)
  }

  private static func isDecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: false
    }
  }

  // MARK: Rounding

  /// mantissa · 10^exponent, rounded once; nil where these means do not reach.
  @inline(__always)
  private static func scaled(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    if exponent == 0 || mantissa == 0 { return Double(mantissa) }
    // Both are exact, so the one operation rounds right.
    if mantissa <= 1 << 53 {
      if exponent < 0, exponent >= -22 { return Double(mantissa) / floats[-exponent] }
      if exponent > 0, exponent <= 22 { return Double(mantissa) * floats[exponent] }
    }
    return wide(mantissa, exponent)
  }

  /// By an exact product, or a quotient of 128 bits with what is left over.
  @inline(never)
  private static func wide(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    guard abs(exponent) <= 19 else { return nil }
    if exponent > 0 {
      let (high, low) = mantissa.multipliedFullWidth(by: integers[exponent])
      return rounded(high, low, hasRest: false, exponent: 0)
    }
    let divisor = integers[-exponent]
    let shift = mantissa.leadingZeroBitCount
    let (high, rest) = (mantissa << UInt64(shift)).quotientAndRemainder(dividingBy: divisor)
    let (low, last) = divisor.dividingFullWidth((rest, 0))
    return rounded(high, low, hasRest: last != 0, exponent: -64 - shift)
  }

  /// (high · 2^64 + low + rest) · 2^exponent to the nearest, ties to even. There are at least 63
  /// bits, so the rest only breaks ties.
  private static func rounded(
    _ high: UInt64, _ low: UInt64, hasRest: Bool, exponent: Int
  ) -> Double {
    let zeros = high == 0 ? 64 + low.leadingZeroBitCount : high.leadingZeroBitCount
    let bits = (UInt128(high) << 64 | UInt128(low)) << UInt128(zeros)
    var significand = UInt64(truncatingIfNeeded: bits >> 75)
    let below = bits & (1 << 75 - 1)
    let half: UInt128 = 1 << 74
    if below > half || below == half && (hasRest || significand & 1 == 1) { significand += 1 }
    return Double(sign: .plus, exponent: 75 - zeros + exponent, significand: Double(significand))
  }

  /// The powers of ten that are float64 numbers, and those that are 64-bit ones.
  private static let floats: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
  private static let integers: [UInt64] = (0..<20).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }
}
