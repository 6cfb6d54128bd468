import Testing

@testable import NNTensor

/// The order of every sum, against the plainest program that follows the rule.
@Suite struct SummationOrderTests {
  /// Numbers whose sums round differently in every order.
  static func numbers(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let sign = state >> 63 == 0 ? 1.0 : -1.0
      return sign * (1 + Double(state >> 12 & 0xFFFFF) / 7) * Double(1 << Int(state >> 40 & 15))
    }
  }

  /// Rule 2 along a row: panels of 512, 16 lanes, a halving tree.
  static func rowSum<T: BinaryFloatingPoint>(_ x: [T]) -> T {
    var total: T = 0
    for start in stride(from: 0, to: x.count, by: 512) {
      var lanes = [T](repeating: 0, count: 16)
      for i in start..<min(start + 512, x.count) { lanes[(i - start) % 16] += x[i] }
      for width in [8, 4, 2, 1] { for i in 0..<width { lanes[i] += lanes[i + width] } }
      total += lanes[0]
    }
    return total
  }

  /// Rule 1's order with plain adds.
  static func columnSum<T: BinaryFloatingPoint>(_ x: [T]) -> T {
    let panel = x.count <= 1024 ? 1024 : 512
    var total: T = 0
    for start in stride(from: 0, to: x.count, by: panel) {
      var sum: T = 0
      for i in start..<min(start + panel, x.count) { sum += x[i] }
      total = start == 0 ? sum : total + sum
    }
    return total
  }

  /// Rule 1: c = fma(a, b, c).
  static func product<T: BinaryFloatingPoint>(_ a: [T], _ b: [T]) -> T {
    let panel = a.count <= 1024 ? 1024 : 512
    var total: T = 0
    for start in stride(from: 0, to: a.count, by: panel) {
      var sum: T = 0
      for k in start..<min(start + panel, a.count) { sum.addProduct(a[k], b[k]) }
      total = start == 0 ? sum : total + sum
    }
    return total
  }

  static let lengths = [
    0, 1, 2, 15, 16, 17, 31, 100, 511, 512, 513, 600, 1023, 1024, 1025, 1536, 1537, 3000,
  ]

  @Test(arguments: lengths) func `rows are summed in panels and lanes`(_ count: Int) throws {
    let x = Self.numbers(count)
    let single = x.map { Float($0) }
    #expect(try Tensor(x).reduce(.sum).scalar == .float64(Self.rowSum(x)))
    #expect(try Tensor(single).reduce(.sum).scalar == .float32(Self.rowSum(single)))
    let norm = Self.rowSum(x.map { $0 * $0 }).squareRoot()
    #expect(try Tensor(x).reduce(.norm).scalar == .float64(norm))
    guard count > 0 else { return }
    let mean = Self.rowSum(x) / Double(count)
    let variance = Self.rowSum(x.map { ($0 - mean) * ($0 - mean) }) / Double(count)
    #expect(try Tensor(x).reduce(.mean).scalar == .float64(mean))
    #expect(try Tensor(x).reduce(.variance).scalar == .float64(variance))
    #expect(try Tensor(x).reduce(.std).scalar == .float64(variance.squareRoot()))
  }

  @Test(arguments: lengths) func `columns are summed one after the other`(_ count: Int) throws {
    let columns = (0..<3).map { Self.numbers(count, seed: $0 + 5) }
    let x = try Tensor(columns.flatMap { $0 }, shape: [3, count]).transposed()
    #expect(try x.reduce(.sum, axes: [0]).doubles == columns.map(Self.columnSum))
    #expect(try x.contiguous().reduce(.sum, axes: [0]).doubles == columns.map(Self.columnSum))
    let single = x.cast(to: .float32)
    let sums = columns.map { Self.columnSum($0.map { Float($0) }) }
    #expect(try single.reduce(.sum, axes: [0]).doubles == sums.map { Double($0) })
    guard count > 0 else { return }
    let variances = columns.map { column in
      let mean = Self.columnSum(column) / Double(count)
      return Self.columnSum(column.map { ($0 - mean) * ($0 - mean) }) / Double(count)
    }
    #expect(try x.reduce(.variance, axes: [0]).doubles == variances)
  }

  @Test func `the order follows from shape and axes, not from strides`() throws {
    let x = Tensor(Self.numbers(6 * 40 * 30), shape: [6, 40, 30])
    let turned = try x.transposed([2, 0, 1]).contiguous().transposed([1, 2, 0])
    #expect(turned == x)
    for axes in [nil, [0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]] as [[Int]?] {
      for reduction in [Reduction.sum, .variance, .prod, .norm] {
        #expect(
          try x.reduce(reduction, axes: axes) == turned.reduce(reduction, axes: axes),
          "\(reduction) over \(String(describing: axes))")
      }
    }
    let matrix = Tensor(Self.numbers(37 * 1100), shape: [37, 1100])
    let lying = try matrix.transposed().contiguous().transposed()
    for reduction in Reduction.allCases {
      for axis in [0, 1] {
        #expect(
          try matrix.reduce(reduction, axes: [axis]) == lying.reduce(reduction, axes: [axis]))
      }
    }
    // A folded last axis makes rows of all folded axes, wherever they stand.
    let rows = try x.transposed([1, 0, 2]).reshaped([40, 180])
    #expect(try x.reduce(.sum, axes: [0, 2]) == rows.reduce(.sum, axes: [1]))
    let columns = try x.reshaped([240, 30])
    #expect(try x.reduce(.sum, axes: [0, 1]) == columns.reduce(.sum, axes: [0]))
    #expect(try x.reduce(.sum) == x.reshaped([7200]).reduce(.sum))
  }

  @Test(
    arguments: [
      (1, 30, 5), (1, 5, 3), (7, 13, 9), (6, 16, 8), (13, 512, 17), (5, 513, 33), (30, 1024, 20),
      (49, 1025, 130), (3, 1536, 1), (1, 2500, 260), (100, 5, 300), (2, 0, 3), (64, 1100, 16),
    ])
  func `products are fma after fma`(_ rows: Int, _ count: Int, _ columns: Int) throws {
    let a = Self.numbers(rows * count, seed: 3)
    let b = Self.numbers(count * columns, seed: 4)
    let x = Tensor(a, shape: [rows, count])
    let y = Tensor(b, shape: [count, columns])
    let (xT, yT) = (
      try x.transposed().contiguous().transposed(), try y.transposed().contiguous().transposed()
    )
    let left = (0..<rows).map { Array(a[($0 * count)..<(($0 + 1) * count)]) }
    let right = (0..<columns).map { j in (0..<count).map { b[$0 * columns + j] } }
    let expected = left.flatMap { row in right.map { Self.product(row, $0) } }
    let singles = left.flatMap { row in
      right.map { Self.product(row.map { Float($0) }, $0.map { Float($0) }) }
    }
    for (p, q) in [(x, y), (xT, y), (x, yT), (xT, yT)] {
      #expect(try Tensor.matmul(p, q).doubles == expected)
      let single = try Tensor.matmul(p.cast(to: .float32), q.cast(to: .float32))
      #expect(single.doubles == singles.map { Double($0) })
    }
  }

  @Test func `sums start at +0`() throws {
    let zero = Tensor([-0.0, -0.0])
    #expect(try zero.reduce(.sum).scalar?.double.sign == .plus)
    #expect(try zero.reshaped([2, 1]).reduce(.sum, axes: [0]).doubles[0].sign == .plus)
    #expect(try Tensor.matmul(zero, Tensor([1.0, 1])).scalar?.double.sign == .plus)
  }
}
