import NNData
import NNMarkdown
import NNRender
import NNSource

/// The pictures that a notebook's prose shows, `![...](path)`, as far as they lie in its folder: a
/// page needs no other file, so it takes them in.
struct ProsePictures {
  /// Bytes of all pictures of a page.
  static let largest = 4 << 20

  /// By the address that the prose gives.
  private(set) var pictures: [String: PagePicture] = [:]
  /// Why a picture is only linked to.
  private(set) var findings: [Diagnostic] = []

  init(_ markdown: MarkdownDocument, folder: String) {
    var room = Self.largest
    for link in markdown.links where link.isImage {
      guard let file = Self.file(link.url) else { continue }
      do {
        let size: Int
        if let known = pictures[link.url] {
          size = known.bytes.count
        } else {
          let picture = try PictureFile.read(file, beneath: folder)
          size = picture.bytes.count
          pictures[link.url] = PagePicture(mediaType: picture.mediaType, bytes: picture.bytes)
        }
        room -= size
        guard room >= 0 else {
          pictures[link.url] = nil
          throw Problem.notebook(.picturesTooLarge(file: file, limit: Self.largest))
        }
      } catch let problem as Problem {
        findings.append(Diagnostic(.warning, problem, at: link.range))
      } catch {}
    }
  }

  /// The path that an address stands for; nil for one that leads elsewhere.
  private static func file(_ address: String) -> String? {
    guard !address.isEmpty, !address.hasPrefix("//"), !address.contains("?"),
      !address.contains("#")
    else { return nil }
    let first = address.prefix { $0 != "/" }
    return first.contains(":") ? nil : decoded(address)
  }

  /// `%20` and its like as the bytes they stand for.
  private static func decoded(_ address: String) -> String {
    let utf8 = Array(address.utf8)
    var bytes: [UInt8] = []
    var index = 0
    while index < utf8.count {
      if utf8[index] == UInt8(ascii: "%"), index + 2 < utf8.count,
        let value = UInt8(
          String(decoding: utf8[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        index += 3
      } else {
        bytes.append(utf8[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
