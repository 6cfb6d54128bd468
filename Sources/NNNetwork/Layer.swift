import NNSource
import NNTensor

/// One line of a `network` block.
package enum LayerSpecification: Sendable, Hashable {
  case dense(units: Int, activation: Activation, bias: Bool = true)
  /// In training, leaves out that share of what the layer below is given, and divides the rest by
  /// 1 − rate, so that sums stay as large as without it (Srivastava et al. 2014, inverted).
  case dropout(rate: Double)
}

/// A dense layer: `f(x @ W + b)`.
package struct Layer: Sendable, Hashable {
  package let activation: Activation
  /// The share of its inputs that training leaves out.
  package let dropout: Double
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
