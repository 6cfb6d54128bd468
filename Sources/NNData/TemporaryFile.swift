import Glibc
import Synchronization

/// A file being written: under a hidden, unpredictable name until it is whole and is published.
///
/// It stands in the folder of its own and is locked for as long as somebody writes it. So one whose
/// lock can be taken was abandoned by a process that was killed, and `removeAbandoned` removes it;
/// with one that is being written nobody meddles.
package final class TemporaryFile {
  private let descriptor: Int32
  private let path: String

  /// What this process has to know of its own.
  private struct State {
    var live: Set<String> = []
    /// Folders that were looked through for abandoned files.
    var swept: Set<String> = []
    /// The process is being ended.
    var isOver = false
  }

  private static let state = Mutex(State())

  /// A new one in a folder, which is rid of abandoned ones first.
  package init(in folder: String) throws(SystemFailure) {
    Self.removeAbandoned(in: folder)
    while true {
      let path = folder + "/" + TemporaryName().text
      let opened = Self.unlessOver { state -> Result<Int32, SystemFailure> in
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return .failure(SystemFailure()) }
        state.live.insert(path)
        return .success(descriptor)
      }
      if case .failure(SystemFailure(EEXIST)) = opened { continue }
      let descriptor = try opened.get()
      if Self.lock(descriptor) {
        (self.descriptor, self.path) = (descriptor, path)
        return
      }
      Self.remove(path)
      close(descriptor)
    }
  }

  deinit {
    Self.remove(path)
    close(descriptor)
  }

  /// Whether nobody took the file for an abandoned one before its lock was there. Where the file
  /// system knows no locks, nobody can.
  private static func lock(_ descriptor: Int32) -> Bool {
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 { return errno != EWOULDBLOCK }
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_nlink > 0
  }

  // MARK: Writing

  package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemFailure) {
    try Transfer.write(bytes, to: descriptor)
  }

  package func write(_ bytes: [UInt8]) throws(SystemFailure) {
    try bytes.span.bytes.withUnsafeBytes { (buffer) throws(SystemFailure) in try write(buffer) }
  }

  /// Waits until all that was written is on the disk.
  package func sync() throws(SystemFailure) {
    while fsync(descriptor) != 0 {
      guard errno == EINTR else { throw SystemFailure() }
    }
  }

  /// Gives files that are whole their names, one after the other; `removeAll` comes before all of
  /// them or after.
  /// - Returns: the place of the first that could not be renamed, if one could not; those behind it
  ///   have not got their names either.
  package static func publish(
    _ files: [(file: TemporaryFile, path: String)]
  ) -> (place: Int, failure: SystemFailure)? {
    unlessOver { state in
      for (place, item) in files.enumerated() {
        guard rename(item.file.path, item.path) == 0 else { return (place, SystemFailure()) }
        state.live.remove(item.file.path)
      }
      return nil
    }
  }

  /// Removes a file that was not published.
  private static func remove(_ path: String) {
    state.withLock { state in
      if state.live.remove(path) != nil { unlink(path) }
    }
  }

  // MARK: The end of the process

  /// Removes all that this process is writing; whoever begins or publishes a file after that waits
  /// for ever. For the thread that is about to end the process.
  package static func removeAll() {
    state.withLock { state in
      state.isOver = true
      for path in state.live { unlink(path) }
      state.live = []
    }
  }

  private static func unlessOver<T: Sendable>(_ body: (inout State) -> T) -> T {
    while true {
      let result = state.withLock { state -> T? in state.isOver ? nil : .some(body(&state)) }
      if let result { return result }
      // Returns when a signal comes; nothing has changed then.
      pause()
    }
  }

  // MARK: What killed processes left

  /// Removes files from a folder that processes no longer alive were writing. Done once for each
  /// folder; nothing else in it is touched.
  package static func removeAbandoned(in folder: String) {
    guard state.withLock({ $0.swept.insert(folder).inserted }) else { return }
    for name in FileWriter.names(in: folder) ?? [] where TemporaryName(name) != nil {
      removeIfAbandoned(folder + "/" + name)
    }
  }

  private static func removeIfAbandoned(_ path: String) {
    // Locks of some network file systems ask for a file that may be written.
    let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      flock(descriptor, LOCK_EX | LOCK_NB) == 0
    else { return }
    // One that was published meanwhile has another name.
    unlink(path)
  }
}

/// The name of a file being written: `.nnbook-0123456789abcdef.tmp`.
package struct TemporaryName {
  package let text: String
  private static let (head, end, digits) = (".nnbook-", ".tmp", 16)

  init() {
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    text =
      Self.head + String(repeating: "0", count: Self.digits - number.utf8.count) + number + Self.end
  }

  /// Nil for a name that is not of this form.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.head), text.hasSuffix(Self.end) else { return nil }
    let middle = text.utf8.dropFirst(Self.head.utf8.count).dropLast(Self.end.utf8.count)
    let isNumber = middle.allSatisfy { byte in
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
    }
    guard middle.count == Self.digits, isNumber else { return nil }
    self.text = text
  }
}
