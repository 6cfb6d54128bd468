/// Everything that can be wrong, as facts with their values. A thrower records a case; the topic's
/// own file puts it into words. Payloads are plain data: names, numbers, shapes as `[Int]`, text.
package enum Problem: Error, Sendable, Hashable {
  case syntax(SyntaxProblem)
  case name(NameProblem)
  case call(CallProblem)
  case value(ValueProblem)
  case tensor(TensorProblem)
  case network(NetworkProblem)
  case notebook(NotebookProblem)
  case run(RunProblem)
  case file(FileProblem)
  case formula(FormulaProblem)
  case data(DataProblem)
  case limit(LimitProblem)
  case lint(LintProblem)
  case record(RecordProblem)
  case check(CheckProblem)
  /// What an earlier run found, read back: only its words are left.
  case recorded(Wording)

  package var wording: Wording {
    switch self {
    case .syntax(let problem): problem.wording
    case .name(let problem): problem.wording
    case .call(let problem): problem.wording
    case .value(let problem): problem.wording
    case .tensor(let problem): problem.wording
    case .network(let problem): problem.wording
    case .notebook(let problem): problem.wording
    case .run(let problem): problem.wording
    case .file(let problem): problem.wording
    case .formula(let problem): problem.wording
    case .data(let problem): problem.wording
    case .limit(let problem): problem.wording
    case .lint(let problem): problem.wording
    case .record(let problem): problem.wording
    case .check(let problem): problem.wording
    case .recorded(let wording): wording
    }
  }
}

extension Problem {
  /// Whether another machine, or other limits, might not have it.
  package var isOfLimits: Bool {
    switch self {
    case .limit, .tensor(.tooLarge), .tensor(.outOfMemory), .data(.tooLarge): true
    default: false
    }
  }
}
