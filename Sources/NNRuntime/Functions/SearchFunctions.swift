import NNLanguage
import NNSource
import NNTensor

/// Functions that look for elements: where they are, in which order, how many.
extension Registry {
  static let searchFunctions: [RegistryEntry] =
    [
      find(
        "where",
        [
          SignatureParameter(
            "condition", "tensor", help: "a comparison, element by element: x > 0"),
          SignatureParameter(
            "x", "tensor", standard: "none", help: "what is taken where the condition holds"),
          SignatureParameter(
            "y", "tensor", standard: "none", help: "what is taken where it does not hold"),
        ],
        "x where the condition holds, y elsewhere; of a condition alone, the places where it holds",
        example: "x = [-1, 0, 2]\nprint where(x > 0, x, 0)\nprint where(x == 2)[0]",
        seeAlso: ["nonzero", "clip"],
        shape: .select, select),
      find(
        "nonzero", [.a], "the places of the elements that are not 0, a tensor for each axis",
        example: "rows, columns = nonzero([[0, 3], [5, 0]])\nprint rows, columns",
        seeAlso: ["where", "count_nonzero"],
        shape: .nonzero
      ) { .tuple(try $0.tensor(0).nonzero().map(Value.init)) },
      find(
        "argsort", [.a, lastAxis], "the places of the elements in ascending order",
        example: "print argsort([3, 1, 2])",
        notes: "`x[argsort(x)]` is `sort(x)`. Equal elements keep their order.",
        seeAlso: ["sort", "argmax"],
        shape: .sorted(.fixed("int64"))
      ) { arguments in
        let tensor = try arguments.tensor(0)
        let axis = try sortAxis(arguments)
        return Value(try arguments.atAxis(1) { try tensor.argsorted(axis: axis) })
      },
      find(
        "sort", [.a, lastAxis], "the elements in ascending order",
        example: "print sort([3, 1, 2])", seeAlso: ["argsort", "unique"],
        shape: .sorted(.same)
      ) { arguments in
        let tensor = try arguments.tensor(0)
        let axis = try sortAxis(arguments)
        return Value(try arguments.atAxis(1) { try tensor.sorted(axis: axis) })
      },
      find(
        "unique",
        [
          SignatureParameter("ar", "tensor", help: "a tensor or a list of numbers"),
          SignatureParameter(
            "return_index", "bool", standard: "false",
            help: "whether to give the place of each one's first appearance too"),
          SignatureParameter(
            "return_inverse", "bool", standard: "false",
            help: "whether to give, for every element, which of the different ones it is"),
          SignatureParameter(
            "return_counts", "bool", standard: "false",
            help: "whether to give how often each one appears"), .axis,
        ], "the different elements in ascending order; with an axis, the different rows along it",
        example: "labels, counts = unique([2, 0, 2], return_counts=true)\nprint labels, counts",
        seeAlso: ["count_nonzero", "histogram"],
        shape: .unique,
        unique),
      find(
        "count_nonzero", [.a, .axes, .keepdims], "how many elements are not 0",
        example: "print count_nonzero([1, 2] != [1, 3])", seeAlso: ["nonzero", "sum"],
        shape: .reduction(of: "a", .fixed("int64"))
      ) { arguments in
        let tensor = try arguments.tensor(0)
        return try reduced(.countNonzero, tensor, arguments, axis: 1, keepdims: 2)
      },
      find(
        "histogram",
        [
          .a,
          SignatureParameter(
            "bins", "integer or tensor", standard: "10",
            help: "how many bins of one width, or the edges themselves"),
          SignatureParameter(
            "range", "pair", standard: "none",
            help: "the lowest and the highest edge, (low, high); none takes the smallest "
              + "and the largest element"),
          SignatureParameter(
            "density", "bool", standard: "false",
            help: "whether the bars are scaled so that their area is 1"),
          SignatureParameter(
            "weights", "tensor", standard: "none",
            help: "what each element counts for; none counts each as 1"),
        ], "how many elements fall between the edges of each bin, and the edges",
        example: "counts, edges = histogram([1, 2, 2, 4], bins=3)\nprint counts\nprint edges",
        notes: "A bin takes its left edge and not its right one; the last bin takes "
          + "both. The command of the same name draws it.", seeAlso: ["unique"],
        shape: .histogram
      ) { arguments in
        let (counts, edges) = try Histogram.of(
          arguments, tensor: 0, bins: 1, range: 2, weights: 4)
        guard arguments.isSome(3), try arguments.bool(3, default: false) else {
          return .tuple([Value(counts), Value(edges)])
        }
        return .tuple([Value(try Histogram.density(counts, edges)), Value(edges)])
      },
      maths(
        "isnan", .isnan, "whether it is nan", family: "find", example: "print isnan([1, nan])",
        seeAlso: ["isfinite", "nan"]),
      maths(
        "isfinite", .isfinite, "whether it is neither nan nor infinite", family: "find",
        example: "print isfinite([1, nan, inf])", seeAlso: ["isnan", "inf"]),
    ] + closenessFunctions

  private static let lastAxis = SignatureParameter(
    "axis", "integer or none", standard: "-1",
    help: "the axis to sort along: -1 the last; none sorts all elements in one row")

  private static func find(
    _ name: String, _ parameters: [SignatureParameter], _ summary: String, example: String,
    notes: String = "", seeAlso: [String] = [], shape: ShapeRule? = nil,
    _ body: @escaping RegistryEntry.Body
  ) -> RegistryEntry {
    .function(
      name, parameters, family: "find", summary, example: example, notes: notes,
      seeAlso: seeAlso, shape: shape, body)
  }

  /// The last axis when none is given; `axis=none` sorts all elements.
  private static func sortAxis(_ arguments: Arguments) throws -> Int? {
    arguments.isGiven(1) ? try arguments.axis(1) : -1
  }

  private static func select(_ arguments: Arguments) throws -> Value {
    let condition = try arguments.tensor(0)
    switch (arguments.isSome(1), arguments.isSome(2)) {
    case (false, false): return .tuple(try condition.nonzero().map(Value.init))
    case (true, true):
      return Value(
        try Tensor.select(condition, try arguments.operand(1), try arguments.operand(2)))
    case (let hasX, _):
      throw Problem.call(.missing(callee: "where", parameter: hasX ? "y" : "x"))
    }
  }

  private static func unique(_ arguments: Arguments) throws -> Value {
    let tensor = try arguments.tensor(0)
    let axis = try arguments.axis(4)
    let found = try arguments.atAxis(4) { try tensor.unique(axis: axis) }
    var results = [Value(found.values)]
    if try arguments.bool(1, default: false) { results.append(Value(found.firstIndices)) }
    if try arguments.bool(2, default: false) { results.append(Value(found.inverse)) }
    if try arguments.bool(3, default: false) { results.append(Value(found.counts)) }
    return results.count == 1 ? results[0] : .tuple(results)
  }
}

/// Counting by bins, for the function and for the chart.
enum Histogram {
  static func of(
    _ arguments: Arguments, tensor: Int, bins: Int, range: Int, weights: Int? = nil
  ) throws -> (counts: Tensor, edges: Tensor) {
    let tensor = try arguments.tensor(tensor)
    var heavy: Tensor?
    if let weights, arguments.isSome(weights) { heavy = try arguments.tensor(weights) }
    return try arguments.at(heavy == nil ? bins : weights ?? bins) {
      try counted(arguments, tensor, bins: bins, range: range, weights: heavy)
    }
  }

  private static func counted(
    _ arguments: Arguments, _ tensor: Tensor, bins: Int, range: Int, weights: Tensor?
  ) throws -> (counts: Tensor, edges: Tensor) {
    if arguments.isSome(bins), arguments.value(bins).integer == nil {
      let edges = try arguments.tensor(bins)
      return try tensor.histogram(edges: edges, weights: weights)
    }
    let count = try arguments.int(
      bins, in: 1...1_000_000, default: 10, "1 to 1000000 bins, or their edges")
    var limits: (Double, Double)?
    if arguments.isSome(range) {
      let pair = try arguments.tensor(range).doubles
      guard pair.count == 2 else {
        throw arguments.wrongType(range, expected: "a pair (lowest, highest)")
      }
      limits = (pair[0], pair[1])
    }
    return try tensor.histogram(bins: count, range: limits, weights: weights)
  }

  /// Counts over bin widths, so that the area is 1.
  static func density(_ counts: Tensor, _ edges: Tensor) throws -> Tensor {
    let edge = edges.doubles
    let widths = Tensor(zip(edge.dropFirst(), edge).map { $0 - $1 }, shape: nil)
    let total = try counts.reduce(.sum)
    let heights = try Tensor.binary(.divide, .tensor(counts), .tensor(widths))
    return try Tensor.binary(.divide, .tensor(heights), .tensor(total))
  }
}
