import NNSource
import NNTensor

/// Trains a network by gradient descent: for each epoch, for each batch, forwards, backwards, step.
package struct Trainer: Sendable {
  package let options: TrainingOptions

  /// What an epoch measured, as soon as it is over.
  package struct Progress: Sendable {
    /// Of this run, from 1.
    package let epoch: Int
    package let epochs: Int
    /// Of all runs, from 1.
    package let trained: Int
    /// `loss`, the metrics, then both with `val_` before.
    package let measured: [(name: String, value: Double)]

    package subscript(name: String) -> Double? { measured.first { $0.name == name }?.value }
    package var loss: Double { self["loss"] ?? .nan }
    package var accuracy: Double? { self["accuracy"] }
  }

  package init(_ options: TrainingOptions) { self.options = options }

  /// Trains `network` on the samples `x` (see `Network.forward`) and `y`: class numbers, or rows of
  /// targets. Goes on where an earlier training stopped, and appends to the history: each epoch's
  /// numbers are measured by its own forward passes, before each step.
  ///
  /// `random` gives one permutation an epoch. `progress` is called after every epoch; `checkLimits`
  /// before every panel of samples, and stops the training by throwing. Whatever is thrown,
  /// `network` stays as its last whole epoch left it. A loss or a weight that is nan or infinite is
  /// a problem. Returns what the reader should be told besides.
  @discardableResult
  package func train(
    _ network: inout Network, on x: Tensor, _ y: Tensor, random: inout RandomStream,
    progress: (Progress) throws -> Void = { _ in }, checkLimits: () throws -> Void = {}
  ) throws -> [Problem] {
    var run = try TrainingRun(options, network: network, x: x, y: y)
    for epoch in 1...options.epochs {
      let order = options.shuffle ? try random.permutation(run.samples.count).integers : nil
      let measured = try run.epoch(order: order, checkLimits: checkLimits)
      network = run.network
      try progress(
        Progress(
          epoch: epoch, epochs: options.epochs, trained: network.history.epochs,
          measured: measured))
    }
    return try [network.inputWarning(x)].compactMap(\.self)
  }
}

/// One call of `train`.
private struct TrainingRun {
  private(set) var network: Network
  let samples: Samples
  private let targets: Targets
  private let classes: [Int]?
  private let validation: Validation?
  private let options: TrainingOptions
  private let loss: Loss
  private let metrics: [Metric]
  private let batchSize: Int
  private var optimizer: OptimizerState

  init(_ options: TrainingOptions, network: Network, x: Tensor, y: Tensor) throws {
    try options.check()
    self.options = options
    self.network = network
    loss = options.loss ?? .standard(for: network.outputActivation)
    try network.check(loss)
    optimizer = try OptimizerState(options.optimizer, learningRate: options.learningRate)
    samples = try Samples(x, for: network)
    targets = try Targets(y, samples: samples.count, outputs: network.outputs)
    try targets.check(for: loss)
    classes = try targets.classes()
    metrics = try network.metrics(options.metrics, classes: classes, targets)
    batchSize = options.batchSize(of: samples.count)
    validation = try Validation(options.validation, for: network, loss: loss, metrics: metrics)
    self.network.trainedLoss = loss
  }

  /// One pass over all samples in `order`; gives what it measured.
  mutating func epoch(
    order: [Int]?, checkLimits: () throws -> Void
  ) throws -> [(name: String, value: Double)] {
    let order = batchSize == samples.count ? nil : order
    var tally = Tally(network, loss: loss, reduction: options.reduction, metrics: metrics)
    for start in stride(from: 0, to: samples.count, by: batchSize) {
      let batch = start..<min(start + batchSize, samples.count)
      try step(batch, order: order, tally: &tally, checkLimits: checkLimits)
    }
    var measured = try tally.results()
    guard measured[0].value.isFinite else {
      throw try divergence(.loss(measured[0].value))
    }
    guard try network.isFinite else { throw try divergence(.weights) }
    if let validation {
      let results = try network.measure(
        validation.samples, validation.targets, classes: validation.classes, loss: loss,
        reduction: options.reduction, metrics: metrics, checkLimits: checkLimits)
      measured += results.map { ("val_" + $0.name, $0.value) }
    }
    network.history.append(measured)
    return measured
  }

  /// Forwards and backwards over one batch, panel by panel, and one step of the optimizer.
  private mutating func step(
    _ batch: Range<Int>, order: [Int]?, tally: inout Tally, checkLimits: () throws -> Void
  ) throws {
    let divisor = loss.gradientDivisor(
      samples: batch.count, outputs: network.outputs, options.reduction)
    let backpropagation = Backpropagation(network: network, loss: loss, divisor: divisor)
    var sum: Gradients?
    for panel in Samples.panels(batch) {
      try checkLimits()
      let pass = try ForwardPass(network, samples.panel(panel, order: order, for: network))
      let target = try targets.rows(panel, order: order, dtype: network.dtype)
      try tally.add(
        pass, of: network, target: target,
        classes: classes.map { classes in panel.map { classes[order?[$0] ?? $0] } })
      let gradients = try backpropagation.gradients(pass, target: target)
      if sum == nil { sum = gradients } else { try sum?.add(gradients) }
    }
    if let sum { try optimizer.update(&network, sum) }
  }

  /// The problem that says what went wrong first: numbers given that are not finite, or steps that
  /// were too long.
  private func divergence(_ what: NetworkProblem.Diverged) throws -> Problem {
    if let place = try samples.matrix.firstNotFinite {
      return .network(.inputNotFinite(place.value, sample: place.row, column: place.column))
    }
    if case .rows(let rows) = targets.form, let place = try rows.firstNotFinite {
      return .network(.targetNotFinite(place.value, sample: place.row, column: place.column))
    }
    return .network(
      .diverged(what, epoch: network.history.epochs + 1, learningRate: options.learningRate))
  }
}

/// The samples an epoch is measured with after its steps.
private struct Validation {
  let samples: Samples
  let targets: Targets
  let classes: [Int]?

  init?(
    _ pair: TrainingOptions.Validation?, for network: Network, loss: Loss, metrics: [Metric]
  ) throws {
    guard let pair else { return nil }
    do {
      samples = try Samples(pair.x, for: network)
      targets = try Targets(pair.y, samples: samples.count, outputs: network.outputs)
      try targets.check(for: loss)
      classes = try targets.classes()
      _ = try network.metrics(metrics, classes: classes, targets)
    } catch Problem.network(let problem) {
      throw Problem.network(.inValidation(problem))
    }
  }
}

extension Network {
  /// A problem when the last activation gives values that `loss` has no logarithm for.
  func check(_ loss: Loss) throws {
    guard !loss.needsProbabilities || outputActivation.givesProbabilities else {
      throw Problem.network(
        .lossNeedsProbabilities(loss: loss.rawValue, activation: outputActivation.rawValue))
    }
  }

  /// The metrics to measure: those asked for, or accuracy where samples have a class.
  func metrics(_ wanted: [Metric]?, classes: [Int]?, _ targets: Targets) throws -> [Metric] {
    guard let wanted else { return classes != nil && predictsClasses ? [.accuracy] : [] }
    for metric in wanted {
      switch metric {
      case .loss(let loss):
        try check(loss)
        try targets.check(for: loss)
      case .accuracy:
        try checkPredictsClasses()
        guard classes != nil else {
          throw Problem.network(.accuracyNeedsClasses(outputs: outputs))
        }
      }
    }
    return wanted
  }

  fileprivate var isFinite: Bool {
    get throws {
      for layer in layers {
        for parameter in [layer.weights, layer.bias].compactMap(\.self) {
          let finite = try Tensor.unary(.isfinite, parameter)
          guard try finite.reduce(.all).isTrue else { return false }
        }
      }
      return true
    }
  }
}

extension Tensor {
  /// Where the first nan or infinity of a matrix stands.
  fileprivate var firstNotFinite: (value: Double, row: Int, column: Int)? {
    get throws {
      guard dtype.isFloat, rank == 2 else { return nil }
      let places = try Tensor.unary(.logicalNot, .unary(.isfinite, self)).nonzero()
      guard let row = places[0].integers.first, let column = places[1].integers.first else {
        return nil
      }
      return (self[flat: row * shape[1] + column].double, row, column)
    }
  }
}
