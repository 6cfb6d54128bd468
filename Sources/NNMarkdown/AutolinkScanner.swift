/// Bare addresses in a stretch of plain text: GFM's extended autolinks (section 6.9), by our own
/// scan, because cmark's extension reads outside its buffer.
enum AutolinkScanner {
  struct Link: Equatable {
    let range: Range<Int>
    let url: String
  }

  /// `isAtStart`: whether an address may begin at the first byte of `text`.
  static func links(in text: [UInt8], isAtStart: Bool) -> [Link] {
    var links: [Link] = []
    var index = 0
    var done = 0
    while index < text.count {
      let isOpen = index == 0 ? isAtStart : opens(text[index - 1])
      if let link = address(text, at: index, isOpen: isOpen) {
        links.append(link)
        done = link.range.upperBound
        index = done
      } else if text[index] == UInt8(ascii: "@"), let link = email(text, at: index, from: done) {
        links.append(link)
        done = link.range.upperBound
        index = done
      } else {
        index += 1
      }
    }
    return links
  }

  private static func opens(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "~") || byte == UInt8(ascii: "(")
  }

  /// `www.`, `http://` or `https://`, a valid domain, and what follows it without a space or `<`.
  private static func address(_ text: [UInt8], at start: Int, isOpen: Bool) -> Link? {
    guard isOpen else { return nil }
    let prefix: String
    let scheme: Int
    if matches(text, "www.", at: start) {
      (prefix, scheme) = ("http://", 0)
    } else if matches(text, "http://", at: start) {
      (prefix, scheme) = ("", 7)
    } else if matches(text, "https://", at: start) {
      (prefix, scheme) = ("", 8)
    } else {
      return nil
    }
    guard var end = domainEnd(text, from: start + scheme) else { return nil }
    while end < text.count, !isSpace(text[end]), text[end] != UInt8(ascii: "<") { end += 1 }
    end = trimmedEnd(text, from: start, to: end)
    guard end > start + max(scheme, 4) else { return nil }
    let label = String(decoding: text[start..<end], as: UTF8.self)
    return Link(range: start..<end, url: prefix + label)
  }

  /// The end of a valid domain: segments of letters, digits, `-` and `_` between full stops, at
  /// least one full stop, and no `_` in the last two segments.
  private static func domainEnd(_ text: [UInt8], from start: Int) -> Int? {
    var end = start
    var stops = 0
    var underscores = (before: 0, last: 0)
    while end < text.count {
      let byte = text[end]
      if byte == UInt8(ascii: ".") {
        // A full stop that ends the sentence is no part of the domain.
        guard end + 1 < text.count, isDomain(text[end + 1]) else { break }
        underscores = (underscores.last, 0)
        stops += 1
      } else if byte == UInt8(ascii: "_") {
        underscores.last += 1
      } else if !isDomain(byte) {
        break
      }
      end += 1
    }
    guard end > start, stops > 0, underscores.before == 0, underscores.last == 0 else { return nil }
    return isDomain(text[start]) ? end : nil
  }

  /// Takes off what belongs to the sentence: closing punctuation, a `)` that nothing in the address
  /// opened, and what looks like an entity.
  private static func trimmedEnd(_ text: [UInt8], from start: Int, to upper: Int) -> Int {
    var end = upper
    var balance = 0
    for byte in text[start..<end] {
      if byte == UInt8(ascii: "(") { balance += 1 }
      if byte == UInt8(ascii: ")") { balance -= 1 }
    }
    while end > start {
      let byte = text[end - 1]
      if "?!.,:*_~'\"".utf8.contains(byte) {
        end -= 1
      } else if byte == UInt8(ascii: ")") {
        guard balance < 0 else { break }
        balance += 1
        end -= 1
      } else if byte == UInt8(ascii: ";") {
        var name = end - 1
        while name > start, isAlphanumeric(text[name - 1]) { name -= 1 }
        let isEntity = name < end - 1 && name > start && text[name - 1] == UInt8(ascii: "&")
        end = isEntity ? name - 1 : end - 1
      } else {
        break
      }
    }
    return end
  }

  /// `name@host.domain` around the `@` at `at`; nothing before `from` belongs to it.
  private static func email(_ text: [UInt8], at: Int, from: Int) -> Link? {
    var start = at
    while start > from, isAlphanumeric(text[start - 1]) || ".-_+".utf8.contains(text[start - 1]) {
      start -= 1
    }
    var end = at + 1
    var stops = 0
    while end < text.count {
      let byte = text[end]
      if byte == UInt8(ascii: ".") {
        guard end + 1 < text.count, isAlphanumeric(text[end + 1]) else { break }
        stops += 1
      } else if !isAlphanumeric(byte), byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") {
        break
      }
      end += 1
    }
    guard start < at, stops > 0, isAlphanumeric(text[at + 1]), isAlphanumeric(text[end - 1]),
      end == text.count || text[end] != UInt8(ascii: "@")
    else { return nil }
    let label = String(decoding: text[start..<end], as: UTF8.self)
    return Link(range: start..<end, url: "mailto:" + label)
  }

  private static func matches(_ text: [UInt8], _ word: StaticString, at start: Int) -> Bool {
    guard start + word.utf8CodeUnitCount <= text.count else { return false }
    for index in 0..<word.utf8CodeUnitCount {
      let byte = text[start + index]
      let lower = (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
      if lower != word.utf8Start[index] { return false }
    }
    return true
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// Letters beyond ASCII are part of international domain names.
  private static func isDomain(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}
