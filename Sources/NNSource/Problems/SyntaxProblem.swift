/// What the lexer and the parser find.
package enum SyntaxProblem: Sendable, Hashable {
  case placeholder

  package var wording: Wording {
    switch self {
    case .placeholder: Wording("")
    }
  }
}
