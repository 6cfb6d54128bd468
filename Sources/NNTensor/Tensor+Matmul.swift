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
    let left = try MatrixStack(a.promoted(to: type), isLeft: true)
    let right = try MatrixStack(b.promoted(to: type), isLeft: false)
    guard left.columns == right.rows else {
      throw Problem.tensor(.matmul(a.shape.array, b.shape.array))
    }
    if left.lead.isEmpty, right.lead.isEmpty {
      return try single(left, right, type, a.rank, b.rank)
    }
    guard let lead = try? broadcastShape(left.lead, right.lead, "@") else {
      throw Problem.tensor(
        .shapesDoNotFit(operation: "@", left: a.shape.array, right: b.shape.array))
    }
    var shape = lead
    if a.rank > 1 { shape.append(left.rows) }
    if b.rank > 1 { shape.append(right.columns) }
    let result = try Tensor(uninitialized: shape, type)
    if result.count == 0 { return result }
    let size = left.rows * right.columns * type.itemSize
    for index in 0..<lead.elementCount {
      try multiply(
        result.data + index * size, left, left.offset(index, lead), right,
        right.offset(index, lead), type)
    }
    return result
  }

  /// Two vectors or matrices.
  private static func single(
    _ left: MatrixStack, _ right: MatrixStack, _ type: DType, _ aRank: Int, _ bRank: Int
  ) throws -> Tensor {
    var shape = Shape()
    if aRank > 1 { shape.append(left.rows) }
    if bRank > 1 { shape.append(right.columns) }
    let result = try Tensor(uninitialized: shape, type)
    if result.count > 0 { try multiply(result.data, left, 0, right, 0, type) }
    return result
  }

  private static func multiply(
    _ out: UnsafeMutableRawPointer, _ left: MatrixStack, _ leftOffset: Int, _ right: MatrixStack,
    _ rightOffset: Int, _ type: DType
  ) throws {
    let status = nn_matmul(
      Int32(type.rawValue), out, left.matrix(leftOffset), right.matrix(rightOffset), left.rows,
      left.columns, right.columns)
    withExtendedLifetime((left.tensor, right.tensor)) {}
    guard status == 0 else {
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

/// A tensor as matrices: its last two axes, and the axes before them. A vector is a row on the left
/// and a column on the right.
private struct MatrixStack {
  let tensor: Tensor
  let lead: Shape
  let leadStrides: Shape
  let rows: Int
  let columns: Int
  let rowStep: Int
  let columnStep: Int

  init(_ tensor: Tensor, isLeft: Bool) throws {
    let shape = tensor.shape
    let strides = tensor.strides
    let last = shape.count - 1
    self.tensor = tensor
    if last == 0 {
      (rows, columns) = isLeft ? (1, shape[0]) : (shape[0], 1)
      (rowStep, columnStep) = isLeft ? (0, strides[0]) : (strides[0], 1)
    } else {
      (rows, columns) = (shape[last - 1], shape[last])
      (rowStep, columnStep) = (strides[last - 1], strides[last])
    }
    lead = last > 1 ? Shape(shape.dropLast(2)) : Shape()
    leadStrides = last > 1 ? Shape(strides.dropLast(2)) : Shape()
  }

  func matrix(_ offset: Int) -> nn_matrix {
    nn_matrix(
      data: tensor.data + offset * tensor.dtype.itemSize, row: rowStep, column: columnStep)
  }

  /// Where the matrix at a row-major place of the broadcast shape begins.
  func offset(_ index: Int, _ shape: Shape) -> Int {
    var rest = index
    var offset = 0
    for axis in stride(from: shape.count - 1, through: 0, by: -1) {
      let own = axis - (shape.count - lead.count)
      if own >= 0, lead[own] != 1 { offset += rest % shape[axis] * leadStrides[own] }
      rest /= shape[axis]
    }
    return offset
  }
}
