import NNSource

/// The inside of an f-string: text and `{expression!r:spec}` fields, whose specs may hold fields
/// of their own. As in Python before 3.12, the string's own quote can't stand inside a field.
struct FormatLexer {
  private let slice: SourceSlice
  private let lexer: Lexer
  private var position: Int
  private let end: Int

  init(_ slice: SourceSlice, from lower: Int, to upper: Int) {
    self.slice = slice
    lexer = Lexer(slice, from: lower, to: upper)
    position = lower
    end = upper
  }

  mutating func pieces() throws(Diagnostic) -> [FormatToken] { try pieces(nesting: 0) }

  /// Pieces up to the end of the string or, in a spec, to the `}` of its field.
  private mutating func pieces(nesting: Int) throws(Diagnostic) -> [FormatToken] {
    var pieces: [FormatToken] = []
    var text = StringBuilder()
    func flush() {
      if !text.isEmpty { pieces.append(.text(text.string)) }
      text = StringBuilder()
    }
    while position < end {
      let byte = slice.utf8[position]
      let isDouble = position + 1 < end && slice.utf8[position + 1] == byte
      switch byte {
      case UInt8(ascii: "}") where nesting > 0:
        flush()
        return pieces
      case UInt8(ascii: "{") where isDouble, UInt8(ascii: "}") where isDouble:
        text.append(byte)
        position += 2
      case UInt8(ascii: "}"):
        throw lexer.problem(.loneBrace, position, position + 1)
      case UInt8(ascii: "{"):
        try field(nesting: nesting, text: &text, pieces: &pieces)
      case UInt8(ascii: "\\"):
        position = try lexer.escape(at: position, before: end, into: &text)
      default:
        text.append(byte)
        position += 1
      }
    }
    flush()
    return pieces
  }

  private mutating func field(
    nesting: Int, text: inout StringBuilder, pieces: inout [FormatToken]
  ) throws(Diagnostic) {
    let open = position
    guard nesting < 2 else { throw lexer.problem(.fieldsTooDeep, open, open + 1) }
    var inner = Lexer(slice, from: open + 1, to: end)
    let stop = inner.field()
    position = inner.position
    guard let stop else { throw lexer.problem(.fieldUnclosed, open, end) }
    if inner.tokens.count < 2 { throw lexer.problem(.fieldEmpty, open, position + 1) }
    let isEchoed = stop == UInt8(ascii: "=")
    if isEchoed {
      position += 1
      while position < end, slice.utf8[position] == UInt8(ascii: " ") { position += 1 }
      for byte in slice.utf8[(open + 1)..<position] { text.append(byte) }
    }
    if !text.isEmpty { pieces.append(.text(text.string)) }
    text = StringBuilder()
    var conversion = try conversion()
    var spec: [FormatToken] = []
    if position < end, slice.utf8[position] == UInt8(ascii: ":") {
      position += 1
      spec = try self.pieces(nesting: nesting + 1)
    } else if isEchoed, conversion == nil {
      conversion = "r"
    }
    guard position < end, slice.utf8[position] == UInt8(ascii: "}") else {
      throw lexer.problem(.fieldUnclosed, open, end)
    }
    position += 1
    pieces.append(
      .field(FormatField(tokens: inner.tokens, conversion: conversion, spec: spec)))
  }

  private mutating func conversion() throws(Diagnostic) -> Character? {
    guard position < end, slice.utf8[position] == UInt8(ascii: "!") else { return nil }
    let start = position
    position += 1
    while let length = lexer.nameLength(at: position) { position += length }
    let letter = lexer.text(start + 1, position)
    guard letter == "r" || letter == "s" || letter == "a" else {
      throw lexer.problem(.conversion(letter), start, position)
    }
    return letter.first
  }
}

extension Lexer {
  /// The tokens of a field's expression. Stops at its `}`, `:`, `!` or the `=` of `{x=}` and
  /// returns that byte; nil if none comes.
  mutating func field() -> UInt8? {
    while let byte = peek() {
      if isSpace(byte) || byte == UInt8(ascii: "\n") {
        position += 1
      } else if !isInBrackets, stopsField(byte) {
        emit(.end, from: position)
        return byte
      } else {
        token()
      }
    }
    return nil
  }

  private func stopsField(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "}"), UInt8(ascii: ":"): return true
    case UInt8(ascii: "!"): return peek(1) != UInt8(ascii: "=")
    case UInt8(ascii: "="):
      var distance = 1
      while peek(distance) == UInt8(ascii: " ") { distance += 1 }
      let next = peek(distance)
      return next == UInt8(ascii: "}") || next == UInt8(ascii: ":") || next == UInt8(ascii: "!")
    default: return false
    }
  }
}
