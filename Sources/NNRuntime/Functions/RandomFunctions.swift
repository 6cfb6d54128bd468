import NNLanguage
import NNSource
import NNTensor

/// Draws from the notebook's random stream: NumPy's legacy generator, the same numbers bit for bit.
extension Registry {
  static let randomFunctions: [RegistryEntry] = [
    draw(
      "rand", [.sizes], "numbers between 0 and 1; the sizes stand side by side",
      example: "seed 99\nprint rand(2, 3)", seeAlso: ["seed", "uniform", "randn"],
      shape: .drawn
    ) { arguments in
      let shape = try arguments.restShape()
      return drawn(try arguments.interpreter.random.rand(shape))
    },
    draw(
      "sample", [.size], "numbers between 0 and 1; the sizes stand in a tuple",
      example: "seed 99\nprint sample((2, 3))", seeAlso: ["seed", "rand"],
      shape: .drawnWithSize(.fixed("float64"))
    ) { arguments in
      let shape = try arguments.optionalShape(0) ?? []
      return drawn(try arguments.interpreter.random.rand(shape))
    },
    draw(
      "randn", [.sizes], "normally distributed numbers, mean 0 and deviation 1",
      example: "seed 99\nprint randn(2, 3)", seeAlso: ["seed", "normal", "rand"],
      shape: .drawn
    ) { arguments in
      let shape = try arguments.restShape()
      return drawn(try arguments.interpreter.random.randn(shape))
    },
    draw(
      "uniform",
      [
        SignatureParameter("low", "tensor", standard: "0", help: "the lowest number that can come"),
        SignatureParameter(
          "high", "tensor", standard: "1", help: "the end of the range, itself not reached"), .size,
      ], "evenly distributed numbers from low up to high",
      example: "seed 99\nprint uniform(-1, 1, (2, 3))", seeAlso: ["seed", "rand"],
      shape: .drawnWithSize(.fixed("float64"))
    ) { arguments in
      let low = arguments.isSome(0) ? try arguments.operand(0) : .weakInt(0)
      let high = arguments.isSome(1) ? try arguments.operand(1) : .weakInt(1)
      let shape = try arguments.optionalShape(2)
      return drawn(
        try arguments.interpreter.random.uniform(low: low, high: high, shape: shape))
    },
    draw(
      "normal",
      [
        SignatureParameter(
          "loc", "tensor", standard: "0", help: "the mean: the middle of the bell"),
        SignatureParameter(
          "scale", "tensor", standard: "1",
          help: "the standard deviation: about two thirds of the numbers lie nearer to "
            + "the mean than this"), .size,
      ], "normally distributed numbers around loc with the deviation scale",
      example: "seed 99\nprint normal(0, 0.1, (2, 3))", seeAlso: ["seed", "randn"],
      shape: .drawnWithSize(.fixed("float64"))
    ) { arguments in
      let mean = arguments.isSome(0) ? try arguments.operand(0) : .weakInt(0)
      let deviation = arguments.isSome(1) ? try arguments.operand(1) : .weakInt(1)
      let shape = try arguments.optionalShape(2)
      return drawn(
        try arguments.interpreter.random.normal(mean: mean, deviation: deviation, shape: shape))
    },
    draw(
      "randint",
      [
        SignatureParameter(
          "low", "integer",
          help: "the smallest number that can come; with no high, the end, counting from 0"),
        SignatureParameter(
          "high", "integer", standard: "none", help: "the end of the range, itself not reached"),
        .size,
      ], "whole numbers from low up to high, high not included; from 0 with one limit",
      example: "seed 99\nprint randint(0, 10, 5)", seeAlso: ["seed", "choice"],
      shape: .drawnWithSize(.fixed("int64"))
    ) { arguments in
      let hasHigh = arguments.isSome(1)
      let low = hasHigh ? try arguments.int(0) : 0
      let high = try arguments.int(hasHigh ? 1 : 0)
      let shape = try arguments.optionalShape(2)
      return drawn(
        try arguments.interpreter.random.randint(low: low, high: high, shape: shape))
    },
    draw(
      "permutation",
      [
        SignatureParameter(
          "x", "integer or tensor",
          help: "n for the numbers 0 … n - 1, or a tensor whose rows are put in a new order")
      ],
      "the numbers below n in a random order, or a tensor's rows in one",
      example: "seed 99\nprint permutation(5)",
      notes: "`x[permutation(len(x))]` shuffles; one permutation for x and y keeps "
        + "samples and answers together.", seeAlso: ["seed", "choice", "train"],
      shape: .permutation
    ) { arguments in
      if let count = arguments.value(0).integer {
        return Value(
          try arguments.at(0) { try arguments.interpreter.random.permutation(count) })
      }
      let rows = try arguments.tensor(0)
      return Value(try arguments.at(0) { try arguments.interpreter.random.permuted(rows) })
    },
    draw(
      "choice",
      [
        SignatureParameter(
          "a", "integer or list",
          help: "what to draw from: a tensor, a list, or n for the numbers 0 … n - 1"), .size,
        SignatureParameter(
          "replace", "bool", standard: "true", help: "whether an element may be drawn again"),
        SignatureParameter(
          "p", "tensor", standard: "none",
          help: "the probability of each element; they add up to 1. none: all are as likely"),
      ], "elements drawn by lot, or numbers below n",
      example: "seed 99\nprint choice(10, 3, replace=false)\nprint choice([\"red\", \"blue\"])",
      seeAlso: ["seed", "randint", "permutation"],
      shape: .choice,
      choose),
  ]

  /// A single draw is a plain number, as NumPy's is a Python one.
  private static func drawn(_ tensor: Tensor) -> Value {
    guard tensor.rank == 0, let scalar = tensor.scalar else { return .tensor(tensor) }
    return scalar.dtype.isFloat ? .float(scalar.double) : .int(scalar.integer ?? 0)
  }

  private static func draw(
    _ name: String, _ parameters: [SignatureParameter], _ summary: String, example: String,
    notes: String = "", seeAlso: [String] = [], shape: ShapeRule? = nil,
    _ body: @escaping RegistryEntry.Body
  ) -> RegistryEntry {
    .function(
      name, parameters, family: "random", summary, example: example, effects: [.random],
      notes: notes,
      seeAlso: seeAlso, shape: shape, body)
  }

  private static func choose(_ arguments: Arguments) throws -> Value {
    let shape = try arguments.optionalShape(1)
    let replaces = try arguments.bool(2, default: true)
    let probabilities = arguments.isSome(3) ? try arguments.tensor(3) : nil
    if let count = arguments.value(0).integer {
      return drawn(
        try arguments.interpreter.random.choice(
          count, shape: shape, replace: replaces, probabilities: probabilities))
    }
    if case .list(let items) = arguments.value(0), !arguments.value(0).isNumeric {
      let places = try arguments.interpreter.random.choice(
        items.count, shape: shape, replace: replaces, probabilities: probabilities)
      if let one = places.scalar?.integer, places.rank == 0 { return items[one] }
      return .list(places.integers.map { items[$0] })
    }
    let elements = try arguments.tensor(0)
    return Value(
      try arguments.interpreter.random.choice(
        elements, shape: shape, replace: replaces, probabilities: probabilities))
  }
}
