import NNSource

/// Strings with Python's escapes, and f-strings.
extension Lexer {
  /// A string whose quote is at `position`; `start` is where its token begins (at the `f`).
  mutating func string(isFormatted: Bool, from start: Int) throws(Diagnostic) -> Token.Kind {
    let quote = slice.utf8[position]
    let isTriple = peek(1) == quote && peek(2) == quote
    let width = isTriple ? 3 : 1
    let lower = position + width
    guard let upper = stringEnd(from: lower, quote: quote, isTriple: isTriple) else {
      position = isTriple ? end : lineEnd(from: lower)
      let shown = isTriple ? position : lineEnd(from: start)
      throw problem(isTriple ? .unclosedTripleString : .unclosedString, start, shown)
    }
    position = upper + width
    if isFormatted {
      var pieces = FormatLexer(slice, from: lower, to: upper)
      return .formatted(try pieces.pieces())
    }
    return .string(try unescaped(lower, upper))
  }

  /// The offset of the closing quote.
  private func stringEnd(from start: Int, quote: UInt8, isTriple: Bool) -> Int? {
    var index = start
    while index < end {
      switch slice.utf8[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "\n") where !isTriple: return nil
      case quote where !isTriple: return index
      case quote
      where index + 2 < end && slice.utf8[index + 1] == quote
        && slice.utf8[index + 2] == quote:
        return index
      default: index += 1
      }
    }
    return nil
  }

  private func lineEnd(from start: Int) -> Int {
    slice.utf8[start..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
  }

  private func unescaped(_ lower: Int, _ upper: Int) throws(Diagnostic) -> String {
    var text = StringBuilder()
    var index = lower
    while index < upper {
      if slice.utf8[index] == UInt8(ascii: "\\") {
        index = try escape(at: index, before: upper, into: &text)
      } else {
        text.append(slice.utf8[index])
        index += 1
      }
    }
    return text.string
  }

  /// Decodes the escape at `index` and returns the offset after it.
  func escape(
    at index: Int, before limit: Int, into text: inout StringBuilder
  ) throws(Diagnostic) -> Int {
    guard index + 1 < limit else { throw problem(.strayBackslash, index, index + 1) }
    let letter = slice.utf8[index + 1]
    if let plain = Self.plainEscapes[letter] {
      text.append(plain)
      return index + 2
    }
    switch letter {
    case UInt8(ascii: "\n"): return index + 2
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      var last = index + 2
      while last < min(limit, index + 4), (48...55).contains(slice.utf8[last]) { last += 1 }
      return try append(radix: 8, index + 1, last, escapeAt: index, into: &text)
    case UInt8(ascii: "x"):
      return try hexadecimal(2, at: index, before: limit, into: &text)
    case UInt8(ascii: "u"):
      return try hexadecimal(4, at: index, before: limit, into: &text)
    case UInt8(ascii: "U"):
      return try hexadecimal(8, at: index, before: limit, into: &text)
    default:
      let width = scalar(at: index + 1).map { UTF8.width($0) } ?? 1
      let shown = self.text(index + 1, index + 1 + width)
      throw problem(.unknownEscape(shown), index, index + 1 + width)
    }
  }

  private static let plainEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "'"): UInt8(ascii: "'"),
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8,
    UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
    UInt8(ascii: "v"): 11,
  ]

  private func hexadecimal(
    _ count: Int, at index: Int, before limit: Int, into text: inout StringBuilder
  ) throws(Diagnostic) -> Int {
    let last = index + 2 + count
    return try append(
      radix: 16, index + 2, min(last, limit), digits: count, escapeAt: index, into: &text)
  }

  private func append(
    radix: Int, _ lower: Int, _ upper: Int, digits: Int = 1, escapeAt index: Int,
    into text: inout StringBuilder
  ) throws(Diagnostic) -> Int {
    let shown = self.text(index, upper)
    let isComplete =
      upper - lower >= digits && slice.utf8[lower] != UInt8(ascii: "+")
      && slice.utf8[lower] != UInt8(ascii: "-")
    guard isComplete, let value = UInt32(self.text(lower, upper), radix: radix) else {
      throw problem(.incompleteEscape(shown, digits: digits), index, upper)
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw problem(.noSuchCharacter(shown), index, upper)
    }
    text.append(scalar)
    return upper
  }
}

/// Collects the bytes of a string.
struct StringBuilder {
  private var bytes: [UInt8] = []

  mutating func append(_ byte: UInt8) { bytes.append(byte) }
  mutating func append(_ scalar: Unicode.Scalar) {
    bytes.append(contentsOf: String(Character(scalar)).utf8)
  }

  var isEmpty: Bool { bytes.isEmpty }
  var string: String { String(decoding: bytes, as: UTF8.self) }
}
