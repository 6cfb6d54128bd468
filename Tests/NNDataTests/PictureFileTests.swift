import Foundation
import NNSource
import Testing

@testable import NNData

/// Pictures that prose shows are read beneath the notebook's folder, and are what they say.
@Suite struct PictureFileTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "nnbook-pictures-\(UUID().uuidString)")

  private func write(_ bytes: [UInt8], _ name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  private func read(_ name: String) throws(Problem) -> PictureFile {
    do {
      return try PictureFile.read(name, beneath: folder.appending(path: "book").path)
    } catch {
      throw error as? Problem ?? .data(.notFound(file: "\(error)"))
    }
  }

  @Test(arguments: [
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
    ([0xFF, 0xD8, 0xFF], "image/jpeg"),
    (Array("GIF89a".utf8), "image/gif"), (Array("RIFF....WEBPVP8 ".utf8), "image/webp"),
  ]) func kinds(bytes: [UInt8], mediaType: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(bytes, "book/deep/a")
    let picture = try read("deep/./a")
    #expect(picture.mediaType == mediaType)
    #expect(picture.bytes == bytes)
  }

  @Test func refusals() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    try write(png, "secret.png")
    try write(Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), "book/a.svg")
    try write([], "book/empty.png")
    try write(
      png + [UInt8](repeating: 0, count: PictureFile.largest - png.count), "book/largest.png")
    try write(png + [UInt8](repeating: 0, count: PictureFile.largest), "book/large.png")
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(path: "book/link.png").path, withDestinationPath: "../secret.png")
    #expect(try read("largest.png").bytes.count == PictureFile.largest)
    #expect(throws: Problem.notebook(.pictureKind(file: "a.svg"))) { try read("a.svg") }
    #expect(throws: Problem.notebook(.pictureKind(file: "empty.png"))) { try read("empty.png") }
    let size = PictureFile.largest + png.count
    #expect(
      throws: Problem.notebook(
        .pictureTooLarge(file: "large.png", bytes: size, limit: PictureFile.largest))
    ) { try read("large.png") }
    for name in ["link.png", "../secret.png", "/etc/passwd"] {
      #expect(throws: Problem.data(.outside(file: name))) { try read(name) }
    }
    #expect(throws: Problem.data(.notFound(file: "none.png"))) { try read("none.png") }
    #expect(throws: Problem.data(.notFile(file: "."))) { try read(".") }
  }
}
