import CNNKernels
import Testing

@testable import NNTensor

/// Every instruction set gives the same bits. What a path computes does not depend on what else runs,
/// so that switching does not disturb other tests.
@Suite struct DispatchTests {
  private static let paths = (0..<NN_PATHS).filter { nn_path_exists(Int32($0)) != 0 }

  /// One result for each path.
  private func onEveryPath(_ body: () throws -> [Tensor]) rethrows -> [[Tensor]] {
    let usual = nn_path()
    defer { nn_select_path(usual) }
    return try Self.paths.map { path in
      nn_select_path(Int32(path))
      return try body()
    }
  }

  private static let inputs: [Double] =
    SummationOrderTests.numbers(500).map { $0 * 1e-3 }
    + SummationOrderTests.numbers(200, seed: 2).map { $0 * 1e-9 }
    + [
      0, -0.0, .infinity, -.infinity, .nan, 1, -1, 0.5, 2, 700, -745, 710, 1e300, -1e-300,
      .leastNonzeroMagnitude,
      1e22, 3e8, -1e16, 1.5, 2.5,
    ]

  @Test(arguments: [DType.float64, .float32])
  func `functions have the same bits on every path`(_ dtype: DType) throws {
    let x = Tensor(Self.inputs).cast(to: dtype)
    let y = try x.indexed([.slice(start: nil, stop: nil, step: -1)]).contiguous()
    let results = try onEveryPath {
      try UnaryOperation.allCases.filter { $0 != .invert }.map { try Tensor.unary($0, x) }
        + BinaryOperation.allCases.filter { $0.computedType(dtype) != nil }.map {
          try Tensor.binary($0, .tensor(x), .tensor(y))
        }
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test(arguments: [DType.float64, .float32])
  func `products and sums have the same bits on every path`(_ dtype: DType) throws {
    let a = Tensor(SummationOrderTests.numbers(13 * 1100), shape: [13, 1100]).cast(to: dtype)
    let b = Tensor(SummationOrderTests.numbers(1100 * 19, seed: 9), shape: [1100, 19])
      .cast(to: dtype)
    let results = try onEveryPath {
      try [Tensor.matmul(a, b), Tensor.matmul(b.transposed(), a.transposed())]
        + [Reduction.sum, .prod, .mean, .variance, .std, .min, .max, .norm].flatMap {
          [try a.reduce($0), try a.reduce($0, axes: [0]), try b.reduce($0, axes: [0])]
        }
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test(arguments: [DType.float64, .float32])
  func `the loops of training have the same bits on every path`(_ dtype: DType) throws {
    let (rows, columns) = (7, 600)
    let numbers = Tensor(Self.inputs, shape: nil).cast(to: dtype)
    func matrix(_ seed: UInt64) throws -> Tensor {
      Tensor(SummationOrderTests.numbers(rows * columns, seed: seed), shape: [rows, columns])
        .cast(to: dtype)
    }
    let (z, d) = (try matrix(1), try matrix(2))
    let target = try Tensor.unary(.isnan, z).cast(to: dtype)
    let results = try onEveryPath {
      try (0...NN_AS_SOFTMAX).flatMap { activation in
        try Self.layer(activation, z, d, target)
      } + (0..<NN_RULES).flatMap { try Self.update($0, numbers) }
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  /// An activation, the way back through it, and every loss after it.
  private static func layer(
    _ activation: Int, _ z: Tensor, _ d: Tensor, _ target: Tensor
  ) throws -> [Tensor] {
    let (rows, columns, code) = (z.shape[0], z.shape[1], Int32(z.dtype.rawValue))
    let rooms = try (0..<5).map { _ in try NumberRoom(z.dtype, rows * columns) }
    let (output, slopes, terms, sums) = (rooms[0], rooms[1], rooms[2], rooms[3])
    rooms[4].write(target)
    sums.write(z)
    slopes.write(d)
    nn_activate(Int32(activation), code, output.pointer, sums.pointer, rows, columns)
    nn_chain(
      Int32(activation), code, slopes.pointer, sums.pointer, output.pointer, rows, columns)
    var results = [
      try output.tensor(shape: z.shape), try slopes.tensor(shape: z.shape),
      Tensor([nn_sum_squares(code, sums.pointer, sums.count)]),
    ]
    for loss in 0...NN_BY_CROSS_ENTROPY {
      let outputs = nn_outputs(
        loss: Int32(loss), activation: Int32(activation), sums: sums.pointer,
        output: output.pointer, target: rooms[4].pointer, rows: rows, columns: columns)
      let losses = try NumberRoom(z.dtype, rows)
      nn_loss_rows(code, losses.pointer, terms.pointer, outputs)
      nn_loss_slope(code, slopes.pointer, outputs, 7)
      results.append(try losses.tensor(shape: [rows]))
      results.append(try slopes.tensor(shape: z.shape))
    }
    return results
  }

  private static func update(_ rule: Int, _ numbers: Tensor) throws -> [Tensor] {
    let rooms = try (0..<4).map { _ in try NumberRoom(numbers.dtype, numbers.count) }
    for room in rooms { room.write(numbers) }
    nn_update(
      nn_rule(
        rule: Int32(rule), rate: 0.1, scaled: 0.3, momentum: 0.9, rho: 0.99, epsilon: 1e-7,
        decay: 0.01),
      Int32(numbers.dtype.rawValue), rooms[0].pointer, rooms[1].pointer, rooms[2].pointer,
      rooms[3].pointer, numbers.count)
    return try [rooms[0], rooms[2], rooms[3]].map { try $0.tensor(shape: numbers.shape) }
  }

  /// Every height of a tile, every width of an edge, all ways of standing in memory.
  @Test(arguments: [DType.float64, .float32])
  func `products of every small shape are fma after fma`(_ dtype: DType) throws {
    for (rows, count, columns) in (1...47).map({ ($0, 1 + $0 * 7 % 19, 48 - $0) }) {
      let a = Tensor(SummationOrderTests.numbers(rows * count), shape: [rows, count])
        .cast(to: dtype)
      let b = Tensor(
        SummationOrderTests.numbers(count * columns, seed: 9), shape: [count, columns]
      )
      .cast(to: dtype)
      let expected = Self.product(a, b)
      let results = try onEveryPath {
        try Self.forms(a).flatMap { x in try Self.forms(b).map { try Tensor.matmul(x, $0) } }
      }
      #expect(results.allSatisfy { $0.allSatisfy { $0.doubles == expected } })
    }
  }

  /// (rows, count, columns) of a size that threads share: many rows, few rows, few columns, a left
  /// or right side that is a transposed view.
  @Test(arguments: [(600, 256, 128), (30, 1024, 600), (2500, 700, 10), (16, 1100, 1200)])
  func `products have the same bits at any number of threads`(
    _ rows: Int, _ count: Int, _ columns: Int
  ) throws {
    let a = Tensor(SummationOrderTests.numbers(rows * count), shape: [rows, count])
    let b = Tensor(SummationOrderTests.numbers(count * columns, seed: 9), shape: [count, columns])
    let usual = (path: nn_path(), threads: nn_threads())
    defer {
      nn_select_path(usual.path)
      nn_set_threads(usual.threads)
    }
    var results: [Tensor] = []
    for path in Self.paths where path != NN_PORTABLE {
      nn_select_path(Int32(path))
      for threads: Int32 in 1...3 {
        nn_set_threads(threads)
        results.append(try Tensor.matmul(a, b))
        results.append(
          try Tensor.matmul(
            a.transposed().contiguous().transposed(), b.transposed().contiguous().transposed()))
      }
    }
    #expect(results.allSatisfy { $0 == results.first })
    let last = Tensor(
      [Double](a.doubles.suffix(count)), shape: [1, count])
    #expect([Double](results[0].doubles.suffix(columns)) == Self.product(last, b))
  }

  /// By rows, by columns, and backwards.
  private static func forms(_ x: Tensor) throws -> [Tensor] {
    let back = TensorIndex.slice(start: nil, stop: nil, step: -1)
    return [
      x, try x.transposed().contiguous().transposed(),
      try x.indexed([back, back]).contiguous().indexed([back, back]),
    ]
  }

  /// The plainest program.
  private static func product(_ a: Tensor, _ b: Tensor) -> [Double] {
    let (count, columns) = (a.shape[1], b.shape[1])
    let (x, y) = (a.doubles, b.doubles)
    return (0..<a.shape[0]).flatMap { i in
      (0..<columns).map { j in
        let row = Array(x[i * count..<(i + 1) * count])
        let column = (0..<count).map { y[$0 * columns + j] }
        guard a.dtype == .float32 else { return SummationOrderTests.product(row, column) }
        return Double(SummationOrderTests.product(row.map(Float.init), column.map(Float.init)))
      }
    }
  }

  @Test func `sums and products of numbers too small or too large for doubles are the same`() throws
  {
    let tiny = Tensor([
      1e-308, -1e-160 * 3e-150, .leastNonzeroMagnitude, 2e-200, 1e200, -1e300, 1e-170, .infinity,
    ])
    let results = try onEveryPath { [try Tensor.outer(tiny, tiny), try Tensor.dot(tiny, tiny)] }
    #expect(results.allSatisfy { $0 == results[0] })
    let column = try tiny.reshaped([8, 1])
    let products = try onEveryPath { [try Tensor.matmul(column, column.transposed())] }
    #expect(products.allSatisfy { $0 == products[0] })
  }
}
