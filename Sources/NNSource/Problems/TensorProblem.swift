/// Shapes, dtypes, axes and indices that do not fit.
package enum TensorProblem: Sendable, Hashable {
  case unfinished(String)
  case matmul([Int], [Int])
  case matmulNamed([Int], [Int], transpose: String, [Int])
  case tooManyAxes(Int)
  case negativeLength(shape: [Int])
  case tooLarge(shape: [Int], dtype: String, limit: Int)
  case outOfMemory(shape: [Int], dtype: String)

  package var wording: Wording {
    switch self {
    case .matmul, .matmulNamed: Wording("")
    case .unfinished(let name): Wording("\(name) is not finished")
    case .tooManyAxes(let count): Wording("a tensor has at most 64 axes, not \(count)")
    case .negativeLength(let shape):
      Wording("a tensor can't have shape \(Self.text(ofShape: shape)): a length is negative")
    case .tooLarge(let shape, let dtype, _):
      Wording("\(Self.text(ofShape: shape)) \(dtype)")
    case .outOfMemory(let shape, let dtype):
      Wording("\(Self.text(ofShape: shape)) \(dtype)")
    }
  }

  /// A shape as NumPy writes it: `()`, `(3,)`, `(2, 3)`.
  package static func text(ofShape shape: [Int]) -> String {
    if shape.count == 1 { return "(\(shape[0]),)" }
    return "(" + shape.map(String.init).joined(separator: ", ") + ")"
  }
}
