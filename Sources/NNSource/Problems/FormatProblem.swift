/// Format specs (`.3f`, `>10`) that mean nothing, or nothing for the value at hand.
package enum FormatProblem: Sendable, Hashable {
  /// More than one character is left where the type stands.
  case invalidSpec(spec: String, kind: String)
  /// A type that no value of this kind has.
  case unknownType(type: String, kind: String)
  case missingPrecision(spec: String)
  /// A width or a precision beyond what is sensible.
  case numberTooLarge(part: String, digits: String, limit: Int)
  case commaAndUnderscore(spec: String)
  case groupingNotAllowed(separator: String, type: String)
  /// An option that a kind of value does not take: "a sign", "a precision".
  case optionNotAllowed(option: String, spec: String, kind: String)
  case optionNotAllowedForCharacter(option: String, spec: String)
  case notACharacter(Int)

  package var wording: Wording {
    switch self {
    case .invalidSpec(let spec, let kind):
      Wording(
        "the format spec '\(spec)' is invalid for \(kind)",
        hint: "a spec is [[fill]align][sign][#][0][width][,][.precision][type], as in '>10.3f'")
    case .unknownType(let type, let kind):
      Wording(
        "the format type '\(type)' does not exist for \(kind)",
        hint: FormatProblem.hint(type: type, kind: kind))
    case .missingPrecision(let spec):
      Wording(
        "the format spec '\(spec)' has a '.' with no precision behind it",
        hint: "write the number of digits, as in '.3f'")
    case .numberTooLarge(let part, let digits, let limit):
      Wording("the \(part) \(digits) of a format spec is over the limit of \(limit)")
    case .commaAndUnderscore(let spec):
      Wording(
        "the format spec '\(spec)' has both ',' and '_'", hint: "keep one of the two separators")
    case .groupingNotAllowed(let separator, let type):
      Wording(
        "the separator '\(separator)' does not go with the format type '\(type)'",
        hint: separator == "," && "boxX".contains(type) ? "'_' does" : nil)
    case .optionNotAllowed(let option, let spec, let kind):
      Wording("the format spec '\(spec)' has \(option), which \(kind) does not take")
    case .optionNotAllowedForCharacter(let option, let spec):
      Wording("the format spec '\(spec)' has \(option), which the type 'c' does not take")
    case .notACharacter(let value):
      Wording(
        "\(value) is not the number of a character, so it has no format type 'c'",
        hint: "characters are 0 … 1114111 without 55296 … 57343")
    }
  }

  private static func hint(type: String, kind: String) -> String {
    switch kind {
    case "str": "a str takes 's'; turn it into a number first: float(x)"
    case "float" where "dbcoxX".contains(type): "int(x) takes '\(type)'; a float takes '.0f'"
    case "float": "a float takes e E f F g G n or %"
    default: "an int takes b c d o x X n, and e E f F g G % as a float does"
    }
  }
}
