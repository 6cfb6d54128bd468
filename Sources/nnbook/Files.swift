import Glibc
import NNData
import NNSource

/// Reading and writing whole files. What is written is whole or not there at all.
enum Files {
  static let largest = 1 << 28

  /// - Parameter allowsStreams: whether pipes and devices are read too, for as long as they give
  ///   anything. Others are refused at once: nobody may ever write into a pipe.
  static func read(_ path: String, allowsStreams: Bool = false) throws -> [UInt8] {
    // Opening a pipe would wait for whoever writes into it.
    let flags = O_RDONLY | O_CLOEXEC | (allowsStreams ? 0 : O_NONBLOCK)
    let descriptor = open(path, flags)
    guard descriptor >= 0 else { throw failure(path, reading: true) }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFDIR: throw Problem.file(.isFolder(path))
      case S_IFREG: break
      default: if !allowsStreams { throw Problem.file(.notRegular(path)) }
      }
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

  /// Nothing is written through a link beneath `root`, the folder that the user named: it may have
  /// come with the notebooks.
  /// - Parameter inner: where the page has files of its own, if not beside it.
  static func refuseLinks(to path: String, in inner: String? = nil, beneath root: String) throws {
    if let link = FileWriter.link(to: inner ?? folder(of: path), beneath: root) {
      throw Problem.file(.throughLink(path, link: link))
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

  /// Whether a file at `path`, there or not, is in `folder` or in one below it.
  static func isInside(_ path: String, _ folder: String) -> Bool {
    (place(of: Self.folder(of: path)) + "/").hasPrefix(place(of: folder) + "/")
  }

  /// A path from the root, without links as far as it exists; "" for the root.
  private static func place(of path: String) -> String {
    if let pointer = realpath(path, nil) {
      defer { free(pointer) }
      let place = String(cString: pointer)
      return place == "/" ? "" : place
    }
    let parts = path.split(separator: "/")
    guard let last = parts.last else { return "" }
    let parent = (path.hasPrefix("/") ? "/" : "") + parts.dropLast().joined(separator: "/")
    return place(of: parent.isEmpty ? "." : parent) + "/" + last
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
    var found: [String] = []
    for name in try names(in: folder) {
      let path = folder + "/" + name
      if endings.contains(where: name.hasSuffix), !isSpecial(path) {
        found.append(path)
      } else if isFolder(path), !isLink(path) {
        found += try files(in: path, ending: endings)
      }
    }
    return found
  }

  /// What lies in a folder, in order, without names that begin with a dot.
  static func names(in folder: String) throws -> [String] {
    guard let names = FileWriter.names(in: folder) else { throw failure(folder, reading: true) }
    return names.filter { !$0.hasPrefix(".") }
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
