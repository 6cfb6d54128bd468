import NNLanguage
import NNSource
import NNTensor

/// What loops go through: ranges, lists, pairs.
extension Registry {
  static let sequenceFunctions: [RegistryEntry] = [
    .function(
      "range",
      [
        SignatureParameter(
          "start", "integer", help: "the first number; with no stop, where to stop, counting from 0"
        ),
        SignatureParameter(
          "stop", "integer", standard: "none",
          help: "where to stop; the number itself is not reached"),
        SignatureParameter(
          "step", "integer", standard: "1",
          help: "how far from one number to the next; a negative step counts down"),
      ], family: "make", "whole numbers to count through; range(n) goes from 0 to n - 1",
      example: "for i in range(3):\n    print i", seeAlso: ["for", "arange", "enumerate"],
      shape: .range, range),
    .function(
      "list",
      [
        SignatureParameter(
          "values", "any", form: .variadic,
          help: "the elements; a single list, tensor or range is taken apart")
      ], family: "make",
      "a list of its arguments, or of the elements of its only one",
      example: "print list(1, 2.5, \"a\")\nprint list(range(3))",
      notes: "A bracket literal of numbers is a tensor; list keeps its elements "
        + "apart, so that they may be of different kinds and shapes.",
      seeAlso: ["array", "append"],
      shape: .list
    ) { arguments in
      guard arguments.restCount == 1 else { return .list(Array(arguments.rest)) }
      return .list(try items(arguments, 0, or: [arguments.rest(0)]))
    },
    .function(
      "zip",
      [
        SignatureParameter(
          "sequences", "sequence", form: .variadic,
          help: "what to go through side by side: lists, tensors, ranges")
      ], family: "make",
      "tuples of the first elements, of the second ones, …, as long as the shortest",
      example: "for x, name in zip([0.5, 1.5], [\"a\", \"b\"]):\n    print name, x",
      seeAlso: ["for", "enumerate"],
      shape: .zipped
    ) { arguments in
      let columns = try (0..<arguments.restCount).map { try items(arguments, $0) }
      let count = columns.map(\.count).min() ?? 0
      return .list((0..<count).map { row in .tuple(columns.map { $0[row] }) })
    },
    .function(
      "enumerate",
      [
        SignatureParameter(
          "sequence", "sequence", help: "what to go through: a list, a tensor, a range"),
        SignatureParameter(
          "start", "integer", standard: "0", help: "the number of the first element"),
      ],
      family: "make", "tuples of a number and an element",
      example: "for i, name in enumerate([\"a\", \"b\"]):\n    print i, name",
      seeAlso: ["for", "zip"],
      shape: .enumerated
    ) { arguments in
      let start = try arguments.int(1, default: 0)
      let value = arguments.value(0)
      guard let items = try arguments.at(0, { try value.items() }) else {
        throw arguments.failure(0, .value(.notIterable(value.kindName)))
      }
      return .list(
        items.enumerated().map { place, item in .tuple([.int(start &+ place), item]) })
    },
  ]

  /// The elements of a variadic argument; `standard` stands in for what has none.
  private static func items(_ arguments: Arguments, _ offset: Int, or standard: [Value]? = nil)
    throws -> [Value]
  {
    let value = arguments.rest(offset)
    let found = try arguments.at(arguments.fixedCount + offset) { try value.items() }
    if let items = found ?? standard { return items }
    throw Diagnostic.error(
      .value(.notIterable(value.kindName)), at: arguments.restRange(offset))
  }

  private static func range(_ arguments: Arguments) throws -> Value {
    let hasStop = arguments.isSome(1)
    let start = hasStop ? try arguments.int(0) : 0
    let stop = try arguments.int(hasStop ? 1 : 0)
    let step = arguments.isSome(2) ? try arguments.int(2) : 1
    guard step != 0 else {
      throw arguments.failure(
        2,
        .call(
          .outOfRange(callee: "range", parameter: "step", found: "0", expected: "a step")))
    }
    // Beyond these no loop comes to its end, and differences would not fit.
    let limit = 1 << 62
    guard abs(clamping: start) < limit, abs(clamping: stop) < limit, abs(clamping: step) < limit
    else { throw Problem.value(.integerOverflow("range(\(start), \(stop), \(step))")) }
    return .range(RangeValue(start: start, stop: stop, step: step))
  }

  private static func abs(clamping value: Int) -> Int {
    Int(clamping: value.magnitude)
  }
}
