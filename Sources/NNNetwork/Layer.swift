import NNSource
import NNTensor

/// One line of a `network` block.
package enum LayerSpecification: Sendable, Hashable {
  case dense(units: Int, activation: Activation, bias: Bool = true)
  case dropout(rate: Double)
}

/// A dense layer: `f(x @ W + b)`.
package struct Layer: Sendable, Hashable {
  package let activation: Activation
  /// Shape (inputs, outputs).
  package internal(set) var weights: Tensor
  /// Shape (outputs,), or nil for a layer without.
  package internal(set) var bias: Tensor?

  package var inputs: Int { weights.shape[0] }
  package var outputs: Int { weights.shape[1] }
  package var parameterCount: Int { weights.count + (bias?.count ?? 0) }

  /// The sums `x @ W + b` of samples of shape (samples, inputs).
  func sums(_ x: Tensor) throws -> Tensor {
    let products = try Tensor.matmul(x, weights)
    guard let bias else { return products }
    return try products + bias
  }
}
