import NNSource

/// NumPy's rules for two shapes whose lengths may be unknown.
enum Broadcasting {
  /// Nil when they surely do not fit.
  static func shape(_ a: [Int?], _ b: [Int?]) -> [Int?]? {
    let rank = max(a.count, b.count)
    var result: [Int?] = []
    for axis in 0..<rank {
      let x = axis < rank - a.count ? 1 : a[axis - (rank - a.count)]
      let y = axis < rank - b.count ? 1 : b[axis - (rank - b.count)]
      switch (x, y) {
      case (let x?, let y?):
        guard x == y || x == 1 || y == 1 else { return nil }
        result.append(x == 1 ? y : x)
      // A length other than 1 wins over one that is not known.
      case (let x?, nil): result.append(x == 1 ? nil : x)
      case (nil, let y?): result.append(y == 1 ? nil : y)
      case (nil, nil): result.append(nil)
      }
    }
    return result
  }

  /// Whether `shape` may be repeated to `target`.
  static func fits(_ shape: [Int?], in target: [Int?]) -> Bool {
    let lead = target.count - shape.count
    guard lead >= 0 else { return false }
    return shape.indices.allSatisfy { axis in
      guard let own = shape[axis], let wanted = target[axis + lead] else { return true }
      return own == wanted || own == 1
    }
  }

  /// Of `@`; nil when the two surely do not multiply.
  static func product(_ a: [Int?], _ b: [Int?]) -> [Int?]? {
    let columns = a[a.count - 1]
    let rows = b.count > 1 ? b[b.count - 2] : b[0]
    if let columns, let rows, columns != rows { return nil }
    guard let lead = shape(Array(a.dropLast(2)), Array(b.dropLast(2))) else { return nil }
    return lead + (a.count > 1 ? [a[a.count - 2]] : []) + (b.count > 1 ? [b[b.count - 1]] : [])
  }

  /// What `@` says of two shapes that do not multiply.
  static func productProblem(_ a: [Int?], _ b: [Int?]) -> TensorProblem {
    let columns = a[a.count - 1]
    let rows = b.count > 1 ? b[b.count - 2] : b[0]
    if let columns, let rows, columns != rows { return .matmul(a.shown, b.shown) }
    return .shapesDoNotFit(operation: "@", left: a.shown, right: b.shown)
  }
}
