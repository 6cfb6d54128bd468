import NNLanguage
import NNSource
import NNTensor

/// Functions that make tensors and lists out of sizes, limits and parts.
extension Registry {
  static let makingFunctions: [RegistryEntry] =
    filledTensors + numberLines + joiningFunctions + sequenceFunctions

  private static func make(
    _ name: String, _ parameters: [SignatureParameter], _ summary: String, example: String,
    notes: String = "", seeAlso: [String] = [], shape: ShapeRule? = nil,
    _ body: @escaping RegistryEntry.Body
  ) -> RegistryEntry {
    .function(
      name, parameters, family: "make", summary, example: example, notes: notes,
      seeAlso: seeAlso, shape: shape, body)
  }

  // MARK: Filled with one value

  private static let filledTensors: [RegistryEntry] = [
    make(
      "zeros", [.shape, .dtype("float64")], "a tensor of zeros", example: "print zeros((2, 3))",
      notes: "The elements are float64 unless dtype says otherwise. A shape of "
        + "several axes stands in brackets of its own: zeros((2, 3)).",
      seeAlso: ["ones", "full", "zeros_like"],
      shape: .filled(size: "shape", .fixed("float64"))
    ) { arguments in
      let dtype = try arguments.dtypeAfterShape(1, default: .float64) ?? .float64
      let shape = try arguments.shape(0)
      return Value(try arguments.at(0) { try Tensor(zeros: shape, dtype) })
    },
    make(
      "ones", [.shape, .dtype("float64")], "a tensor of ones",
      example: "print ones(3, dtype=int64)", seeAlso: ["zeros", "full", "ones_like"],
      shape: .filled(size: "shape", .fixed("float64"))
    ) { arguments in
      let dtype = try arguments.dtypeAfterShape(1, default: .float64) ?? .float64
      return try filled(arguments, with: Scalar.int64(1).cast(to: dtype))
    },
    make(
      "full",
      [
        .shape,
        SignatureParameter(
          "fill_value", "tensor", help: "what every element is; or a tensor whose shape fits"),
        .dtype("none"),
      ],
      "a tensor filled with one value", example: "print full((2, 3), 7)",
      seeAlso: ["zeros", "ones"],
      shape: .filled(size: "shape", .unknown)
    ) { arguments in
      let value = try arguments.tensor(1)
      let dtype = try arguments.dtype(2, default: value.dtype) ?? value.dtype
      if let scalar = value.scalar { return try filled(arguments, with: scalar.cast(to: dtype)) }
      let shape = try arguments.shape(0)
      return Value(
        try arguments.at(1) { try value.broadcast(to: shape).converted(to: dtype).contiguous() })
    },
    make(
      "zeros_like", [.a, .dtype("none")], "zeros in the shape and dtype of a tensor",
      example: "w = ones((2, 3))\nprint zeros_like(w)", seeAlso: ["zeros", "ones_like"],
      shape: .like("a")
    ) { arguments in
      let model = try arguments.tensor(0)
      return Value(
        try Tensor(zeros: model.shape, try arguments.dtype(1, default: nil) ?? model.dtype))
    },
    make(
      "ones_like", [.a, .dtype("none")], "ones in the shape and dtype of a tensor",
      example: "w = zeros((2, 3))\nprint ones_like(w)", seeAlso: ["ones", "zeros_like"],
      shape: .like("a")
    ) { arguments in
      let model = try arguments.tensor(0)
      let dtype = try arguments.dtype(1, default: nil) ?? model.dtype
      return Value(
        try Tensor(repeating: Scalar.int64(1).cast(to: dtype), shape: model.shape))
    },
    make(
      "eye",
      [
        SignatureParameter("N", "integer", help: "how many rows"),
        SignatureParameter(
          "M", "integer", standard: "none", help: "how many columns; none makes a square"),
        SignatureParameter(
          "k", "integer", standard: "0",
          help: "which diagonal: 0 the main one, 1 the one above it, -1 the one below"),
        .dtype("float64"),
      ], "a matrix with ones on a diagonal", example: "print eye(3)",
      notes: "Multiplying by eye(n) changes nothing; eye(n)[labels] is one way to "
        + "one-hot rows.", seeAlso: ["one_hot", "zeros"],
      shape: .eye
    ) { arguments in
      let rows = try arguments.int(0, in: 0...Int.max, default: 0, "0 rows or more")
      let columns = try arguments.int(1, in: 0...Int.max, default: rows, "0 columns or more")
      let diagonal = try arguments.int(2, default: 0)
      let dtype = try arguments.dtype(3, default: .float64) ?? .float64
      return Value(try Tensor.eye(rows, columns, diagonal: diagonal, dtype))
    },
  ]

  private static func filled(_ arguments: Arguments, with value: Scalar) throws -> Value {
    let shape = try arguments.shape(0)
    return Value(try arguments.at(0) { try Tensor(repeating: value, shape: shape) })
  }

  // MARK: Numbers in a row

  private static let numberLines: [RegistryEntry] = [
    make(
      "arange",
      [
        SignatureParameter(
          "start", "number", help: "the first number; with no stop, where to stop, counting from 0"),
        SignatureParameter(
          "stop", "number", standard: "none",
          help: "where to stop; the number itself is not reached"),
        SignatureParameter(
          "step", "number", standard: "1",
          help: "how far from one number to the next; with fractions linspace is safer"),
        .dtype("none"),
      ], "numbers from start up to stop, stop not included; arange(n) begins at 0",
      example: "print arange(5)\nprint arange(0, 1, 0.25)",
      notes: "Whole numbers give int64, any float gives float64. The numbers are "
        + "start + i * step, as in NumPy.", seeAlso: ["range", "linspace"],
      shape: .arange
    ) { arguments in
      let hasStop = arguments.isSome(1)
      let start = hasStop ? try arguments.operand(0) : .weakInt(0)
      let stop = try arguments.operand(hasStop ? 1 : 0)
      let step = arguments.isSome(2) ? try arguments.operand(2) : .weakInt(1)
      let dtype = try arguments.dtype(3, default: nil)
      return Value(try Tensor.arange(start, stop, step, dtype: dtype))
    },
    make(
      "linspace",
      [
        SignatureParameter("start", "number", help: "the first number"),
        SignatureParameter("stop", "number", help: "the last number"),
        SignatureParameter("num", "integer", standard: "50", help: "how many numbers"),
        SignatureParameter(
          "endpoint", "bool", standard: "true",
          help: "whether stop is the last number; false stops one step before it"),
        SignatureParameter(
          "retstep", "bool", standard: "false",
          help: "whether the step is given too, in a tuple (numbers, step)"), .dtype("none"),
      ], "evenly spaced numbers from start to stop, stop included",
      example: "print linspace(0, 1, 5)", seeAlso: ["arange", "plot"],
      shape: .linspace, linspace),
    make(
      "array",
      [
        SignatureParameter(
          "object", "tensor", help: "a list of numbers, of lists, of tensors; a number; a tensor"),
        .dtype("none"),
        SignatureParameter(
          "ndmin", "integer", standard: "0",
          help: "the fewest axes it shall have; new ones of length 1 come first"),
      ], "a tensor of a list's elements", example: "print array([1, 2, 3], dtype=float32)",
      notes: "A bracket literal is a tensor already; array gives it another dtype, "
        + "or makes a tensor of a list.", seeAlso: ["list", "astype"],
      shape: .array
    ) { arguments in
      var tensor = try arguments.tensor(0)
      if let dtype = try arguments.dtype(1, default: nil) {
        tensor = try tensor.converted(to: dtype)
      }
      let rank = try arguments.int(
        2, in: 0...Shape.maximumRank, default: 0, "0 to \(Shape.maximumRank) axes")
      while tensor.rank < rank { tensor = try tensor.expandedDims(axis: 0) }
      return Value(tensor)
    },
  ]

  private static func linspace(_ arguments: Arguments) throws -> Value {
    let (start, stop) = (try arguments.double(0), try arguments.double(1))
    let count = try arguments.int(2, in: 0...Int.max, default: 50, "0 numbers or more")
    let hasEnd = try arguments.bool(3, default: true)
    let steps = Double(hasEnd ? count - 1 : count)
    let step = count > (hasEnd ? 1 : 0) ? (stop - start) / steps : .nan
    var line: Tensor
    if hasEnd {
      line = try Tensor.linspace(start, stop, count: count)
    } else {
      // As NumPy does it: the places times the step, then the start added.
      let places = try Tensor.arange(.weakInt(0), .weakInt(count), .weakInt(1), dtype: .float64)
      let scaled = try Tensor.binary(.multiply, .tensor(places), .weakFloat(step))
      line = try Tensor.binary(.add, .tensor(scaled), .weakFloat(start))
    }
    if let dtype = try arguments.dtype(5, default: nil) {
      // Integers are rounded down, not towards zero.
      if !dtype.isFloat { line = try Tensor.unary(.floor, line) }
      line = try line.converted(to: dtype)
    }
    guard try arguments.bool(4, default: false) else { return Value(line) }
    return .tuple([Value(line), .scalar(.float64(step))])
  }
}
