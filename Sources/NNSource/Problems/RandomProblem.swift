/// Draws from a distribution that does not exist, or more draws than there are things to draw.
package enum RandomProblem: Sendable, Hashable {
  /// `randint` between bounds with nothing between them.
  case emptyRange(low: Int, high: Int)
  /// `uniform` over a range whose width is infinite or nan.
  case unboundedRange(low: Double, high: Double)
  case negativeDeviation(Double)
  case negativeCount(Int)
  /// `permutation` of a number that is not a count.
  case notPermutable(dtype: String)
  case populationNotVector(shape: [Int])
  case emptyPopulation
  case sampleTooLarge(size: Int, population: Int)
  case probabilitiesNotVector(shape: [Int])
  case probabilityCount(Int, population: Int)
  case negativeProbability(Double, index: Int)
  case probabilityNaN(index: Int)
  case probabilitySum(Double)
  /// Without replacement: fewer elements with a probability over 0 than draws.
  case tooFewPossible(Int, size: Int)

  package var wording: Wording {
    switch self {
    case .emptyRange(let low, let high):
      Wording(
        "there is no integer from \(low) up to, not including, \(high)",
        hint: "the upper bound of randint has to be over the lower one")
    case .unboundedRange(let low, let high):
      Wording("uniform can't draw between \(low) and \(high): the range is not finite")
    case .negativeDeviation(let value):
      Wording("the standard deviation \(value) is negative")
    case .negativeCount(let count):
      Wording("permutation of \(count) elements: the number is negative")
    case .notPermutable(let dtype):
      Wording(
        "permutation of a single \(dtype) number",
        hint: "it takes a whole number of elements, or a tensor, whose rows it shuffles")
    case .populationNotVector(let shape):
      Wording(
        "choice draws from one axis of elements, not from the shape \(TensorProblem.text(ofShape: shape))",
        hint: "choose row numbers: x[choice(len(x), n)]")
    case .emptyPopulation: Wording("choice can't draw from no elements")
    case .sampleTooLarge(let size, let population):
      Wording(
        "choice can't draw \(size) of \(population) elements without replacement",
        hint: "replace=true lets an element be drawn more than once")
    case .probabilitiesNotVector(let shape):
      Wording(
        "the probabilities of choice have the shape \(TensorProblem.text(ofShape: shape)), not one axis"
      )
    case .probabilityCount(let count, let population):
      Wording("choice has \(count) probabilities for \(population) elements")
    case .negativeProbability(let value, let index):
      Wording("the probability \(value) at index \(index) is negative")
    case .probabilityNaN(let index): Wording("the probability at index \(index) is nan")
    case .probabilitySum(let sum):
      Wording(
        "the probabilities of choice add up to \(sum), not to 1", hint: "divide them: p / sum(p)")
    case .tooFewPossible(let possible, let size):
      Wording(
        "choice can't draw \(size) elements without replacement: "
          + "\(possible) have a probability over 0")
    }
  }
}
