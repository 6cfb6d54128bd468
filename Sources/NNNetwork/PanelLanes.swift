import CNNKernels
import NNSource
import NNTensor

/// The panels of a large batch, several at a time: each worker has a workspace, each panel a room
/// for its share of the gradients. The shares are added in the order of the panels, so no bit
/// depends on who did which.
final class PanelLanes {
  private let session: TrainingSession
  /// One for each worker, the session's own for the first.
  private let workspaces: [Workspace]
  /// One for each panel of those that are done at a time, and where they stand.
  private let shares: [NumberRoom]
  private let places: UnsafeMutablePointer<UnsafeRawPointer?>
  private let right: UnsafeMutablePointer<Int>
  private let problems: UnsafeMutablePointer<(any Error)?>
  private var batch = Batch()

  /// What the workers read.
  private struct Batch {
    var panels = Samples.panels(0..<0)
    var order: UnsafePointer<Int>?
    var divisor = 1.0
    /// The first of the panels that are done now.
    var start = 0
    /// Where the first panel's share goes.
    var gradients: NumberRoom?
  }

  /// The most panels at a time, and the most memory that their gradients and workspaces take.
  private static let mostPanels = 16
  private static let mostBytes = 24 << 20

  /// For batches of up to so many panels.
  init(_ session: TrainingSession, panels: Int) throws {
    self.session = session
    let network = session.network
    let size = max(network.parameterCount * network.dtype.itemSize, 1)
    let count = max(1, min(panels, Self.mostPanels, Self.mostBytes / size))
    shares = try (0..<count).map { _ in try NumberRoom(network.dtype, network.parameterCount) }
    let main = session.workspace
    let workers = min(Int(nn_threads()), count, max(1, Self.mostBytes / max(main.byteCount, 1)))
    workspaces = try (0..<workers).map { worker in
      worker == 0
        ? main
        : try Workspace(
          network, capacity: main.capacity, inputs: main.inputs != nil, learns: true, beside: main)
    }
    places = .allocate(capacity: count)
    for (index, share) in shares.enumerated() {
      (places + index).initialize(to: UnsafeRawPointer(share.pointer))
    }
    right = .allocate(capacity: count)
    right.initialize(repeating: 0, count: count)
    problems = .allocate(capacity: count)
    problems.initialize(repeating: nil, count: count)
  }

  deinit {
    places.deallocate()
    right.deallocate()
    problems.deinitialize(count: shares.count)
    problems.deallocate()
  }

  /// Forwards and backwards: `gradients` becomes the sum of the panels' shares.
  func run(
    _ panels: Samples.Panels, order: UnsafePointer<Int>?, divisor: Double,
    into gradients: NumberRoom
  ) throws {
    batch = Batch(panels: panels, order: order, divisor: divisor, gradients: gradients)
    session.workspace.packWeights()
    while batch.start < panels.count {
      try Allowance.check()
      let count = min(shares.count, panels.count - batch.start)
      places[0] = UnsafeRawPointer(batch.start == 0 ? gradients.pointer : shares[0].pointer)
      nn_fold_panels(
        session.workspace.code, gradients.pointer, places, count, gradients.count,
        Int32(workspaces.count),
        { lanes, part, worker in
          guard let lanes else { return }
          Unmanaged<PanelLanes>.fromOpaque(lanes).takeUnretainedValue().run(part, by: Int(worker))
        }, Unmanaged.passUnretained(self).toOpaque())
      for part in 0..<count {
        if let problem = problems[part] { throw problem }
        session.tally.add(right: right[part], count: panels[batch.start + part].count)
      }
      batch.start += count
    }
  }

  private func run(_ part: Int, by worker: Int) {
    let panel = batch.panels[batch.start + part]
    let workspace = workspaces[worker]
    let first = panel.lowerBound - batch.panels[0].lowerBound
    do {
      let x = session.source.load(panel, order: batch.order, into: workspace)
      try workspace.forward(x, rows: panel.count, dropping: first, isPacked: true)
      right[part] = session.tally.measure(
        workspace, count: panel.count,
        after: panel.lowerBound - batch.panels[batch.start].lowerBound)
      try workspace.backward(
        x, rows: panel.count, loss: session.loss, divisor: batch.divisor, dropping: first,
        into: batch.start + part == 0 ? batch.gradients ?? shares[part] : shares[part])
    } catch {
      problems[part] = error
    }
  }
}
