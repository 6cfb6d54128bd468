/// How a tensor's elements lie in memory: its lengths and, in elements, its strides. Up to four axes
/// are plain numbers, which is what small tensors are copied and compared by.
struct Layout {
  private(set) var smallShape: SmallShape
  private(set) var smallStrides: SmallShape
  /// The axes of a tensor that has more; the small ones are empty then.
  private let large: LargeLayout?

  init(_ shape: SmallShape, strides: SmallShape) {
    (smallShape, smallStrides, large) = (shape, strides, nil)
  }

  init(_ shape: Shape, strides: Shape) {
    smallShape = shape.small ?? SmallShape(rank: 0)
    smallStrides = strides.small ?? SmallShape(rank: 0)
    large = shape.small == nil ? LargeLayout(shape.array, strides.array) : nil
  }

  init<S: AxisList>(_ shape: S, strides: S) {
    if let shape = shape as? SmallShape, let strides = strides as? SmallShape {
      self.init(shape, strides: strides)
    } else {
      self.init(Shape(shape.array), strides: Shape(strides.array))
    }
  }

  /// Row-major without gaps.
  init<S: AxisList>(contiguous shape: S) { self.init(shape, strides: shape.contiguousStrides) }

  var rank: Int { large?.shape.count ?? smallShape.count }
  var shape: Shape { Shape(smallShape, many: large?.shape) }
  var strides: Shape { Shape(smallStrides, many: large?.strides) }
  /// Whether `smallShape` and `smallStrides` are all there is.
  var isSmall: Bool { large == nil }

  /// The same shape in row-major order without gaps.
  var compact: Layout { isSmall ? Layout(contiguous: smallShape) : Layout(contiguous: shape) }

  func hasShape(of other: Layout) -> Bool {
    smallShape == other.smallShape
      && (large === other.large || (large != nil && other.large != nil && shape == other.shape))
  }

  func hasStrides(of other: Layout) -> Bool {
    smallStrides == other.smallStrides
      && (large === other.large || (large != nil && other.large != nil && strides == other.strides))
  }
}

/// More than four axes.
private final class LargeLayout: Sendable {
  let shape: [Int]
  let strides: [Int]

  init(_ shape: [Int], _ strides: [Int]) {
    self.shape = shape
    self.strides = strides
  }
}

extension UnsafeMutablePointer<TensorHeader> {
  /// Lengths and strides as the kernels read them.
  func withLayout<R>(
    _ body: (_ shape: UnsafePointer<Int>, _ strides: UnsafePointer<Int>) throws -> R
  ) rethrows -> R {
    if pointee.layout.isSmall {
      return try pointee.layout.smallShape.withPointer { shape in
        try pointee.layout.smallStrides.withPointer { try body(shape, $0) }
      }
    }
    return try pointee.layout.shape.withPointer { shape in
      try pointee.layout.strides.withPointer { try body(shape, $0) }
    }
  }
}
