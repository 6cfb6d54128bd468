/// Operations on values of the wrong kind, and arithmetic that has no answer.
package enum ValueProblem: Sendable, Hashable {
  case format(FormatProblem)
  case random(RandomProblem)
  case chart(ChartProblem)
  case unsupportedOperands(String, left: String, right: String)
  case unsupportedOperand(String, operand: String)
  case matmulOfNumber
  case divisionByZero(String)
  case integerOverflow(String)
  case floatOverflow(String)
  case complexPower(String)
  case identityOfValues
  case notAContainer(String)
  case ambiguousTruth(shape: [Int])
  case notIterable(String)
  case notUnpackable(String, names: Int)
  case unpackCount(names: Int, values: Int)
  case cannotUpdateTuple
  /// `x[[0, 2]][0] = v`: the first index picks out a copy.
  case changesCopy
  case cannotAppend(String)
  case listDoesNotStack(element: String)
  case listIsRagged(shapes: [String])
  case listIndex(items: Int)
  case listAssignment
  case tooManyIndices(String, given: Int)
  case notAnIndex(String, of: String)
  case indexOutOfRange(Int, count: Int, of: String)
  case sliceStepZero
  case sliceBound(String)
  case notIndexable(String)
  case notIndexAssignable(String)
  case notStorable(String)
  case cannotFormat(String, spec: String)
  case cannotSetField(String, of: String)
  case notANumber(text: String, kind: String)
  case assertionFailed(condition: String, reason: String?, found: String?)
  case unexpected(String)

  package var wording: Wording {
    switch self {
    case .format(let problem): problem.wording
    case .random(let problem): problem.wording
    case .chart(let problem): problem.wording
    case .unsupportedOperands(let operation, let left, let right):
      Wording(
        "\(operation) does not work between \(left) and \(right)",
        hint: Self.operandHint(operation, left, right))
    case .unsupportedOperand(let operation, let operand):
      Wording(
        operation == "~"
          ? "~ does not work on \(operand)" : "\(operation) does not work on \(operand)",
        hint: operand == "a string" ? "float(…) makes a number of a text" : nil)
    case .matmulOfNumber:
      Wording("@ multiplies matrices, and one side is a plain number", hint: "write * instead")
    case .divisionByZero(let text): Wording("division by zero: \(text)")
    case .integerOverflow(let text):
      Wording(
        "\(text) is outside the 64-bit integers", hint: "write a float, 2.0 in place of 2, say")
    case .floatOverflow(let text): Wording("\(text) is too large for a float")
    case .complexPower(let text):
      Wording("\(text) has no real value", hint: "a negative number has only whole powers")
    case .identityOfValues:
      Wording("'is' compares with none, true or false only", hint: "write ==")
    case .notAContainer(let kind):
      Wording("'in' looks in a list, a tuple, a tensor or a string, not in \(kind)")
    case .ambiguousTruth(let shape):
      Wording(
        "a tensor of shape \(TensorProblem.text(ofShape: shape)) is neither true nor false",
        hint: "write all(…) or any(…)")
    case .notIterable(let kind):
      Wording("can't go through \(kind) one by one", hint: "range(n) counts from 0 to n - 1")
    case .notUnpackable(let kind, let names):
      Wording("\(kind) does not give values to \(names) names")
    case .unpackCount(let names, let values):
      Wording("\(values) \(values == 1 ? "value" : "values") for \(names) names")
    case .cannotUpdateTuple:
      Wording("several names can't be updated at once", hint: "write one line for each")
    case .changesCopy:
      Wording(
        "an index by a list or a mask gives a copy, so assigning to a part of it changes nothing",
        hint: "put both into one index: x[[0, 2], 1] = v")
    default: otherWording
    }
  }

  private var otherWording: Wording {
    switch self {
    case .cannotAppend(let kind):
      Wording("append works on a list, not on \(kind)", hint: "begin with xs = []")
    case .listDoesNotStack(let element):
      Wording("a list that holds \(element) can't be used as a tensor")
    case .listIsRagged(let shapes):
      Wording(
        "the list's parts have different shapes and do not make a tensor: "
          + Self.distinct(shapes))
    case .listIndex(let items):
      Wording(
        "a list whose parts differ takes one index, not \(items)",
        hint: "index twice: xs[i][j]")
    case .listAssignment:
      Wording("an element of a list is replaced by its number: xs[2] = v")
    case .tooManyIndices(let kind, let given): Wording("a \(kind) takes one index, not \(given)")
    case .notAnIndex(let found, let kind):
      Wording(
        "\(found) can't index a \(kind)",
        hint: "an index is a whole number or a slice; int(…) cuts off a fraction")
    case .indexOutOfRange(let index, let count, let kind):
      Wording(
        "index \(index) is outside the \(kind) of \(count) "
          + (count == 1 ? "element" : "elements"),
        hint: count == 0 ? nil : "it goes from 0 to \(count - 1), or from -1 back to -\(count)")
    case .sliceStepZero: Wording("a slice's step can't be 0")
    case .sliceBound(let found): Wording("a slice goes between whole numbers, not \(found)")
    case .notIndexable(let kind): Wording("\(kind) can't be indexed")
    case .notIndexAssignable(let kind): Wording("\(kind) has no elements to assign")
    case .notStorable(let kind): Wording("\(kind) can't be an element of a tensor")
    case .cannotFormat(let kind, let spec):
      Wording(
        "the format '\(spec)' is for numbers and strings, not for \(kind)",
        hint: "format one element, or leave the format out")
    case .cannotSetField(let name, let kind): Wording("\(kind) has no field '\(name)' to set")
    case .notANumber(let text, let kind): Wording("the text '\(text)' is no \(kind)")
    case .assertionFailed(let condition, let reason, let found):
      Wording(
        "assertion failed: " + (reason.map { "\($0) (\(condition))" } ?? condition)
          + (found.map { ": \($0)" } ?? ""))
    case .unexpected(let text): Wording("nnbook can't do this: \(text)")
    default: Wording("")
    }
  }

  private static func operandHint(_ operation: String, _ left: String, _ right: String) -> String? {
    if left == "a function" || right == "a function" { return "call the function: f(…)" }
    if left == "none" || right == "none" {
      return "a function without return gives none; test for it with: x is none"
    }
    guard left == "a string" || right == "a string" else { return nil }
    if operation == "%" { return "write f\"{x:.3f}\" to put a number into a text" }
    if operation == "+" { return "str(…) makes a text of a number, float(…) a number of a text" }
    return "float(…) makes a number of a text"
  }

  private static func distinct(_ shapes: [String]) -> String {
    var seen: [String] = []
    for shape in shapes where !seen.contains(shape) && seen.count < 4 { seen.append(shape) }
    return seen.joined(separator: ", ")
  }
}
