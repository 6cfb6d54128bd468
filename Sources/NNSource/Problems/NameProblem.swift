/// Names that are not there, or may not be used so.
package enum NameProblem: Sendable, Hashable {
  case placeholder

  package var wording: Wording {
    switch self {
    case .placeholder: Wording("")
    }
  }
}
