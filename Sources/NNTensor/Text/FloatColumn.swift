/// A float type NumPy prints.
protocol PrintableFloat: BinaryFloatingPoint & LosslessStringConvertible & Sendable {
  /// Arrays with an element as large as this are written with exponents: 1e8, or the power of ten
  /// that all digits of the type reach.
  static var fixedLimit: Self { get }
}

extension Double: PrintableFloat { static var fixedLimit: Double { 1e8 } }
extension Float: PrintableFloat { static var fixedLimit: Float { 1e6 } }

/// The numbers of an array in NumPy's common format (`FloatingFormat` with `floatmode` maxprec):
/// decimal points below each other, no more digits than tell a number from its neighbours and at
/// most eight behind the point.
struct FloatColumn<Element: PrintableFloat> {
  let words: [String]

  init(_ values: [Element]) {
    let finite = values.filter(\.isFinite)
    let halves =
      FloatColumn.needsExponent(finite)
      ? FloatColumn.scientific(finite) : finite.map(FloatColumn.positional)

    var left = halves.reduce(0) { max($0, $1.left.utf8.count) }
    let right = halves.reduce(0) { max($0, $1.right.utf8.count) }
    if finite.count < values.count {
      // Room for `nan` and `inf` alike, whichever of them is there.
      left = max(left, (values.contains(-.infinity) ? 4 : 3) - (right + 1))
    }

    var next = halves.makeIterator()
    words = values.map { value in
      guard value.isFinite, let half = next.next() else {
        return Padding.left(PythonText.nonFinite(value) ?? "", left + 1 + right)
      }
      return Padding.left(half.left, left) + "." + Padding.right(half.right, right)
    }
  }

  /// Whether the magnitudes are too large, too small or too far apart for plain decimals; compared
  /// in the elements' own precision, as NumPy does.
  private static func needsExponent(_ finite: [Element]) -> Bool {
    let magnitudes = finite.lazy.filter { $0 != 0 }.map(\.magnitude)
    guard let largest = magnitudes.max(), let smallest = magnitudes.min() else { return false }
    return largest >= Element.fixedLimit || smallest < Element(0.0001)
      || largest / smallest > 1000
  }

  /// What stands on either side of the decimal point.
  private typealias Halves = (left: String, right: String)

  private static func sign(_ value: Element) -> String { value.sign == .minus ? "-" : "" }

  private static func positional(_ value: Element) -> Halves {
    var digits = DecimalDigits(shortest: value)
    if digits.fractionCount > PrintOptions.precision {
      digits = DecimalDigits(exactly: Double(value)).rounded(fraction: PrintOptions.precision)
    }
    return (sign(value) + digits.whole, digits.fraction(digits.fractionCount))
  }

  /// All mantissas get the digits the longest one needs, so that a float32 beside a longer one
  /// shows digits of its exact value.
  private static func scientific(_ finite: [Element]) -> [Halves] {
    let most = PrintOptions.precision + 1
    let numbers = finite.map {
      ($0, DecimalDigits(shortest: $0), DecimalDigits(exactly: Double($0)))
    }
    var needed = 1
    var exponentWidth = 2
    for (_, shortest, exact) in numbers {
      let digits = shortest.count > most ? exact.rounded(significant: most) : shortest
      needed = max(needed, digits.count)
      exponentWidth = max(exponentWidth, String(digits.exponent.magnitude).utf8.count)
    }
    return numbers.map { value, shortest, exact in
      var digits = exact.rounded(significant: needed)
      if shortest.count <= needed, value.significand == 1,
        digits.value(as: Element.self) != value.magnitude
      {
        // The nearest of so many digits belongs to the lower neighbour, which is closer below a
        // power of two; the one above is still this number's.
        digits = shortest
      }
      let fraction = digits.mantissa.fraction(needed - 1)
      return (
        sign(value) + digits.mantissa.whole, fraction + digits.exponentText(width: exponentWidth)
      )
    }
  }
}
