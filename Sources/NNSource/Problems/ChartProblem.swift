/// Data that no chart, table or picture can be made of. `operand` is the source text of the
/// argument.
package enum ChartProblem: Sendable, Hashable {
  case notNumbers(verb: String, operand: String, found: String)
  case singleNumber(verb: String, operand: String)
  case empty(verb: String, operand: String)
  case wrongRank(verb: String, operand: String, shape: [Int], expected: String)
  case lengthsDiffer(String, Int, String, Int)
  case tooMany(verb: String, what: String, count: Int, limit: Int)
  /// `labels=` and the like: one for each of something.
  case nameCount(option: String, given: Int, needed: Int, what: String)
  case functionWithoutRange(verb: String, operand: String)
  case rangeWithoutFunction(operand: String)
  case halfRange(missing: String)
  case emptyRange(from: String, to: String)
  case functionResult(function: String, found: String)
  case notClasses(operand: String)
  case pictureOfRow(operand: String, length: Int)
  case recordFields(operand: String, String, Int, String, Int)
  case raggedRows(operand: String, row: Int, count: Int, expected: Int)

  package var wording: Wording {
    switch self {
    case .notNumbers(let verb, let operand, let found):
      Wording(
        "\(verb) draws numbers, and \(operand) is \(found)",
        hint: verb == "bar" ? "names of the bars go after x=" : nil)
    case .singleNumber(let verb, let operand):
      Wording(
        "\(verb) draws several numbers, and \(operand) is a single one",
        hint: "collect them in a list: xs.append(v)")
    case .empty(let verb, let operand):
      Wording("\(verb) has nothing to show: \(operand) has no elements")
    case .wrongRank(let verb, let operand, let shape, let expected):
      Wording(
        "\(verb) takes \(expected), and \(operand) has shape \(TensorProblem.text(ofShape: shape))")
    case .lengthsDiffer(let a, let countA, let b, let countB):
      Wording("\(a) has \(Words.count(countA, "element")), \(b) has \(countB)")
    case .tooMany(let verb, let what, let count, let limit):
      Wording(
        "\(verb) draws at most \(limit) \(what), not \(count)",
        hint: "show a part of them: x[:100], or every tenth: x[::10]")
    case .nameCount(let option, let given, let needed, let what):
      Wording(
        "\(option) has \(Words.count(given, "element")) for \(Words.count(needed, what))",
        hint: "give one for each")
    default: otherWording
    }
  }

  private var otherWording: Wording {
    switch self {
    case .functionWithoutRange(let verb, let operand):
      Wording(
        "\(operand) is a function, and \(verb) was not told where to draw it",
        hint: "write \(verb) \(operand) from -5 to 5")
    case .rangeWithoutFunction(let operand):
      Wording(
        "'from … to' is for functions, and \(operand) is none",
        hint: "x=… places a tensor's elements along the axis")
    case .halfRange(let missing):
      Wording("the range has no '\(missing)'", hint: "write both: from -5 to 5")
    case .emptyRange(let from, let to):
      Wording("there is nothing to draw from \(from) to \(to)")
    case .functionResult(let function, let found):
      Wording("\(function) gives \(found) for a number, and a plot needs a number")
    case .notClasses(let operand):
      Wording(
        "\(operand) colours by class, so it must hold whole numbers or strings",
        hint: "x.astype(int64) makes whole numbers")
    case .pictureOfRow(let operand, let length):
      Self.pictureOfRow(operand, length)
    case .recordFields(let operand, let a, let countA, let b, let countB):
      Wording(
        "the fields of \(operand) do not make a table: \(a) has \(Words.count(countA, "element")), "
          + "\(b) has \(countB)")
    case .raggedRows(let operand, let row, let found, let expected):
      Wording(
        "the rows of \(operand) have different lengths: row \(row) has "
          + "\(Words.count(found, "element")), row 0 has \(expected)")
    default: Wording("")
    }
  }

  /// A picture laid out in a row is what the reader has, more often than not.
  private static func pictureOfRow(_ operand: String, _ length: Int) -> Wording {
    let side = (1...4096).first { $0 * $0 >= length } ?? 0
    return Wording(
      "image shows matrices, and \(operand) is a row of \(length)",
      hint: side * side == length && side > 1
        ? "\(operand).reshape(\(side), \(side)) is a square picture"
        : "reshape it to (height, width)")
  }
}
