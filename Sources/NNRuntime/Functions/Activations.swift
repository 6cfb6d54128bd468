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
      notes: activation.notes,
      seeAlso: activation == .softmax ? ["dense", "cross_entropy"] : ["dense", ".derivative"],
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

  /// Where it is used, and where it comes from.
  fileprivate var notes: String {
    switch self {
    case .linear:
      "What a layer does when no activation is named: right for numbers to be predicted."
    case .step:
      "The first artificial neurons (McCulloch and Pitts, 1943) fired or did not. Its slope is 0 everywhere, so gradient descent learns nothing through it."
    case .sigmoid:
      "Squeezes any number between 0 and 1: a probability, in the last layer. Far from 0 its slope vanishes, and learning with it."
    case .tanh: "Squeezes any number between -1 and 1; around 0 it is steeper than the sigmoid."
    case .arctan: "Squeezes any number between -pi / 2 and pi / 2, more slowly than tanh."
    case .relu:
      "The usual choice between layers: cheap, and its slope does not vanish for positive numbers. At 0 the slope is 0."
    case .leakyRelu:
      "As relu, but a little slope is left below 0, so that no unit dies (Maas et al. 2013)."
    case .prelu:
      "As leaky_relu with a steeper slope, 0.25, where its inventors begin to learn it (He et al. 2015); here it stays fixed."
    case .elu: "Smooth below 0, where it goes down to -1 (Clevert et al. 2016)."
    case .softplus: "A smooth relu; its slope is the sigmoid."
    case .softmax:
      "Makes a row of scores into probabilities that add up to 1; the largest score gets the largest. The largest is taken off first, so that exp can't overflow."
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
