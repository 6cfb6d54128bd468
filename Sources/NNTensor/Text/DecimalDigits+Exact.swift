extension DecimalDigits {
  /// Every digit of the binary number `value` (at most 767): m 2ᵉ is the whole number m 2ᵉ, or
  /// m 5⁻ᵉ with the decimal point moved by e. No C library and no locale takes part.
  init(exactly value: Double) {
    let magnitude = value.magnitude
    guard magnitude > 0, magnitude.isFinite else {
      self.init([], point: 0)
      return
    }
    let isNormal = magnitude.exponentBitPattern > 0
    let significand = magnitude.significandBitPattern | (isNormal ? 1 << 52 : 0)
    let zeros = significand.trailingZeroBitCount
    let exponent = Int(max(magnitude.exponentBitPattern, 1)) - 1075 + zeros

    var whole = WholeNumber(significand >> UInt64(zeros))
    if exponent > 0 { whole.multiply(by: 2, power: exponent, step: 29) }
    if exponent < 0 { whole.multiply(by: 5, power: -exponent, step: 13) }
    let digits = whole.decimalDigits
    self.init(digits, point: digits.count + min(exponent, 0))
  }
}

/// A whole number of any size, in limbs of nine decimal digits, the lowest first.
private struct WholeNumber {
  private static let base: UInt64 = 1_000_000_000
  private var limbs: [UInt64] = []

  init(_ value: UInt64) { append(value) }

  private mutating func append(_ value: UInt64) {
    var rest = value
    while rest > 0 {
      limbs.append(rest % WholeNumber.base)
      rest /= WholeNumber.base
    }
  }

  /// Multiplies by `factor` to the `power`, `step` factors at a time; `factor` to the `step` must
  /// stay under 2³².
  mutating func multiply(by factor: UInt64, power: Int, step: Int) {
    for start in stride(from: 0, to: power, by: step) {
      let count = min(step, power - start)
      multiply(by: (0..<count).reduce(1) { product, _ in product * factor })
    }
  }

  private mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = limbs[index] * factor + carry
      limbs[index] = product % WholeNumber.base
      carry = product / WholeNumber.base
    }
    append(carry)
  }

  /// The highest digit first, with leading zeros perhaps left in the first limb's place removed.
  var decimalDigits: [UInt8] {
    var lowestFirst: [UInt8] = []
    lowestFirst.reserveCapacity(limbs.count * 9)
    for limb in limbs {
      var rest = limb
      for _ in 0..<9 {
        lowestFirst.append(UInt8(rest % 10))
        rest /= 10
      }
    }
    while lowestFirst.last == 0 { lowestFirst.removeLast() }
    return lowestFirst.reversed()
  }
}
