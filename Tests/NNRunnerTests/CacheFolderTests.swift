import Foundation
import NNSource
import Testing

@testable import NNRunner

/// What the cache's folder keeps, removes and leaves alone.
@Suite struct CacheFolderTests {
  private let path: String
  private let key = ContentHash(of: "key")

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "nncache-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  private var cache: CacheFolder { CacheFolder(path + "/.nnbook") }

  private func remove() { try? FileManager.default.removeItem(atPath: path) }

  private func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []).sorted()
  }

  private func write(_ name: String) throws {
    let url = URL(filePath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("half".utf8).write(to: url)
  }

  @Test func whatIsKeptIsReadByAnother() {
    defer { remove() }
    let first = cache
    first.write([1, 2], .cells, key)
    #expect(first.read(.cells, key) == [1, 2])
    #expect(cache.read(.cells, key) == nil)
    first.close()
    #expect(cache.read(.cells, key) == [1, 2])
    #expect(cache.read(.values, key) == nil)
    #expect(first.failure == nil)
    #expect(names(".nnbook/temporary") == [])
  }

  @Test func leftoversOfKilledProcessesAreRemoved() throws {
    defer { remove() }
    // No process has this number.
    let old = "\(Int32.max)-7"
    let living = "\(getpid())-7"
    let others = ["\(Int32.max)", "a-7", "\(Int32.max)-7-7", "\(Int32.max)-", living]
    for name in others + [old, ".nnbook-0123456789abcdef.tmp"] {
      try write(".nnbook/temporary/" + name)
    }
    let cache = cache
    cache.write([1], .cells, key)
    cache.close()
    #expect(names(".nnbook/temporary") == others.sorted())
  }

  @Test func nothingIsRemovedBehindALink() throws {
    defer { remove() }
    let hash = key.text
    try write("elsewhere/1-1")
    try write("elsewhere/" + hash)
    try write(".nnbook/cells/" + hash)
    for name in ["temporary", "values"] {
      #expect(symlink("../elsewhere", path + "/.nnbook/" + name) == 0)
    }
    cache.clear()
    #expect(names("elsewhere") == ["1-1", hash].sorted())
    #expect(names(".nnbook/cells") == [])
    let cache = cache
    cache.write([1], .cells, key)
    cache.close()
    #expect(cache.failure?.hasSuffix("/.nnbook/values is not a folder") == true)
    #expect(names("elsewhere") == ["1-1", hash].sorted())
  }

  @Test func folderThatCannotBeMadeIsToldAndHarmsNothing() throws {
    defer { remove() }
    try write(".nnbook")
    let cache = cache
    cache.write([1], .cells, key)
    #expect(cache.read(.cells, key) == [1])
    cache.close()
    #expect(cache.failure?.hasSuffix("/.nnbook is not a folder") == true)
    #expect(cache.read(.cells, key) == nil)
    cache.clear()
    #expect(names("") == [".nnbook"])
  }
}
