/// Singular values by one-sided Jacobi rotations: pairs of columns are turned until all stand at
/// right angles; what is left of each column is its length. Additions in one order, no library.
enum SingularValues {
  private static let sweeps = 60

  /// Of a matrix given row by row. `check` is called between the columns.
  static func of(_ matrix: [Double], rows: Int, columns: Int, check: () throws -> Void) throws
    -> [Double]
  {
    guard matrix.allSatisfy(\.isFinite) else {
      return Array(repeating: .nan, count: min(rows, columns))
    }
    // The values of a matrix are those of its transpose, and the fewer columns the better.
    let (count, length) = (min(rows, columns), max(rows, columns))
    var vectors = (0..<count).map { vector in
      (0..<length).map { place in
        rows >= columns ? matrix[place * columns + vector] : matrix[vector * columns + place]
      }
    }
    // Of magnitude 1, so that no square overflows.
    let largest = matrix.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return Array(repeating: 0, count: count) }
    for i in vectors.indices { vectors[i] = vectors[i].map { $0 / largest } }
    for _ in 0..<sweeps {
      var isSettled = true
      for i in 0..<count {
        try check()
        for j in i + 1..<max(count, i + 1) where rotate(&vectors, i, j) { isSettled = false }
      }
      if isSettled { break }
    }
    return vectors.map { dot($0, $0).squareRoot() * largest }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }

  /// Turns two columns to a right angle; false if they stand at one already.
  private static func rotate(_ vectors: inout [[Double]], _ i: Int, _ j: Int) -> Bool {
    let (a, b) = (dot(vectors[i], vectors[i]), dot(vectors[j], vectors[j]))
    let c = dot(vectors[i], vectors[j])
    guard abs(c) > 1e-16 * (a * b).squareRoot(), c != 0 else { return false }
    let zeta = (b - a) / (2 * c)
    let t = (zeta < 0 ? -1 : 1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
    let cosine = 1 / (1 + t * t).squareRoot()
    let sine = cosine * t
    for place in vectors[i].indices {
      let (x, y) = (vectors[i][place], vectors[j][place])
      vectors[i][place] = cosine * x - sine * y
      vectors[j][place] = sine * x + cosine * y
    }
    return true
  }
}
