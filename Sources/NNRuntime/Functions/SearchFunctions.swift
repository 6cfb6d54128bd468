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
          SignatureParameter("condition", "tensor"),
          SignatureParameter("x", "tensor", standard: "none"),
          SignatureParameter("y", "tensor", standard: "none"),
        ],
        "x where the condition holds, y elsewhere; of a condition alone, the places where it holds",
        example: "x = [-1, 0, 2]\nprint where(x > 0, x, 0)\nprint where(x == 2)[0]", shape: .select,
        select),
      find(
        "nonzero", [.a], "the places of the elements that are not 0, a tensor for each axis",
        example: "rows, columns = nonzero([[0, 3], [5, 0]])\nprint rows, columns",
        shape: .nonzero
      ) { .tuple(try $0.tensor(0).nonzero().map(Value.init)) },
      find(
        "argsort", [.a, lastAxis], "the places of the elements in ascending order",
        example: "print argsort([3, 1, 2])", shape: .sorted(.fixed("int64"))
      ) { arguments in
        let tensor = try arguments.tensor(0)
        let axis = try sortAxis(arguments)
        return Value(try arguments.atAxis(1) { try tensor.argsorted(axis: axis) })
      },
      find(
        "sort", [.a, lastAxis], "the elements in ascending order",
        example: "print sort([3, 1, 2])", shape: .sorted(.same)
      ) { arguments in
        let tensor = try arguments.tensor(0)
        let axis = try sortAxis(arguments)
        return Value(try arguments.atAxis(1) { try tensor.sorted(axis: axis) })
      },
      find(
        "unique",
        [
          SignatureParameter("ar", "tensor"),
          SignatureParameter("return_index", "bool", standard: "false"),
          SignatureParameter("return_inverse", "bool", standard: "false"),
          SignatureParameter("return_counts", "bool", standard: "false"),
        ], "the different elements in ascending order",
        example: "labels, counts = unique([2, 0, 2], return_counts=true)\nprint labels, counts",
        shape: .unique, unique),
      find(
        "count_nonzero", [.a, .axis, .keepdims], "how many elements are not 0",
        example: "print count_nonzero([1, 2] != [1, 3])",
        shape: .reduction(of: "a", .fixed("int64"))
      ) { arguments in
        let tensor = try arguments.tensor(0)
        return try reduced(.countNonzero, tensor, arguments, axis: 1, keepdims: 2)
      },
      find(
        "histogram",
        [
          .a, SignatureParameter("bins", "integer", standard: "10"),
          SignatureParameter("range", "pair", standard: "none"),
          SignatureParameter("density", "bool", standard: "false"),
        ], "how many elements fall between the edges of each bin, and the edges",
        example: "counts, edges = histogram([1, 2, 2, 4], bins=3)\nprint counts\nprint edges",
        shape: .histogram
      ) { arguments in
        let (counts, edges) = try Histogram.of(arguments, tensor: 0, bins: 1, range: 2)
        guard try arguments.bool(3, default: false) else {
          return .tuple([Value(counts), Value(edges)])
        }
        return .tuple([Value(try Histogram.density(counts, edges)), Value(edges)])
      },
      maths(
        "isnan", .isnan, "whether it is nan", family: "find", example: "print isnan([1, nan])"),
      maths(
        "isfinite", .isfinite, "whether it is neither nan nor infinite", family: "find",
        example: "print isfinite([1, nan, inf])"),
    ] + closenessFunctions

  private static let lastAxis = SignatureParameter("axis", "integer", standard: "-1")

  private static func find(
    _ name: String, _ parameters: [SignatureParameter], _ summary: String, example: String,
    shape: ShapeRule? = nil, _ body: @escaping RegistryEntry.Body
  ) -> RegistryEntry {
    .function(
      name, parameters, family: "find", summary, example: example, shape: shape, body)
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
    let found = try tensor.unique()
    var results = [Value(found.values)]
    if try arguments.bool(1, default: false) { results.append(Value(found.firstIndices)) }
    if try arguments.bool(2, default: false) {
      results.append(Value(try found.inverse.reshaped(tensor.shape.array)))
    }
    if try arguments.bool(3, default: false) { results.append(Value(found.counts)) }
    return results.count == 1 ? results[0] : .tuple(results)
  }
}

/// Counting by bins, for the function and for the chart.
enum Histogram {
  static func of(_ arguments: Arguments, tensor: Int, bins: Int, range: Int) throws -> (
    counts: Tensor, edges: Tensor
  ) {
    let tensor = try arguments.tensor(tensor)
    if arguments.isSome(bins), arguments.value(bins).integer == nil {
      let edges = try arguments.tensor(bins)
      return try arguments.at(bins) { try tensor.histogram(edges: edges) }
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
    return try tensor.histogram(bins: count, range: limits)
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
