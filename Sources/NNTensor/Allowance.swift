import CNNKernels
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
  package func grant<Result>(
    seconds: Double?, memory: Int, looks: Int = 0, _ body: () throws -> Result
  ) rethrows -> Result {
    state.pointee.seconds = seconds ?? 0
    state.pointee.deadline = seconds.map { nn_now() + $0 } ?? 0
    state.pointee.memory = Int64(memory)
    state.pointee.is_stopped = 0
    state.pointee.looks = Int64(looks)
    let before = nn_thread_allowance()
    nn_set_allowance(state)
    defer { nn_set_allowance(before) }
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
  static let elementsPerCheck = 1 << 16

  /// The bytes that the tensors of this thread's work may take.
  static var memory: Int {
    nn_thread_allowance().map { Int($0.pointee.memory) } ?? TensorLimits.standardBytes
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
