/// A cell that takes more than it may.
package enum LimitProblem: Sendable, Hashable {
  case recursion(Int)
  case time(seconds: Double)
  case steps(Int)
  case cancelled
  case names(Int)
  case outputs(Int)
  case outputSize(bytes: Int)
  case shownNumbers(Int)
  case inlineSize(bytes: Int)
  case text(bytes: Int)
  case list(Int)
  case nesting(Int)
  case captured(Int)
  case memory(bytes: Int)

  package var wording: Wording {
    switch self {
    case .recursion(let depth):
      Wording(
        "functions call each other more than \(depth) deep",
        hint: "a function that calls itself needs a case in which it stops")
    case .time(let seconds):
      Wording(
        "the cell ran longer than \(seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)") s",
        hint:
          "look for a loop that does not end, or allow it more: --timeout, and what the "
          + "notebook itself asks for")
    case .steps(let most):
      Wording(
        "the cell took more than \(Words.grouped(most)) steps",
        hint: "look for a loop that does not end, or allow it more: --steps, and what the "
          + "notebook itself asks for")
    case .cancelled: Wording("stopped")
    case .names(let most): Wording("the notebook has more than \(most) names")
    case .outputs(let most):
      Wording("the cell has more than \(most) outputs", hint: "show fewer of them")
    case .outputSize(let bytes):
      Wording(
        "the cell prints more than \(Words.chosenSize(bytes))",
        hint: "print less: every hundredth line, say; --output-size allows more")
    case .inlineSize(let bytes):
      Wording(
        "the inline value is longer than \(Words.chosenSize(bytes))", hint: "print it in a cell")
    case .shownNumbers(let most):
      Wording(
        "the charts, tables and pictures of the cell hold more than \(Words.grouped(most)) numbers",
        hint: "show fewer of them: every hundredth point, say")
    case .text(let bytes): Wording("a text of more than \(Words.chosenSize(bytes))")
    case .list(let most): Wording("a list of more than \(most) elements")
    case .nesting(let depth):
      Wording(
        "values that hold each other more than \(depth) deep",
        hint: "append to one list instead of putting lists into lists")
    case .captured(let most):
      Wording(
        "functions that hold more than \(most) values in each other",
        hint: "hold what they share once, in a list, say")
    case .memory(let bytes):
      Wording(
        "the notebook takes more than \(Words.chosenSize(bytes)) of memory",
        hint:
          "let go of what is no longer needed, or allow it more: --memory, and what the "
          + "notebook itself asks for")
    }
  }
}
