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

  init(_ session: TrainingSession) throws {
    self.session = session
    let network = session.network
    optimizer = try OptimizerRun(
      session.options.optimizer, count: network.parameterCount, dtype: network.dtype,
      from: network.optimizerState)
    gradients = try NumberRoom(network.dtype, network.parameterCount)
    let panels = Samples.panels(0..<session.batchSize)
    lanes = panels.count > 1 ? try PanelLanes(session, panels: panels.count) : nil
  }

  func keep() { optimizer.keep() }
  func state() throws -> OptimizerState { try optimizer.state() }

  func epoch(
    rate: Double, random: inout RandomStream, checkLimits: () throws -> Void
  ) throws -> [(name: String, value: Double)] {
    let (count, size) = (session.data.count, session.batchSize)
    // A single batch needs no order, only the numbers after it.
    let isOrdered = session.options.shuffle && size < count
    if session.options.shuffle, !isOrdered { random.skipPermutation(count) }
    let order = isOrdered ? try random.permutation(count).integers : nil
    session.tally.clear()
    var penalty = 0.0
    for start in stride(from: 0, to: count, by: size) {
      let batch = start..<min(start + size, count)
      penalty += session.penalty * (Double(batch.count) / Double(count))
      try step(batch, order: order, rate: rate, random: &random, checkLimits: checkLimits)
    }
    var measured = session.tally.results()
    measured[0].value += penalty
    return measured
  }

  private func step(
    _ batch: Range<Int>, order: [Int]?, rate: Double, random: inout RandomStream,
    checkLimits: () throws -> Void
  ) throws {
    let workspace = session.workspace
    let divisor = session.loss.gradientDivisor(
      samples: batch.count, outputs: session.network.outputs, session.options.reduction)
    workspace.drawDropout(rows: batch.count, random: &random)
    let panels = Samples.panels(batch)
    if panels.count > 1, let lanes {
      try lanes.run(
        panels, order: order, divisor: divisor, into: gradients, checkLimits: checkLimits)
    } else {
      try checkLimits()
      let x = session.data.load(batch, order: order, into: workspace, for: session.network)
      try workspace.forward(x, rows: batch.count, dropping: 0)
      session.tally.add(workspace, count: batch.count)
      try workspace.backward(
        x, rows: batch.count, loss: session.loss, divisor: divisor, dropping: 0, into: gradients)
    }
    if session.options.l2 != 0 { workspace.addPenalty(session.options.l2, to: gradients) }
    try optimizer.step(workspace.parameters, gradients, rate: rate)
  }
}
