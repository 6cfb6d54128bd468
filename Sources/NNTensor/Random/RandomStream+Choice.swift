import NNSource

extension RandomStream {
  /// 0…n − 1 in a new order: Fisher and Yates' exchange from the end.
  package mutating func permutation(_ n: Int) throws -> Tensor {
    guard n >= 0 else { throw Problem.value(.random(.negativeCount(n))) }
    var order = try Tensor(uninitialized: [n], .int64)
    try order.withMutableElements(of: Int.self) { try permute($0) }
    return order
  }

  /// Writes such an order to where `order` points.
  package mutating func permute(_ order: UnsafeMutableBufferPointer<Int>) throws {
    for index in order.indices { order[index] = index }
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      if last % Allowance.elementsPerCheck == 0 { try Allowance.check() }
      order.swapAt(last, Int(bounded(UInt64(last))))
    }
  }

  /// Draws what a permutation of `n` would, for who needs only the numbers after it.
  package mutating func skipPermutation(_ n: Int) {
    for last in stride(from: n - 1, to: 0, by: -1) { _ = bounded(UInt64(last)) }
  }

  /// The rows of `x` (its elements, where it has one axis) in a new order.
  package mutating func permuted(_ x: Tensor) throws -> Tensor {
    guard x.rank > 0 else { throw Problem.value(.random(.notPermutable(dtype: x.dtype.name))) }
    return try x.indexed([.tensor(permutation(x.shape[0]))])
  }

  /// Elements of a tensor with one axis, drawn one by one; a single one without a shape.
  package mutating func choice(
    _ from: Tensor, shape: Shape?, replace: Bool, probabilities: Tensor?
  ) throws -> Tensor {
    guard from.rank == 1 else {
      throw Problem.value(.random(.populationNotVector(shape: from.shape.array)))
    }
    let chosen = try choice(
      from.count, shape: shape, replace: replace, probabilities: probabilities)
    return try from.indexed([.tensor(chosen)])
  }

  /// Whole numbers below `n`. With `probabilities`, one for each of them.
  package mutating func choice(
    _ n: Int, shape: Shape?, replace: Bool, probabilities: Tensor?
  ) throws -> Tensor {
    let shape = shape ?? []
    let size = try shape.checkedCount(.int64)
    guard n > 0 || size == 0 else { throw Problem.value(.random(.emptyPopulation)) }
    let weights = try probabilities.map { try checkedWeights($0, population: n) }
    if replace {
      guard n > 0 else { return try Tensor(zeros: shape, .int64) }
      guard let weights else { return try randint(low: 0, high: n, shape: shape) }
      let distribution = Distribution(weights)
      return try integers(shape) { distribution.index(of: $0.uniformDouble()) }
    }
    guard size <= n else {
      throw Problem.value(.random(.sampleTooLarge(size: size, population: n)))
    }
    guard let weights else {
      return try permutation(n).withElements(of: Int.self) { order in
        var rest = order.makeIterator()
        return try integers(shape) { _ in rest.next() ?? 0 }
      }
    }
    return try Tensor(distinct(size, weights), shape: shape)
  }

  /// `size` different indices: a round of draws, of which the first of each kind stay; then another
  /// round for the missing ones, with the found ones' weights at 0.
  private mutating func distinct(_ size: Int, _ weights: [Double]) throws -> [Int] {
    let possible = weights.count { $0 > 0 }
    guard possible >= size else {
      throw Problem.value(.random(.tooFewPossible(possible, size: size)))
    }
    var weights = weights
    var found: [Int] = []
    while found.count < size {
      try Allowance.check()
      let distribution = Distribution(weights)
      for _ in found.count..<size {
        let index = distribution.index(of: uniformDouble())
        guard weights[index] > 0 else { continue }
        weights[index] = 0
        found.append(index)
      }
    }
    return found
  }
}

/// Probabilities as NumPy's `choice` draws from them: running sums, divided by the last one.
private struct Distribution {
  private var sums: [Double]

  init(_ weights: [Double]) {
    var sum = 0.0
    sums = weights.map { weight in
      sum += weight
      return sum
    }
    for index in sums.indices { sums[index] /= sum }
  }

  /// How many sums are at most `draw`; never past the last index.
  func index(of draw: Double) -> Int {
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= draw { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The probabilities, checked: one per element, none negative or nan, adding up to 1 within the
/// square root of their type's precision.
private func checkedWeights(_ probabilities: Tensor, population: Int) throws -> [Double] {
  guard probabilities.rank == 1 else {
    throw Problem.value(.random(.probabilitiesNotVector(shape: probabilities.shape.array)))
  }
  guard probabilities.count == population else {
    throw Problem.value(
      .random(.probabilityCount(probabilities.count, population: population)))
  }
  let weights = probabilities.doubles
  for (index, weight) in weights.enumerated() {
    if weight.isNaN { throw Problem.value(.random(.probabilityNaN(index: index))) }
    if weight < 0 { throw Problem.value(.random(.negativeProbability(weight, index: index))) }
  }
  let sum = compensatedSum(weights)
  let precision = probabilities.dtype == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
  guard (sum - 1).magnitude <= precision.squareRoot() else {
    throw Problem.value(.random(.probabilitySum(sum)))
  }
  return weights
}

/// Kahan's sum.
private func compensatedSum(_ values: [Double]) -> Double {
  var sum = 0.0
  var error = 0.0
  for value in values {
    let term = value - error
    let next = sum + term
    error = (next - sum) - term
    sum = next
  }
  return sum
}
