/// Code that runs, and can hardly be what was meant.
package enum LintProblem: Sendable, Hashable {
  /// Behind a `return`, `break` or `continue`.
  case unreachable(after: String)
  case endlessLoop
  case comparisonWithNone(isEqual: Bool)
  /// `assert (a, "why")` holds whatever `a` is.
  case assertOfTuple
  case assignsParameter(String)

  package var wording: Wording {
    switch self {
    case .unreachable(let statement):
      Wording(
        "this never runs: '\(statement)' above it always leaves",
        hint: "indent it less, or put '\(statement)' behind it")
    case .endlessLoop:
      Wording(
        "this loop never ends: nothing in it leaves it",
        hint: "give it a condition, or a 'break' behind an 'if'")
    case .comparisonWithNone(let isEqual):
      Wording(
        "'\(isEqual ? "==" : "!=") none' asks the elements of a tensor one by one",
        hint: "'\(isEqual ? "is none" : "is not none")' asks whether there is a value")
    case .assertOfTuple:
      Wording(
        "this assert always holds: its condition is a tuple, and that is true",
        hint: "leave the brackets out: assert condition, \"why\"")
    case .assignsParameter(let name):
      Wording(
        "'\(name)' is a parameter of the notebook, and from here on -P \(name)=… has no effect",
        hint: "give the new value another name")
    }
  }
}
