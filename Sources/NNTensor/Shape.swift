import NNSource

/// The lengths of a tensor's axes, or its strides. Up to four are held inline, so that the
/// arithmetic of small tensors never touches the heap.
package struct Shape: Sendable, Hashable, RandomAccessCollection, ExpressibleByArrayLiteral {
  static let inlineRank = 4
  /// NumPy's limit.
  package static let maximumRank = 64

  /// The first four; unused ones are 0. All 0 when `spilled` holds them.
  private var inline: (Int, Int, Int, Int) = (0, 0, 0, 0)
  /// Every dimension, when there are more than four.
  private var spilled: [Int]?
  private var rank: Int

  /// A shape of `rank` zeros, to be filled.
  init(rank: Int) {
    self.rank = rank
    spilled = rank > Shape.inlineRank ? [Int](repeating: 0, count: rank) : nil
  }

  package init() { self.init(rank: 0) }

  package init(_ dimensions: some Sequence<Int>) {
    rank = 0
    for dimension in dimensions { append(dimension) }
  }

  package init(arrayLiteral elements: Int...) { self.init(elements) }

  package var startIndex: Int { 0 }
  package var endIndex: Int { rank }
  /// The number of axes.
  package var count: Int { rank }

  package internal(set) subscript(axis: Int) -> Int {
    get {
      if let spilled { return spilled[axis] }
      switch axis {
      case 0: return inline.0
      case 1: return inline.1
      case 2: return inline.2
      default: return inline.3
      }
    }
    set {
      guard spilled == nil else {
        spilled?[axis] = newValue
        return
      }
      switch axis {
      case 0: inline.0 = newValue
      case 1: inline.1 = newValue
      case 2: inline.2 = newValue
      default: inline.3 = newValue
      }
    }
  }

  package var array: [Int] { Array(self) }

  /// NumPy's writing: `()`, `(3,)`, `(2, 3)`.
  package var text: String { TensorProblem.text(ofShape: array) }

  /// The number of elements; `Int.max` where that does not fit (no tensor has such a shape).
  package var elementCount: Int {
    var product = 1
    var overflows = false
    for axis in 0..<rank {
      let (next, overflow) = product.multipliedReportingOverflow(by: self[axis])
      if self[axis] == 0 { return 0 }
      overflows = overflows || overflow
      product = next
    }
    return overflows ? .max : product
  }

  package static func == (a: Shape, b: Shape) -> Bool {
    a.rank == b.rank && a.inline == b.inline
      && (a.rank <= inlineRank || a.spilled == b.spilled)
  }

  package func hash(into hasher: inout Hasher) {
    for dimension in self { hasher.combine(dimension) }
    hasher.combine(rank)
  }
}

extension Shape {
  mutating func append(_ dimension: Int) {
    if rank == Shape.inlineRank {
      spilled = array
      inline = (0, 0, 0, 0)
    }
    rank += 1
    if rank > Shape.inlineRank { spilled?.append(dimension) } else { self[rank - 1] = dimension }
  }

  mutating func insert(_ dimension: Int, at axis: Int) {
    var dimensions = array
    dimensions.insert(dimension, at: axis)
    self = Shape(dimensions)
  }

  @discardableResult
  mutating func remove(at axis: Int) -> Int {
    var dimensions = array
    let removed = dimensions.remove(at: axis)
    self = Shape(dimensions)
    return removed
  }

  /// Row-major strides, in elements.
  var contiguousStrides: Shape {
    var strides = Shape(rank: count)
    var step = 1
    for axis in stride(from: count - 1, through: 0, by: -1) {
      strides[axis] = step
      step &*= Swift.max(self[axis], 1)
    }
    return strides
  }

  /// The dimensions as the kernels read them.
  func withPointer<R>(_ body: (UnsafePointer<Int>) throws -> R) rethrows -> R {
    if let spilled {
      return try spilled.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return try withInline(body) }
        return try body(base)
      }
    }
    return try withInline(body)
  }

  private func withInline<R>(_ body: (UnsafePointer<Int>) throws -> R) rethrows -> R {
    try withUnsafePointer(to: inline) { pointer in
      try pointer.withMemoryRebound(to: Int.self, capacity: Shape.inlineRank) { try body($0) }
    }
  }
}
