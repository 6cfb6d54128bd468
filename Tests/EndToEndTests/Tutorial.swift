import Foundation
import Testing

/// A notebook of ours, and what is known about it from elsewhere. Trainings on tens of thousands of
/// pictures are for the optimised program: these tests run when `NNBOOK_EXECUTABLE` names it.
struct Tutorial {
  let name: String
  /// The data set it loads.
  let data: String
  /// Values for its parameters that make it quick.
  let quick: [String]

  static let all = [
    Tutorial(name: "letters", data: "iris", quick: []),
    Tutorial(name: "iris", data: "iris", quick: []),
    Tutorial(name: "digits", data: "mnist", quick: ["iterations=10", "epochs=1"]),
    Tutorial(name: "fashion", data: "fashion-mnist", quick: ["epochs=3", "better_epochs=6"]),
    Tutorial(name: "fruits", data: "fruits360", quick: ["epochs=10", "rounds=1"]),
  ]

  static func named(_ name: String) throws -> Tutorial {
    try #require(all.first { $0.name == name })
  }

  static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let isOptimised = ProcessInfo.processInfo.environment["NNBOOK_EXECUTABLE"] != nil

  /// Whether a data set is on this machine.
  static func has(_ set: String) -> Bool {
    if set == "iris" { return true }
    guard let folder = try? WorkFolder() else { return false }
    defer { folder.remove() }
    let found = try? Executable.nnbook.run(["data", "where", set], in: folder.url, withData: true)
    return found?.exitCode == 0
  }

  // MARK: What NumPy computed

  private static func oracleFile(_ name: String) -> URL? {
    let named = ProcessInfo.processInfo.environment["NNBOOK_ACCEPTANCE"].map { URL(filePath: $0) }
    let folder = named ?? repository.appending(path: "../shared/acceptance")
    let file = folder.appending(path: "oracles/\(name).json")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }

  static func canCompare(_ set: String, _ oracle: String) -> Bool {
    isOptimised && has(set) && oracleFile(oracle) != nil
  }

  static func oracle<Form: Decodable>(_ name: String, as form: Form.Type) throws -> Form {
    try JSONDecoder().decode(form, from: Data(contentsOf: try #require(oracleFile(name))))
  }

  // MARK: What the notebook computes

  var text: String {
    get throws {
      let file = Self.repository.appending(path: "notebooks/\(name).md")
      return try String(contentsOf: file, encoding: .utf8)
    }
  }

  /// The numbers that `cell` behind the notebook's own cells collects in the list `found`. Only the
  /// cells that it needs run.
  func numbers(_ cell: String) throws -> [Double] {
    let folder = try WorkFolder()
    defer { folder.remove() }
    let written = try text + "\n\n```nn oracle\n\(cell)\n```\n"
    try Data(written.utf8).write(to: folder.url.appending(path: "\(name).md"))
    let result = try Executable.nnbook.run(
      ["show", "\(name).md", "oracle", "found"], in: folder.url, withData: true)
    #expect(result.exitCode == 0, "\(result.errors)")
    return try JSONDecoder().decode([Double].self, from: Data(result.output.utf8))
  }

  /// Numbers to relative 1e-9.
  static func expectClose(_ found: [Double], _ wanted: [Double], _ name: Comment) {
    guard found.count == wanted.count else {
      Issue.record("\(name): \(found.count) numbers, not \(wanted.count)")
      return
    }
    let worst = zip(found, wanted).map { abs($0 - $1) / max(abs($1), .leastNormalMagnitude) }.max()
    #expect((worst ?? 0) <= 1e-9, name)
  }
}
