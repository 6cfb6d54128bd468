/// Heading anchors as GitHub makes them, unique in a document.
struct Anchors {
  private var used: Set<String> = []
  /// The number to try next for a text that was there before.
  private var numbers: [String: Int] = [:]

  /// Lower case; letters, marks, digits, `_` and `-` stay, white space becomes `-`, all else goes.
  /// A second heading of the same text gets `-1`, a third `-2`.
  mutating func anchor(for text: String) -> String {
    var slug = Self.slug(of: text)
    // Footnotes have ids `fn-…` and `fnref-…`.
    if slug.hasPrefix("fn-") || slug.hasPrefix("fnref-") { slug = "h-" + slug }
    if slug.isEmpty { slug = "section" }
    var candidate = slug
    while !used.insert(candidate).inserted {
      let number = numbers[slug, default: 1]
      numbers[slug] = number + 1
      candidate = "\(slug)-\(number)"
    }
    return candidate
  }

  private static func slug(of text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        scalars.append("-")
      } else if isWord(scalar) {
        scalars.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return String(scalars)
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "-" || scalar == "_" { return true }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation:
      return true
    default: return false
    }
  }
}
