/// Lengths and strides of up to four axes, in plain memory.
struct SmallLayout {
  var shape: SmallShape
  var strides: SmallShape

  var rank: Int { shape.count }
  /// Row-major without gaps.
  var isContiguous: Bool { shape.isContiguous(strides) }
}

/// How a tensor's elements lie in memory: its lengths and, in elements, its strides. Up to four axes
/// are plain numbers, which is what small tensors are copied and compared by.
struct Layout {
  var small: SmallLayout
  /// The axes of a tensor that has more; the small ones are empty then.
  fileprivate let large: LargeLayout?

  init<S: AxisList>(_ shape: S, strides: S) {
    if let shape = shape as? SmallShape, let strides = strides as? SmallShape {
      (small, large) = (SmallLayout(shape: shape, strides: strides), nil)
      return
    }
    let (lengths, steps) = (Shape(shape.array), Shape(strides.array))
    small = SmallLayout(
      shape: lengths.small ?? SmallShape(rank: 0), strides: steps.small ?? SmallShape(rank: 0))
    large = lengths.small == nil ? LargeLayout(lengths.array, steps.array) : nil
  }

  init(_ small: SmallLayout) { (self.small, large) = (small, nil) }

  /// Row-major without gaps.
  init<S: AxisList>(contiguous shape: S) { self.init(shape, strides: shape.contiguousStrides) }

  var rank: Int { large?.shape.count ?? small.rank }
  var shape: Shape { Shape(small.shape, many: large?.shape) }
  var strides: Shape { Shape(small.strides, many: large?.strides) }
  /// Whether `small` is all there is.
  var isSmall: Bool { large == nil }

  /// The same shape in row-major order without gaps.
  var compact: Layout { isSmall ? Layout(contiguous: small.shape) : Layout(contiguous: shape) }
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

/// A layout is read where it stands: a copy of it would be counted.
extension UnsafeMutablePointer<TensorHeader> {
  /// Lengths and strides as the kernels read them.
  func withLayout<R>(
    _ body: (_ shape: UnsafePointer<Int>, _ strides: UnsafePointer<Int>) throws -> R
  ) rethrows -> R {
    if pointee.layout.isSmall {
      return try pointee.layout.small.shape.withPointer { shape in
        try pointee.layout.small.strides.withPointer { try body(shape, $0) }
      }
    }
    return try pointee.layout.shape.withPointer { shape in
      try pointee.layout.strides.withPointer { try body(shape, $0) }
    }
  }

  func hasShape(of other: Self) -> Bool {
    pointee.layout.small.shape == other.pointee.layout.small.shape
      && (bothSmall(other) || pointee.layout.shape == other.pointee.layout.shape)
  }

  func hasStrides(of other: Self) -> Bool {
    pointee.layout.small.strides == other.pointee.layout.small.strides
      && (bothSmall(other) || pointee.layout.strides == other.pointee.layout.strides)
  }

  private func bothSmall(_ other: Self) -> Bool {
    pointee.layout.isSmall && other.pointee.layout.isSmall
  }
}
