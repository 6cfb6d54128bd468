import NNSource

/// What a cell may take. A cell over a limit stops with a message and leaves the session as it was.
package struct Limits: Sendable, Hashable {
  /// Seconds a cell may run; nil for no limit.
  package var seconds: Double?
  /// Turns of loops, calls, 64 numbers computed, 64 multiplications of a product: the same number on
  /// every machine.
  package var steps = 1_000_000_000_000
  /// Bytes that all tensors of the notebook may take together.
  package var memory = 8 << 30
  /// Bytes a cell may print.
  package var outputBytes = 8 << 20
  /// Charts, tables and the like a cell may emit.
  package var outputCount = 1_000
  /// Numbers and pixels that the charts, tables and pictures of a cell may hold together.
  package var shownNumbers = 4_000_000

  package init(seconds: Double? = nil) { self.seconds = seconds }

  func check(steps taken: Int) throws {
    if taken > steps { throw Problem.limit(.steps(steps)) }
  }

  func check(outputBytes bytes: Int) throws {
    if bytes > outputBytes { throw Problem.limit(.outputSize(bytes: outputBytes)) }
  }

  func check(shownNumbers count: Int) throws {
    if count > shownNumbers { throw Problem.limit(.shownNumbers(shownNumbers)) }
  }
}
