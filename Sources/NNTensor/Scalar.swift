/// One element, with the type it has in its tensor.
package enum Scalar: Sendable, Hashable {
  case bool(Bool)
  case uint8(UInt8)
  case int64(Int64)
  case float32(Float)
  case float64(Double)

  package var dtype: DType {
    switch self {
    case .bool: .bool
    case .uint8: .uint8
    case .int64: .int64
    case .float32: .float32
    case .float64: .float64
    }
  }

  package var double: Double {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .uint8(let value): Double(value)
    case .int64(let value): Double(value)
    case .float32(let value): Double(value)
    case .float64(let value): value
    }
  }

  /// The value as an integer: nil for floats that are not whole or out of range.
  package var integer: Int? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .uint8(let value): Int(value)
    case .int64(let value): Int(value)
    case .float32(let value): Int(exactly: value)
    case .float64(let value): Int(exactly: value)
    }
  }

  /// The integer a cast gives: floats are truncated; what does not fit is `Int.min`.
  var truncated: Int {
    switch self {
    case .bool, .uint8, .int64: integer ?? 0
    case .float32(let value): Int(truncatingOrMin: Double(value))
    case .float64(let value): Int(truncatingOrMin: value)
    }
  }

  var isTrue: Bool {
    switch self {
    case .bool(let value): value
    case .uint8(let value): value != 0
    case .int64(let value): value != 0
    case .float32(let value): value != 0
    case .float64(let value): value != 0
    }
  }

  /// `astype` of one element: floats are truncated towards zero, integers wrap around.
  package func cast(to dtype: DType) -> Scalar {
    switch dtype {
    case .bool: .bool(isTrue)
    case .uint8: .uint8(UInt8(truncatingIfNeeded: truncated))
    case .int64: .int64(Int64(truncated))
    case .float32: .float32(float)
    case .float64: .float64(double)
    }
  }

  private var float: Float {
    switch self {
    case .int64(let value): Float(value)
    case .float32(let value): value
    default: Float(double)
    }
  }
}

extension Int {
  /// Truncates towards zero; NaN and what is out of range give `Int.min`, as x86 converts, on
  /// every machine.
  init(truncatingOrMin value: Double) {
    self = value >= -0x1p63 && value < 0x1p63 ? Int(value) : .min
  }
}
