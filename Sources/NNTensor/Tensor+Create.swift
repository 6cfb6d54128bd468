import NNSource

/// Tensors made of a rule.

extension Tensor {
  /// `numpy.arange`: start + i·delta below stop, delta = (start + step) − start. Whole numbers without
  /// a `dtype` give int64, others float64.
  package static func arange(
    _ start: Operand, _ stop: Operand, _ step: Operand, dtype: DType?
  ) throws -> Tensor {
    let first = try start.number
    let last = try stop.number
    let step = try step.number
    guard let a = first.integer, let b = last.integer, let c = step.integer,
      !first.dtype.isFloat, !last.dtype.isFloat, !step.dtype.isFloat
    else {
      return try arange(first.double, last.double, step.double, dtype ?? .float64)
    }
    guard c != 0 else { throw Problem.tensor(.zeroStep) }
    let (distance, size) = (Int128(b) - Int128(a), Int128(c))
    let count =
      distance.signum() == size.signum() ? (distance.magnitude - 1) / size.magnitude + 1 : 0
    return try fill(
      Int(clamping: count), .int64(Int64(a)), .int64(Int64(a &+ c)), dtype ?? .int64)
  }

  private static func arange(
    _ start: Double, _ stop: Double, _ step: Double, _ dtype: DType
  ) throws -> Tensor {
    guard step != 0 else { throw Problem.tensor(.zeroStep) }
    let count = ((stop - start) / step).rounded(.up)
    guard count.isFinite else {
      throw Problem.tensor(.badRange(low: start, high: stop))
    }
    return try fill(
      Swift.max(0, Int(exactly: count) ?? (count > 0 ? .max : 0)), .float64(start),
      .float64(start + step), dtype)
  }

  /// first, second, and so on at their distance, in the arithmetic of `dtype`.
  private static func fill(
    _ count: Int, _ first: Scalar, _ second: Scalar, _ dtype: DType
  ) throws -> Tensor {
    if dtype == .uint8 {
      for value in [first, second].prefix(count) {
        try Operand.weakInt(value.truncated).checkFits(dtype)
      }
    }
    var result = try Tensor(uninitialized: [count], dtype)
    switch (first.cast(to: dtype), second.cast(to: dtype)) {
    case (.bool(let a), .bool(let b)):
      guard count <= 2 else {
        throw Problem.tensor(.unsupportedTypes(operation: "arange", dtypes: ["bool"]))
      }
      result.withMutableElements(of: Bool.self) { for i in $0.indices { $0[i] = i == 0 ? a : b } }
    case (.uint8(let a), .uint8(let b)):
      result.withMutableElements(of: UInt8.self) {
        for i in $0.indices { $0[i] = a &+ UInt8(truncatingIfNeeded: i) &* (b &- a) }
      }
    case (.int64(let a), .int64(let b)):
      result.withMutableElements(of: Int64.self) {
        for i in $0.indices { $0[i] = a &+ Int64(i) &* (b &- a) }
      }
    case (.float32(let a), .float32(let b)):
      let delta = b - a
      result.withMutableElements(of: Float.self) {
        for i in $0.indices { $0[i] = i == 1 ? b : a + Float(i) * delta }
      }
    case (.float64(let a), .float64(let b)):
      let delta = b - a
      result.withMutableElements(of: Double.self) {
        for i in $0.indices { $0[i] = i == 1 ? b : a + Double(i) * delta }
      }
    default: break
    }
    return result
  }

  /// `numpy.linspace` with both ends: i·step + start, the last one exactly `stop`.
  package static func linspace(_ start: Double, _ stop: Double, count: Int) throws -> Tensor {
    guard count >= 0 else {
      throw Problem.tensor(.negativeCount(operation: "linspace", value: count))
    }
    var result = try Tensor(uninitialized: [count], .float64)
    let delta = stop - start
    let parts = Double(count - 1)
    let step = count > 1 ? delta / parts : .nan
    result.withMutableElements(of: Double.self) { elements in
      for i in elements.indices {
        // A step that vanishes would lose denormal distances.
        let part =
          count == 1 ? Double(i) * delta : step == 0 ? Double(i) / parts * delta : Double(i) * step
        elements[i] = part + start
      }
      if count > 1 { elements[count - 1] = stop }
    }
    return result
  }

  /// Ones on a diagonal, `diagonal` columns to the right of the main one.
  package static func eye(_ n: Int, _ m: Int, diagonal: Int, _ dtype: DType) throws -> Tensor {
    let result = try Tensor(zeros: [n, m], dtype)
    for row in 0..<n {
      let (column, overflow) = row.addingReportingOverflow(diagonal)
      guard !overflow, column >= 0, column < m else { continue }
      let place = (row * m + column) * dtype.itemSize
      Scalar.bool(true).cast(to: dtype).store(result.data + place)
    }
    return result
  }
}

extension Operand {
  /// The number, of an operand that is one.
  var number: Scalar {
    get throws {
      switch self {
      case .weakInt(let value): return .int64(Int64(value))
      case .weakFloat(let value): return .float64(value)
      case .weakBool(let value): return .bool(value)
      case .scalar(let value): return value
      case .tensor(let tensor):
        guard let value = tensor.scalar else {
          throw Problem.tensor(.notANumber(shape: tensor.shape.array))
        }
        return value
      }
    }
  }
}
