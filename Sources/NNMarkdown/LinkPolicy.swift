/// Which addresses may be links: those a reader's click can do no harm with.
package enum LinkPolicy {
  /// What may stand before an address's first colon.
  package static let schemes = ["http", "https", "mailto"]

  /// A relative path, a fragment, or one of `schemes`. Everything else that reads as a scheme,
  /// `javascript:` and `data:` before all, is refused; so is one with a control character or white
  /// space in front of the colon, which a browser drops.
  static func allows(_ url: some Sequence<UInt8>) -> Bool {
    var scheme: [UInt8] = []
    for byte in url {
      switch byte {
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return true
      case UInt8(ascii: ":"):
        let name = String(decoding: scheme, as: UTF8.self).lowercased()
        return schemes.contains(name)
      default: scheme.append(byte)
      }
    }
    return true
  }

  /// Whether a link to `url` stays a link on the page.
  package static func allows(_ url: String) -> Bool { allows(url.utf8) }
}
