import Testing

@testable import NNTensor

@Suite struct SmokeTests {
  @Test func `sum, product, index and assignment work together`() throws {
    let a = Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3])
    let b = try Tensor.binary(.multiply, .tensor(a), .weakInt(2))
    #expect(b.doubles == [2, 4, 6, 8, 10, 12])
    let c = try Tensor.matmul(a, b.transposed())
    #expect(c.doubles == [28, 64, 64, 154])
    #expect(try c.reduce(.sum, axes: [0]).doubles == [92, 218])
    #expect(try c.reduce(.std).scalar?.double == 46.5483619475487)
    var d = a
    try d.assign([.slice(start: nil, stop: nil, step: nil), .integer(-1)], .weakInt(9))
    #expect(a.doubles == [1, 2, 3, 4, 5, 6])
    #expect(d.doubles == [1, 2, 9, 4, 5, 9])
    try d.update(
      [.tensor(Tensor.binary(.greater, .tensor(d), .weakFloat(4)))], .subtract, .weakFloat(0.5))
    #expect(d.doubles == [1, 2, 8.5, 4, 4.5, 8.5])
    #expect(
      try d.indexed([.tensor(Tensor([1, 0])), .tensor(Tensor([0, 2]))]).doubles == [4, 8.5])
    #expect(try Tensor.unary(.exp, Tensor([0.0, 1])).doubles == [1, 2.718281828459045])
    #expect(try d.sorted(axis: nil).doubles == [1, 2, 4, 4.5, 8.5, 8.5])
    #expect(try d.unique().counts.integers == [1, 1, 1, 1, 2])
    #expect(try Tensor.arange(.weakInt(0), .weakFloat(1), .weakFloat(0.1), dtype: nil).count == 10)
    #expect(try a.softmax().shape == [2, 3])
    #expect(try a.histogram(bins: 2, range: nil).counts.integers == [3, 3])
    #expect(try a.tiled([2, 1]).shape == [4, 3])
    #expect(try a.repeated([1, 2], axis: 0).doubles == [1, 2, 3, 4, 5, 6, 4, 5, 6])
    #expect(try Tensor.concatenate([a, b], axis: 1).shape == [2, 6])
  }
}
