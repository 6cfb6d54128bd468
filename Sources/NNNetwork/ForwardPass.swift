import NNTensor

/// A panel's way through the layers, kept for the way back.
struct ForwardPass {
  /// What each layer was given: (samples, inputs).
  private(set) var inputs: [Tensor] = []
  /// Each layer's sums: (samples, outputs).
  private(set) var sums: [Tensor] = []
  private(set) var output: Tensor

  init(_ network: Network, _ panel: Tensor) throws {
    output = panel
    for layer in network.layers {
      inputs.append(output)
      let z = try layer.sums(output)
      sums.append(z)
      output = try layer.activation.apply(z)
    }
  }
}
