import NNSource

/// About how wide a text will be. A page can't know the reader's font, so the widths are those of a
/// wide sans-serif one (DejaVu Sans): a label may get a little more room than it needs, never less.
enum TextMeasure {
  /// In units of the font size.
  static func ems(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ems($1) }
  }

  static func width(_ text: String, size: Double) -> Double { ems(text) * size }

  static func widest(_ texts: some Sequence<String>, size: Double) -> Double {
    texts.reduce(0) { max($0, width($1, size: size)) }
  }

  /// `text` cut with an ellipsis so that it is at most `width` wide.
  static func cut(_ text: String, to width: Double, size: Double) -> String {
    guard self.width(text, size: size) > width else { return text }
    var room = width - size
    var result = ""
    for character in text {
      room -= self.width(String(character), size: size)
      guard room >= 0 else { break }
      result.append(character)
    }
    while result.last == " " { result.removeLast() }
    return result + "…"
  }

  private static func ems(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "l", "j", "I", "|", "'", ".", ",", ":", ";", "!", " ", "·": return 0.36
    case "f", "t", "r", "(", ")", "[", "]", "-", "/", "\\", "J": return 0.42
    case "m", "w", "M", "W", "@", "%": return 0.98
    case "0"..."9": return 0.64
    case "a"..."z": return 0.62
    case "A"..."Z": return 0.73
    case "⁰"..."⁹", "¹", "²", "³", "⁻": return 0.42
    default: break
    }
    return [0, 0.75, 1.05][scalar.displayWidth]
  }
}
