import NNSource

/// `numpy.histogram`, count for count.

extension Tensor {
  /// Equal bins over the range of the elements, or over a given one; the last bin takes its right edge
  /// too. Edges are float32 for float32 tensors.
  /// With `weights`, one an element, each counts as much as its weight.
  package func histogram(
    bins: Int, range: (Double, Double)?, weights: Tensor? = nil
  ) throws -> (counts: Tensor, edges: Tensor) {
    guard bins > 0 else { throw Problem.tensor(.noBins(bins)) }
    let isSingle = dtype == .float32
    let (low, high) = try outerEdges(range)
    let edges = try UniformBins(low, high, bins, isSingle, inSingle: isSingle && range == nil)
    let counts = try tally(bins, weights) { edges.bin($0) }
    return (counts, try Tensor(edges.edges).converted(to: isSingle ? .float32 : .float64))
  }

  /// Bins between given edges, each without its right edge but the last.
  package func histogram(edges: Tensor, weights: Tensor? = nil) throws -> (
    counts: Tensor, edges: Tensor
  ) {
    guard edges.rank == 1, edges.count > 0 else {
      throw Problem.tensor(.edgesShape(edges.shape.array))
    }
    let limits = edges.doubles
    for i in limits.indices.dropFirst() where limits[i - 1] > limits[i] {
      throw Problem.tensor(.edgesFall(left: limits[i - 1], right: limits[i]))
    }
    let last = limits[limits.count - 1]
    let counts = try tally(limits.count - 1, weights) { value in
      guard value >= limits[0], value <= last, limits.count > 1 else { return nil }
      // The edges not above the value, among all but the last.
      var (low, high) = (0, limits.count - 1)
      while high - low > 1 {
        let middle = (low + high) / 2
        if limits[middle] <= value { low = middle } else { high = middle }
      }
      return low
    }
    return (counts, edges)
  }

  /// The elements in each bin, or the sum of their weights, in the weights' dtype.
  private func tally(_ bins: Int, _ weights: Tensor?, bin: (Double) -> Int?) throws -> Tensor {
    let values = try converted(to: .float64)
    guard let weights else {
      var counts = try Tensor(zeros: [bins], .int64)
      values.withElements(of: Double.self) { values in
        counts.withMutableElements(of: Int64.self) { counts in
          for value in values {
            if let bin = bin(value) { counts[bin] += 1 }
          }
        }
      }
      return counts
    }
    guard weights.shape == shape else {
      throw Problem.tensor(.weightsShape(weights.shape.array, elements: shape.array))
    }
    var sums = try Tensor(zeros: [bins], .float64)
    let heavy = try weights.converted(to: .float64)
    values.withElements(of: Double.self) { values in
      heavy.withElements(of: Double.self) { heavy in
        sums.withMutableElements(of: Double.self) { sums in
          for (value, weight) in zip(values, heavy) {
            if let bin = bin(value) { sums[bin] += weight }
          }
        }
      }
    }
    return try sums.converted(to: weights.dtype)
  }

  private func outerEdges(_ range: (Double, Double)?) throws -> (Double, Double) {
    var (low, high) = range ?? (0, 1)
    if range == nil, count > 0 {
      low = try reduce(.min).scalar?.double ?? 0
      high = try reduce(.max).scalar?.double ?? 1
    }
    guard low <= high, low.isFinite, high.isFinite else {
      throw Problem.tensor(.badRange(low: low, high: high))
    }
    if low == high {
      // In the type of the elements, as everything that follows.
      let isSingle = dtype == .float32 && range == nil
      low = isSingle ? Double(Float(low) - 0.5) : low - 0.5
      high = isSingle ? Double(Float(high) + 0.5) : high + 0.5
    }
    return (low, high)
  }
}

/// Bins of one width. float32 arithmetic is float64 arithmetic rounded after every step.
private struct UniformBins {
  var edges: [Double]
  let low: Double
  let high: Double
  let width: Double
  let isSingle: Bool
  let inSingle: Bool

  /// `isSingle`: the elements and edges are float32; `inSingle`: the range is, too.
  init(_ low: Double, _ high: Double, _ bins: Int, _ isSingle: Bool, inSingle: Bool) throws {
    func rounded(_ x: Double) -> Double { inSingle ? Double(Float(x)) : x }
    let (count, overflow) = bins.addingReportingOverflow(1)
    // Checks the memory asked for.
    _ = try Tensor(zeros: [overflow ? .max : count], .float64)
    let delta = rounded(high - low)
    let step = rounded(delta / Double(bins))
    edges = (0..<count).map { i in
      let part =
        step == 0
        ? rounded(rounded(Double(i) / Double(bins)) * delta) : rounded(Double(i) * step)
      return i == bins ? high : rounded(part + low)
    }
    if isSingle { edges = edges.map { Double(Float($0)) } }
    for i in 1..<count where edges[i - 1] >= edges[i] {
      throw Problem.tensor(.tooManyBins(bins: bins, low: low, high: high))
    }
    self.low = isSingle ? Double(Float(low)) : low
    self.high = isSingle ? Double(Float(high)) : high
    self.width = delta
    self.isSingle = isSingle
    self.inSingle = inSingle
  }

  /// The bin of a value: by division, then set right against the edges.
  func bin(_ value: Double) -> Int? {
    guard value >= low, value <= high else { return nil }
    let bins = edges.count - 1
    var distance = value - low
    if isSingle { distance = Double(Float(distance)) }
    var place = distance / width
    if inSingle { place = Double(Float(place)) }
    place *= Double(bins)
    if inSingle { place = Double(Float(place)) }
    var bin = Swift.min(Swift.max(Int(truncatingOrMin: place), 0), bins)
    if bin == bins { bin -= 1 }
    if value < edges[bin], bin > 0 { bin -= 1 }
    if value >= edges[bin + 1], bin != bins - 1 { bin += 1 }
    return bin
  }
}
