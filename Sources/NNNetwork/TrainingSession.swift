import CNNKernels
import NNSource
import NNTensor

/// What one call of `train` works with, whatever the method: samples, rooms, and the network as its
/// last whole epoch left it.
final class TrainingSession {
  let options: TrainingOptions
  /// As it was given; the weights at work are in the workspace.
  let network: Network
  let loss: Loss
  let metrics: [Metric]
  let data: LabelledSamples
  let source: PanelSource
  let validation: PanelSource?
  let batchSize: Int
  let learningRate: Double
  let workspace: Workspace
  let tally: Tally
  private let validationTally: Tally?
  private let kept: NumberRoom
  private(set) var history: History

  init(_ options: TrainingOptions, network: Network, x: Tensor, y: Tensor) throws {
    self.options = options
    self.network = network
    loss = options.loss ?? .standard(for: network.outputActivation)
    try network.check(loss)
    let all = try LabelledSamples(x, y, for: network, loss: loss)
    metrics = try network.metrics(options.metrics, classes: all.classes, all.targets)
    let others: LabelledSamples?
    (data, others) = try Self.split(all, options.validation, network, loss, metrics)
    source = PanelSource(data, for: network)
    validation = others.map { PanelSource($0, for: network) }
    learningRate = options.learningRate ?? options.optimizer.kind.learningRate
    let isGenetic = options.optimizer.kind == .genetic
    batchSize = isGenetic ? data.count : options.batchSize(of: data.count)
    let takenInPlace =
      (batchSize == data.count || !options.shuffle) && data.samples.areReady(for: network)
      && others?.samples.areReady(for: network) != false
    workspace = try Workspace(
      network,
      // A short last batch may be one panel that is larger than those of the others.
      capacity: max(
        Samples.panelSize(batchSize), Samples.panelSize(data.count % batchSize),
        validation.map { Samples.panelSize($0.count) } ?? 0),
      inputs: !takenInPlace, learns: !isGenetic, batch: batchSize,
      packs: max(batchSize, validation?.count ?? 0) > 1024)
    tally = try Tally(
      network, loss: loss, reduction: options.reduction, metrics: metrics, samples: data.count)
    validationTally =
      if let validation {
        try Tally(
          network, loss: loss, reduction: options.reduction, metrics: metrics,
          samples: validation.count)
      } else {
        nil
      }
    kept = try NumberRoom(network.dtype, network.parameterCount)
    kept.copy(workspace.parameters)
    history = network.history
  }

  private static func split(
    _ all: LabelledSamples, _ validation: TrainingOptions.Validation?, _ network: Network,
    _ loss: Loss, _ metrics: [Metric]
  ) throws -> (LabelledSamples, LabelledSamples?) {
    switch validation {
    case nil: return (all, nil)
    case .share(let share):
      let place = Int((Double(all.count) * (1 - share)).rounded(.down))
      guard place >= 1, place < all.count else {
        throw Problem.network(.emptyShare(share, samples: all.count))
      }
      return try all.split(at: place)
    case .samples(let x, let y):
      do {
        let other = try LabelledSamples(x, y, for: network, loss: loss)
        _ = try network.metrics(metrics, classes: other.classes, other.targets)
        return (all, other)
      } catch Problem.network(let problem) {
        throw Problem.network(.inValidation(problem))
      }
    }
  }

  // MARK: Epochs

  /// One epoch, and what is measured after it.
  func epoch(
    _ method: any TrainingMethod, rate: Double, random: inout RandomStream
  ) throws -> [(name: String, value: Double)] {
    var measured = try method.epoch(rate: rate, random: &random)
    guard measured[0].value.isFinite else { throw try divergence(.loss(measured[0].value), rate) }
    let parameters = workspace.parameters
    guard nn_all_finite(workspace.code, parameters.pointer, parameters.count) != 0 else {
      throw try divergence(.weights, rate)
    }
    if let validation, let validationTally {
      let results = try measure(validation, validationTally)
      measured += results.map { ("val_" + $0.name, $0.value) }
    }
    return measured
  }

  /// Loss and metrics of samples under the present weights; the loss with its penalty.
  func measure(
    _ source: PanelSource, _ tally: Tally
  ) throws -> [(name: String, value: Double)] {
    try network.measure(source, in: workspace, tally)
    var results = tally.results()
    results[0].value += penalty
    return results
  }

  /// What l2 adds to the loss under the present weights.
  var penalty: Double { options.l2 == 0 ? 0 : options.l2 * workspace.squaredWeights }

  /// The loss that `patience` watches.
  var watched: String { validation == nil ? "loss" : "val_loss" }

  func watchedLoss(_ measured: [(name: String, value: Double)]) -> Double {
    measured.first { $0.name == watched }?.value ?? .nan
  }

  /// The problem that says what went wrong first: numbers given that are not finite, or steps that
  /// were too long.
  private func divergence(_ what: NetworkProblem.Diverged, _ rate: Double) throws -> Problem {
    if let place = try data.samples.matrix.firstNotFinite {
      return .network(.inputNotFinite(place.value, sample: place.row, column: place.column))
    }
    if case .rows(let rows) = data.targets.form, let place = try rows.firstNotFinite {
      return .network(.targetNotFinite(place.value, sample: place.row, column: place.column))
    }
    return .network(.diverged(what, epoch: history.epochs + 1, learningRate: rate))
  }

  // MARK: What is kept

  /// An epoch is over: its weights are those to keep.
  func keep(_ measured: [(name: String, value: Double)], _ method: any TrainingMethod) {
    kept.copy(workspace.parameters)
    method.keep()
    history.append(measured)
  }

  /// Gives `network` the weights, the history and the optimizer's state after the last whole epoch.
  func write(to network: inout Network, _ method: any TrainingMethod) throws {
    guard history.epochs > network.history.epochs else { return }
    var changed = try workspace.network(network, with: kept)
    changed.history = history
    changed.trainedLoss = loss
    changed.trainedL2 = options.l2
    changed.optimizerState = try method.state()
    network = changed
  }
}

extension Network {
  /// Runs samples forwards, and tallies them.
  func measure(
    _ source: PanelSource, in workspace: Workspace, _ tally: Tally,
    forEach body: (Int) throws -> Void = { _ in }
  ) throws {
    tally.clear()
    let panels = Samples.panels(0..<source.count)
    if panels.count > 1 { workspace.packWeights() }
    for panel in panels {
      try Allowance.check()
      let x = source.load(panel, order: nil, into: workspace)
      try workspace.forward(x, rows: panel.count, isPacked: panels.count > 1)
      tally.add(workspace, count: panel.count)
      try body(panel.count)
    }
  }

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
