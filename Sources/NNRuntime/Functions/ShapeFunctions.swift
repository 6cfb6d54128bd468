import NNLanguage
import NNSource
import NNTensor

/// Functions that give the same elements another shape or type, or tell the shape.
extension Registry {
  static let shapeFunctions: [RegistryEntry] = [
    shaping(
      "reshape", [.a, .sizes], "the same elements in another shape; one size may be -1",
      example: "x = arange(6)\nprint x.reshape(2, 3)\nprint reshape(x, (-1, 2))",
      notes: "The elements keep their order, row after row. A size of -1 is worked "
        + "out from the others.", seeAlso: ["ravel", "transpose", ".shape"],
      shape: .reshape
    ) { arguments in
      let tensor = try arguments.tensor(0)
      guard arguments.restCount > 0 else {
        throw Problem.call(.missing(callee: "reshape", parameter: "shape"))
      }
      return Value(try tensor.reshaped(try arguments.restIntegers()))
    },
    shaping(
      "ravel", [.a], "all elements in one row", example: "print ravel([[1, 2], [3, 4]])",
      seeAlso: ["flatten", "reshape"],
      shape: .ravel
    ) { Value(try $0.tensor(0).raveled()) },
    shaping(
      "flatten", [.a], "all elements in one row", example: "x = eye(2)\nprint x.flatten()",
      seeAlso: ["ravel", "reshape"],
      shape: .ravel
    ) { Value(try $0.tensor(0).raveled()) },
    shaping(
      "transpose",
      [
        .a,
        SignatureParameter(
          "axes", "integer or tuple", form: .variadic,
          help: "the old axes in their new order, one by one or in one tuple; none "
            + "turns the order round"),
      ],
      "the axes in reverse order, or in the order given",
      example: "x = arange(6).reshape(2, 3)\nprint transpose(x)\n"
        + "print transpose(x.reshape(1, 2, 3), (2, 0, 1)).shape", notes: "`x.T` is `transpose(x)`.",
      seeAlso: [".T", "swapaxes"],
      shape: .transpose
    ) { arguments in
      let tensor = try arguments.tensor(0)
      if arguments.restCount == 1, case .none = arguments.rest(0) {
        return Value(try tensor.transposed())
      }
      let axes = arguments.restCount == 0 ? nil : try arguments.restIntegers()
      return Value(try tensor.transposed(axes))
    },
    shaping(
      "swapaxes",
      [
        .a,
        SignatureParameter(
          "axis1", "integer", help: "one axis, counted from 0, or from -1 at the end"),
        SignatureParameter("axis2", "integer", help: "the axis it changes places with"),
      ],
      "two axes exchanged", example: "print swapaxes(zeros((2, 3, 4)), 0, 2).shape",
      seeAlso: ["transpose"],
      shape: .swapaxes
    ) { arguments in
      let (first, second) = (try arguments.int(1), try arguments.int(2))
      return Value(try arguments.tensor(0).swappedAxes(first, second))
    },
    shaping(
      "squeeze",
      [
        .a,
        SignatureParameter(
          "axis", "integer or tuple", standard: "none",
          help: "which axes to drop; none drops all of length 1"),
      ], "without the axes of length 1",
      example: "print squeeze(zeros((1, 3, 1))).shape", seeAlso: ["expand_dims"],
      shape: .squeeze, squeeze),
    shaping(
      "expand_dims",
      [
        .a,
        SignatureParameter(
          "axis", "integer or tuple", help: "where the new axis stands in the result"),
      ], "with a new axis of length 1",
      example: "print expand_dims([1, 2, 3], 1)",
      notes: "`x[none, :]` and `x[:, none]` say the same by indexing.",
      seeAlso: ["squeeze", "reshape"],
      shape: .expandDims
    ) { arguments in
      var tensor = try arguments.tensor(0)
      let axes = try arguments.integers(1)
      let rank = tensor.rank + axes.count
      for axis in axes.map({ $0 < 0 ? $0 + rank : $0 }).sorted() {
        tensor = try arguments.at(1) { try tensor.expandedDims(axis: axis) }
      }
      return Value(tensor)
    },
    shaping(
      "astype",
      [
        SignatureParameter("x", "tensor", help: "the tensor to convert"),
        SignatureParameter(
          "dtype", "dtype", help: "the new elements' type: bool, uint8, int64, float32 or float64"),
      ],
      "the elements converted to another dtype; floats lose their fraction when made integers",
      example: "print astype([1.7, -2.3], int64)",
      notes: "From float to integer the fraction is cut off, towards zero; round "
        + "first to get the nearest.", seeAlso: ["round", "float64"],
      shape: .astype
    ) { arguments in
      let tensor = try arguments.tensor(0)
      guard let dtype = try arguments.dtype(1, default: nil) else { return Value(tensor) }
      return Value(try tensor.converted(to: dtype))
    },
    shaping(
      "len",
      [SignatureParameter("x", "sequence", help: "a tensor, a list, a tuple, a range or a string")],
      "the number of elements of a list or string, or the length of a tensor's first axis",
      example: "print len([[1, 2], [3, 4], [5, 6]])", seeAlso: [".size", "shape"],
      shape: .length, length),
    shaping(
      "shape", [.a], "the lengths of a tensor's axes", example: "print shape([[1, 2, 3]])",
      notes: "The same as the field x.shape.", seeAlso: [".shape", "reshape"],
      shape: .shape
    ) { .tuple(try $0.tensor(0).shape.map(Value.int)) },
  ]

  private static func shaping(
    _ name: String, _ parameters: [SignatureParameter], _ summary: String, example: String,
    notes: String = "", seeAlso: [String] = [], shape: ShapeRule? = nil,
    _ body: @escaping RegistryEntry.Body
  ) -> RegistryEntry {
    .function(
      name, parameters, family: "shape", summary, example: example, notes: notes,
      seeAlso: seeAlso, shape: shape, body)
  }

  private static func squeeze(_ arguments: Arguments) throws -> Value {
    var tensor = try arguments.tensor(0)
    guard let axes = try arguments.axes(1) else { return Value(try tensor.squeezed(axis: nil)) }
    let rank = tensor.rank
    // From the last axis on, so that the others keep their numbers.
    for axis in axes.map({ $0 < 0 ? $0 + rank : $0 }).sorted(by: >) {
      tensor = try arguments.at(1) { try tensor.squeezed(axis: axis) }
    }
    return Value(tensor)
  }

  private static func length(_ arguments: Arguments) throws -> Value {
    switch arguments.value(0) {
    case .tensor(let tensor) where tensor.rank > 0: return .int(tensor.shape[0])
    case .list(let items), .tuple(let items): return .int(items.count)
    case .range(let range): return .int(range.count)
    case .string(let text): return .int(text.unicodeScalars.count)
    default: throw arguments.wrongType(0, expected: "a tensor, a list or a string")
    }
  }
}
