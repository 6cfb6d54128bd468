import Glibc
import NNSource

/// What the system answered to a call: a value of `errno`.
package struct SystemFailure: Error, Equatable {
  package let code: Int32

  package init(_ code: Int32 = errno) { self.code = code }

  package var reason: String { String(cString: strerror(code)) }

  /// That a file could not be written; `name` is what messages call it.
  package func problem(writing name: String) -> Problem {
    code == ENOSPC || code == EDQUOT
      ? .file(.noSpace(name, reason: reason)) : .file(.unwritable(name, reason: reason))
  }
}

/// Reading and writing all of some memory, in however many pieces the system takes it.
package enum Transfer {
  package static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32
  ) throws(SystemFailure) {
    let written = try move(bytes.count) { start in
      Glibc.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
    }
    guard written == bytes.count else { throw SystemFailure(EIO) }
  }

  /// - Returns: how much of `memory` was filled: all of it, or as much as the file has.
  package static func read(
    _ descriptor: Int32, into memory: UnsafeMutableRawBufferPointer
  ) throws(SystemFailure) -> Int {
    try move(memory.count) { start in
      Glibc.read(descriptor, memory.baseAddress.map { $0 + start }, memory.count - start)
    }
  }

  /// Goes on after signals, until all is done or nothing more comes.
  private static func move(
    _ count: Int, _ step: (_ start: Int) -> Int
  ) throws(SystemFailure) -> Int {
    var done = 0
    while done < count {
      let moved = step(done)
      if moved < 0, errno == EINTR { continue }
      guard moved >= 0 else { throw SystemFailure() }
      if moved == 0 { break }
      done += moved
    }
    return done
  }
}
