import Glibc
import NNSource

/// Writing whole files: what is written is whole or not there at all.
package enum FileWriter {
  /// Writes to a temporary file beside `path`, syncs it and renames it over: a reader sees the old
  /// file or the new one. Folders on the way are made. `name` is what messages call the file.
  package static func write(
    _ bytes: [UInt8], to path: String, name: String
  ) throws(Problem) {
    try makeFolder(folder(of: path), name)
    let temporary = path + ".tmp-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(name) }
    var isWhole = false
    defer { if !isWhole { unlink(temporary) } }
    do {
      defer { close(descriptor) }
      var start = 0
      while start < bytes.count {
        let count = bytes.withUnsafeBytes { buffer in
          Glibc.write(descriptor, buffer.baseAddress.map { $0 + start }, bytes.count - start)
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw failure(name) }
        start += count
      }
      guard fsync(descriptor) == 0 else { throw failure(name) }
    }
    guard rename(temporary, path) == 0 else { throw failure(name) }
    isWhole = true
    sync(folder: folder(of: path))
  }

  /// Without this the rename itself may be lost when the machine stops.
  package static func sync(folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func makeFolder(_ path: String, _ name: String) throws(Problem) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, folder(of: path) != path else { throw failure(name) }
    try makeFolder(folder(of: path), name)
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(name) }
  }

  private static func failure(_ name: String) -> Problem {
    .file(.unwritable(name, reason: String(cString: strerror(errno))))
  }
}
