import Glibc
import NNSource

/// The fields of a CSV file, one after the other. The 0 behind the file's last byte ends every
/// loop.
struct CSVScanner {
  /// A field's bytes, quotes and the spaces around an unquoted one left out.
  struct Field {
    let lower: Int
    let upper: Int
    let isQuoted: Bool
    /// Quotes inside that are written twice.
    let hasQuotes: Bool

    var isEmpty: Bool { lower == upper }
  }

  private let file: FileBytes
  private let bytes: UnsafePointer<UInt8>
  private let end: Int
  private let separator: UInt8
  /// The byte that is read next.
  var place: Int

  init(_ file: FileBytes) {
    self.file = file
    bytes = UnsafePointer(file.start)
    end = file.count
    let start = file.begins(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    place = start
    separator = Self.separator(bytes, start, file.count)
  }

  private static let tab = UInt8(ascii: "\t")
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let space = UInt8(ascii: " ")

  /// Whichever the first line has most of, outside quotes.
  private static func separator(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int
  ) -> UInt8 {
    var place = start
    while place < end, bytes[place] == lineFeed || bytes[place] == carriageReturn { place += 1 }
    var counts = (comma: 0, semicolon: 0, tab: 0)
    var isQuoted = false
    while place < end {
      let byte = bytes[place]
      if byte == quote {
        isQuoted.toggle()
      } else if !isQuoted {
        if byte == lineFeed || byte == carriageReturn { break }
        if byte == UInt8(ascii: ",") { counts.comma += 1 }
        if byte == UInt8(ascii: ";") { counts.semicolon += 1 }
        if byte == tab { counts.tab += 1 }
      }
      place += 1
    }
    if counts.semicolon > counts.comma, counts.semicolon >= counts.tab {
      return UInt8(ascii: ";")
    }
    return counts.tab > counts.comma ? tab : UInt8(ascii: ",")
  }

  var isAtEnd: Bool { place >= end }

  /// Lines from here to the end, the last one with or without its line end.
  var lineCount: Int {
    let feeds = count(of: Self.lineFeed) { _ in true }
    let returns = count(of: Self.carriageReturn) { bytes[$0 + 1] != Self.lineFeed }
    return feeds + returns + 1
  }

  private func count(of byte: UInt8, where counts: (Int) -> Bool) -> Int {
    var next = place
    var count = 0
    // The last byte ends a line that is counted anyway.
    while next < end - 1, let found = memchr(bytes + next, Int32(byte), end - 1 - next) {
      let index = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - bytes
      if counts(index) { count += 1 }
      next = index + 1
    }
    return count
  }

  mutating func skipBlankLines() {
    while place < end {
      let byte = bytes[place]
      guard byte == Self.lineFeed || byte == Self.carriageReturn else { return }
      place += 1
    }
  }

  // MARK: What ends a field

  /// Takes a separator.
  @inline(__always)
  mutating func separates() -> Bool {
    guard place < end, bytes[place] == separator else { return false }
    place += 1
    return true
  }

  /// Takes a line end, or stands at the end of the file.
  @inline(__always)
  mutating func endsRecord() -> Bool {
    if place >= end { return true }
    if bytes[place] == Self.lineFeed {
      place += 1
      return true
    }
    guard bytes[place] == Self.carriageReturn else { return false }
    place += 1
    if place < end, bytes[place] == Self.lineFeed { place += 1 }
    return true
  }

  @inline(__always)
  private func isFieldEnd(_ index: Int) -> Bool {
    let byte = bytes[index]
    return byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn
      || index >= end
  }

  // MARK: Fields

  /// A number that fills its field, or nil with nothing taken.
  @inline(__always)
  mutating func quickNumber() -> Double? {
    var next = bytes + place
    while next.pointee == Self.space { next += 1 }
    guard let value = DecimalReader.quick(&next) else { return nil }
    while next.pointee == Self.space { next += 1 }
    let index = next - bytes
    guard isFieldEnd(index) else { return nil }
    place = index
    return value
  }

  /// The next field, up to its separator or line end.
  mutating func field() throws -> Field {
    var lower = place
    while lower < end, bytes[lower] == Self.space { lower += 1 }
    if lower < end, bytes[lower] == Self.quote { return try quotedField(lower) }
    var index = lower
    while !isFieldEnd(index) { index += 1 }
    place = index
    var upper = index
    while upper > lower, bytes[upper - 1] == Self.space { upper -= 1 }
    return Field(lower: lower, upper: upper, isQuoted: false, hasQuotes: false)
  }

  private mutating func quotedField(_ opening: Int) throws -> Field {
    var index = opening + 1
    var hasQuotes = false
    while true {
      guard index < end,
        let found = memchr(bytes + index, Int32(Self.quote), end - index)
      else {
        let (line, column) = position(of: opening)
        throw Problem.data(.unclosedQuote(file: file.name, line: line, column: column))
      }
      index = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - bytes
      guard index + 1 < end, bytes[index + 1] == Self.quote else { break }
      hasQuotes = true
      index += 2
    }
    place = index + 1
    while place < end, bytes[place] == Self.space { place += 1 }
    guard isFieldEnd(place) else {
      let (line, column) = position(of: place)
      throw Problem.data(.afterQuote(file: file.name, line: line, column: column))
    }
    return Field(lower: opening + 1, upper: index, isQuoted: true, hasQuotes: hasQuotes)
  }

  /// The fields up to the next line end; none at the end of the file.
  mutating func record() throws -> [Field] {
    guard !isAtEnd else { return [] }
    var fields: [Field] = []
    while true {
      fields.append(try field())
      if separates() { continue }
      _ = endsRecord()
      return fields
    }
  }

  func text(_ field: Field) -> String {
    let text = file.text(field.lower..<field.upper)
    guard field.hasQuotes else { return text }
    var result: [UInt8] = []
    var isSecond = false
    for byte in text.utf8 {
      isSecond = byte == Self.quote && !isSecond
      if byte != Self.quote || isSecond { result.append(byte) }
    }
    return String(decoding: result, as: UTF8.self)
  }

  func number(_ field: Field) -> Double? {
    DecimalReader.number(
      UnsafeBufferPointer(start: bytes + field.lower, count: field.upper - field.lower))
  }

  /// Line and column, both from 1, the column in characters.
  func position(of offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var start = 0
    var index = 0
    while index < offset {
      let byte = bytes[index]
      index += 1
      if byte == Self.lineFeed || byte == Self.carriageReturn && bytes[index] != Self.lineFeed {
        line += 1
        start = index
      }
    }
    let before = file.text(start..<max(start, offset))
    return (line, before.unicodeScalars.count + 1 - (before.hasPrefix("\u{FEFF}") ? 1 : 0))
  }
}
