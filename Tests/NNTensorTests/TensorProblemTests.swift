import NNSource
import Testing

@testable import NNTensor

/// What a reader is told: the table is the catalogue.
@Suite struct TensorProblemTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let message: String
    var hint: String?
    let call: @Sendable () throws -> Void
    var testDescription: String { message }

    init(_ message: String, hint: String? = nil, _ call: @escaping @Sendable () throws -> Void) {
      (self.message, self.hint, self.call) = (message, hint, call)
    }
  }

  private static func zeros(_ shape: Shape, _ dtype: DType = .float64) throws -> Tensor {
    try Tensor(zeros: shape, dtype)
  }

  static let table: [Row] = [
    Row(
      "shapes (30, 5) and (3, 5) do not multiply: 5 columns against 3 rows",
      hint: "the transpose of the right side has shape (5, 3)"
    ) { _ = try Tensor.matmul(zeros([30, 5]), zeros([3, 5])) },
    Row(
      "shapes (4, 2) and (4, 3) do not multiply: 2 columns against 4 rows",
      hint: "the transpose of the left side has shape (2, 4)"
    ) { _ = try Tensor.matmul(zeros([4, 2]), zeros([4, 3])) },
    Row("shapes (3,) and (1, 2) do not multiply: 3 elements against 1 row") {
      _ = try Tensor.matmul(zeros([3]), zeros([1, 2]))
    },
    Row(
      "'@' multiplies vectors and matrices, not a number and shape (2,)",
      hint: "'*' multiplies by a number"
    ) { _ = try Tensor.matmul(zeros([]), zeros([2])) },
    Row("shapes (2, 3) and (2,) do not fit together in '+': 3 against 2 in the last axis") {
      _ = try Tensor.binary(.add, .tensor(zeros([2, 3])), .tensor(zeros([2])))
    },
    Row("shapes (4, 3) and (2, 3) do not fit together in 'maximum': 4 against 2 in axis -2") {
      _ = try Tensor.binary(.maximum, .tensor(zeros([4, 3])), .tensor(zeros([2, 3])))
    },
    Row("shape (2, 3) has 6 elements and can't be reshaped to (4, -1)") {
      _ = try zeros([2, 3]).reshaped([4, -1])
    },
    Row("only one length of a shape can be -1, not several as in (-1, -1)") {
      _ = try zeros([2, 3]).reshaped([-1, -1])
    },
    Row("a tensor can't have shape (2, -5): a length is negative") { _ = try zeros([2, -5]) },
    Row("a tensor has at most 64 axes, not 65") {
      _ = try zeros([1]).reshaped([Int](repeating: 1, count: 65))
    },
    Row(
      "a tensor of shape (999999, 999999) and dtype float64 takes 7.2 TiB; "
        + "the limit for all tensors is 8 GiB",
      hint: "dtype=float32 takes half of it"
    ) { _ = try zeros([999_999, 999_999]) },
    Row(
      "a tensor of shape (4611686018427387904, 4) and dtype bool takes more than any machine has; "
        + "the limit for all tensors is 8 GiB"
    ) { _ = try zeros([1 << 62, 4], .bool) },
    Row(
      "there is no axis 2 in shape (2, 3)", hint: "axes go from 0 to 1, or from -2 to -1"
    ) { _ = try zeros([2, 3]).reduce(.sum, axes: [2]) },
    Row("axis -1 is given twice") { _ = try zeros([2, 3]).reduce(.sum, axes: [1, -1]) },
    Row("argmax goes along one axis or over all elements, not along 2 axes") {
      _ = try zeros([2, 3]).reduce(.argmax, axes: [0, 1])
    },
    Row("max of no elements: the tensor has shape (0, 3)") {
      _ = try zeros([0, 3]).reduce(.max, axes: [0])
    },
    Row(
      "index 3 is out of range for axis 1 of shape (2, 3)",
      hint: "indices go from 0 to 2, or from -3 to -1"
    ) { _ = try zeros([2, 3]).indexed([.integer(0), .integer(3)]) },
    Row(
      "index -4 is out of range for axis 1 of shape (2, 3)",
      hint: "indices go from 0 to 2, or from -3 to -1"
    ) { _ = try zeros([2, 3]).indexed([.ellipsis, .tensor(Tensor([0, -4]))]) },
    Row(
      "index 0 is out of range for axis 0 of shape (0,)", hint: "the axis is empty"
    ) { _ = try zeros([0]).indexed([.integer(0)]) },
    Row("3 indices for a tensor of shape (2, 3), which has 2") {
      _ = try zeros([2, 3]).indexed([.integer(0), .integer(0), .integer(0)])
    },
    Row("1 index for a tensor of shape (), which has no axes") {
      _ = try zeros([]).indexed([.integer(0)])
    },
    Row("an index can have only one '...'") { _ = try zeros([2]).indexed([.ellipsis, .ellipsis]) },
    Row("a tensor used as an index holds integers or bools, not float64") {
      _ = try zeros([2]).indexed([.tensor(Tensor([0.0]))])
    },
    Row("a mask of shape (3,) does not fit shape (2, 2) at axis 1") {
      _ = try zeros([2, 2]).indexed([.ellipsis, .tensor(Tensor([true, false, true]))])
    },
    Row("index tensors of shapes (2,) and (3,) do not fit together") {
      _ = try zeros([4, 4]).indexed([.tensor(Tensor([0, 1])), .tensor(Tensor([0, 1, 2]))])
    },
    Row("a value of shape (2,) can't be assigned to shape (3,)") {
      var x = try zeros([2, 3])
      try x.assign([.integer(0)], .tensor(Tensor([1.0, 2])))
    },
    Row(
      "0.5 can't be stored in a tensor of dtype int64, which holds whole numbers",
      hint: "make the tensor a float one, or the value an integer: "
        + "astype(x, float64), floor(value), round(value)"
    ) {
      var x = Tensor([1, 2])
      try x.update([.integer(0)], .multiply, .weakFloat(0.5))
    },
    Row(
      "300 does not fit uint8, which holds 0 to 255", hint: "astype(x, int64) makes room for it"
    ) { _ = try Tensor.binary(.add, .tensor(zeros([2], .uint8)), .weakInt(300)) },
    Row("'-' does not work on bool and bool", hint: "'^' tells where two bools differ") {
      _ = try Tensor.binary(.subtract, .tensor(Tensor([true])), .tensor(Tensor([true])))
    },
    Row("'&' does not work on float64 and int64") {
      _ = try Tensor.binary(.bitAnd, .tensor(zeros([2])), .weakInt(1))
    },
    Row("'-' does not work on bool", hint: "'~' turns true and false round") {
      _ = try Tensor.unary(.negate, Tensor([true]))
    },
    Row(
      "an integer tensor can't be raised to a negative integer power",
      hint: "use a float: 2.0 instead of 2, or astype(x, float64)"
    ) { _ = try Tensor.binary(.power, .tensor(Tensor([2])), .weakInt(-1)) },
    Row("shapes (2, 3) and (2, 4) can't be concatenated along axis 0: their other lengths differ") {
      _ = try Tensor.concatenate([zeros([2, 3]), zeros([2, 4])], axis: 0)
    },
    Row("shapes (2,) and (3,) can't be stacked: they differ") {
      _ = try Tensor.stack([zeros([2]), zeros([3])], axis: 0)
    },
    Row("concatenate needs at least one tensor") { _ = try Tensor.concatenate([], axis: 0) },
    Row("axis 0 of shape (2, 1) can't be squeezed away: its length is not 1") {
      _ = try zeros([2, 1]).squeezed(axis: 0)
    },
    Row("the axes (0, 1, 2) can't reorder shape (2, 3), which has 2") {
      _ = try zeros([2, 3]).transposed([0, 1, 2])
    },
    Row("repeat needs one count, or 3, one for each element, not 2") {
      _ = try zeros([3]).repeated([1, 2], axis: 0)
    },
    Row("a step can't be 0") {
      _ = try Tensor.arange(.weakInt(0), .weakInt(3), .weakInt(0), dtype: nil)
    },
    Row("a histogram needs at least one bin, not 0") {
      _ = try zeros([3]).histogram(bins: 0, range: nil)
    },
    Row("bin edges must not fall, as from 1.0 to 0.0") {
      _ = try zeros([3]).histogram(edges: Tensor([1.0, 0]))
    },
  ]

  @Test(arguments: table) func `a problem says what and how`(_ row: Row) throws {
    let problem = #expect(throws: Problem.self) { try row.call() }
    #expect(problem?.wording == Wording(row.message, hint: row.hint))
  }

  @Test func `a product can name the side to transpose`() {
    let wording = TensorProblem.matmulNamed([30, 5], [3, 5], transpose: "w2", [5, 3]).wording
    #expect(
      wording.message == "shapes (30, 5) and (3, 5) do not multiply: 5 columns against 3 rows")
    #expect(wording.hint == "w2.T has shape (5, 3)")
  }

  /// Integers at the edges of their range in every place an index, axis or size can stand.
  @Test(arguments: [Int.min, Int.min + 1, -1, 0, 1, Int.max - 1, Int.max])
  func `no number is too large to be refused`(_ n: Int) throws {
    let x = Tensor([1.0, 2, 3, 4], shape: [2, 2])
    for m in [Int.min, -1, 0, 3, Int.max] {
      for step in [Int.min, -1, 1, Int.max] {
        _ = try x.indexed([.slice(start: n, stop: m, step: step)])
      }
      _ = try? x.reshaped([n, m])
      _ = try? x.swappedAxes(n, m)
      _ = try? x.repeated([n, m], axis: 0)
      _ = try? x.tiled([n, m])
      _ = try? Tensor(zeros: [n, m], .uint8)
      _ = try? Tensor.eye(n, 2, diagonal: m, .bool)
      _ = try? Tensor.eye(2, 2, diagonal: n, .bool)
      _ = try? Tensor.arange(.weakInt(n), .weakInt(m), .weakInt(Int.max), dtype: nil)
      _ = try? Tensor.arange(.weakInt(n), .weakInt(m), .weakInt(Int.min), dtype: nil)
      _ = try? Tensor.arange(.weakFloat(Double(n)), .weakFloat(1e300), .weakFloat(1), dtype: nil)
      _ = try? Tensor.binary(.floorDivide, .tensor(Tensor([n, m])), .weakInt(-1))
      _ = try? Tensor.binary(.remainder, .tensor(Tensor([n, m])), .weakInt(-1))
      _ = try? Tensor.binary(.power, .tensor(Tensor([n, m])), .weakInt(n))
    }
    _ = try? x.indexed([.integer(n)])
    _ = try? x.indexed([.tensor(Tensor([n]))])
    _ = try? x.element(n, 0)
    _ = try? x.element(n)
    _ = try? x.row(n)
    _ = try? x.reduce(.sum, axes: [n])
    _ = try? x.cumsum(axis: n)
    _ = try? x.squeezed(axis: n)
    _ = try? x.expandedDims(axis: n)
    _ = try? x.sorted(axis: n)
    _ = try? x.rounded(decimals: n)
    _ = try? x.cast(to: .int64).rounded(decimals: n)
    _ = try? Tensor.linspace(0, 1, count: n)
    _ = try? x.histogram(bins: n, range: nil)
    _ = try? Tensor.concatenate([x, x], axis: n)
    _ = try? Tensor.stack([x, x], axis: n)
    #expect(Scalar.float64(Double(n)).cast(to: .uint8).dtype == .uint8)
  }

  @Test func `floats without an integer are refused or cast, never trapped`() {
    for value in [Double.nan, .infinity, -.infinity, 1e300, -1e19, 0x1p63] {
      #expect(Tensor([value]).integers == [Int.min])
      #expect(Scalar.float64(value).integer == nil)
      #expect(throws: Problem.self) {
        var x = Tensor([1])
        try x.assign([.integer(0)], .weakFloat(value))
      }
      _ = try? Tensor.arange(.weakFloat(0), .weakFloat(value), .weakFloat(0.5), dtype: nil)
      _ = try? Tensor([value, 1]).histogram(bins: 2, range: nil)
      _ = try? Tensor([1.0]).histogram(bins: 2, range: (0, value))
    }
  }

  @Test func `memory is asked for before it is taken`() throws {
    let x = try Tensor(repeating: .uint8(1), shape: [1 << 20])
    let wide = try x.broadcast(to: [1 << 20, 1 << 20])
    #expect(throws: Problem.self) { try wide.raveled() }
    #expect(throws: Problem.self) { try wide.converted(to: .float64) }
    #expect(throws: Problem.self) { try Tensor.binary(.add, .tensor(wide), .weakInt(1)) }
    #expect(throws: Problem.self) { try x.repeated([1 << 40], axis: 0) }
    #expect(throws: Problem.self) { try x.tiled([1 << 50]) }
    #expect(throws: Problem.self) { try Tensor.outer(x, x) }
    #expect(try wide.indexed([.integer(0), .integer(5)]).scalar == .uint8(1))
  }
}
