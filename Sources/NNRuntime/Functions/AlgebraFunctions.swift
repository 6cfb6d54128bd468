import NNLanguage
import NNSource
import NNTensor

/// Products of vectors and matrices.
extension Registry {
  static let algebraFunctions: [RegistryEntry] = [
    .function(
      "dot", [.a, SignatureParameter("b", "tensor")], family: "algebra",
      "the product of vectors, of matrices, or with a number",
      example: "print dot([1, 2], [3, 4])\nx = eye(2)\nprint x.dot([5, 6])", shape: .dot
    ) { arguments in
      let (a, b) = (try arguments.tensor(0), try arguments.tensor(1))
      return Value(try Tensor.dot(a, b))
    },
    .function(
      "matmul", [SignatureParameter("x1", "tensor"), SignatureParameter("x2", "tensor")],
      family: "algebra", "the matrix product, as @ gives it",
      example: "print matmul([[1, 2], [3, 4]], [1, 1])",
      shape: .matmul
    ) { arguments in
      let (a, b) = (try arguments.tensor(0), try arguments.tensor(1))
      guard a.rank > 0, b.rank > 0 else { throw Problem.value(.matmulOfNumber) }
      return Value(try Tensor.matmul(a, b))
    },
    .function(
      "outer", [.a, SignatureParameter("b", "tensor")], family: "algebra",
      "each element of one times each of the other", example: "print outer([1, 2], [3, 4, 5])",
      shape: .outer
    ) { arguments in
      let (a, b) = (try arguments.tensor(0), try arguments.tensor(1))
      return Value(try Tensor.outer(a, b))
    },
  ]
}
