import NNSource

/// What `numpy.unique` gives.
package struct UniqueElements {
  /// The different elements, or rows, in ascending order.
  package var values: Tensor
  /// Where each stands first.
  package var firstIndices: Tensor
  /// For every element, or row, which of the values it is.
  package var inverse: Tensor
  /// How often each occurs.
  package var counts: Tensor
}

extension Tensor {
  /// Of all elements, where all NaN are one; or of the parts along an axis.
  package func unique(axis: Int? = nil) throws -> UniqueElements {
    guard let axis else { return try uniqueElements() }
    if rank == 1, try shape.axis(axis) == 0 { return try uniqueElements() }
    // The axis goes to the front, the others keep their order: so NumPy compares.
    let place = try shape.axis(axis)
    let order = [place] + (0..<rank).filter { $0 != place }
    let back = (0..<rank).map { axis in order.firstIndex(of: axis) ?? axis }
    let parts = try transposed(order).compacted().uniqueRows()
    return UniqueElements(
      values: try parts.values.transposed(back),
      firstIndices: parts.firstIndices, inverse: parts.inverse, counts: parts.counts)
  }

  private func uniqueElements() throws -> UniqueElements {
    let flat = try raveled().compacted()
    let order = try flat.argsorted(axis: 0)
    let places = order.withElements(of: Int64.self) { $0.map(Int.init) }
    var found = try grouped(flat, places) { flat.load($0).sortsLike(flat.load($1)) }
    found.inverse = try found.inverse.reshaped(shape.array)
    return found
  }

  /// The parts along the first axis, compared element by element.
  private func uniqueRows() throws -> UniqueElements {
    let count = shape[0]
    let width = count > 0 ? self.count / count : 0
    // The order takes as much as a tensor of whole numbers.
    _ = try Tensor(uninitialized: [count], .int64)
    var compared = 0
    let places = try (0..<count).sorted { a, b in
      compared += max(width, 1)
      if compared > Allowance.elementsPerCheck {
        compared = 0
        try Allowance.check()
      }
      for offset in 0..<width {
        let (x, y) = (load(a * width + offset), load(b * width + offset))
        if x.sortsBefore(y) { return true }
        if y.sortsBefore(x) { return false }
      }
      return a < b
    }
    return try grouped(self, places) { a, b in
      (0..<width).allSatisfy { load(a * width + $0) == load(b * width + $0) }
    }
  }

  /// Groups equal neighbours of `places`, which are in ascending order of what they name.
  private func grouped(_ values: Tensor, _ places: [Int], areEqual: (Int, Int) -> Bool) throws
    -> UniqueElements
  {
    var inverse = [Int](repeating: 0, count: places.count)
    var starts: [Int] = []
    for (i, place) in places.enumerated() {
      if i == 0 || !areEqual(place, places[i - 1]) { starts.append(i) }
      inverse[place] = starts.count - 1
    }
    let ends = starts.dropFirst() + (places.isEmpty ? [] : [places.count])
    let firsts = Tensor(starts.map { places[$0] })
    return UniqueElements(
      values: try values.indexed([.tensor(firsts)]), firstIndices: firsts,
      inverse: Tensor(inverse), counts: Tensor(zip(starts, ends).map { $1 - $0 }))
  }
}

extension Scalar {
  /// Equal, or both NaN.
  fileprivate func sortsLike(_ other: Scalar) -> Bool {
    switch (self, other) {
    case (.float32(let a), .float32(let b)): a == b || (a.isNaN && b.isNaN)
    case (.float64(let a), .float64(let b)): a == b || (a.isNaN && b.isNaN)
    default: self == other
    }
  }

  /// NaN comes last.
  fileprivate func sortsBefore(_ other: Scalar) -> Bool {
    switch (self, other) {
    case (.int64(let a), .int64(let b)): a < b
    default: double < other.double || (!double.isNaN && other.double.isNaN)
    }
  }
}
