import NNTensor

/// What a tensor tells without a call: `x.T`, `x.shape`.
package enum TensorField: String, Sendable, CaseIterable {
  case transposed = "T"
  case shape, size, ndim, dtype

  func value(of tensor: Tensor) throws -> Value {
    switch self {
    case .transposed: Value(try tensor.transposed())
    case .shape: .tuple(tensor.shape.map(Value.int))
    case .size: .int(tensor.count)
    case .ndim: .int(tensor.rank)
    case .dtype: .dtype(tensor.dtype)
    }
  }
}
