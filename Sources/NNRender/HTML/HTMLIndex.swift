/// The page that lists a folder's notebooks, where none of them is its head.
package struct HTMLIndex {
  package static func render(title: String, _ gallery: Gallery) -> String {
    var shell = HTMLShell(title: title)
    shell.style = PageStyle.text + PageStyle.gallery
    shell.body = gallery.markup
    shell.footer = .tag(
      "p", [:], "Made by nnbook from \(NumberText.count(gallery.entries.count, "notebook"))")
    return shell.html()
  }

  /// Whether nnbook wrote the page.
  package static func isOurs(_ page: [UInt8]) -> Bool {
    String(decoding: page.prefix(4096), as: UTF8.self).contains(HTMLShell.generator)
  }

  /// A relative path as an address: bytes other than RFC 3986's unreserved ones and `/` are
  /// percent-encoded, so that no file name reads as a scheme, a query or a fragment.
  static func address(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += byte < 16 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
