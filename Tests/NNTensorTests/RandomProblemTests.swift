import NNSource
import Testing

@testable import NNTensor

/// What `RandomStream` refuses, and in which words.
@Suite struct RandomProblemTests {
  typealias Draw = @Sendable (inout RandomStream) throws -> Tensor

  static let draws: [(String, String, Draw)] = [
    (
      "randint", "there is no integer from 5 up to, not including, 5",
      { try $0.randint(low: 5, high: 5, shape: nil) }
    ),
    (
      "uniform", "uniform can't draw between -1e+308 and 1e+308: the range is not finite",
      { try $0.uniform(low: .weakFloat(-1e308), high: .weakFloat(1e308), shape: nil) }
    ),
    (
      "normal", "the standard deviation -0.5 is negative",
      { try $0.normal(mean: .weakInt(0), deviation: .weakFloat(-0.5), shape: [2]) }
    ),
    (
      "permutation", "permutation of -1 elements: the number is negative",
      { try $0.permutation(-1) }
    ),
    (
      "permuted", "permutation of a single float64 number",
      { try $0.permuted(Tensor(.float64(1.5))) }
    ),
    (
      "matrix", "choice draws from one axis of elements, not from the shape (2, 1)",
      {
        try $0.choice(
          Tensor([1, 2], shape: [2, 1]), shape: nil, replace: true, probabilities: nil)
      }
    ),
    ("nothing", "choice can't draw from no elements", { try choice(&$0, 0, [1]) }),
    (
      "too many", "choice can't draw 4 of 3 elements without replacement",
      { try choice(&$0, 3, [2, 2], replace: false) }
    ),
    (
      "p matrix", "the probabilities of choice have the shape (2, 1), not one axis",
      { try choice(&$0, 2, [1], p: Tensor([0.5, 0.5], shape: [2, 1])) }
    ),
    (
      "p count", "choice has 2 probabilities for 3 elements",
      { try choice(&$0, 3, [1], p: Tensor([0.5, 0.5])) }
    ),
    (
      "p negative", "the probability -0.5 at index 1 is negative",
      { try choice(&$0, 2, [1], p: Tensor([1.5, -0.5])) }
    ),
    (
      "p nan", "the probability at index 0 is nan",
      { try choice(&$0, 2, [1], p: Tensor([.nan, 0.5])) }
    ),
    (
      "p sum", "the probabilities of choice add up to 0.75, not to 1",
      { try choice(&$0, 2, [1], p: Tensor([0.5, 0.25])) }
    ),
    (
      "too few",
      "choice can't draw 2 elements without replacement: 1 have a probability over 0",
      { try choice(&$0, 2, [2], replace: false, p: Tensor([1.0, 0.0])) }
    ),
  ]

  @Test(arguments: draws)
  func `a draw that can't be made says why`(_ id: String, _ message: String, _ draw: Draw) {
    var stream = RandomStream(seed: 0)
    let problem = #expect(throws: Problem.self, "\(id)") { try draw(&stream) }
    #expect(problem?.wording.message == message)
    #expect(stream == RandomStream(seed: 0), "a refused draw leaves the stream as it was")
  }

  private static func choice(
    _ stream: inout RandomStream, _ count: Int, _ shape: Shape, replace: Bool = true,
    p: Tensor? = nil
  ) throws -> Tensor {
    try stream.choice(count, shape: shape, replace: replace, probabilities: p)
  }

  @Test func `more than memory holds is a problem, not a crash`() {
    var stream = RandomStream(seed: 0)
    #expect(throws: Problem.self) { try stream.rand([1 << 40, 1 << 10]) }
    #expect(throws: Problem.self) { try stream.permutation(1 << 40) }
    #expect(throws: Problem.self) { try choice(&stream, 1 << 40, [3], replace: false) }
    #expect(throws: Problem.self) { try choice(&stream, 5, [-1], replace: false) }
  }

  private func choice(
    _ stream: inout RandomStream, _ count: Int, _ shape: Shape, replace: Bool
  ) throws -> Tensor {
    try stream.choice(count, shape: shape, replace: replace, probabilities: nil)
  }
}
