import NNLanguage
import NNSource
import NNTensor

/// Functions that make one tensor out of several, or of several copies.
extension Registry {
  static let joiningFunctions: [RegistryEntry] = [
    .function(
      "stack",
      [
        SignatureParameter(
          "arrays", "list of tensors", help: "tensors of one and the same shape, in a list or tuple"
        ),
        SignatureParameter(
          "axis", "integer", standard: "0",
          help: "where the new axis stands: 0 puts them under each other, 1 side by side"),
      ],
      family: "make", "tensors of one shape put together along a new axis",
      example: "a = [1, 2]\nb = [3, 4]\nprint stack([a, b], axis=1)",
      seeAlso: ["concatenate", "expand_dims"],
      shape: .stack
    ) { arguments in
      let parts = try arguments.parts(0)
      let axis = try arguments.int(1, default: 0)
      return Value(try Tensor.stack(parts, axis: axis))
    },
    .function(
      "concatenate",
      [
        SignatureParameter(
          "arrays", "list of tensors",
          help: "tensors that fit in all axes but the one they are joined along"),
        SignatureParameter(
          "axis", "integer or none", standard: "0",
          help: "the axis to join along: 0 adds rows, 1 adds columns; none lays all "
            + "elements in one row"), .dtype("none"),
      ], family: "make", "tensors put one after the other along an axis they have",
      example:
        "print concatenate([[1, 2], [3]])\nprint concatenate((eye(2), ones((2, 1))), axis=1)",
      seeAlso: ["stack", "append"],
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
        SignatureParameter("arr", "tensor", help: "what to append to: a tensor or a list"),
        SignatureParameter("values", "any", help: "what comes behind it"),
        .axis,
      ], family: "make",
      "a tensor with values behind its own; without an axis both are laid out in a row",
      example: "print append([1, 2], 3)\nprint append([[1, 2]], [[3, 4]], axis=0)",
      notes: "A list can also be grown by the statement xs.append(v), which changes "
        + "the name xs and does not copy.", seeAlso: ["concatenate", "list"],
      shape: .append, append),
    .function(
      "repeat",
      [
        .a,
        SignatureParameter(
          "repeats", "integer or tuple", help: "how often: one number for all, or one for each part"
        ), .axis,
      ], family: "make",
      "each element, or each part along an axis, several times",
      example: "print repeat([1, 2], 3)\nprint repeat([[1, 2], [3, 4]], [1, 2], axis=0)",
      seeAlso: ["tile"],
      shape: .repeat
    ) { arguments in
      let tensor = try arguments.tensor(0)
      let counts = try arguments.integers(1)
      let axis = try arguments.axis(2)
      return Value(try tensor.repeated(counts, axis: axis))
    },
    .function(
      "tile",
      [
        SignatureParameter("A", "tensor", help: "the tensor to lay out"),
        SignatureParameter(
          "reps", "integer or tuple",
          help: "how many times along the last axis, or along each axis in a tuple"),
      ],
      family: "make", "a tensor laid side by side with itself",
      example: "print tile([1, 2], 3)\nprint tile([[1], [2]], (1, 3))", seeAlso: ["repeat"],
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
