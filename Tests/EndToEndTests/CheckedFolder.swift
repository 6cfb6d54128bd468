import Foundation

/// A folder with notebooks made of a few cells, for what `check` tells of them.
struct CheckedFolder {
  let work: WorkFolder

  init() throws { work = try WorkFolder() }

  func remove() { work.remove() }

  func write(_ text: String, to path: String) throws {
    let url = work.url.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// A notebook of cells, each its label (and options) and its program.
  func write(_ cells: [(String, String)], to path: String = "k.md", prose: String = "") throws {
    let fences = cells.map { "```nn \($0.0)\n\($0.1)\n```\n" }
    try write(fences.joined(separator: "\n") + "\n" + prose, to: path)
  }

  func file(_ path: String) throws -> String {
    try String(contentsOf: work.url.appending(path: path), encoding: .utf8)
  }

  func edit(_ old: String, _ new: String, in path: String = "k.md") throws {
    try write(try file(path).replacingOccurrences(of: old, with: new), to: path)
  }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: work.url.appending(path: path))
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: work.url.appending(path: path).path)
  }

  /// By a shell, without what a CI system that runs these tests sets; `NNBOOK` is the command.
  func shell(_ command: String) throws -> Executable.Result {
    try Executable(path: URL(filePath: "/bin/sh")).run(
      [
        "-c", "unset CI GITHUB_ACTIONS; NNBOOK=$0; " + command, Executable.nnbook.path.path,
      ], in: work.url)
  }

  func nnbook(_ arguments: String) throws -> Executable.Result {
    try shell("exec \"$NNBOOK\" " + arguments)
  }

  private static func withoutPlaces(_ line: Substring) -> String {
    String(line).replacingOccurrences(
      of: " \\(k\\.md:[0-9]+\\)", with: "", options: .regularExpression)
  }

  /// What a check says of each cell: `c: because …`, without places in the file.
  func causes(_ arguments: String = "k.md") throws -> [String] {
    var causes: [String] = []
    for line in try nnbook("check " + arguments).output.split(separator: "\n") {
      if line.contains(": cell '") || line.contains(": the inline value ") {
        causes.append(String(line.split(separator: "'").dropFirst().first ?? line))
      } else if line.hasPrefix("  because "), let last = causes.popLast() {
        causes.append(last + ":" + Self.withoutPlaces(line.dropFirst()))
      }
    }
    return causes
  }
}
