import NNSource
import Testing

/// How a tolerance is written.
@Suite struct ToleranceTests {
  @Test(arguments: [
    ("1e-6", Tolerance(absolute: 1e-6, relative: 1e-6)),
    ("0", Tolerance.exact),
    ("exact", .exact),
    ("relative 1e-6", Tolerance(relative: 1e-6)),
    ("absolute 0.5", Tolerance(absolute: 0.5)),
    ("ulp 4", Tolerance(ulps: 4)),
    ("absolute 1e-9, relative 1e-6, ulp 4", Tolerance(absolute: 1e-9, relative: 1e-6, ulps: 4)),
    ("ulp 1 absolute 2", Tolerance(absolute: 2, ulps: 1)),
  ])
  func formsThatAreRead(_ text: String, _ tolerance: Tolerance) {
    #expect(Tolerance(text) == tolerance)
  }

  @Test(arguments: [
    "", "low", "-1", "inf", "nan", "0x1", "1e999", "ulp", "ulp 1.5", "ulp -1", "ulp +1", "abs 1",
    "absolute 1 absolute 2", "1e-6 relative 1e-6", "relative", "exact 1", "relative nan",
  ])
  func formsThatAreNot(_ text: String) { #expect(Tolerance(text) == nil) }
}
