import NNMarkdown
import NNSource

/// Reads the cells of a document, and says all that is wrong with them.
struct CellReader {
  let markdown: MarkdownDocument
  private(set) var cells: [Cell] = []
  private(set) var findings: [Diagnostic] = []
  /// Label → the line of the cell it belongs to.
  private var labelLines: [String: Int] = [:]

  init(markdown: MarkdownDocument) { self.markdown = markdown }

  private var file: SourceFile { markdown.source }

  mutating func read() {
    for block in markdown.codeBlocks {
      if !block.isClosed, !block.isInFootnote { reportUnclosed(block) }
      if let rest = rest(of: block) { readCell(block, infoRest: rest) }
    }
  }

  private mutating func report(_ problem: NotebookProblem, at range: SourceRange) {
    findings.append(.error(.notebook(problem), at: range))
  }

  private mutating func reportUnclosed(_ block: MarkdownDocument.CodeBlock) {
    let fence = file.utf8[block.fenceRange.lower..<block.fenceRange.upper]
    let mark = fence.first.map { first in fence.prefix { $0 == first } } ?? fence
    report(
      .unclosedFence(fence: String(decoding: mark, as: UTF8.self)), at: block.fenceRange)
  }

  /// What stands behind `nn` in the info string, or nil if the block is no cell.
  private mutating func rest(of block: MarkdownDocument.CodeBlock) -> SourceRange? {
    let range = block.infoRange
    let info = file.utf8[range.lower..<range.upper]
    let word = info.prefix { $0 != 0x20 && $0 != 0x09 }
    if word.elementsEqual("nn".utf8) { return SourceRange(word.endIndex, range.upper) }
    let name = word.drop { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: ".") }
      .prefix { ($0 | 0x20) == UInt8(ascii: "n") }
    let next = name.endIndex < word.endIndex ? info[name.endIndex] : UInt8(ascii: "}")
    if name.count == 2, "{},".utf8.contains(next) {
      report(
        .cellSpelling(found: String(decoding: word, as: UTF8.self)),
        at: SourceRange(word.startIndex, word.endIndex))
    }
    return nil
  }

  private mutating func readCell(_ block: MarkdownDocument.CodeBlock, infoRest: SourceRange) {
    if block.isInFootnote { return report(.cellInFootnote, at: block.fenceRange) }
    let number = cells.count + 1
    let info = InfoScanner(file, infoRest)
    findings += info.findings
    var label: (text: String, range: SourceRange)?
    var options = OptionReader(file: file)
    for (index, item) in info.items.enumerated() {
      switch item {
      case .word(let text, let range) where index == 0: label = (text, range)
      case .word(let text, let range): report(.strayWord(word: text), at: range)
      case .option(let option): options.add(option)
      }
    }
    let displayStart = options.readLines(of: block.literal)
    findings += options.findings
    if let given = label, !accept(given.text, at: given.range) { label = nil }
    cells.append(
      Cell(
        number: number, label: label?.text ?? "cell-\(number)", labelRange: label?.range,
        blockIndex: block.index, range: block.range, fenceRange: block.fenceRange,
        program: block.literal, displayStart: displayStart, options: options.options))
  }

  private mutating func accept(_ label: String, at range: SourceRange) -> Bool {
    if !Literals.isLabel(label) {
      report(.invalidLabel(label: label), at: range)
    } else if Literals.isAutomaticLabel(label) {
      report(.reservedLabel(label: label), at: range)
    } else if let line = labelLines[label] {
      report(.duplicateLabel(label: label, firstLine: line), at: range)
    } else {
      labelLines[label] = file.position(of: range.lower).line
      return true
    }
    return false
  }
}

/// Collects one cell's options from both places they may stand.
struct OptionReader {
  let file: SourceFile
  private(set) var options = CellOptions()
  private(set) var findings: [Diagnostic] = []

  init(file: SourceFile) { self.file = file }

  private mutating func report(_ problem: NotebookProblem, at range: SourceRange) {
    findings.append(.error(.notebook(problem), at: range))
  }

  /// Reads the `#| key: value` lines at the top of `program`.
  /// - Returns: where the rest of it begins, blank lines skipped.
  mutating func readLines(of program: SourceSlice) -> Int {
    var isAtTop = true
    var displayStart = 0
    var start = 0
    while start < program.utf8.count {
      let rest = program.utf8[start...]
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      let line = program.utf8[start..<end]
      let text = line.drop { $0 == 0x20 || $0 == 0x09 }
      if text.starts(with: "#|".utf8) {
        let range = program.fileRange(text.startIndex, end)
        if isAtTop {
          readLine(range)
          displayStart = min(end + 1, program.utf8.count)
        } else {
          findings.append(Diagnostic(.warning, .notebook(.lateOptionLine), at: range))
        }
      } else if !text.isEmpty {
        isAtTop = false
      } else if isAtTop, displayStart > 0 {
        displayStart = min(end + 1, program.utf8.count)
      }
      start = end + 1
    }
    return displayStart
  }

  /// `#| key: value`, at `range` of the file.
  private mutating func readLine(_ range: SourceRange) {
    let line = file.utf8[range.lower..<range.upper]
    let invalid = NotebookProblem.invalidOptionLine(text: file.text(range))
    let key = line.dropFirst(2).drop { $0 == 0x20 || $0 == 0x09 }
    guard let colon = key.firstIndex(of: UInt8(ascii: ":")) else {
      return report(invalid, at: range)
    }
    var keyEnd = colon
    while keyEnd > key.startIndex, line[keyEnd - 1] == 0x20 { keyEnd -= 1 }
    let nameRange = SourceRange(key.startIndex, keyEnd)
    let name = file.text(nameRange)
    guard !name.isEmpty, !name.utf8.contains(0x20) else { return report(invalid, at: range) }
    var start = colon + 1
    while start < range.upper, line[start] == 0x20 || line[start] == 0x09 { start += 1 }
    guard
      let value = ValueScanner.value(file, from: start, to: range.upper, stopsAtSpace: false),
      value.range.upper > value.range.lower
    else { return report(.missingValue(name: name), at: range) }
    if let problem = value.problem(name) { return report(problem, at: value.range) }
    add(
      WrittenOption(
        name: name, nameRange: nameRange, value: value.text, valueRange: value.range))
  }

  mutating func add(_ written: WrittenOption) {
    guard let option = CellOption(rawValue: written.name) else {
      return report(Self.unknown(written.name), at: written.nameRange)
    }
    if let first = options.ranges[option] {
      return report(
        .duplicateOption(name: written.name, firstLine: file.position(of: first.lower).line),
        at: written.range)
    }
    options.ranges[option] = written.range
    if let problem = set(option, to: written.value) { report(problem, at: written.valueRange) }
  }

  private mutating func set(_ option: CellOption, to value: String) -> NotebookProblem? {
    switch option {
    case .echo:
      guard let echo = Self.echo[value] else {
        return invalid(option, value, ["true", "false", "fold"], Self.meantEcho[value])
      }
      options.echo = echo
    case .output:
      guard let output = CellOptions.Visibility(rawValue: value) else {
        return invalid(option, value, ["show", "hide", "fold"], Self.meantOutput[value])
      }
      options.output = output
    case .eval: return setBool(option, value, \.isEvaluated)
    case .error: return setBool(option, value, \.expectsError)
    case .cache: return setBool(option, value, \.isCached)
    case .timeout:
      guard let seconds = Literals.seconds(value) else {
        return .invalidDuration(name: option.rawValue, value: value)
      }
      options.timeout = seconds
    case .caption: options.caption = value
    case .tolerance:
      guard let tolerance = Tolerance(value) else {
        return .invalidTolerance(value: value)
      }
      options.tolerance = tolerance
    }
    return nil
  }

  private mutating func setBool(
    _ option: CellOption, _ value: String, _ path: WritableKeyPath<CellOptions, Bool>
  ) -> NotebookProblem? {
    guard let bool = Literals.bool(value) else {
      return invalid(option, value, ["true", "false"], Self.meantBool[value.lowercased()])
    }
    options[keyPath: path] = bool
    return nil
  }

  private func invalid(
    _ option: CellOption, _ value: String, _ allowed: [String], _ meant: String?
  ) -> NotebookProblem {
    .invalidOption(name: option.rawValue, value: value, allowed: allowed, meant: meant)
  }

  private static let echo: [String: CellOptions.Visibility] = [
    "true": .show, "false": .hide, "fold": .fold,
  ]
  private static let meantEcho = [
    "show": "true", "hide": "false", "True": "true", "False": "false", "yes": "true",
    "no": "false",
  ]
  private static let meantOutput = [
    "true": "show", "false": "hide", "True": "show", "False": "hide", "asis": "show",
  ]
  private static let meantBool = [
    "true": "true", "false": "false", "yes": "true", "no": "false", "1": "true", "0": "false",
    "on": "true", "off": "false",
  ]

  private static func unknown(_ name: String) -> NotebookProblem {
    if let here = foreign[name.lowercased()] { return .foreignOption(name: name, here: here) }
    let known = CellOption.allCases.map(\.rawValue)
    return .unknownOption(
      name: name, suggestion: Spelling.nearest(to: name, among: known), known: known)
  }

  /// What readers of knitr, Quarto and Jupyter write.
  private static let foreign = [
    "label": "the label is the word behind nn, as in: nn my-label",
    "name": "the label is the word behind nn, as in: nn my-label",
    "id": "the label is the word behind nn, as in: nn my-label",
    "fig-cap": "write caption", "fig.cap": "write caption", "tbl-cap": "write caption",
    "code-fold": "write echo=fold", "fold": "write echo=fold or output=fold",
    "hide": "write echo=false or output=hide", "include": "write echo=false output=hide",
    "results": "write output=show, output=hide or output=fold",
    "freeze": "results are kept by themselves; cache=false runs the cell every time",
  ]
}
