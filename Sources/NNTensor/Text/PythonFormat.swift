import NNSource

/// A value that `format` and f-strings write. A float32 is given as the double it equals, as
/// NumPy's `__format__` does.
package enum FormatArgument: Sendable, Hashable {
  case integer(Int)
  case float(Double)
  case bool(Bool)
  case string(String)

  package init(_ scalar: Scalar) {
    switch scalar {
    case .bool(let value): self = .bool(value)
    case .uint8(let value): self = .integer(Int(value))
    case .int64(let value): self = .integer(Int(value))
    case .float32(let value): self = .float(Double(value))
    case .float64(let value): self = .float(value)
    }
  }

  /// The type's name in an error.
  var kind: String {
    switch self {
    case .integer: "int"
    case .float: "float"
    case .bool: "bool"
    case .string: "str"
    }
  }
}

/// Python's `format(value, spec)`: spec → `FormatSpec` → sign, prefix, digits → padding.
package enum PythonFormat {
  /// Throws `Problem.value(.format(…))` where Python raises a `ValueError`, and for a width or a
  /// precision over `FormatSpec.limit`.
  package static func format(_ value: FormatArgument, _ spec: String) throws -> String {
    guard !spec.isEmpty else { return plain(value) }
    if case .string(let text) = value {
      return try format(text, FormatSpec(spec, alignment: .left, kind: value.kind))
    }
    let spec = try FormatSpec(spec, alignment: .right, kind: value.kind)
    try spec.checkGrouping()
    let number: NumberText
    switch value {
    case .bool(let value): number = try NumberText(value ? 1 : 0, spec, kind: "bool")
    case .integer(let value): number = try NumberText(value, spec, kind: "int")
    case .float(let value): number = try NumberText(value, spec, kind: "float")
    case .string: return ""
    }
    return number.padded(spec)
  }

  private static func plain(_ value: FormatArgument) -> String {
    switch value {
    case .integer(let value): String(value)
    case .float(let value): PythonText.repr(value)
    case .bool(let value): value ? "True" : "False"
    case .string(let value): value
    }
  }

  private static func format(_ text: String, _ spec: FormatSpec) throws -> String {
    if let type = spec.type, type != "s" {
      throw Problem.value(.format(.unknownType(type: String(type), kind: "str")))
    }
    if let grouping = spec.grouping {
      throw Problem.value(
        .format(.groupingNotAllowed(separator: String(grouping.rawValue), type: "s")))
    }
    try spec.refuse("a sign", if: spec.sign != nil, kind: "a str")
    try spec.refuse("'z'", if: spec.coercesNegativeZero, kind: "a str")
    try spec.refuse("'#'", if: spec.isAlternate, kind: "a str")
    try spec.refuse("the alignment '='", if: spec.alignment == .afterSign, kind: "a str")
    let shown = text.unicodeScalars.prefix(spec.precision ?? .max)
    return NumberText(sign: "", prefix: "", digits: "", rest: String(Substring(shown)))
      .padded(spec)
  }
}
