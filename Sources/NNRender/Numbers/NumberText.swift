/// How numbers are written on a page and in a terminal, apart from those that arrive as text.
enum NumberText {
  /// The shortest text that reads back to the same number: `0.1`, `3`, `1e-07`, `nan`, `-inf`.
  static func shortest(_ value: Double) -> String {
    guard let digits = DecimalDigits(value) else { return special(value) }
    return text(digits, minus: "-")
  }

  /// At most `count` significant digits: for a label that is to be read, not computed with.
  static func brief(_ value: Double, digits count: Int = 4) -> String {
    guard let digits = DecimalDigits(value) else { return special(value) }
    let rounded = digits.rounded(toDigits: count)
    if rounded.isZero || (-3...7).contains(rounded.exponent) {
      return text(rounded, minus: "\u{2212}")
    }
    let sign = rounded.isNegative ? "\u{2212}" : ""
    return "\(sign)\(rounded.mantissa)×10\(superscript(rounded.exponent - 1))"
  }

  /// At most `count` significant digits, in the form of `shortest`.
  static func rounded(_ value: Double, digits count: Int) -> String {
    DecimalDigits(value).map { text($0.rounded(toDigits: count), minus: "-") } ?? special(value)
  }

  private static func special(_ value: Double) -> String {
    value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }

  private static func text(_ digits: DecimalDigits, minus: String) -> String {
    let sign = digits.isNegative && !digits.isZero ? minus : ""
    if (-3...16).contains(digits.exponent) { return sign + digits.plain() }
    let power = digits.exponent - 1
    let padded = power.magnitude < 10 ? "0\(power.magnitude)" : "\(power.magnitude)"
    return sign + digits.mantissa + (power < 0 ? "e-" : "e+") + padded
  }

  /// A coordinate in a drawing: at most `decimals` (0…3) decimals, no trailing zeros, no `-0`.
  static func coordinate(_ value: Double, decimals: Int = 2) -> String {
    let unit = [1, 10, 100, 1000][min(max(decimals, 0), 3)]
    guard value.isFinite, value.magnitude < 1e12 else { return "0" }
    let scaled = Int((value * Double(unit)).rounded(.toNearestOrAwayFromZero))
    return DecimalDigits(scaled, power: 0).dividing(by: unit)
  }

  /// `10⁻³`'s exponent.
  static func superscript(_ number: Int) -> String {
    let figures: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    let digits = String(number.magnitude).utf8.map { figures[Int($0 - UInt8(ascii: "0"))] }
    return (number < 0 ? "⁻" : "") + String(digits)
  }

  /// 12345 as `12,345`.
  static func grouped(_ count: Int) -> String {
    let text = String(count.magnitude)
    var result = count < 0 ? "-" : ""
    for (index, character) in text.enumerated() {
      if index > 0, (text.count - index) % 3 == 0 { result.append(",") }
      result.append(character)
    }
    return result
  }

  /// `1 row`, `12 rows`.
  static func count(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? singular : plural ?? singular + "s")"
  }

  /// `(30, 5)`, `(5,)`: a shape as Python writes it.
  static func shape(_ shape: [Int]) -> String {
    let inside = shape.map(String.init).joined(separator: ", ")
    return shape.count == 1 ? "(\(inside),)" : "(\(inside))"
  }
}

extension DecimalDigits {
  /// For a whole number: its text after moving the point; `unit` is a power of ten.
  fileprivate func dividing(by unit: Int) -> String {
    var copy = self
    if !isZero { copy.exponent -= String(unit).count - 1 }
    return (isNegative && !isZero ? "-" : "") + copy.plain()
  }
}

/// Powers of ten and the decimal logarithm without the C library, whose last bit depends on the
/// processor: a chart must be the same bytes everywhere.
enum Decade {
  /// 10^power, correctly rounded; 0 or inf where it is out of range.
  static func power(_ power: Int) -> Double {
    Double("1e\(min(max(power, -400), 400))") ?? 0
  }

  /// ⌊log₁₀ |value|⌋ for a finite value other than 0, exactly.
  static func floor(_ value: Double) -> Int {
    (DecimalDigits(value)?.exponent ?? 1) - 1
  }

  /// value · 10^-power, also where 10^power itself is out of range.
  static func scale(_ value: Double, down power: Int) -> Double {
    if power < -300 { return value * 1e300 / Decade.power(power + 300) }
    return value / Decade.power(power)
  }

  /// log₁₀ of a positive finite number, by ln m = 2 artanh((m − 1)/(m + 1)), m in [√½, √2).
  static func log10(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return value > 0 ? .infinity : -.infinity }
    var mantissa = value.significand
    var exponent = Int(value.exponent)
    if mantissa >= 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var term = ratio
    var sum = 0.0
    for odd in stride(from: 1.0, through: 25.0, by: 2.0) {
      sum += term / odd
      term *= square
    }
    return Double(exponent) * 0.3010299956639812 + 2 * sum * 0.4342944819032518
  }
}
