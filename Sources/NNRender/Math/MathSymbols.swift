/// What TeX's commands stand for.
enum MathSymbols {
  /// Letters, set in italics where they are small and Greek.
  static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "varpi": "ϖ",
    "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ",
    "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "ell": "ℓ", "imath": "ı", "jmath": "ȷ",
  ]

  /// Letters that stand upright.
  static let uprightLetters: [String: String] = [
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "infty": "∞", "partial": "∂",
    "nabla": "∇", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "emptyset": "∅",
    "varnothing": "∅", "top": "⊤", "bot": "⊥", "ldots": "…", "dots": "…", "cdots": "⋯",
    "vdots": "⋮", "ddots": "⋱", "dagger": "†", "prime": "′", "degree": "°", "angle": "∠",
  ]

  static let operators: [String: String] = [
    "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆",
    "circ": "∘", "bullet": "∙", "odot": "⊙", "oplus": "⊕", "ominus": "⊖", "otimes": "⊗",
    "cup": "∪", "cap": "∩", "setminus": "∖", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨",
    "neg": "¬", "lnot": "¬", "forall": "∀", "exists": "∃",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "ll": "≪", "gg": "≫",
    "approx": "≈", "equiv": "≡", "sim": "∼", "simeq": "≃", "cong": "≅", "propto": "∝",
    "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃",
    "supseteq": "⊇", "perp": "⟂", "parallel": "∥", "mid": "∣", "colon": ":",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "gets": "←", "leftrightarrow": "↔",
    "Rightarrow": "⇒", "implies": "⟹", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "iff": "⟺",
    "mapsto": "↦", "longrightarrow": "⟶", "uparrow": "↑", "downarrow": "↓", "triangleq": "≜",
    "vert": "|", "Vert": "‖", "|": "‖", "backslash": "\\", "{": "{", "}": "}", "lbrace": "{",
    "rbrace": "}", "lbrack": "[", "rbrack": "]", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊",
    "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "lVert": "‖", "rVert": "‖", "lvert": "|",
    "rvert": "|", "%": "%", "$": "$", "&": "&", "#": "#", "_": "_",
  ]

  /// Operators whose limits stand above and below them in a formula of its own.
  static let largeOperators: [String: String] = [
    "sum": "∑", "prod": "∏", "coprod": "∐", "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁",
    "bigotimes": "⨂", "bigodot": "⨀", "bigvee": "⋁", "bigwedge": "⋀",
  ]

  /// Integrals, whose limits stand beside them.
  static let integrals: [String: String] = ["int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮"]

  /// Functions whose limits stand below them.
  static let limitFunctions: [String: String] = [
    "lim": "lim", "max": "max", "min": "min", "sup": "sup", "inf": "inf", "argmax": "arg max",
    "argmin": "arg min", "limsup": "lim sup", "liminf": "lim inf", "det": "det", "Pr": "Pr",
    "gcd": "gcd",
  ]

  static let functions: Set<String> = [
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "coth", "exp", "log", "ln", "lg", "arg", "deg", "dim", "ker", "hom",
  ]

  static let accents: [String: String] = [
    "hat": "^", "widehat": "^", "bar": "¯", "vec": "→", "tilde": "~", "widetilde": "~",
    "dot": "˙", "ddot": "¨", "check": "ˇ", "breve": "˘", "acute": "´", "grave": "`",
    "mathring": "˚", "overline": "‾", "overrightarrow": "→", "overbrace": "⏞",
  ]

  static let underAccents: [String: String] = ["underline": "_", "underbrace": "⏟"]

  /// Widths in em.
  static let spaces: [String: String] = [
    ",": "0.1667em", ":": "0.2222em", ">": "0.2222em", ";": "0.2778em", " ": "0.3333em",
    "!": "-0.1667em", "quad": "1em", "qquad": "2em", "enspace": "0.5em", "thinspace": "0.1667em",
  ]

  /// Commands that only ask for a size or a place, which a browser chooses itself.
  static let ignored: Set<String> = [
    "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber", "notag",
    "hfill", "mathstrut", "strut", "allowbreak", "normalsize", "small",
  ]

  /// `\big(`: the delimiter alone, as high as told.
  static let sizes: [String: String] = {
    var sizes: [String: String] = [:]
    for (name, size) in [("big", "1.2em"), ("Big", "1.8em"), ("bigg", "2.4em"), ("Bigg", "3em")] {
      for side in ["", "l", "r", "m"] { sizes[name + side] = size }
    }
    return sizes
  }()

  /// Delimiters around the environments that have them.
  static let matrices: [String: (open: String, close: String)] = [
    "matrix": ("", ""), "smallmatrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "cases": ("{", ""),
    "array": ("", ""), "aligned": ("", ""), "align": ("", ""), "align*": ("", ""),
    "split": ("", ""), "gathered": ("", ""), "equation": ("", ""), "equation*": ("", ""),
  ]
}

/// Letters of other alphabets. MathML Core has no attribute for them but Unicode has the letters
/// (block Mathematical Alphanumeric Symbols); the few that are elsewhere are named.
enum MathAlphabet: String {
  case bold = "mathbf"
  case boldItalic = "boldsymbol"
  case doubleStruck = "mathbb"
  case script = "mathcal"
  case fraktur = "mathfrak"
  case sansSerif = "mathsf"
  case monospace = "mathtt"
  case upright = "mathrm"
  case italic = "mathit"

  init?(command: String) {
    switch command {
    case "bm", "pmb": self = .boldItalic
    case "mathscr": self = .script
    case "Bbb": self = .doubleStruck
    default: self.init(rawValue: command)
    }
  }

  func letter(_ character: Character) -> Character {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
      return character
    }
    if let known = exceptions[character] { return known }
    guard let value = shifted(scalar.value), let result = Unicode.Scalar(value) else {
      return character
    }
    return Character(result)
  }

  private func shifted(_ value: UInt32) -> UInt32? {
    switch value {
    case 0x41...0x5A: capitalA.map { $0 + value - 0x41 }
    case 0x61...0x7A: capitalA.map { $0 + 26 + value - 0x61 }
    case 0x30...0x39: digitZero.map { $0 + value - 0x30 }
    case 0x391...0x3A9: capitalAlpha.map { $0 + value - 0x391 }
    case 0x3B1...0x3C9: capitalAlpha.map { $0 + 26 + value - 0x3B1 }
    default: nil
    }
  }

  private var capitalA: UInt32? {
    switch self {
    case .bold: 0x1D400
    case .boldItalic: 0x1D468
    case .doubleStruck: 0x1D538
    case .script: 0x1D49C
    case .fraktur: 0x1D504
    case .sansSerif: 0x1D5A0
    case .monospace: 0x1D670
    case .upright, .italic: nil
    }
  }

  private var capitalAlpha: UInt32? {
    switch self {
    case .bold: 0x1D6A8
    case .boldItalic: 0x1D71C
    default: nil
    }
  }

  private var digitZero: UInt32? {
    switch self {
    case .bold, .boldItalic: 0x1D7CE
    case .doubleStruck: 0x1D7D8
    case .sansSerif: 0x1D7E2
    case .monospace: 0x1D7F6
    default: nil
    }
  }

  private var exceptions: [Character: Character] {
    switch self {
    case .doubleStruck:
      ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
    case .script:
      [
        "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ",
        "g": "ℊ", "o": "ℴ",
      ]
    case .fraktur: ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"]
    default: [:]
    }
  }
}
