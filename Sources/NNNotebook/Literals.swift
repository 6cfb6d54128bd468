/// Reading the small literals of options, front matter and command line. Each gives nil for what is
/// none.
package enum Literals {
  /// Seconds of `500ms`, `30s`, `2m`, `1.5h`: a number above 0 and its unit.
  package static func seconds(_ text: String) -> Double? {
    quantity(text, units: [("ms", 0.001), ("s", 1), ("min", 60), ("m", 60), ("h", 3600)])
  }

  /// Bytes of `512MB`, `2GiB`: a number above 0 and its unit, in any case.
  package static func bytes(_ text: String) -> Int? {
    let units = [
      ("kib", 1024.0), ("mib", 1_048_576), ("gib", 1_073_741_824), ("kb", 1000), ("mb", 1e6),
      ("gb", 1e9), ("b", 1),
    ]
    guard let value = quantity(text.lowercased(), units: units), value >= 1, value < 1e15 else {
      return nil
    }
    return Int(value)
  }

  /// A whole number above 0: `1000000`, `1e6`, `2.5e9`.
  package static func count(_ text: String) -> Int? {
    guard text.utf8.allSatisfy({ isDigit($0) || ".eE+_".utf8.contains($0) }),
      let value = Double(String(text.filter { $0 != "_" })), value >= 1, value < 1e18,
      value == value.rounded()
    else { return nil }
    return Int(value)
  }

  private static func quantity(_ text: String, units: [(name: String, factor: Double)]) -> Double? {
    for unit in units where text.hasSuffix(unit.name) {
      let digits = text.dropLast(unit.name.count)
      guard digits.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }),
        let value = Double(digits)
      else { return nil }
      let result = value * unit.factor
      return result > 0 && result.isFinite ? result : nil
    }
    return nil
  }

  static func bool(_ text: String) -> Bool? {
    switch text {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// `[A-Za-z][A-Za-z0-9_-]{0,63}`
  static func isLabel(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.count <= 64 else { return false }
    return text.utf8.allSatisfy {
      isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
    }
  }

  /// `cell-N`, what a cell without a label is called.
  package static func isAutomaticLabel(_ text: String) -> Bool {
    text.hasPrefix("cell-") && text.utf8.count > 5 && text.utf8.dropFirst(5).allSatisfy(isDigit)
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
