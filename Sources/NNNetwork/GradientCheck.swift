import NNSource
import NNTensor

/// Backpropagation against central differences, weight by weight: two ways to the same slope that
/// share no formula but the loss itself.
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
    of network: Network, on x: Tensor, _ y: Tensor, loss wanted: Loss? = nil,
    elements: Int = 100, samples limit: Int = 256, checkLimits: () throws -> Void = {}
  ) throws {
    let loss = wanted ?? network.loss
    try network.check(loss)
    let network = network.doublePrecision
    let all = try Samples(x, for: network)
    let targets = try Targets(y, samples: all.count, outputs: network.outputs)
    try targets.check(for: loss)
    let range = 0..<min(all.count, max(1, limit))
    let probe = GradientProbe(
      loss: loss, panel: try all.panel(range, order: nil, for: network),
      target: try targets.rows(range, order: nil, dtype: .float64))
    self.loss = loss
    self.samples = range.count
    let gradients = try probe.gradients(of: network)
    entries = try network.parameterNames.map { name in
      try probe.compare(
        name, of: network, with: gradients.parameter(name, of: network), limit: max(1, elements),
        checkLimits: checkLimits)
    }
  }
}

/// The larger; nan when either is.
private func maximum(_ a: Double, _ b: Double) -> Double {
  a.isNaN || b.isNaN ? .nan : max(a, b)
}

/// The loss of fixed samples as a function of the weights.
struct GradientProbe {
  let loss: Loss
  let panel: Tensor
  let target: Tensor
  private var divisor: Double { Double(target.shape[0]) }

  func gradients(of network: Network) throws -> Gradients {
    let divisor = loss.gradientDivisor(
      samples: target.shape[0], outputs: target.shape[1], .mean)
    return try Backpropagation(network: network, loss: loss, divisor: divisor)
      .gradients(ForwardPass(network, panel), target: target)
  }

  func compare(
    _ name: String, of network: Network, with gradient: Tensor, limit: Int,
    checkLimits: () throws -> Void
  ) throws -> GradientCheck.Entry {
    let slopes = gradient.doubles
    let floor = slopes.map(abs).reduce(0, maximum) / 1000
    var worst = 0.0
    var checked = 0
    var atKinks = 0
    for index in Self.places(limit, of: slopes.count) {
      try checkLimits()
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
    return total.number / (up - down)
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

extension Gradients {
  /// The slopes of the array that `network` calls `name`.
  fileprivate func parameter(_ name: String, of network: Network) throws -> Tensor {
    var slopes = network
    for (index, layer) in layers.enumerated() {
      slopes.layers[index].weights = layer.weights
      slopes.layers[index].bias = layer.bias
    }
    return try slopes.parameter(name)
  }
}
