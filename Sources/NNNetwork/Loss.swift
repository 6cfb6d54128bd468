import NNSource
import NNTensor

/// How far a prediction is from its target. With m outputs and n samples:
///
/// | loss | of one sample | averaged over |
/// |---|---|---|
/// | `mse` | Σ (p − t)² | samples and outputs |
/// | `half_mse` | ½ Σ (p − t)² | samples; its gradient is p − t |
/// | `binary_cross_entropy` | −Σ (t log p + (1 − t) log(1 − p)) | samples and outputs |
/// | `cross_entropy` | −Σ t log p | samples |
///
/// A sample's terms are summed over its row, the rows' sums over the samples, and the total is
/// divided once.
package enum Loss: String, Sendable, Hashable, CaseIterable, Named {
  case mse
  case halfMse = "half_mse"
  case binaryCrossEntropy = "binary_cross_entropy"
  case crossEntropy = "cross_entropy"

  package static let kind = "loss"

  /// The loss that fits the last layer: the negative log likelihood of what the activation says
  /// (a choice of one class, yes or no for each output, else a value with Gaussian noise), so that
  /// dL/dz is p − t up to a constant.
  package static func standard(for activation: Activation) -> Loss {
    switch activation {
    case .softmax: .crossEntropy
    case .sigmoid: .binaryCrossEntropy
    default: .mse
    }
  }

  /// The loss of `prediction`, of shape (samples, outputs) or (outputs,), against class numbers or
  /// rows of the same shape. Rank 0, in the prediction's float dtype.
  package func value(_ prediction: Tensor, _ target: Tensor) throws -> Tensor {
    let pair = try LossPair(self, prediction, target)
    let rows = try rowLosses(prediction: pair.prediction, target: pair.target)
    return try total(of: rows, outputs: pair.outputs, reduction: .mean)
  }

  /// dL/dp of the mean loss, of the prediction's shape.
  package func gradient(_ prediction: Tensor, _ target: Tensor) throws -> Tensor {
    let pair = try LossPair(self, prediction, target)
    let slope = try slope(prediction: pair.prediction, target: pair.target)
    let divisor = gradientDivisor(samples: pair.samples, outputs: pair.outputs, .mean)
    return try (slope / divisor).reshaped(prediction.shape.array)
  }
}

/// What is done with the samples' losses.
package enum LossReduction: String, Sendable, Hashable, CaseIterable, Named {
  case mean, sum

  package static let kind = "reduction"
}

extension Loss {
  /// The number the summed terms are divided by, once.
  func valueDivisor(samples: Int, outputs: Int, _ reduction: LossReduction) -> Double {
    let half: Double = self == .halfMse ? 2 : 1
    return half * gradientDivisor(samples: samples, outputs: outputs, reduction)
  }

  /// The number `slope` is divided by, once, elementwise and before any matrix product.
  func gradientDivisor(samples: Int, outputs: Int, _ reduction: LossReduction) -> Double {
    guard reduction == .mean else { return 1 }
    switch self {
    case .mse, .binaryCrossEntropy: return Double(samples) * Double(outputs)
    case .halfMse, .crossEntropy: return Double(samples)
    }
  }

  /// The loss of all samples from their row losses, shape (samples,).
  func total(of rows: Tensor, outputs: Int, reduction: LossReduction) throws -> Tensor {
    let divisor = valueDivisor(samples: rows.count, outputs: outputs, reduction)
    return try rows.reduce(.sum) / divisor
  }

  /// Each row's terms summed, from predictions of shape (samples, outputs). A term whose factor t
  /// (or 1 − t) is 0 is 0, whatever the logarithm beside it.
  func rowLosses(prediction p: Tensor, target t: Tensor) throws -> Tensor {
    switch self {
    case .mse, .halfMse:
      let difference = try p - t
      return try (difference * difference).rowSums()
    case .crossEntropy:
      return try Self.weighted(t, p.log()).rowSums()
    case .binaryCrossEntropy:
      let yes = try Self.weighted(t, p.log())
      let no = try Self.weighted(1 - t, (1 - p).log())
      return try (yes + no).rowSums()
    }
  }

  /// `-(weight * logarithm)`, 0 where the weight is 0.
  static func weighted(_ weight: Tensor, _ logarithm: Tensor) throws -> Tensor {
    try .select(
      weight.compared(.equal, 0), .weakFloat(0), .tensor(weight * -logarithm))
  }

  /// d(row's terms)/dp, of shape (samples, outputs), not yet divided. 0 where prediction and
  /// target agree, also at the ends of the logarithms.
  func slope(prediction p: Tensor, target t: Tensor) throws -> Tensor {
    switch self {
    case .mse: return try 2 * (p - t)
    case .halfMse: return try p - t
    case .crossEntropy:
      return try .select(t.compared(.equal, 0), .weakFloat(0), .tensor(-(t / p)))
    case .binaryCrossEntropy:
      let agree = try Tensor.binary(.equal, .tensor(p), .tensor(t))
      return try .select(agree, .weakFloat(0), .tensor((p - t) / (p * (1 - p))))
    }
  }
}
