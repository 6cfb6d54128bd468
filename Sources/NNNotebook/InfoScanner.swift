import NNSource

/// An option as it was written, in an info string or an option line.
struct WrittenOption {
  let name: String
  let nameRange: SourceRange
  let value: String
  let valueRange: SourceRange

  var range: SourceRange { nameRange.through(valueRange) }
}

/// Splits what stands behind `nn` in an info string into words and options.
struct InfoScanner {
  enum Item {
    case word(String, SourceRange)
    case option(WrittenOption)
  }

  private let file: SourceFile
  private let end: Int
  private var position: Int
  private(set) var items: [Item] = []
  private(set) var findings: [Diagnostic] = []

  /// Scans `range` of the file.
  init(_ file: SourceFile, _ range: SourceRange) {
    self.file = file
    position = range.lower
    end = range.upper
    scan()
  }

  private mutating func scan() {
    while true {
      skipSpace()
      guard position < end else { return }
      if byte(position) == UInt8(ascii: "{") {
        return report(.bracedOptions(text: file.text(SourceRange(position, end))), position, end)
      }
      if byte(position) == UInt8(ascii: "=") { spacedEquals() } else { wordOrOption() }
    }
  }

  private mutating func wordOrOption() {
    let start = position
    while position < end, !isSpace(byte(position)), byte(position) != UInt8(ascii: "=") {
      position += 1
    }
    let range = SourceRange(start, position)
    let name = file.text(range)
    guard position < end, byte(position) == UInt8(ascii: "=") else {
      items.append(.word(name, range))
      return
    }
    position += 1
    if position == end {
      report(.missingValue(name: name), range.lower, position)
    } else if isSpace(byte(position)) {
      report(.spacedOption(name: name), range.lower, position)
      skipWord()
    } else if let value = ValueScanner.value(file, from: position, to: end, stopsAtSpace: true) {
      position = value.range.upper
      if let problem = value.problem(name) {
        findings.append(.error(.notebook(problem), at: range.through(value.range)))
      } else {
        items.append(
          .option(
            WrittenOption(
              name: name, nameRange: range, value: value.text, valueRange: value.range)))
      }
    }
  }

  /// `echo = fold`: the word in front was the option's name.
  private mutating func spacedEquals() {
    var name = ""
    var start = position
    if case .word(let word, let range)? = items.last {
      items.removeLast()
      (name, start) = (word, range.lower)
    }
    position += 1
    report(.spacedOption(name: name.isEmpty ? "key" : name), start, position)
    skipWord()
  }

  private mutating func skipSpace() {
    while position < end, isSpace(byte(position)) { position += 1 }
  }

  private mutating func skipWord() {
    skipSpace()
    guard let value = ValueScanner.value(file, from: position, to: end, stopsAtSpace: true) else {
      return
    }
    position = value.range.upper
  }

  private mutating func report(_ problem: NotebookProblem, _ lower: Int, _ upper: Int) {
    findings.append(.error(.notebook(problem), at: SourceRange(lower, upper)))
    if case .bracedOptions = problem { position = end }
  }

  private func byte(_ offset: Int) -> UInt8 { file.utf8[offset] }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

/// A value: bare, or in quotes with `\"`, `\'` and `\\` inside.
enum ValueScanner {
  struct Value {
    let text: String
    let range: SourceRange
    var isUnclosed = false
    /// What follows a closing quote without a space.
    var trailing: String?

    func problem(_ name: String) -> NotebookProblem? {
      if isUnclosed { return .unclosedQuote(name: name) }
      if let trailing { return .textAfterQuote(name: name, text: trailing) }
      return nil
    }
  }

  /// The value from `start` on, nil if there is none. A bare one ends at white space or, in an
  /// option line, at the line's end.
  static func value(
    _ file: SourceFile, from start: Int, to end: Int, stopsAtSpace: Bool
  ) -> Value? {
    guard start < end else { return nil }
    let quote = file.utf8[start]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      var upper = start
      while upper < end, !stopsAtSpace || !isSpace(file.utf8[upper]) { upper += 1 }
      while upper > start, isSpace(file.utf8[upper - 1]) { upper -= 1 }
      let range = SourceRange(start, upper)
      return Value(text: file.text(range), range: range)
    }
    var text: [UInt8] = []
    var index = start + 1
    while index < end, file.utf8[index] != quote {
      if file.utf8[index] == UInt8(ascii: "\\"), index + 1 < end,
        "\"'\\".utf8.contains(file.utf8[index + 1])
      {
        index += 1
      }
      text.append(file.utf8[index])
      index += 1
    }
    let string = String(decoding: text, as: UTF8.self)
    guard index < end else {
      return Value(text: string, range: SourceRange(start, end), isUnclosed: true)
    }
    index += 1
    var rest = index
    while rest < end, !isSpace(file.utf8[rest]) { rest += 1 }
    if !stopsAtSpace, rest == index {
      // An option line ends with its value.
      while rest < end, isSpace(file.utf8[rest]) { rest += 1 }
      if rest < end { rest = end } else { rest = index }
    }
    let trailing = rest > index ? file.text(SourceRange(index, rest)) : nil
    return Value(text: string, range: SourceRange(start, rest), trailing: trailing)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
