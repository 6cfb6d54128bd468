/// What TeX's commands stand for.
enum MathSymbols {
  /// Letters, slanted as Latin ones are.
  static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "varkappa": "ϰ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π",
    "varpi": "ϖ", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ",
    "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "digamma": "ϝ", "ell": "ℓ", "imath": "ı", "jmath": "ȷ", "wp": "℘",
  ]

  /// Letters and things like letters that stand upright.
  static let uprightLetters: [String: String] = [
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "infty": "∞", "partial": "∂",
    "nabla": "∇", "hbar": "ℏ", "hslash": "ℏ", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "beth": "ℶ",
    "emptyset": "∅", "varnothing": "∅", "top": "⊤", "bot": "⊥", "ldots": "…", "dots": "…",
    "dotsc": "…", "dotso": "…", "cdots": "⋯", "dotsb": "⋯", "dotsm": "⋯", "dotsi": "⋯",
    "vdots": "⋮", "ddots": "⋱", "prime": "′", "degree": "°", "angle": "∠", "triangle": "△",
    "square": "□", "Box": "□", "blacksquare": "■", "diamondsuit": "♢", "heartsuit": "♡",
    "checkmark": "✓", "complement": "∁", "forall": "∀", "exists": "∃", "nexists": "∄",
    "flat": "♭", "natural": "♮", "sharp": "♯", "surd": "√", "S": "§", "P": "¶", "pounds": "£",
    "copyright": "©", "AA": "Å",
  ]

  typealias Sign = (text: String, kind: MathClass)

  static let signs: [String: Sign] = {
    var signs: [String: Sign] = [:]
    let groups: [([String: String], MathClass)] = [
      (binaries, .binary), (relations, .relation), (arrows, .relation), (opening, .opening),
      (closing, .closing), (ordinary, .ordinary),
    ]
    for (group, kind) in groups {
      for (name, text) in group { signs[name] = (text, kind) }
    }
    signs["colon"] = (":", .punctuation)
    return signs
  }()

  private static let binaries: [String: String] = [
    "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆",
    "circ": "∘", "bullet": "∙", "odot": "⊙", "oplus": "⊕", "ominus": "⊖", "otimes": "⊗",
    "oslash": "⊘", "circledast": "⊛", "circledcirc": "⊚", "boxplus": "⊞", "boxtimes": "⊠",
    "cup": "∪", "cap": "∩", "uplus": "⊎", "sqcup": "⊔", "sqcap": "⊓", "setminus": "∖",
    "smallsetminus": "∖", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "amalg": "⨿",
    "diamond": "⋄", "bigcirc": "◯", "dagger": "†", "ddagger": "‡", "wr": "≀", "ltimes": "⋉",
    "rtimes": "⋊", "triangleleft": "◃", "triangleright": "▹", "dotplus": "∔", "intercal": "⊺",
  ]

  private static let relations: [String: String] = [
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "leqslant": "⩽", "geqslant": "⩾", "ne": "≠",
    "neq": "≠", "lt": "<", "gt": ">", "ll": "≪", "gg": "≫", "lll": "⋘", "ggg": "⋙",
    "lesssim": "≲", "gtrsim": "≳", "approx": "≈", "approxeq": "≊", "equiv": "≡", "sim": "∼",
    "simeq": "≃", "cong": "≅", "asymp": "≍", "doteq": "≐", "propto": "∝", "varpropto": "∝",
    "in": "∈", "notin": "∉", "ni": "∋", "owns": "∋", "subset": "⊂", "subseteq": "⊆",
    "subsetneq": "⊊", "nsubseteq": "⊈", "supset": "⊃", "supseteq": "⊇", "supsetneq": "⊋",
    "sqsubseteq": "⊑", "sqsupseteq": "⊒", "prec": "≺", "succ": "≻", "preceq": "⪯",
    "succeq": "⪰", "perp": "⊥", "parallel": "∥", "nparallel": "∦", "mid": "∣", "nmid": "∤",
    "vdash": "⊢", "dashv": "⊣", "models": "⊨", "vDash": "⊨", "triangleq": "≜", "coloneqq": "≔",
    "eqqcolon": "≕", "bowtie": "⋈", "therefore": "∴", "because": "∵", "between": "≬",
    "nleq": "≰", "ngeq": "≱", "nless": "≮", "ngtr": "≯", "nsim": "≁", "ncong": "≇",
  ]

  private static let arrows: [String: String] = [
    "to": "→", "rightarrow": "→", "leftarrow": "←", "gets": "←", "leftrightarrow": "↔",
    "Rightarrow": "⇒", "implies": "⟹", "impliedby": "⟸", "Leftarrow": "⇐",
    "Leftrightarrow": "⇔", "iff": "⟺", "mapsto": "↦", "longmapsto": "⟼",
    "longrightarrow": "⟶", "longleftarrow": "⟵", "longleftrightarrow": "⟷",
    "Longrightarrow": "⟹", "Longleftarrow": "⟸", "Longleftrightarrow": "⟺", "uparrow": "↑",
    "downarrow": "↓", "updownarrow": "↕", "Uparrow": "⇑", "Downarrow": "⇓",
    "Updownarrow": "⇕", "nearrow": "↗", "searrow": "↘", "swarrow": "↙", "nwarrow": "↖",
    "hookrightarrow": "↪", "hookleftarrow": "↩", "rightharpoonup": "⇀", "rightharpoondown": "⇁",
    "leftharpoonup": "↼", "leftharpoondown": "↽", "rightleftharpoons": "⇌", "leadsto": "⇝",
    "rightsquigarrow": "⇝", "twoheadrightarrow": "↠", "rightarrowtail": "↣",
    "rightleftarrows": "⇄", "rightrightarrows": "⇉", "circlearrowleft": "↺",
    "circlearrowright": "↻", "nrightarrow": "↛", "nRightarrow": "⇏",
  ]

  private static let opening: [String: String] = [
    "{": "{", "lbrace": "{", "lbrack": "[", "langle": "⟨", "lfloor": "⌊", "lceil": "⌈",
    "lVert": "‖", "lvert": "|", "lgroup": "⟮", "llbracket": "⟦",
  ]

  private static let closing: [String: String] = [
    "}": "}", "rbrace": "}", "rbrack": "]", "rangle": "⟩", "rfloor": "⌋", "rceil": "⌉",
    "rVert": "‖", "rvert": "|", "rgroup": "⟯", "rrbracket": "⟧",
  ]

  private static let ordinary: [String: String] = [
    "vert": "|", "Vert": "‖", "|": "‖", "backslash": "\\", "neg": "¬", "lnot": "¬", "%": "%",
    "$": "$", "&": "&", "#": "#", "_": "_",
  ]

  /// A sign that is written as itself.
  static func atom(of sign: Character) -> MathAtom {
    switch sign {
    case "-", "−": MathAtom(node: .sign(MathSign("−")), kind: .binary)
    case "*": MathAtom(node: .sign(MathSign("∗")), kind: .binary)
    case "+", "±", "×", "·", "⋅", "÷", "∗", "∘", "⊙", "⊗", "⊕", "∪", "∩", "∧", "∨":
      MathAtom(node: .sign(MathSign(String(sign))), kind: .binary)
    case "=", "<", ">", ":", "≤", "≥", "≠", "≈", "∈", "∉", "→", "←", "⇒", "∼", "≡", "∝", "⊂", "⊆":
      MathAtom(node: .sign(MathSign(String(sign))), kind: .relation)
    case "(", "[", "⟨", "⌊", "⌈": MathAtom(node: .sign(MathSign(String(sign))), kind: .opening)
    case ")", "]", "⟩", "⌋", "⌉", "!":
      MathAtom(node: .sign(MathSign(String(sign))), kind: .closing)
    case ",", ";": MathAtom(node: .sign(MathSign(String(sign))), kind: .punctuation)
    case "∞", "∂", "∇", "∅", "…", "⋯": MathAtom(node: .identifier(String(sign), isUpright: true))
    default: MathAtom(node: .sign(MathSign(String(sign))).tightened)
    }
  }

  /// Their limits stand above and below them in a formula of its own, an integral's beside.
  static let largeOperators: [String: (text: String, hasLimits: Bool)] = [
    "sum": ("∑", true), "prod": ("∏", true), "coprod": ("∐", true), "bigcup": ("⋃", true),
    "bigcap": ("⋂", true), "bigoplus": ("⨁", true), "bigotimes": ("⨂", true),
    "bigodot": ("⨀", true), "bigvee": ("⋁", true), "bigwedge": ("⋀", true),
    "biguplus": ("⨄", true), "bigsqcup": ("⨆", true), "int": ("∫", false),
    "iint": ("∬", false), "iiint": ("∭", false), "oint": ("∮", false),
  ]

  /// Functions whose limits stand below them.
  static let limitFunctions: [String: String] = [
    "lim": "lim", "max": "max", "min": "min", "sup": "sup", "inf": "inf", "argmax": "arg max",
    "argmin": "arg min", "limsup": "lim sup", "liminf": "lim inf", "det": "det", "Pr": "Pr",
    "gcd": "gcd", "plim": "plim",
  ]

  static let functions: Set<String> = [
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "coth", "exp", "log", "ln", "lg", "arg", "deg", "dim", "ker", "hom",
  ]

  /// Widths in thousandths of an em.
  static let spaces: [String: Int] = [
    ",": 167, ":": 222, ">": 222, ";": 278, " ": 333, "!": -167, "quad": 1000, "qquad": 2000,
    "enspace": 500, "enskip": 500, "thinspace": 167, "medspace": 222, "thickspace": 278,
    "negthinspace": -167, "space": 333, "nobreakspace": 333,
  ]

  static let textStyles: [String: MathTextStyle] = [
    "text": .plain, "textrm": .plain, "textnormal": .plain, "textup": .plain, "mbox": .plain,
    "hbox": .plain, "textsf": .plain, "textit": .italic, "emph": .italic, "textbf": .bold,
    "texttt": .typewriter,
  ]

  /// Fractions that part all of a group.
  static let infixes: Set<String> = ["over", "choose", "atop"]

  /// Commands that only ask for a size or a place, which a browser chooses itself.
  static let ignored: Set<String> = [
    "scriptstyle", "scriptscriptstyle", "limits", "nolimits", "nonumber", "notag", "hfill",
    "mathstrut", "strut", "allowbreak", "nobreak", "normalsize", "small", "large", "hline",
    "relax", "/",
  ]

  // MARK: Accents

  struct Accent {
    let text: String
    let isOver: Bool
    /// As wide as what it stands upon.
    let isWide: Bool
    /// Whether a script stands beyond it, as upon a brace.
    var hasLimits = false
  }

  static func accent(_ name: String) -> Accent? {
    if let text = accents[name] { return Accent(text: text, isOver: true, isWide: false) }
    if let text = wideAccents[name] {
      return Accent(text: text, isOver: true, isWide: true, hasLimits: name == "overbrace")
    }
    if let text = underAccents[name] {
      return Accent(text: text, isOver: false, isWide: true, hasLimits: name == "underbrace")
    }
    return nil
  }

  private static let accents = [
    "hat": "^", "bar": "¯", "vec": "→", "tilde": "~", "dot": "˙", "ddot": "¨", "dddot": "⃛",
    "check": "ˇ", "breve": "˘", "acute": "´", "grave": "`", "mathring": "˚",
  ]

  private static let wideAccents = [
    "widehat": "\u{302}", "widetilde": "\u{303}", "overrightarrow": "→",
    "overleftarrow": "←", "overbrace": "⏞",
  ]

  private static let underAccents = [
    "underbrace": "⏟", "underrightarrow": "→",
  ]

  // MARK: Delimiters

  struct SizedDelimiter {
    /// In tenths of an em.
    let height: Int
    let form: MathSign.Form?
    let kind: MathClass
  }

  /// `\big`, `\Biggr` and what lies between.
  static func sizedDelimiter(_ name: String) -> SizedDelimiter? {
    for (size, height) in [("bigg", 24), ("Bigg", 30), ("big", 12), ("Big", 18)] {
      guard name.hasPrefix(size) else { continue }
      switch name.dropFirst(size.count) {
      case "": return SizedDelimiter(height: height, form: nil, kind: .ordinary)
      case "l": return SizedDelimiter(height: height, form: .prefix, kind: .opening)
      case "r": return SizedDelimiter(height: height, form: .postfix, kind: .closing)
      case "m": return SizedDelimiter(height: height, form: .infix, kind: .relation)
      default: return nil
      }
    }
    return nil
  }

  struct Environment {
    var open = ""
    var close = ""
    var spacing = MathTable.Spacing.matrix
  }

  static let environments: [String: Environment] = {
    var all: [String: Environment] = [
      "matrix": Environment(), "array": Environment(), "smallmatrix": Environment(spacing: .small),
      "pmatrix": Environment(open: "(", close: ")"), "bmatrix": Environment(open: "[", close: "]"),
      "Bmatrix": Environment(open: "{", close: "}"), "vmatrix": Environment(open: "|", close: "|"),
      "Vmatrix": Environment(open: "‖", close: "‖"),
      "cases": Environment(open: "{", spacing: .cases),
      "dcases": Environment(open: "{", spacing: .cases),
      "rcases": Environment(close: "}", spacing: .cases),
    ]
    for name in ["aligned", "align", "align*", "split", "alignat", "alignat*", "alignedat"] {
      all[name] = Environment(spacing: .aligned)
    }
    for name in ["gathered", "gather", "gather*", "equation", "equation*"] {
      all[name] = Environment(spacing: .gathered)
    }
    return all
  }()

  /// Every command by name, for telling which one was meant.
  static let commands: [String] = {
    let constructs = [
      "frac", "dfrac", "tfrac", "binom", "sqrt", "left", "right", "middle", "begin", "end",
      "substack", "displaystyle", "textstyle", "operatorname", "overset", "underset", "stackrel",
      "xrightarrow", "xleftarrow", "not", "boxed", "phantom", "bmod", "pmod", "hspace", "limits",
      "mathbf", "boldsymbol", "mathbb", "mathcal", "mathfrak", "mathsf", "mathtt", "mathrm",
      "mathit", "overline", "underline",
    ]
    return constructs + letters.keys + uprightLetters.keys + signs.keys + largeOperators.keys
      + limitFunctions.keys + functions + spaces.keys + textStyles.keys + accents.keys
      + wideAccents.keys + underAccents.keys
  }()
}
