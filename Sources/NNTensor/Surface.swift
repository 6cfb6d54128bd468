import NNSource

private func unfinished<T>(_ name: String = #function) throws -> T {
  throw Problem.tensor(.unfinished(name))
}

extension Tensor: Hashable {
  package static func == (a: Tensor, b: Tensor) -> Bool { false }
  package func hash(into hasher: inout Hasher) {}
}

extension Tensor {
  package func contiguous() -> Tensor { self }
  package func cast(to dtype: DType) -> Tensor { self }
  /// `cast` under the memory limit.
  package func converted(to dtype: DType) throws -> Tensor { try unfinished() }
  mutating func makeUnique() {}

  package static func binary(_ op: BinaryOperation, _ a: Operand, _ b: Operand) throws -> Tensor {
    try unfinished()
  }
  package static func resultType(_ a: Operand, _ b: Operand) throws -> DType { try unfinished() }
  package static func unary(_ op: UnaryOperation, _ a: Tensor) throws -> Tensor { try unfinished() }
  package func rounded(decimals: Int) throws -> Tensor { try unfinished() }
  package static func matmul(_ a: Tensor, _ b: Tensor) throws -> Tensor { try unfinished() }
  package static func dot(_ a: Tensor, _ b: Tensor) throws -> Tensor { try unfinished() }
  package static func outer(_ a: Tensor, _ b: Tensor) throws -> Tensor { try unfinished() }
  package func reduce(_ r: Reduction, axes: [Int]? = nil, keepDims: Bool = false) throws -> Tensor {
    try unfinished()
  }
  package func cumsum(axis: Int?) throws -> Tensor { try unfinished() }
  package func softmax() throws -> Tensor { try unfinished() }
  package func reshaped(_ shape: [Int]) throws -> Tensor { try unfinished() }
  package func raveled() throws -> Tensor { try unfinished() }
  package func transposed(_ axes: [Int]? = nil) throws -> Tensor { try unfinished() }
  package func swappedAxes(_ a: Int, _ b: Int) throws -> Tensor { try unfinished() }
  package func squeezed(axis: Int?) throws -> Tensor { try unfinished() }
  package func expandedDims(axis: Int) throws -> Tensor { try unfinished() }
  package func broadcast(to shape: Shape) throws -> Tensor { try unfinished() }
  package static func concatenate(_ parts: [Tensor], axis: Int?) throws -> Tensor {
    try unfinished()
  }
  package static func stack(_ parts: [Tensor], axis: Int) throws -> Tensor { try unfinished() }
  package func repeated(_ counts: [Int], axis: Int?) throws -> Tensor { try unfinished() }
  package func tiled(_ repetitions: [Int]) throws -> Tensor { try unfinished() }
  package static func arange(_ start: Operand, _ stop: Operand, _ step: Operand, dtype: DType?)
    throws -> Tensor
  { try unfinished() }
  package static func linspace(_ start: Double, _ stop: Double, count: Int) throws -> Tensor {
    try unfinished()
  }
  package static func eye(_ n: Int, _ m: Int, diagonal: Int, _ dtype: DType) throws -> Tensor {
    try unfinished()
  }
  package static func select(_ condition: Tensor, _ a: Operand, _ b: Operand) throws -> Tensor {
    try unfinished()
  }
  package func nonzero() throws -> [Tensor] { try unfinished() }
  package func argsorted(axis: Int?) throws -> Tensor { try unfinished() }
  package func sorted(axis: Int?) throws -> Tensor { try unfinished() }
  package func unique() throws -> (
    values: Tensor, firstIndices: Tensor, inverse: Tensor, counts: Tensor
  ) { try unfinished() }
  package func histogram(bins: Int, range: (Double, Double)?) throws -> (
    counts: Tensor, edges: Tensor
  ) { try unfinished() }
  package func histogram(edges: Tensor) throws -> (counts: Tensor, edges: Tensor) {
    try unfinished()
  }
  package func clipped(_ low: Operand?, _ high: Operand?) throws -> Tensor { try unfinished() }
}

/// One item between the brackets of `x[…]`.
package enum TensorIndex: Sendable {
  case integer(Int)
  case slice(start: Int?, stop: Int?, step: Int?)
  case ellipsis
  case newAxis
  /// A bool mask, or integers.
  case tensor(Tensor)
}

extension Tensor {
  package func indexed(_ items: [TensorIndex]) throws -> Tensor { try unfinished() }
  package mutating func assign(_ items: [TensorIndex], _ value: Operand) throws {
    _ = try unfinished() as Int
  }
  package mutating func update(_ items: [TensorIndex], _ op: BinaryOperation, _ value: Operand)
    throws
  { _ = try unfinished() as Int }
}
