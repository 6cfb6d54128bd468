/// NNData: a file's bytes → `ByteStream` or table or picture → `Tensor` → `DataSet`; and back, from
/// tensors to NPY and NPZ files.
///
/// Every size is checked before memory is taken for it, and every fault is told with the byte, or
/// the line and column, at which it stands.
import Glibc
import NNSource
import NNTensor

/// How much a file may take.
package enum DataLimits {
  /// Bytes of a file that is read as a whole.
  static let fileBytes = 4 << 30
  /// Pixels of one picture.
  static let picturePixels = 1 << 25
  /// Files in a folder of pictures.
  static let folderFiles = 1_000_000
  /// Bytes that `save` may write in one run.
  package static let savedBytes = 1 << 30

  /// The bytes that are left to tensors and to what they are read from.
  static var room: Int { max(0, TensorLimits.maximumBytes - TensorLimits.liveBytes) }
}

/// A file in memory, a 0 behind its last byte, and the name that messages call it by.
package final class FileBytes: @unchecked Sendable {
  package let name: String
  package let count: Int
  let start: UnsafeMutablePointer<UInt8>

  /// Takes over memory from `malloc`, with room for `count` bytes and one more.
  init(name: String, taking memory: UnsafeMutablePointer<UInt8>, count: Int) {
    (self.name, self.count, start) = (name, count, memory)
    start[count] = 0
  }

  package convenience init(name: String, _ bytes: [UInt8]) throws {
    let memory = try Self.room(bytes.count, name)
    for (index, byte) in bytes.enumerated() { memory[index] = byte }
    self.init(name: name, taking: memory, count: bytes.count)
  }

  deinit { free(start) }

  /// Room for `count` bytes and the 0 behind them.
  static func room(
    _ count: Int, _ name: String, limit: Int = min(DataLimits.fileBytes, DataLimits.room)
  ) throws -> UnsafeMutablePointer<UInt8> {
    guard count <= limit, let memory = malloc(count + 1) else {
      throw Problem.data(.tooLarge(file: name, bytes: count, limit: limit))
    }
    return memory.assumingMemoryBound(to: UInt8.self)
  }

  /// The regular file at `path`; a pipe or a device is refused, since it may never end.
  static func read(path: String, name: String) throws -> FileBytes {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(name) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(name) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Problem.data(.notFile(file: name))
    }
    let size = Int(status.st_size)
    let memory = try room(size, name)
    var count = 0
    while count < size {
      let found = Glibc.read(descriptor, memory + count, size - count)
      if found < 0, errno == EINTR { continue }
      guard found >= 0 else {
        let problem = failure(name)
        free(memory)
        throw problem
      }
      if found == 0 { break }
      count += found
    }
    return FileBytes(name: name, taking: memory, count: count)
  }

  /// How large the regular file at `path` is.
  static func size(path: String, name: String) throws -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw failure(name) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Problem.data(.notFile(file: name)) }
    return Int(status.st_size)
  }

  var array: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

  private static func failure(_ name: String) -> Problem {
    errno == ENOENT || errno == ENOTDIR
      ? .data(.notFound(file: name))
      : .data(.unreadable(file: name, reason: String(cString: strerror(errno))))
  }

  // MARK: Contents

  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count, "no such byte")
    return start[index]
  }

  func begins(with magic: [UInt8]) -> Bool {
    count >= magic.count && magic.indices.allSatisfy { start[$0] == magic[$0] }
  }

  func littleEndian(_ bytes: Int, at offset: Int) -> Int {
    var value = 0
    for index in (0..<bytes).reversed() { value = value << 8 | Int(self[offset + index]) }
    return value
  }

  func text(_ range: Range<Int>) -> String {
    String(
      decoding: UnsafeBufferPointer(start: start + range.lowerBound, count: range.count),
      as: UTF8.self)
  }

  /// A fault at `offset`; without `found`, the bytes that stand there.
  func damage(at offset: Int, expected: String, found: String? = nil) -> Problem {
    .data(
      .format(
        file: name, offset: offset, expected: expected,
        found: found
          ?? Self.hexadecimal(
            (offset..<min(offset + 4, count)).map { start[$0] })))
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    guard !bytes.isEmpty else { return "the end of the file" }
    let digits = Array("0123456789ABCDEF")
    return bytes.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined(separator: " ")
  }
}
