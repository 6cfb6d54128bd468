/// What keeps a cell or an inline value of a notebook from running as its author meant.
package enum RunProblem: Sendable, Hashable {
  /// `error=true`, and it ran to its end.
  case didNotFail
  case needsFailedCell(name: String, label: String)
  case needsUnsavedFile(name: String, label: String)
  case needsRandomStream(label: String)
  case inlineDraws
  case parameterSetting(name: String, text: String, kind: String)
  case unknownParameter(name: String, known: [String])
  case unknownCell(String, known: [String])
  case unknownValue(name: String, cell: String, known: [String])
  case notArray(name: String, kind: String)

  package var wording: Wording {
    switch self {
    case .didNotFail:
      Wording(
        "the cell has error=true and did not fail", hint: "leave error=true out, or make it fail")
    case .needsFailedCell(let name, let label):
      Wording("did not run: it needs '\(name)', which the cell '\(label)' could not make")
    case .needsUnsavedFile(let name, let label):
      Wording("did not run: it reads '\(name)', which the cell '\(label)' could not save")
    case .needsRandomStream(let label):
      Wording(
        "did not run: it draws random numbers, and the cell '\(label)' above failed before its own",
        hint: "a seed of its own makes a cell independent of the draws above it")
    case .inlineDraws:
      Wording(
        "an inline value may not draw random numbers",
        hint: "draw in a cell, and show the name here")
    case .parameterSetting(let name, let text, let kind):
      Wording("the parameter '\(name)' is \(kind), and '\(text)' is none")
    case .unknownCell(let name, let known):
      Wording(
        "the notebook has no cell '\(name)'",
        hint: Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
          ?? (known.isEmpty
            ? "it has no cells at all"
            : "it has " + known.prefix(12).joined(separator: ", ")
              + (known.count > 12 ? " and \(known.count - 12) more" : "")))
    case .unknownValue(let name, let cell, let known):
      Wording(
        "'\(name)' has no value behind the cell '\(cell)'",
        hint: Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" })
    case .notArray(let name, let kind):
      Wording(
        "'\(name)' is \(kind), and an NPY file holds a tensor",
        hint: "leave --npy out to see it as text")
    case .unknownParameter(let name, let known):
      Wording(
        "the notebook has no parameter '\(name)'",
        hint: Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
          ?? (known.isEmpty
            ? "it has no params in its front matter" : "it has " + known.joined(separator: ", ")))
    }
  }
}
