import NNSource

/// Distributions: a tensor of the shape, filled in row-major order. Without a shape, that of the
/// parameters: rank 0 for numbers.
extension RandomStream {
  /// Uniform in [0, 1).
  package mutating func rand(_ shape: Shape) throws -> Tensor {
    try floats(shape) { $0.uniformDouble() }
  }

  /// Standard normal.
  package mutating func randn(_ shape: Shape) throws -> Tensor {
    try floats(shape) { $0.gaussian() }
  }

  /// Uniform in [low, high), element by element where they are tensors.
  package mutating func uniform(low: Operand, high: Operand, shape: Shape?) throws -> Tensor {
    let bounds = try Parameters(low, high, shape)
    try bounds.check { low, high in
      guard (high - low).isFinite else {
        throw Problem.value(.random(.unboundedRange(low: low, high: high)))
      }
    }
    return try floats(bounds) { stream, low, high in
      low + (high - low) * stream.uniformDouble()
    }
  }

  /// Normal with a mean and a standard deviation, element by element where they are tensors.
  package mutating func normal(mean: Operand, deviation: Operand, shape: Shape?) throws -> Tensor {
    let parameters = try Parameters(mean, deviation, shape)
    try parameters.check { _, deviation in
      guard deviation.sign == .plus || deviation.isNaN else {
        throw Problem.value(.random(.negativeDeviation(deviation)))
      }
    }
    return try floats(parameters) { stream, mean, deviation in
      mean + deviation * stream.gaussian()
    }
  }

  /// Whole numbers in low..<high, each as likely as the others.
  package mutating func randint(low: Int, high: Int, shape: Shape?) throws -> Tensor {
    guard low < high else { throw Problem.value(.random(.emptyRange(low: low, high: high))) }
    let span = UInt64(bitPattern: Int64(high &- 1 &- low))
    return try integers(shape ?? []) { low &+ Int(truncatingIfNeeded: $0.bounded(span)) }
  }
}

extension RandomStream {
  private mutating func floats(
    _ shape: Shape, _ draw: (inout RandomStream) -> Double
  ) throws -> Tensor {
    var result = try Tensor(uninitialized: shape, .float64)
    try result.withMutableElements(of: Double.self) { elements in
      for index in elements.indices {
        if index % Allowance.elementsPerCheck == 0 { try Allowance.check() }
        elements[index] = draw(&self)
      }
    }
    return result
  }

  mutating func integers(
    _ shape: Shape, _ draw: (inout RandomStream) -> Int
  ) throws -> Tensor {
    var result = try Tensor(uninitialized: shape, .int64)
    try result.withMutableElements(of: Int.self) { elements in
      for index in elements.indices {
        if index % Allowance.elementsPerCheck == 0 { try Allowance.check() }
        elements[index] = draw(&self)
      }
    }
    return result
  }

  private mutating func floats(
    _ parameters: Parameters, _ draw: (inout RandomStream, Double, Double) -> Double
  ) throws -> Tensor {
    if parameters.areNumbers {
      let (a, b) = parameters[0]
      return try floats(parameters.shape) { draw(&$0, a, b) }
    }
    var index = -1
    return try floats(parameters.shape) { stream in
      index += 1
      let (a, b) = parameters[index]
      return draw(&stream, a, b)
    }
  }
}

/// The two parameters of a distribution: two numbers for all draws, or a pair for each.
private struct Parameters {
  let shape: Shape
  private let a: Tensor
  private let b: Tensor

  /// Without a shape, that of both broadcast against each other.
  init(_ a: Operand, _ b: Operand, _ shape: Shape?) throws {
    let (a, b) = (a.float64, b.float64)
    if a.rank == 0, b.rank == 0 {
      (self.shape, self.a, self.b) = (shape ?? [], a, b)
      return
    }
    let common = try shape ?? Tensor.binary(.add, .tensor(a), .tensor(b)).shape
    self.shape = common
    self.a = try a.broadcast(to: common)
    self.b = try b.broadcast(to: common)
    _ = try common.checkedCount(.float64)
  }

  var areNumbers: Bool { a.rank == 0 && b.rank == 0 }

  subscript(index: Int) -> (Double, Double) { (a[flat: index].double, b[flat: index].double) }

  /// Passes every pair once, the two numbers once.
  func check(_ body: (Double, Double) throws -> Void) rethrows {
    for index in 0..<(areNumbers ? 1 : shape.elementCount) {
      let (a, b) = self[index]
      try body(a, b)
    }
  }
}

extension Operand {
  /// The value as a float64 tensor.
  fileprivate var float64: Tensor {
    switch self {
    case .tensor(let tensor): tensor.cast(to: .float64)
    case .weakInt(let value): Tensor(.float64(Double(value)))
    case .weakFloat(let value): Tensor(.float64(value))
    case .weakBool(let value): Tensor(.float64(value ? 1 : 0))
    case .scalar(let value): Tensor(value.cast(to: .float64))
    }
  }
}
