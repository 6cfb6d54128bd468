import NNSource
import Testing

@testable import NNTensor

/// A tensor is a value: what is done to one is never seen in another, however they share storage.
@Suite struct ValueSemanticsTests {
  private let large = Tensor((0..<1200).map { Double($0) }, shape: [40, 30])

  @Test func `a copy is a copy`() throws {
    let a = Tensor([1.0, 2, 3])
    var b = a
    try b.assign([.integer(0)], .weakInt(9))
    #expect(a.doubles == [1, 2, 3])
    #expect(b.doubles == [9, 2, 3])
  }

  @Test func `views do not see what happens to their source, nor it what happens to them`() throws {
    var source = large
    let slices: [Tensor] = [
      try source.transposed(), try source.reshaped([1200]),
      try source.indexed([.slice(start: nil, stop: nil, step: 2)]),
      try source.indexed([.integer(3)]), try source.expandedDims(axis: 0),
      try source.broadcast(to: [2, 40, 30]), try source.transposed().transposed(),
      try source.indexed([.slice(start: 1, stop: 39, step: nil)]).transposed(),
    ]
    let before = slices.map(\.doubles)
    try source.assign([.ellipsis], .weakFloat(-1))
    #expect(slices.map(\.doubles) == before)
    #expect(source.doubles.allSatisfy { $0 == -1 })
    for slice in slices {
      var changed = slice
      try changed.assign([.ellipsis], .weakFloat(7))
      #expect(changed.doubles.allSatisfy { $0 == 7 })
    }
    #expect(slices.map(\.doubles) == before)
    #expect(source.doubles.allSatisfy { $0 == -1 })
  }

  @Test func `a tensor can be assigned from itself`() throws {
    var a = large
    let from = TensorIndex.slice(start: nil, stop: -1, step: nil)
    try a.assign([.slice(start: 1, stop: nil, step: nil)], .tensor(try a.indexed([from])))
    #expect(try a.row(1) == large.row(0))
    #expect(try a.row(39) == large.row(38))
    try a.assign([.ellipsis], .tensor(try a.indexed([.slice(start: nil, stop: nil, step: -1)])))
    #expect(try a.row(0) == large.row(38))
    var b = try Tensor(repeating: .float64(2), shape: [3])
    try b.update([.ellipsis], .multiply, .tensor(b))
    #expect(b.doubles == [4, 4, 4])
  }

  @Test func `a failed assignment changes nothing`() throws {
    var a = large
    let before = a
    #expect(throws: Problem.self) { try a.assign([.integer(40)], .weakInt(1)) }
    #expect(throws: Problem.self) { try a.assign([.ellipsis], .tensor(Tensor([1.0, 2]))) }
    var whole = Tensor([1, 2, 3])
    #expect(throws: Problem.self) {
      try whole.assign([.ellipsis], .tensor(Tensor([5.0, 6.5, 7])))
    }
    #expect(a == before)
    #expect(whole.integers == [1, 2, 3])
  }

  @Test func `an element named twice is updated once`() throws {
    var a = Tensor([10, 20, 30])
    try a.update([.tensor(Tensor([0, 0, 2]))], .add, .weakInt(1))
    #expect(a.integers == [11, 20, 31])
  }

  @Test func `a unique tensor is changed in place`() throws {
    var a = try Tensor(zeros: [1000], .float64)
    let place = a.data
    for i in 0..<1000 { try a.assign([.integer(i)], .weakInt(i)) }
    try a.update([.slice(start: nil, stop: nil, step: 2)], .add, .weakFloat(0.5))
    a.withMutableElements(of: Double.self) { $0[1] = -1 }
    #expect(a.data == place)
    #expect(a.doubles.prefix(4) == [0.5, -1, 2.5, 3])
    var view = try a.reshaped([10, 100])
    a = Tensor([0.0])
    try view.assign([.integer(0)], .weakInt(0))
    #expect(view.data == place, "the view is all that is left of the storage")
  }

  @Test func `mutable elements are the tensor's own`() throws {
    let a = large
    var b = try a.transposed()
    b.withMutableElements(of: Double.self) { $0[1] = -5 }
    #expect(b[flat: 1] == .float64(-5))
    #expect(a[flat: 30] == .float64(30))
  }

  @Test func `equality and hash go by shape, type and bits, one NaN being another`() throws {
    let nan = Double(bitPattern: 0xFFF8_0000_0000_1234)
    #expect(Tensor([Double.nan, 1]) == Tensor([nan, 1]))
    #expect(Tensor([Double.nan]).hashValue == Tensor([nan]).hashValue)
    #expect(Tensor([0.0]) != Tensor([-0.0]))
    #expect(Tensor([1.0]) != Tensor([1]))
    #expect(Tensor([1.0]) != Tensor([1.0], shape: [1, 1]))
    #expect(try large.transposed().contiguous() == large.transposed())
  }

  @Test func `five axes and more work as few do`() throws {
    let shape = [2, 1, 3, 1, 2, 2]
    let a = Tensor((0..<24).map { Double($0) }, shape: Shape(shape))
    #expect(a.shape.array == shape)
    let b = try a.transposed([5, 4, 3, 2, 1, 0])
    #expect(b.shape.array == shape.reversed())
    #expect(try b.element(at: [1, 0, 0, 2, 0, 1]).double == 21)
    #expect(try Tensor.binary(.add, .tensor(a), .tensor(a.row(1))).count == 24)
    let wide = try a.reshaped([Int](repeating: 1, count: 60) + [24])
    #expect(try wide.reduce(.sum).scalar?.double == 276)
    #expect(wide.shape.count == 61)
    #expect(throws: Problem.tensor(.tooManyAxes(65))) {
      try Tensor(zeros: Shape([Int](repeating: 1, count: 65)), .bool)
    }
  }
}
