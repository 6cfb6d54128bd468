import NNTensor

@testable import NNNetwork

// The gradients once more, by whole tensors: the twin that the loops of training are held against.

/// dL/dW and dL/db of every layer, in order.
struct Gradients {
  struct OfLayer {
    var weights: Tensor
    var bias: Tensor?
  }

  var layers: [OfLayer]

  /// Adds another panel's sums, element by element.
  mutating func add(_ other: Gradients) throws {
    for index in layers.indices {
      layers[index].weights = try layers[index].weights + other.layers[index].weights
      if let bias = layers[index].bias, let more = other.layers[index].bias {
        layers[index].bias = try bias + more
      }
    }
  }
}

/// The gradient of a loss by the chain rule, from the last layer to the first.
struct Backpropagation {
  let network: Network
  let loss: Loss
  /// What the output's slope is divided by, before any product.
  let divisor: Double

  func gradients(_ pass: ForwardPass, target: Tensor) throws -> Gradients {
    var layers: [Gradients.OfLayer] = []
    let last = network.layers.count - 1
    var dZ = try loss.outputSlope(
      z: pass.sums[last], output: pass.output, of: network.outputActivation, target: target)
    if divisor != 1 { dZ = try dZ / divisor }
    for index in network.layers.indices.reversed() {
      let layer = network.layers[index]
      let input = pass.inputs[index]
      layers.append(
        Gradients.OfLayer(
          weights: try Tensor.matmul(input.transposed(), dZ),
          bias: layer.bias == nil ? nil : try dZ.reduce(.sum, axes: [0])))
      guard index > 0 else { break }
      let dA = try Tensor.matmul(dZ, layer.weights.transposed())
      dZ = try network.layers[index - 1].activation.backward(
        dA, z: pass.sums[index - 1], output: input)
    }
    return Gradients(layers: layers.reversed())
  }
}

extension Loss {
  /// d(row's terms)/dz, of shape (samples, outputs), not yet divided: p − t for the loss that
  /// belongs to the activation, else the chain rule.
  func outputSlope(
    z: Tensor, output: Tensor, of activation: Activation, target: Tensor
  ) throws -> Tensor {
    switch (self, activation) {
    case (.binaryCrossEntropy, .sigmoid), (.crossEntropy, .softmax):
      return try output - target
    default:
      return try activation.backward(
        slope(prediction: output, target: target), z: z, output: output)
    }
  }
}

extension Activation {
  /// The chain rule through the activation: from dL/da to dL/dz, both of shape (samples, units).
  /// A softmax row has a whole Jacobian: `dz = a * (da - sum(da * a))`.
  func backward(_ gradient: Tensor, z: Tensor, output a: Tensor) throws -> Tensor {
    switch self {
    case .linear: return gradient
    case .softmax: return try a * (gradient - (gradient * a).rowSums(keepDims: true))
    default: return try gradient * derivative(at: z, output: a)
    }
  }
}
