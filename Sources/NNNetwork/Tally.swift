import NNSource
import NNTensor

/// The loss and the metrics of many panels: rows are collected, and summed once at the end, so
/// that the numbers do not depend on how the samples were cut into batches.
struct Tally {
  let loss: Loss
  let reduction: LossReduction
  let metrics: [Metric]
  private let outputs: Int
  private let dtype: DType
  /// Of the trained-for loss and of those among the metrics.
  private var rows: [Loss: [Double]] = [:]
  private let losses: [Loss]
  private var correct = 0
  private var samples = 0

  init(_ network: Network, loss: Loss, reduction: LossReduction, metrics: [Metric]) {
    self.loss = loss
    self.reduction = reduction
    self.metrics = metrics
    losses = Loss.allCases.filter { $0 == loss || metrics.contains(.loss($0)) }
    outputs = network.outputs
    dtype = network.dtype
  }

  /// Adds a panel whose samples have `target` rows and, where known, `classes`.
  mutating func add(
    _ pass: ForwardPass, of network: Network, target: Tensor, classes: [Int]?
  ) throws {
    samples += target.shape[0]
    for wanted in losses {
      let values = try wanted.rowLosses(
        z: pass.sums[pass.sums.count - 1], output: pass.output, of: network.outputActivation,
        target: target)
      rows[wanted, default: []] += values.doubles
    }
    guard metrics.contains(.accuracy), let classes else { return }
    let predicted = try network.classes(of: pass.output)
    correct += zip(predicted, classes).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
  }

  /// `loss`, then the metrics in their order.
  func results() throws -> [(name: String, value: Double)] {
    var results = [(name: "loss", value: try total(loss, reduction))]
    for metric in metrics {
      switch metric {
      case .accuracy: results.append((metric.name, Double(correct) / Double(samples)))
      case .loss(let loss): results.append((metric.name, try total(loss, .mean)))
      }
    }
    return results
  }

  private func total(_ loss: Loss, _ reduction: LossReduction) throws -> Double {
    let values = Tensor(rows[loss] ?? [], shape: nil).cast(to: dtype)
    return try loss.total(of: values, outputs: outputs, reduction: reduction).number
  }
}

extension Tensor {
  /// The only element, as a Double; nan of an empty tensor.
  var number: Double { scalar?.double ?? .nan }

  /// Whether the only element is true.
  var isTrue: Bool { number != 0 }
}
