/// Text: bits of a number → its decimal digits (shortest or exact) → rounding → Python's `repr`,
/// Python's `format`, or NumPy's columns.
///
/// A finite number's magnitude in decimal: 0.d₁d₂d₃… × 10^`point`. The first and the last digit are
/// not 0; zero has no digits.
struct DecimalDigits: Hashable {
  /// Values 0…9.
  private(set) var digits: [UInt8]
  /// How many digits stand before the decimal point; may be negative or beyond the digits.
  private(set) var point: Int

  init(_ digits: some Sequence<UInt8>, point: Int) {
    self.digits = Array(digits)
    self.point = point
    trim()
  }

  /// Significant digits; 0 for zero.
  var count: Int { digits.count }

  /// Digits behind the decimal point.
  var fractionCount: Int { max(0, digits.count - point) }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    point = digits.isEmpty ? 0 : point - zeros
  }
}

extension DecimalDigits {
  /// The fewest digits that give back `value`, and among those the nearest.
  init(shortest value: some BinaryFloatingPoint & LosslessStringConvertible) {
    self.init(decimal: value.magnitude.description)
  }

  /// Reads `12.5`, `5e-324`.
  private init(decimal text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "e"))
    let exponent = parts.count > 1 ? Int(Substring(parts[1])) ?? 0 : 0
    let mantissa = parts.first ?? text.utf8[...]
    let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }.count
    let digits = mantissa.filter { $0 != UInt8(ascii: ".") }.map { $0 &- UInt8(ascii: "0") }
    self.init(digits, point: whole + exponent)
  }

  /// The nearest number of a binary type; infinite beyond its range.
  func value<T: BinaryFloatingPoint & LosslessStringConvertible>(as type: T.Type) -> T {
    T(mantissa.whole + "." + mantissa.fraction(count) + exponentText()) ?? .infinity
  }
}

extension DecimalDigits {
  /// The nearest number with `count` significant digits; ties go to the even digit.
  func rounded(significant count: Int) -> DecimalDigits {
    guard count < digits.count else { return self }
    guard count >= 0 else { return DecimalDigits([], point: 0) }
    let kept = digits[..<count]
    let dropped = digits[count]
    let isTie = dropped == 5 && digits.count == count + 1
    let isOdd = (kept.last ?? 0) % 2 == 1
    guard dropped > 5 || (dropped == 5 && (!isTie || isOdd)) else {
      return DecimalDigits(kept, point: point)
    }
    guard let last = kept.lastIndex(where: { $0 < 9 }) else {
      return DecimalDigits([1], point: point + 1)
    }
    return DecimalDigits(kept[..<last] + [kept[last] + 1], point: point)
  }

  /// The nearest number with `count` digits behind the decimal point; ties go to the even digit.
  func rounded(fraction count: Int) -> DecimalDigits { rounded(significant: point + count) }
}

extension DecimalDigits {
  /// The digit at `index` of the endless row of zeros, digits and zeros, as ASCII.
  private func ascii(at index: Int) -> UInt8 {
    UInt8(ascii: "0") + (digits.indices.contains(index) ? digits[index] : 0)
  }

  /// The digits before the decimal point, `0` if there are none.
  var whole: String {
    guard point > 0 else { return "0" }
    return String(decoding: (0..<point).map(ascii(at:)), as: UTF8.self)
  }

  /// The first `count` digits behind the decimal point.
  func fraction(_ count: Int) -> String {
    guard count > 0 else { return "" }
    return String(decoding: (point..<point + count).map(ascii(at:)), as: UTF8.self)
  }

  /// The mantissa of scientific notation: the number with its first digit before the point.
  var mantissa: DecimalDigits { DecimalDigits(digits, point: 1) }
  /// The exponent of scientific notation; 0 for zero.
  var exponent: Int { digits.isEmpty ? 0 : point - 1 }

  /// `e` with a sign and at least `width` digits: `e-05`, `e+300`.
  func exponentText(width: Int = 2) -> String {
    let text = String(exponent.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - text.utf8.count))
    return (exponent < 0 ? "e-" : "e+") + zeros + text
  }
}
