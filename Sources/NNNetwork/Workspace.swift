import CNNKernels
import NNSource
import NNTensor

/// A network's weights and biases in one row of memory, and the room that a panel of samples needs
/// on its way forth and back: made once, written over panel by panel.
///
/// The row holds `W1 b1 W2 b2 …`, each row by row. Gradients and what an optimizer keeps have the
/// same order, so a step of an optimizer is one loop.
final class Workspace {
  /// Places of one layer: in the row of parameters, and in memory for a panel.
  struct LayerRoom {
    let activation: Int32
    let inputs: Int
    let outputs: Int
    /// Where its weights begin in the row, and its biases if it has any; the same in memory.
    let weights: Int
    let bias: Int?
    let weightsAt: UnsafeMutableRawPointer
    let biasAt: UnsafeMutableRawPointer?
    /// The share of its inputs that training leaves out.
    let dropout: Double
    /// Its sums and outputs, which are the same room for a linear layer, and their slopes.
    let sums: UnsafeMutableRawPointer
    let output: UnsafeMutableRawPointer
    let slopes: UnsafeMutableRawPointer?
    /// Its inputs after dropout, and which of a batch's are kept.
    let thinned: UnsafeMutableRawPointer?
    let kept: UnsafeMutablePointer<UInt8>?
    /// Its weights as products read them, if that pays.
    let packed: UnsafeMutableRawPointer?
  }

  let dtype: DType
  let code: Int32
  /// Whose form the packed weights have.
  private let path: Int32
  let parameters: NumberRoom
  /// A plain row of memory: looking through it counts no references.
  let layers: UnsafeBufferPointer<LayerRoom>
  /// The most samples a panel can have.
  let capacity: Int
  /// Room for a panel's inputs, its targets and the terms of its loss.
  let inputs: NumberRoom?
  let targets: NumberRoom
  let terms: NumberRoom
  /// Room for the classes of a panel's samples.
  let classes: NumberRoom
  private let rooms: [NumberRoom]

  /// For panels of up to `capacity` samples; with room for slopes if `learns`, and for the dropout
  /// of batches of up to `batch`. `inputs` says whether the samples need a place of their own,
  /// `packs` whether several panels pass under the same weights. With `main`, parameters, packed
  /// weights and dropout are that workspace's.
  init(
    _ network: Network, capacity: Int, inputs: Bool, learns: Bool = false, batch: Int = 0,
    packs: Bool = false, beside main: Workspace? = nil
  ) throws {
    dtype = network.dtype
    code = Int32(network.dtype.rawValue)
    let path = main?.path ?? nn_path()
    self.path = path
    self.capacity = capacity
    let outputs = network.outputs
    self.inputs =
      inputs ? try NumberRoom(dtype, Self.product(capacity, network.inputs)) : nil
    targets = try NumberRoom(dtype, Self.product(capacity, outputs))
    terms = try NumberRoom(dtype, Self.product(capacity, outputs))
    classes = try NumberRoom(.int64, capacity)
    let parameters = try main?.parameters ?? NumberRoom(dtype, network.parameterCount)
    self.parameters = parameters
    var rooms: [NumberRoom] = []
    var place = 0
    let made = try network.layers.enumerated().map { index, layer in
      func room(_ dtype: DType, _ rows: Int, _ columns: Int) throws -> UnsafeMutableRawPointer {
        rooms.append(try NumberRoom(dtype, Self.product(rows, columns)))
        return rooms[rooms.count - 1].pointer
      }
      let sums = try room(network.dtype, capacity, layer.outputs)
      let drops = learns && layer.dropout > 0
      let size =
        packs && main == nil
        ? nn_packed_size(path, Int32(network.dtype.rawValue), layer.inputs, layer.outputs) : 0
      let weights = place
      let bias = layer.bias == nil ? nil : weights + layer.weights.count
      place += layer.parameterCount
      return LayerRoom(
        activation: layer.activation.kernel, inputs: layer.inputs, outputs: layer.outputs,
        weights: weights, bias: bias, weightsAt: parameters.at(weights),
        biasAt: bias.map { parameters.at($0) }, dropout: layer.dropout, sums: sums,
        output: layer.activation == .linear
          ? sums : try room(network.dtype, capacity, layer.outputs),
        slopes: learns ? try room(network.dtype, capacity, layer.outputs) : nil,
        thinned: drops ? try room(network.dtype, capacity, layer.inputs) : nil,
        kept: !drops
          ? nil
          : try main?.layers[index].kept
            ?? room(.bool, batch, layer.inputs).assumingMemoryBound(to: UInt8.self),
        packed: try main?.layers[index].packed
          ?? (size < Self.leastPacked ? nil : room(network.dtype, size, 1)))
    }
    let layers = UnsafeMutableBufferPointer<LayerRoom>.allocate(capacity: made.count)
    _ = layers.initialize(from: made)
    self.layers = UnsafeBufferPointer(layers)
    self.rooms = rooms
    if main == nil { read(network) }
  }

  deinit { layers.deallocate() }

  /// Fewer weights are packed as quickly as they are found packed.
  private static let leastPacked = 1 << 13

  /// Sizes that overflow are refused as too large by whoever makes the room.
  private static func product(_ rows: Int, _ columns: Int) throws -> Int {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow else {
      throw Problem.tensor(
        .tooLarge(
          shape: [rows, columns], dtype: DType.float64.name, limit: TensorLimits.maximumBytes))
    }
    return count
  }

  /// What its rooms take, the parameters left out.
  var byteCount: Int {
    (rooms + [inputs, targets, terms, classes].compactMap(\.self))
      .reduce(0) { $0 + $1.count * $1.dtype.itemSize }
  }

  /// Takes over the weights and biases of `network`.
  func read(_ network: Network) {
    for (room, layer) in zip(layers, network.layers) {
      parameters.write(layer.weights, at: room.weights)
      if let place = room.bias, let bias = layer.bias { parameters.write(bias, at: place) }
    }
  }

  /// `network` with what stands in `row`, laid out as the parameters are, for weights and biases.
  func network(_ network: Network, with row: NumberRoom) throws -> Network {
    var changed = network
    for (index, room) in layers.enumerated() {
      changed.layers[index].weights = try row.tensor(
        from: room.weights, shape: [room.inputs, room.outputs])
      if let place = room.bias {
        changed.layers[index].bias = try row.tensor(from: place, shape: [room.outputs])
      }
    }
    return changed
  }

  /// The last layer of the panel's first `rows` samples, and their targets.
  func outputs(_ loss: Loss, rows: Int) -> nn_outputs {
    guard let last = layers.last else { return nn_outputs() }
    return nn_outputs(
      loss: loss.kernel, activation: last.activation, sums: last.sums, output: last.output,
      target: targets.pointer, rows: rows, columns: last.outputs)
  }

  /// A copy of the last layer's outputs for the panel's first `rows` samples.
  func outputTensor(rows: Int) throws -> Tensor {
    guard let last = layers.last, let room = rooms.first(where: { $0.pointer == last.output })
    else { throw Problem.network(.noLayers) }
    return try room.tensor(shape: [rows, last.outputs])
  }
}

// MARK: Forth and back

extension Workspace {
  /// Through the layers: sums and outputs of `rows` samples that stand at `panel`. With `first`,
  /// their place in the batch, inputs are left out as `drawDropout` drew. `isPacked` says that
  /// `packWeights` has been called since the weights were changed.
  func forward(
    _ panel: UnsafeRawPointer, rows: Int, dropping first: Int? = nil, isPacked: Bool = false
  ) throws {
    var x = panel
    for layer in layers {
      if let first { x = thinned(x, of: layer, rows: rows, first: first) }
      let matrix = nn_matrix(data: x, row: layer.inputs, column: 1)
      if isPacked, let packed = layer.packed {
        try check(
          nn_matmul_packed(
            path, code, layer.sums, matrix, packed, rows, layer.inputs, layer.outputs),
          rows, layer.outputs)
      } else {
        try multiply(layer.sums, matrix, weights(of: layer), rows, layer.inputs, layer.outputs)
      }
      if let bias = layer.biasAt {
        nn_add_bias(code, layer.sums, bias, rows, layer.outputs)
      }
      if layer.output != layer.sums {
        nn_activate(layer.activation, code, layer.output, layer.sums, rows, layer.outputs)
      }
      x = UnsafeRawPointer(layer.output)
    }
  }

  private func weights(of layer: LayerRoom) -> nn_matrix {
    nn_matrix(data: layer.weightsAt, row: layer.outputs, column: 1)
  }

  /// Makes the weights ready for many panels.
  func packWeights() {
    for layer in layers {
      if let packed = layer.packed {
        nn_pack_right(path, code, packed, weights(of: layer), layer.inputs, layer.outputs)
      }
    }
  }

  private func thinned(
    _ x: UnsafeRawPointer, of layer: LayerRoom, rows: Int, first: Int
  ) -> UnsafeRawPointer {
    guard let room = layer.thinned, let kept = layer.kept else { return x }
    let count = rows * layer.inputs
    room.copyMemory(from: x, byteCount: count * dtype.itemSize)
    nn_drop(code, room, kept + first * layer.inputs, 1 - layer.dropout, count)
    return UnsafeRawPointer(room)
  }

  /// One `rand(rows, inputs)` for each layer with dropout, in order: what is drawn below the rate
  /// is left out. Between the panels of a large batch it looks at its allowance.
  func drawDropout(
    rows: Int, random: inout RandomStream
  ) throws {
    for layer in layers {
      guard let kept = layer.kept else { continue }
      for panel in Samples.panels(0..<rows) {
        if panel.lowerBound > 0 { try Allowance.check() }
        for index in panel.lowerBound * layer.inputs..<panel.upperBound * layer.inputs {
          kept[index] = random.uniformDouble() >= layer.dropout ? 1 : 0
        }
      }
    }
  }

  /// From the last layer to the first: the slope of the panel's loss, over `divisor`, by every
  /// weight and bias, into `gradients`. Follows on a `forward` of the same panel.
  func backward(
    _ panel: UnsafeRawPointer, rows: Int, loss: Loss, divisor: Double, dropping first: Int? = nil,
    into gradients: NumberRoom
  ) throws {
    guard let last = layers.last, let slopes = last.slopes else { return }
    nn_loss_slope(code, slopes, outputs(loss, rows: rows), divisor)
    for index in layers.indices.reversed() {
      let layer = layers[index]
      guard let dZ = layer.slopes else { return }
      let before = index > 0 ? layers[index - 1] : nil
      let x =
        first.flatMap { _ in layer.thinned.map { UnsafeRawPointer($0) } }
        ?? before.map { UnsafeRawPointer($0.output) } ?? panel
      try multiply(
        gradients.at(layer.weights),
        nn_matrix(data: x, row: 1, column: layer.inputs),
        nn_matrix(data: dZ, row: layer.outputs, column: 1),
        layer.inputs, rows, layer.outputs)
      if let bias = layer.bias {
        nn_column_sums(code, gradients.at(bias), dZ, rows, layer.outputs)
      }
      guard let before, let dA = before.slopes else { return }
      try multiply(
        dA,
        nn_matrix(data: dZ, row: layer.outputs, column: 1),
        nn_matrix(data: layer.weightsAt, row: 1, column: layer.outputs),
        rows, layer.outputs, layer.inputs)
      if let first, let kept = layer.kept {
        nn_drop(
          code, dA, kept + first * layer.inputs, 1 - layer.dropout, rows * layer.inputs)
      }
      nn_chain(before.activation, code, dA, before.sums, before.output, rows, before.outputs)
    }
  }

  /// out (rows, columns) = a (rows, count) @ b (count, columns)
  private func multiply(
    _ out: UnsafeMutableRawPointer, _ a: nn_matrix, _ b: nn_matrix, _ rows: Int, _ count: Int,
    _ columns: Int
  ) throws {
    try check(nn_matmul(code, out, a, b, rows, count, columns), rows, columns)
  }

  private func check(_ result: Int32, _ rows: Int, _ columns: Int) throws {
    try Allowance.check(result)
    guard result == Int32(NN_OK) else {
      throw Problem.tensor(.outOfMemory(shape: [rows, columns], dtype: dtype.name))
    }
  }

  /// The sum of the squares of all weights, biases left out: layer by layer.
  var squaredWeights: Double {
    layers.reduce(0) {
      $0 + nn_sum_squares(code, $1.weightsAt, $1.inputs * $1.outputs)
    }
  }

  /// `g + 2 * l2 * W` for the weights.
  func addPenalty(_ l2: Double, to gradients: NumberRoom) {
    for layer in layers {
      let slopes = gradients.at(layer.weights)
      nn_add_scaled(
        code, slopes, slopes, 2 * l2, layer.weightsAt, layer.inputs * layer.outputs)
    }
  }
}

extension Activation {
  /// What the kernels call it.
  var kernel: Int32 {
    switch self {
    case .linear: Int32(NN_AS_LINEAR)
    case .step: Int32(NN_AS_STEP)
    case .sigmoid: Int32(NN_AS_SIGMOID)
    case .tanh: Int32(NN_AS_TANH)
    case .arctan: Int32(NN_AS_ARCTAN)
    case .relu: Int32(NN_AS_RELU)
    case .leakyRelu: Int32(NN_AS_LEAKY_RELU)
    case .prelu: Int32(NN_AS_PRELU)
    case .elu: Int32(NN_AS_ELU)
    case .softplus: Int32(NN_AS_SOFTPLUS)
    case .softmax: Int32(NN_AS_SOFTMAX)
    }
  }
}

extension Loss {
  /// What the kernels call it.
  var kernel: Int32 {
    switch self {
    case .mse: Int32(NN_BY_MSE)
    case .halfMse: Int32(NN_BY_HALF_MSE)
    case .binaryCrossEntropy: Int32(NN_BY_BINARY_CROSS_ENTROPY)
    case .crossEntropy: Int32(NN_BY_CROSS_ENTROPY)
    }
  }
}
