import CNNKernels
import NNSource

/// The operations that programs written by hand are made of, on float64 tensors where they stand:
/// no reference is counted, results go into pooled storage or over an operand nobody needs any more.
/// Whatever is not in the simple form is left to `Tensor`, which gives the same bits.

/// One side of an operation: the storage of a tensor, where its holder has it, or a number that
/// becomes a float64 beside one.
package struct QuickOperand {
  @usableFromInline let storage: UnsafeMutablePointer<TensorStorage>?
  @usableFromInline let number: Double
  /// Whether the holder lets go of the tensor after the operation.
  @usableFromInline let isSpent: Bool

  @inlinable @inline(__always) package init(
    _ storage: UnsafeMutablePointer<TensorStorage>, isSpent: Bool
  ) {
    (self.storage, number, self.isSpent) = (storage, 0, isSpent)
  }

  @inlinable @inline(__always) package init(_ number: Double) {
    (storage, self.number, isSpent) = (nil, number, false)
  }

  /// Whether the result may be written over the elements: they are float64, and nobody else has
  /// them or shows them.
  @inline(__always)
  fileprivate var isSpare: Bool {
    guard isSpent, let storage else { return false }
    let header = storage.header
    return header.pointee.owner == nil && header.pointee.dtype == .float64
      && isKnownUniquelyReferenced(&storage.pointee)
  }
}

package enum QuickResult {
  /// Not in the simple form; nothing has happened.
  case unsuited
  case made(NewStorage)
  /// Written over the left or right operand.
  case inLeft, inRight
}

extension TensorPool {
  // MARK: Elementwise

  /// Elementwise, broadcasting, of at least one float64 tensor; `op` is none of integers only.
  /// `isUpdate`: a result that has not the left one's type and shape is left to the general way.
  package func binary(
    _ op: BinaryOperation, _ x: QuickOperand, _ y: QuickOperand, isUpdate: Bool
  ) throws -> QuickResult {
    switch (x.storage?.header, y.storage?.header) {
    case (let a?, let b?):
      guard a.pointee.dtype == .float64 || b.pointee.dtype == .float64,
        a.pointee.layout.isSmall, b.pointee.layout.isSmall,
        !isUpdate || Self.keeps(a, beside: b)
      else { return .unsuited }
      if let left = elements(a, scratch.left), let right = elements(b, scratch.right) {
        if a.smallLayout.pointee.shape == b.smallLayout.pointee.shape {
          return try row(op, a, x.isSpare, y.isSpare, left, 1, right, 1)
        }
        if Self.isRow(b, of: a) { return try row(op, a, x.isSpare, false, left, 1, right, 1) }
        if Self.isRow(a, of: b) { return try row(op, b, false, y.isSpare, left, 1, right, 1) }
      }
      return try broadcast(op, x, a, y, b)
    case (let a?, nil):
      guard a.isQuick else { return .unsuited }
      return try withUnsafePointer(to: y.number) {
        try row(op, a, x.isSpare, false, a.pointee.data, 1, $0, 0)
      }
    case (nil, let b?):
      guard b.isQuick else { return .unsuited }
      return try withUnsafePointer(to: x.number) {
        try row(op, b, false, y.isSpare, $0, 0, b.pointee.data, 1)
      }
    case (nil, nil): return .unsuited
    }
  }

  /// The elements as adjacent float64: where they are, or converted into `room` when there are few.
  /// Nil otherwise.
  @inline(__always)
  private func elements(
    _ header: UnsafeMutablePointer<TensorHeader>, _ room: UnsafeMutablePointer<Double>
  ) -> UnsafeRawPointer? {
    guard header.pointee.isContiguous else { return nil }
    if header.pointee.dtype == .float64 { return UnsafeRawPointer(header.pointee.data) }
    let count = header.pointee.count
    guard count <= Self.scratchCount else { return nil }
    nn_cast_row(room, float64, header.pointee.data, Int32(header.pointee.dtype.rawValue), count)
    return UnsafeRawPointer(room)
  }

  /// Whether what `left` becomes by an operation with `right` has its type and shape.
  private static func keeps(
    _ left: UnsafeMutablePointer<TensorHeader>, beside right: UnsafeMutablePointer<TensorHeader>
  ) -> Bool {
    let shape = left.smallLayout.pointee.shape
    return left.pointee.dtype == .float64
      && SmallShape.broadcast(shape, right.smallLayout.pointee.shape) == shape
  }

  /// Whether `whole` has the shape of `row` with a single 1 before it.
  @inline(__always)
  private static func isRow(
    _ row: UnsafeMutablePointer<TensorHeader>, of whole: UnsafeMutablePointer<TensorHeader>
  ) -> Bool {
    let (short, long) = (row.smallLayout, whole.smallLayout)
    return long.pointee.rank == 2 && short.pointee.rank == 1
      && long.pointee.shape.numbers.0 == 1
      && long.pointee.shape.numbers.1 == short.pointee.shape.numbers.0
  }

  /// One kernel row; the result is shaped as `model`.
  @inline(__always)
  private func row(
    _ op: BinaryOperation, _ model: UnsafeMutablePointer<TensorHeader>, _ isLeftSpare: Bool,
    _ isRightSpare: Bool, _ x: UnsafeRawPointer, _ xStep: Int, _ y: UnsafeRawPointer, _ yStep: Int
  ) throws -> QuickResult {
    let (count, code) = (model.pointee.count, Int32(op.rawValue))
    if !op.isComparison {
      // A spare operand is float64 and stands where it is read.
      if isLeftSpare {
        try Allowance.check(
          nn_binary_row(
            code, float64, UnsafeMutableRawPointer(mutating: x), x, xStep, y, yStep, count))
        return .inLeft
      }
      if isRightSpare {
        try Allowance.check(
          nn_binary_row(
            code, float64, UnsafeMutableRawPointer(mutating: y), x, xStep, y, yStep, count))
        return .inRight
      }
    }
    let storage = try make(
      op.isComparison ? .bool : .float64, &model.pointee.layout.small, count)
    let status = nn_binary_row(
      code, float64, storage.header.pointee.data, x, xStep, y, yStep, count)
    return .made(try storage.finished(status))
  }

  /// Operands that lie in any way, one of them float64; the other is converted on the way.
  @inline(never)
  private func broadcast(
    _ op: BinaryOperation, _ x: QuickOperand, _ a: UnsafeMutablePointer<TensorHeader>,
    _ y: QuickOperand, _ b: UnsafeMutablePointer<TensorHeader>
  ) throws -> QuickResult {
    let (left, right) = (a.pointee.layout.small, b.pointee.layout.small)
    guard let shape = SmallShape.broadcast(left.shape, right.shape) else { return .unsuited }
    // Sizes beyond these, and their message, are the general way's.
    guard let count = shape.count(below: 1 << 48), count > 0 else { return .unsuited }
    func compute(_ out: UnsafeMutableRawPointer) -> Int32 {
      left.shape.repeated(left.strides, over: shape).withPointer { xStrides in
        right.shape.repeated(right.strides, over: shape).withPointer { yStrides in
          shape.withPointer { lengths in
            nn_binary(
              Int32(op.rawValue), float64, out, a.elements(xStrides), b.elements(yStrides),
              lengths, Int32(shape.count))
          }
        }
      }
    }
    // An operand of the result's own shape is read at each place before the place is written.
    if !op.isComparison {
      if x.isSpare, a.pointee.isContiguous, left.shape == shape {
        try Allowance.check(compute(a.pointee.data))
        return .inLeft
      }
      if y.isSpare, b.pointee.isContiguous, right.shape == shape {
        try Allowance.check(compute(b.pointee.data))
        return .inRight
      }
    }
    var layout = SmallLayout(shape: shape, strides: shape.contiguousStrides)
    let storage = try make(op.isComparison ? .bool : .float64, &layout, count)
    return .made(try storage.finished(compute(storage.header.pointee.data)))
  }

  /// A function of every element.
  package func unary(_ op: UnaryOperation, _ x: QuickOperand) throws -> QuickResult {
    guard let a = x.storage?.header, a.isQuick, !op.givesBool, op.computedType(.float64) != nil
    else {
      return .unsuited
    }
    let (count, code) = (a.pointee.count, Int32(op.rawValue))
    if x.isSpare {
      try Allowance.check(
        nn_unary_row(code, float64, a.pointee.data, a.pointee.data, count))
      return .inLeft
    }
    let storage = try make(.float64, &a.pointee.layout.small, count)
    let status = nn_unary_row(
      code, float64, storage.header.pointee.data, a.pointee.data, count)
    return .made(try storage.finished(status))
  }

  // MARK: Products

  /// The product of two vectors or matrices, however they lie, and the length summed over. Nil where
  /// those lengths differ, too.
  package func product(
    _ leftStorage: UnsafeMutablePointer<TensorStorage>,
    _ rightStorage: UnsafeMutablePointer<TensorStorage>
  ) throws -> (product: NewStorage, inner: Int)? {
    let (left, right) = (leftStorage.header, rightStorage.header)
    guard left.pointee.dtype == .float64 || right.pointee.dtype == .float64,
      let leftData = factor(left, scratch.left), let rightData = factor(right, scratch.right)
    else { return nil }
    let (x, y) = (left.smallLayout, right.smallLayout)
    let (xRank, yRank) = (x.pointee.rank, y.pointee.rank)
    guard xRank == 1 || xRank == 2, yRank == 1 || yRank == 2 else { return nil }
    let (lengths, steps) = (x.pointee.shape.numbers, x.pointee.strides.numbers)
    let (rows, inner) = xRank == 2 ? (lengths.0, lengths.1) : (1, lengths.0)
    let columns = yRank == 2 ? y.pointee.shape.numbers.1 : 1
    guard y.pointee.shape.numbers.0 == inner else { return nil }
    var layout = Self.layout(xRank == 2 ? rows : nil, yRank == 2 ? columns : nil)
    let (count, overflows) = rows.multipliedReportingOverflow(by: columns)
    guard !overflows, count > 0, count < 1 << 48 else { return nil }
    let storage = try make(.float64, &layout, count)
    let status = nn_matmul_parts(
      float64, storage.header.pointee.data, leftData, xRank == 2 ? steps.0 : 0,
      xRank == 2 ? steps.1 : steps.0, rightData, y.pointee.strides.numbers.0,
      // A single column lies as it likes.
      columns == 1 ? 1 : y.pointee.strides.numbers.1, rows, inner, columns)
    guard status != Int32(NN_NO_MEMORY) else {
      storage.discard()
      return nil
    }
    return (try storage.finished(status), inner)
  }

  /// The layout of a matrix, or of a vector where there are no rows or no columns.
  @inline(__always)
  private static func layout(_ rows: Int?, _ columns: Int?) -> SmallLayout {
    switch (rows, columns) {
    case (let rows?, let columns?):
      SmallLayout(
        shape: SmallShape((rows, columns, 0, 0), 2), strides: SmallShape((columns, 1, 0, 0), 2))
    case (let length?, nil), (nil, let length?):
      SmallLayout(shape: SmallShape((length, 0, 0, 0), 1), strides: SmallShape((1, 0, 0, 0), 1))
    case (nil, nil): SmallLayout(shape: SmallShape(rank: 0), strides: SmallShape(rank: 0))
    }
  }

  /// The elements of one side of a product, which may lie in any way when they are float64.
  @inline(__always)
  private func factor(
    _ header: UnsafeMutablePointer<TensorHeader>, _ room: UnsafeMutablePointer<Double>
  ) -> UnsafeRawPointer? {
    guard header.pointee.layout.isSmall else { return nil }
    return header.pointee.dtype == .float64
      ? UnsafeRawPointer(header.pointee.data) : elements(header, room)
  }

  // MARK: Parts and sums

  /// Row `i` of a small matrix without gaps, as a copy. Nil for anything else.
  package func row(_ place: UnsafeMutablePointer<TensorStorage>, _ i: Int) -> NewStorage? {
    let header = place.header
    let layout = header.smallLayout
    guard header.pointee.isContiguous, header.pointee.layout.isSmall, layout.pointee.rank == 2
    else { return nil }
    let (rows, count) = (layout.pointee.shape[0], layout.pointee.shape[1])
    let index = i < 0 ? i &+ rows : i
    let bytes = count &* header.pointee.dtype.itemSize
    guard index >= 0, index < rows, bytes <= TensorStorage.tailLimit else { return nil }
    var vector = Self.layout(nil, count)
    let storage = take(header.pointee.dtype, &vector, count)
    storage.header.pointee.data.copyMemory(
      from: header.pointee.data + index &* bytes, byteCount: bytes)
    return storage
  }

  /// A matrix with its axes exchanged: a view. Nil for what is no matrix.
  package func transposed(_ place: UnsafeMutablePointer<TensorStorage>) -> NewStorage? {
    let header = place.header
    guard header.smallLayout.pointee.rank == 2 else { return nil }
    var layout = header.smallLayout.pointee.turned
    let view = take(header.pointee.dtype, &layout, 0)
    let room = view.header
    room.pointee.count = header.pointee.count
    room.pointee.data = header.pointee.data
    room.pointee.isContiguous = layout.isContiguous
    room.pointee.isDense = room.pointee.isContiguous || header.pointee.isDense
    room.pointee.owner = header.pointee.owner ?? place.pointee
    return view
  }

  /// The same for a matrix that is spare: it is turned itself.
  package func transpose(_ place: UnsafeMutablePointer<TensorStorage>) -> Bool {
    let header = place.header
    guard header.pointee.owner == nil, header.smallLayout.pointee.rank == 2,
      isKnownUniquelyReferenced(&place.pointee)
    else { return false }
    header.pointee.layout.small = header.smallLayout.pointee.turned
    header.pointee.isContiguous = header.smallLayout.pointee.isContiguous
    return true
  }

  /// The sum of all elements of a float64 tensor without gaps.
  package func sum(_ place: UnsafeMutablePointer<TensorStorage>) -> Double? {
    let header = place.header
    guard header.isQuick, header.pointee.count > 0, header.pointee.count <= Self.scratchCount
    else { return nil }
    return Self.sum(header.pointee.data, header.pointee.count)
  }

  /// The sum of a few numbers, as of a tensor of them. Nil where they are too many.
  package func sum(
    of count: Int, _ number: (Int) -> Double?
  ) -> Double? {
    guard count > 0, count <= Self.scratchCount else { return nil }
    for index in 0..<count {
      guard let number = number(index) else { return nil }
      scratch.left[index] = number
    }
    return Self.sum(scratch.left, count)
  }

  /// Up to 512 elements in one panel.
  private static func sum(_ data: UnsafeRawPointer, _ count: Int) -> Double {
    var total = 0.0
    nn_sum_panel(float64, &total, data, count)
    return total
  }
}

private let float64 = Int32(DType.float64.rawValue)

extension UnsafeMutablePointer<TensorHeader> {
  /// Where the layout of up to four axes stands.
  @inline(__always)
  fileprivate var smallLayout: UnsafeMutablePointer<SmallLayout> {
    withUnsafeMutablePointer(to: &pointee.layout.small) { $0 }
  }

  /// Float64, contiguous and of few axes.
  @inline(__always)
  fileprivate var isQuick: Bool {
    pointee.dtype == .float64 && pointee.isContiguous && pointee.layout.isSmall
  }
}

extension UnsafeMutablePointer<TensorHeader> {
  fileprivate func elements(_ strides: UnsafePointer<Int>) -> nn_elements {
    nn_elements(
      data: UnsafeRawPointer(pointee.data), strides: strides, dtype: Int32(pointee.dtype.rawValue))
  }
}

extension SmallShape {
  /// The number of elements, nil where it is not below `limit`.
  fileprivate func count(below limit: Int) -> Int? {
    var product = 1
    for axis in 0..<count {
      let (next, overflows) = product.multipliedReportingOverflow(by: self[axis])
      guard !overflows, next < limit else { return nil }
      product = next
    }
    return product
  }
}

extension SmallLayout {
  /// A matrix with its axes exchanged.
  @inline(__always)
  fileprivate var turned: SmallLayout {
    SmallLayout(
      shape: SmallShape((shape.numbers.1, shape.numbers.0, 0, 0), 2),
      strides: SmallShape((strides.numbers.1, strides.numbers.0, 0, 0), 2))
  }
}
