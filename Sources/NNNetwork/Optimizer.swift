import NNSource
import NNTensor

/// How a gradient becomes a step.
package enum Optimizer: String, Sendable, Hashable, CaseIterable, Named {
  case sgd, rmsprop, adagrad, adam, adamw, genetic

  package static let kind = "optimizer"

  package var isBuilt: Bool { self == .sgd }
}

/// An optimizer at work on one network.
struct OptimizerState {
  let learningRate: Double

  init(_ optimizer: Optimizer, learningRate: Double) throws {
    guard optimizer.isBuilt else {
      throw Problem.network(.notBuilt(option: "optimizer=\(optimizer.rawValue)"))
    }
    self.learningRate = learningRate
  }

  mutating func update(_ network: inout Network, _ gradients: Gradients) throws {
    for (index, gradient) in gradients.layers.enumerated() {
      network.layers[index].weights = try step(network.layers[index].weights, gradient.weights)
      if let bias = network.layers[index].bias, let slope = gradient.bias {
        network.layers[index].bias = try step(bias, slope)
      }
    }
  }

  /// `W - lr*g`, in two roundings.
  private func step(_ parameter: Tensor, _ gradient: Tensor) throws -> Tensor {
    try parameter - learningRate * gradient
  }
}
