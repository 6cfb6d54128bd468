import NNSource
import NNTensor

/// Backpropagation against central differences, weight by weight: the loops that train against a
/// forward pass of whole tensors, which share no line of code. The loss is the one that was trained
/// for, with its l2; nothing is dropped out.
package struct GradientCheck: Sendable {
  /// One array of weights or biases.
  package struct Entry: Sendable {
    /// `W1`, `b1` …
    package let name: String
    package let shape: Shape
    /// Elements compared; the rest of a large array was passed over.
    package let checked: Int
    /// Elements left out because a unit crosses a kink (relu at 0) between the two points.
    package let atKinks: Int
    /// The largest |backpropagated − difference| over the larger of the two, or over a thousandth
    /// of the array's largest slope where both are smaller than that: what is left below it is the
    /// rounding of the loss. 0 when nothing could be compared.
    package let largestError: Double
  }

  package let entries: [Entry]
  package let loss: Loss
  /// The samples the loss was taken over.
  package let samples: Int
  package var largestError: Double { entries.map(\.largestError).reduce(0, maximum) }

  /// Checks up to `elements` of every array, evenly spaced, on up to the first `samples` of `x`
  /// and `y`. The weights are taken in float64, whatever the network's dtype.
  package init(
    of network: Network, on x: Tensor, _ y: Tensor, loss wanted: Loss? = nil, l2: Double? = nil,
    elements: Int = 100, samples limit: Int = 256
  ) throws {
    let loss = wanted ?? network.loss
    try network.check(loss)
    let l2 = l2 ?? (wanted == nil ? network.trainedL2 : 0)
    guard l2.isFinite, l2 >= 0 else { throw Problem.network(.l2(l2)) }
    let network = network.doublePrecision
    let data = try LabelledSamples(x, y, for: network, loss: loss)
    let range = 0..<min(data.count, max(1, limit))
    let probe = GradientProbe(
      loss: loss, l2: l2,
      panel: try data.samples.panel(range, for: network),
      target: try data.targets.rows(range, dtype: .float64))
    self.loss = loss
    self.samples = range.count
    let gradients = try probe.gradients(of: network)
    entries = try network.parameterNames.map { name in
      try probe.compare(
        name, of: network, with: gradients.parameter(name), limit: max(1, elements))
    }
  }
}

/// The larger; nan when either is.
private func maximum(_ a: Double, _ b: Double) -> Double {
  a.isNaN || b.isNaN ? .nan : max(a, b)
}

/// The loss of fixed samples, dropout aside, as a function of the weights.
struct GradientProbe {
  let loss: Loss
  var l2 = 0.0
  let panel: Tensor
  let target: Tensor

  /// The slopes by the loops that train, in the places of the weights and biases.
  func gradients(of network: Network) throws -> Network {
    let rows = target.shape[0]
    let workspace = try Workspace(network, capacity: rows, inputs: true, learns: true)
    let gradients = try NumberRoom(network.dtype, network.parameterCount)
    guard let room = workspace.inputs else { return network }
    room.write(panel)
    workspace.targets.write(target)
    try workspace.forward(room.pointer, rows: rows)
    try workspace.backward(
      room.pointer, rows: rows, loss: loss,
      divisor: loss.gradientDivisor(samples: rows, outputs: target.shape[1], .mean),
      into: gradients)
    if l2 != 0 { workspace.addPenalty(l2, to: gradients) }
    return try workspace.network(network, with: gradients)
  }

  func compare(
    _ name: String, of network: Network, with gradient: Tensor, limit: Int
  ) throws -> GradientCheck.Entry {
    let slopes = gradient.doubles
    let floor = slopes.map(abs).reduce(0, maximum) / 1000
    var worst = 0.0
    var checked = 0
    var atKinks = 0
    for index in Self.places(limit, of: slopes.count) {
      try Allowance.check()
      guard let difference = try difference(name, at: index, of: network) else {
        atKinks += 1
        continue
      }
      checked += 1
      let scale = [abs(slopes[index]), abs(difference), floor].reduce(0, maximum)
      worst = maximum(worst, scale == 0 ? 0 : abs(slopes[index] - difference) / scale)
    }
    return GradientCheck.Entry(
      name: name, shape: gradient.shape, checked: checked, atKinks: atKinks, largestError: worst)
  }

  /// Evenly spaced places, the first and the last among them.
  private static func places(_ limit: Int, of count: Int) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    return (0..<limit).map { limit == 1 ? 0 : $0 * (count - 1) / (limit - 1) }
  }

  /// (L(w + h) − L(w − h)) / 2h, or nil when some unit's kink lies between the two points.
  ///
  /// The error of the quotient is about h²·L'''/6 of truncation and ε·L/h of rounding; it is least
  /// near h = ε^⅓ ≈ 6e-6. A power of two near it, 2⁻¹⁷, times w's size keeps w ± h nearly exact.
  private func difference(
    _ name: String, at index: Int, of network: Network
  ) throws -> Double? {
    let weight = try network.parameter(name)[flat: index].double
    let h = 0x1p-17 * max(1, abs(weight))
    let (up, down) = (weight + h, weight - h)
    let above = try ForwardPass(network.replacing(name, at: index, by: up), panel)
    let below = try ForwardPass(network.replacing(name, at: index, by: down), panel)
    for (layer, sums) in zip(network.layers, zip(above.sums, below.sums))
    where layer.activation.hasKink {
      let sides = try (sums.0.compared(.greater, 0), sums.1.compared(.greater, 0))
      guard sides.0 == sides.1 else { return nil }
    }
    // The rows' differences are summed, not the difference of the sums: less is cancelled.
    let activation = network.outputActivation
    let last = network.layers.count - 1
    let rows = try [above, below].map {
      try loss.rowLosses(z: $0.sums[last], output: $0.output, of: activation, target: target)
    }
    let total = try loss.total(
      of: rows[0] - rows[1], outputs: target.shape[1], reduction: .mean)
    let penalty = l2 != 0 && name.hasPrefix("W") ? l2 * (up * up - down * down) : 0
    return (total.number + penalty) / (up - down)
  }
}

extension Network {
  /// The same network with float64 weights.
  fileprivate var doublePrecision: Network {
    Network(casting: self, to: .float64)
  }

  fileprivate func replacing(_ name: String, at index: Int, by value: Double) throws -> Network {
    var changed = self
    var parameter = try parameter(name)
    parameter.withMutableElements(of: Double.self) { $0[index] = value }
    try changed.setParameter(name, to: parameter)
    return changed
  }
}
