import ArgumentParser
import Glibc
import NNSource

/// Standard output, written in large pieces; a closed pipe ends the program quietly.
final class StandardOutput {
  private var buffer: [UInt8] = []
  /// Why something could not be written, if so; what follows is dropped.
  private(set) var failure: Problem?

  func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    // Whoever watches a long program sees its lines as they come.
    if buffer.count > 1 << 16 || isatty(STDOUT_FILENO) == 1 { flush() }
  }

  func flush() {
    if failure == nil, let code = Console.write(buffer, to: STDOUT_FILENO) {
      failure = .file(.unwritable("<stdout>", reason: String(cString: strerror(code))))
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Standard error: diagnostics, and progress where a person watches.
enum Console {
  static let isInteractive = isatty(STDERR_FILENO) == 1 && getenv("NO_COLOR") == nil

  /// One message with its line end.
  static func tell(_ text: String) {
    write(Array((text + "\n").utf8), to: STDERR_FILENO)
  }

  /// A line that the next one replaces; nothing where no person watches.
  static func status(_ text: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    write(Array("\r\u{1B}[2K\(text)".utf8), to: STDERR_FILENO)
  }

  /// - Returns: the `errno` of what could not be written, else nil.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var start = 0
    while start < bytes.count {
      let written = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress.map { $0 + start }, bytes.count - start)
      }
      if written < 0 {
        if errno == EINTR { continue }
        return errno
      }
      start += written
    }
    return nil
  }

  /// Tells a failure to read or write, and gives the exit code that belongs to it.
  static func exit(telling error: any Error) -> ExitCode {
    guard let problem = error as? Problem else {
      tell("nnbook: \(error)")
      return ExitCode(74)
    }
    let wording = problem.wording
    tell("nnbook: " + wording.message)
    if let hint = wording.hint { tell("hint: " + hint) }
    switch problem {
    case .file(.notFound), .file(.noNotebooks), .data(.missingSet): return ExitCode(66)
    case .file(.sameTarget), .file(.indexAlone), .file(.targetIsSource), .data(.unknownSet),
      .file(.notNotebook), .run(.unknownCell), .run(.unknownValue), .run(.notArray), .check:
      return ExitCode.validationFailure
    default: return ExitCode(74)
    }
  }
}
