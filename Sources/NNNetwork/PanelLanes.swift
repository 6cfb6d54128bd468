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
  /// One for each panel of those that are done at a time.
  private let shares: [NumberRoom]
  private let right: UnsafeMutablePointer<Int>
  private let problems: UnsafeMutablePointer<(any Error)?>

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
    right = .allocate(capacity: count)
    right.initialize(repeating: 0, count: count)
    problems = .allocate(capacity: count)
    problems.initialize(repeating: nil, count: count)
  }

  deinit {
    right.deallocate()
    problems.deinitialize(count: shares.count)
    problems.deallocate()
  }

  /// Forwards and backwards: `gradients` becomes the sum of the panels' shares.
  func run(
    _ panels: [Range<Int>], of batch: Range<Int>, order: [Int]?, divisor: Double,
    into gradients: NumberRoom, checkLimits: () throws -> Void
  ) throws {
    for start in stride(from: 0, to: panels.count, by: shares.count) {
      try checkLimits()
      let window = panels[start..<min(start + shares.count, panels.count)]
      let before = window[start].lowerBound
      inParallel(window.count, workers: workspaces.count) { part, worker in
        let panel = window[start + part]
        let workspace = workspaces[worker]
        let first = panel.lowerBound - batch.lowerBound
        do {
          let x = session.data.load(panel, order: order, into: workspace, for: session.network)
          try workspace.forward(x, rows: panel.count, dropping: first)
          right[part] = session.tally.measure(
            workspace, count: panel.count, after: panel.lowerBound - before)
          try workspace.backward(
            x, rows: panel.count, loss: session.loss, divisor: divisor, dropping: first,
            into: start + part == 0 ? gradients : shares[part])
        } catch {
          problems[part] = error
        }
      }
      for (part, panel) in window.enumerated() {
        if let problem = problems[part] { throw problem }
        session.tally.add(right: right[part], count: panel.count)
      }
      let added: [UnsafeRawPointer?] = ((start == 0 ? 1 : 0)..<window.count).map {
        UnsafeRawPointer(shares[$0].pointer)
      }
      nn_add_panels(
        session.workspace.code, gradients.pointer, added, added.count, gradients.count)
    }
  }
}
