import NNLanguage
import NNSource
import NNTensor

/// What loops go through: ranges, lists, pairs.
extension Registry {
  static let sequenceFunctions: [RegistryEntry] = [
    .function(
      "range",
      [
        SignatureParameter("start", "integer"),
        SignatureParameter("stop", "integer", standard: "none"),
        SignatureParameter("step", "integer", standard: "1"),
      ], family: "make", "whole numbers to count through; range(n) goes from 0 to n - 1",
      example: "for i in range(3):\n    print i", shape: .range, range),
    .function(
      "list", [SignatureParameter("values", "any", form: .variadic)], family: "make",
      "a list of its arguments, or of the elements of its only one",
      example: "print list(1, 2.5, \"a\")\nprint list(range(3))", shape: .list
    ) { arguments in
      guard arguments.restCount == 1 else { return .list(Array(arguments.rest)) }
      return .list(try items(arguments, 0, or: [arguments.rest(0)]))
    },
    .function(
      "zip", [SignatureParameter("sequences", "list", form: .variadic)], family: "make",
      "tuples of the first elements, of the second ones, …, as long as the shortest",
      example: "for x, name in zip([0.5, 1.5], [\"a\", \"b\"]):\n    print name, x",
      shape: .zipped
    ) { arguments in
      let columns = try (0..<arguments.restCount).map { try items(arguments, $0) }
      let count = columns.map(\.count).min() ?? 0
      return .list((0..<count).map { row in .tuple(columns.map { $0[row] }) })
    },
    .function(
      "enumerate",
      [
        SignatureParameter("sequence", "list"),
        SignatureParameter("start", "integer", standard: "0"),
      ],
      family: "make", "tuples of a number and an element",
      example: "for i, name in enumerate([\"a\", \"b\"]):\n    print i, name",
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
    for index in 0..<3 where arguments.isSome(index) {
      guard let number = arguments.value(index).double, arguments.value(index).integer == nil
      else { continue }
      throw arguments.failure(
        index, .call(.function(.notWhole(callee: "range", found: PythonText.repr(number)))))
    }
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
