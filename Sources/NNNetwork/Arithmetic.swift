import NNTensor

// Formulas read as they stand in the text: `try prediction - target`. A plain number beside a
// tensor is weak (NEP 50): it takes the tensor's dtype, so float32 stays float32.

func + (a: Tensor, b: Tensor) throws -> Tensor { try .binary(.add, .tensor(a), .tensor(b)) }
func - (a: Tensor, b: Tensor) throws -> Tensor { try .binary(.subtract, .tensor(a), .tensor(b)) }
func * (a: Tensor, b: Tensor) throws -> Tensor { try .binary(.multiply, .tensor(a), .tensor(b)) }
func / (a: Tensor, b: Tensor) throws -> Tensor { try .binary(.divide, .tensor(a), .tensor(b)) }

func + (a: Double, b: Tensor) throws -> Tensor { try .binary(.add, .weakFloat(a), .tensor(b)) }
func - (a: Double, b: Tensor) throws -> Tensor { try .binary(.subtract, .weakFloat(a), .tensor(b)) }
func * (a: Double, b: Tensor) throws -> Tensor { try .binary(.multiply, .weakFloat(a), .tensor(b)) }
func / (a: Double, b: Tensor) throws -> Tensor { try .binary(.divide, .weakFloat(a), .tensor(b)) }
func / (a: Tensor, b: Double) throws -> Tensor { try .binary(.divide, .tensor(a), .weakFloat(b)) }

prefix func - (a: Tensor) throws -> Tensor { try .unary(.negate, a) }

extension Tensor {
  /// Elementwise comparison with a plain number: a tensor of bools.
  func compared(_ operation: BinaryOperation, _ number: Double) throws -> Tensor {
    try .binary(operation, .tensor(self), .weakFloat(number))
  }

  /// `maximum(self, number)`; nan stays nan.
  func atLeast(_ number: Double) throws -> Tensor {
    try .binary(.maximum, .tensor(self), .weakFloat(number))
  }

  func exp() throws -> Tensor { try .unary(.exp, self) }
  func log() throws -> Tensor { try .unary(.log, self) }
  func log1p() throws -> Tensor { try .unary(.log1p, self) }
  func abs() throws -> Tensor { try .unary(.abs, self) }

  /// The same numbers as floats: integers and bools become float64, floats stay what they are.
  var floating: Tensor { dtype.isFloat ? self : cast(to: .float64) }

  /// Rows `range` of a matrix or a vector: a view.
  func rows(_ range: Range<Int>) throws -> Tensor {
    try indexed([.slice(start: range.lowerBound, stop: range.upperBound, step: nil)])
  }

  /// Rows in the order of `indices`.
  func rows(at indices: Tensor) throws -> Tensor { try indexed([.tensor(indices)]) }

  /// The sum over the last axis.
  func rowSums(keepDims: Bool = false) throws -> Tensor {
    try reduce(.sum, axes: [rank - 1], keepDims: keepDims)
  }
}
