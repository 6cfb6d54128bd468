import NNSource

/// Reads a front matter, and says all that is wrong with it.
struct FrontMatterReader {
  private static let maximumBytes = 65_536

  private let file: SourceFile
  private var result = FrontMatter()
  private var findings: [Diagnostic] = []

  /// - Returns: what is known, and where the Markdown begins.
  static func read(
    _ file: SourceFile, _ findings: inout [Diagnostic]
  ) -> (FrontMatter, bodyStart: Int) {
    var reader = FrontMatterReader(file: file)
    let bodyStart = reader.readBlock()
    findings += reader.findings
    return (reader.result, bodyStart)
  }

  private init(file: SourceFile) { self.file = file }

  private mutating func report(_ problem: NotebookProblem, at range: SourceRange) {
    findings.append(.error(.notebook(problem), at: range))
  }

  // MARK: The block

  private mutating func readBlock() -> Int {
    guard isLine(1, ["---"]), file.lineCount > 1 else { return 0 }
    let start = file.lineStarts[1]
    let last = stride(from: 2, through: file.lineCount, by: 1).first { isLine($0, ["---", "..."]) }
    guard let last else {
      // Without an end, `---` may as well be a rule.
      if looksLikeKey(line: 2) { report(.unclosedFrontMatter, at: file.lineRange(1)) }
      return 0
    }
    let range = SourceRange(start, file.lineStarts[last - 1])
    let bodyStart = last < file.lineCount ? file.lineStarts[last] : file.utf8.count
    let size = range.upper - range.lower
    guard size <= Self.maximumBytes else {
      report(.frontMatterTooLarge(bytes: size, limit: Self.maximumBytes), at: file.lineRange(1))
      return bodyStart
    }
    do throws(Diagnostic) {
      if let root = try YAMLReader.read(file, range) { readKeys(root) }
    } catch {
      findings.append(error)
    }
    return bodyStart
  }

  private func isLine(_ number: Int, _ texts: [String]) -> Bool {
    var range = file.lineRange(number)
    guard range.upper - range.lower < 100 else { return false }
    while range.upper > range.lower, [0x20, 0x09].contains(file.utf8[range.upper - 1]) {
      range.upper -= 1
    }
    return texts.contains(file.text(range))
  }

  private func looksLikeKey(line: Int) -> Bool {
    let range = file.lineRange(line)
    let text = file.utf8[range.lower..<range.upper]
    let word = text.prefix { (0x61...0x7A).contains($0 | 0x20) }
    return !word.isEmpty && word.endIndex < text.endIndex
      && text[word.endIndex] == UInt8(ascii: ":")
  }

  // MARK: Keys

  private mutating func readKeys(_ root: YAMLNode) {
    guard case .mapping(let pairs, _) = root else {
      return report(.frontMatterShape(found: Self.kind(root)), at: root.range)
    }
    for (key, value) in pairs {
      guard case .scalar(let name, _, let range) = key else {
        report(.frontMatterShape(found: Self.kind(key)), at: key.range)
        continue
      }
      guard let known = FrontMatterKey(rawValue: name) else {
        let keys = FrontMatterKey.allCases.map(\.rawValue)
        let nearest = Spelling.nearest(to: name, among: keys)
        report(.unknownKey(name: name, suggestion: nearest, known: keys), at: range)
        continue
      }
      if let first = result.ranges[known] {
        let line = file.position(of: first.lower).line
        report(.duplicateKey(name: name, firstLine: line), at: range)
        continue
      }
      result.ranges[known] = range.through(value.range)
      set(known, to: value)
    }
  }

  private mutating func set(_ key: FrontMatterKey, to value: YAMLNode) {
    switch key {
    case .title: result.title = text(key, value)
    case .description: result.description = text(key, value)
    case .author:
      if case .sequence(let names, _) = value {
        let texts = names.compactMap { text(key, $0) }
        result.author = texts.isEmpty ? nil : texts.joined(separator: ", ")
      } else {
        result.author = text(key, value)
      }
    case .section: result.section = text(key, value)
    case .order:
      guard case .scalar(let text, let isPlain, _) = value, isPlain,
        case .value(.int(let number)) = YAMLScalar.resolve(text)
      else {
        return report(
          .wrongKeyType(name: key.rawValue, expected: "an int", found: Self.kind(value)),
          at: value.range)
      }
      result.order = number
    case .params: readParameters(value)
    case .timeout:
      guard let text = scalar(key, value, "a duration like 30s") else { return }
      result.timeout = Literals.seconds(text)
      if result.timeout == nil {
        report(.invalidDuration(name: key.rawValue, value: text), at: value.range)
      }
    case .memory: result.memory = size(key, value)
    case .outputSize: result.outputSize = size(key, value)
    case .steps:
      guard let text = scalar(key, value, "a number like 1e9") else { return }
      result.steps = Literals.count(text)
      if result.steps == nil { report(.invalidSteps(value: text), at: value.range) }
    case .tolerance:
      guard let text = scalar(key, value, "a number like 1e-6") else { return }
      result.tolerance = Tolerance(text)
      if result.tolerance == nil { report(.invalidTolerance(value: text), at: value.range) }
    }
  }

  private mutating func size(_ key: FrontMatterKey, _ value: YAMLNode) -> Int? {
    guard let text = scalar(key, value, "a size like 512MB") else { return nil }
    let bytes = Literals.bytes(text)
    if bytes == nil { report(.invalidSize(name: key.rawValue, value: text), at: value.range) }
    return bytes
  }

  private mutating func text(_ key: FrontMatterKey, _ value: YAMLNode) -> String? {
    let text = scalar(key, value, "text")
    return text?.isEmpty == true ? nil : text
  }

  private mutating func scalar(
    _ key: FrontMatterKey, _ value: YAMLNode, _ expected: String
  ) -> String? {
    if case .scalar(let text, let isPlain, _) = value, !(isPlain && YAMLScalar.isNull(text)) {
      return text
    }
    report(
      .wrongKeyType(name: key.rawValue, expected: expected, found: Self.kind(value)),
      at: value.range)
    return nil
  }

  // MARK: Parameters

  private mutating func readParameters(_ value: YAMLNode) {
    guard case .mapping(let pairs, _) = value else {
      return report(
        .wrongKeyType(
          name: "params", expected: "a list of names with values", found: Self.kind(value)),
        at: value.range)
    }
    var lines: [String: Int] = [:]
    for (key, value) in pairs {
      guard case .scalar(let name, _, let range) = key, YAMLScalar.isName(name) else {
        report(.invalidParameterName(name: file.text(key.range)), at: key.range)
        continue
      }
      if YAMLScalar.reserved.contains(name) {
        report(.reservedParameterName(name: name), at: range)
      } else if let line = lines[name] {
        report(.duplicateKey(name: name, firstLine: line), at: range)
      } else {
        lines[name] = file.position(of: range.lower).line
        addParameter(name, range, value)
      }
    }
  }

  private mutating func addParameter(_ name: String, _ range: SourceRange, _ node: YAMLNode) {
    let wrongType = NotebookProblem.wrongKeyType(
      name: "the parameter \(name)", expected: "an int, a float, true, false or text",
      found: Self.kind(node))
    guard case .scalar(let text, let isPlain, let valueRange) = node else {
      return report(wrongType, at: node.range)
    }
    let value: ParameterValue
    switch isPlain ? YAMLScalar.resolve(text) : .value(.string(text)) {
    case .null: return report(wrongType, at: valueRange)
    case .overflow: return report(.parameterOverflow(name: name, value: text), at: valueRange)
    case .value(let resolved): value = resolved
    }
    result.parameters.append(
      Parameter(name: name, value: value, nameRange: range, valueRange: valueRange))
  }

  private static func kind(_ node: YAMLNode) -> String {
    switch node {
    case .sequence: return "a list"
    case .mapping: return "a list of keys with values"
    case .scalar(let text, let isPlain, _):
      guard isPlain else { return "text" }
      switch YAMLScalar.resolve(text) {
      case .null: return "nothing"
      case .overflow: return "a number"
      case .value(.string): return "text"
      case .value(let value): return value.kind
      }
    }
  }
}

/// What an unquoted YAML scalar means (YAML 1.2, core schema, and `1_000`).
enum YAMLScalar {
  enum Resolved {
    case null
    case overflow
    case value(ParameterValue)
  }

  static func isNull(_ text: String) -> Bool {
    ["", "~", "null", "Null", "NULL"].contains(text)
  }

  static func resolve(_ text: String) -> Resolved {
    if isNull(text) { return .null }
    switch text {
    case "true", "True", "TRUE": return .value(.bool(true))
    case "false", "False", "FALSE": return .value(.bool(false))
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .value(.float(.infinity))
    case "-.inf", "-.Inf", "-.INF": return .value(.float(-.infinity))
    case ".nan", ".NaN", ".NAN": return .value(.float(.nan))
    default: return number(text) ?? .value(.string(text))
    }
  }

  private static func number(_ text: String) -> Resolved? {
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    if unsigned.hasPrefix("0x") || unsigned.hasPrefix("0o") {
      let radix = unsigned.hasPrefix("0x") ? 16 : 8
      let digits = unsigned.dropFirst(2)
      guard !digits.isEmpty, digits.allSatisfy({ ($0.hexDigitValue ?? 16) < radix }),
        unsigned.startIndex == text.startIndex
      else { return nil }
      return Int(digits, radix: radix).map { .value(.int($0)) } ?? .overflow
    }
    guard isNumeral(unsigned.utf8) else { return nil }
    let plain = text.filter { $0 != "_" }
    if unsigned.utf8.allSatisfy({ Literals.isDigit($0) || $0 == UInt8(ascii: "_") }) {
      return Int(plain).map { .value(.int($0)) } ?? .overflow
    }
    guard let value = Double(plain) else { return nil }
    return value.isFinite ? .value(.float(value)) : .overflow
  }

  /// `[0-9][0-9_]*(\.[0-9]*)?([eE][-+]?[0-9]+)?` or `\.[0-9]+…`
  private static func isNumeral(_ text: Substring.UTF8View) -> Bool {
    var rest = text[...]
    let whole = rest.prefix { Literals.isDigit($0) || $0 == UInt8(ascii: "_") }
    if let first = whole.first, !Literals.isDigit(first) { return false }
    if let last = whole.last, !Literals.isDigit(last) { return false }
    rest = rest[whole.endIndex...]
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix(while: Literals.isDigit)
      fraction = digits.count
      rest = rest[digits.endIndex...]
    }
    guard !whole.isEmpty || fraction > 0 else { return false }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard !rest.isEmpty, rest.allSatisfy(Literals.isDigit) else { return false }
      rest = rest[rest.endIndex...]
    }
    return rest.isEmpty
  }

  /// Letters, digits and `_`, no digit first.
  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return (first == "_" || first.properties.isXIDStart)
      && text.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
  }

  /// The language's reserved words.
  static let reserved: Set<String> = [
    "and", "or", "not", "if", "elif", "else", "for", "in", "is", "while", "def", "return",
    "lambda", "break", "continue", "pass", "true", "false", "none", "True", "False", "None",
  ]
}
