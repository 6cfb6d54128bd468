import NNSource
import NNTensor

/// What `evaluate` finds.
package struct Evaluation: Sendable {
  package let samples: Int
  /// Which loss it is.
  package let lossName: Loss
  /// With the penalty of `l2`.
  package let loss: Double
  /// The l2 of the training; 0 when the loss has no penalty.
  package let l2: Double
  /// Nil where the targets are values, not classes.
  package let accuracy: Double?
  package let report: ClassificationReport?
}

/// What `predict` finds.
package struct Prediction: Sendable {
  /// The output layer, (samples, outputs).
  package let scores: Tensor
  /// int64, (samples,): the largest output's place; of a single output, whether it is over 0.5.
  package let classes: Tensor
  /// (samples,): the predicted class's own output, or 1 − it for class 0 of a single one. Nil when
  /// the last layer does not give probabilities.
  package let probabilities: Tensor?
}

extension Network {
  /// The loss (the one it was trained for, with its l2, if none is given), accuracy and per-class
  /// report of the samples `x` against `y`.
  package func evaluate(
    on x: Tensor, _ y: Tensor, loss wanted: Loss? = nil
  ) throws -> Evaluation {
    let loss = wanted ?? self.loss
    let l2 = wanted == nil ? trainedL2 : 0
    try check(loss)
    let data = try LabelledSamples(x, y, for: self, loss: loss)
    let classes = predictsClasses ? data.classes : nil
    let workspace = try Workspace(
      self, capacity: Samples.panelSize(data.count), inputs: !data.samples.areReady(for: self),
      packs: data.count > 1024)
    let tally = try Tally(
      self, loss: loss, reduction: .mean, metrics: classes == nil ? [] : [.accuracy],
      samples: data.count)
    var predicted: [Int] = []
    let source = PanelSource(data, for: self)
    try measure(source, in: workspace, tally) { rows in
      if classes != nil { predicted += try self.classes(of: workspace.outputTensor(rows: rows)) }
    }
    let results = tally.results()
    return Evaluation(
      samples: data.count, lossName: loss,
      loss: results[0].value + (l2 == 0 ? 0 : l2 * workspace.squaredWeights), l2: l2,
      accuracy: classes.map { _ in results[1].value },
      report: try classes.map { try ClassificationReport(target: $0, prediction: predicted) })
  }

  /// The class and the probability of each sample.
  package func predict(_ x: Tensor) throws -> Prediction {
    try checkPredictsClasses()
    let scores = try forward(x)
    let rows = try scores.reshaped([scores.count / outputs, outputs])
    let numbers = try classes(of: rows)
    return Prediction(
      scores: rows, classes: Tensor(numbers, shape: nil),
      probabilities: outputActivation.givesProbabilities
        ? try probabilities(rows, of: numbers) : nil)
  }

  private func probabilities(_ rows: Tensor, of classes: [Int]) throws -> Tensor {
    let values = rows.doubles
    let own = classes.enumerated().map { row, number in
      let value = values[row * outputs + (outputs == 1 ? 0 : number)]
      return outputs == 1 && number == 0 ? 1 - value : value
    }
    return Tensor(own, shape: nil).cast(to: dtype)
  }

  /// The class of each row of outputs.
  func classes(of output: Tensor) throws -> [Int] {
    if outputs == 1 { return output.doubles.map { $0 > 0.5 ? 1 : 0 } }
    return try output.reduce(.argmax, axes: [1]).integers
  }

  /// A single output is a class only where it says yes or no.
  var predictsClasses: Bool {
    outputs > 1 || outputActivation.givesProbabilities || outputActivation == .step
  }

  func checkPredictsClasses() throws {
    guard predictsClasses else {
      throw Problem.network(.noClasses(activation: outputActivation.rawValue))
    }
  }
}
