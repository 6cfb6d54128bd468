import CNNKernels
import NNSource

/// Products of matrices and vectors, in the order numerics rule 1 gives.

extension Tensor {
  /// `@`: vectors and matrices, and stacks of matrices, broadcasting all but the last two axes.
  package static func matmul(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    guard a.rank > 0, b.rank > 0 else {
      throw Problem.tensor(.numberInProduct(left: a.shape.array, right: b.shape.array))
    }
    let type = DType.promoted(a.dtype, b.dtype)
    let (x, y) = (try a.promoted(to: type), try b.promoted(to: type))
    defer { withExtendedLifetime((x, y)) {} }
    if a.rank <= 2, b.rank <= 2 {
      return try single(Matrix(x, isLeft: true), Matrix(y, isLeft: false), type, a, b)
    }
    return try stacked(x, y, type)
  }

  /// Two vectors or matrices.
  private static func single(
    _ left: Matrix, _ right: Matrix, _ type: DType, _ a: Tensor, _ b: Tensor
  ) throws -> Tensor {
    guard left.columns == right.rows else {
      throw Problem.tensor(.matmul(a.shape.array, b.shape.array))
    }
    var shape = SmallShape(rank: 0)
    if a.rank > 1 { shape.append(left.rows) }
    if b.rank > 1 { shape.append(right.columns) }
    let result = try TensorStorage.make(type, shape)
    let room = result.pointer
    if room.pointee.count > 0 { try multiply(room.pointee.data, left, right, type) }
    return Tensor(result)
  }

  /// Stacks of matrices, or a stack and a vector.
  private static func stacked(_ a: Tensor, _ b: Tensor, _ type: DType) throws -> Tensor {
    let (left, right) = (Matrix(a, isLeft: true), Matrix(b, isLeft: false))
    guard left.columns == right.rows else {
      throw Problem.tensor(.matmul(a.shape.array, b.shape.array))
    }
    let (aLead, bLead) = (Shape(a.shape.dropLast(2)), Shape(b.shape.dropLast(2)))
    guard let lead = Shape.broadcast(aLead, bLead) else {
      throw Problem.tensor(
        .shapesDoNotFit(operation: "@", left: a.shape.array, right: b.shape.array))
    }
    var shape = lead
    if a.rank > 1 { shape.append(left.rows) }
    if b.rank > 1 { shape.append(right.columns) }
    let result = try Tensor(uninitialized: shape, type)
    if result.count == 0 { return result }
    let size = left.rows * right.columns * type.itemSize
    let aStrides = aLead.repeated(Shape(a.strides.dropLast(2)), over: lead)
    let bStrides = bLead.repeated(Shape(b.strides.dropLast(2)), over: lead)
    for index in 0..<lead.elementCount {
      try multiply(
        result.data + index * size, left.moved(lead.offset(index, aStrides), type),
        right.moved(lead.offset(index, bStrides), type), type)
    }
    return result
  }

  private static func multiply(
    _ room: UnsafeMutableRawPointer, _ left: Matrix, _ right: Matrix, _ type: DType
  ) throws {
    let status = nn_matmul(
      Int32(type.rawValue), room, left.kernel, right.kernel, left.rows, left.columns,
      right.columns)
    try Allowance.check(status)
    guard status == Int32(NN_OK) else {
      throw Problem.tensor(
        .outOfMemory(shape: [left.rows, right.columns], dtype: type.name))
    }
  }

  /// In `type`, as it lies where nothing has to be converted.
  private func promoted(to type: DType) throws -> Tensor {
    dtype == type ? self : try converted(to: type)
  }

  /// `numpy.dot`: a number scales; else the last axis of `a` against the last but one of `b`.
  package static func dot(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    if a.rank == 0 || b.rank == 0 { return try binary(.multiply, .tensor(a), .tensor(b)) }
    if a.rank <= 2 && b.rank <= 2 { return try matmul(a, b) }
    let axis = Swift.max(b.rank - 2, 0)
    let inner = b.shape[axis]
    guard a.shape[a.rank - 1] == inner else {
      throw Problem.tensor(.matmul(a.shape.array, b.shape.array))
    }
    let rows = a.shape.array.dropLast()
    let columns = b.shape.array.enumerated().filter { $0.offset != axis }.map(\.element)
    var order = Array(0..<b.rank)
    order.remove(at: axis)
    let left = try a.reshaped([rows.reduce(1, *), inner])
    let right = try b.transposed([axis] + order).reshaped([inner, columns.reduce(1, *)])
    return try matmul(left, right).reshaped(rows + columns)
  }

  /// Every element of `a` times every element of `b`, both flattened.
  package static func outer(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    try binary(
      .multiply, .tensor(try a.reshaped([a.count, 1])), .tensor(try b.reshaped([1, b.count])))
  }
}

/// The last two axes of a tensor. A vector is a row on the left and a column on the right. Valid as long
/// as the tensor is.
private struct Matrix {
  var kernel: nn_matrix
  let rows: Int
  let columns: Int

  init(_ tensor: Tensor, isLeft: Bool) {
    let header = tensor.header
    if header.pointee.layout.isSmall {
      self.init(header, SmallShape.self, isLeft)
    } else {
      self.init(header, Shape.self, isLeft)
    }
  }

  private init<S: AxisList>(
    _ header: UnsafeMutablePointer<TensorHeader>, _: S.Type, _ isLeft: Bool
  ) {
    let (shape, strides) = (S.shape(of: header), S.strides(of: header))
    let last = shape.count - 1
    let data = UnsafeRawPointer(header.pointee.data)
    if last > 0 {
      (rows, columns) = (shape[last - 1], shape[last])
      kernel = nn_matrix(data: data, row: strides[last - 1], column: strides[last])
    } else if isLeft {
      (rows, columns) = (1, shape[0])
      kernel = nn_matrix(data: data, row: 0, column: strides[0])
    } else {
      (rows, columns) = (shape[0], 1)
      kernel = nn_matrix(data: data, row: strides[0], column: 1)
    }
  }

  /// The matrix so many elements further on.
  func moved(_ offset: Int, _ type: DType) -> Matrix {
    var moved = self
    moved.kernel.data += offset * type.itemSize
    return moved
  }
}
