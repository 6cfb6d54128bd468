import Glibc
import NNData
import NNSource

/// Files from their publisher, by curl: nnbook itself speaks no network protocol.
struct Download {
  let address: String
  let folder: String

  /// Fetches one file, or what is missing of it. It gets its name when its contents were checked.
  func fetch(_ file: KnownDataSet.File) throws {
    if let path = Catalogue.path(of: file, in: folder) { return try check(file, path) }
    let name = file.name + ".gz"
    let (source, part) = (address + "/" + name, folder + "/" + name + ".part")
    Console.tell("fetching \(source)")
    let isContinued = Files.exists(part)
    var code = try curl(source, to: part, atMost: file.size + (1 << 20))
    if code != 0, isContinued, Self.cannotContinue.contains(code) {
      // The server begins only at the beginning, or all was there.
      if (try? file.check(path: part)) == nil {
        unlink(part)
        code = try curl(source, to: part, atMost: file.size + (1 << 20))
      } else {
        code = 0
      }
    }
    guard code == 0 else {
      throw failure(source, reason: "curl ended with \(code)" + (Self.meanings[code] ?? ""))
    }
    try check(file, part)
    guard rename(part, folder + "/" + name) == 0 else {
      throw Problem.file(
        .unwritable(folder + "/" + name, reason: String(cString: strerror(errno))))
    }
  }

  /// What is not the publisher's would only be found wrong again.
  private func check(_ file: KnownDataSet.File, _ path: String) throws {
    do {
      try file.check(path: path)
    } catch {
      unlink(path)
      throw error
    }
  }

  /// A refused range, a file that is no part of it, an answer that nothing is left.
  private static let cannotContinue: Set<Int32> = [22, 33, 36]
  private static let meanings: [Int32: String] = [
    6: ", the host is not known", 7: ", the host can't be reached", 22: ", no such file there",
    28: ", it took too long", 35: ", no secure connection", 37: ", no such file",
    60: ", the certificate is not trusted", 63: ", the file is too large",
  ]

  private func failure(_ source: String, reason: String) -> Problem {
    .data(.fetchFailed(address: source, reason: reason, folder: folder))
  }

  /// - Returns: curl's exit code.
  private func curl(_ source: String, to part: String, atMost bytes: Int) throws -> Int32 {
    let arguments = [
      "curl", "--fail", "--location", "--silent", "--connect-timeout", "20",
      "--max-filesize", String(bytes), "--continue-at", "-", "--output", part, "--", source,
    ]
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, "curl", nil, nil, &pointers, environ)
    guard code == 0 else {
      throw failure(
        source,
        reason: code == ENOENT
          ? "curl is not installed" : "curl does not start: \(String(cString: strerror(code)))")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return -1 }
    }
    // The low byte is the signal that ended it, if one did.
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }
}
