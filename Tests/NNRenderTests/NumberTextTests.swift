import Testing

@testable import NNRender

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (3, "3"), (-2.5, "-2.5"), (0.1, "0.1"), (1e16, "1e+16"),
    (123_456_789, "123456789"), (1e-5, "1e-05"), (0.0001, "0.0001"), (1.5e-300, "1.5e-300"),
    (0.1 + 0.2, "0.30000000000000004"), (.leastNonzeroMagnitude, "5e-324"), (.nan, "nan"),
    (-.infinity, "-inf"),
  ]) func shortestTextReadsBack(value: Double, text: String) {
    #expect(NumberText.shortest(value) == text)
    if value.isFinite { #expect(Double(text) == value) }
  }

  @Test(arguments: [
    (0.0, "0"), (-0.001 as Double, "0"), (12.345, "12.35"), (-12.345, "-12.35"), (100, "100"),
    (0.5, "0.5"),
    (0.05, "0.05"), (19.999, "20"), (Double.nan, "0"), (1e300, "0"),
  ]) func coordinatesHaveTwoDecimalsAndNoMinusZero(value: Double, text: String) {
    #expect(NumberText.coordinate(value) == text)
  }

  @Test(arguments: [
    (0.123456, 4, "0.1235"), (99999.5, 3, "100000"), (0.000012345, 2, "1.2×10⁻⁵"),
    (-3e9, 4, "\u{2212}3×10⁹"),
    (-1234.5, 2, "\u{2212}1200"), (2.5, 1, "2"), (3.5, 1, "4"), (9.99, 2, "10"),
  ]) func briefTextHasSoManyDigits(value: Double, digits: Int, text: String) {
    #expect(NumberText.brief(value, digits: digits) == text)
  }

  @Test func countsAndShapes() {
    #expect(NumberText.grouped(1_234_567) == "1,234,567")
    #expect(NumberText.grouped(-999) == "-999")
    #expect(NumberText.count(1, "row") == "1 row")
    #expect(NumberText.count(2000, "entry", "entries") == "2,000 entries")
    #expect(NumberText.shape([30, 5]) == "(30, 5)")
    #expect(NumberText.shape([5]) == "(5,)")
    #expect(NumberText.superscript(-12) == "⁻¹²")
  }

  /// The values are log10 of CPython's `math`.
  @Test(arguments: [
    (1.0, 0.0), (10, 1), (2, 0.3010299956639812), (0.001, -3), (123_456_789, 8.091514977169271),
    (.leastNonzeroMagnitude, -323.3062153431158), (1.7e308, 308.2304489213783),
    (0.7071, -0.15051916275601385),
  ]) func logarithmWithoutTheCLibrary(value: Double, logarithm: Double) {
    #expect(abs(Decade.log10(value) - logarithm) <= 1e-13 * max(1, abs(logarithm)))
  }

  @Test func floorOfTheLogarithmIsExact() {
    for power in -300...300 {
      #expect(Decade.floor(Decade.power(power)) == power)
      #expect(Decade.floor(Decade.power(power).nextDown) == power - 1)
    }
  }
}
