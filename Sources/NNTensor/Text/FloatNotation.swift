/// How a spec writes a float: with how many digits, and when with an exponent. The rules are those
/// of Python's `PyOS_double_to_string`.
struct FloatNotation {
  private enum Style { case scientific, fixed, general, shortest }

  private let style: Style
  private let precision: Int
  private let isAlternate: Bool
  /// A spec without a type shows at least one digit behind the point.
  private let addsPointZero: Bool
  let isUppercase: Bool

  /// Nil where the spec's type is not one of floats.
  init?(_ spec: FormatSpec) {
    switch spec.type {
    case "e", "E": style = .scientific
    case "f", "F", "%": style = .fixed
    case "g", "G", "n": style = .general
    case nil: style = spec.precision == nil ? .shortest : .general
    default: return nil
    }
    precision = style == .general ? max(1, spec.precision ?? 6) : spec.precision ?? 6
    isAlternate = spec.isAlternate
    addsPointZero = spec.type == nil
    isUppercase = spec.type.map { "EFG".unicodeScalars.contains($0) } ?? false
  }

  /// The magnitude of a finite number: what stands before the point, what from the point on, and
  /// whether only zeros are shown.
  func text(_ value: Double) -> (whole: String, rest: String, isZero: Bool) {
    let digits = digits(of: value)
    let point = digits.count == 0 ? 1 : digits.point
    let hasExponent: Bool
    switch style {
    case .scientific: hasExponent = true
    case .fixed: hasExponent = false
    case .general: hasExponent = point <= -4 || point > precision - (addsPointZero ? 1 : 0)
    case .shortest: hasExponent = point <= -4 || point > 16
    }

    let shown = hasExponent ? digits.mantissa : digits
    let fraction = shown.fraction(fractionCount(shown, hasExponent: hasExponent))
    let dot = fraction.isEmpty && !isAlternate ? "" : "."
    let exponent = hasExponent ? digits.exponentText() : ""
    return (
      shown.whole, dot + fraction + (isUppercase ? exponent.uppercased() : exponent),
      digits.count == 0
    )
  }

  private func digits(of value: Double) -> DecimalDigits {
    switch style {
    case .shortest: return DecimalDigits(shortest: value)
    case .scientific: return DecimalDigits(exactly: value).rounded(significant: precision + 1)
    case .general: return DecimalDigits(exactly: value).rounded(significant: precision)
    case .fixed: return DecimalDigits(exactly: value).rounded(fraction: precision)
    }
  }

  private func fractionCount(_ shown: DecimalDigits, hasExponent: Bool) -> Int {
    switch style {
    case .scientific, .fixed: return precision
    case .general where isAlternate:
      return precision - (shown.count == 0 ? 1 : shown.point)
    case .general, .shortest:
      return max(shown.fractionCount, addsPointZero && !hasExponent ? 1 : 0)
    }
  }
}
