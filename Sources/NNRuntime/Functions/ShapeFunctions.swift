import NNLanguage
import NNSource
import NNTensor

/// Functions that give the same elements another shape or type, or tell the shape.
extension Registry {
  static let shapeFunctions: [RegistryEntry] = [
    shaping(
      "reshape", [.a, .sizes], "the same elements in another shape; one size may be -1",
      example: "x = arange(6)\nprint x.reshape(2, 3)\nprint reshape(x, (-1, 2))",
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
      shape: .ravel
    ) { Value(try $0.tensor(0).raveled()) },
    shaping(
      "flatten", [.a], "all elements in one row", example: "x = eye(2)\nprint x.flatten()",
      shape: .ravel
    ) { Value(try $0.tensor(0).raveled()) },
    shaping(
      "transpose", [.a, SignatureParameter("axes", "integers", form: .variadic)],
      "the axes in reverse order, or in the order given",
      example: "x = arange(6).reshape(2, 3)\nprint transpose(x)\n"
        + "print transpose(x.reshape(1, 2, 3), (2, 0, 1)).shape", shape: .transpose
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
      [.a, SignatureParameter("axis1", "integer"), SignatureParameter("axis2", "integer")],
      "two axes exchanged", example: "print swapaxes(zeros((2, 3, 4)), 0, 2).shape",
      shape: .swapaxes
    ) { arguments in
      let (first, second) = (try arguments.int(1), try arguments.int(2))
      return Value(try arguments.tensor(0).swappedAxes(first, second))
    },
    shaping(
      "squeeze", [.a, .axis], "without the axes of length 1",
      example: "print squeeze(zeros((1, 3, 1))).shape", shape: .squeeze, squeeze),
    shaping(
      "expand_dims", [.a, SignatureParameter("axis", "integer")], "with a new axis of length 1",
      example: "print expand_dims([1, 2, 3], 1)", shape: .expandDims
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
      "astype", [SignatureParameter("x", "tensor"), SignatureParameter("dtype", "dtype")],
      "the elements converted to another dtype; floats lose their fraction when made integers",
      example: "print astype([1.7, -2.3], int64)", shape: .astype
    ) { arguments in
      let tensor = try arguments.tensor(0)
      guard let dtype = try arguments.dtype(1, default: nil) else { return Value(tensor) }
      return Value(try tensor.converted(to: dtype))
    },
    shaping(
      "len", [SignatureParameter("x", "any")],
      "the number of elements of a list or string, or the length of a tensor's first axis",
      example: "print len([[1, 2], [3, 4], [5, 6]])", shape: .length, length),
    shaping(
      "shape", [.a], "the lengths of a tensor's axes", example: "print shape([[1, 2, 3]])",
      shape: .shape
    ) { .tuple(try $0.tensor(0).shape.map(Value.int)) },
  ]

  private static func shaping(
    _ name: String, _ parameters: [SignatureParameter], _ summary: String, example: String,
    shape: ShapeRule? = nil, _ body: @escaping RegistryEntry.Body
  ) -> RegistryEntry {
    .function(
      name, parameters, family: "shape", summary, example: example, shape: shape, body)
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
