import CNNKernels
import NNSource
import NNTensor

/// Batch after batch: forwards, backwards, one step of the optimizer. Nothing is allocated on the
/// way.
final class GradientDescent: TrainingMethod {
  private let session: TrainingSession
  private let optimizer: OptimizerRun
  private let gradients: NumberRoom
  private let lanes: PanelLanes?
  /// The order in which an epoch takes the samples, if it is not their own.
  private let order: NumberRoom?
  // Of the session and its options, at hand.
  private let workspace: Workspace
  private let source: PanelSource
  private let tally: Tally
  private let loss: Loss
  private let reduction: LossReduction
  private let outputs: Int
  private let batchSize: Int
  private let shuffles: Bool
  private let l2: Double

  init(_ session: TrainingSession) throws {
    self.session = session
    let network = session.network
    optimizer = try OptimizerRun(
      session.options.optimizer, count: network.parameterCount, dtype: network.dtype,
      from: network.optimizerState)
    gradients = try NumberRoom(network.dtype, network.parameterCount)
    workspace = session.workspace
    source = session.source
    tally = session.tally
    loss = session.loss
    reduction = session.options.reduction
    outputs = network.outputs
    batchSize = session.batchSize
    shuffles = session.options.shuffle
    l2 = session.options.l2
    // A single batch needs no order, only the random numbers behind it.
    order = shuffles && batchSize < source.count ? try NumberRoom(.int64, source.count) : nil
    let panels = Samples.panels(0..<batchSize)
    lanes = panels.count > 1 ? try PanelLanes(session, panels: panels.count) : nil
  }

  func keep() { optimizer.keep() }
  func state() throws -> OptimizerState { try optimizer.state() }

  func epoch(
    rate: Double, random: inout RandomStream
  ) throws -> [(name: String, value: Double)] {
    let places = order?.pointer.assumingMemoryBound(to: Int.self)
    if let places {
      try random.permute(UnsafeMutableBufferPointer(start: places, count: source.count))
    } else if shuffles {
      random.skipPermutation(source.count)
    }
    tally.clear()
    var penalty = 0.0
    for start in stride(from: 0, to: source.count, by: batchSize) {
      let batch = start..<min(start + batchSize, source.count)
      if l2 != 0 { penalty += session.penalty * (Double(batch.count) / Double(source.count)) }
      try step(
        batch, order: places.map { UnsafePointer($0) }, rate: rate, random: &random)
    }
    var measured = tally.results()
    measured[0].value += penalty
    return measured
  }

  private func step(
    _ batch: Range<Int>, order: UnsafePointer<Int>?, rate: Double, random: inout RandomStream
  ) throws {
    let divisor = loss.gradientDivisor(samples: batch.count, outputs: outputs, reduction)
    try workspace.drawDropout(rows: batch.count, random: &random)
    let panels = Samples.panels(batch)
    if panels.count > 1, let lanes {
      try lanes.run(
        panels, order: order, divisor: divisor, into: gradients)
    } else {
      try Allowance.check()
      let x = source.load(batch, order: order, into: workspace)
      try workspace.forward(x, rows: batch.count, dropping: 0)
      tally.add(workspace, count: batch.count)
      try workspace.backward(
        x, rows: batch.count, loss: loss, divisor: divisor, dropping: 0, into: gradients)
    }
    if l2 != 0 { workspace.addPenalty(l2, to: gradients) }
    try optimizer.step(workspace.parameters, gradients, rate: rate)
  }
}
