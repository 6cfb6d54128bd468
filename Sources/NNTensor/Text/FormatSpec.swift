import NNSource

/// What a format spec says: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
struct FormatSpec {
  enum Alignment: Unicode.Scalar {
    case left = "<"
    case right = ">"
    case center = "^"
    case afterSign = "="
  }
  enum Sign: Unicode.Scalar {
    case negativeOnly = "-"
    case always = "+"
    case blank = " "
  }
  enum Grouping: Unicode.Scalar {
    case comma = ","
    case underscore = "_"
  }

  /// No width and no precision beyond this, so that a slip does not fill the memory.
  static let limit = 10_000

  let text: String
  var fill: Unicode.Scalar = " "
  var alignment: Alignment
  var sign: Sign?
  /// `z`: a number that rounds to zero loses its minus sign.
  var coercesNegativeZero = false
  var isAlternate = false
  var width = 0
  var grouping: Grouping?
  var precision: Int?
  var type: Unicode.Scalar?

  /// The same spec for the digits alone, to be padded no further.
  var isZeroPadded: Bool { fill == "0" && alignment == .afterSign }

  /// - Parameter kind: what is to be formatted, in the words of an error: `int`, `str`.
  init(_ text: String, alignment: Alignment, kind: String) throws {
    self.text = text
    self.alignment = alignment
    var scalars = Array(text.unicodeScalars)[...]
    readAlignment(&scalars, isDefault: alignment)
    width = try FormatSpec.number("width", &scalars) ?? 0
    try readGrouping(&scalars)
    if scalars.first == "." {
      scalars.removeFirst()
      guard let digits = try FormatSpec.number("precision", &scalars) else {
        throw Problem.value(.format(.missingPrecision(spec: text)))
      }
      precision = digits
    }
    guard scalars.count <= 1 else {
      throw Problem.value(.format(.invalidSpec(spec: text, kind: kind)))
    }
    type = scalars.first
  }

  private mutating func readAlignment(
    _ scalars: inout ArraySlice<Unicode.Scalar>, isDefault: Alignment
  ) {
    var isFillGiven = false
    var isAlignmentGiven = true
    if let second = scalars.dropFirst().first, let given = Alignment(rawValue: second) {
      fill = scalars.removeFirst()
      scalars.removeFirst()
      alignment = given
      isFillGiven = true
    } else if let first = scalars.first, let given = Alignment(rawValue: first) {
      scalars.removeFirst()
      alignment = given
    } else {
      isAlignmentGiven = false
    }
    sign = scalars.first.flatMap(Sign.init(rawValue:))
    if sign != nil { scalars.removeFirst() }
    coercesNegativeZero = FormatSpec.skip("z", &scalars)
    isAlternate = FormatSpec.skip("#", &scalars)
    if !isFillGiven && FormatSpec.skip("0", &scalars) {
      fill = "0"
      if !isAlignmentGiven && isDefault == .right { alignment = .afterSign }
    }
  }

  private mutating func readGrouping(_ scalars: inout ArraySlice<Unicode.Scalar>) throws {
    let given = scalars.prefix(2).prefix { Grouping(rawValue: $0) != nil }
    if Set(given).count == 2 { throw Problem.value(.format(.commaAndUnderscore(spec: text))) }
    guard let first = given.first else { return }
    scalars.removeFirst()
    grouping = Grouping(rawValue: first)
  }

  private static func skip(
    _ scalar: Unicode.Scalar, _ scalars: inout ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard scalars.first == scalar else { return false }
    scalars.removeFirst()
    return true
  }

  /// The digits at the front, nil if there are none.
  private static func number(
    _ part: String, _ scalars: inout ArraySlice<Unicode.Scalar>
  ) throws -> Int? {
    let digits = scalars.prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty else { return nil }
    scalars.removeFirst(digits.count)
    let text = String(String.UnicodeScalarView(digits))
    guard let value = Int(text), value <= limit else {
      throw Problem.value(.format(.numberTooLarge(part: part, digits: text, limit: limit)))
    }
    return value
  }
}

extension FormatSpec {
  /// Refuses an option that values of a kind don't take.
  func refuse(_ option: String, if isGiven: Bool, kind: String) throws {
    guard isGiven else { return }
    throw Problem.value(.format(.optionNotAllowed(option: option, spec: text, kind: kind)))
  }

  /// Refuses a separator for types that are not written in groups.
  func checkGrouping() throws {
    guard let grouping, let type else { return }
    if "deEfFgG%".unicodeScalars.contains(type) { return }
    if grouping == .underscore && "boxX".unicodeScalars.contains(type) { return }
    throw Problem.value(
      .format(
        .groupingNotAllowed(separator: String(grouping.rawValue), type: String(type))))
  }
}
