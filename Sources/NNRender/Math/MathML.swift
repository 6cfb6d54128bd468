import NNMath

/// A formula → MathML Core, which browsers set themselves: nothing is loaded and no script runs.
struct MathML {
  /// Formulas written with more than this may be wider than a phone.
  private static let narrowTeX = 32

  private let formula: MathFormula
  private let tex: String
  private let isDisplay: Bool

  init(_ formula: MathFormula, tex: String, isDisplay: Bool) {
    self.formula = formula
    self.tex = tex
    self.isDisplay = isDisplay
  }

  /// As it stands in a page. A formula has no line breaks: one that may be too wide scrolls in a
  /// box of its own.
  var inPage: Markup {
    let isWide = tex.utf8.count > Self.narrowTeX
    guard isDisplay || isWide else { return markup }
    var attributes: MarkupAttributes = ["class": isDisplay ? "formula" : "wide"]
    if isWide { attributes = CodeHTML.scrollable(attributes, label: "Formula") }
    return .tag("span", attributes, [markup])
  }

  /// The formula with its TeX inside, for copying.
  var markup: Markup {
    .tag(
      "math", ["display": isDisplay ? "block" : nil],
      [
        .tag(
          "semantics", [:],
          [
            .tag("mrow", [:], formula.content.map(Self.markup)),
            .tag("annotation", ["encoding": "application/x-tex"], tex),
          ])
      ])
  }

  // MARK: Nodes

  static func markup(_ node: MathNode) -> Markup {
    switch node {
    case .identifier(let text, let isUpright):
      // A single letter slants by itself.
      let isLetter = text.count == 1
      return .tag("mi", ["mathvariant": isUpright && isLetter ? "normal" : nil], text)
    case .number(let text): return .tag("mn", [:], text)
    case .sign(let sign): return markup(sign)
    case .text(let text, let style): return words(text, className(style))
    case .unknown(let text): return .tag("mtext", ["class": "unknown"], text)
    case .space(let width): return .tag("mspace", ["width": em(width)])
    case .row(let nodes): return .tag("mrow", [:], nodes.map(markup))
    case .fraction(let above, let below, let hasRule):
      return .tag(
        "mfrac", ["linethickness": hasRule ? nil : "0"], [markup(above), markup(below)])
    case .root(let node, let index):
      guard let index else { return .tag("msqrt", [:], [markup(node)]) }
      return .tag("mroot", [:], [markup(node), markup(index)])
    case .scripts(let base, let lower, let upper, let areLimits):
      return scripts(base, lower, upper, areLimits)
    case .over(let base, let mark, let isAccent):
      return .tag("mover", ["accent": isAccent ? "true" : nil], [markup(base), markup(mark)])
    case .under(let base, let mark, let isAccent):
      return .tag(
        "munder", ["accentunder": isAccent ? "true" : nil], [markup(base), markup(mark)])
    // No browser has a sign that is stretched to such a rule in every font; a border is one.
    case .lined(let node, let isOver):
      return .tag("mrow", ["class": isOver ? "overline" : "underline"], [markup(node)])
    case .table(let table): return markup(table)
    case .sized(let isDisplay, let node):
      return .tag(
        "mstyle",
        ["displaystyle": isDisplay ? "true" : "false", "scriptlevel": isDisplay ? nil : "0"],
        [markup(node)])
    case .framed(let node): return .tag("mrow", ["class": "framed"], [markup(node)])
    case .phantom(let node): return .tag("mphantom", [:], [markup(node)])
    }
  }

  private static func scripts(
    _ base: MathNode, _ lower: MathNode?, _ upper: MathNode?, _ areLimits: Bool
  ) -> Markup {
    switch (lower, upper) {
    case (nil, nil): return markup(base)
    case (let lower?, nil):
      return .tag(areLimits ? "munder" : "msub", [:], [markup(base), markup(lower)])
    case (nil, let upper?):
      return .tag(areLimits ? "mover" : "msup", [:], [markup(base), markup(upper)])
    case (let lower?, let upper?):
      return .tag(
        areLimits ? "munderover" : "msubsup", [:], [markup(base), markup(lower), markup(upper)])
    }
  }

  /// To MathML an `mtext` is like a space: a sign between two of them takes no room. So words that
  /// bring no space of their own are a name. A space at a text's end is dropped unless it is a kept
  /// one.
  private static func words(_ text: String, _ className: String?) -> Markup {
    let attributes: MarkupAttributes = ["class": className]
    guard text.first == " " || text.last == " " else {
      return .tag("mi", attributes.with("mathvariant", text.count == 1 ? "normal" : nil), text)
    }
    var text = text
    if text.first == " " { text = "\u{A0}" + text.dropFirst() }
    if text.last == " " { text = text.dropLast() + "\u{A0}" }
    return .tag("mtext", attributes, text)
  }

  private static func className(_ style: MathTextStyle) -> String? {
    switch style {
    case .plain: nil
    case .bold: "bold"
    case .italic: "italic"
    case .typewriter: "typewriter"
    }
  }

  /// Thousandths of an em as CSS writes them: `0.167em`, `2em`.
  private static func em(_ thousandths: Int) -> String {
    let digits = String(thousandths.magnitude % 1000 + 1000).dropFirst()
    let fraction = String(digits.reversed().drop { $0 == "0" }.reversed())
    let whole = (thousandths < 0 ? "-" : "") + "\(thousandths.magnitude / 1000)"
    return fraction.isEmpty ? "\(whole)em" : "\(whole).\(fraction)em"
  }

  // MARK: Signs

  /// Signs that a browser stretches unless it is told not to.
  private static let stretching: Set<String> = [
    "(", ")", "[", "]", "{", "}", "|", "‖", "⟨", "⟩", "⌊", "⌋", "⌈", "⌉", "⟮", "⟯", "⟦", "⟧", "∥",
    "↑", "↓", "↕", "⇑", "⇓", "⇕",
  ]

  private static func markup(_ sign: MathSign) -> Markup {
    // Fonts differ in how large a prime is; the page's style sheet mends it.
    var attributes: MarkupAttributes = ["class": sign.text == "′" ? "prime" : nil]
    switch sign.height {
    case .own:
      if stretching.contains(sign.text) { attributes.set("stretchy", "false") }
    case .natural: attributes.set("stretchy", "false")
    case .stretched: attributes.set("stretchy", "true")
    case .fixed(let height):
      attributes.set("stretchy", "true")
      attributes.set("minsize", em(height * 100))
      attributes.set("maxsize", em(height * 100))
    }
    switch sign.form {
    case nil: break
    case .prefix: attributes.set("form", "prefix")
    case .infix: attributes.set("form", "infix")
    case .postfix: attributes.set("form", "postfix")
    }
    if sign.isTight {
      attributes.set("lspace", "0")
      attributes.set("rspace", "0")
    }
    switch sign.limits {
    case nil: break
    case .movable: attributes.set("movablelimits", "true")
    case .fixed: attributes.set("movablelimits", "false")
    }
    return .tag("mo", attributes, sign.text)
  }

  // MARK: Tables

  private static func markup(_ table: MathTable) -> Markup {
    var rows: [Markup] = []
    for (index, cells) in table.rows.enumerated() {
      let isLast = index == table.rows.count - 1
      var names: [String] = []
      if table.ruledRows.contains(index) { names.append("ruled") }
      if isLast, table.ruledRows.contains(table.rows.count) { names.append("ended") }
      rows.append(
        .tag(
          "mtr", ["class": joined(names)],
          cells.enumerated().map { .tag("mtd", ["class": cellClass(table, $0)], [markup($1)]) }))
    }
    return .tag(
      "mtable",
      [
        "class": tableClass(table),
        "displaystyle": table.spacing == .aligned || table.spacing == .gathered ? "true" : nil,
      ], rows)
  }

  /// How its columns stand: told to the page's style sheet, for MathML Core has no attribute.
  private static func tableClass(_ table: MathTable) -> String? {
    switch table.spacing {
    case .matrix: nil
    case .small: "small"
    case .aligned: "aligned"
    case .cases: "cases"
    case .gathered, .stacked: nil
    }
  }

  private static func cellClass(_ table: MathTable, _ column: Int) -> String? {
    guard table.spacing == .matrix || table.spacing == .small else { return nil }
    var names: [String] = []
    switch table.column(column) {
    case .left: names.append("left")
    case .right: names.append("right")
    case .center: break
    }
    if table.ruledColumns.contains(column) { names.append("ruled") }
    return joined(names)
  }

  private static func joined(_ names: [String]) -> String? {
    names.isEmpty ? nil : names.joined(separator: " ")
  }
}
