import NNTensor

/// What a file or a known data set holds.
package struct DataSet: Sendable {
  package let name: String
  package var x: Tensor?
  package var y: Tensor?
  package var testX: Tensor?
  package var testY: Tensor?
  /// The names of the class numbers in `y`.
  package var classes: [String]?
  /// The names of x's columns.
  package var features: [String]?
  /// The tensors of an NPZ file, which has names of its own for them.
  package var arrays: [NPZFormat.Array] = []

  package init(name: String) { self.name = name }
}

extension Tensor {
  /// The first rows, without a copy.
  func firstRows(_ count: Int) throws -> Tensor {
    try indexed([.slice(start: nil, stop: count, step: nil)])
  }
}
