import NNSource
import NNTensor

/// Trains a network: for each epoch, for each batch, forwards, backwards, step; or by a genetic
/// search.
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
    /// How long the epochs that are left will take, if they take as long as those so far.
    package let timeLeft: Duration

    package subscript(name: String) -> Double? { measured.first { $0.name == name }?.value }
    package var loss: Double { self["loss"] ?? .nan }
    package var accuracy: Double? { self["accuracy"] }
  }

  /// How a training ended.
  package struct Outcome: Sendable {
    /// What the reader should be told besides.
    package let warnings: [Problem]
    /// The epoch of this run after which `patience` was at its end.
    package let stoppedAfter: Int?
    /// What `patience` watched.
    package let watched: String
  }

  /// The learning rate of epoch `epoch` of this run, counted from 0, from the rate of the epoch
  /// before (Keras's `LearningRateScheduler`).
  package typealias RateFunction = (_ epoch: Int, _ rate: Double) throws -> Double

  package init(_ options: TrainingOptions) { self.options = options }

  /// Trains `network` on the samples `x` (see `Network.forward`) and `y`: class numbers, or rows of
  /// targets. Goes on where an earlier training stopped, with what its optimizer kept if it is the
  /// same, and appends to the history: each epoch's numbers are measured by its own forward passes,
  /// before each step. With an `l2`, `loss` and `val_loss` hold the penalty. With a schedule, the
  /// history holds `lr`.
  ///
  /// `random` gives one permutation an epoch, then one `rand(batch, inputs)` for each layer with
  /// dropout and batch. `rate` is a schedule of one's own. `progress` is called after every epoch.
  /// Before every panel of samples the training looks at its allowance. Whatever is thrown,
  /// `network` stays as its last whole epoch left it. A loss or a weight that is nan or infinite is a
  /// problem.
  @discardableResult
  package func train(
    _ network: inout Network, on x: Tensor, _ y: Tensor, random: inout RandomStream,
    progress: (Progress) throws -> Void = { _ in },
    rate scheduled: RateFunction? = nil
  ) throws -> Outcome {
    try options.check()
    let session = try TrainingSession(options, network: network, x: x, y: y)
    let method: any TrainingMethod =
      options.optimizer.kind == .genetic
      ? try GeneticSearch(session, random: &random) : try GradientDescent(session)
    let isScheduled = scheduled != nil || options.schedule != .constant
    var stopping = options.patience.map { EarlyStopping(patience: $0) }
    var stoppedAfter: Int?
    let clock = ContinuousClock()
    let start = clock.now
    var rate = session.learningRate
    // What was thrown matters more than a state that could not be copied.
    do {
      for epoch in 0..<options.epochs where stoppedAfter == nil {
        rate = try nextRate(epoch, rate, of: session, scheduled)
        var measured = try session.epoch(
          method, rate: rate, random: &random)
        if isScheduled { measured.append(("lr", rate)) }
        session.keep(measured, method)
        if stopping?.stops(after: session.watchedLoss(measured)) == true {
          stoppedAfter = epoch + 1
        }
        let left = Self.timeLeft(clock.now - start, epoch + 1, of: options.epochs)
        try progress(
          Progress(
            epoch: epoch + 1, epochs: options.epochs, trained: session.history.epochs,
            measured: measured, timeLeft: stoppedAfter == nil ? left : .zero))
      }
    } catch {
      try session.write(to: &network, method)
      throw error
    }
    try session.write(to: &network, method)
    return Outcome(
      warnings: try [network.inputWarning(x)].compactMap(\.self), stoppedAfter: stoppedAfter,
      watched: session.watched)
  }

  /// A century at most: more epochs than can ever be run may have been asked for.
  private static func timeLeft(_ taken: Duration, _ epoch: Int, of epochs: Int) -> Duration {
    let seconds = (taken / .seconds(1)) / Double(epoch) * Double(epochs - epoch)
    return .seconds(min(seconds, 3e9))
  }

  private func nextRate(
    _ epoch: Int, _ rate: Double, of session: TrainingSession, _ scheduled: RateFunction?
  ) throws -> Double {
    guard let scheduled else {
      return try options.schedule.rate(session.learningRate, epoch: epoch, of: options.epochs)
    }
    let next = try scheduled(epoch, rate)
    guard next.isFinite, next >= 0 else {
      throw Problem.network(.scheduledRate(next, epoch: epoch))
    }
    return next
  }
}

/// A way to better weights.
protocol TrainingMethod {
  /// One pass over all samples; gives what it measured.
  func epoch(
    rate: Double, random: inout RandomStream
  ) throws -> [(name: String, value: Double)]
  /// An epoch is over: what is kept between epochs now is what `state` gives.
  func keep()
  /// What a training that goes on needs.
  func state() throws -> OptimizerState
}
