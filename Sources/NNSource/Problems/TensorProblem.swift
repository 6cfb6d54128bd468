/// Shapes, dtypes, axes and indices that do not fit.
package enum TensorProblem: Sendable, Hashable {
  case placeholder

  package var wording: Wording {
    switch self {
    case .placeholder: Wording("")
    }
  }
}
