/// Finds where in a leaf's raw text its code spans and formulas stand. cmark's own positions are wrong behind
/// hard line breaks, links over two lines and spans over two lines, so the text is scanned again,
/// led by what cmark found: a candidate counts only if it reads as the span cmark made.
struct CodeSpanLocator {
  struct Span {
    /// From the first back-tick or dollar to the last.
    let outer: Range<Int>
    /// The code alone, the one space on either side that CommonMark drops apart; of a formula, all.
    let inner: Range<Int>
  }

  private let text: [UInt8]
  private var position = 0
  /// Hostile texts are not worth a precise column.
  private var steps = 20_000_000

  init(_ text: [UInt8]) { self.text = text }

  /// One answer per `.code` and `.formula` in `marks`; nil where one could not be found.
  mutating func locate(_ marks: [TreeParts.InlineMark]) -> [Span?] {
    var spans: [Span?] = []
    for mark in marks {
      switch mark {
      case .code(let literal): spans.append(nextSpan(reading: literal))
      case .formula(let literal): spans.append(nextFormula(reading: literal))
      case .html(let literal): skip(literal)
      case .link(let url): skipLinkTail(url)
      }
    }
    return spans
  }

  private mutating func nextSpan(reading literal: [UInt8]) -> Span? {
    var index = position
    while index < text.count, steps > 0 {
      steps -= 1
      if text[index] == UInt8(ascii: "\\"), index + 1 < text.count, isPunctuation(text[index + 1]) {
        index += 2
      } else if text[index] == UInt8(ascii: "`") {
        let length = runLength(at: index)
        if let close = closingRun(of: length, from: index + length) {
          let inner = normalised(index + length..<close)
          steps -= inner.count
          if reads(inner, as: literal) {
            position = close + length
            return Span(outer: index..<close + length, inner: inner)
          }
        }
        index += length
      } else {
        index += 1
      }
    }
    return nil
  }

  private mutating func nextFormula(reading literal: [UInt8]) -> Span? {
    var index = position
    while index < text.count, steps > 0 {
      steps -= 1
      if text[index] == UInt8(ascii: "\\"), index + 1 < text.count, isPunctuation(text[index + 1]) {
        index += 2
      } else if text[index] == UInt8(ascii: "$"), text[index...].starts(with: literal),
        MathSyntax.end(of: text, from: index) == index + literal.count
      {
        position = index + literal.count
        return Span(outer: index..<position, inner: index..<position)
      } else {
        index += 1
      }
    }
    return nil
  }

  private func runLength(at start: Int) -> Int {
    var end = start
    while end < text.count, text[end] == UInt8(ascii: "`") { end += 1 }
    return end - start
  }

  private mutating func closingRun(of length: Int, from start: Int) -> Int? {
    var index = start
    while index < text.count, steps > 0 {
      steps -= 1
      guard text[index] == UInt8(ascii: "`") else {
        index += 1
        continue
      }
      let found = runLength(at: index)
      if found == length { return index }
      index += found
    }
    return nil
  }

  /// One space goes on either side if both are there and there is more than space between them.
  private func normalised(_ range: Range<Int>) -> Range<Int> {
    guard range.count >= 2, isSpace(text[range.lowerBound]), isSpace(text[range.upperBound - 1]),
      text[range].contains(where: { !isSpace($0) })
    else { return range }
    return range.lowerBound + 1..<range.upperBound - 1
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }

  private func reads(_ range: Range<Int>, as literal: [UInt8]) -> Bool {
    guard range.count == literal.count else { return false }
    for (index, byte) in zip(range, literal) {
      let read = text[index] == 0x0A ? 0x20 : text[index]
      if read != byte { return false }
    }
    return true
  }

  /// Goes behind the next place where `literal`, a raw tag, stands.
  private mutating func skip(_ literal: [UInt8]) {
    var index = position
    while index < text.count, steps > 0 {
      steps -= 1
      if text[index] == literal.first, text[index...].starts(with: literal) {
        position = index + literal.count
        return
      }
      index += 1
    }
  }

  /// Goes behind the `](address "title")`, or the `<address>`, of a link with that address.
  private mutating func skipLinkTail(_ url: [UInt8]) {
    var index = position
    while index < text.count, steps > 0 {
      steps -= 1
      if text[index] == UInt8(ascii: "<"), text[(index + 1)...].starts(with: url),
        index + 1 + url.count < text.count, text[index + 1 + url.count] == UInt8(ascii: ">")
      {
        position = index + url.count + 2
        return
      }
      if text[index] == UInt8(ascii: "]"), index + 1 < text.count,
        text[index + 1] == UInt8(ascii: "("), let end = linkTailEnd(from: index + 2, url)
      {
        position = end
        return
      }
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
  }

  /// Behind the closing parenthesis, if the address from `start` on reads as `url`.
  private mutating func linkTailEnd(from start: Int, _ url: [UInt8]) -> Int? {
    var index = start
    skipWhiteSpace(&index)
    let isBracketed = index < text.count && text[index] == UInt8(ascii: "<")
    if isBracketed { index += 1 }
    for byte in url {
      // An address with an entity in it is not told from another with the same beginning.
      if index < text.count, text[index] == UInt8(ascii: "&"), byte != UInt8(ascii: "&") {
        while index < text.count, !isSpace(text[index]), !")>".utf8.contains(text[index]) {
          index += 1
        }
        break
      }
      if index < text.count, text[index] == UInt8(ascii: "\\"), byte != UInt8(ascii: "\\") {
        index += 1
      }
      guard index < text.count, text[index] == byte else { return nil }
      index += 1
    }
    if isBracketed {
      guard index < text.count, text[index] == UInt8(ascii: ">") else { return nil }
      index += 1
    }
    return titleEnd(from: index)
  }

  /// Behind white space, a title in quotes or parentheses, and `)`.
  private mutating func titleEnd(from start: Int) -> Int? {
    var index = start
    skipWhiteSpace(&index)
    guard index < text.count else { return nil }
    if text[index] == UInt8(ascii: ")") { return index + 1 }
    guard index > start, "\"'(".utf8.contains(text[index]) else { return nil }
    let close = text[index] == UInt8(ascii: "(") ? UInt8(ascii: ")") : text[index]
    index += 1
    while index < text.count, text[index] != close, steps > 0 {
      steps -= 1
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    index += 1
    skipWhiteSpace(&index)
    return index < text.count && text[index] == UInt8(ascii: ")") ? index + 1 : nil
  }

  private func skipWhiteSpace(_ index: inout Int) {
    while index < text.count, isWideBlank(text[index]) || text[index] == 0x0A { index += 1 }
  }

  private func isPunctuation(_ byte: UInt8) -> Bool {
    (0x21...0x2F).contains(byte) || (0x3A...0x40).contains(byte) || (0x5B...0x60).contains(byte)
      || (0x7B...0x7E).contains(byte)
  }
}
