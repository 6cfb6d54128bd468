import Glibc
import NNSource

/// What files are known by: the hash of their contents. A folder is known by its files' names and
/// contents.
extension FileSession {
  /// Of a data set's files as they stand on this machine, by their sizes and times: they are large,
  /// and known. Nil where the set is not here. `iris` is part of nnbook.
  package func identity(ofSet word: String) -> ContentHash? {
    guard let set = KnownDataSet(rawValue: word) else { return nil }
    guard set != .iris else { return ContentHash(of: set.name) }
    guard let path = access.catalogue.folder(of: set) else { return nil }
    var hasher = ContentHasher()
    hasher.add(set.name)
    for file in set.files {
      guard let found = Catalogue.path(of: file, in: path) else { return nil }
      hasher.add(statusOf: found)
    }
    for folder in set.files.isEmpty ? set.classes : [] {
      let inner = Folder(path: path + "/" + folder, name: folder, root: nil)
      guard let files = try? inner.list("").files else { return nil }
      hasher.add(files.count)
      for file in files.sorted() {
        hasher.add(file)
        hasher.add(statusOf: inner.path + "/" + file)
      }
    }
    return hasher.finished()
  }

  /// Of a file that `load` would read now: one that was saved in this run, or one beneath the
  /// notebook's folder. One that can't be read is known by the reason.
  package func contentHash(file: String) -> ContentHash {
    var hasher = ContentHasher()
    do {
      let name = try Self.clean(file)
      if let bytes = saved[name] {
        bytes.withUnsafeBytes { hasher.add($0) }
        return hasher.finished()
      }
      let folder = try readableFolder(file)
      if try folder.isFolder(name) {
        hasher.add(folder, name)
      } else {
        hasher.add(try folder.read(name))
      }
    } catch {
      hasher.add(reason: error)
    }
    return hasher.finished()
  }
}

extension ContentHasher {
  fileprivate mutating func add(statusOf path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return add(-1) }
    add(status.st_size)
    add(status.st_mtim.tv_sec)
    add(status.st_mtim.tv_nsec)
    add(Int(truncatingIfNeeded: status.st_ino))
  }

  fileprivate mutating func add(_ file: FileBytes) {
    add(UnsafeRawBufferPointer(start: file.start, count: file.count))
  }

  fileprivate mutating func add(reason error: any Error) {
    add("not readable")
    add((error as? Problem)?.wording.message)
  }

  /// The files in it and those one level below, as a folder of pictures has them.
  fileprivate mutating func add(_ folder: Folder, _ path: String, depth: Int = 0) {
    do {
      let (folders, files) = try folder.list(path)
      add(files.count)
      for name in files.sorted() {
        add(name)
        let inner = path.isEmpty ? name : path + "/" + name
        do { add(try folder.read(inner)) } catch { add(reason: error) }
      }
      add(folders.count)
      for name in folders.sorted() {
        add(name)
        if depth == 0 { add(folder, path.isEmpty ? name : path + "/" + name, depth: 1) }
      }
    } catch {
      add(reason: error)
    }
  }
}

extension DataSet {
  /// Of its tensors and names.
  var contentHash: ContentHash {
    var hasher = ContentHasher()
    hasher.add(name)
    for tensor in [x, y, testX, testY] {
      hasher.add(tensor != nil)
      if let tensor { hasher.add(tensor) }
    }
    return hasher.finished()
  }
}
