import Glibc
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

  package init(seconds: Double? = nil) { self.seconds = seconds }

  func check(steps taken: Int) throws {
    if taken > steps { throw Problem.limit(.steps(steps)) }
  }

  func check(outputBytes bytes: Int) throws {
    if bytes > outputBytes { throw Problem.limit(.outputSize(bytes: outputBytes)) }
  }

  /// Tensors are counted when they are made; this is for lists and texts, which are not.
  func checkMemory() throws {
    // What the tensors may take, half of it for the rest, and room for the program itself.
    let (most, overflow) = (memory + memory / 2).addingReportingOverflow(64 << 20)
    if !overflow, Self.ownBytes() > most { throw Problem.limit(.memory(bytes: memory)) }
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
