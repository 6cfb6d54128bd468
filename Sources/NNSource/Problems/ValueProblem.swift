/// Operations on values of the wrong kind, and arithmetic that has no answer.
package enum ValueProblem: Sendable, Hashable {
  case placeholder

  package var wording: Wording {
    switch self {
    case .placeholder: Wording("")
    }
  }
}
