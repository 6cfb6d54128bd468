import NNSource
import NNTensor

/// How `train` goes about it. The defaults are Keras's.
package struct TrainingOptions: Sendable {
  package enum Batch: Sendable, Hashable {
    /// One step after so many samples; the last batch of an epoch may be shorter.
    case samples(Int)
    /// One step an epoch, after the whole set.
    case all
  }

  package enum Validation: Sendable {
    /// Samples of their own.
    case samples(x: Tensor, y: Tensor)
    /// The last samples, `n - floor(n * (1 - share))` of them, which are not trained on.
    case share(Double)
  }

  package var epochs = 10
  /// Nil: the optimizer's own.
  package var learningRate: Double?
  /// How the rate changes from epoch to epoch. A function of one's own is an argument of
  /// `Trainer.train`.
  package var schedule = Schedule.constant
  package var batch = Batch.samples(32)
  /// Nil: the loss that belongs to the last activation.
  package var loss: Loss?
  package var optimizer = Optimizer(.sgd)
  /// Draws one `permutation(n)` an epoch. A batch that is the whole set has no order to change:
  /// the draw is made, the samples stay in place. A genetic search has no batches and draws none.
  package var shuffle = true
  package var reduction = LossReduction.mean
  package var validation: Validation?
  /// Nil: accuracy where the targets are classes.
  package var metrics: [Metric]?
  /// What is added to the loss: l2 times the sum of the squares of all weights, without biases
  /// (Keras's `kernel_regularizer=L2(l2)` in every layer). A slope is `dW + 2 * l2 * W`.
  package var l2 = 0.0
  /// Stops when `val_loss` — `loss` without validation — was not lower than before for so many
  /// epochs in a row.
  package var patience: Int?

  package init() {}

  func check() throws {
    guard epochs >= 1 else { throw Problem.network(.epochs(epochs)) }
    if let learningRate, !(learningRate.isFinite && learningRate > 0) {
      throw Problem.network(.learningRate(learningRate))
    }
    if case .samples(let count) = batch, count < 1 { throw Problem.network(.batch(count)) }
    guard l2.isFinite, l2 >= 0 else { throw Problem.network(.l2(l2)) }
    if let patience, patience < 1 { throw Problem.network(.patience(patience)) }
    if case .share(let share) = validation, !(share > 0 && share < 1) {
      throw Problem.network(.validationShare(share))
    }
    try optimizer.check()
  }

  func batchSize(of samples: Int) -> Int {
    switch batch {
    case .samples(let count): min(count, samples)
    case .all: samples
    }
  }
}

/// What an epoch measures beside its loss.
package enum Metric: Sendable, Hashable {
  /// The share of samples whose class is the predicted one.
  case accuracy
  /// A loss by name, beside the one that is trained for; a mean, whatever `reduction` says.
  case loss(Loss)

  package var name: String {
    switch self {
    case .accuracy: "accuracy"
    case .loss(let loss): loss.rawValue
    }
  }

  /// The words for those there are.
  package static let names = ["accuracy"] + Loss.allCases.map(\.rawValue)

  package init(named name: String) throws {
    if name == Metric.accuracy.name {
      self = .accuracy
    } else if let loss = Loss(rawValue: name) {
      self = .loss(loss)
    } else {
      throw Problem.network(.unknownWord(kind: "metric", name: name, known: Self.names))
    }
  }
}
