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

  package struct Validation: Sendable {
    package let x: Tensor
    package let y: Tensor

    package init(x: Tensor, y: Tensor) {
      self.x = x
      self.y = y
    }
  }

  package var epochs = 10
  package var learningRate = 0.01
  package var batch = Batch.samples(32)
  /// Nil: the loss that belongs to the last activation.
  package var loss: Loss?
  package var optimizer = Optimizer.sgd
  /// Draws one `permutation(n)` an epoch. A batch that is the whole set has no order to change:
  /// the draw is made, the samples stay in place.
  package var shuffle = true
  package var reduction = LossReduction.mean
  package var validation: Validation?
  /// Nil: accuracy where the targets are classes.
  package var metrics: [Metric]?

  package init() {}

  func check() throws {
    guard epochs >= 1 else { throw Problem.network(.epochs(epochs)) }
    guard learningRate.isFinite, learningRate > 0 else {
      throw Problem.network(.learningRate(learningRate))
    }
    if case .samples(let count) = batch, count < 1 { throw Problem.network(.batch(count)) }
  }

  func batchSize(of samples: Int) -> Int {
    switch batch {
    case .samples(let count): min(count, samples)
    case .all: samples
    }
  }
}

/// Options of `train` that the language names and this engine does not have yet.
package enum UnbuiltOption: String, Sendable, CaseIterable {
  case momentum, nesterov, l2, schedule, patience, population, mutation, elite

  package var problem: Problem { .network(.notBuilt(option: rawValue)) }
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

  package init(named name: String) throws {
    if name == Metric.accuracy.name {
      self = .accuracy
    } else if let loss = Loss(rawValue: name) {
      self = .loss(loss)
    } else {
      throw Problem.network(
        .unknownWord(
          kind: "metric", name: name,
          known: [Metric.accuracy.name] + Loss.allCases.map(\.rawValue)))
    }
  }
}
