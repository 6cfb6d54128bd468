/// NumPy's print options, at their defaults.
enum PrintOptions {
  /// Digits behind the decimal point.
  static let precision = 8
  /// Arrays of more elements are summarised.
  static let threshold = 1000
  /// Elements shown at either end of a summarised axis.
  static let edgeItems = 3
  static let lineWidth = 75
}

/// Which elements of an array its printed text shows.
struct PrintedPart {
  let shape: [Int]
  /// Whether long axes show their ends only.
  let isSummarised: Bool

  init(shape: [Int]) {
    self.shape = shape
    let (count, overflow) = shape.reduce((1, false)) { total, length in
      let (product, overflow) = total.0.multipliedReportingOverflow(by: length)
      return (product, total.1 || overflow)
    }
    isSummarised = overflow || count > PrintOptions.threshold
  }

  func isCut(axis: Int) -> Bool { isSummarised && shape[axis] > 2 * PrintOptions.edgeItems }

  /// The indices shown along an axis.
  func shown(axis: Int) -> [Int] {
    guard isCut(axis: axis) else { return Array(0..<shape[axis]) }
    let end = shape[axis]
    return Array(0..<PrintOptions.edgeItems) + Array(end - PrintOptions.edgeItems..<end)
  }

  /// The row-major positions of all elements shown.
  var elements: [Int] {
    shape.indices.reduce([0]) { positions, axis in
      let along = shown(axis: axis)
      return positions.flatMap { position in along.map { position * shape[axis] + $0 } }
    }
  }
}
