/// Operations on values of the wrong kind, and arithmetic that has no answer.
package enum ValueProblem: Sendable, Hashable {
  case format(FormatProblem)
  case random(RandomProblem)

  package var wording: Wording {
    switch self {
    case .format(let problem): problem.wording
    case .random(let problem): problem.wording
    }
  }
}
