import NNSource
import Testing

@testable import NNNotebook

@Suite struct FrontMatterTests {
  @Test func everyKey() {
    let book = notebook(
      """
      ---
      title: "A: B"
      description: >
        two
        lines
      author: [A B, 'C']
      params:
        epochs: 100
        rate: 0.5
      timeout: 2m
      memory: 512MB
      steps: 2.5e9
      output-size: 64KiB
      tolerance: 1e-6
      section: Reference
      order: 3
      ---
      a
      """)
    #expect(book.diagnostics.isEmpty)
    let matter = book.frontMatter
    #expect(matter.title == "A: B")
    #expect(matter.description == "two lines\n")
    #expect(matter.author == "A B, C")
    #expect(matter.parameters.map(\.name) == ["epochs", "rate"])
    #expect(matter.parameters.map(\.value) == [.int(100), .float(0.5)])
    #expect(matter.parameters.map { book.source.text($0.nameRange) } == ["epochs", "rate"])
    #expect(matter.parameters.map { book.source.text($0.valueRange) } == ["100", "0.5"])
    #expect(matter.timeout == 120)
    #expect(matter.memory == 512_000_000)
    #expect(matter.steps == 2_500_000_000)
    #expect(matter.outputSize == 65_536)
    #expect(matter.tolerance == Tolerance(absolute: 1e-6, relative: 1e-6))
    #expect(matter.section == "Reference")
    #expect(matter.order == 3)
    #expect(matter.ranges.count == FrontMatterKey.allCases.count)
    #expect(matter.ranges[.timeout].map(book.source.text) == "timeout: 2m")
    #expect(book.markdown.html() == "<p>a</p>\n")
  }

  @Test(arguments: [
    ("3", ParameterValue.int(3)), ("-3", .int(-3)), ("+3", .int(3)), ("1_000", .int(1000)),
    ("0x1F", .int(31)), ("0o17", .int(15)), ("007", .int(7)), ("3.", .float(3)),
    (".5", .float(0.5)),
    ("1e3", .float(1000)), ("-1.5E-3", .float(-0.0015)), (".inf", .float(.infinity)),
    ("-.inf", .float(-.infinity)), ("true", .bool(true)), ("False", .bool(false)),
    ("yes", .string("yes")), ("on", .string("on")), ("'3'", .string("3")), ("\"\"", .string("")),
    ("a b", .string("a b")), ("1.2.3", .string("1.2.3")), ("_1", .string("_1")),
    ("1e", .string("1e")), ("0x", .string("0x")), ("-0x1", .string("-0x1")),
    ("2020-01-01", .string("2020-01-01")), ("9223372036854775807", .int(.max)),
    ("-9223372036854775808", .int(.min)), ("θ", .string("θ")),
  ])
  func parameterValue(text: String, value: ParameterValue) {
    let book = notebook("---\nparams: {p: \(text)}\n---\n")
    #expect(book.frontMatter.parameters.map(\.value) == [value])
    #expect(book.diagnostics.isEmpty)
  }

  @Test func parameterNan() {
    let value = notebook("---\nparams: {p: .nan}\n---\n").frontMatter.parameters.first?.value
    guard case .float(let number)? = value else { return #expect(Bool(false)) }
    #expect(number.isNaN)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let id: String
    let yaml: String
    let findings: [String]
    var testDescription: String { id }
  }

  private static func yaml(_ id: String, _ yaml: String, _ findings: String...) -> Case {
    Case(id: id, yaml: yaml, findings: findings)
  }

  private static let yamlHint =
    "a value with ': ' or ' #' in it, or that begins with a sign, goes into quotes"

  static let cases = [
    yaml(
      "unknown, near", "ttle: x", "2:1: the front matter has no key 'ttle' | did you mean title?"),
    yaml(
      "unknown, far", "layout: x",
      "2:1: the front matter has no key 'layout' | the keys are title, description, author, section, order, params, "
        + "timeout, memory, steps, tolerance and output-size"),
    yaml(
      "twice", "title: a\nauthor: b\ntitle: c",
      "4:1: 'title' is given twice, the first time in line 2"),
    yaml("title a list", "title: [a]", "2:8: title is text, not a list"),
    yaml("title nothing", "title:", "2:7: title is text, not nothing"),
    yaml(
      "author a mapping", "author: {a: b}", "2:9: author is text, not a list of keys with values"),
    yaml(
      "author in a list", "author: [a, {b: c}]",
      "2:13: author is text, not a list of keys with values"),
    yaml(
      "timeout a number", "timeout: 30",
      "2:10: timeout can't be '30': it is a number above 0 and a unit, as in 500ms, 30s, 2m or 1h"),
    yaml("timeout a list", "timeout: [1]", "2:10: timeout is a duration like 30s, not a list"),
    yaml(
      "memory", "memory: 2",
      "2:9: memory can't be '2': it is a number above 0 and a unit, as in 512MB or 2GB"),
    yaml(
      "tolerance", "tolerance: low",
      "2:12: tolerance can't be 'low': it is \(Tolerance.forms)"),
    yaml("params a list", "params: [a]", "2:9: params is a list of names with values, not a list"),
    yaml("params text", "params: a", "2:9: params is a list of names with values, not text"),
    yaml(
      "parameter a list", "params: {a: [1]}",
      "2:13: the parameter a is an int, a float, true, false or text, not a list"),
    yaml(
      "parameter nothing", "params:\n  a:\n",
      "3:5: the parameter a is an int, a float, true, false or text, not nothing"),
    yaml(
      "parameter name", "params: {2a: 1, a-b: 2, [c]: 3}",
      "2:10: '2a' can't be a parameter: it is not a name of the language | a name has letters, "
        + "digits and '_', and does not begin with a digit",
      "2:17: 'a-b' can't be a parameter: it is not a name of the language | a name has letters, "
        + "digits and '_', and does not begin with a digit",
      "2:25: '[c]' can't be a parameter: it is not a name of the language | a name has letters, "
        + "digits and '_', and does not begin with a digit"),
    yaml(
      "parameter a reserved word", "params: {for: 1}",
      "2:10: 'for' can't be a parameter: it is a word of the language"),
    yaml(
      "parameter twice", "params:\n  a: 1\n  a: 2\n",
      "4:3: 'a' is given twice, the first time in line 3"),
    yaml(
      "parameter too large", "params: {a: 9223372036854775808}",
      "2:13: the parameter a is too large: 9223372036854775808 | an integer has 64 bits; write a "
        + "decimal point for a float"),
    yaml(
      "anchor", "title: &a b",
      "2:8: YAML's anchors and aliases are not read here: '&a b' | write the value out, or put it "
        + "into quotes"),
    yaml(
      "alias", "title: *a",
      "2:8: YAML's anchors and aliases are not read here: '*a' | write the value out, or put it into "
        + "quotes"),
    yaml(
      "tag", "title: !!str 3", "2:8: YAML's tags are not read here: '!!str 3' | leave the tag out"),
    yaml(
      "not keys", "- a\n- b",
      "2:1: the front matter is a list, not a list of keys with values | write lines like title: My notebook"
    ),
    yaml(
      "text", "title",
      "2:1: the front matter is text, not a list of keys with values | write lines like title: My notebook"
    ),
    yaml(
      "colon in a value", "title: a: b",
      "2:9: the front matter is not valid YAML: mapping values are not allowed in this context | \(yamlHint)"
    ),
    yaml(
      "open list", "author: [a\ntitle: b",
      "3:6: the front matter is not valid YAML: expected ',' or ']' | \(yamlHint)"),
    yaml(
      "tab", "params:\n\ta: 1",
      "3:1: the front matter is not valid YAML: found character that cannot start any token | \(yamlHint)"
    ),
    yaml(
      "control character", "title: a\u{1}b",
      "2:9: the front matter is not valid YAML: control characters are not allowed | \(yamlHint)"),
    yaml(
      "too deep", "title: [[[[[[[[[[a]]]]]]]]]]",
      "2:16: the front matter is not valid YAML: more than 8 levels | \(yamlHint)"),
    yaml(
      "behind letters of two bytes", "title: é\nttle: ü",
      "3:1: the front matter has no key 'ttle' | did you mean title?"),
    yaml("nothing", ""),
    yaml("a comment", "# a"),
  ]

  @Test(arguments: cases)
  func finding(_ example: Case) {
    #expect(findings(in: "---\n\(example.yaml)\n---\n") == example.findings)
  }

  @Test func unclosed() {
    #expect(
      findings(in: "---\ntitle: a\n\nb\n") == [
        "1:1: the front matter is not closed | end it with a line ---"
      ])
    // A rule above a text.
    #expect(findings(in: "---\n\na\n").isEmpty)
    #expect(findings(in: "---\n# a\n").isEmpty)
    #expect(findings(in: "---").isEmpty)
  }

  @Test func closedByDots() {
    let book = notebook("---\ntitle: a\n...\nb\n")
    #expect(book.frontMatter.title == "a")
    #expect(book.markdown.html() == "<p>b</p>\n")
  }

  @Test func carriageReturnsAndAMark() {
    let book = notebook("\u{FEFF}---\r\ntitle: a\r\n---\r\n# b\r\n")
    #expect(book.frontMatter.title == "a")
    #expect(book.markdown.headings.map(\.text) == ["b"])
  }

  @Test func tooLarge() {
    let text = "---\ntitle: \(String(repeating: "a", count: 70_000))\n---\nb\n"
    #expect(
      findings(in: text) == ["1:1: the front matter has 70008 bytes; at most 65536 are read"])
  }
}
