import NNSource
import NNTensor

extension ContentHasher {
  /// All that a network is: layers, weights, history, and what its optimizer keeps.
  package mutating func add(_ network: Network) {
    add(network.dtype.name)
    add(network.inputs)
    add(network.divisor != nil)
    add(network.divisor ?? 0)
    add(network.layers.count)
    for layer in network.layers {
      add(layer.activation.rawValue)
      add(layer.dropout)
      add(layer.weights)
      add(layer.bias)
    }
    add(network.history.epochs)
    add(network.history.names.count)
    for name in network.history.names {
      add(name)
      for value in network.history[name] ?? [] { add(value) }
    }
    add(network.trainedLoss?.rawValue)
    add(network.trainedL2)
    add(network.optimizerState != nil)
    if let state = network.optimizerState { add(state) }
  }

  private mutating func add(_ state: OptimizerState) {
    add(state.kind.rawValue)
    add(state.steps)
    add(state.moments.first)
    add(state.moments.second)
    add(state.population)
  }

  private mutating func add(_ tensor: Tensor?) {
    add(tensor != nil)
    if let tensor { add(tensor) }
  }
}
