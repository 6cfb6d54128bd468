import Glibc
import NNData
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

  /// A reader sees the old file or the new one. A file that holds these bytes already is left alone.
  static func write(_ bytes: [UInt8], to path: String) throws {
    guard path.hasPrefix("/dev/") || isSpecial(path), !isFolder(path) else {
      return try FileWriter.write(bytes, to: path, name: path)
    }
    // Standard output by its path, a pipe: nothing that may be replaced.
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw failure(path, reading: false) }
    defer { close(descriptor) }
    do throws(SystemFailure) {
      try bytes.span.bytes.withUnsafeBytes { (buffer) throws(SystemFailure) in
        try Transfer.write(buffer, to: descriptor)
      }
    } catch {
      throw error.problem(writing: path)
    }
  }

  /// The same for files that belong together: when one of them can't be written, all old ones stay.
  static func write(_ files: [(path: String, bytes: [UInt8])]) throws {
    var group = FileGroup()
    do throws(SavingFailure) {
      for file in files { try group.add(file.bytes, to: file.path, name: file.path) }
      try group.publish()
    } catch {
      throw error.problem
    }
  }

  static func folder(of path: String) -> String { FileWriter.folder(of: path) }

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
    try files(in: folder, ending: [".md"])
  }

  /// The files in a folder and those below it whose names end so, in order of their paths; names
  /// that begin with a dot are left out.
  static func files(in folder: String, ending endings: [String]) throws -> [String] {
    guard let names = FileWriter.names(in: folder) else { throw failure(folder, reading: true) }
    var found: [String] = []
    for name in names where !name.hasPrefix(".") {
      let path = folder + "/" + name
      if endings.contains(where: name.hasSuffix), !isSpecial(path) {
        found.append(path)
      } else if isFolder(path), !isLink(path) {
        found += try files(in: path, ending: endings)
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
    let failure = SystemFailure()
    return reading
      ? .file(.unreadable(path, reason: failure.reason)) : failure.problem(writing: path)
  }
}
