import NNLanguage
import NNSource
import NNTensor

/// Functions that ask whether two tensors are the same, or nearly.
extension Registry {
  static let closenessFunctions: [RegistryEntry] = [
    .function(
      "isclose", tolerances, family: "find", "which elements differ by no more than a tolerance",
      example: "print isclose([1, 2], [1.0000001, 2.1])",
      notes: "An element is close when `abs(a - b) <= atol + rtol * abs(b)`.",
      seeAlso: ["allclose", "close"],
      shape: .closeness(ofAll: false)
    ) { Value(try Closeness(numpy: $0).elements()) },
    .function(
      "allclose", tolerances, family: "find", "whether no element differs by more than a tolerance",
      example: "print allclose([1, 2], [1.0000001, 2])",
      seeAlso: ["isclose", "close", "array_equal"],
      shape: .closeness(ofAll: true)
    ) { .bool(try Closeness(numpy: $0).holds()) },
    .function(
      "close",
      [
        .a,
        SignatureParameter(
          "b", "tensor", help: "what a should be: a number, or a tensor whose shape fits that of a"),
        SignatureParameter(
          "rtol", "number", standard: "1e-9", help: "how much they may differ, as a share of b"),
        SignatureParameter(
          "atol", "number", standard: "none",
          help: "how much they may differ beside that; none takes 1e-12 of the largest magnitude"),
      ], family: "find",
      "allclose with tight tolerances; an assert of it that fails tells the worst element",
      example: "assert close([0.1 + 0.2], [0.3])\nprint close(1, 1.1)",
      seeAlso: ["allclose", "assert"],
      shape: .closeness(ofAll: true)
    ) { .bool(try Closeness(tight: $0).holds()) },
    .function(
      "array_equal",
      [
        SignatureParameter("a1", "tensor", help: "a tensor, a number or a list of numbers"),
        SignatureParameter("a2", "tensor", help: "what to compare it with"),
        SignatureParameter(
          "equal_nan", "bool", standard: "false", help: "whether nan counts as equal to nan"),
      ], family: "find", "whether two tensors have the same shape and the same elements",
      example: "print array_equal([1, 2], [1, 2]), array_equal([1, 2], [1, 2, 3])",
      seeAlso: ["allclose", "close"],
      shape: .bool
    ) { arguments in
      let (a, b) = (try arguments.tensor(0), try arguments.tensor(1))
      guard a.shape == b.shape else { return .bool(false) }
      let equal = try Tensor.binary(.equal, .tensor(a), .tensor(b))
      guard try arguments.bool(2, default: false) else {
        return .bool(try equal.reduce(.all).isTrue)
      }
      let same = try Tensor.binary(.bitOr, .tensor(equal), .tensor(Closeness.bothNaN(a, b)))
      return .bool(try same.reduce(.all).isTrue)
    },
  ]

  private static let tolerances: [SignatureParameter] = [
    .a,
    SignatureParameter(
      "b", "tensor", help: "what to compare with: a number, or a tensor whose shape fits that of a"),
    SignatureParameter(
      "rtol", "number", standard: "1e-5", help: "how much they may differ, as a share of b"),
    SignatureParameter(
      "atol", "number", standard: "1e-8",
      help: "how much they may differ beside that; what matters near 0"),
    SignatureParameter(
      "equal_nan", "bool", standard: "false", help: "whether nan counts as equal to nan"),
  ]
}

extension Tensor {
  /// A single element that is true.
  var isTrue: Bool { (scalar?.double ?? 0) != 0 }
}

/// NumPy's `isclose`: |a - b| ≤ atol + rtol · |b|, and infinities equal to themselves.
struct Closeness {
  let a: Operand
  let b: Operand
  let rtol: Double
  let atol: Double
  let equalNaN: Bool

  init(numpy arguments: Arguments) throws {
    a = try arguments.operand(0)
    b = try arguments.operand(1)
    rtol = try arguments.double(2, default: 1e-5)
    atol = try arguments.double(3, default: 1e-8)
    equalNaN = try arguments.bool(4, default: false)
  }

  init(tight arguments: Arguments) throws {
    a = try arguments.operand(0)
    b = try arguments.operand(1)
    rtol = try arguments.double(2, default: 1e-9)
    atol =
      arguments.isSome(3)
      ? try arguments.double(3)
      : 1e-12 * max(try Self.largestMagnitude(a), try Self.largestMagnitude(b))
    equalNaN = false
  }

  func holds() throws -> Bool { try elements().reduce(.all).isTrue }

  func elements() throws -> Tensor {
    let same = try Tensor.binary(.equal, a, b)
    let difference = try Tensor.unary(.abs, try Tensor.binary(.subtract, a.signed, b.signed))
    let size = try Tensor.unary(.abs, b.tensor)
    let scaled = try Tensor.binary(.multiply, .tensor(size), .weakFloat(rtol))
    let allowed = try Tensor.binary(.add, .tensor(scaled), .weakFloat(atol))
    let within = try Tensor.binary(.lessEqual, .tensor(difference), .tensor(allowed))
    let finite = try Tensor.unary(.isfinite, b.tensor)
    let near = try Tensor.binary(.bitAnd, .tensor(within), .tensor(finite))
    let close = try Tensor.binary(.bitOr, .tensor(near), .tensor(same))
    guard equalNaN else { return close }
    return try Tensor.binary(.bitOr, .tensor(close), .tensor(Self.bothNaN(a.tensor, b.tensor)))
  }

  static func bothNaN(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    try Tensor.binary(
      .bitAnd, .tensor(try Tensor.unary(.isnan, a)), .tensor(try Tensor.unary(.isnan, b)))
  }

  /// Among the finite elements; 0 when there are none.
  private static func largestMagnitude(_ operand: Operand) throws -> Double {
    let sizes = try Tensor.unary(.abs, operand.tensor)
    let finite = try Tensor.select(
      try Tensor.unary(.isfinite, sizes), .tensor(sizes), .weakInt(0))
    return finite.count == 0 ? 0 : try finite.reduce(.max).scalar?.double ?? 0
  }
}

extension Operand {
  /// As a tensor: a number has rank 0.
  var tensor: Tensor {
    switch self {
    case .tensor(let tensor): tensor
    case .weakInt(let value): Tensor(.int64(Int64(value)))
    case .weakFloat(let value): Tensor(.float64(value))
    case .weakBool(let value): Tensor(.bool(value))
    case .scalar(let scalar): Tensor(scalar)
    }
  }

  /// In a type whose differences do not wrap around: bools and uint8 as int64.
  fileprivate var signed: Operand {
    switch self {
    case .weakInt, .weakFloat: self
    case .weakBool(let value): .weakInt(value ? 1 : 0)
    case .tensor, .scalar:
      switch tensor.dtype {
      case .bool, .uint8: .tensor(tensor.cast(to: .int64))
      default: self
      }
    }
  }
}
