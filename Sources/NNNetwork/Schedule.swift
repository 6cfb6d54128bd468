import NNSource
import NNTensor

/// How the learning rate changes over the epochs of a run: epoch e of E, counted from 0.
///
/// | word | rate | source |
/// |---|---|---|
/// | `constant` | `lr` | |
/// | `linear` | `lr * (1 - e / E)` | Keras's `PolynomialDecay`, to 0 |
/// | `cosine` | `lr * (0.5 * (1 + cos(pi * (e / E))))` | Loshchilov & Hutter 2017; Keras's `CosineDecay` |
/// | `exponential` | `lr * 0.1 ** (e / E)` | Keras's `ExponentialDecay`, to a tenth |
/// | `step` | `lr`, from half of the epochs on `lr * 0.1`, from three quarters `lr * 0.01` | He et al. 2016 |
package enum Schedule: String, Sendable, Hashable, CaseIterable, Named {
  case constant, linear, cosine, exponential, step

  package static let kind = "schedule"

  func rate(_ rate: Double, epoch: Int, of epochs: Int) throws -> Double {
    let done = Double(epoch) / Double(epochs)
    switch self {
    case .constant: return rate
    case .linear: return rate * (1 - done)
    case .cosine:
      let cosine = try Scalar.unary(.cos, .float64(.pi * done)).double
      return rate * (0.5 * (1 + cosine))
    case .exponential:
      let tenth = try Scalar.binary(.power, .scalar(.float64(0.1)), .scalar(.float64(done)))
      return rate * tenth.double
    case .step:
      return done < 0.5 ? rate : done < 0.75 ? rate * 0.1 : rate * 0.01
    }
  }
}

/// Stops a training that no longer gets better, as Keras's `EarlyStopping` does: when the watched
/// loss has not been lower than its lowest for `patience` epochs in a row. The weights stay as the
/// last epoch left them.
struct EarlyStopping {
  let patience: Int
  private var lowest = Double.infinity
  private var waited = 0

  init(patience: Int) { self.patience = patience }

  /// Whether this epoch is the last.
  mutating func stops(after loss: Double) -> Bool {
    guard !(loss < lowest) else {
      lowest = loss
      waited = 0
      return false
    }
    waited += 1
    return waited >= patience
  }
}
