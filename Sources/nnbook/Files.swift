import Glibc
import NNSource

/// Reading and writing whole files. What is written is whole or not there at all.
enum Files {
  static let largest = 1 << 28

  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, reading: true) }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Problem.file(.isFolder(path))
    }
    return try readAll(descriptor, path)
  }

  static func readStandardInput() throws -> [UInt8] { try readAll(STDIN_FILENO, "<stdin>") }

  private static func readAll(_ descriptor: Int32, _ path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path, reading: true)
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
      guard bytes.count <= largest else {
        throw Problem.file(.tooLarge(path, limit: largest))
      }
    }
  }

  /// Writes to a temporary file beside `path`, syncs it and renames it over: a reader sees the old
  /// file or the new one. A file that holds these bytes already is left alone.
  static func write(_ bytes: [UInt8], to path: String) throws {
    if let old = try? read(path), old == bytes { return }
    let temporary = path + ".tmp-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path, reading: false) }
    var isWhole = false
    defer { if !isWhole { unlink(temporary) } }
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress.map { $0 + start }, bytes.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = failure(path, reading: false)
        close(descriptor)
        throw problem
      }
      start += count
    }
    guard fsync(descriptor) == 0 else {
      let problem = failure(path, reading: false)
      close(descriptor)
      throw problem
    }
    close(descriptor)
    guard rename(temporary, path) == 0 else { throw failure(path, reading: false) }
    isWhole = true
    syncFolder(of: path)
  }

  /// Without this the rename itself may be lost when the machine stops.
  private static func syncFolder(of path: String) {
    let descriptor = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether two paths lead to one file.
  static func isSame(_ a: String, _ b: String) -> Bool {
    var first = stat()
    var second = stat()
    return stat(a, &first) == 0 && stat(b, &second) == 0
      && (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
  }

  /// Makes a folder and those above it.
  static func makeFolder(_ path: String) throws {
    if mkdir(path, 0o755) == 0 || errno == EEXIST {
      guard isFolder(path) else { throw Problem.file(.notFolder(path)) }
      return
    }
    guard errno == ENOENT, folder(of: path) != path else { throw failure(path, reading: false) }
    try makeFolder(folder(of: path))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path, reading: false) }
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The `.md` files in a folder and those below it, in order of their paths; names that begin
  /// with a dot are left out.
  static func notebooks(in folder: String) throws -> [String] {
    guard let handle = opendir(folder) else { throw failure(folder, reading: true) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    closedir(handle)
    var found: [String] = []
    for name in names.sorted() {
      let path = folder + "/" + name
      if name.hasSuffix(".md") && !isSpecial(path) {
        found.append(path)
      } else if isFolder(path), !isLink(path) {
        found += try notebooks(in: path)
      }
    }
    return found
  }

  /// Neither a file nor a link to one that is missing: a folder, a pipe, a device.
  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  /// A link to a folder may lead round in a circle.
  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private static func failure(_ path: String, reading: Bool) -> Problem {
    if errno == ENOENT, reading { return .file(.notFound(path)) }
    let reason = String(cString: strerror(errno))
    return .file(reading ? .unreadable(path, reason: reason) : .unwritable(path, reason: reason))
  }
}
