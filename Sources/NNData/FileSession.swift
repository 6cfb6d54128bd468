import Glibc
import NNSource
import NNTensor

/// Which files a program may read and write.
package struct FileAccess: Sendable {
  package enum Saving: Sendable {
    /// `save` is an error.
    case refused
    /// What is saved can be loaded again in the same run, and is gone after it.
    case memory
    /// What leads there is followed down to `beneath`, which the user named, and from there on may
    /// be no link: those came with the notebook.
    case folder(String, beneath: String)
  }

  /// The folder that files are read beneath; nil for none.
  package var folder: String?
  package var saving: Saving
  package var catalogue: Catalogue

  package init(
    folder: String? = nil, saving: Saving = .refused, catalogue: Catalogue = Catalogue(folders: [])
  ) {
    (self.folder, self.saving, self.catalogue) = (folder, saving, catalogue)
  }

  /// For the examples of the reference: nothing is read from outside, nothing is left behind.
  package static let ofExamples = FileAccess(saving: .memory)
}

/// The files of one run. What a cell saves is written when the cell has come to its end: one that
/// fails leaves nothing. A later `load` of the same name reads what was saved.
package final class FileSession {
  let access: FileAccess
  private(set) var saved: [String: [UInt8]] = [:]
  /// Names of the running cell, in order, and what they held before it.
  private var pending: [(name: String, before: [UInt8]?)] = []
  private var savedBytes = 0
  private var isRehearsal = false
  /// The data sets that the running cell has read, by the hash of their tensors.
  package private(set) var readSets: [String: ContentHash] = [:]

  package init(_ access: FileAccess) { self.access = access }

  /// A cell begins: it has read and saved nothing.
  package func beginCell() {
    readSets = [:]
    pending = []
  }

  // MARK: Reading

  package func load(set word: String) throws -> DataSet {
    guard let set = KnownDataSet(rawValue: word) else {
      throw Problem.data(
        .unknownSet(name: word, known: KnownDataSet.allCases.map(\.name)))
    }
    let loaded = try access.catalogue.load(set)
    // However its files are packed on this machine.
    readSets[word] = loaded.contentHash
    return loaded
  }

  package func load(
    file: String, _ options: TableOptions
  ) throws -> DataSet {
    let name = try Self.clean(file)
    if let bytes = saved[name] {
      return try DataLoader.dataSet(
        try FileBytes(name: file, bytes), options)
    }
    let folder = try readableFolder(file)
    guard try folder.isFolder(name) else {
      return try DataLoader.dataSet(
        try folder.read(name), options)
    }
    if let option = options.names.first {
      throw Problem.data(.optionOfTable(option, file: file))
    }
    let inner = Folder(path: try folder.resolve(name), name: file, root: folder.root)
    return try PictureFolder(name: file, folder: inner).dataSet()
  }

  /// The tensors of an NPZ or NPY file.
  package func arrays(file: String) throws -> [NPZFormat.Array] {
    let name = try Self.clean(file)
    let bytes = try saved[name].map { try FileBytes(name: file, $0) }
    return try DataLoader.arrays(
      try bytes ?? readableFolder(file).read(name))
  }

  func readableFolder(_ file: String) throws -> Folder {
    guard let path = access.folder else { throw Problem.data(.nothingAllowed(file: file)) }
    guard let root = Folder.realPath(path) else { throw Problem.data(.notFound(file: file)) }
    return Folder(path: root, name: "", root: root)
  }

  /// A name that leads downwards, without `.` and doubled slashes.
  static func clean(_ file: String) throws -> String {
    let parts = file.split(separator: "/").filter { $0 != "." }
    guard !file.hasPrefix("/"), !parts.contains(".."), !file.utf8.contains(0) else {
      throw Problem.data(.outside(file: file))
    }
    return parts.joined(separator: "/")
  }

  // MARK: Saving

  /// Keeps a tensor in an NPY file, or several in an NPZ file, by the ending of the name.
  ///
  /// - Returns: the name that `commit` calls it by.
  package func save(_ arrays: [NPZFormat.Array], to file: String) throws -> String {
    if case .refused = access.saving { throw Problem.data(.savingRefused(file: file)) }
    guard let name = try? Self.clean(file) else {
      throw Problem.data(.savedOutside(file: file))
    }
    let bytes: [UInt8]
    if Self.names(name, ".npz") {
      var known: Set<String> = []
      for (name, _) in arrays where !known.insert(name).inserted {
        throw Problem.data(.arrayTwice(name: name))
      }
      bytes = try NPZFormat.bytes(arrays)
    } else if Self.names(name, ".npy") {
      guard arrays.count == 1 else {
        throw Problem.data(.severalArrays(file: file, count: arrays.count))
      }
      bytes = try NPYFormat.bytes(arrays[0].tensor)
    } else {
      throw Problem.data(.saveName(file: file))
    }
    let total = savedBytes - (saved[name]?.count ?? 0) + bytes.count
    guard total <= DataLimits.savedBytes else {
      throw Problem.data(.tooLarge(file: file, bytes: total, limit: DataLimits.savedBytes))
    }
    if !pending.contains(where: { $0.name == name }) { pending.append((name, saved[name])) }
    saved[name] = bytes
    savedBytes = total
    return name
  }

  private static func names(_ name: String, _ ending: String) -> Bool {
    let last = name.split(separator: "/").last ?? ""
    return last.hasSuffix(ending) && last.utf8.count > ending.utf8.count
  }

  /// Writes what the cell saved; of a name that could not be written its problem is told, and the
  /// session and the files are as before the cell.
  package func commit() throws(SavingFailure) {
    guard case .folder(let folder, let root) = access.saving, !isRehearsal else {
      pending = []
      return
    }
    do throws(SavingFailure) {
      var group = FileGroup()
      for (name, _) in pending {
        let path = folder + "/" + name
        guard FileWriter.link(to: FileWriter.folder(of: path), beneath: root) == nil else {
          throw SavingFailure(name: name, problem: .data(.savedOutside(file: name)))
        }
        try group.add(saved[name] ?? [], to: path, name: name)
      }
      try group.publish()
    } catch {
      rollBack()
      throw error
    }
    pending = []
  }

  /// The bytes that were saved under a name in this run.
  package func savedBytes(_ name: String) -> [UInt8]? { saved[name] }

  /// Saves what an earlier run of a cell saved.
  package func replay(_ files: [(name: String, bytes: [UInt8])]) throws(SavingFailure) {
    for (name, bytes) in files {
      pending.append((name, saved[name]))
      savedBytes += bytes.count - (saved[name]?.count ?? 0)
      saved[name] = bytes
    }
    try commit()
  }

  /// From here on nothing is written to disk, until `endRehearsal` puts back what was saved: a cell
  /// runs again for its values alone.
  package func beginRehearsal() -> [String: [UInt8]] {
    isRehearsal = true
    return saved
  }

  package func endRehearsal(_ before: [String: [UInt8]]) {
    isRehearsal = false
    saved = before
    savedBytes = before.values.reduce(0) { $0 + $1.count }
    pending = []
  }

  /// Forgets what the cell saved.
  package func rollBack() {
    for (name, before) in pending {
      savedBytes += (before?.count ?? 0) - (saved[name]?.count ?? 0)
      saved[name] = before
    }
    pending = []
  }
}
