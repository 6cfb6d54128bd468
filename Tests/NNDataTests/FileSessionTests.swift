import Foundation
import NNSource
import NNTensor
import Testing

@testable import NNData

/// What a program can reach: files beneath its folder, and what it saved itself.
@Suite struct FileSessionTests {
  private let work: WorkFolder
  private let options = TableOptions()

  init() throws {
    work = try WorkFolder()
    try work.write("notes/a.csv", "1,2\n")
    try work.write("notes/data/b.csv", "3,4\n")
    try work.write("secret.csv", "5,6\n")
  }

  private func session(_ saving: FileAccess.Saving = .refused) -> FileSession {
    FileSession(FileAccess(folder: work.path + "/notes", saving: saving))
  }

  private var writing: FileAccess.Saving {
    .folder(work.path + "/out", beneath: work.path + "/out")
  }

  private func message(_ session: FileSession, _ file: String) -> String {
    Fixtures.message { try session.load(file: file, options) }
  }

  @Test func filesBeneathTheFolderAreRead() {
    defer { work.remove() }
    let session = session()
    for file in ["a.csv", "./a.csv", "data/b.csv", "data//b.csv", "data/./b.csv"] {
      #expect(message(session, file) == "loaded (1, 2)", "\(file)")
    }
  }

  @Test func nothingElseIs() throws {
    defer { work.remove() }
    let notes = work.path + "/notes"
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: notes + "/link.csv", withDestinationPath: "../secret.csv")
    try files.createSymbolicLink(atPath: notes + "/up", withDestinationPath: "..")
    try files.createSymbolicLink(atPath: notes + "/inside.csv", withDestinationPath: "a.csv")
    try files.createSymbolicLink(atPath: notes + "/round", withDestinationPath: "round")
    #expect(mkfifo(notes + "/pipe.csv", 0o600) == 0)
    let session = session()
    for file in [
      "../secret.csv", "data/../../secret.csv", "data/../a.csv", "..", work.path + "/secret.csv",
      "/etc/passwd", "link.csv", "up/secret.csv", "up", "a.csv\0",
    ] {
      #expect(
        message(session, file) == "'\(file)' does not lie beneath the notebook's folder",
        "\(file)")
    }
    #expect(message(session, "inside.csv") == "loaded (1, 2)")
    #expect(message(session, "pipe.csv") == "'pipe.csv' is neither a file nor a folder")
    #expect(
      message(session, "none.csv")
        == "there is no file 'none.csv' beneath the notebook's folder")
    #expect(message(session, "round").hasPrefix("can't read 'round'"))
    #expect(
      message(session, "data") == "there is no picture in the folder 'data'")
    #expect(
      message(FileSession(FileAccess()), "a.csv")
        == "'a.csv' can't be read: no folder is open to this program")
  }

  private let one: [NPZFormat.Array] = [("w", Tensor([1.0, 2]))]
  private let other: [NPZFormat.Array] = [("w", Tensor([3.0, 4, 5]))]

  @Test func savedFileIsWrittenAtTheCellsEndAndReadBefore() throws {
    defer { work.remove() }
    let session = session(writing)
    _ = try session.save(one, to: "deep/w.npz")
    #expect(work.names.filter { $0.hasPrefix("out") } == [])
    #expect(try session.arrays(file: "deep/w.npz")[0].tensor == one[0].tensor)
    try session.commit()
    #expect(work.names.filter { $0.hasPrefix("out") } == ["out", "out/deep", "out/deep/w.npz"])
    let bytes = try Data(contentsOf: URL(filePath: work.path + "/out/deep/w.npz"))
    #expect(try Fixtures.load("w.npz", [UInt8](bytes)).arrays[0].tensor == one[0].tensor)
  }

  @Test func failedCellLeavesNothing() throws {
    defer { work.remove() }
    let session = session(writing)
    _ = try session.save(one, to: "w.npz")
    try session.commit()
    _ = try session.save(other, to: "w.npz")
    _ = try session.save(other, to: "v.npy")
    session.rollBack()
    #expect(try session.arrays(file: "w.npz")[0].tensor == one[0].tensor)
    #expect(message(session, "v.npy").hasPrefix("there is no file"))
    #expect(work.names.filter { $0.hasPrefix("out/") } == ["out/w.npz"])
  }

  @Test func whatCannotBeWrittenIsTold() throws {
    defer { work.remove() }
    try work.write("out", "a file where a folder should be")
    let session = session(writing)
    _ = try session.save(one, to: "w.npz")
    #expect(throws: SavingFailure.self) { try session.commit() }
    #expect(message(session, "w.npz").hasPrefix("there is no file"))
  }

  /// Only what the user named may be a link; one further down came with the notebook.
  @Test func nothingIsSavedThroughLinks() throws {
    defer { work.remove() }
    let files = FileManager.default
    try work.write("victim/a.txt", "")
    try work.write("out/files/plain/a.txt", "")
    let out = work.path + "/out"
    for name in ["linked", "files/w", "files/plain/deep"] {
      try files.createSymbolicLink(
        atPath: "\(out)/\(name)", withDestinationPath: work.path + "/victim")
    }
    try files.createSymbolicLink(atPath: work.path + "/named", withDestinationPath: "out")
    let rows = [
      ("files/w", "w.npy", false), ("linked/w", "w.npy", false), ("files/plain", "w.npy", true),
      ("files/plain", "deep/w.npy", false), ("files/plain", "new/w.npy", true),
    ]
    for root in [out, out + "/", work.path + "/named"] {
      for (folder, name, isSaved) in rows {
        let path = root + (root.hasSuffix("/") ? "" : "/") + folder
        let session = session(.folder(path, beneath: root))
        _ = try session.save(one, to: name)
        do throws(SavingFailure) {
          try session.commit()
          #expect(isSaved, "\(folder)/\(name)")
        } catch {
          #expect(!isSaved && error.problem == .data(.savedOutside(file: name)))
        }
      }
    }
    #expect(work.names.filter { $0.hasPrefix("victim/") } == ["victim/a.txt"])
  }

  @Test func namesToSaveUnderAreChecked() {
    defer { work.remove() }
    let session = session(.memory)
    for file in ["../w.npz", "/tmp/w.npz", "a/../../w.npz"] {
      #expect(throws: Problem.data(.savedOutside(file: file))) { try session.save(one, to: file) }
    }
    for file in ["w", "w.csv", ".npz", "a/.npy", ""] {
      #expect(throws: Problem.data(.saveName(file: file))) { try session.save(one, to: file) }
    }
    #expect(throws: Problem.data(.severalArrays(file: "w.npy", count: 2))) {
      try session.save(one + [("v", Tensor([1]))], to: "w.npy")
    }
    #expect(throws: Problem.data(.arrayTwice(name: "w"))) {
      try session.save(one + other, to: "w.npz")
    }
    #expect(throws: Problem.data(.savingRefused(file: "w.npz"))) {
      try FileSession(FileAccess()).save(one, to: "w.npz")
    }
  }

  @Test func cellOverItsTimeStopsReading() throws {
    defer { work.remove() }
    let session = session()
    #expect(throws: Problem.limit(.cancelled)) {
      try Allowance().grant(seconds: nil, memory: 1 << 30, looks: 1) {
        try session.load(file: "a.csv", options)
      }
    }
  }
}
