import Foundation
import NNSource
import Synchronization
import Testing

@testable import NNData

/// Files being written, whole ones, and what killed processes leave.
@Suite struct TemporaryFileTests {
  private let work: WorkFolder
  private static let abandoned = ".nnbook-0123456789abcdef.tmp"

  init() throws { work = try WorkFolder() }

  private func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: work.path + "/" + name)))
  }

  private func isTemporary(_ name: String) -> Bool { TemporaryName(name) != nil }

  /// A message and the names in the folder are all that a failure leaves.
  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "written"
    } catch let failure as SavingFailure {
      return failure.problem.wording.message
    } catch let problem as Problem {
      return problem.wording.message
    } catch {
      return "\(error)"
    }
  }

  @Test func publishedFileHasItsNameAndNothingElseIsLeft() throws {
    defer { work.remove() }
    do {
      let file = try TemporaryFile(in: work.path)
      #expect(work.names.count == 1 && work.names.allSatisfy(isTemporary))
      try file.write(Array("whole".utf8))
      try file.sync()
      #expect(TemporaryFile.publish([(file, work.path + "/a")]) == nil)
    }
    #expect(work.names == ["a"])
    #expect(try bytes("a") == Array("whole".utf8))
    do {
      let file = try TemporaryFile(in: work.path)
      try file.write(Array("not wanted".utf8))
    }
    #expect(work.names == ["a"])
  }

  @Test func namesAreOfOneForm() {
    defer { work.remove() }
    #expect(TemporaryName(TemporaryName().text) != nil)
    #expect(TemporaryName().text != TemporaryName().text)
    #expect(TemporaryName(Self.abandoned) != nil)
    for other in [
      "nnbook-0123456789abcdef.tmp", ".nnbook-0123456789ABCDEF.tmp", ".nnbook-0123456789abcde.tmp",
      ".nnbook-0123456789abcdef0.tmp", ".nnbook-0123456789abcdef.tmp~", ".nnbook-.tmp", ".nnbook",
      ".nnbook-0123456789abcde/.tmp", ".nnbook-tmp", "",
    ] {
      #expect(TemporaryName(other) == nil, "\(other)")
    }
  }

  @Test func abandonedFilesAreRemovedAndNothingElseIs() throws {
    defer { work.remove() }
    try work.write(Self.abandoned, "half")
    let live = ".nnbook-ffffffffffffffff.tmp"
    try work.write(live, "half")
    // Locks belong to what was opened, not to the process: as good as another one's.
    let descriptor = open(work.path + "/" + live, O_RDONLY)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let others = [
      ".nnbook-0123456789abcdeF.tmp", "page.html.tmp-123", ".nnbook-1.tmp", "notes.tmp",
    ]
    for name in others { try work.write(name, "mine") }
    let secret = try WorkFolder()
    defer { secret.remove() }
    try secret.write("secret", "theirs")
    let link = ".nnbook-1111111111111111.tmp"
    #expect(symlink(secret.path + "/secret", work.path + "/" + link) == 0)
    let folder = ".nnbook-2222222222222222.tmp"
    #expect(mkdir(work.path + "/" + folder, 0o755) == 0)
    let pipe = ".nnbook-3333333333333333.tmp"
    #expect(mkfifo(work.path + "/" + pipe, 0o600) == 0)
    try FileWriter.write([1], to: work.path + "/a", name: "a")
    #expect(work.names.sorted() == (others + [live, link, folder, pipe, "a"]).sorted())
    #expect(secret.names == ["secret"])
  }

  @Test func oneThatIsLeftAloneRidsItsFolderOfAbandonedOnesToo() throws {
    defer { work.remove() }
    try work.write("a", "same")
    try work.write(Self.abandoned, "half")
    var before = stat()
    #expect(stat(work.path + "/a", &before) == 0)
    try FileWriter.write(Array("same".utf8), to: work.path + "/a", name: "a")
    var after = stat()
    #expect(stat(work.path + "/a", &after) == 0)
    #expect(before.st_ino == after.st_ino)
    #expect(work.names == ["a"])
  }

  @Test func linkInAFilesPlaceIsReplacedAndNotFollowed() throws {
    defer { work.remove() }
    try work.write("target", "old")
    #expect(symlink("target", work.path + "/link") == 0)
    try FileWriter.write(Array("old".utf8), to: work.path + "/link", name: "link")
    try FileWriter.write(Array("new".utf8), to: work.path + "/link", name: "link")
    #expect(try bytes("target") == Array("old".utf8))
    #expect(try bytes("link") == Array("new".utf8))
  }

  @Test func groupLeavesAllOldOnesWhenOneCannotBeWritten() throws {
    defer { work.remove() }
    try work.write("a", "old")
    try work.write("file", "no folder")
    let below = message {
      var group = FileGroup()
      try group.add(Array("new".utf8), to: work.path + "/a", name: "a")
      try group.add(Array("new".utf8), to: work.path + "/file/b", name: "b")
      try group.publish()
    }
    #expect(below == "can't write b: Not a directory")
    #expect(try bytes("a") == Array("old".utf8))
    #expect(work.names == ["a", "file"])
    // What stands in the way is found only when the names are given.
    try FileWriter.write([1], to: work.path + "/c/inside", name: "inside")
    let folder = message {
      var group = FileGroup()
      try group.add(Array("new".utf8), to: work.path + "/a", name: "a")
      try group.add(Array("new".utf8), to: work.path + "/c", name: "c")
      try group.publish()
    }
    #expect(folder == "can't write c: Is a directory")
    #expect(try bytes("a") == Array("old".utf8))
    #expect(work.names == ["a", "c", "c/inside", "file"])
  }

  @Test func fullDiskIsTold() throws {
    defer { work.remove() }
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let failure = #expect(throws: SystemFailure.self) {
      try Array("more".utf8).withUnsafeBytes { try Transfer.write($0, to: descriptor) }
    }
    #expect(
      failure?.problem(writing: "a")
        == .file(.noSpace("a", reason: "No space left on device")))
    #expect(SystemFailure(EACCES).problem(writing: "a").wording.message.hasSuffix("denied"))
  }

  @Test func threadsWriteTheSameFile() async throws {
    defer { work.remove() }
    let path = work.path + "/deep/er/a"
    let contents = (0..<4).map { [UInt8](repeating: UInt8($0), count: 100_000) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for content in contents {
        group.addTask {
          for _ in 0..<20 { try FileWriter.write(content, to: path, name: "a") }
        }
      }
      try await group.waitForAll()
    }
    #expect(contents.contains(try bytes("deep/er/a")))
    #expect(work.names == ["deep", "deep/er", "deep/er/a"])
  }

  /// In a process of its own, which writes nothing any more.
  @Test func endOfTheProcessRemovesAllThatIsBeingWritten() async {
    work.remove()
    await #expect(processExitsWith: .success) {
      let work = try WorkFolder()
      let (first, second) = (try TemporaryFile(in: work.path), try TemporaryFile(in: work.path))
      try first.write(Array("half".utf8))
      #expect(work.names.count == 2)
      TemporaryFile.removeAll()
      #expect(work.names == [])
      let path = work.path
      let thread = Thread { try? FileWriter.write([1], to: path + "/a", name: "a") }
      thread.start()
      let publisher = Thread { _ = TemporaryFile.publish([]) }
      publisher.start()
      try await Task.sleep(for: .milliseconds(200))
      #expect(work.names == [])
      #expect(!thread.isFinished && !publisher.isFinished)
      TemporaryFile.removeAll()
      withExtendedLifetime((first, second)) { work.remove() }
    }
  }
}
