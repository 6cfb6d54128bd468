import NNSource
import NNTensor

/// What a layer does to its sums `z = x @ W + b`, element by element; softmax over each row.
package enum Activation: String, Sendable, Hashable, CaseIterable, Named {
  case linear, step, sigmoid, tanh, arctan, relu
  case leakyRelu = "leaky_relu"
  case prelu, elu, softplus, softmax

  package static let kind = "activation"

  /// The slope at negative `z` of those that have one there.
  var negativeSlope: Double {
    switch self {
    case .leakyRelu: 0.01
    case .prelu: 0.25
    case .elu: 1
    default: 0
    }
  }

  /// `f(z)`, of the same shape. Integers and bools give float64, float32 stays float32. At 0 the
  /// left value is taken (`step(0)` is 0); nan stays nan.
  ///
  /// The forms are those a program by hand would use, so that both give the same bits:
  /// sigmoid is `1 / (1 + exp(-z))`, softmax `exp(z - max) / sum` over the last axis.
  package func apply(_ z: Tensor) throws -> Tensor {
    let z = z.floating
    switch self {
    case .linear: return z
    case .step:
      let left = try Tensor.select(.unary(.isnan, z), .tensor(z), .weakFloat(0))
      return try onBothSides(of: z, left: left, right: .weakFloat(1))
    case .sigmoid: return try .unary(.sigmoid, z)
    case .tanh: return try .unary(.tanh, z)
    case .arctan: return try .unary(.arctan, z)
    case .relu: return try z.atLeast(0)
    case .leakyRelu, .prelu:
      return try onBothSides(of: z, left: negativeSlope * z, right: .tensor(z))
    case .elu: return try onBothSides(of: z, left: .unary(.expm1, z), right: .tensor(z))
    case .softplus: return try .unary(.softplus, z)
    case .softmax: return try z.softmax()
    }
  }

  /// `right` where z > 0, else `left`.
  private func onBothSides(of z: Tensor, left: Tensor, right: Operand) throws -> Tensor {
    try .select(z.compared(.greater, 0), right, .tensor(left))
  }
}

extension Activation {
  /// `f'(z)`, of the same shape. At 0 relu, leaky_relu and prelu take the left value; step's is 0
  /// everywhere. Softmax has none: each of its outputs depends on every input of the row.
  package func derivative(at z: Tensor) throws -> Tensor {
    try derivative(at: z.floating, output: apply(z))
  }

  /// `f'(z)` where `output`, `f(z)`, is already known.
  func derivative(at z: Tensor, output a: Tensor) throws -> Tensor {
    switch self {
    case .linear: return try Tensor(repeating: .float64(1), shape: z.shape).cast(to: z.dtype)
    case .step: return try Tensor(zeros: z.shape, z.dtype)
    case .sigmoid: return try a * (1 - a)
    case .tanh: return try 1 - a * a
    case .arctan: return try 1 / (1 + z * z)
    case .relu: return try z.compared(.greater, 0).cast(to: z.dtype)
    case .leakyRelu, .prelu:
      let slope = try Tensor(repeating: .float64(negativeSlope), shape: z.shape).cast(to: z.dtype)
      return try onBothSides(of: z, left: slope, right: .weakFloat(1))
    case .elu: return try onBothSides(of: z, left: z.exp(), right: .weakFloat(1))
    case .softplus: return try Activation.sigmoid.apply(z)
    case .softmax: throw Problem.network(.noDerivative(activation: rawValue))
    }
  }

  /// Whether the derivative jumps at z = 0, so that a difference across 0 measures neither side.
  var hasKink: Bool {
    switch self {
    case .step, .relu, .leakyRelu, .prelu: true
    default: false
    }
  }
}
