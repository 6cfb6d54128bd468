import CNNKernels
import NNSource

/// The operations that programs written by hand are made of, on float64 tensors where they stand:
/// no reference is counted, results go into pooled storage or over an operand nobody needs any more.
/// Whatever is not in the simple form is left to `Tensor`, which gives the same bits.

/// One side of an operation: a float64 tensor, or a number that becomes a float64 beside one. Valid
/// as long as its holder holds the tensor.
package struct QuickOperand {
  let header: UnsafeMutablePointer<TensorHeader>?
  let number: Double
  /// Whether the result may be written over the elements: the holder lets go of the tensor after
  /// the operation, and is the only one that has it.
  let isSpare: Bool

  package init(_ header: UnsafeMutablePointer<TensorHeader>, isSpare: Bool) {
    // A view's elements belong to another tensor as well.
    let isSpare = isSpare && header.pointee.owner == nil
    (self.header, number, self.isSpare) = (header, 0, isSpare)
  }

  package init(_ number: Double) { (header, self.number, isSpare) = (nil, number, false) }
}

package enum QuickResult {
  /// Not in the simple form; nothing has happened.
  case unsuited
  case made(Tensor)
  /// Written over the left or right operand.
  case inLeft, inRight
}

extension TensorPool {
  // MARK: Elementwise

  /// Elementwise, broadcasting, of at least one tensor.
  package func binary(
    _ op: BinaryOperation, _ x: QuickOperand, _ y: QuickOperand
  ) throws -> QuickResult {
    guard op.computedType(.float64) != nil else { return .unsuited }
    switch (x.header, y.header) {
    case (let a?, let b?):
      guard a.isQuick, b.isQuick else { return .unsuited }
      guard a.pointee.layout.small.shape == b.pointee.layout.small.shape else {
        return try broadcast(op, x, a, y, b)
      }
      return try row(op, a, x.isSpare, y.isSpare, a.pointee.data, 1, b.pointee.data, 1)
    case (let a?, nil):
      guard a.isQuick else { return .unsuited }
      var number = y.number
      return try row(op, a, x.isSpare, false, a.pointee.data, 1, &number, 0)
    case (nil, let b?):
      guard b.isQuick else { return .unsuited }
      var number = x.number
      return try row(op, b, false, y.isSpare, &number, 0, b.pointee.data, 1)
    case (nil, nil): return .unsuited
    }
  }

  /// One kernel row; the result is shaped as `model`.
  private func row(
    _ op: BinaryOperation, _ model: UnsafeMutablePointer<TensorHeader>, _ isLeftSpare: Bool,
    _ isRightSpare: Bool, _ x: UnsafeMutableRawPointer, _ xStep: Int, _ y: UnsafeMutableRawPointer,
    _ yStep: Int
  ) throws -> QuickResult {
    let (count, code) = (model.pointee.count, Int32(op.rawValue))
    if !op.isComparison {
      if isLeftSpare {
        nn_binary_row(code, float64, x, x, xStep, y, yStep, count)
        return .inLeft
      }
      if isRightSpare {
        nn_binary_row(code, float64, y, x, xStep, y, yStep, count)
        return .inRight
      }
    }
    let storage = try make(
      op.isComparison ? .bool : .float64, model.pointee.layout.small, count)
    nn_binary_row(code, float64, storage.pointer.pointee.data, x, xStep, y, yStep, count)
    return .made(Tensor(storage))
  }

  private func broadcast(
    _ op: BinaryOperation, _ x: QuickOperand, _ a: UnsafeMutablePointer<TensorHeader>,
    _ y: QuickOperand, _ b: UnsafeMutablePointer<TensorHeader>
  ) throws -> QuickResult {
    let (left, right) = (a.pointee.layout.small, b.pointee.layout.small)
    guard let shape = SmallShape.broadcast(left.shape, right.shape) else { return .unsuited }
    let count = shape.product
    guard count > 0, count < 1 << 48 else { return .unsuited }
    func compute(_ out: UnsafeMutableRawPointer) {
      left.shape.repeated(left.strides, over: shape).withPointer { xStrides in
        right.shape.repeated(right.strides, over: shape).withPointer { yStrides in
          shape.withPointer { lengths in
            _ = nn_binary(
              Int32(op.rawValue), float64, out,
              nn_elements(data: a.pointee.data, strides: xStrides, dtype: float64),
              nn_elements(data: b.pointee.data, strides: yStrides, dtype: float64), lengths,
              Int32(shape.count))
          }
        }
      }
    }
    // An operand of the result's own shape is read at each place before the place is written.
    if !op.isComparison {
      if x.isSpare, left.shape == shape {
        compute(a.pointee.data)
        return .inLeft
      }
      if y.isSpare, right.shape == shape {
        compute(b.pointee.data)
        return .inRight
      }
    }
    let storage = try make(
      op.isComparison ? .bool : .float64,
      SmallLayout(shape: shape, strides: shape.contiguousStrides), count)
    compute(storage.pointer.pointee.data)
    return .made(Tensor(storage))
  }

  /// A function of every element.
  package func unary(_ op: UnaryOperation, _ x: QuickOperand) throws -> QuickResult {
    guard let a = x.header, a.isQuick, !op.givesBool, op.computedType(.float64) != nil else {
      return .unsuited
    }
    let (count, code) = (a.pointee.count, Int32(op.rawValue))
    if x.isSpare {
      nn_unary_row(code, float64, a.pointee.data, a.pointee.data, count)
      return .inLeft
    }
    let storage = try make(.float64, a.pointee.layout.small, count)
    nn_unary_row(code, float64, storage.pointer.pointee.data, a.pointee.data, count)
    return .made(Tensor(storage))
  }

  // MARK: Products

  /// The product of two vectors or matrices, however they lie. `.unsuited` where the inner lengths
  /// differ.
  package func product(
    _ left: UnsafeMutablePointer<TensorHeader>, _ right: UnsafeMutablePointer<TensorHeader>
  ) throws -> (product: Tensor, inner: Int)? {
    guard left.pointee.dtype == .float64, right.pointee.dtype == .float64,
      left.pointee.layout.isSmall, right.pointee.layout.isSmall
    else { return nil }
    let (x, y) = (left.pointee.layout.small, right.pointee.layout.small)
    guard x.rank == 1 || x.rank == 2, y.rank == 1 || y.rank == 2 else { return nil }
    var a = nn_matrix(data: left.pointee.data, row: 0, column: x.strides[x.rank - 1])
    var b = nn_matrix(data: right.pointee.data, row: y.strides[0], column: 1)
    let (inner, columns) = (y.shape[0], y.rank == 2 ? y.shape[1] : 1)
    guard x.shape[x.rank - 1] == inner else { return nil }
    var rows = 1
    var layout = SmallLayout(shape: SmallShape(rank: 0), strides: SmallShape(rank: 0))
    if x.rank == 2 {
      rows = x.shape[0]
      if rows != 1 { a.row = x.strides[0] }
      layout.append(rows, stride: max(columns, 1))
    }
    if y.rank == 2 {
      if columns != 1 { b.column = y.strides[1] }
      layout.append(columns, stride: 1)
    }
    if layout.rank == 2, rows == 0 || columns == 0 { return nil }
    let (count, overflows) = rows.multipliedReportingOverflow(by: columns)
    guard !overflows, count > 0, count < 1 << 48 else { return nil }
    let storage = try make(.float64, layout, count)
    guard nn_matmul(float64, storage.pointer.pointee.data, a, b, rows, inner, columns) == 0 else {
      return nil
    }
    return (Tensor(storage), inner)
  }

  // MARK: Parts and sums

  /// Row `i` of a small float64 matrix of adjacent rows, as a copy. Nil for anything else.
  package func row(_ header: UnsafeMutablePointer<TensorHeader>, _ i: Int) -> Tensor? {
    let layout = header.pointee.layout.small
    guard header.isQuick, layout.rank == 2 else { return nil }
    let (rows, count) = (layout.shape[0], layout.shape[1])
    let place = i < 0 ? i &+ rows : i
    guard place >= 0, place < rows, count <= TensorStorage.tailLimit / 8 else { return nil }
    var shape = SmallLayout(shape: SmallShape(rank: 0), strides: SmallShape(rank: 0))
    shape.append(count, stride: 1)
    let storage = take(.float64, shape, count)
    storage.pointer.pointee.data.copyMemory(
      from: header.pointee.data + place &* count &* 8, byteCount: count &* 8)
    return Tensor(storage)
  }

  /// A matrix with its axes exchanged: a view. Nil for what is no matrix.
  package func transposed(_ tensor: consuming Tensor) -> Tensor? {
    let header = tensor.header
    let layout = header.pointee.layout.small
    guard layout.rank == 2 else { return nil }
    let view = take(header.pointee.dtype, layout.reversed, 0)
    let room = view.pointer
    room.pointee.count = header.pointee.count
    room.pointee.data = header.pointee.data
    room.pointee.isContiguous = layout.reversed.isContiguous
    room.pointee.isDense = room.pointee.isContiguous || header.pointee.isDense
    if let owner = header.pointee.owner {
      room.pointee.owner = owner
    } else {
      room.pointee.owner = tensor.storage
    }
    return Tensor(view)
  }

  /// The same for a matrix that is spare: it is turned itself.
  package func transpose(_ x: QuickOperand) -> Bool {
    guard x.isSpare, let header = x.header, header.pointee.layout.small.rank == 2 else {
      return false
    }
    header.pointee.layout.small = header.pointee.layout.small.reversed
    header.pointee.isContiguous = header.pointee.layout.small.isContiguous
    return true
  }

  /// The sum of all elements of a float64 tensor without gaps.
  package func sum(_ header: UnsafeMutablePointer<TensorHeader>) -> Double? {
    guard header.isQuick, header.pointee.count > 0 else { return nil }
    var total = 0.0
    withUnsafePointer(to: header.pointee.count) { count in
      withUnsafePointer(to: 1) { step in
        nn_reduce(
          Int32(Reduction.sum.rawValue), &total,
          nn_fold(
            data: header.pointee.data, source: float64, dtype: float64, in_rows: 1, kept: 0,
            folded: 1, kept_shape: step, kept_strides: step, folded_shape: count,
            folded_strides: step))
      }
    }
    return total
  }
}

private let float64 = Int32(DType.float64.rawValue)

extension UnsafeMutablePointer<TensorHeader> {
  package var elementCount: Int { pointee.count }

  /// Whether it is a number, of rank 0.
  package var isNumber: Bool { pointee.layout.rank == 0 }

  /// The length of the first axis; nil for a number.
  package var firstLength: Int? {
    guard pointee.layout.isSmall, pointee.layout.small.rank > 0 else { return nil }
    return pointee.layout.small.shape[0]
  }

  /// Element `i` of a float64 vector; nil for anything else, and out of range.
  package func float(_ i: Int) -> Double? {
    offset(i).map { pointee.data.load(fromByteOffset: $0 &* 8, as: Double.self) }
  }

  /// Element `i`, `j` of a float64 matrix.
  package func float(_ i: Int, _ j: Int) -> Double? {
    offset(i, j).map { pointee.data.load(fromByteOffset: $0 &* 8, as: Double.self) }
  }

  /// Writes one element of a vector that nobody else holds. False where nothing was written.
  package func setFloat(_ i: Int, _ value: Double) -> Bool {
    guard pointee.owner == nil, let offset = offset(i) else { return false }
    pointee.data.storeBytes(of: value, toByteOffset: offset &* 8, as: Double.self)
    return true
  }

  package func setFloat(_ i: Int, _ j: Int, _ value: Double) -> Bool {
    guard pointee.owner == nil, let offset = offset(i, j) else { return false }
    pointee.data.storeBytes(of: value, toByteOffset: offset &* 8, as: Double.self)
    return true
  }

  private func offset(_ i: Int) -> Int? {
    guard pointee.dtype == .float64, pointee.layout.isSmall, pointee.layout.small.rank == 1
    else { return nil }
    let length = pointee.layout.small.shape[0]
    let place = i < 0 ? i &+ length : i
    return place >= 0 && place < length ? place &* pointee.layout.small.strides[0] : nil
  }

  private func offset(_ i: Int, _ j: Int) -> Int? {
    guard pointee.dtype == .float64, pointee.layout.isSmall, pointee.layout.small.rank == 2
    else { return nil }
    let (rows, columns) = (pointee.layout.small.shape[0], pointee.layout.small.shape[1])
    let (row, column) = (i < 0 ? i &+ rows : i, j < 0 ? j &+ columns : j)
    guard row >= 0, row < rows, column >= 0, column < columns else { return nil }
    return row &* pointee.layout.small.strides[0] &+ column &* pointee.layout.small.strides[1]
  }

  /// Float64, contiguous and of few axes.
  fileprivate var isQuick: Bool {
    pointee.dtype == .float64 && pointee.isContiguous && pointee.layout.isSmall
  }
}
