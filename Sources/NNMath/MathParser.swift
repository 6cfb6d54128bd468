import NNSource

/// Tokens → `MathNode`, by the rules of TeX's math mode: an atom with its scripts after the other.
/// Every rule that may hold itself goes through `nested`, which sets it a depth.
struct MathParser {
  /// A command or a sign that waits for what belongs to it, and where it stands.
  struct Origin {
    let text: String
    let range: Range<Int>
  }

  private static let deepest = 60

  private let tokens: [MathToken]
  var position = 0
  private var depth = 0
  /// The alphabet that letters are set in.
  var alphabet: MathAlphabet?
  /// Figures that an argument left over, to be read next.
  private var pending: String?
  private(set) var findings: [MathFormula.Finding] = []
  private var isTooDeep = false
  private let tex: String

  init(_ tex: String) {
    self.tex = tex
    tokens = MathLexer.tokens(tex)
  }

  /// The whole text; what can't stand where it does is told and passed over.
  mutating func formula() -> [MathNode] {
    var content: [MathNode] = []
    while true {
      content += row()
      if isTooDeep {
        findings = findings.filter { $0.problem == .tooDeep(limit: Self.deepest) }
        return [.unknown(tex)]
      }
      guard position < tokens.count else { return content }
      passStray()
    }
  }

  // MARK: Tokens

  var peek: MathToken.Kind? { position < tokens.count ? tokens[position].kind : nil }

  /// The token at hand, or the end of the text.
  var origin: Origin {
    guard position < tokens.count else {
      return Origin(text: "", range: tex.utf8.count..<tex.utf8.count)
    }
    let range = tokens[position].range
    let utf8 = tex.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    let end = utf8.index(start, offsetBy: range.count)
    return Origin(text: String(tex[start..<end]), range: range)
  }

  func token(at index: Int) -> MathToken.Kind? {
    index < tokens.count ? tokens[index].kind : nil
  }

  mutating func skipSpaces() {
    while peek == .space { position += 1 }
  }

  mutating func report(_ problem: FormulaProblem, at range: Range<Int>) {
    guard findings.count < 20, !findings.contains(where: { $0.problem == problem }) else { return }
    findings.append(MathFormula.Finding(problem: problem, range: range))
  }

  mutating func passStray() {
    report(.stray(origin.text), at: origin.range)
    position += 1
  }

  /// One level down; nil, and an end of it all, where that is too deep.
  mutating func nested<Result>(
    _ origin: Origin, _ rule: (inout MathParser) -> Result
  ) -> Result? {
    guard depth < Self.deepest else {
      report(.tooDeep(limit: Self.deepest), at: origin.range)
      isTooDeep = true
      position = tokens.count
      pending = nil
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return rule(&self)
  }

  // MARK: Rows

  /// Atoms up to the end of the group, cell or line they stand in; commands that change what
  /// follows end with it.
  mutating func row(continuesLine: Bool = false) -> [MathNode] {
    let outer = alphabet
    defer { alphabet = outer }
    var row = MathRow(continuesLine: continuesLine)
    while pending != nil || peek.map(endsRow) == false {
      if pending == nil, peek == .space {
        position += 1
      } else if pending == nil, case .command(let name) = peek, MathSymbols.infixes.contains(name) {
        return [infix(name, above: .joined(row.finish()))]
      } else if let atom = atom() {
        row.append(scripts(on: atom))
      }
    }
    return row.finish()
  }

  func endsRow(_ token: MathToken.Kind) -> Bool {
    switch token {
    case .close, .nextCell: true
    case .command(let name): ["\\", "cr", "right", "middle", "end"].contains(name)
    default: false
    }
  }

  /// `a \over b`: all that stands before it in its group, and all behind.
  private mutating func infix(_ name: String, above: MathNode) -> MathNode {
    let origin = origin
    position += 1
    let below = nested(origin) { MathNode.joined($0.row()) } ?? .nothing
    let fraction = MathNode.fraction(above, below, hasRule: name == "over")
    guard name == "choose" else { return fraction }
    return .row([.delimiter("(", .prefix), fraction, .delimiter(")", .postfix)])
  }

  // MARK: Scripts

  mutating func scripts(on base: MathAtom) -> MathAtom {
    var base = base
    var lower: [MathNode] = []
    var upper: [MathNode] = []
    var hasPower = false
    loop: while pending == nil {
      skipSpaces()
      let origin = origin
      switch peek {
      case .subscript:
        position += 1
        if !lower.isEmpty { report(.doubleScript("_"), at: origin.range) }
        lower.append(argument(of: origin))
      case .superscript:
        position += 1
        if hasPower { report(.doubleScript("^"), at: origin.range) }
        hasPower = true
        upper.append(argument(of: origin))
      case .prime:
        position += 1
        upper.append(.sign(MathSign("′")))
      case .command("limits"), .command("nolimits"):
        base = base.withLimits(peek == .command("limits"))
        position += 1
      default: break loop
      }
    }
    guard !lower.isEmpty || !upper.isEmpty else { return base }
    base.node = .scripts(
      base.node, lower: lower.isEmpty ? nil : .joined(lower),
      upper: upper.isEmpty ? nil : .joined(upper), areLimits: base.hasLimits)
    return base
  }

  /// A group, or the one atom that follows.
  mutating func argument(of origin: Origin) -> MathNode {
    argumentAtom(of: origin).node
  }

  mutating func argumentAtom(of origin: Origin) -> MathAtom {
    if let rest = pending { return MathAtom(node: figure(of: rest)) }
    skipSpaces()
    guard let token = peek, !endsRow(token) else {
      report(.missingArgument(origin.text), at: origin.range)
      return MathAtom(node: .nothing)
    }
    if case .number(let text) = token {
      position += 1
      return MathAtom(node: figure(of: text))
    }
    let atom = nested(origin) { $0.atom() }
    return (atom ?? nil) ?? MathAtom(node: .nothing)
  }

  /// TeX takes one figure as an argument: x^12 is x¹2.
  private mutating func figure(of text: String) -> MathNode {
    pending = text.count > 1 ? String(text.dropFirst()) : nil
    return .number(styled(String(text.prefix(1))))
  }

  // MARK: Atoms

  /// nil at a row's end.
  mutating func atom() -> MathAtom? {
    if let rest = pending {
      pending = nil
      return MathAtom(node: .number(styled(rest)))
    }
    guard let token = peek else { return nil }
    let origin = origin
    switch token {
    case .close, .nextCell, .space: return nil
    case .superscript, .subscript: return MathAtom(node: .nothing)
    default: position += 1
    }
    switch token {
    case .letter(let letter): return MathAtom(node: identifier(letter))
    case .number(let text): return MathAtom(node: .number(styled(text)))
    case .sign(":") where peek == .sign("="):
      position += 1
      return MathAtom(node: .sign(MathSign(":=")), kind: .relation)
    case .sign(let sign): return MathSymbols.atom(of: sign)
    case .open: return MathAtom(node: group(origin))
    case .command(let name): return command(name, origin)
    case .prime: return MathAtom(node: .sign(MathSign("′")))
    default: return nil
    }
  }

  private func identifier(_ letter: Character) -> MathNode {
    .identifier(styled(String(letter)), isUpright: alphabet == .upright)
  }

  func styled(_ text: String) -> String {
    guard let alphabet else { return text }
    return String(text.map { alphabet.letter($0) })
  }

  /// Behind a `{`: up to its `}`. A sign alone in braces joins nothing, as in `1{,}5`.
  private mutating func group(_ origin: Origin) -> MathNode {
    let content = nested(origin) { parser in
      var content = parser.row()
      // A line's or a cell's end has no meaning in a group.
      while parser.peek != nil, parser.peek != .close {
        parser.passStray()
        content += parser.row()
      }
      return content
    }
    guard let content else { return .nothing }
    if peek == .close { position += 1 } else { report(.unclosed(origin.text), at: origin.range) }
    return MathNode.joined(content).tightened
  }
}

extension MathAtom {
  /// As `\limits` and `\nolimits` say, whatever the page's room.
  fileprivate func withLimits(_ hasLimits: Bool) -> MathAtom {
    var atom = self
    atom.hasLimits = hasLimits
    if hasLimits, case .sign(var sign) = node {
      sign.limits = .fixed
      atom.node = .sign(sign)
    }
    return atom
  }
}

extension MathNode {
  /// One node alone needs no row around it.
  static func joined(_ nodes: [MathNode]) -> MathNode {
    nodes.count == 1 ? nodes[0] : .row(nodes)
  }

  static func delimiter(_ text: String, _ form: MathSign.Form) -> MathNode {
    var sign = MathSign(text)
    sign.height = .stretched
    sign.form = form
    return .sign(sign)
  }
}
