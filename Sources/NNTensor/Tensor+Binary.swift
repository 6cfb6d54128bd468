import CNNKernels
import NNSource

/// Elementwise operations of two operands: type → shape → room → loop.

extension Tensor {
  /// NumPy's ufuncs of two operands, broadcasting. Rank 0 when both are numbers.
  package static func binary(_ op: BinaryOperation, _ a: Operand, _ b: Operand) throws -> Tensor {
    if let result = try quick(op, a, b) { return result }
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
    if let model = denseModel(a, b) { return try flat(op, type, a, b, model) }
    return a.isSmall && b.isSmall
      ? try broadcast(op, type, a, b, SmallShape.self) : try broadcast(op, type, a, b, Shape.self)
  }

  /// The common cases that need no broadcasting and no conversion of elements: two tensors of one type
  /// and shape, or a tensor and a number that takes its type. Nil for the rest.
  private static func quick(_ op: BinaryOperation, _ a: Operand, _ b: Operand) throws -> Tensor? {
    switch (a, b) {
    case (.tensor(let x), .tensor(let y)):
      let (left, right) = (x.header, y.header)
      guard left.pointee.dtype == right.pointee.dtype, right.pointee.isDense,
        left.hasShape(of: right),
        (left.pointee.isContiguous && right.pointee.isContiguous) || left.hasStrides(of: right)
      else { return nil }
      return try quick(op, x, left.pointee.data, 1, right.pointee.data, 1)
    case (.tensor(let x), _):
      guard b.takesType(of: x) else { return nil }
      var room = UInt64(0)
      b.store(x.dtype, &room)
      return try quick(op, x, x.data, 1, &room, 0)
    case (_, .tensor(let y)):
      guard a.takesType(of: y) else { return nil }
      var room = UInt64(0)
      a.store(y.dtype, &room)
      return try quick(op, y, &room, 0, y.data, 1)
    default: return nil
    }
  }

  /// One kernel row over operands that lie as `model` does, into a tensor that lies so, too.
  private static func quick(
    _ op: BinaryOperation, _ model: Tensor, _ x: UnsafeRawPointer, _ xStep: Int,
    _ y: UnsafeRawPointer, _ yStep: Int
  ) throws -> Tensor? {
    let header = model.header
    let type = header.pointee.dtype
    guard header.pointee.isDense, op.computedType(type) == type else { return nil }
    let result = try TensorStorage.make(op.isComparison ? .bool : type, like: header)
    try check(
      nn_binary_row(
        Int32(op.rawValue), Int32(type.rawValue), result.pointer.pointee.data, x, xStep, y, yStep,
        header.pointee.count))
    return Tensor(result)
  }

  /// The tensor beside a number, or one of two tensors that lie alike, if it has no gaps.
  private static func denseModel(_ a: Operand, _ b: Operand) -> Tensor? {
    switch (a, b) {
    case (.tensor(let x), .tensor(let y)):
      let (left, right) = (x.header, y.header)
      let areAlike =
        left.pointee.isDense && right.pointee.isDense && left.hasShape(of: right)
        && left.hasStrides(of: right)
      return areAlike ? x : nil
    case (.tensor(let x), _): return x.header.pointee.isDense ? x : nil
    case (_, .tensor(let y)): return y.header.pointee.isDense ? y : nil
    default: return nil
    }
  }

  /// Operands of other types, all lying as `model` does: converted on the way, in memory's order.
  private static func flat(
    _ op: BinaryOperation, _ type: DType, _ a: Operand, _ b: Operand, _ model: Tensor
  ) throws -> Tensor {
    let result = try TensorStorage.make(op.isComparison ? .bool : type, like: model.header)
    let room = result.pointer
    try a.withSource(type) { (x: OperandSource<SmallShape>) in
      try b.withSource(type) { (y: OperandSource<SmallShape>) in
        var (xStep, yStep, count) = (a.isTensor ? 1 : 0, b.isTensor ? 1 : 0, room.pointee.count)
        try check(
          nn_binary(
            Int32(op.rawValue), Int32(type.rawValue), room.pointee.data, x.elements(&xStep),
            y.elements(&yStep), &count, 1))
      }
    }
    return Tensor(result)
  }

  private static func broadcast<S: AxisList>(
    _ op: BinaryOperation, _ type: DType, _ a: Operand, _ b: Operand, _ axes: S.Type
  ) throws -> Tensor {
    try a.withSource(type) { (x: OperandSource<S>) in
      try b.withSource(type) { (y: OperandSource<S>) in
        guard let shape = S.broadcast(x.shape, y.shape) else {
          throw Problem.tensor(
            .shapesDoNotFit(operation: op.symbol, left: x.shape.array, right: y.shape.array))
        }
        let result = try TensorStorage.make(op.isComparison ? .bool : type, shape)
        let room = result.pointer
        if room.pointee.count > 0 {
          try check(compute(op, type, room.pointee.data, x, y, shape, room.pointee.count))
        }
        return Tensor(result)
      }
    }
  }

  private static func compute<S: AxisList>(
    _ op: BinaryOperation, _ type: DType, _ room: UnsafeMutableRawPointer, _ a: OperandSource<S>,
    _ b: OperandSource<S>, _ shape: S, _ count: Int
  ) -> Int32 {
    let (op, code, rank) = (Int32(op.rawValue), Int32(type.rawValue), Int32(shape.count))
    if let x = a.step(in: shape, type), let y = b.step(in: shape, type) {
      return nn_binary_row(op, code, room, a.data, x, b.data, y, count)
    }
    return a.shape.repeated(a.strides, over: shape).withPointer { x in
      b.shape.repeated(b.strides, over: shape).withPointer { y in
        shape.withPointer { shape in
          nn_binary(op, code, room, a.elements(x), b.elements(y), shape, rank)
        }
      }
    }
  }

  private static func check(_ status: Int32) throws {
    try Allowance.check(status)
    if status == Int32(NN_NEGATIVE_POWER) { throw Problem.tensor(.negativePower) }
  }

  /// NumPy's broadcasting. `operation` is for the message.
  static func broadcastShape(_ a: Shape, _ b: Shape, _ operation: String) throws -> Shape {
    guard let shape = Shape.broadcast(a, b) else {
      throw Problem.tensor(
        .shapesDoNotFit(operation: operation, left: a.array, right: b.array))
    }
    return shape
  }
}
