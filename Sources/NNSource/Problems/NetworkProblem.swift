/// Networks, their layers and their training.
package enum NetworkProblem: Sendable, Hashable {
  case placeholder

  package var wording: Wording {
    switch self {
    case .placeholder: Wording("")
    }
  }
}
