import NNSource

/// What a backslash begins, but for delimiters and environments.
extension MathParser {
  /// Behind the command itself. nil where it leaves nothing on the page.
  mutating func command(_ name: String, _ origin: Origin) -> MathAtom? {
    if let atom = symbol(name) { return atom }
    if let alphabet = MathAlphabet(command: name) {
      return MathAtom(node: inAlphabet(alphabet, origin))
    }
    if let alphabet = MathAlphabet(switch: name) {
      self.alphabet = alphabet
      return nil
    }
    if let style = MathSymbols.textStyles[name] {
      return MathAtom(node: .text(words(of: origin), style))
    }
    if let accent = MathSymbols.accent(name) { return accented(accent, origin) }
    if let delimiter = MathSymbols.sizedDelimiter(name) { return sized(delimiter, origin) }
    if MathSymbols.ignored.contains(name) { return nil }
    return construct(name, origin) ?? unknown(name, origin)
  }

  private func symbol(_ name: String) -> MathAtom? {
    if let letter = MathSymbols.letters[name] {
      return MathAtom(node: .identifier(styled(letter), isUpright: alphabet == .upright))
    }
    if let letter = MathSymbols.uprightLetters[name] {
      return MathAtom(node: .identifier(styled(letter), isUpright: true))
    }
    if let (text, kind) = MathSymbols.signs[name] {
      var sign = MathSign(text)
      // What neither joins nor parts has no room around it.
      sign.isTight = kind == .ordinary
      // The bars of \lvert and \rvert look alike.
      if text == "|" || text == "‖" {
        sign.form = kind == .opening ? .prefix : kind == .closing ? .postfix : nil
      }
      return MathAtom(node: .sign(sign), kind: kind)
    }
    if let (text, hasLimits) = MathSymbols.largeOperators[name] {
      return MathAtom(node: .sign(MathSign(text)), kind: .largeOperator, hasLimits: hasLimits)
    }
    if let text = MathSymbols.limitFunctions[name] { return Self.limitFunction(text) }
    if MathSymbols.functions.contains(name) { return Self.function(name) }
    if let width = MathSymbols.spaces[name] { return MathAtom(node: .space(width), kind: nil) }
    return nil
  }

  private static func function(_ name: String) -> MathAtom {
    MathAtom(node: .identifier(name, isUpright: true), kind: .function)
  }

  private static func limitFunction(_ name: String) -> MathAtom {
    var sign = MathSign(name)
    sign.isTight = true
    sign.limits = .movable
    return MathAtom(node: .sign(sign), kind: .function, hasLimits: true)
  }

  /// Commands with arguments; nil for a name that is none of them.
  private mutating func construct(_ name: String, _ origin: Origin) -> MathAtom? {
    switch name {
    case "frac", "cfrac": return MathAtom(node: fraction(origin))
    case "dfrac": return MathAtom(node: .sized(isDisplay: true, fraction(origin)))
    case "tfrac": return MathAtom(node: .sized(isDisplay: false, fraction(origin)))
    case "binom", "dbinom", "tbinom":
      let fraction = fraction(origin, hasRule: false)
      return MathAtom(
        node: .row([.delimiter("(", .prefix), fraction, .delimiter(")", .postfix)]))
    case "sqrt": return MathAtom(node: root(origin))
    case "left": return fenced(origin)
    case "begin": return environment(origin)
    case "substack": return substack(origin)
    case "displaystyle", "textstyle":
      let rest = nested(origin) { MathNode.joined($0.row()) } ?? .nothing
      return MathAtom(node: .sized(isDisplay: name == "displaystyle", rest))
    case "operatorname": return Self.function(words(of: origin))
    case "operatorname*": return Self.limitFunction(words(of: origin))
    case "mathop": return operatorGroup(origin)
    case "mathrel", "mathbin":
      let room = MathNode.space(name == "mathrel" ? 278 : 222)
      return MathAtom(node: .row([room, argument(of: origin), room]), kind: .relation)
    case "mathord", "mathopen", "mathclose", "mathpunct", "mathinner":
      return argumentAtom(of: origin)
    case "overset", "stackrel", "underset":
      return stacked(isOver: name != "underset", origin)
    case "xrightarrow", "xleftarrow": return arrow(name == "xrightarrow" ? "→" : "←", origin)
    case "not": return negated(origin)
    case "overline", "underline", "underbar":
      return MathAtom(node: .lined(argument(of: origin), isOver: name == "overline"))
    case "boxed", "fbox": return MathAtom(node: .framed(argument(of: origin)))
    case "phantom", "hphantom", "vphantom":
      return MathAtom(node: .phantom(argument(of: origin)))
    case "bmod", "pmod", "mod": return modulo(name, origin)
    case "tag":
      return MathAtom(
        node: .row([.space(2000), .text("(\(words(of: origin)))", .plain)]), kind: nil)
    case "label":
      _ = words(of: origin)
      return MathAtom(node: .nothing, kind: nil)
    case "hspace", "mspace", "kern", "hskip": return spaceOfWidth(origin)
    default: return nil
    }
  }

  private mutating func unknown(_ name: String, _ origin: Origin) -> MathAtom {
    let known = name.count > 1 ? Spelling.nearest(to: name, among: MathSymbols.commands) : nil
    report(.unknownCommand("\\" + name, suggestion: known.map { "\\" + $0 }), at: origin.range)
    return MathAtom(node: .unknown("\\" + name))
  }

  // MARK: Letters

  /// A group's letters in another alphabet. Upright ones next to each other are one word.
  private mutating func inAlphabet(_ alphabet: MathAlphabet, _ origin: Origin) -> MathNode {
    skipSpaces()
    if alphabet == .upright, let word = wordGroup() { return .identifier(word, isUpright: true) }
    if alphabet == .italic, let word = wordGroup() { return .text(word, .italic) }
    let outer = self.alphabet
    self.alphabet = alphabet
    defer { self.alphabet = outer }
    return argument(of: origin)
  }

  /// `{abc}` of letters only, taken whole; nil for anything else.
  private mutating func wordGroup() -> String? {
    guard peek == .open else { return nil }
    var word = ""
    var index = position + 1
    while case .letter(let letter)? = token(at: index) {
      word.append(letter)
      index += 1
    }
    guard word.count > 1, token(at: index) == .close else { return nil }
    position = index + 1
    return word
  }

  /// A group as it is written: the words of `\text`, the name of an environment.
  mutating func words(of origin: Origin) -> String {
    skipSpaces()
    guard peek == .open else {
      report(.missingArgument(origin.text), at: origin.range)
      return ""
    }
    let open = self.origin
    position += 1
    var text = ""
    var level = 1
    while let token = peek {
      switch token {
      case .open: level += 1
      case .close:
        level -= 1
        if level == 0 {
          position += 1
          return text
        }
      case .space: if text.last != " " { text.append(" ") }
      case .command(let name): text += word(name, self.origin)
      default: text += self.origin.text
      }
      position += 1
    }
    report(.unclosed(open.text), at: open.range)
    return text
  }

  /// A command among words.
  private mutating func word(_ name: String, _ origin: Origin) -> String {
    if let width = MathSymbols.spaces[name] { return width > 0 ? "\u{A0}" : "" }
    if let letter = MathSymbols.letters[name] ?? MathSymbols.uprightLetters[name]
      ?? MathSymbols.signs[name]?.text
    {
      return letter
    }
    if MathSymbols.textStyles[name] == nil {
      report(.unknownCommand("\\" + name, suggestion: nil), at: origin.range)
      return "\\" + name
    }
    return ""
  }

  // MARK: Constructs

  private mutating func fraction(_ origin: Origin, hasRule: Bool = true) -> MathNode {
    let above = argument(of: origin)
    return .fraction(above, argument(of: origin), hasRule: hasRule)
  }

  private mutating func root(_ origin: Origin) -> MathNode {
    skipSpaces()
    guard peek == .sign("[") else { return .root(argument(of: origin), index: nil) }
    let index = nested(origin) { $0.rootIndex() } ?? .nothing
    return .root(argument(of: origin), index: index)
  }

  private mutating func rootIndex() -> MathNode {
    let open = origin
    position += 1
    var row = MathRow()
    while let token = peek, token != .sign("]"), !endsRow(token) {
      if token == .space {
        position += 1
      } else if let atom = atom() {
        row.append(scripts(on: atom))
      }
    }
    if peek == .sign("]") { position += 1 } else { report(.unclosed(open.text), at: open.range) }
    return .joined(row.finish())
  }

  private mutating func accented(_ accent: MathSymbols.Accent, _ origin: Origin) -> MathAtom {
    var sign = MathSign(accent.text)
    sign.height = accent.isWide ? .stretched : .natural
    let base = argument(of: origin)
    let node: MathNode =
      accent.isOver
      ? .over(base, mark: .sign(sign), isAccent: true)
      : .under(base, mark: .sign(sign), isAccent: true)
    return MathAtom(node: node, hasLimits: accent.hasLimits)
  }

  private mutating func stacked(isOver: Bool, _ origin: Origin) -> MathAtom {
    let mark = argument(of: origin)
    var atom = argumentAtom(of: origin)
    if case .sign(var sign) = atom.node {
      sign.isTight = false
      atom = MathAtom(node: .sign(sign), kind: .relation)
    }
    atom.node =
      isOver
      ? .over(atom.node, mark: mark, isAccent: false)
      : .under(atom.node, mark: mark, isAccent: false)
    return atom
  }

  private mutating func arrow(_ text: String, _ origin: Origin) -> MathAtom {
    var sign = MathSign(text)
    sign.height = .stretched
    let node = MathNode.over(.sign(sign), mark: argument(of: origin), isAccent: false)
    return MathAtom(node: node, kind: .relation)
  }

  private mutating func operatorGroup(_ origin: Origin) -> MathAtom {
    let node = argument(of: origin)
    if case .identifier(let name, isUpright: true) = node { return Self.limitFunction(name) }
    return MathAtom(node: node, kind: .function, hasLimits: true)
  }

  /// A sign struck through: ≠ for `\not=`.
  private mutating func negated(_ origin: Origin) -> MathAtom {
    var atom = argumentAtom(of: origin)
    // U+0338 is drawn through what stands before it; for most signs the two are one character.
    if case .sign(let sign) = atom.node { atom.node = .sign(MathSign(sign.text + "\u{338}")) }
    return atom
  }

  private mutating func modulo(_ name: String, _ origin: Origin) -> MathAtom {
    let word = MathNode.identifier("mod", isUpright: true)
    switch name {
    case "bmod":
      return MathAtom(node: .row([.space(222), word, .space(222)]), kind: .opening)
    case "mod":
      return MathAtom(node: .row([.space(1000), word, .space(333), argument(of: origin)]))
    default:
      return MathAtom(
        node: .row([
          .space(1000), .sign(MathSign("(")), word, .space(333), argument(of: origin),
          .sign(MathSign(")")),
        ]))
    }
  }

  /// `\hspace{1em}`. A width that is none, or absurd, is no space.
  private mutating func spaceOfWidth(_ origin: Origin) -> MathAtom {
    let text = words(of: origin).filter { $0 != " " }
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    let perUnit = ["em": 1000.0, "ex": 431, "pt": 100, "mu": 55.6, "px": 75, "cm": 2845, "mm": 285]
    let unit = perUnit[String(text.dropFirst(digits.count))]
    guard let width = Double(digits), let unit, abs(width * unit) <= 10_000 else {
      report(.invalidWidth(text), at: origin.range)
      return MathAtom(node: .nothing, kind: nil)
    }
    return MathAtom(node: .space(Int(width * unit)), kind: nil)
  }
}
