import Foundation
import NNSource
import NNTensor

@testable import NNData

/// Files that `Fixtures/make_fixtures.py` wrote, with NumPy and its friends.
enum Fixtures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// The files of a folder but for the answers, in order.
  static func names(_ folder: String) -> [String] {
    let all = try? FileManager.default.contentsOfDirectory(
      atPath: Self.folder.appending(path: folder).path)
    return (all ?? []).filter { !$0.hasPrefix("as-") && !$0.hasSuffix(".json") }.sorted()
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: path)))
  }

  static func file(_ path: String) throws -> FileBytes {
    try FileBytes(name: String(path.split(separator: "/").last ?? ""), try bytes(path))
  }

  static func load(_ path: String, _ options: TableOptions = TableOptions()) throws -> DataSet {
    try DataLoader.dataSet(try file(path), options)
  }

  static func tensor(_ path: String) throws -> Tensor {
    guard let x = try load(path).x else { throw Problem.data(.noArray(file: path)) }
    return x
  }

  static func load(
    _ name: String, _ bytes: [UInt8], _ options: TableOptions = TableOptions()
  ) throws -> DataSet {
    try DataLoader.dataSet(try FileBytes(name: name, bytes), options)
  }

  /// What is said of a file that can't be loaded.
  static func message(_ body: () throws -> DataSet) -> String {
    do {
      let set = try body()
      return "loaded \(set.x?.shape.text ?? "something")"
    } catch let problem as Problem {
      return problem.wording.message
    } catch {
      return "\(error)"
    }
  }
}

/// A folder that is gone after the test.
struct WorkFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "nndata-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  var names: [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
  }
}
