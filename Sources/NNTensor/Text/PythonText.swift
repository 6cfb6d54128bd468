/// Text as Python's `repr` writes it.
package enum PythonText {
  /// The shortest digits that give back the number, with an exponent below 1e-4 and from 1e16 on.
  package static func repr(_ value: Double) -> String {
    shortest(value, fixedLimit: 1e16, trailing: ".0")
  }

  /// The same for a float32, by the shortest digits among float32 numbers. As NumPy's `str` it
  /// takes an exponent from 1e6 on already, since six digits are all that are sure.
  package static func repr(_ value: Float) -> String {
    shortest(value, fixedLimit: 1e6, trailing: ".0")
  }

  private static func shortest<T: BinaryFloatingPoint & LosslessStringConvertible>(
    _ value: T, fixedLimit: Double, trailing: String
  ) -> String {
    if let text = nonFinite(value) { return text }
    let digits = DecimalDigits(shortest: value)
    let sign = value.sign == .minus ? "-" : ""
    let magnitude = Double(value.magnitude)
    guard magnitude == 0 || (magnitude >= 1e-4 && magnitude < fixedLimit) else {
      let fraction = digits.mantissa.fraction(digits.mantissa.fractionCount)
      let point = fraction.isEmpty ? "" : "."
      return sign + digits.mantissa.whole + point + fraction + digits.exponentText()
    }
    return sign + digits.whole + "." + digits.fraction(max(1, digits.fractionCount))
  }

  /// `inf`, `-inf`, `nan`; nil for a finite number. A nan has no sign.
  static func nonFinite(_ value: some BinaryFloatingPoint) -> String? {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value.sign == .minus ? "-inf" : "inf" }
    return nil
  }
}

extension PythonText {
  /// A string in quotes: single ones, or double ones where it holds single ones only; what does not
  /// print is escaped.
  package static func repr(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x27 && $0 != 0x5C }
    if isPlain { return "'" + text + "'" }
    let scalars = text.unicodeScalars
    let quote: Unicode.Scalar = scalars.contains("'") && !scalars.contains("\"") ? "\"" : "'"
    var result = String.UnicodeScalarView([quote])
    for scalar in scalars { result.append(contentsOf: escaped(scalar, quote).unicodeScalars) }
    result.append(quote)
    return String(result)
  }

  private static func escaped(_ scalar: Unicode.Scalar, _ quote: Unicode.Scalar) -> String {
    switch scalar {
    case quote, "\\": "\\" + String(scalar)
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case _ where isPrintable(scalar): String(scalar)
    case _ where scalar.value < 0x100: "\\x" + hex(scalar, width: 2)
    case _ where scalar.value < 0x10000: "\\u" + hex(scalar, width: 4)
    default: "\\U" + hex(scalar, width: 8)
    }
  }

  private static func hex(_ scalar: Unicode.Scalar, width: Int) -> String {
    let digits = String(scalar.value, radix: 16)
    return String(repeating: "0", count: width - digits.utf8.count) + digits
  }

  /// Python's `str.isprintable` of one character.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: false
    case .lineSeparator, .paragraphSeparator, .spaceSeparator: scalar == " "
    default: true
    }
  }
}
