import Foundation
import Testing

/// What a stranger's notebook may take, and a person who will not wait.
@Suite struct LimitTests {
  private static let endless = """
    ```nn first
    seed 1
    x = rand(1000)
    save x to "x.npy"
    print "here"
    ```

    ```nn second
    i = 0
    while len(x) > 0:
        i = i + 1
    ```

    ```nn third
    print "below", i
    ```
    """

  private func write(_ text: String, _ folder: WorkFolder) throws {
    try Data(text.utf8).write(to: folder.url.appending(path: "a.md"))
  }

  @Test("front matter asks for less, the command line alone allows more")
  func whoMaySayHowMuch() throws {
    let folder = try WorkFolder()
    defer { folder.remove() }
    func told(_ head: String, _ arguments: String...) throws -> Executable.Result {
      try write("---\n\(head)\n---\n" + Self.endless, folder)
      return try Executable.nnbook.run(["render", "a.md"] + arguments, in: folder.url)
    }
    let low = try told("steps: 1e6", "--steps", "1e7")
    #expect(low.exitCode == 2)
    #expect(low.errors.contains("a.md:13:7: the cell took more than 1,000,000 steps"))
    let high = try told("steps: 1e15", "--steps", "2e6")
    #expect(high.errors.contains("the cell took more than 2,000,000 steps"))
    let time = try told("timeout: 1h", "--timeout", "200ms")
    #expect(time.errors.contains("the cell ran longer than 0.2 s"))
    let memory = try told("memory: 1kB", "--no-cache")
    #expect(memory.errors.contains("the limit for all tensors is 1 kB"))
    let page = try String(
      contentsOf: folder.url.appending(path: "output/a.html"), encoding: .utf8)
    #expect(page.contains("the limit for all tensors is 1 kB"))
    let wrong = try told("steps: 1e6", "--memory", "much")
    #expect(wrong.exitCode == 64)
    #expect(
      wrong.errors.hasPrefix(
        "Error: '--memory' is a number above 0 and a unit, as in 512MB or 2GB, not 'much'."))
  }

  @Test("what a limit stopped is not kept, and more room gives the rest")
  func stoppedIsNotKept() throws {
    let folder = try WorkFolder()
    defer { folder.remove() }
    try write(
      Self.endless.replacingOccurrences(of: "len(x) > 0", with: "i < 100000"), folder)
    let short = try Executable.nnbook.run(["render", "a.md", "--steps", "50000"], in: folder.url)
    #expect(short.exitCode == 2)
    #expect(short.errors.contains("the cell took more than 50,000 steps"))
    let long = try Executable.nnbook.run(["render", "a.md"], in: folder.url)
    #expect(long.exitCode == 0)
    let again = try Executable.nnbook.run(["render", "a.md", "--steps", "50000"], in: folder.url)
    // It is known, and need not run.
    #expect(again.exitCode == 0)
  }

  @Test(
    "a signal ends a run as it ends any program, and pages stay whole",
    arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let folder = try WorkFolder()
    defer { folder.remove() }
    try write("# Old", folder)
    #expect(try Executable.nnbook.run(["render", "a.md"], in: folder.url).exitCode == 0)
    let old = try pages(folder)
    try write(Self.endless, folder)
    let process = Process()
    process.executableURL = Executable.nnbook.path
    process.arguments = ["render", "a.md"]
    process.currentDirectoryURL = folder.url
    let errors = folder.url.appending(path: ".stderr")
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    // The first cell has come to its end when its file is there.
    let saved = folder.url.appending(path: "output/files/a/x.npy").path
    while process.isRunning, !FileManager.default.fileExists(atPath: saved) { usleep(1000) }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == signal)
    let told = try String(contentsOf: errors, encoding: .utf8)
    #expect(told.contains("stopped") && told.contains("its page is as it was"))
    #expect(try pages(folder) == old)
    #expect(folder.files == ["a.md", "output/a.html", "output/a.ipynb", "output/files/a/x.npy"])
    // What had come to its end need not run again.
    let why = try Executable.nnbook.run(["why", "a.md", "first"], in: folder.url)
    #expect(why.output.hasPrefix("first would not run: its result is in the cache"))
  }

  private func pages(_ folder: WorkFolder) throws -> [Data] {
    try ["output/a.html", "output/a.ipynb"].map {
      try Data(contentsOf: folder.url.appending(path: $0))
    }
  }

  @Test("eval says where it was when it was stopped")
  func interruptedProgram() throws {
    let folder = try WorkFolder()
    defer { folder.remove() }
    let program = folder.url.appending(path: "p.nn")
    try Data("print \"go\"\nx = [1]\nwhile len(x) > 0:\n    x[0] = 2\n".utf8).write(to: program)
    // It can't come to its end; a machine that is busy may not have begun with it.
    var told = ""
    for wait in [0.3, 1, 3, 9] where told.isEmpty {
      let process = Process()
      process.executableURL = Executable.nnbook.path
      process.arguments = ["eval", program.path]
      let pipe = Pipe()
      process.standardError = pipe
      process.standardOutput = Pipe()
      try process.run()
      Thread.sleep(forTimeInterval: wait)
      process.interrupt()
      told = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGINT)
    }
    #expect(told.contains("p.nn:3:7: stopped"))
  }
}
