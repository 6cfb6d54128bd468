/// Python's arithmetic on the decimal writing of a number.
package enum PythonNumber {
  /// `round(value, digits)`: the double nearest to the exact value rounded to so many digits behind
  /// the decimal point (before it, when negative), ties to the even digit. `round(2.675, 2)` is
  /// 2.67, since 2.675 is a little less than that. Infinite where the result exceeds all doubles,
  /// as in `round(1.7e308, -308)`; Python raises an `OverflowError` there.
  package static func rounded(_ value: Double, digits: Int) -> Double {
    guard value.isFinite, digits <= 323 else { return value }
    let count = max(digits, -400)
    let magnitude = DecimalDigits(exactly: value).rounded(fraction: count).value(as: Double.self)
    return value.sign == .minus ? -magnitude : magnitude
  }
}
