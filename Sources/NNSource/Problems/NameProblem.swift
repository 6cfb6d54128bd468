/// Names that are not there, or may not be used so.
package enum NameProblem: Sendable, Hashable {
  case unknown(String, suggestion: String?)
  case unassigned(String, function: String)
  case noField(String, of: String, known: [String])
  case notBuilt(String)

  package var wording: Wording {
    switch self {
    case .unknown(let name, let suggestion):
      Wording("'\(name)' is not defined", hint: suggestion.map { "did you mean '\($0)'?" })
    case .unassigned(let name, let function):
      Wording("'\(name)' has no value yet in '\(function)'")
    case .noField(let name, let owner, let known):
      Wording(
        "\(owner) has no field '\(name)'",
        hint: Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
          ?? (known.isEmpty ? nil : "it has " + known.joined(separator: ", ")))
    case .notBuilt(let name): Wording("'\(name)' is not built yet in this version of nnbook")
    }
  }
}
