import NNLanguage
import NNSource
import NNTensor

/// Functions that make one tensor out of several, or of several copies.
extension Registry {
  static let joiningFunctions: [RegistryEntry] = [
    .function(
      "stack",
      [SignatureParameter("arrays", "list"), SignatureParameter("axis", "integer", standard: "0")],
      family: "make", "tensors of one shape put together along a new axis",
      example: "a = [1, 2]\nb = [3, 4]\nprint stack([a, b], axis=1)", shape: .stack
    ) { arguments in
      let parts = try arguments.parts(0)
      let axis = try arguments.int(1, default: 0)
      return Value(try Tensor.stack(parts, axis: axis))
    },
    .function(
      "concatenate",
      [
        SignatureParameter("arrays", "list"),
        SignatureParameter("axis", "integer", standard: "0"), .dtype("none"),
      ], family: "make", "tensors put one after the other along an axis they have",
      example: "print concatenate([[1, 2], [3]])\n"
        + "print concatenate((eye(2), ones((2, 1))), axis=1)",
      shape: .concatenate
    ) { arguments in
      let parts = try arguments.parts(0)
      // `axis=none` joins the elements; no axis given means the first.
      let axis = arguments.isGiven(1) ? try arguments.axis(1) : 0
      let joined = try Tensor.concatenate(parts, axis: axis)
      guard let dtype = try arguments.dtype(2, default: nil) else { return Value(joined) }
      return Value(try joined.converted(to: dtype))
    },
    .function(
      "append",
      [
        SignatureParameter("arr", "tensor"), SignatureParameter("values", "tensor"),
        .axis,
      ], family: "make",
      "a tensor with values behind its own; without an axis both are laid out in a row",
      example: "print append([1, 2], 3)\nprint append([[1, 2]], [[3, 4]], axis=0)", shape: .append,
      append),
    .function(
      "repeat", [.a, SignatureParameter("repeats", "integer"), .axis], family: "make",
      "each element, or each part along an axis, several times",
      example: "print repeat([1, 2], 3)\nprint repeat([[1, 2], [3, 4]], [1, 2], axis=0)",
      shape: .repeat
    ) { arguments in
      let tensor = try arguments.tensor(0)
      let counts = try arguments.integers(1)
      let axis = try arguments.axis(2)
      return Value(try tensor.repeated(counts, axis: axis))
    },
    .function(
      "tile", [SignatureParameter("A", "tensor"), SignatureParameter("reps", "integer")],
      family: "make", "a tensor laid side by side with itself",
      example: "print tile([1, 2], 3)\nprint tile([[1], [2]], (1, 3))",
      shape: .tile
    ) { arguments in
      let tensor = try arguments.tensor(0)
      let repetitions = try arguments.integers(1)
      return Value(try tensor.tiled(repetitions))
    },
  ]

  /// NumPy's append of tensors; a list that does not stack stays a list.
  private static func append(_ arguments: Arguments) throws -> Value {
    if case .list(let items) = arguments.value(0), !arguments.isSome(2) {
      let areNumbers = arguments.value(0).isNumeric && arguments.value(1).isNumeric
      if !areNumbers || (try? arguments.value(0).tensor()) == nil {
        return .list(items + [arguments.value(1)])
      }
    }
    let parts = [try arguments.tensor(0), try arguments.tensor(1)]
    guard let axis = try arguments.axis(2) else {
      return Value(try Tensor.concatenate(try parts.map { try $0.raveled() }, axis: 0))
    }
    return Value(try Tensor.concatenate(parts, axis: axis))
  }
}
