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

  /// For the group behind the command.
  init?(command: String) {
    switch command {
    case "bm", "pmb": self = .boldItalic
    case "mathscr": self = .script
    case "Bbb": self = .doubleStruck
    case "mathbfit": self = .boldItalic
    case "mathnormal": self = .italic
    default: self.init(rawValue: command)
    }
  }

  /// For all that follows in the group the command stands in: TeX's older way.
  init?(switch command: String) {
    switch command {
    case "bf": self = .bold
    case "rm": self = .upright
    case "it": self = .italic
    case "cal": self = .script
    case "sf": self = .sansSerif
    case "tt": self = .monospace
    case "frak": self = .fraktur
    default: return nil
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
