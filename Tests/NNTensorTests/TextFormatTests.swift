import NNSource
import Testing

@testable import NNTensor

/// `format` and f-string specs against Python.
@Suite struct TextFormatTests {
  struct Record: Decodable {
    let argument: FormatArgument
    let spec: String
    /// Nil where Python raises a `ValueError`.
    let text: String?

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      let kind = try container.decode(String.self)
      let value = try container.decode(String.self)
      spec = try container.decode(String.self)
      text = try container.decodeNil() ? nil : container.decode(String.self)
      switch kind {
      case "int": argument = .integer(Int(value) ?? 0)
      case "float": argument = .float(Double(value) ?? .nan)
      case "bool": argument = .bool(value == "True")
      default: argument = .string(value)
      }
    }
  }

  @Test func `specs format as in Python, and fail where they fail there`() throws {
    for record in try Records.load("text-format", as: [Record].self) {
      let text = try? PythonFormat.format(record.argument, record.spec)
      #expect(text == record.text, "\(record.argument) with '\(record.spec)'")
    }
  }

  static let problems: [(FormatArgument, String, String, String?)] = [
    (
      .float(1.5), "d", "the format type 'd' does not exist for float",
      "int(x) takes 'd'; a float takes '.0f'"
    ),
    (
      .float(1.5), "y", "the format type 'y' does not exist for float",
      "a float takes e E f F g G n or %"
    ),
    (
      .string("a"), ".2f", "the format type 'f' does not exist for str",
      "a str takes 's'; turn it into a number first: float(x)"
    ),
    (
      .integer(5), "s", "the format type 's' does not exist for int",
      "an int takes b c d o x X n, and e E f F g G % as a float does"
    ),
    (
      .float(1.5), ".3ff", "the format spec '.3ff' is invalid for float",
      "a spec is [[fill]align][sign][#][0][width][,][.precision][type], as in '>10.3f'"
    ),
    (
      .float(1.5), "8.f", "the format spec '8.f' has a '.' with no precision behind it",
      "write the number of digits, as in '.3f'"
    ),
    (
      .float(1.5), ".99999999999999999999f",
      "the precision 99999999999999999999 of a format spec is over the limit of 10000", nil
    ),
    (.integer(5), "20000", "the width 20000 of a format spec is over the limit of 10000", nil),
    (
      .integer(5), ",_", "the format spec ',_' has both ',' and '_'",
      "keep one of the two separators"
    ),
    (
      .integer(5), ",x", "the separator ',' does not go with the format type 'x'", "'_' does"
    ),
    (
      .integer(5), ".2d", "the format spec '.2d' has a precision, which an int does not take", nil
    ),
    (.string("a"), "+", "the format spec '+' has a sign, which a str does not take", nil),
    (.integer(65), "+c", "the format spec '+c' has a sign, which the type 'c' does not take", nil),
    (
      .integer(-1), "c", "-1 is not the number of a character, so it has no format type 'c'",
      "characters are 0 … 1114111 without 55296 … 57343"
    ),
  ]

  @Test(arguments: problems)
  func `a spec that does not fit says why`(
    _ argument: FormatArgument, _ spec: String, _ message: String, _ hint: String?
  ) {
    let problem = #expect(throws: Problem.self) { try PythonFormat.format(argument, spec) }
    #expect(problem?.wording == Wording(message, hint: hint))
  }
}
