import NNSource

/// A picture that stands beside a notebook or below, its bytes as they are. It is not decoded: a
/// browser does that, and its first bytes tell that it is a picture.
package struct PictureFile: Sendable {
  /// Bytes of one picture.
  package static let largest = 1 << 20

  package let mediaType: String
  package let bytes: [UInt8]

  /// - Parameter file: a path downwards from `folder`; what a symbolic link leads to must lie
  ///   beneath it too.
  package static func read(_ file: String, beneath folder: String) throws -> PictureFile {
    let name = try FileSession.clean(file)
    guard let root = Folder.realPath(folder) else { throw Problem.data(.notFound(file: file)) }
    let path = try Folder(path: root, name: "", root: root).resolve(name)
    let size = try FileBytes.size(path: path, name: file)
    guard size <= largest else {
      throw Problem.notebook(.pictureTooLarge(file: file, bytes: size, limit: largest))
    }
    let bytes = try FileBytes.read(path: path, name: file)
    guard let mediaType = mediaType(bytes) else {
      throw Problem.notebook(.pictureKind(file: file))
    }
    return PictureFile(mediaType: mediaType, bytes: bytes.array)
  }

  private static func mediaType(_ bytes: FileBytes) -> String? {
    if bytes.begins(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
    if bytes.begins(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if bytes.begins(with: Array("GIF87a".utf8)) || bytes.begins(with: Array("GIF89a".utf8)) {
      return "image/gif"
    }
    guard bytes.count >= 12, bytes.begins(with: Array("RIFF".utf8)), bytes.text(8..<12) == "WEBP"
    else { return nil }
    return "image/webp"
  }
}
