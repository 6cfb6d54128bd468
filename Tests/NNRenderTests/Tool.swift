import Foundation

/// Programs a test needs beside Swift; a test that lacks one is skipped by name.
enum Tool {
  static let python = find("python3")
  static let chromium = find("chromium")
  static let chromedriver = find("chromedriver")

  /// A Python that has selenium: the one in `NNBOOK_PYTHON`, or the first on the path.
  static let seleniumPython: String? = {
    let named = ProcessInfo.processInfo.environment["NNBOOK_PYTHON"]
    // Debian's own has its packages, wherever the path leads first.
    let candidates = [named, python, "/usr/bin/python3"]
    return candidates.compactMap { $0 }.first { path in
      (try? run(path, ["-c", "import selenium"])) != nil
    }
  }()

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  static func find(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name)").path
  }

  /// What the program prints.
  /// - Throws: `Failed` with what it printed, if it does not end with 0.
  static func run(_ program: String, _ arguments: [String], input: Data = Data()) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let (standardIn, standardOut, standardError) = (Pipe(), Pipe(), Pipe())
    process.standardInput = standardIn
    process.standardOutput = standardOut
    process.standardError = standardError
    try process.run()
    try standardIn.fileHandleForWriting.write(contentsOf: input)
    try standardIn.fileHandleForWriting.close()
    let output = standardOut.fileHandleForReading.readDataToEndOfFile()
    let errors = standardError.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: output, as: UTF8.self)
    guard process.terminationStatus == 0 else {
      throw Failed(description: text + String(decoding: errors, as: UTF8.self))
    }
    return text
  }
}
