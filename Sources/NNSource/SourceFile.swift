/// NNSource: bytes of a file → `SourceFile` → `SourceRange`s into it → `Diagnostic`s → their text.
///
/// Every other module reports its findings as a `Problem` (a fact with its values) at a
/// `SourceRange`; the words and the drawing are made here and nowhere else.

/// A text file as it was read, in the form every later stage works on: valid UTF-8, line ends `\n`,
/// no byte order mark, no NUL. Lines and columns are those of the file on disk.
package struct SourceFile: Sendable, Hashable {
  /// The name shown in messages, as the user gave it.
  package let name: String
  /// The cleaned text.
  package let utf8: [UInt8]
  /// The byte offset in `utf8` at which each line starts; never empty.
  package let lineStarts: [Int]
  /// What had to be replaced while cleaning, at its place in `utf8`.
  package let defects: [Diagnostic]

  package init(name: String, bytes: some Sequence<UInt8>) {
    var cleaner = SourceCleaner()
    cleaner.clean(Array(bytes))
    self.name = name
    self.utf8 = cleaner.output
    self.lineStarts = cleaner.lineStarts
    self.defects = cleaner.defects
  }

  package init(name: String, text: String) {
    self.init(name: name, bytes: text.utf8)
  }

  package var lineCount: Int { lineStarts.count }

  /// The bytes of line `number` (from 1), without its line end.
  package func lineRange(_ number: Int) -> SourceRange {
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] : utf8.count
    if end > start, utf8[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    return SourceRange(start, end)
  }

  package func text(_ range: SourceRange) -> String {
    let lower = min(max(range.lower, 0), utf8.count)
    let upper = min(max(range.upper, lower), utf8.count)
    return String(decoding: utf8[lower..<upper], as: UTF8.self)
  }

  /// Line and column, both from 1, a column being one Unicode scalar.
  package func position(of offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), utf8.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    var column = 1
    for byte in utf8[lineStarts[low]..<offset] where byte & 0xC0 != 0x80 { column += 1 }
    return SourcePosition(line: low + 1, column: column)
  }
}

package struct SourcePosition: Sendable, Hashable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Byte offsets into a `SourceFile`'s text, lower included, upper not.
package struct SourceRange: Sendable, Hashable {
  package var lower: Int
  package var upper: Int

  package init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = max(lower, upper)
  }

  /// From the start of `self` to the end of `other`.
  package func through(_ other: SourceRange) -> SourceRange { SourceRange(lower, other.upper) }
}

/// Brings a file's bytes to the form `SourceFile` promises.
struct SourceCleaner {
  var output: [UInt8] = []
  var lineStarts: [Int] = [0]
  var defects: [Diagnostic] = []

  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  mutating func clean(_ bytes: [UInt8]) {
    output.reserveCapacity(bytes.count)
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") {
        let isPair =
          byte == UInt8(ascii: "\r") && index + 1 < bytes.count
          && bytes[index + 1] == UInt8(ascii: "\n")
        index += isPair ? 2 : 1
        output.append(UInt8(ascii: "\n"))
        lineStarts.append(output.count)
      } else if byte == 0 {
        replace(.nulByte)
        index += 1
      } else if byte < 0x80 {
        output.append(byte)
        index += 1
      } else if let length = Self.scalarLength(bytes, at: index) {
        output.append(contentsOf: bytes[index..<index + length])
        index += length
      } else {
        replace(.invalidUTF8(byte: byte))
        index += 1
      }
    }
  }

  private mutating func replace(_ problem: FileProblem) {
    let start = output.count
    output.append(contentsOf: Self.replacement)
    // A binary file would give a finding per byte; the first few say enough.
    if defects.count < 20 {
      defects.append(
        Diagnostic(.warning, .file(problem), at: SourceRange(start, start + 3)))
    }
  }

  /// The length of the well-formed UTF-8 sequence at `index`, or nil (Unicode, table 3-7).
  private static func scalarLength(_ bytes: [UInt8], at index: Int) -> Int? {
    let first = bytes[index]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
    for next in bytes[(index + 2)..<max(index + 2, index + length)]
    where !(0x80...0xBF).contains(next) { return nil }
    return length
  }
}
