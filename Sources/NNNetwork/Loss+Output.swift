import NNTensor

// A loss and the last activation, taken together: from the sums z where that is more accurate.
extension Loss {
  /// Each row's terms summed: `output` is the activation's value at `z`, both (samples, outputs).
  ///
  /// Binary cross-entropy after a sigmoid is `max(0, z) - z*t + log1p(exp(-|z|))`, which never
  /// overflows. Cross-entropy after a softmax is `-log p`, except where p is too small to be a
  /// normal number: there it is `log(sum(exp(z - max))) - (z - max)`.
  func rowLosses(
    z: Tensor, output: Tensor, of activation: Activation, target: Tensor
  ) throws -> Tensor {
    switch (self, activation) {
    case (.binaryCrossEntropy, .sigmoid):
      let terms = try z.atLeast(0) - z * target + (-(z.abs())).exp().log1p()
      return try terms.rowSums()
    case (.crossEntropy, .softmax):
      let smallest =
        output.dtype == .float32
        ? Double(Float.leastNormalMagnitude) : Double.leastNormalMagnitude
      let tiny = try output.compared(.less, smallest)
      guard try tiny.reduce(.any).isTrue else { break }
      let shifted = try z - z.reduce(.max, axes: [1], keepDims: true)
      let logSoftmax = try shifted - shifted.exp().rowSums(keepDims: true).log()
      let logarithm = try Tensor.select(tiny, .tensor(logSoftmax), .tensor(output.log()))
      return try Self.weighted(target, logarithm).rowSums()
    default: break
    }
    return try rowLosses(prediction: output, target: target)
  }

  /// Whether the loss takes logarithms, so that predictions have to lie in 0...1.
  var needsProbabilities: Bool { self == .binaryCrossEntropy || self == .crossEntropy }
}

extension Activation {
  /// Whether every value lies between 0 and 1 and has a logarithm.
  var givesProbabilities: Bool { self == .softmax || self == .sigmoid }
}
