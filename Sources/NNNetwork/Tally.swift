import CNNKernels
import NNSource
import NNTensor

/// The loss and the metrics of many panels: rows are collected, and summed once at the end, so
/// that the numbers do not depend on how the samples were cut into batches.
final class Tally {
  let loss: Loss
  let reduction: LossReduction
  let metrics: [Metric]
  private let outputs: Int
  /// The losses of the samples so far, of the trained-for loss and of those among the metrics.
  private let rows: [(loss: Loss, room: NumberRoom)]
  /// The same as a plain row of memory.
  private let places: UnsafeBufferPointer<(loss: Loss, first: UnsafeMutableRawPointer)>
  private let itemSize: Int
  private let countsRight: Bool
  private var right = 0
  private var samples = 0

  /// For up to `samples` samples.
  init(
    _ network: Network, loss: Loss, reduction: LossReduction, metrics: [Metric], samples: Int
  ) throws {
    self.loss = loss
    self.reduction = reduction
    self.metrics = metrics
    outputs = network.outputs
    countsRight = metrics.contains(.accuracy)
    rows = try Loss.allCases.filter { $0 == loss || metrics.contains(.loss($0)) }
      .map { ($0, try NumberRoom(network.dtype, samples)) }
    let places = UnsafeMutableBufferPointer<(loss: Loss, first: UnsafeMutableRawPointer)>
      .allocate(capacity: rows.count)
    _ = places.initialize(from: rows.map { ($0.loss, $0.room.pointer) })
    self.places = UnsafeBufferPointer(places)
    itemSize = network.dtype.itemSize
  }

  deinit { places.deallocate() }

  /// Begins anew.
  func clear() {
    right = 0
    samples = 0
  }

  /// Adds the panel of `count` samples that has just passed through the workspace.
  func add(_ workspace: Workspace, count: Int) {
    add(right: measure(workspace, count: count, after: 0), count: count)
  }

  /// Adds so many samples whose losses `measure` has written.
  func add(right: Int, count: Int) {
    self.right += right
    samples += count
  }

  /// Writes the losses of the panel of `count` samples that has just passed through the workspace,
  /// the first `offset` places behind those added so far, and gives how many are right. Panels may
  /// be measured at the same time.
  func measure(_ workspace: Workspace, count: Int, after offset: Int) -> Int {
    for (loss, first) in places {
      nn_loss_rows(
        workspace.code, first + (samples + offset) * itemSize, workspace.terms.pointer,
        workspace.outputs(loss, rows: count))
    }
    guard countsRight, let last = workspace.layers.last else { return 0 }
    return nn_count_right(
      workspace.code, last.output, workspace.classes.pointer.assumingMemoryBound(to: Int.self),
      count, outputs)
  }

  /// `loss`, then the metrics in their order.
  func results() -> [(name: String, value: Double)] {
    var results = [(name: "loss", value: total(loss, reduction))]
    for metric in metrics {
      switch metric {
      case .accuracy: results.append((metric.name, Double(right) / Double(samples)))
      case .loss(let loss): results.append((metric.name, total(loss, .mean)))
      }
    }
    return results
  }

  private func total(_ loss: Loss, _ reduction: LossReduction) -> Double {
    guard let room = rows.first(where: { $0.loss == loss })?.room else { return .nan }
    return nn_sum_over(
      Int32(room.dtype.rawValue), room.pointer, samples,
      loss.valueDivisor(samples: samples, outputs: outputs, reduction))
  }
}

extension Tensor {
  /// The only element, as a Double; nan of an empty tensor.
  var number: Double { scalar?.double ?? .nan }

  /// Whether the only element is true.
  var isTrue: Bool { number != 0 }
}
