/// Every colour of a page, for light and for dark. The series' colours keep the order of hues of
/// Okabe and Ito's palette, which the colour-blind can tell apart, in shades dark (or light) enough
/// that text in them is readable too.
enum PagePalette {
  struct Color: Sendable {
    /// The CSS custom property, without its dashes.
    let name: String
    let light: UInt32
    let dark: UInt32
  }

  static let paper = Color(name: "paper", light: 0xFFFDFA, dark: 0x17181B)
  static let ink = Color(name: "ink", light: 0x1D1B19, dark: 0xE6E3DE)
  /// Captions, labels, line numbers: text that stands back.
  static let soft = Color(name: "soft", light: 0x625D57, dark: 0xA8A49D)
  static let rule = Color(name: "rule", light: 0xDFDAD2, dark: 0x3A3B3F)
  /// Behind code.
  static let wash = Color(name: "wash", light: 0xF7F4EE, dark: 0x1F2125)
  static let accent = Color(name: "accent", light: 0x17588F, dark: 0x85BFEF)
  static let error = Color(name: "error", light: 0xA8231B, dark: 0xFF9488)
  static let errorWash = Color(name: "error-wash", light: 0xFCF1EE, dark: 0x2C1D1D)
  static let warning = Color(name: "warning", light: 0x7A5000, dark: 0xE3B65C)
  static let good = Color(name: "good", light: 0x1D6B3A, dark: 0x77CC94)
  static let number = Color(name: "number", light: 0x8A4409, dark: 0xE9AE7A)
  static let string = Color(name: "string", light: 0x326436, dark: 0x9CCB96)
  static let positive = Color(name: "positive", light: 0x0B4F8A, dark: 0x6DB6F2)
  static let negative = Color(name: "negative", light: 0xA84300, dark: 0xFF9D57)

  /// Any two stay apart for readers who see colours differently: by CIE76, with full protanopia,
  /// deuteranopia and tritanopia simulated (`Scripts/palette-distances`), at least 13.0, the first
  /// four at least 13.6 on light paper and 18.2 on dark, neighbours at least 13.0. Dashes and shapes
  /// tell series apart besides.
  static let series: [Color] = [
    Color(name: "s1", light: 0x0B62A4, dark: 0x5FB3EE),
    Color(name: "s2", light: 0xB94C0B, dark: 0xFF9752),
    Color(name: "s3", light: 0x037E52, dark: 0x5AE6B2),
    Color(name: "s4", light: 0x96397E, dark: 0xD087B6),
    Color(name: "s5", light: 0x674500, dark: 0xF0C647),
    Color(name: "s6", light: 0x004F62, dark: 0x8EDAEC),
    Color(name: "s7", light: 0x5D5F63, dark: 0xBDBFC3),
    Color(name: "s8", light: 0x5C4DBC, dark: 0x9E85C6),
  ]

  static let all =
    [
      paper, ink, soft, rule, wash, accent, error, errorWash, warning, good, number, string,
      positive, negative,
    ] + series

  static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return "#" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// `--paper:#fffdfa;…`
  static func properties(_ shade: KeyPath<Color, UInt32>, of colors: [Color] = all) -> String {
    colors.map { "--\($0.name):\(hex($0[keyPath: shade]))" }.joined(separator: ";")
  }
}

/// Contrast as WCAG 2.2 defines it (1.4.3), and colours laid over each other.
enum Contrast {
  static func ratio(_ first: UInt32, _ second: UInt32) -> Double {
    let bright = max(luminance(first), luminance(second))
    let dark = min(luminance(first), luminance(second))
    return (bright + 0.05) / (dark + 0.05)
  }

  static func luminance(_ color: UInt32) -> Double {
    0.2126 * linear(color >> 16) + 0.7152 * linear(color >> 8) + 0.0722 * linear(color)
  }

  /// `color` at `opacity` over `paper`, as a browser mixes them.
  static func mix(_ color: UInt32, over paper: UInt32, opacity: Double) -> UInt32 {
    var result: UInt32 = 0
    for shift in [16, 8, 0] as [UInt32] {
      let top = Double(color >> shift & 0xFF)
      let under = Double(paper >> shift & 0xFF)
      let level = min(max(under + (top - under) * opacity, 0), 255)
      result |= UInt32(level.rounded()) << shift
    }
    return result
  }

  /// sRGB's curve by table: ((c + 0.055)/1.055)^2.4, with x^2.4 = x² · (x²)^(1/5).
  private static func linear(_ value: UInt32) -> Double {
    let level = Double(value & 0xFF) / 255
    if level <= 0.04045 { return level / 12.92 }
    let base = (level + 0.055) / 1.055
    let square = base * base
    // Newton's steps for the fifth root come down from 1, by a fifth at first.
    var root = 1.0
    for _ in 0..<24 {
      let fourth = root * root * root * root
      root -= (fourth * root - square) / (5 * fourth)
    }
    return square * root
  }
}
