import NNSource
import NNTensor

extension Network {
  /// `W1 b1 W2 b2 …`, without those of layers that have no bias.
  package var parameterNames: [String] {
    layers.enumerated().flatMap { index, layer in
      layer.bias == nil ? ["W\(index + 1)"] : ["W\(index + 1)", "b\(index + 1)"]
    }
  }

  /// The weights or biases called `name`.
  package func parameter(_ name: String) throws -> Tensor {
    let (kind, index) = try place(of: name)
    switch (kind, layers[index].bias) {
    case (.weights, _): return layers[index].weights
    case (.bias, let bias?): return bias
    case (.bias, nil): throw Problem.network(.noBias(layer: index + 1))
    }
  }

  /// Replaces the weights, shape (inputs, outputs), or biases, (outputs,) or (1, outputs), called
  /// `name`; they take the network's dtype.
  package mutating func setParameter(_ name: String, to value: Tensor) throws {
    let (kind, index) = try place(of: name)
    switch kind {
    case .weights: layers[index].weights = try weights(value, of: index)
    case .bias: layers[index].bias = try bias(value, of: index)
    }
  }

  /// `init net from …`: one tensor a layer, its weights (biases become 0), or weights and biases in
  /// turn. The history starts anew.
  package mutating func setParameters(_ values: [Tensor]) throws {
    let names = parameterNames
    let onlyWeights = values.count == layers.count
    guard onlyWeights || values.count == names.count else {
      throw Problem.network(
        .parameterCount(values.count, layers: layers.count, parameters: names.count))
    }
    var changed = try withZeroBiases()
    let targets = onlyWeights ? layers.indices.map { "W\($0 + 1)" } : names
    for (name, value) in zip(targets, values) { try changed.setParameter(name, to: value) }
    self = changed
  }

  /// `init net normal(0, fan_in ** -0.5)`: draws every layer's weights anew, in order, by what
  /// `initializer` gives for its sizes; biases become 0 and the history starts anew.
  package mutating func initialize(
    random: inout RandomStream,
    _ initializer: (_ fanIn: Int, _ fanOut: Int) throws -> Initializer
  ) throws {
    var changed = try withZeroBiases()
    for index in layers.indices {
      let layer = layers[index]
      changed.layers[index].weights = try initializer(layer.inputs, layer.outputs).weights(
        fanIn: layer.inputs, fanOut: layer.outputs, dtype: dtype, random: &random)
    }
    self = changed
  }

  private func withZeroBiases() throws -> Network {
    var changed = self
    changed.history = History()
    changed.trainedLoss = nil
    changed.trainedL2 = 0
    changed.optimizerState = nil
    for index in layers.indices where layers[index].bias != nil {
      changed.layers[index].bias = try Tensor(zeros: [layers[index].outputs], dtype)
    }
    return changed
  }

  private enum ParameterKind { case weights, bias }

  private func place(of name: String) throws -> (ParameterKind, layer: Int) {
    let kind: ParameterKind? =
      switch name.first {
      case "W": .weights
      case "b": .bias
      default: nil
      }
    guard let kind, let number = Int(name.dropFirst()), String(number) == name.dropFirst(),
      layers.indices.contains(number - 1)
    else { throw Problem.network(.unknownField(name, known: parameterNames)) }
    return (kind, number - 1)
  }

  private func weights(_ value: Tensor, of index: Int) throws -> Tensor {
    let expected = layers[index].weights.shape
    guard value.shape == expected else {
      throw Problem.network(
        .parameterShape("W\(index + 1)", given: value.shape.array, expected: expected.array))
    }
    return value.cast(to: dtype)
  }

  private func bias(_ value: Tensor, of index: Int) throws -> Tensor {
    guard let bias = layers[index].bias else {
      throw Problem.network(.noBias(layer: index + 1))
    }
    guard value.shape == bias.shape || value.shape == [1, bias.count] else {
      throw Problem.network(
        .parameterShape("b\(index + 1)", given: value.shape.array, expected: bias.shape.array))
    }
    return try value.reshaped([bias.count]).cast(to: dtype)
  }
}
