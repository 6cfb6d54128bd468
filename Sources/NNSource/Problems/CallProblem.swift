/// Arguments, options and operands that do not fit a function, a verb or a layer.
package enum CallProblem: Sendable, Hashable {
  case placeholder

  package var wording: Wording {
    switch self {
    case .placeholder: Wording("")
    }
  }
}
