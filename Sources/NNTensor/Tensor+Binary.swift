import CNNKernels
import NNSource

/// Elementwise operations of two operands: type → shape → room → loop.

extension Tensor {
  /// NumPy's ufuncs of two operands, broadcasting. Rank 0 when both are numbers.
  package static func binary(_ op: BinaryOperation, _ a: Operand, _ b: Operand) throws -> Tensor {
    if case .tensor(let x) = a, case .tensor(let y) = b, let result = try quick(op, x, y) {
      return result
    }
    let promoted = promotedType(a, b)
    guard let type = op.computedType(promoted) else {
      throw Problem.tensor(
        .unsupportedTypes(operation: op.symbol, dtypes: [a.typeName, b.typeName]))
    }
    if type == .uint8, let outside = a.outside(type) ?? b.outside(type) {
      guard op.isComparison else {
        throw Problem.tensor(.numberOutOfRange(value: outside, dtype: type.name))
      }
      return try binary(op, a.widened, b.widened)
    }
    var rooms = (UInt64(0), UInt64(0))
    return try withUnsafeMutablePointer(to: &rooms.0) { first in
      try withUnsafeMutablePointer(to: &rooms.1) { second in
        try compute(op, type, a.source(type, first), b.source(type, second))
      }
    }
  }

  /// Two tensors of one type and shape, or one of them a single number, both in order: no broadcasting
  /// and no conversion to be thought of. Nil for the rest.
  private static func quick(_ op: BinaryOperation, _ a: Tensor, _ b: Tensor) throws -> Tensor? {
    let x = a.header
    let y = b.header
    guard x.pointee.dtype == y.pointee.dtype, x.pointee.isContiguous, y.pointee.isContiguous,
      x.pointee.shape == y.pointee.shape, op.computedType(x.pointee.dtype) == x.pointee.dtype
    else { return nil }
    let type = x.pointee.dtype
    let result = try Tensor(uninitialized: x.pointee.shape, op.isComparison ? .bool : type)
    try check(
      op,
      nn_binary_row(
        Int32(op.rawValue), Int32(type.rawValue), result.data, x.pointee.data, 1, y.pointee.data, 1,
        x.pointee.count))
    return result
  }

  private static func compute(
    _ op: BinaryOperation, _ type: DType, _ a: OperandSource, _ b: OperandSource
  ) throws -> Tensor {
    defer {
      withExtendedLifetime(a) {}
      withExtendedLifetime(b) {}
    }
    let shape = try a.shape == b.shape ? a.shape : broadcastShape(a.shape, b.shape, op.symbol)
    let result = try Tensor(uninitialized: shape, op.isComparison ? .bool : type)
    let count = result.count
    if count == 0 { return result }
    if let x = a.step(in: shape, type), let y = b.step(in: shape, type) {
      try check(
        op,
        nn_binary_row(
          Int32(op.rawValue), Int32(type.rawValue), result.data, a.data, x, b.data, y, count))
      return result
    }
    let x = a.strides(in: shape)
    let y = b.strides(in: shape)
    let status = shape.withPointer { shape in
      x.withPointer { x in
        y.withPointer { y in
          nn_binary(
            Int32(op.rawValue), Int32(type.rawValue), result.data, a.elements(x), b.elements(y),
            shape, Int32(result.rank))
        }
      }
    }
    try check(op, status)
    return result
  }

  private static func check(_ op: BinaryOperation, _ status: Int32) throws {
    if status != 0 { throw Problem.tensor(.negativePower) }
  }

  /// NumPy's broadcasting. `operation` is for the message.
  static func broadcastShape(_ a: Shape, _ b: Shape, _ operation: String) throws -> Shape {
    let rank = Swift.max(a.count, b.count)
    var result = Shape(rank: rank)
    for axis in 0..<rank {
      let x = axis < rank - a.count ? 1 : a[axis - (rank - a.count)]
      let y = axis < rank - b.count ? 1 : b[axis - (rank - b.count)]
      guard x == y || x == 1 || y == 1 else {
        throw Problem.tensor(
          .shapesDoNotFit(operation: operation, left: a.array, right: b.array))
      }
      result[axis] = x == 1 ? y : x
    }
    return result
  }
}

/// An operand as the loops see it: where its elements are, and how they lie.
struct OperandSource {
  let data: UnsafeRawPointer
  let dtype: DType
  let shape: Shape
  var strides: Shape
  let isContiguous: Bool
  /// Keeps the elements alive.
  let tensor: Tensor?

  init(_ tensor: Tensor) {
    let header = tensor.header
    self.init(
      data: header.pointee.data, dtype: header.pointee.dtype, shape: header.pointee.shape,
      strides: header.pointee.strides, isContiguous: header.pointee.isContiguous, tensor: tensor)
  }

  init(
    data: UnsafeRawPointer, dtype: DType, shape: Shape, strides: Shape, isContiguous: Bool,
    tensor: Tensor?
  ) {
    self.data = data
    self.dtype = dtype
    self.shape = shape
    self.strides = strides
    self.isContiguous = isContiguous
    self.tensor = tensor
  }

  /// The step of a kernel row over the whole of `shape`: 1 or 0, nil when one row is not enough.
  func step(in shape: Shape, _ type: DType) -> Int? {
    guard dtype == type else { return nil }
    if isContiguous, self.shape == shape { return 1 }
    for length in self.shape where length != 1 { return nil }
    return 0
  }

  /// Strides over `shape`, 0 along the axes the operand is repeated.
  func strides(in shape: Shape) -> Shape {
    var result = Shape(rank: shape.count)
    let lead = shape.count - self.shape.count
    for axis in lead..<Swift.max(lead, shape.count) where self.shape[axis - lead] != 1 {
      result[axis] = strides[axis - lead]
    }
    return result
  }

  func elements(_ strides: UnsafePointer<Int>, offset: Int = 0) -> nn_elements {
    nn_elements(
      data: data + offset * dtype.itemSize, strides: strides, dtype: Int32(dtype.rawValue))
  }
}

extension Operand {
  /// The operand for a loop in `type`. A number is converted into `room`.
  func source(_ type: DType, _ room: UnsafeMutablePointer<UInt64>) -> OperandSource {
    if case .tensor(let tensor) = self { return OperandSource(tensor) }
    store(type, UnsafeMutableRawPointer(room))
    return OperandSource(
      data: UnsafeRawPointer(room), dtype: type, shape: Shape(), strides: Shape(),
      isContiguous: true, tensor: nil)
  }

  /// The value of a weak integer that `type` can't hold.
  fileprivate func outside(_ type: DType) -> Int? {
    guard case .weakInt(let value) = self, UInt8(exactly: value) == nil else { return nil }
    return value
  }

  /// A weak integer as a strong one.
  fileprivate var widened: Operand {
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
}
