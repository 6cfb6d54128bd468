/// Arguments that a built-in function can't work with, though their kind is right.
package enum FunctionProblem: Sendable, Hashable {
  /// `zeros(2, 3)`: the second size stands where a dtype belongs.
  case sizesNotInTuple(callee: String)
  /// `concatenate(a, b)`: the second tensor stands where the axis belongs.
  case partsNotInList(callee: String)
  /// nan and inf have no integer.
  case noInteger(callee: String, value: String)
  /// `max(a, b)` of tensors.
  case secondIsNoAxis(callee: String, pairwise: String)
  /// `int(x)` of a tensor.
  case tensorForNumber(callee: String, found: String, dtype: String)
  /// `sum(3, 5)`: numbers where one tensor or list belongs.
  case numbersSideBySide(callee: String)

  package var wording: Wording {
    switch self {
    case .sizesNotInTuple(let callee):
      Wording(
        "\(callee) takes its sizes as one tuple", hint: "write \(callee)((2, 3)) for 2 rows of 3")
    case .partsNotInList(let callee):
      Wording("\(callee) takes its tensors as one list", hint: "write \(callee)([a, b])")
    case .noInteger(let callee, let value): Wording("\(callee) of \(value): it is no integer")
    case .secondIsNoAxis(let callee, let pairwise):
      Wording(
        "\(callee) of a tensor takes an axis next, not another tensor",
        hint: "\(pairwise)(a, b) compares two tensors element by element")
    case .tensorForNumber(let callee, let found, let dtype):
      Wording(
        "\(callee) makes one plain number, not \(found)",
        hint: "x.astype(\(dtype)) converts every element")
    case .numbersSideBySide(let callee):
      Wording(
        "\(callee) folds the elements of one tensor or list, and its first argument is a number",
        hint: "write \(callee)([a, b, c])")
    }
  }
}
