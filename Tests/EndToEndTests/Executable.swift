import Foundation

/// The nnbook that was built beside these tests.
struct Executable {
  let path: URL

  static let nnbook: Executable = {
    if let named = ProcessInfo.processInfo.environment["NNBOOK_EXECUTABLE"] {
      return Executable(path: URL(filePath: named))
    }
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    return Executable(path: beside.appending(path: "nnbook"))
  }()

  struct Result {
    let exitCode: Int32
    let output: String
    let errors: String
  }

  /// The data sets of this machine are no test's, unless it asks for them.
  func run(
    _ arguments: [String], in folder: URL, input: String? = nil, withData: Bool = false
  ) throws -> Result {
    let process = Process()
    process.executableURL = path
    process.arguments = arguments
    process.currentDirectoryURL = folder
    if !withData {
      process.environment = ProcessInfo.processInfo.environment.merging([
        "NNBOOK_DATA": folder.appending(path: "data").path,
        "XDG_CACHE_HOME": folder.appending(path: "cache").path,
      ]) { $1 }
    }
    // Through files: a pipe that nobody empties would stop a program that writes much.
    let names = ["stdin", "stdout", "stderr"].map { folder.appending(path: ".\($0)") }
    try Data((input ?? "").utf8).write(to: names[0])
    for name in names.dropFirst() { try Data().write(to: name) }
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    process.waitUntilExit()
    return Result(
      exitCode: process.terminationStatus,
      output: try String(contentsOf: names[1], encoding: .utf8),
      errors: try String(contentsOf: names[2], encoding: .utf8))
  }
}
