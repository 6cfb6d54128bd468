import Glibc
import NNData
import NNSource
import NNTensor

/// The folder `.nnbook`: what cells gave and the values they left, each in a file named by a hash.
///
///     cells/KEY     a result, by the key of the cell it came from
///     values/HASH   a value, by its digest
///     tensors/HASH  the elements of a large tensor, which several values may share
///     pages/HASH    that what was written for a notebook is what this hash of its sources gives
///
/// Files are written whole to a name of their own, synced and renamed, and begin with a checksum
/// of contents and name: a damaged one, or one under another's name, counts as missing, and so does
/// everything when the folder can't be used. Nothing that is in it is ever needed.
package final class CacheFolder {
  package enum Kind: String, CaseIterable, Sendable { case cells, values, tensors, pages }

  /// The largest size of all files together; `NNBOOK_CACHE_SIZE` is another number of bytes.
  package static let standardLimit = bytes(in: "NNBOOK_CACHE_SIZE") ?? 2 << 30
  /// A larger value is not kept, only known by its hash; `NNBOOK_CACHE_VALUE` is another number of
  /// bytes.
  package static let largestValue = bytes(in: "NNBOOK_CACHE_VALUE") ?? 64 << 20
  /// What waits to be written is written when it is more than this.
  private static let largestQueue = 8 << 20
  private static let mostOpenFiles = 200
  private static let magic = Array("nnbook2\n".utf8)
  private static let headSize = magic.count + 16

  package let path: String
  private let limit: Int
  /// Written together, so that the disk is waited for once.
  private var queue: [(path: String, bytes: [UInt8])] = []
  private var queuedBytes = 0
  private var hasWritten = false
  /// Why nothing is written any more, if so.
  package private(set) var failure: String?

  package init(_ path: String, limit: Int = CacheFolder.standardLimit) {
    self.path = path
    self.limit = limit
  }

  /// What a variable of the environment says; nil where it is no number of bytes.
  private static func bytes(in variable: String) -> Int? {
    guard let text = getenv(variable), let bytes = Int(String(cString: text)), bytes >= 0 else {
      return nil
    }
    return bytes
  }

  private func file(_ kind: Kind, _ hash: ContentHash) -> String {
    "\(path)/\(kind.rawValue)/\(hash.text)"
  }

  // MARK: Reading

  /// The bytes of an entry; nil if there is none, or a damaged one.
  func read(_ kind: Kind, _ hash: ContentHash) -> [UInt8]? {
    let path = file(kind, hash)
    if let waiting = queue.first(where: { $0.path == path }) {
      return Array(waiting.bytes.dropFirst(Self.headSize))
    }
    return open(path) { descriptor, size, checksum in
      let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        count = (try? Transfer.read(descriptor, into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
      }
      guard bytes.count == size,
        bytes.withUnsafeBytes({ Self.checksum($0, kind, hash) }) == checksum
      else {
        return nil
      }
      return bytes
    }
  }

  /// Reads a large tensor's elements to where they belong.
  func readTensor(_ hash: ContentHash, into memory: UnsafeMutableRawBufferPointer) -> Bool {
    open(file(.tensors, hash)) { descriptor, size, checksum in
      size == memory.count && (try? Transfer.read(descriptor, into: memory)) == size
        && Self.checksum(UnsafeRawBufferPointer(memory), .tensors, hash) == checksum ? true : nil
    } ?? false
  }

  func has(_ kind: Kind, _ hash: ContentHash) -> Bool {
    let path = file(kind, hash)
    return access(path, R_OK) == 0 || queue.contains { $0.path == path }
  }

  /// What stands behind the head, and its checksum; what is read counts as used now.
  private func open<T>(
    _ path: String, _ body: (Int32, Int, ContentHash) -> T?
  ) -> T? {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { Glibc.close(descriptor) }
    var status = stat()
    var head = [UInt8](repeating: 0, count: Self.headSize)
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) >= Self.headSize,
      (try? head.withUnsafeMutableBytes({ try Transfer.read(descriptor, into: $0) })) == head.count,
      Array(head.prefix(Self.magic.count)) == Self.magic
    else { return nil }
    var reader = ByteReader(head[Self.magic.count...])
    guard let checksum = try? reader.hash(),
      let found = body(descriptor, Int(status.st_size) - Self.headSize, checksum)
    else { return nil }
    futimens(descriptor, nil)
    return found
  }

  // MARK: Pages

  /// Whether files with these contents were written for `signature`.
  package func isWritten(_ contents: [[UInt8]], for signature: ContentHash) -> Bool {
    read(.pages, signature) == Self.digest(contents)
  }

  package func noteWritten(_ contents: [[UInt8]], for signature: ContentHash) {
    write(Self.digest(contents), .pages, signature)
  }

  private static func digest(_ contents: [[UInt8]]) -> [UInt8] {
    var writer = ByteWriter()
    for bytes in contents { writer.add(bytes.withUnsafeBytes { ContentHash(of: $0) }) }
    return writer.bytes
  }

  // MARK: Writing

  /// Keeps an entry; it is on disk after `flush`.
  func write(_ bytes: [UInt8], _ kind: Kind, _ hash: ContentHash) {
    guard failure == nil, !has(kind, hash) || kind == .cells || kind == .pages else { return }
    let checksum = bytes.withUnsafeBytes { Self.checksum($0, kind, hash) }
    queue.append((file(kind, hash), Self.head(checksum) + bytes))
    queuedBytes += bytes.count
    if queuedBytes > Self.largestQueue { flush() }
  }

  func write(_ tensor: Tensor, _ hash: ContentHash) {
    guard failure == nil, !has(.tensors, hash) else { return }
    tensor.withBytes { bytes in
      let head = Self.head(Self.checksum(bytes, .tensors, hash))
      publish([makeFile(head, bytes, for: file(.tensors, hash))])
    }
  }

  private static func checksum(
    _ bytes: UnsafeRawBufferPointer, _ kind: Kind, _ hash: ContentHash
  ) -> ContentHash {
    var hasher = ContentHasher()
    hasher.add(kind.rawValue)
    hasher.add(hash)
    hasher.add(ContentHash(of: bytes))
    return hasher.finished()
  }

  private static func head(_ checksum: ContentHash) -> [UInt8] {
    var writer = ByteWriter()
    writer.add(checksum)
    return magic + writer.bytes
  }

  /// Writes what waits.
  package func flush() {
    let waiting = queue
    queue = []
    queuedBytes = 0
    for start in stride(from: 0, to: waiting.count, by: Self.mostOpenFiles) {
      let some = waiting[start..<min(start + Self.mostOpenFiles, waiting.count)]
      publish(
        some.map { makeFile($0.bytes, UnsafeRawBufferPointer(start: nil, count: 0), for: $0.path) })
    }
  }

  /// Syncs files and gives them their names.
  private func publish(_ files: [(file: TemporaryFile, path: String)?]) {
    let files = files.compactMap(\.self)
    guard failure == nil, !files.isEmpty else { return }
    do throws(SystemFailure) {
      for item in files { try item.file.sync() }
      if let refused = TemporaryFile.publish(files) { throw refused.failure }
    } catch {
      return fail(error)
    }
    hasWritten = true
    for folder in Set(files.map { FileWriter.folder(of: $0.path) }) {
      FileWriter.sync(folder: folder)
    }
  }

  private func makeFile(
    _ head: [UInt8], _ rest: UnsafeRawBufferPointer, for path: String
  ) -> (file: TemporaryFile, path: String)? {
    guard failure == nil, makeFolders() else { return nil }
    do throws(SystemFailure) {
      let file = try TemporaryFile(in: temporaryFolder)
      try file.write(head)
      try file.write(rest)
      return (file, path)
    } catch {
      fail(error)
      return nil
    }
  }

  /// What is being written stands apart, so that what a killed process left is found without looking
  /// through all that is kept.
  private var temporaryFolder: String { "\(path)/temporary" }

  private var hasFolders = false

  private func makeFolders() -> Bool {
    guard !hasFolders else { return true }
    for folder in [path] + Kind.allCases.map({ "\(path)/\($0.rawValue)" }) + [temporaryFolder] {
      guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
        fail(SystemFailure())
        return false
      }
      guard Self.isFolder(folder) else {
        failure = "\(folder) is not a folder"
        queue = []
        return false
      }
    }
    removeAbandoned()
    hasFolders = true
    return true
  }

  /// Not a link to one: it may lead anywhere.
  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// What processes that were killed left half-written.
  private func removeAbandoned() {
    guard Self.isFolder(path), Self.isFolder(temporaryFolder) else { return }
    TemporaryFile.removeAbandoned(in: temporaryFolder)
    for name in FileWriter.names(in: temporaryFolder) ?? [] {
      guard let process = Self.process(ofOld: name) else { continue }
      if kill(process, 0) != 0, errno == ESRCH { unlink("\(temporaryFolder)/\(name)") }
    }
  }

  /// The process that wrote a file of this name, if it is one as they were called once: 123-4.
  private static func process(ofOld name: String) -> pid_t? {
    let parts = name.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isNumbers = parts.allSatisfy { part in
      part.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
    guard parts.count == 2, isNumbers, Int(String(parts[1]) ?? "") != nil else { return nil }
    return String(parts[0]).flatMap { pid_t($0) }
  }

  private func fail(_ reason: SystemFailure) {
    guard failure == nil else { return }
    failure = reason.reason
    queue = []
  }
}

// MARK: Housekeeping

extension CacheFolder {
  package struct Status: Sendable {
    package var files: [Kind: Int] = [:]
    package var bytes: [Kind: Int] = [:]
    package var limit = 0

    package var byteCount: Int { bytes.values.reduce(0, +) }
  }

  private struct File {
    let path: String
    let kind: Kind
    let bytes: Int
    /// When it was read or written last: seconds, nanoseconds, and to tell equals apart its path.
    let age: (Int, Int, String)
  }

  package var status: Status {
    var status = Status()
    status.limit = limit
    for file in files() {
      status.files[file.kind, default: 0] += 1
      status.bytes[file.kind, default: 0] += file.bytes
    }
    return status
  }

  /// Writes what waits; then, if the folder has grown beyond its limit, removes what was used
  /// longest ago.
  package func close() {
    flush()
    removeAbandoned()
    guard hasWritten else { return }
    let files = files()
    var size = files.reduce(0) { $0 + $1.bytes }
    guard size > limit else { return }
    for file in files.sorted(by: { $0.age < $1.age }) {
      guard size > limit / 10 * 9 else { break }
      if unlink(file.path) == 0 { size -= file.bytes }
    }
  }

  /// Removes all that nnbook wrote there; what else stands in the folder stays, and so does what
  /// another process is writing.
  package func clear() {
    for file in files() { unlink(file.path) }
    removeAbandoned()
    for folder in Kind.allCases.map({ "\(path)/\($0.rawValue)" }) + [temporaryFolder, path] {
      rmdir(folder)
    }
  }

  private func files() -> [File] {
    Kind.allCases.flatMap { kind -> [File] in
      let folder = "\(path)/\(kind.rawValue)"
      guard Self.isFolder(path), Self.isFolder(folder),
        let names = FileWriter.names(in: folder)
      else { return [] }
      return names.compactMap { name -> File? in
        var status = stat()
        guard ContentHash(name) != nil, lstat("\(folder)/\(name)", &status) == 0 else { return nil }
        return File(
          path: "\(folder)/\(name)", kind: kind, bytes: Int(status.st_size),
          age: (status.st_mtim.tv_sec, status.st_mtim.tv_nsec, name))
      }
    }
  }
}
