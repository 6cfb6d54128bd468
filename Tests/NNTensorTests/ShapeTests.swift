import Testing

@testable import NNTensor

@Suite struct ShapeTests {
  @Test func `a shape writes itself as NumPy does`() {
    #expect(Shape([]).text == "()")
    #expect(Shape([3]).text == "(3,)")
    #expect(Shape([2, 3]).text == "(2, 3)")
    #expect(Shape([1, 2, 3, 4, 5]).text == "(1, 2, 3, 4, 5)")
  }
}
