import NNSource

/// A number in the four parts that padding and grouping need to tell apart.
struct NumberText {
  var sign: String
  /// `0x` and the like.
  var prefix = ""
  /// The digits before the decimal point; they are grouped.
  var digits: String
  /// The rest: fraction, exponent, `%`; all of `inf`, a character or a string.
  var rest: String
}

extension NumberText {
  init(_ value: Int, _ spec: FormatSpec, kind: String) throws {
    switch spec.type {
    case nil, "d", "n": try self.init(value, radix: 10, "", spec)
    case "b": try self.init(value, radix: 2, "0b", spec)
    case "o": try self.init(value, radix: 8, "0o", spec)
    case "x": try self.init(value, radix: 16, "0x", spec)
    case "X":
      try self.init(value, radix: 16, "0X", spec)
      digits = digits.uppercased()
    case "c": try self.init(character: value, spec)
    case "e", "E", "f", "F", "g", "G", "%":
      try self.init(Double(value), spec, kind: kind)
    case let type?:
      throw Problem.value(.format(.unknownType(type: String(type), kind: kind)))
    }
  }

  private init(_ value: Int, radix: Int, _ prefix: String, _ spec: FormatSpec) throws {
    try spec.refuse("a precision", if: spec.precision != nil, kind: "an int")
    try spec.refuse("'z'", if: spec.coercesNegativeZero, kind: "an int")
    self.init(
      sign: NumberText.sign(isNegative: value < 0, spec),
      prefix: spec.isAlternate ? prefix : "",
      digits: String(value.magnitude, radix: radix), rest: "")
  }

  private init(character value: Int, _ spec: FormatSpec) throws {
    try spec.refuse("a precision", if: spec.precision != nil, kind: "an int")
    try spec.refuse("'z'", if: spec.coercesNegativeZero, kind: "an int")
    for (option, isGiven) in [("a sign", spec.sign != nil), ("'#'", spec.isAlternate)] where isGiven
    {
      throw Problem.value(.format(.optionNotAllowedForCharacter(option: option, spec: spec.text)))
    }
    guard let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else {
      throw Problem.value(.format(.notACharacter(value)))
    }
    self.init(sign: "", digits: "", rest: String(scalar))
  }

  private static func sign(isNegative: Bool, _ spec: FormatSpec) -> String {
    if isNegative { return "-" }
    switch spec.sign {
    case .always: return "+"
    case .blank: return " "
    case .negativeOnly, nil: return ""
    }
  }
}

extension NumberText {
  init(_ value: Double, _ spec: FormatSpec, kind: String) throws {
    guard let notation = FloatNotation(spec) else {
      throw Problem.value(
        .format(.unknownType(type: spec.type.map { String($0) } ?? "", kind: kind)))
    }
    let isPercent = spec.type == "%"
    let shown = isPercent ? value * 100 : value
    let percent = isPercent ? "%" : ""
    if let text = PythonText.nonFinite(shown.isNaN ? shown : shown.magnitude) {
      self.init(
        sign: NumberText.sign(isNegative: shown < 0, spec), digits: "",
        rest: (notation.isUppercase ? text.uppercased() : text) + percent)
      return
    }
    let (digits, rest, isZero) = notation.text(shown)
    let isNegative = shown.sign == .minus && !(isZero && spec.coercesNegativeZero)
    self.init(
      sign: NumberText.sign(isNegative: isNegative, spec), digits: digits, rest: rest + percent)
  }
}

extension NumberText {
  /// Grouped, and filled up to the width.
  func padded(_ spec: FormatSpec) -> String {
    let fixed = sign.utf8.count + prefix.utf8.count + rest.unicodeScalars.count
    let grouped =
      digits.isEmpty
      ? "" : NumberText.grouped(digits, spec, width: spec.isZeroPadded ? spec.width - fixed : 0)
    let padding = max(0, spec.width - fixed - grouped.utf8.count)
    func fill(_ count: Int) -> String { String(repeating: String(spec.fill), count: count) }
    let number = prefix + grouped + rest
    switch spec.alignment {
    case .left: return sign + number + fill(padding)
    case .right: return fill(padding) + sign + number
    case .center: return fill(padding / 2) + sign + number + fill(padding - padding / 2)
    case .afterSign: return sign + prefix + fill(padding) + grouped + rest
    }
  }

  /// The digits in groups from the right, with zeros in front up to `width` characters; one more
  /// where a separator would come first.
  private static func grouped(_ digits: String, _ spec: FormatSpec, width: Int) -> String {
    guard let separator = spec.grouping?.rawValue else {
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let size = spec.type.map { "boxX".unicodeScalars.contains($0) } == true ? 4 : 3
    var rest = Array(digits.unicodeScalars)[...]
    var room = width
    var reversed: [Unicode.Scalar] = []
    while true {
      let length = min(size, max(rest.count, room, 1))
      for _ in 0..<length { reversed.append(rest.popLast() ?? "0") }
      room -= length
      if rest.isEmpty && room <= 0 { break }
      reversed.append(separator)
      room -= 1
    }
    return String(String.UnicodeScalarView(reversed.reversed()))
  }
}
