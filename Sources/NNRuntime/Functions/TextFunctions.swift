import NNLanguage
import NNSource
import NNTensor

/// Between numbers and their text.
extension Registry {
  static let textFunctions: [RegistryEntry] = [
    text(
      "str", [SignatureParameter("x", "any", help: "any value")], "the text that print writes",
      example: "print \"loss \" + str(0.25)", seeAlso: ["format", "print"],
      shape: .string
    ) { arguments in
      let text = arguments.value(0).text
      try Arithmetic.check(textBytes: text.utf8.count)
      return .string(text)
    },
    text(
      "int",
      [
        SignatureParameter(
          "x", "number or string", help: "a number, or a text with a whole number in it")
      ],
      "a whole number: without its fraction, or read from a text",
      example: "print int(2.9), int(\"42\")", seeAlso: ["float", "floor", "astype"],
      shape: .integer
    ) { arguments in
      .int(try arguments.at(0) { try PlainInteger.of(arguments.value(0), arguments) })
    },
    text(
      "float",
      [
        SignatureParameter("x", "number or string", help: "a number, or a text with a number in it")
      ], "a number, or one read from a text",
      example: "print float(3), float(\"2.5\")", seeAlso: ["int", "astype"],
      shape: .float
    ) { arguments in
      if case .string(let text) = arguments.value(0) {
        return .float(try arguments.at(0) { try PlainFloat.of(text) })
      }
      guard let number = arguments.value(0).double else {
        throw notOneNumber(arguments, converter: "float64")
      }
      return .float(number)
    },
    text(
      "bool", [SignatureParameter("x", "any", help: "any value but a tensor of several elements")],
      "false for 0, none and what is empty, true for all else",
      example: "print bool(0), bool(\"no\")", seeAlso: ["and", "if"],
      shape: .bool
    ) { .bool(try Arithmetic.truth($0.value(0))) },
    text(
      "format",
      [
        SignatureParameter("x", "any", help: "a number or a string; with an empty spec any value"),
        SignatureParameter(
          "spec", "string", standard: "\"\"",
          help: "Python's format spec: \".2f\" two decimals, \".1%\" per cent, \">8\" "
            + "right-aligned in 8 columns"),
      ],
      "the text of a number or string by Python's format spec",
      example: "print format(3.14159, \".2f\")",
      notes: "The same specs stand in f-strings: `f\"{x:.2f}\"`.",
      seeAlso: ["str", "print", "round"],
      shape: .string
    ) { arguments in
      let spec = arguments.isGiven(1) ? try arguments.string(1) : ""
      return .string(
        try arguments.interpreter.formatted(arguments.value(0), .string(spec), .format))
    },
  ]

  private static func text(
    _ name: String, _ parameters: [SignatureParameter], _ summary: String, example: String,
    notes: String = "", seeAlso: [String] = [], shape: ShapeRule? = nil,
    _ body: @escaping RegistryEntry.Body
  ) -> RegistryEntry {
    .function(
      name, parameters, family: "text", summary, example: example, notes: notes,
      seeAlso: seeAlso, shape: shape, body)
  }

  static func notOneNumber(_ arguments: Arguments, converter: String) -> Diagnostic {
    let value = arguments.value(0)
    guard case .tensor = value else {
      return arguments.wrongType(0)
    }
    return arguments.failure(
      0,
      .call(
        .function(
          .tensorForNumber(
            callee: arguments.signature.name, found: value.described, dtype: converter))))
  }
}

/// Python's `int()`.
enum PlainInteger {
  static func of(_ value: Value, _ arguments: Arguments) throws -> Int {
    if let whole = value.integer { return whole }
    if case .string(let text) = value { return try of(text) }
    guard let number = value.double else {
      throw Registry.notOneNumber(arguments, converter: "int64")
    }
    return try of(number, callee: "int")
  }

  /// Without the fraction.
  static func of(_ value: Double, callee: String) throws -> Int {
    guard value.isFinite else {
      throw Problem.call(.function(.noInteger(callee: callee, value: PythonText.repr(value))))
    }
    guard let whole = Int(exactly: value.rounded(.towardZero)) else {
      throw Problem.value(.integerOverflow("\(callee)(\(PythonText.repr(value)))"))
    }
    return whole
  }

  /// Digits with a sign before and single `_` between, blanks around.
  static func of(_ text: String) throws -> Int {
    guard text.utf8.count <= 1000 else {
      throw Problem.value(.notANumber(text: String(text.prefix(40)) + "…", kind: "integer"))
    }
    let trimmed = NumberSpelling.trimmed(text)
    let digits = trimmed.first == "-" || trimmed.first == "+" ? trimmed.dropFirst() : trimmed[...]
    guard let plain = NumberSpelling.digits(digits) else {
      throw Problem.value(.notANumber(text: text, kind: "integer"))
    }
    guard let value = Int((trimmed.first == "-" ? "-" : "") + plain) else {
      throw Problem.value(.integerOverflow("int(\(PythonText.repr(Self.shortened(trimmed))))"))
    }
    return value
  }
}

extension PlainInteger {
  private static func shortened(_ text: String) -> String {
    text.utf8.count <= 40 ? text : String(text.prefix(40)) + "…"
  }
}

/// Python's `float()` of a text.
enum PlainFloat {
  static func of(_ text: String) throws -> Double {
    let trimmed = NumberSpelling.trimmed(text)
    let isNegative = trimmed.first == "-"
    let unsigned =
      isNegative || trimmed.first == "+" ? trimmed.dropFirst() : trimmed[...]
    let magnitude: Double?
    switch unsigned.lowercased() {
    case "inf", "infinity": magnitude = .infinity
    case "nan": magnitude = .nan
    default: magnitude = decimal(unsigned)
    }
    guard let magnitude else { throw Problem.value(.notANumber(text: text, kind: "number")) }
    return isNegative && !magnitude.isNaN ? -magnitude : magnitude
  }

  /// `12`, `1.5`, `.5`, `1.`, `1e-3`, with single `_` between digits.
  private static func decimal(_ text: Substring) -> Double? {
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == "e" || $0 == "E"
    }
    let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = mantissa.map { $0.isEmpty ? "" : NumberSpelling.digits($0) }
    guard !numbers.contains(nil), numbers.contains(where: { $0 != "" }) else { return nil }
    var spelled = numbers.map { ($0 ?? "").isEmpty ? "0" : $0 ?? "" }.joined(separator: ".")
    if parts.count == 2 {
      let exponent = parts[1]
      let isSigned = exponent.first == "-" || exponent.first == "+"
      guard let digits = NumberSpelling.digits(isSigned ? exponent.dropFirst() : exponent) else {
        return nil
      }
      spelled += "e" + (exponent.first == "-" ? "-" : "") + digits
    }
    return Double(spelled)
  }
}

/// Pieces of the texts that Python reads as numbers.
private enum NumberSpelling {
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// The digits without their underscores; nil when there is anything else.
  static func digits(_ text: some StringProtocol) -> String? {
    var result = ""
    var wasDigit = false
    for character in text.unicodeScalars {
      switch character {
      case "0"..."9":
        result.unicodeScalars.append(character)
        wasDigit = true
      case "_" where wasDigit: wasDigit = false
      default: return nil
      }
    }
    return wasDigit ? result : nil
  }
}
