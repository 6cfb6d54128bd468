import Glibc
import NNSource
import NNTensor

/// Where the known data sets are looked for: a folder of the set's name in each of these, in order.
package struct Catalogue: Sendable {
  package let folders: [String]

  package init(folders: [String]) { self.folders = folders }

  /// What `NNBOOK_DATA` names, the user's cache, the system's data sets.
  package static func ofThisMachine() -> Catalogue {
    var folders =
      variable("NNBOOK_DATA").map {
        $0.split(separator: ":").map(String.init)
      } ?? []
    if let cache = cacheFolder { folders.append(cache) }
    folders += ["/usr/local/share/datasets", "/usr/share/datasets"]
    return Catalogue(folders: folders)
  }

  /// Where `nnbook data get` puts what it fetches.
  package static var cacheFolder: String? {
    if let cache = variable("XDG_CACHE_HOME"), cache.hasPrefix("/") { return cache + "/nnbook" }
    return variable("HOME").map { $0 + "/.cache/nnbook" }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  // MARK: Looking

  /// The folder that holds the set; nil if it is nowhere. `iris` needs none.
  package func folder(of set: KnownDataSet) -> String? {
    folders.lazy.map { $0 + "/" + set.name }.first { Self.isComplete(set, in: $0) }
  }

  package func has(_ set: KnownDataSet) -> Bool { set == .iris || folder(of: set) != nil }

  package static func isComplete(_ set: KnownDataSet, in folder: String) -> Bool {
    set.files.isEmpty
      ? set.classes.allSatisfy { isReadable(folder + "/" + $0) }
      : set.files.allSatisfy { path(of: $0, in: folder) != nil }
  }

  /// The file as it stands, or packed.
  package static func path(of file: KnownDataSet.File, in folder: String) -> String? {
    ["", ".gz"].lazy.map { folder + "/" + file.name + $0 }.first(where: isReadable)
  }

  private static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

  // MARK: Loading

  func load(_ set: KnownDataSet) throws -> DataSet {
    if set == .iris { return IrisRows.dataSet }
    guard let folder = folder(of: set) else {
      throw Problem.data(.missingSet(name: set.name, hint: set.remedy))
    }
    if set == .fruits360 {
      return try PictureFolder(
        name: set.name, folder: Folder(path: folder, name: set.name, root: nil),
        classes: set.classes
      ).dataSet()
    }
    let tensors = try set.files.map { file in
      guard let path = Self.path(of: file, in: folder) else {
        throw Problem.data(.missingSet(name: set.name, hint: set.remedy))
      }
      // Not where it stands on this machine: pages are the same everywhere.
      let name = path.split(separator: "/").suffix(2).joined(separator: "/")
      return try DataLoader.idx(
        try FileBytes.read(path: path, name: name))
    }
    var result = DataSet(name: set.name)
    result.x = tensors[0]
    result.y = try labels(tensors[1], of: tensors[0], set)
    result.testX = tensors[2]
    result.testY = try labels(tensors[3], of: tensors[2], set)
    result.classes = set.classes
    return result
  }

  /// One class number for each image, as int64.
  private func labels(_ labels: Tensor, of images: Tensor, _ set: KnownDataSet) throws -> Tensor {
    guard labels.rank == 1, images.rank == 3, labels.count == images.shape[0] else {
      throw Problem.data(
        .setSizes(
          name: set.name, images: images.shape.first ?? 0, labels: labels.shape.first ?? 0))
    }
    return try labels.converted(to: .int64)
  }
}
