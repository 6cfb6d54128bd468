import NNCheck
import NNSource

/// A check as JUnit's XML, which CI systems show as test results: a suite for each notebook, a case
/// for each of its cells and one for its page and record. No times, so that it is the same bytes
/// for the same findings.
package enum JUnitReport {
  package static func text(_ report: CheckReport) -> String {
    var suites = report.notebooks.map(suite)
    if !report.findings.isEmpty {
      suites.append(
        suite(
          "output",
          report.findings.map { finding in
            Case(
              name: finding.file,
              failures: [CheckBlock.block(of: finding.problem, file: finding.file)])
          }))
    }
    let root = Markup.tag("testsuites", ["name": "nnbook check"], lines(suites))
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + MarkupWriter.string(root) + "\n"
  }

  private struct Case {
    let name: String
    var failures: [CheckBlock] = []
    var errors: [CheckBlock] = []
  }

  private static func suite(_ check: NotebookCheck) -> Markup {
    let errors = CheckBlock.errors(of: check)
    guard check.failure == nil else {
      return suite(check.path, [Case(name: "notebook", errors: errors)])
    }
    let blocks = CheckBlock.blocks(of: check)
    let cells = check.cells.map { cell in
      Case(
        name: cell.label, failures: blocks.filter { $0.cell == cell.label && !$0.isGone },
        errors: errors.filter { $0.cell == cell.label })
    }
    let gone = blocks.filter(\.isGone).map {
      Case(name: $0.cell ?? "", failures: [$0])
    }
    let rest = Case(
      name: "page and record", failures: blocks.filter { $0.cell == nil },
      errors: errors.filter { $0.cell == nil })
    return suite(check.path, cells + gone + [rest])
  }

  private static func suite(_ name: String, _ cases: [Case]) -> Markup {
    .tag(
      "testsuite",
      [
        "name": legal(name), "tests": "\(cases.count)",
        "failures": "\(cases.count { $0.errors.isEmpty && !$0.failures.isEmpty })",
        "errors": "\(cases.count { !$0.errors.isEmpty })",
      ],
      lines(cases.map { testcase($0, of: name) }))
  }

  /// A case has one result: an error, which then tells the differences too, or a failure.
  private static func testcase(_ one: Case, of suite: String) -> Markup {
    var children: [Markup] = []
    let blocks = one.errors + one.failures
    if let first = blocks.first {
      let message = one.errors.isEmpty ? first.message : "\(first.place): \(first.message)"
      let more = blocks.count - 1
      children.append(
        .tag(
          one.errors.isEmpty ? "failure" : "error",
          ["message": legal(message + (more > 0 ? " (and \(more) more)" : ""))],
          legal(blocks.map(text).joined(separator: "\n"))))
    }
    return .tag(
      "testcase",
      [
        "name": legal(one.name), "classname": legal(suite),
        "file": blocks.first.map { legal($0.file) }, "line": blocks.first.map { "\($0.line)" },
      ], children)
  }

  private static func text(_ block: CheckBlock) -> String {
    (["\(block.place): \(block.title)"] + block.texts.map { "  " + $0 })
      .joined(separator: "\n")
  }

  /// The two characters besides controls that XML 1.0 does not know, in no form.
  private static func legal(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value | 1 == 0xFFFF }) else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value | 1 == 0xFFFF ? "\u{FFFD}" : $0 }))
  }

  private static func lines(_ parts: [Markup]) -> [Markup] {
    parts.flatMap { [.text("\n"), $0] } + [.text("\n")]
  }
}
