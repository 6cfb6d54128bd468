import CNNKernels

/// An operand as the loops see it: where its elements are, and how they lie. Valid as long as the
/// operand is.
struct OperandSource<S: AxisList> {
  let data: UnsafeRawPointer
  let dtype: DType
  let shape: S
  let strides: S
  let isContiguous: Bool

  /// The step of a kernel row over the whole of `shape`: 1 or 0, nil when one row is not enough.
  func step(in shape: S, _ type: DType) -> Int? {
    guard dtype == type else { return nil }
    if isContiguous, self.shape == shape { return 1 }
    return self.shape.product == 1 ? 0 : nil
  }

  func elements(_ strides: UnsafePointer<Int>, offset: Int = 0) -> nn_elements {
    nn_elements(
      data: data + offset * dtype.itemSize, strides: strides, dtype: Int32(dtype.rawValue))
  }
}

extension OperandSource {
  init(_ tensor: Tensor) {
    let header = tensor.header
    self.init(
      data: header.pointee.data, dtype: header.pointee.dtype,
      shape: S.shape(of: header), strides: S.strides(of: header),
      isContiguous: header.pointee.isContiguous)
  }
}

extension Operand {
  /// The operand for a loop in `type`. A number is converted to it.
  func withSource<S: AxisList, R>(
    _ type: DType, _ body: (OperandSource<S>) throws -> R
  ) rethrows -> R {
    if case .tensor(let tensor) = self {
      defer { withExtendedLifetime(tensor) {} }
      return try body(OperandSource(tensor))
    }
    var room = UInt64(0)
    store(type, &room)
    return try withUnsafePointer(to: room) { room in
      try body(
        OperandSource(
          data: UnsafeRawPointer(room), dtype: type, shape: S(rank: 0), strides: S(rank: 0),
          isContiguous: true))
    }
  }

  /// Writes a number, converted to `type`.
  func store(_ type: DType, _ room: UnsafeMutableRawPointer) {
    switch self {
    case .tensor(let tensor): tensor.load(0).cast(to: type).store(room)
    case .weakInt(let value): Scalar.int64(Int64(value)).cast(to: type).store(room)
    case .weakFloat(let value): Scalar.float64(value).cast(to: type).store(room)
    case .weakBool(let value): Scalar.bool(value).cast(to: type).store(room)
    case .scalar(let value): value.cast(to: type).store(room)
    }
  }

  /// Whether a `SmallShape` holds its axes.
  var isSmall: Bool {
    if case .tensor(let tensor) = self { return tensor.header.pointee.layout.isSmall }
    return true
  }

  var isTensor: Bool {
    if case .tensor = self { return true }
    return false
  }

  /// Whether the operand is a number that is converted to the type of `tensor` beside it.
  func takesType(of tensor: Tensor) -> Bool {
    switch self {
    case .tensor: false
    case .weakInt: tensor.dtype.rawValue > DType.uint8.rawValue
    case .weakFloat: tensor.dtype.isFloat
    case .weakBool: true
    case .scalar(let scalar): scalar.dtype == tensor.dtype
    }
  }

  /// The value of a weak integer that uint8 can't hold.
  func outside(_ type: DType) -> Int? {
    guard type == .uint8, case .weakInt(let value) = self, UInt8(exactly: value) == nil else {
      return nil
    }
    return value
  }

  /// A weak integer as a strong one.
  var widened: Operand {
    guard case .weakInt(let value) = self else { return self }
    return .scalar(.int64(Int64(value)))
  }

  /// The type as messages write it.
  var typeName: String {
    switch self {
    case .weakInt: "int64"
    case .weakFloat: "float64"
    default: strongType?.name ?? ""
    }
  }
}

extension Scalar {
  func store(_ room: UnsafeMutableRawPointer) {
    switch self {
    case .bool(let value): room.storeBytes(of: value ? 1 : 0, as: UInt8.self)
    case .uint8(let value): room.storeBytes(of: value, as: UInt8.self)
    case .int64(let value): room.storeBytes(of: value, as: Int64.self)
    case .float32(let value): room.storeBytes(of: value, as: Float.self)
    case .float64(let value): room.storeBytes(of: value, as: Double.self)
    }
  }

  init(_ room: UnsafeRawPointer, _ dtype: DType) {
    switch dtype {
    case .bool: self = .bool(room.load(as: UInt8.self) != 0)
    case .uint8: self = .uint8(room.load(as: UInt8.self))
    case .int64: self = .int64(room.load(as: Int64.self))
    case .float32: self = .float32(room.load(as: Float.self))
    case .float64: self = .float64(room.load(as: Double.self))
    }
  }
}
