import NNSource

/// A number for every axis: lengths or strides. `Shape` holds any rank, `SmallShape` up to four in
/// plain memory, without which the arithmetic of small tensors would be all reference counting. What
/// is computed with axes is written once, for both.
protocol AxisList: Hashable, Sendable {
  init(rank: Int)
  var count: Int { get }
  subscript(axis: Int) -> Int { get set }
  mutating func append(_ dimension: Int)
  /// The axes of a tensor, if this kind of list holds so many.
  static func shape(of header: UnsafeMutablePointer<TensorHeader>) -> Self
  static func strides(of header: UnsafeMutablePointer<TensorHeader>) -> Self
  /// The numbers as the kernels read them.
  func withPointer<R>(_ body: (UnsafePointer<Int>) throws -> R) rethrows -> R
}

/// Up to four axes.
struct SmallShape: AxisList {
  static let maximumRank = 4

  /// Unused ones are 0.
  var numbers = (0, 0, 0, 0)
  var count = 0

  init(rank: Int) { count = rank }

  init(_ numbers: (Int, Int, Int, Int), _ rank: Int) { (self.numbers, count) = (numbers, rank) }

  subscript(axis: Int) -> Int {
    get {
      switch axis {
      case 0: numbers.0
      case 1: numbers.1
      case 2: numbers.2
      default: numbers.3
      }
    }
    set {
      switch axis {
      case 0: numbers.0 = newValue
      case 1: numbers.1 = newValue
      case 2: numbers.2 = newValue
      default: numbers.3 = newValue
      }
    }
  }

  mutating func append(_ dimension: Int) {
    self[count] = dimension
    count += 1
  }

  func reversed() -> SmallShape {
    var result = SmallShape(rank: count)
    for axis in 0..<count { result[count - 1 - axis] = self[axis] }
    return result
  }

  static func shape(of header: UnsafeMutablePointer<TensorHeader>) -> SmallShape {
    header.pointee.layout.small.shape
  }

  static func strides(of header: UnsafeMutablePointer<TensorHeader>) -> SmallShape {
    header.pointee.layout.small.strides
  }

  func withPointer<R>(_ body: (UnsafePointer<Int>) throws -> R) rethrows -> R {
    try withUnsafePointer(to: numbers) { numbers in
      try numbers.withMemoryRebound(to: Int.self, capacity: Self.maximumRank) { try body($0) }
    }
  }

  static func == (a: SmallShape, b: SmallShape) -> Bool {
    a.count == b.count && a.numbers == b.numbers
  }

  func hash(into hasher: inout Hasher) {
    for axis in 0..<count { hasher.combine(self[axis]) }
  }
}

extension AxisList {
  var array: [Int] { (0..<count).map { self[$0] } }

  /// The axes behind the first.
  func dropFirstAxis() -> Self {
    var rest = Self(rank: count - 1)
    for axis in 1..<count { rest[axis - 1] = self[axis] }
    return rest
  }

  /// Row-major strides, in elements.
  var contiguousStrides: Self {
    var strides = Self(rank: count)
    var step = 1
    var axis = count - 1
    while axis >= 0 {
      strides[axis] = step
      step &*= Swift.max(self[axis], 1)
      axis -= 1
    }
    return strides
  }

  /// Whether `strides` lay the elements out in row-major order without gaps.
  func isContiguous(_ strides: Self) -> Bool {
    var step = 1
    var axis = count - 1
    while axis >= 0 {
      let length = self[axis]
      if length == 0 { return true }
      if length != 1, strides[axis] != step { return false }
      step &*= length
      axis -= 1
    }
    return true
  }

  /// The number of elements, where it is known to fit.
  var product: Int {
    var product = 1
    for axis in 0..<count { product &*= self[axis] }
    return product
  }

  /// The number of elements, after checking rank, signs and size.
  func checkedCount(_ dtype: DType) throws -> Int {
    guard count <= Shape.maximumRank else { throw Problem.tensor(.tooManyAxes(count)) }
    var product = 1
    var isEmpty = false
    for axis in 0..<count {
      let length = self[axis]
      guard length >= 0 else { throw Problem.tensor(.negativeLength(shape: array)) }
      let (next, overflow) = product.multipliedReportingOverflow(by: Swift.max(length, 1))
      guard !overflow, next <= Int.max / 16 else {
        throw Problem.tensor(
          .tooLarge(shape: array, dtype: dtype.name, limit: TensorLimits.maximumBytes))
      }
      product = next
      isEmpty = isEmpty || length == 0
    }
    guard isEmpty else { return product }
    // Whoever goes along such an axis goes as far as in a full one.
    guard product <= TensorLimits.maximumBytes / dtype.itemSize else {
      throw Problem.tensor(
        .tooLarge(shape: array, dtype: dtype.name, limit: TensorLimits.maximumBytes))
    }
    return 0
  }

  /// Where the element at a row-major place of this shape stands.
  func offset(_ place: Int, _ strides: Self) -> Int {
    var rest = place
    var offset = 0
    var axis = count - 1
    while axis >= 0 {
      offset += rest % self[axis] * strides[axis]
      rest /= self[axis]
      axis -= 1
    }
    return offset
  }

  /// NumPy's broadcasting; nil when the two do not fit.
  static func broadcast(_ a: Self, _ b: Self) -> Self? {
    let rank = Swift.max(a.count, b.count)
    var result = Self(rank: rank)
    for axis in 0..<rank {
      let x = axis < rank - a.count ? 1 : a[axis - (rank - a.count)]
      let y = axis < rank - b.count ? 1 : b[axis - (rank - b.count)]
      guard x == y || x == 1 || y == 1 else { return nil }
      result[axis] = x == 1 ? y : x
    }
    return result
  }

  /// Strides over `target`, of elements of this shape that lie as `strides` tell: 0 along the axes they
  /// are repeated.
  func repeated(_ strides: Self, over target: Self) -> Self {
    var result = Self(rank: target.count)
    let lead = target.count - count
    for axis in 0..<count where self[axis] != 1 { result[axis + lead] = strides[axis] }
    return result
  }
}
