import NNSource
import NNTensor

/// Class numbers, checked: whole and not negative, one a sample.
package struct ClassNumbers: Sendable {
  package let numbers: [Int]

  /// From a tensor of any shape, read in row-major order. Floats have to be whole.
  package init(_ tensor: Tensor, below classes: Int? = nil) throws {
    let whole = try Self.integers(tensor)
    for (index, number) in whole.enumerated() {
      guard number < Self.limit else { throw Problem.network(.classTooLarge(number)) }
      guard number >= 0 else { throw Problem.network(.negativeClass(number, index: index)) }
      if let classes, number >= classes {
        throw Problem.network(.classOutOfRange(number, index: index, classes: classes))
      }
    }
    numbers = whole
  }

  private init(checked numbers: [Int]) { self.numbers = numbers }

  /// Those of part of the samples.
  func part(_ range: Range<Int>) -> ClassNumbers { ClassNumbers(checked: Array(numbers[range])) }

  /// No one has as many classes: what is larger is not meant as a class.
  static let limit = 1 << 31

  private static func integers(_ tensor: Tensor) throws -> [Int] {
    guard tensor.dtype.isFloat else { return tensor.integers }
    return try tensor.doubles.enumerated().map { index, value in
      guard let whole = Int(exactly: value) else {
        throw Problem.network(.classNotWhole(value, index: index))
      }
      return whole
    }
  }

  /// The number of classes when only the numbers are known: the largest plus one.
  package var classCount: Int { (numbers.max() ?? -1) + 1 }

  /// Rows with a single 1, shape (count, classes). Every number has to be below `classes`.
  func oneHot(_ classes: Int, dtype: DType) throws -> Tensor {
    try oneHot(classes, rows: numbers[...], dtype: dtype)
  }

  func oneHot(_ classes: Int, rows: some Collection<Int>, dtype: DType) throws -> Tensor {
    var hot = try Tensor(zeros: [rows.count, classes], .float64)
    hot.withMutableElements(of: Double.self) { elements in
      for (row, number) in rows.enumerated() where number < classes {
        elements[row * classes + number] = 1
      }
    }
    return hot.cast(to: dtype)
  }
}

/// `one_hot(labels, classes)`: shape of the labels and one axis more, float64. Without `classes`
/// there are as many as the largest label needs.
package func oneHot(_ labels: Tensor, classes: Int?) throws -> Tensor {
  if let classes, classes < 1 { throw Problem.network(.classCount(classes)) }
  let checked = try ClassNumbers(labels, below: classes)
  let count = max(1, classes ?? checked.classCount)
  return try checked.oneHot(count, dtype: .float64).reshaped(labels.shape.array + [count])
}
