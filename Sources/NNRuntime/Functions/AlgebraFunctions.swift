import NNLanguage
import NNSource
import NNTensor

/// Products of vectors and matrices.
extension Registry {
  static let algebraFunctions: [RegistryEntry] = [
    .function(
      "dot",
      [
        .a,
        SignatureParameter(
          "b", "tensor",
          help: "a vector or matrix that fits: as many rows as a has columns; or a number"),
      ], family: "algebra",
      "the product of vectors, of matrices, or with a number",
      example: "print dot([1, 2], [3, 4])\nx = eye(2)\nprint x.dot([5, 6])",
      notes: "Of two vectors the sum of the products, of matrices the same as @.",
      seeAlso: ["matmul", "outer", "norm"],
      shape: .dot
    ) { arguments in
      let (a, b) = (try arguments.tensor(0), try arguments.tensor(1))
      return Value(try Tensor.dot(a, b))
    },
    .function(
      "matmul",
      [
        SignatureParameter("x1", "tensor", help: "a matrix, a vector, or a stack of matrices"),
        SignatureParameter(
          "x2", "tensor", help: "a matrix or vector with as many rows as x1 has columns"),
      ],
      family: "algebra", "the matrix product, as @ gives it",
      example: "print matmul([[1, 2], [3, 4]], [1, 1])",
      notes: "Element (i, j) is the sum of row i of x1 times column j of x2. A "
        + "layer computes `x @ W + b`.", seeAlso: ["dot", "outer", "dense"],
      shape: .matmul
    ) { arguments in
      let (a, b) = (try arguments.tensor(0), try arguments.tensor(1))
      guard a.rank > 0, b.rank > 0 else { throw Problem.value(.matmulOfNumber) }
      return Value(try Tensor.matmul(a, b))
    },
    .function(
      "outer",
      [
        .a,
        SignatureParameter(
          "b", "tensor", help: "a vector; it runs along the columns of the result"),
      ], family: "algebra",
      "each element of one times each of the other", example: "print outer([1, 2], [3, 4, 5])",
      seeAlso: ["dot", "matmul"],
      shape: .outer
    ) { arguments in
      let (a, b) = (try arguments.tensor(0), try arguments.tensor(1))
      return Value(try Tensor.outer(a, b))
    },
  ]
}
