import NNLanguage
import NNSource
import NNTensor

/// Draws from the notebook's random stream: NumPy's legacy generator, the same numbers bit for bit.
extension Registry {
  static let randomFunctions: [RegistryEntry] = [
    draw(
      "rand", [.sizes], "numbers between 0 and 1; the sizes stand side by side",
      example: "seed 99\nprint rand(2, 3)", shape: .drawn
    ) { arguments in
      let shape = try arguments.restShape()
      return Value(try arguments.interpreter.random.rand(shape))
    },
    draw(
      "sample", [.size], "numbers between 0 and 1; the sizes stand in a tuple",
      example: "seed 99\nprint sample((2, 3))", shape: .drawnWithSize(.fixed("float64"))
    ) { arguments in
      guard !arguments.isSome(0) || arguments.value(0).isNumeric else {
        throw arguments.wrongType(0, expected: "a shape")
      }
      let shape = try arguments.optionalShape(0) ?? []
      return Value(try arguments.interpreter.random.rand(shape))
    },
    draw(
      "randn", [.sizes], "normally distributed numbers, mean 0 and deviation 1",
      example: "seed 99\nprint randn(2, 3)", shape: .drawn
    ) { arguments in
      let shape = try arguments.restShape()
      return Value(try arguments.interpreter.random.randn(shape))
    },
    draw(
      "uniform",
      [
        SignatureParameter("low", "number", standard: "0"),
        SignatureParameter("high", "number", standard: "1"), .size,
      ], "evenly distributed numbers from low up to high",
      example: "seed 99\nprint uniform(-1, 1, (2, 3))",
      shape: .drawnWithSize(.fixed("float64"))
    ) { arguments in
      let low = arguments.isSome(0) ? try arguments.operand(0) : .weakInt(0)
      let high = arguments.isSome(1) ? try arguments.operand(1) : .weakInt(1)
      let shape = try arguments.optionalShape(2)
      return Value(
        try arguments.interpreter.random.uniform(low: low, high: high, shape: shape))
    },
    draw(
      "normal",
      [
        SignatureParameter("loc", "number", standard: "0"),
        SignatureParameter("scale", "number", standard: "1"), .size,
      ], "normally distributed numbers around loc with the deviation scale",
      example: "seed 99\nprint normal(0, 0.1, (2, 3))",
      shape: .drawnWithSize(.fixed("float64"))
    ) { arguments in
      let mean = arguments.isSome(0) ? try arguments.operand(0) : .weakInt(0)
      let deviation = arguments.isSome(1) ? try arguments.operand(1) : .weakInt(1)
      let shape = try arguments.optionalShape(2)
      return Value(
        try arguments.interpreter.random.normal(mean: mean, deviation: deviation, shape: shape))
    },
    draw(
      "randint",
      [
        SignatureParameter("low", "integer"),
        SignatureParameter("high", "integer", standard: "none"), .size,
      ], "whole numbers from low up to high, high not included; from 0 with one limit",
      example: "seed 99\nprint randint(0, 10, 5)", shape: .drawnWithSize(.fixed("int64"))
    ) { arguments in
      let hasHigh = arguments.isSome(1)
      let low = hasHigh ? try arguments.int(0) : 0
      let high = try arguments.int(hasHigh ? 1 : 0)
      let shape = try arguments.optionalShape(2)
      return Value(
        try arguments.interpreter.random.randint(low: low, high: high, shape: shape))
    },
    draw(
      "permutation", [SignatureParameter("x", "integer or tensor")],
      "the numbers below n in a random order, or a tensor's rows in one",
      example: "seed 99\nprint permutation(5)", shape: .permutation
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
        SignatureParameter("a", "integer or tensor"), .size,
        SignatureParameter("replace", "bool", standard: "true"),
        SignatureParameter("p", "tensor", standard: "none"),
      ], "elements drawn by lot, or numbers below n",
      example: "seed 99\nprint choice(10, 3, replace=false)\nprint choice([\"red\", \"blue\"])",
      shape: .choice, choose),
  ]

  private static func draw(
    _ name: String, _ parameters: [SignatureParameter], _ summary: String, example: String,
    shape: ShapeRule, _ body: @escaping RegistryEntry.Body
  ) -> RegistryEntry {
    .function(
      name, parameters, family: "random", summary, example: example, effects: [.random],
      shape: shape, body)
  }

  private static func choose(_ arguments: Arguments) throws -> Value {
    let shape = try arguments.optionalShape(1)
    let replaces = try arguments.bool(2, default: true)
    let probabilities = arguments.isSome(3) ? try arguments.tensor(3) : nil
    if let count = arguments.value(0).integer {
      return Value(
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
