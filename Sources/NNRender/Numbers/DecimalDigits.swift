/// A finite number as its shortest decimal digits that read back to the same `Double`:
/// `0.d₁d₂d₃… × 10^exponent`, d₁ not 0 unless the number is 0. All rounding and formatting of
/// numbers on a page is done on these, so it needs no C library and is the same everywhere.
struct DecimalDigits: Equatable {
  var isNegative: Bool
  /// Digits 0…9, without trailing zeros; empty for zero.
  var digits: [UInt8]
  var exponent: Int

  /// Reads what the standard library writes ("1.25", "1e-07", "5e+22"); nil for nan and inf.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value.sign == .minus
    digits = []
    exponent = 0
    var pointAt: Int?
    var power = 0
    var powerSign = 1
    var inPower = false
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): pointAt = digits.count
      case UInt8(ascii: "e"): inPower = true
      case UInt8(ascii: "-"): powerSign = -1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if inPower {
          power = power * 10 + Int(byte - UInt8(ascii: "0"))
        } else {
          digits.append(byte - UInt8(ascii: "0"))
        }
      default: break
      }
    }
    exponent = (pointAt ?? digits.count) + powerSign * power
    normalize()
  }

  /// `integer × 10^power`, exactly.
  init(_ integer: Int, power: Int) {
    isNegative = integer < 0
    digits = String(integer.magnitude).utf8.map { $0 - UInt8(ascii: "0") }
    exponent = digits.count + power
    normalize()
  }

  var isZero: Bool { digits.isEmpty }

  private mutating func normalize() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { exponent = 1 }
  }

  /// Keeps the first `count` digits, rounding half to even on the decimal digits.
  func rounded(toDigits count: Int) -> DecimalDigits {
    guard count < digits.count else { return self }
    var result = self
    guard count >= 0 else {
      result.digits = []
      result.normalize()
      return result
    }
    result.digits = Array(digits[..<count])
    let isHalf = digits[count] == 5 && count + 1 == digits.count
    let isOdd = (result.digits.last ?? 0) % 2 == 1
    if digits[count] > 5 || (digits[count] == 5 && !isHalf) || (isHalf && isOdd) {
      result.increment()
    }
    result.normalize()
    return result
  }

  private mutating func increment() {
    var index = digits.count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits.insert(1, at: 0)
      exponent += 1
    }
  }

  /// Without exponent, with as many decimals as there are digits and at least `decimals`.
  func plain(decimals: Int = 0) -> String {
    var text = ""
    if exponent <= 0 { text = "0" }
    for place in 0..<max(exponent, 0) { text.append(digit(place)) }
    let count = max(decimals, digits.count - exponent)
    if count > 0, !digits.isEmpty || decimals > 0 {
      text.append(".")
      for place in exponent..<(exponent + count) { text.append(digit(place)) }
    }
    return text
  }

  /// "1.25" of 1.25 × 10^k: the mantissa alone.
  var mantissa: String {
    var copy = self
    copy.exponent = 1
    return copy.plain()
  }

  private func digit(_ place: Int) -> Character {
    guard digits.indices.contains(place) else { return "0" }
    return Character(Unicode.Scalar(UInt8(ascii: "0") + digits[place]))
  }
}
