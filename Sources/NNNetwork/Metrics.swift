import NNSource
import NNTensor

/// Metrics of `(target, prediction)`, each given as class numbers, one-hot rows or scores.
package enum Metrics {
  /// The share of samples whose two classes agree.
  package static func accuracy(_ target: Tensor, _ prediction: Tensor) throws -> Double {
    let pair = try classPair(target, prediction)
    let equal = zip(pair.target, pair.prediction).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
    return Double(equal) / Double(pair.target.count)
  }

  /// Counts of shape (classes, classes), int64: a row a true class, a column a predicted one. There
  /// are as many classes as `classes` says, or the rows of scores are wide, or the largest number
  /// needs.
  package static func confusionMatrix(
    _ target: Tensor, _ prediction: Tensor, classes: Int? = nil
  ) throws -> Tensor {
    if let classes, classes < 1 { throw Problem.network(.classCount(classes)) }
    let pair = try classPair(target, prediction)
    let width = [target, prediction].map { $0.rank == 2 ? $0.shape[1] : 1 }.reduce(1, max)
    let largest = (pair.target + pair.prediction).reduce(0, max)
    guard largest < ClassNumbers.limit else { throw Problem.network(.classTooLarge(largest)) }
    let count = classes ?? max(width, largest + 1)
    for number in pair.target + pair.prediction {
      guard number >= 0 else { throw Problem.network(.negativeClass(number, index: nil)) }
      guard number < count else {
        throw Problem.network(.classOutOfRange(number, index: nil, classes: count))
      }
    }
    var counts = try Tensor(zeros: [count, count], .int64)
    counts.withMutableElements(of: Int64.self) { elements in
      for (row, column) in zip(pair.target, pair.prediction) {
        elements[row * count + column] += 1
      }
    }
    return counts
  }

  package static func classificationReport(
    _ target: Tensor, _ prediction: Tensor
  ) throws -> ClassificationReport {
    let pair = try classPair(target, prediction)
    return try ClassificationReport(target: pair.target, prediction: pair.prediction)
  }

  private static func classPair(
    _ target: Tensor, _ prediction: Tensor
  ) throws -> (target: [Int], prediction: [Int]) {
    let pair = (target: try classes(target), prediction: try classes(prediction))
    guard pair.target.count == pair.prediction.count, !pair.target.isEmpty else {
      throw Problem.network(
        .metricShapes(target: target.shape.array, prediction: prediction.shape.array))
    }
    return pair
  }

  /// Rank 1 (or a column) of whole numbers is class numbers, of others the scores of one output,
  /// class 1 when over 0.5; of a matrix the place of each row's largest value.
  private static func classes(_ tensor: Tensor) throws -> [Int] {
    switch tensor.rank {
    case 0, 1: return numbers(tensor)
    case 2 where tensor.shape[1] == 1: return numbers(tensor)
    case 2 where tensor.count > 0: return try tensor.reduce(.argmax, axes: [1]).integers
    default: throw Problem.network(.metricRank(shape: tensor.shape.array))
    }
  }

  private static func numbers(_ tensor: Tensor) -> [Int] {
    guard tensor.dtype.isFloat else { return tensor.integers }
    let values = tensor.doubles
    let whole = values.compactMap { Int(exactly: $0) }
    return whole.count == values.count ? whole : values.map { $0 > 0.5 ? 1 : 0 }
  }
}
