import NNCheck
import NNOutput
import NNSource

/// A check's findings for programs.
package enum CheckJSON {
  package static func document(_ report: CheckReport) -> JSONText {
    .object([
      ("summary", .string(report.summary)), ("differences", .number(report.count)),
      ("errors", .number(report.notebooks.reduce(0) { $0 + CheckBlock.errors(of: $1).count })),
      ("notebooks", .array(report.notebooks.map(notebook))),
      ("findings", .array(report.findings.map { finding($0.problem, file: $0.file) })),
    ])
  }

  private static func notebook(_ check: NotebookCheck) -> JSONText {
    let comparison = check.comparison
    return .object([
      ("file", .string(check.path)), ("differences", .number(check.count)),
      ("notChecked", .optional(check.failure?.wording.message)),
      ("errors", .array(errors(of: check))),
      ("findings", .array(check.findings.map { finding($0, file: check.path) })),
      ("cells", .array((comparison?.cells ?? []).map { cell($0, check) })),
      ("inlines", .array((comparison?.inlines ?? []).map { inline($0, check) })),
      ("lostFindings", .strings(comparison?.lostFindings ?? [])),
      ("newFindings", .strings(comparison?.newFindings ?? [])),
    ])
  }

  /// Also of a notebook that could not be read, which then is the one error.
  private static func errors(of check: NotebookCheck) -> [JSONText] {
    var errors = check.errors
    if errors.isEmpty, let failure = check.failure {
      errors = [
        RunError(
          cell: nil, position: SourcePosition(line: 1, column: 1), problem: .check(failure))
      ]
    }
    return errors.map { error in
      let wording = error.problem.wording
      return .object([
        ("file", .string(check.path)), ("line", .number(error.position.line)),
        ("column", .number(error.position.column)), ("cell", .optional(error.cell)),
        ("id", .string(error.problem.identity)), ("message", .string(wording.message)),
        ("hint", .optional(wording.hint)),
      ])
    }
  }

  private static func finding(_ problem: CheckProblem, file: String) -> JSONText {
    let wording = problem.wording
    return .object([
      ("file", .string(file)), ("id", .string(Problem.check(problem).identity)),
      ("message", .string(wording.message)), ("hint", .optional(wording.hint)),
    ])
  }

  private static func cell(_ cell: CellDifference, _ check: NotebookCheck) -> JSONText {
    .object([
      ("cell", .string(cell.label)),
      ("line", cell.index == nil ? .null : .number(check.line(ofCell: cell.index))),
      ("changes", .array(cell.changes.map(change))),
      ("outputs", .array(cell.outputs.map(output))), ("values", .strings(cell.values)),
      ("causes", .array(cell.causes.map(cause))),
    ])
  }

  private static func change(_ change: CellDifference.Change) -> JSONText {
    switch change {
    case .added: .object([("kind", .string("added"))])
    case .gone: .object([("kind", .string("gone"))])
    case .relabelled(let label):
      .object([("kind", .string("relabelled")), ("from", .string(label))])
    case .moved: .object([("kind", .string("moved"))])
    case .stale: .object([("kind", .string("stale"))])
    case .state(let recorded, let now):
      .object([
        ("kind", .string("state")), ("recorded", .string(recorded.rawValue)),
        ("now", .string(now.rawValue)),
      ])
    }
  }

  private static func output(_ output: OutputDifference) -> JSONText {
    .object([
      ("output", .number(output.number)),
      ("kind", .optional((output.fresh ?? output.recorded)?.kindName)),
      (
        "change",
        .string(output.recorded == nil ? "added" : output.fresh == nil ? "gone" : "changed")
      ),
      ("differences", .array(output.differences.map(difference))),
    ])
  }

  private static func difference(_ difference: Difference) -> JSONText {
    .object([
      ("place", .string(difference.place)), ("recorded", .optional(difference.recorded)),
      ("now", .optional(difference.fresh)),
      ("absolute", number(difference.distance?.absolute)),
      ("relative", number(difference.distance?.relative)),
      ("ulps", .optional(difference.distance?.ulps.map(String.init))),
      ("others", .number(difference.others)), ("of", .number(difference.total)),
    ])
  }

  private static func number(_ value: Double?) -> JSONText {
    value.flatMap { $0.isNaN ? nil : OutputCodec.json($0) } ?? .null
  }

  private static func inline(_ inline: InlineDifference, _ check: NotebookCheck) -> JSONText {
    .object([
      ("expression", .string(inline.expression)),
      ("line", inline.index == nil ? .null : .number(check.line(ofInline: inline.index))),
      ("recorded", .optional(inline.recorded)), ("now", .optional(inline.fresh)),
      ("causes", .array(inline.causes.map(cause))),
    ])
  }

  private static func cause(_ cause: Cause) -> JSONText {
    let (kind, cell, name): (String, String?, String?) =
      switch cause {
      case .source(let cell): ("source", cell, nil)
      case .file(let file, let cell): ("file", cell, file)
      case .parameter(let name): ("parameter", nil, name)
      case .added(let cell): ("added", cell, nil)
      case .gone(let cell): ("gone", cell, nil)
      case .order(let name, let cell): ("order", cell, name)
      case .earlier(let cell): ("earlier", cell, nil)
      case .notRun(let cell): ("not run", cell, nil)
      case .engine(let cell): ("engine", cell, nil)
      }
    return .object([
      ("kind", .string(kind)), ("cell", .optional(cell)), ("name", .optional(name)),
    ])
  }
}
