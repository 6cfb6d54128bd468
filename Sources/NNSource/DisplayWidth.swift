/// How many columns of a terminal a character takes.
extension Unicode.Scalar {
  /// 0 for combining marks and other invisible ones, 2 for East Asian wide ones and emoji, else 1.
  package var displayWidth: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if properties.isEmojiPresentation { return 2 }
    return Self.wideRanges.contains { $0.contains(value) } ? 2 : 1
  }

  /// It would not be seen, or would change what is seen around it: control characters and the
  /// marks that turn the direction of a line.
  package var isUnprintable: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    case .format: (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
    default: false
    }
  }

  /// Unicode's East Asian Width W and F, in blocks.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
  ]
}

extension String {
  /// How many columns of a terminal the text takes; a character is as wide as its widest scalar.
  package var displayWidth: Int {
    reduce(0) { width, character in
      width + character.unicodeScalars.reduce(0) { max($0, $1.displayWidth) }
    }
  }
}
