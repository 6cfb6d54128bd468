/// What each character may be part of.
extension Lexer {
  func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 0x0C
  }

  func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

  /// The bytes of the letter or `_` at `index`, or nil.
  func nameStartLength(at index: Int) -> Int? {
    guard index < end else { return nil }
    let byte = slice.utf8[index]
    if byte < 0x80 { return isASCIILetter(byte) || byte == UInt8(ascii: "_") ? 1 : nil }
    guard let scalar = scalar(at: index), scalar.properties.isLetter else { return nil }
    return UTF8.width(scalar)
  }

  /// The bytes of the letter, digit, mark or `_` at `index`, or nil.
  func nameLength(at index: Int) -> Int? {
    guard index < end else { return nil }
    let byte = slice.utf8[index]
    if byte < 0x80 {
      return isASCIILetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") ? 1 : nil
    }
    guard let scalar = scalar(at: index) else { return nil }
    guard scalar.properties.isLetter || scalar.properties.isLetterPart else { return nil }
    return UTF8.width(scalar)
  }

  func isASCIILetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
  }

  /// The scalar at `index`; the slice is valid UTF-8.
  func scalar(at index: Int) -> Unicode.Scalar? {
    guard index < end else { return nil }
    let length: Int
    switch slice.utf8[index] {
    case ..<0x80: length = 1
    case ..<0xE0: length = 2
    case ..<0xF0: length = 3
    default: length = 4
    }
    let bytes = slice.utf8[index..<min(index + length, end)]
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.first
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isLetter: Bool {
    switch generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      true
    default: false
    }
  }

  fileprivate var isLetterPart: Bool {
    switch generalCategory {
    case .decimalNumber, .nonspacingMark, .spacingMark: true
    default: false
    }
  }
}

extension UTF8 {
  static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case ..<0x80: 1
    case ..<0x800: 2
    case ..<0x10000: 3
    default: 4
    }
  }
}
