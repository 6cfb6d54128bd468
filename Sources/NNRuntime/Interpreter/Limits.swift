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

  /// Bytes the whole process may take. Tensors are counted when they are made; this is for lists
  /// and texts, which are not.
  package var memory = 12 << 30

  private var deadline: Double?

  package init(seconds: Double? = nil) { self.seconds = seconds }

  mutating func start() { deadline = seconds.map { Self.now() + $0 } }

  func check() throws {
    if let isCancelled, isCancelled() { throw Problem.limit(.cancelled) }
    if let deadline, let seconds, Self.now() > deadline {
      throw Problem.limit(.time(seconds: seconds))
    }
  }

  /// Time, cancellation, and the memory that nobody counts.
  func checkAll() throws {
    try check()
    if Self.residentBytes() > memory { throw Problem.limit(.memory(bytes: memory)) }
  }

  /// The pages of this process that are in memory, as Linux tells it; 0 where it does not.
  private static func residentBytes() -> Int {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 128)
    let count = read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return 0 }
    let fields = buffer[..<count].split(separator: UInt8(ascii: " "))
    guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else {
      return 0
    }
    return pages.multipliedReportingOverflow(by: Int(getpagesize())).partialValue
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
