/// Tokens → MathML, by the rules of TeX's math mode: an atom with its scripts after the other.
struct MathParser {
  /// Groups may be nested this deep; what is deeper is shown as written.
  private static let deepest = 60

  private let tokens: [MathToken]
  private var position = 0
  private var depth = 0
  private var alphabet: MathAlphabet?
  private(set) var problems: [String] = []

  /// One thing with scripts to come, and where they stand.
  private struct Atom {
    var markup: Markup
    var hasLimits = false
  }

  init(_ tex: String) { tokens = MathLexer.tokens(tex) }

  /// The whole text; a stray `}` is told and passed over.
  mutating func formula() -> [Markup] {
    var content: [Markup] = []
    while true {
      content += row()
      guard position < tokens.count else { return content }
      report(describe(tokens[position]))
      position += 1
    }
  }

  // MARK: Rows

  /// Atoms up to the end of the group, cell or line they stand in.
  private mutating func row() -> [Markup] {
    var content: [Markup] = []
    while pending != nil || peek.map(endsRow) == false {
      if pending == nil, peek == .space {
        position += 1
      } else if let atom = atom() {
        content.append(scripts(on: atom))
      }
    }
    return content
  }

  private func endsRow(_ token: MathToken) -> Bool {
    switch token {
    case .close, .nextCell, .command("\\"), .command("right"), .command("end"), .command("cr"):
      true
    default: false
    }
  }

  private var peek: MathToken? { position < tokens.count ? tokens[position] : nil }

  private mutating func skipSpaces() {
    while peek == .space { position += 1 }
  }

  // MARK: Scripts

  private mutating func scripts(on base: Atom) -> Markup {
    var lower: Markup?
    var upper: [Markup] = []
    var hasLimits = base.hasLimits
    loop: while pending == nil {
      skipSpaces()
      switch peek {
      case .subscript where lower == nil:
        position += 1
        lower = argument()
      case .superscript where upper.count < 8:
        position += 1
        upper.append(argument())
      case .prime:
        position += 1
        upper.append(.tag("mo", [:], "′"))
      case .command("limits"), .command("nolimits"):
        hasLimits = peek == .command("limits")
        position += 1
      default: break loop
      }
    }
    let above = upper.isEmpty ? nil : upper.count == 1 ? upper[0] : .tag("mrow", [:], upper)
    switch (lower, above) {
    case (nil, nil): return base.markup
    case (let lower?, nil): return .tag(hasLimits ? "munder" : "msub", [:], [base.markup, lower])
    case (nil, let above?): return .tag(hasLimits ? "mover" : "msup", [:], [base.markup, above])
    case (let lower?, let above?):
      return .tag(hasLimits ? "munderover" : "msubsup", [:], [base.markup, lower, above])
    }
  }

  /// A group, or the one atom that follows.
  private mutating func argument() -> Markup {
    if let rest = pending { return figure(of: rest) }
    skipSpaces()
    guard let token = peek, !endsRow(token) else { return .tag("mrow") }
    guard depth < Self.deepest else {
      report(describe(token))
      position += 1
      return .tag("mrow")
    }
    depth += 1
    defer { depth -= 1 }
    if case .number(let text) = token {
      position += 1
      return figure(of: text)
    }
    return atom()?.markup ?? .tag("mrow")
  }

  /// Figures that an argument left over.
  private var pending: String?

  /// TeX takes one figure as an argument: x^12 is x¹2.
  private mutating func figure(of text: String) -> Markup {
    pending = text.count > 1 ? String(text.dropFirst()) : nil
    return .tag("mn", [:], styled(String(text.prefix(1))))
  }

  // MARK: Atoms

  private mutating func atom() -> Atom? {
    if let rest = pending {
      pending = nil
      return Atom(markup: .tag("mn", [:], rest))
    }
    guard let token = peek else { return nil }
    position += 1
    switch token {
    case .letter(let letter): return Atom(markup: identifier(letter))
    case .number(let text): return Atom(markup: .tag("mn", [:], styled(text)))
    case .sign(let sign):
      return Atom(markup: .tag("mo", fence(sign), sign == "-" ? "−" : "\(sign)"))
    case .open: return Atom(markup: group())
    case .command(let name): return command(name)
    case .prime: return Atom(markup: .tag("mo", [:], "′"))
    case .superscript, .subscript:
      // A script on nothing: `^2`.
      position -= 1
      return Atom(markup: .tag("mrow"))
    case .close, .nextCell, .space: return nil
    }
  }

  /// Signs stretch only between `\left` and `\right`.
  private func fence(_ sign: Character) -> MarkupAttributes {
    "()[]{}|/‖⟨⟩⌊⌋⌈⌉".contains(sign) ? ["stretchy": "false"] : [:]
  }

  private func identifier(_ letter: Character) -> Markup {
    let text = styled(String(letter))
    return .tag("mi", ["mathvariant": alphabet == .upright ? "normal" : nil], text)
  }

  private func styled(_ text: String) -> String {
    guard let alphabet else { return text }
    return String(text.map { alphabet.letter($0) })
  }

  /// Behind a `{`: up to its `}`.
  private mutating func group() -> Markup {
    guard depth < Self.deepest else {
      report("{")
      return .tag("mrow")
    }
    depth += 1
    defer { depth -= 1 }
    let outer = alphabet
    var content = row()
    // A line end or a cell's end has no meaning in a group.
    while let token = peek, token != .close {
      report(describe(token))
      position += 1
      content += row()
    }
    alphabet = outer
    if peek == .close { position += 1 } else { report("{") }
    return .tag("mrow", [:], content)
  }

  private mutating func report(_ problem: String) {
    if !problems.contains(problem), problems.count < 20 { problems.append(problem) }
  }

  private func describe(_ token: MathToken) -> String {
    switch token {
    case .close: "}"
    case .nextCell: "&"
    case .command(let name): "\\\(name)"
    default: "?"
    }
  }

  // MARK: Commands

  private mutating func command(_ name: String) -> Atom? {
    if let atom = symbol(name) { return atom }
    if let alphabet = MathAlphabet(command: name) { return Atom(markup: inAlphabet(alphabet)) }
    if let accent = MathSymbols.accents[name] { return accented(accent, name, isOver: true) }
    if let accent = MathSymbols.underAccents[name] { return accented(accent, name, isOver: false) }
    if let size = MathSymbols.sizes[name] { return sized(size) }
    if MathSymbols.ignored.contains(name) { return Atom(markup: .nothing) }
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac": return Atom(markup: pair("mfrac"))
    case "binom", "dbinom", "tbinom": return Atom(markup: binomial())
    case "sqrt": return Atom(markup: root())
    case "left": return Atom(markup: fenced())
    case "begin": return environment()
    case "text", "textrm", "textit", "textbf", "mbox", "textnormal":
      return Atom(markup: .tag("mtext", [:], rawGroup()))
    case "operatorname", "operatorname*":
      return Atom(markup: .tag("mi", [:], rawGroup()), hasLimits: name.hasSuffix("*"))
    case "overset", "stackrel":
      let above = argument()
      return Atom(markup: .tag("mover", [:], [argument(), above]))
    case "underset":
      let below = argument()
      return Atom(markup: .tag("munder", [:], [argument(), below]))
    case "not":
      let next = argument()
      return Atom(markup: .tag("mrow", [:], [next, .tag("mo", ["lspace": "-0.6em"], "̸")]))
    default:
      report("\\\(name)")
      return Atom(markup: .tag("mtext", ["class": "unknown"], "\\\(name)"))
    }
  }

  private func symbol(_ name: String) -> Atom? {
    if let letter = MathSymbols.letters[name] {
      return Atom(markup: .tag("mi", [:], styled(letter)))
    }
    if let letter = MathSymbols.uprightLetters[name] {
      return Atom(markup: .tag("mi", ["mathvariant": "normal"], styled(letter)))
    }
    if let sign = MathSymbols.operators[name] {
      return Atom(markup: .tag("mo", sign.first.map(fence) ?? [:], sign))
    }
    if let sign = MathSymbols.largeOperators[name] {
      return Atom(markup: .tag("mo", [:], sign), hasLimits: true)
    }
    if let sign = MathSymbols.integrals[name] { return Atom(markup: .tag("mo", [:], sign)) }
    if let function = MathSymbols.limitFunctions[name] {
      let markup = Markup.tag("mo", ["movablelimits": "true", "form": "prefix"], function)
      return Atom(markup: markup, hasLimits: true)
    }
    if MathSymbols.functions.contains(name) { return Atom(markup: .tag("mi", [:], name)) }
    if let width = MathSymbols.spaces[name] {
      return Atom(markup: .tag("mspace", ["width": width]))
    }
    return nil
  }

  /// A group's letters in another alphabet. Upright ones next to each other are one word.
  private mutating func inAlphabet(_ alphabet: MathAlphabet) -> Markup {
    skipSpaces()
    if alphabet == .upright, let word = wordGroup() { return .tag("mi", [:], word) }
    let outer = self.alphabet
    self.alphabet = alphabet
    defer { self.alphabet = outer }
    return argument()
  }

  /// `{abc}` of letters only, taken whole; nil for anything else.
  private mutating func wordGroup() -> String? {
    guard peek == .open else { return nil }
    var word = ""
    var index = position + 1
    while index < tokens.count, case .letter(let letter) = tokens[index] {
      word.append(letter)
      index += 1
    }
    guard word.count > 1, index < tokens.count, tokens[index] == .close else { return nil }
    position = index + 1
    return word
  }

  private mutating func pair(_ name: StaticString) -> Markup {
    let first = argument()
    return .tag(name, [:], [first, argument()])
  }

  private mutating func binomial() -> Markup {
    let above = argument()
    let fraction = Markup.tag("mfrac", ["linethickness": "0"], [above, argument()])
    return .tag("mrow", [:], [.tag("mo", [:], "("), fraction, .tag("mo", [:], ")")])
  }

  private mutating func root() -> Markup {
    skipSpaces()
    guard peek == .sign("["), depth < Self.deepest else {
      return .tag("msqrt", [:], [argument()])
    }
    depth += 1
    defer { depth -= 1 }
    position += 1
    var index: [Markup] = []
    while let token = peek, pending != nil || (token != .sign("]") && !endsRow(token)) {
      if pending == nil, token == .space {
        position += 1
      } else if let atom = atom() {
        index.append(scripts(on: atom))
      }
    }
    if peek == .sign("]") { position += 1 }
    return .tag("mroot", [:], [argument(), .tag("mrow", [:], index)])
  }

  private mutating func accented(_ accent: String, _ name: String, isOver: Bool) -> Atom {
    let isWide = !["hat", "bar", "vec", "tilde", "dot", "ddot", "check", "breve", "acute", "grave"]
      .contains(name)
    let mark = Markup.tag("mo", ["stretchy": isWide ? "true" : "false"], accent)
    let base = argument()
    let markup: Markup =
      isOver
      ? .tag("mover", ["accent": "true"], [base, mark])
      : .tag("munder", ["accentunder": "true"], [base, mark])
    return Atom(markup: markup, hasLimits: name == "underbrace" || name == "overbrace")
  }

  private mutating func sized(_ size: String) -> Atom {
    skipSpaces()
    return Atom(
      markup: .tag("mo", ["stretchy": "true", "minsize": size, "maxsize": size], delimiter()))
  }

  /// The delimiter at hand; empty for `.`.
  private mutating func delimiter() -> String {
    skipSpaces()
    guard let token = peek else { return "" }
    switch token {
    case .sign(let sign):
      position += 1
      return sign == "." ? "" : sign == "<" ? "⟨" : sign == ">" ? "⟩" : String(sign)
    case .command(let name):
      guard let sign = MathSymbols.operators[name] else { return "" }
      position += 1
      return sign
    default: return ""
    }
  }

  /// `\left( … \right)`: delimiters as high as what stands between them.
  private mutating func fenced() -> Markup {
    guard depth < Self.deepest else {
      report("\\left")
      return .nothing
    }
    depth += 1
    defer { depth -= 1 }
    let open = delimiter()
    let content = row()
    var close = ""
    if peek == .command("right") {
      position += 1
      close = delimiter()
    } else {
      report("\\left")
    }
    func fence(_ sign: String, _ form: String) -> [Markup] {
      sign.isEmpty
        ? [] : [.tag("mo", ["fence": "true", "stretchy": "true", "form": form], sign)]
    }
    return .tag("mrow", [:], fence(open, "prefix") + content + fence(close, "postfix"))
  }

  // MARK: Environments

  private mutating func environment() -> Atom? {
    let name = rawGroup()
    guard let delimiters = MathSymbols.matrices[name], depth < Self.deepest else {
      report("\\begin{\(name)}")
      return Atom(markup: .tag("mtext", ["class": "unknown"], "\\begin{\(name)}"))
    }
    depth += 1
    defer { depth -= 1 }
    if name == "array" { _ = rawGroup() }
    let rows = matrixRows()
    if peek == .command("end") {
      position += 1
      _ = rawGroup()
    } else {
      report("\\begin{\(name)}")
    }
    let table = Markup.tag("mtable", ["class": Self.tableClass(name)], rows)
    func fence(_ sign: String, _ form: String) -> [Markup] {
      sign.isEmpty
        ? [] : [.tag("mo", ["fence": "true", "stretchy": "true", "form": form], sign)]
    }
    let parts =
      fence(delimiters.open, "prefix") + [table] + fence(delimiters.close, "postfix")
    return Atom(markup: .tag("mrow", [:], parts))
  }

  /// How its columns stand: told to the page's style sheet, for MathML Core has no attribute.
  private static func tableClass(_ name: String) -> String? {
    switch name {
    case "aligned", "align", "align*", "split": "aligned"
    case "cases": "cases"
    default: nil
    }
  }

  private mutating func matrixRows() -> [Markup] {
    var rows: [Markup] = []
    var cells: [Markup] = []
    while true {
      cells.append(.tag("mtd", [:], row()))
      switch peek {
      case .nextCell: position += 1
      case .command("\\"), .command("cr"):
        position += 1
        rows.append(.tag("mtr", [:], cells))
        cells = []
        skipSpaces()
        if peek == .command("end") { return rows }
      default:
        rows.append(.tag("mtr", [:], cells))
        return rows
      }
    }
  }

  /// A group as it is written: the words of `\text`, the name of an environment.
  private mutating func rawGroup() -> String {
    skipSpaces()
    guard peek == .open else { return "" }
    position += 1
    var text = ""
    var level = 1
    while let token = peek {
      position += 1
      switch token {
      case .open: level += 1
      case .close:
        level -= 1
        if level == 0 { return text }
      case .letter(let character), .sign(let character): text.append(character)
      case .number(let digits): text += digits
      case .space, .command(" "): text += "\u{A0}"
      case .command(let name): text += MathSymbols.operators[name] ?? "\\\(name)"
      case .superscript: text += "^"
      case .subscript: text += "_"
      case .prime: text += "’"
      case .nextCell: text += "&"
      }
    }
    report("{")
    return text
  }
}
