import NNSource

/// Which type an operation computes in, by NEP 50: a weak number takes the type of the other side if
/// its kind fits there.

extension Operand {
  /// The type of an operand that insists on it. Python's bool does.
  var strongType: DType? {
    switch self {
    case .tensor(let tensor): tensor.dtype
    case .scalar(let scalar): scalar.dtype
    case .weakBool: .bool
    case .weakInt, .weakFloat: nil
    }
  }

  /// The least type that holds numbers of a weak operand's kind.
  fileprivate var weakKind: DType {
    if case .weakFloat = self { return .float64 }
    return .int64
  }

  /// The type of a weak number beside a strong one.
  fileprivate func weakType(beside strong: DType) -> DType {
    switch self {
    case .weakFloat: strong.floating
    case .weakInt: strong == .bool ? .int64 : strong
    default: strong
    }
  }

  package var shape: Shape {
    if case .tensor(let tensor) = self { return tensor.shape }
    return Shape()
  }
}

extension Tensor {
  /// The type of a sum of the two. Throws when a weak integer does not fit it.
  package static func resultType(_ a: Operand, _ b: Operand) throws -> DType {
    let type = promotedType(a, b)
    try a.checkFits(type)
    try b.checkFits(type)
    return type
  }

  static func promotedType(_ a: Operand, _ b: Operand) -> DType {
    switch (a.strongType, b.strongType) {
    case (let a?, let b?): DType.promoted(a, b)
    case (let strong?, nil): b.weakType(beside: strong)
    case (nil, let strong?): a.weakType(beside: strong)
    case (nil, nil): DType.promoted(a.weakKind, b.weakKind)
    }
  }
}

extension Operand {
  func checkFits(_ type: DType) throws {
    guard type == .uint8, case .weakInt(let value) = self, UInt8(exactly: value) == nil else {
      return
    }
    throw Problem.tensor(.numberOutOfRange(value: value, dtype: type.name))
  }
}

extension BinaryOperation {
  /// The type operands of the promoted type `type` are computed in; nil when there is none.
  func computedType(_ type: DType) -> DType? {
    switch self {
    case .divide: type.floating
    case .subtract: type == .bool ? nil : type
    // NumPy's int8, which we do not have.
    case .floorDivide, .remainder, .power: type == .bool ? .int64 : type
    case .bitAnd, .bitOr, .bitXor: type.isFloat ? nil : type
    default: type
    }
  }
}

extension UnaryOperation {
  /// The type an operand is computed in; nil when the function does not take it. Functions give
  /// float64 for integers and bools (NumPy's float16 for the small ones).
  func computedType(_ type: DType) -> DType? {
    switch self {
    case .negate, .positive, .sign: type == .bool ? nil : type
    case .invert: type.isFloat ? nil : type
    case .square: type == .bool ? .int64 : type
    case .logicalNot, .abs, .floor, .ceil, .isnan, .isfinite: type
    default: type.floating
    }
  }

  var givesBool: Bool { self == .logicalNot || self == .isnan || self == .isfinite }
}
