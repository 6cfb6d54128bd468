import CNNKernels
import Testing

@testable import NNTensor

/// Every instruction set gives the same bits. What a path computes does not depend on what else runs,
/// so that switching does not disturb other tests.
@Suite struct DispatchTests {
  private static let paths = [NN_PORTABLE, NN_AVX2].filter { nn_path_exists(Int32($0)) != 0 }

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
