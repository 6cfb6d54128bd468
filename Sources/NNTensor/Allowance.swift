import CNNKernels
import Glibc
import NNSource

/// What the work of one thread may take: its time, the memory of its tensors, and someone's wish that
/// it stop. Kernels look at it between the parts of large work, `check` whenever it is called.
package final class Allowance {
  private let state: UnsafeMutablePointer<nn_allowance>
  private let cancellation: Cancellation?

  package init(cancellation: Cancellation? = nil) {
    self.cancellation = cancellation
    state = .allocate(capacity: 1)
    state.initialize(to: nn_allowance())
    state.pointee.memory = Int64(TensorLimits.standardBytes)
    state.pointee.cancelled = cancellation.map { UnsafePointer($0.flag) }
  }

  deinit { state.deallocate() }

  /// Runs `body` on this thread with so many seconds from now, and so many bytes for all tensors.
  /// - Parameter looks: the number of the look at the allowance that finds it cancelled, for tests
  ///   of what is left half way; 0 for none.
  /// - Parameter steps: made negative from another thread while the work is to stop, so that who
  ///   counts down looks at its allowance at once.
  package func grant<Result>(
    seconds: Double?, memory: Int, looks: Int = 0, steps: UnsafeMutablePointer<Int>? = nil,
    _ body: () throws -> Result
  ) rethrows -> Result {
    state.pointee.seconds = seconds ?? 0
    state.pointee.deadline = seconds.map { nn_now() + $0 } ?? 0
    state.pointee.memory = Int64(memory)
    state.pointee.is_stopped = 0
    state.pointee.looks = Int64(looks)
    let before = nn_thread_allowance()
    nn_set_allowance(state)
    defer { nn_set_allowance(before) }
    if let steps { nn_watch_allowance(state, steps) }
    defer { if steps != nil { nn_unwatch_allowance(state) } }
    return try body()
  }

  /// Why this thread's work has to stop, or had to; nil when it may go on.
  package static var problem: Problem? {
    guard nn_is_stopped() != 0, let state = nn_thread_allowance() else { return nil }
    let isCancelled = state.pointee.cancelled.map { nn_is_cancelled($0) != 0 } ?? false
    let deadline = state.pointee.deadline
    return !isCancelled && deadline > 0 && nn_now() > deadline
      ? .limit(.time(seconds: state.pointee.seconds)) : .limit(.cancelled)
  }

  /// Throws when this thread's work has to stop.
  package static func check() throws {
    if let problem { throw problem }
  }

  /// Throws where a kernel says that it stopped. What else it says is its caller's to word.
  @inline(__always)
  package static func check(_ status: Int32) throws {
    if status == Int32(NN_STOPPED) { try check() }
  }

  /// How many numbers a loop may handle before it looks again: a millisecond's worth of slow ones.
  package static let elementsPerCheck = 1 << 16

  /// The bytes that the tensors of this thread's work may take.
  static var memory: Int {
    nn_thread_allowance().map { Int($0.pointee.memory) } ?? TensorLimits.standardBytes
  }
}

extension Allowance {
  /// Throws when the process takes much more than its tensors may, which are counted when they are
  /// made: lists and texts are not.
  package static func checkMemory() throws {
    // What the tensors may take, half of it for the rest, and room for the program itself.
    let (most, overflow) = (memory + memory / 2).addingReportingOverflow(64 << 20)
    if !overflow, ownBytes() > most { throw Problem.limit(.memory(bytes: memory)) }
  }

  /// The memory of this process that stands in no file, as Linux tells it; 0 where it does not.
  private static func ownBytes() -> Int {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { buffer in
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      guard count > 0 else { return 0 }
      let fields = buffer[..<count].split(separator: UInt8(ascii: " "))
        .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
      // Its whole size, the pages in memory, those of them that belong to files.
      return fields.count > 2 ? (fields[1] - fields[2]) * Int(getpagesize()) : 0
    }
  }
}

/// Someone's wish that work stop, a person's at the keyboard say. It may come from any thread.
package final class Cancellation: Sendable {
  // Read and written by the kernels' atomics alone.
  nonisolated(unsafe) fileprivate let flag: UnsafeMutablePointer<CInt>

  package init() {
    flag = .allocate(capacity: 1)
    flag.initialize(to: 0)
  }

  deinit { flag.deallocate() }

  package func cancel() { nn_cancel(flag) }

  package var isCancelled: Bool { nn_is_cancelled(flag) != 0 }
}
