import NNSource

/// Axes as users number them, negative ones from the end.

extension Shape {
  /// The axis, from 0. Throws when there is none. `extra` axes more are allowed, for a new axis.
  package func axis(_ axis: Int, extra: Int = 0) throws -> Int {
    let rank = count + extra
    guard axis >= -rank, axis < rank else {
      throw Problem.tensor(.axisOutOfRange(axis: axis, shape: array))
    }
    return axis < 0 ? axis + rank : axis
  }

  /// Several axes, each only once.
  func axes(_ axes: [Int]) throws -> [Int] {
    var seen: [Int] = []
    for number in axes {
      let axis = try axis(number)
      guard !seen.contains(axis) else { throw Problem.tensor(.repeatedAxis(number)) }
      seen.append(axis)
    }
    return seen
  }
}
