import NNOutput

/// Colours Python, which tutorials quote beside their nn cells: comments, strings, numbers,
/// keywords, and the names that `def` and `class` define. It never fails; what it does not know
/// stays plain.
struct PythonHighlighter {
  private let code: [UInt8]
  private var position = 0
  private var spans: [HighlightSpan] = []
  private var previousWord = ""

  private static let keywords: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
  ]

  private init(_ code: [UInt8]) { self.code = code }

  static func spans(_ code: [UInt8]) -> [HighlightSpan] {
    var highlighter = PythonHighlighter(code)
    while highlighter.position < code.count { highlighter.step() }
    return highlighter.spans
  }

  private mutating func step() {
    let start = position
    let byte = code[position]
    switch byte {
    case UInt8(ascii: "#"):
      position = lineEnd(from: position)
      add(start, .comment)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      readString()
      add(start, .string)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      readNumber()
      add(start, .number)
    case _ where Self.isWord(byte): readWord()
    default: position += 1
    }
  }

  private mutating func add(_ start: Int, _ kind: HighlightSpan.Kind) {
    spans.append(HighlightSpan(start, position, kind))
    previousWord = ""
  }

  private mutating func readWord() {
    let start = position
    while position < code.count, Self.isWord(code[position]) { position += 1 }
    let word = String(decoding: code[start..<position], as: UTF8.self)
    let isPrefix = word.utf8.count <= 2 && word.utf8.allSatisfy { "rRbBuUfF".utf8.contains($0) }
    if isPrefix, position < code.count, isQuote(code[position]) {
      readString()
      return add(start, .string)
    }
    if Self.keywords.contains(word) {
      add(start, .keyword)
    } else if previousWord == "def" || previousWord == "class" {
      add(start, .definition)
    }
    previousWord = word
  }

  private func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// From the opening quote; a string that is not closed ends with its line, a triple one with the
  /// code.
  private mutating func readString() {
    let quote = code[position]
    let isTriple = code[position...].starts(with: [quote, quote, quote])
    position += isTriple ? 3 : 1
    while position < code.count {
      if code[position] == UInt8(ascii: "\\") {
        position += 2
      } else if isTriple, code[position...].starts(with: [quote, quote, quote]) {
        position += 3
        break
      } else if !isTriple, code[position] == quote || code[position] == UInt8(ascii: "\n") {
        if code[position] == quote { position += 1 }
        break
      } else {
        position += 1
      }
    }
    position = min(position, code.count)
  }

  private mutating func readNumber() {
    while position < code.count {
      let byte = code[position]
      let isSign = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      let isExponent = code[position - (position > 0 ? 1 : 0)] | 0x20 == UInt8(ascii: "e")
      guard Self.isWord(byte) || byte == UInt8(ascii: ".") || (isSign && isExponent) else { break }
      position += 1
    }
  }

  private func lineEnd(from start: Int) -> Int {
    code[start...].firstIndex(of: UInt8(ascii: "\n")) ?? code.count
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
      true
    default: false
    }
  }
}
