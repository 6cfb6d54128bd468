import NNSource
import NNTensor

/// A network as bytes, all that it is, and back.
extension TensorWriter {
  package mutating func add(_ network: Network) {
    bytes.add(UInt8(network.dtype.rawValue))
    bytes.add(network.inputs)
    bytes.add(network.divisor) { $0.add($1) }
    bytes.add(network.layers.count)
    for layer in network.layers {
      bytes.add(layer.activation.rawValue)
      bytes.add(layer.dropout)
      add(layer.weights)
      add(layer.bias)
    }
    bytes.add(network.history.epochs)
    bytes.add(network.history.names) { bytes, name in
      bytes.add(name)
      for value in network.history[name] ?? [] { bytes.add(value) }
    }
    bytes.add(network.trainedLoss?.rawValue) { $0.add($1) }
    bytes.add(network.trainedL2)
    bytes.add(network.optimizerState != nil)
    guard let state = network.optimizerState else { return }
    bytes.add(state.kind.rawValue)
    bytes.add(state.steps)
    add(state.moments.first)
    add(state.moments.second)
    add(state.population)
  }
}

extension TensorReader {
  /// - Throws: `DamagedBytes` for bytes that are no network whose parts fit each other.
  package mutating func network() throws -> Network {
    guard let dtype = DType(rawValue: DType.RawValue(try bytes.byte())), dtype.isFloat else {
      throw DamagedBytes()
    }
    let inputs = try bytes.int()
    let divisor = try bytes.optional { reader throws(DamagedBytes) in try reader.double() }
    var layers: [Layer] = []
    var width = inputs
    for _ in 0..<(try bytes.count()) {
      let layer = try self.layer(dtype, inputs: width)
      width = layer.outputs
      layers.append(layer)
    }
    var network = Network(dtype: dtype, inputs: inputs, divisor: divisor, layers: layers)
    guard inputs > 0, !layers.isEmpty else { throw DamagedBytes() }
    network.history = try history()
    if let loss = try bytes.optional({ reader throws(DamagedBytes) in try reader.string() }) {
      guard let loss = Loss(rawValue: loss) else { throw DamagedBytes() }
      network.trainedLoss = loss
    }
    network.trainedL2 = try bytes.double()
    if try bytes.bool() { network.optimizerState = try optimizerState(of: network) }
    return network
  }

  private mutating func layer(_ dtype: DType, inputs: Int) throws -> Layer {
    guard let activation = Activation(rawValue: try bytes.string()) else { throw DamagedBytes() }
    let dropout = try bytes.double()
    let (weights, bias) = (try tensor(), try optionalTensor())
    guard dropout >= 0, dropout < 1, weights.dtype == dtype, weights.rank == 2,
      weights.shape[0] == inputs, weights.shape[1] > 0,
      bias.map({ $0.dtype == dtype && $0.shape.array == [weights.shape[1]] }) ?? true
    else { throw DamagedBytes() }
    return Layer(activation: activation, dropout: dropout, weights: weights, bias: bias)
  }

  private mutating func history() throws -> History {
    let epochs = try bytes.count()
    var columns: [(name: String, values: [Double])] = []
    for _ in 0..<(try bytes.count()) {
      let name = try bytes.string()
      var values: [Double] = []
      for _ in 0..<epochs { values.append(try bytes.double()) }
      columns.append((name, values))
    }
    guard Set(columns.map(\.name)).count == columns.count else { throw DamagedBytes() }
    return History(epochs: epochs, columns: columns)
  }

  private mutating func optimizerState(of network: Network) throws -> OptimizerState {
    guard let kind = Optimizer.Kind(rawValue: try bytes.string()) else { throw DamagedBytes() }
    let steps = try bytes.int()
    let (first, second) = (try optionalTensor(), try optionalTensor())
    let population = try optionalTensor()
    for moment in [first, second].compactMap(\.self) {
      guard moment.dtype == network.dtype, moment.shape.array == [network.parameterCount] else {
        throw DamagedBytes()
      }
    }
    if let population {
      guard population.dtype == network.dtype, population.rank == 2,
        population.shape[1] == network.parameterCount
      else { throw DamagedBytes() }
    }
    guard steps >= 0 else { throw DamagedBytes() }
    return OptimizerState(
      kind: kind, steps: steps, moments: (first, second), population: population)
  }
}
