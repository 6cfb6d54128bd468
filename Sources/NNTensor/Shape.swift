import NNSource

/// The lengths of a tensor's axes, or its strides.
package struct Shape: Sendable, Hashable, RandomAccessCollection, ExpressibleByArrayLiteral {
  /// NumPy's limit.
  package static let maximumRank = 64

  private var few: SmallShape
  /// Every axis, when there are more than `few` holds.
  private var many: [Int]?

  /// A shape of `rank` zeros, to be filled.
  init(rank: Int) {
    let isSmall = rank <= SmallShape.maximumRank
    few = SmallShape(rank: isSmall ? rank : 0)
    many = isSmall ? nil : [Int](repeating: 0, count: rank)
  }

  init(_ few: SmallShape, many: [Int]? = nil) { (self.few, self.many) = (few, many) }

  package init() { self.init(rank: 0) }

  package init(_ dimensions: some Sequence<Int>) {
    self.init(rank: 0)
    for dimension in dimensions { append(dimension) }
  }

  package init(arrayLiteral elements: Int...) { self.init(elements) }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }
  /// The number of axes.
  package var count: Int { many?.count ?? few.count }

  package internal(set) subscript(axis: Int) -> Int {
    get { many?[axis] ?? few[axis] }
    set { if many == nil { few[axis] = newValue } else { many?[axis] = newValue } }
  }

  package var array: [Int] { Array(self) }

  /// NumPy's writing: `()`, `(3,)`, `(2, 3)`.
  package var text: String { TensorProblem.text(ofShape: array) }

  /// The number of elements; `Int.max` where that does not fit (no tensor has such a shape).
  package var elementCount: Int {
    var product = 1
    var overflows = false
    for axis in 0..<count {
      let length = self[axis]
      if length == 0 { return 0 }
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      overflows = overflows || overflow
      product = next
    }
    return overflows ? .max : product
  }
}

extension Shape: AxisList {
  /// The axes, when they are few.
  var small: SmallShape? { many == nil ? few : nil }

  static func shape(of header: UnsafeMutablePointer<TensorHeader>) -> Shape {
    header.pointee.layout.shape
  }

  static func strides(of header: UnsafeMutablePointer<TensorHeader>) -> Shape {
    header.pointee.layout.strides
  }

  mutating func append(_ dimension: Int) {
    if many != nil {
      many?.append(dimension)
    } else if few.count < SmallShape.maximumRank {
      few.append(dimension)
    } else {
      many = array + [dimension]
      few = SmallShape(rank: 0)
    }
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

  func withPointer<R>(_ body: (UnsafePointer<Int>) throws -> R) rethrows -> R {
    guard let many else { return try few.withPointer(body) }
    return try many.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return try few.withPointer(body) }
      return try body(start)
    }
  }
}
