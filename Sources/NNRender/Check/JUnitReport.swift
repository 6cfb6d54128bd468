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
    var failures: [CheckBlock]
    var error: String?
  }

  private static func suite(_ check: NotebookCheck) -> Markup {
    guard check.failure == nil else {
      return suite(
        check.path, [Case(name: "notebook", failures: [], error: check.failure?.wording.message)])
    }
    let blocks = CheckBlock.blocks(of: check)
    let cells = check.cells.map { cell in
      Case(name: cell.label, failures: blocks.filter { $0.cell == cell.label && !$0.isGone })
    }
    let gone = blocks.filter(\.isGone).map {
      Case(name: $0.cell ?? "", failures: [$0])
    }
    let rest = Case(name: "page and record", failures: blocks.filter { $0.cell == nil })
    return suite(check.path, cells + gone + [rest])
  }

  private static func suite(_ name: String, _ cases: [Case]) -> Markup {
    .tag(
      "testsuite",
      [
        "name": name, "tests": "\(cases.count)",
        "failures": "\(cases.count { !$0.failures.isEmpty })",
        "errors": "\(cases.count { $0.error != nil })",
      ],
      lines(
        cases.map { one in
          var children: [Markup] = []
          if let error = one.error { children.append(.tag("error", ["message": error], [])) }
          if let first = one.failures.first {
            let more = one.failures.count - 1
            children.append(
              .tag(
                "failure",
                ["message": first.message + (more > 0 ? " (and \(more) more)" : "")],
                one.failures.map(text).joined(separator: "\n")))
          }
          return .tag("testcase", ["name": one.name, "classname": name], children)
        }))
  }

  private static func text(_ block: CheckBlock) -> String {
    (["\(block.file):\(block.line): \(block.title)"] + block.texts.map { "  " + $0 })
      .joined(separator: "\n")
  }

  private static func lines(_ parts: [Markup]) -> [Markup] {
    parts.flatMap { [.text("\n"), $0] } + [.text("\n")]
  }
}
