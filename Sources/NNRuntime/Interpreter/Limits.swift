import Glibc
import NNSource

/// What a cell may take. A cell over a limit stops with a message and leaves the session as it was.
package struct Limits: Sendable {
  /// Seconds a cell may run; nil for no limit.
  package var seconds: Double?
  /// Bytes a cell may print.
  package var outputBytes = 8 << 20
  /// Charts, tables and the like a cell may emit.
  package var outputCount = 1_000
  /// Set from a signal handler to stop the running cell.
  package var isCancelled: (@Sendable () -> Bool)?

  private var deadline: Double?

  package init(seconds: Double? = nil) { self.seconds = seconds }

  mutating func start() { deadline = seconds.map { Self.now() + $0 } }

  func check() throws {
    if let isCancelled, isCancelled() { throw Problem.limit(.cancelled) }
    if let deadline, let seconds, Self.now() > deadline {
      throw Problem.limit(.time(seconds: seconds))
    }
  }

  func check(outputBytes bytes: Int) throws {
    if bytes > outputBytes { throw Problem.limit(.outputSize(bytes: outputBytes)) }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
