import Foundation

/// A folder for one run of the command.
struct WorkFolder {
  let url: URL

  init(copying source: URL? = nil) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "nnbook-\(UUID().uuidString)")
    if let source {
      try FileManager.default.copyItem(at: source, to: url)
    } else {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  /// The paths of the files in it, sorted, without those that hold the run's own streams.
  var files: [String] {
    let paths = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String }
    return (paths ?? []).filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: url.appending(path: path).path, isDirectory: &isFolder)
      // What the cache holds is named by hashes that another build changes.
      return !isFolder.boolValue && !path.hasPrefix(".nnbook/")
        && ![".stdin", ".stdout", ".stderr"].contains(path)
    }.sorted()
  }
}
