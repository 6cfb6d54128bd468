import Glibc
import NNSource

/// A folder on disk that a program may read. Names lead downwards only, and what a symbolic link
/// leads to must lie beneath `root` too.
struct Folder: FolderReading {
  let path: String
  /// What messages call it; empty for the folder that names start from.
  let name: String
  /// The real path of the folder that nothing may leave; nil where all is trusted.
  let root: String?

  /// `path/relative` with all links followed, if it lies beneath the root.
  func resolve(_ relative: String) throws -> String {
    let label = label(relative)
    guard let root else { return relative.isEmpty ? path : path + "/" + relative }
    guard let real = Self.realPath(relative.isEmpty ? path : path + "/" + relative) else {
      throw errno == ENOENT || errno == ENOTDIR
        ? Problem.data(.notFound(file: label))
        : Problem.data(.unreadable(file: label, reason: String(cString: strerror(errno))))
    }
    guard real == root || real.hasPrefix(root == "/" ? "/" : root + "/") else {
      throw Problem.data(.outside(file: label))
    }
    return real
  }

  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  func label(_ relative: String) -> String {
    name.isEmpty ? relative : relative.isEmpty ? name : name + "/" + relative
  }

  func read(_ relative: String) throws -> FileBytes {
    try FileBytes.read(path: try resolve(relative), name: label(relative))
  }

  func isFolder(_ relative: String) throws -> Bool {
    var status = stat()
    return stat(try resolve(relative), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  func list(_ relative: String) throws -> (folders: [String], files: [String]) {
    let real = try resolve(relative)
    guard let handle = opendir(real) else {
      throw Problem.data(
        .unreadable(file: label(relative), reason: String(cString: strerror(errno))))
    }
    defer { closedir(handle) }
    var folders: [String] = []
    var files: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      guard folders.count + files.count < DataLimits.folderFiles else {
        throw Problem.data(
          .tooManyFiles(folder: label(relative), limit: DataLimits.folderFiles))
      }
      var status = stat()
      let isFolder =
        stat(real + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      if isFolder { folders.append(name) } else { files.append(name) }
    }
    return (folders, files)
  }
}
