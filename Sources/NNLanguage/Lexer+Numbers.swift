import NNSource

/// Decimal numbers as Python writes them: `3`, `1_000`, `.5`, `2.`, `1e-3`.
extension Lexer {
  mutating func number() throws(Diagnostic) -> Token.Kind {
    let start = position
    var isWhole = true
    var isWellFormed = digits()
    if peek() == UInt8(ascii: "."), !(peek(1) == UInt8(ascii: ".")) {
      isWhole = false
      position += 1
      if isDigit(peek()) { isWellFormed = digits() && isWellFormed }
    }
    if let byte = peek(), byte | 0x20 == UInt8(ascii: "e"), startsExponent {
      isWhole = false
      position += isDigit(peek(1)) ? 1 : 2
      isWellFormed = digits() && isWellFormed
    }
    if !isWellFormed || nameLength(at: position) != nil { throw malformed(from: start) }
    let digits = text(start, position).filter { $0 != "_" }
    if isWhole { return .integer(try integer(digits, from: start)) }
    guard let value = Double(digits) else { throw malformed(from: start) }
    return .float(value)
  }

  private var startsExponent: Bool {
    if isDigit(peek(1)) { return true }
    return (peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")) && isDigit(peek(2))
  }

  /// Digits with single `_` between them; false if a `_` is out of place.
  private mutating func digits() -> Bool {
    var isWellFormed = true
    while let byte = peek() {
      if byte == UInt8(ascii: "_") {
        if !isDigit(peek(1)) { isWellFormed = false }
      } else if !isDigit(byte) {
        break
      }
      position += 1
    }
    return isWellFormed
  }

  private func integer(_ digits: String, from start: Int) throws(Diagnostic) -> Int {
    let significant = digits.drop { $0 == "0" }
    if digits.count > 1, digits.first == "0", !significant.isEmpty {
      throw problem(.leadingZeros(text(start, position), Self.shown(significant)), start, position)
    }
    if significant.isEmpty { return 0 }
    // With a minus before it, which the parser sees, it is the lowest integer.
    if significant == "9223372036854775808" { return .min }
    guard let value = Int(significant) else {
      throw problem(.integerTooLarge(Self.shown(significant)), start, position)
    }
    return value
  }

  private static func shown(_ digits: Substring) -> String {
    digits.count <= 40 ? String(digits) : digits.prefix(20) + "…" + digits.suffix(5)
  }

  /// Takes the letters that follow into the message: `3px`, `0x1F`, `2j`.
  private mutating func malformed(from start: Int) -> Diagnostic {
    while let length = nameLength(at: position) { position += length }
    let text = text(start, min(position, start + 40))
    if text.hasPrefix("0"), let radix = Self.radix(of: text) {
      let value = Int(text.dropFirst(2).filter { $0 != "_" }, radix: radix)
      return problem(.radixNumber(text, decimal: value), start, position)
    }
    if text.last == "j" || text.last == "J" {
      return problem(.imaginaryNumber(text), start, position)
    }
    return problem(.malformedNumber(text), start, position)
  }

  private static func radix(of text: String) -> Int? {
    switch text.dropFirst().first {
    case "x", "X": 16
    case "o", "O": 8
    case "b", "B": 2
    default: nil
    }
  }
}
