import NNLanguage
import NNNetwork
import NNSource
import NNTensor

extension Registry {
  static let activationFunctions: [RegistryEntry] = Activation.allCases.map { activation in
    let name = activation.rawValue
    let slope = activation == .softmax ? "" : "; \(name).derivative is its slope"
    let example =
      activation == .softmax
      ? "print softmax([1.0, 2.0, 3.0])"
      : "print \(name)([-2.0, 0.0, 2.0])\nprint \(name).derivative([-2.0, 0.0, 2.0])"
    return .function(
      name, [.x], family: "activations", activation.formula + slope, example: example,
      shape: .elementwise(["x"], operation: name, .unknown)
    ) { arguments in
      if let operation = activation.operation, let result = single(operation, arguments.value(0)) {
        return result
      }
      return Value(try activation.apply(try arguments.tensor(0)))
    }
  }
}

extension Activation {
  /// The elementwise operation that it is, where it is a single one.
  fileprivate var operation: UnaryOperation? {
    switch self {
    case .tanh: .tanh
    case .arctan: .arctan
    case .sigmoid: .sigmoid
    case .softplus: .softplus
    default: nil
    }
  }

  /// What it computes, in one line.
  fileprivate var formula: String {
    switch self {
    case .linear: "x itself"
    case .step: "1 where x > 0, else 0"
    case .sigmoid: "1 / (1 + exp(-x))"
    case .tanh: "the hyperbolic tangent"
    case .arctan: "the inverse tangent"
    case .relu: "x where x > 0, else 0"
    case .leakyRelu: "x where x > 0, else 0.01 x"
    case .prelu: "x where x > 0, else 0.25 x"
    case .elu: "x where x > 0, else exp(x) - 1"
    case .softplus: "log(1 + exp(x))"
    case .softmax: "exp(x) over its sum, along the last axis"
    }
  }
}
