// Layers, losses, training and metrics; a library that knows neither the language nor the page.
//
//   [LayerSpecification] ─Network.init, RandomStream→ Network      (Layer, Initializer)
//   Network × samples ─forward→ outputs                            (Activation)
//   Network × samples × targets ─Workspace→ gradients              (Loss)
//   epochs: Trainer ─TrainingSession→ GradientDescent (Workspace, OptimizerRun) or GeneticSearch
//   → Network, History, OptimizerState
//   Network × samples × targets ─evaluate→ Evaluation              (Metrics, ClassificationReport)
//   Network × samples ─predict→ Prediction;  GradientCheck proves the derivatives

import NNSource
import NNTensor

/// A stack of dense layers with their weights, and what training measured. A value: a copy is a
/// copy, and shares its tensors until one side changes them.
package struct Network: Sendable {
  /// float64 or float32: of the weights, and of all that is computed.
  package let dtype: DType
  /// The width of a sample.
  package let inputs: Int
  /// What inputs are divided by before the first layer, as in `input 784 divide=255`.
  package let divisor: Double?
  package internal(set) var layers: [Layer]
  package internal(set) var history = History()
  /// The loss it was last trained for since the weights were drawn or set.
  package internal(set) var trainedLoss: Loss?
  /// The l2 it was last trained with; 0 before.
  package internal(set) var trainedL2 = 0.0
  /// What the optimizer it was last trained with keeps for the next training.
  var optimizerState: OptimizerState?

  package var outputs: Int { layers.last?.outputs ?? inputs }
  package var outputActivation: Activation { layers.last?.activation ?? .linear }
  /// The loss it was trained for, or the one its last activation stands for.
  package var loss: Loss { trainedLoss ?? .standard(for: outputActivation) }
  package var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }

  /// Glorot-uniform weights are drawn from `random` layer by layer; biases are 0.
  package init(
    inputs: Int, divide divisor: Double? = nil, dtype: DType = .float64,
    layers: [LayerSpecification], random: inout RandomStream
  ) throws {
    guard dtype.isFloat else { throw Problem.network(.networkDType(dtype.name)) }
    guard inputs > 0 else { throw Problem.network(.inputSize(inputs)) }
    if let divisor, !(divisor.isFinite && divisor != 0) {
      throw Problem.network(.inputDivisor(divisor))
    }
    self.dtype = dtype
    self.inputs = inputs
    self.divisor = divisor
    self.layers = []
    var width = inputs
    var dropout: Double?
    for specification in layers {
      switch specification {
      case .dropout(let rate):
        guard rate >= 0, rate < 1 else { throw Problem.network(.dropoutRate(rate)) }
        guard dropout == nil else { throw Problem.network(.dropoutTwice) }
        dropout = rate
      case .dense(let units, let activation, let bias):
        guard units > 0 else {
          throw Problem.network(.layerSize(units, layer: self.layers.count + 1))
        }
        self.layers.append(
          Layer(
            activation: activation, dropout: dropout ?? 0,
            weights: try Initializer.glorotUniform.weights(
              fanIn: width, fanOut: units, dtype: dtype, random: &random),
            bias: bias ? try Tensor(zeros: [units], dtype) : nil))
        dropout = nil
        width = units
      }
    }
    guard !self.layers.isEmpty else { throw Problem.network(.noLayers) }
    guard dropout == nil else { throw Problem.network(.dropoutLast) }
  }

  /// What `print` writes: `30-5-3, sigmoid, sigmoid, 165 parameters`.
  package var summary: String {
    let sizes = ([inputs] + layers.map(\.outputs)).map(String.init).joined(separator: "-")
    var parts = [sizes]
    for layer in layers {
      if layer.dropout > 0 { parts.append("dropout \(PythonText.repr(layer.dropout))") }
      parts.append(layer.activation.rawValue)
    }
    parts.append("\(parameterCount) parameter\(parameterCount == 1 ? "" : "s")")
    if dtype != .float64 { parts.append(dtype.name) }
    if history.epochs > 0 {
      parts.append("trained \(history.epochs) epoch\(history.epochs == 1 ? "" : "s")")
    }
    return parts.joined(separator: ", ")
  }
}

extension Network {
  /// Of layers that fit each other.
  init(dtype: DType, inputs: Int, divisor: Double?, layers: [Layer]) {
    self.dtype = dtype
    self.inputs = inputs
    self.divisor = divisor
    self.layers = layers
  }

  /// The same layers with their weights in another dtype.
  init(casting network: Network, to dtype: DType) {
    self.dtype = dtype
    inputs = network.inputs
    divisor = network.divisor
    history = network.history
    trainedLoss = network.trainedLoss
    trainedL2 = network.trainedL2
    layers = network.layers.map { layer in
      Layer(
        activation: layer.activation, dropout: layer.dropout,
        weights: layer.weights.cast(to: dtype),
        bias: layer.bias?.cast(to: dtype))
    }
  }
}
