import Glibc
import NNSource

/// Writing whole files: what is written is whole or not there at all.
package enum FileWriter {
  /// A reader sees the old file or the new one; one that holds these bytes already is left alone.
  /// Folders on the way are made. `name` is what messages call the file.
  package static func write(
    _ bytes: [UInt8], to path: String, name: String
  ) throws(Problem) {
    var group = FileGroup()
    do throws(SavingFailure) {
      try group.add(bytes, to: path, name: name)
      try group.publish()
    } catch {
      throw error.problem
    }
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

  /// The first symbolic link on the way from `root`, which may be one itself, to a folder beneath it,
  /// that folder included: it may lead anywhere.
  package static func link(to folder: String, beneath root: String) -> String? {
    var path = root
    for part in folder.dropFirst(root.count).split(separator: "/") {
      path += (path.hasSuffix("/") ? "" : "/") + part
      var status = stat()
      if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK { return path }
    }
    return nil
  }

  /// The names in a folder, in order; nil where it can't be read, and `errno` tells why.
  package static func names(in folder: String) -> [String]? {
    guard let handle = opendir(folder) else { return nil }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  fileprivate static func makeFolder(_ path: String) throws(SystemFailure) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, folder(of: path) != path else { throw SystemFailure() }
    try makeFolder(folder(of: path))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw SystemFailure() }
  }

  /// Whether a file, and not what a link leads to, holds just these bytes.
  fileprivate static func holds(_ bytes: [UInt8], _ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) == bytes.count
    else { return false }
    let old = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      count = (try? Transfer.read(descriptor, into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
    }
    return old == bytes
  }
}

/// Files that are written together. Only when all are whole does one after the other get its name,
/// so that a disk that is full before that leaves all old ones.
package struct FileGroup {
  private var files: [(file: TemporaryFile, path: String)] = []
  private var names: [String] = []

  package init() {}

  /// Writes a file beside its place, unless its place holds these bytes already.
  package mutating func add(
    _ bytes: [UInt8], to path: String, name: String
  ) throws(SavingFailure) {
    let folder = FileWriter.folder(of: path)
    TemporaryFile.removeAbandoned(in: folder)
    guard !FileWriter.holds(bytes, path) else { return }
    do throws(SystemFailure) {
      try FileWriter.makeFolder(folder)
      let file = try TemporaryFile(in: folder)
      try file.write(bytes)
      try file.sync()
      files.append((file, path))
      names.append(name)
    } catch {
      throw SavingFailure(name: name, problem: error.problem(writing: name))
    }
  }

  /// Gives the files their names, in the order they were added.
  package consuming func publish() throws(SavingFailure) {
    // Nothing else is known to refuse a name where a file could be made; then none changes.
    let refused = files.firstIndex { Self.isFolder($0.path) }.map { ($0, SystemFailure(EISDIR)) }
    if let (place, failure) = refused ?? TemporaryFile.publish(files) {
      throw SavingFailure(
        name: names[place], problem: failure.problem(writing: names[place]))
    }
    for folder in Set(files.map { FileWriter.folder(of: $0.path) }) {
      FileWriter.sync(folder: folder)
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

/// A file that could not be written.
package struct SavingFailure: Error {
  package let name: String
  package let problem: Problem
}
