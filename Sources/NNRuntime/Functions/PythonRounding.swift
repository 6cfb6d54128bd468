import NNSource
import NNTensor

/// Python's `round` of a number: to an integer without decimals, else the decimal nearest to the
/// number's exact value, halves going to the even digit.
enum PythonRounding {
  /// Nil for what is not a number by itself: tensors are rounded as NumPy does it.
  static func round(_ value: Value, _ decimals: Int?) throws -> Value? {
    switch value {
    case .bool(let value): return .int(try round(value ? 1 : 0, decimals ?? 0))
    case .int(let value): return .int(try round(value, decimals ?? 0))
    case .float(let value):
      guard let decimals else { return .int(try whole(value)) }
      return .float(try round(value, decimals))
    case .scalar(let scalar) where decimals == nil:
      return .int(try scalar.integer ?? whole(scalar.double))
    default: return nil
    }
  }

  /// The nearest integer.
  private static func whole(_ value: Double) throws -> Int {
    try PlainInteger.of(value.rounded(.toNearestOrEven), callee: "round")
  }

  /// To tens, hundreds, … for negative decimals; otherwise an integer is what it was.
  private static func round(_ value: Int, _ decimals: Int) throws -> Int {
    guard decimals < 0 else { return value }
    guard decimals >= -18 else { return 0 }
    let unit = (0..<(0 - decimals)).reduce(1) { power, _ in power * 10 }
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: unit)
    let rest = remainder.magnitude
    let half = UInt(unit / 2)
    let isUp = rest > half || rest == half && !quotient.isMultiple(of: 2)
    let rounded = isUp ? quotient + value.signum() : quotient
    let (result, overflow) = rounded.multipliedReportingOverflow(by: unit)
    guard !overflow else { throw Problem.value(.integerOverflow("round(\(value), \(decimals))")) }
    return result
  }

  private static func round(_ value: Double, _ decimals: Int) throws -> Double {
    // A double has no digit behind the 1074th, and none before the 309th.
    guard value.isFinite, value != 0, decimals < 324 else { return value }
    guard decimals > -310 else { return value.sign == .minus ? -0.0 : 0 }
    if let result = quickly(value, decimals) { return result }
    if decimals >= 0 { return try parsed(value, ".\(decimals)f") }
    // The number of digits kept, counted from the first one.
    let exponent = try exponent(of: value)
    let kept = exponent + 1 + decimals
    if kept > 0 { return try parsed(value, ".\(kept - 1)e") }
    let unit = Double("1e\(0 - decimals)") ?? .infinity
    let isUp = kept == 0 && value.magnitude > unit / 2
    return (value.sign == .minus ? -1 : 1) * (isUp ? unit : 0)
  }

  /// The usual case: so far from halfway that the product's own rounding can't matter. A whole
  /// number over a power of ten, both exact, is then the nearest double.
  private static func quickly(_ value: Double, _ decimals: Int) -> Double? {
    guard powers.indices.contains(decimals) else { return nil }
    let scaled = value * powers[decimals]
    let whole = scaled.rounded(.down)
    let fraction = scaled - whole
    guard scaled.magnitude < 0x1p40, (fraction - 0.5).magnitude > 0x1p-10 else { return nil }
    let nearest = fraction < 0.5 ? whole : whole + 1
    return nearest == 0 ? (value.sign == .minus ? -0.0 : 0) : nearest / powers[decimals]
  }

  private static let powers: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

  /// The text of the correctly rounded decimal, read back.
  private static func parsed(_ value: Double, _ spec: String) throws -> Double {
    let result = Double(try PythonFormat.format(.float(value), spec)) ?? value
    guard result.isFinite else { throw Problem.value(.floatOverflow("round(\(value))")) }
    return result
  }

  /// The power of ten of the first digit. Forty digits tell a number just below a power of ten
  /// from the power.
  private static func exponent(of value: Double) throws -> Int {
    let text = try PythonFormat.format(.float(value), ".40e")
    return text.split(separator: "e").last.flatMap { Int($0) } ?? 0
  }
}
