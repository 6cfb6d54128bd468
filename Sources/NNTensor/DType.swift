/// The kinds of element a tensor can hold. The raw values are the kernels' `nn_dtype`.
package enum DType: UInt8, Sendable, Hashable, CaseIterable {
  case bool, uint8, int64, float32, float64

  /// NumPy's name.
  package var name: String {
    switch self {
    case .bool: "bool"
    case .uint8: "uint8"
    case .int64: "int64"
    case .float32: "float32"
    case .float64: "float64"
    }
  }

  /// Bytes an element takes.
  package var itemSize: Int {
    switch self {
    case .bool, .uint8: 1
    case .float32: 4
    case .int64, .float64: 8
    }
  }

  package var isFloat: Bool { self == .float32 || self == .float64 }
  var isInteger: Bool { self == .uint8 || self == .int64 }

  /// NumPy's promotion of two strong types.
  static func promoted(_ a: DType, _ b: DType) -> DType {
    let (low, high) = a.rawValue < b.rawValue ? (a, b) : (b, a)
    return low == .int64 && high == .float32 ? .float64 : high
  }

  /// Whether NumPy stores it in `other` in an update: to a wider kind or within its own.
  package func isSameKind(as other: DType) -> Bool {
    rawValue <= other.rawValue || self == .float64 && other == .float32
  }

  /// The type functions such as `exp` and true division compute in.
  var floating: DType { isFloat ? self : .float64 }
}
