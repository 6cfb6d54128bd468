/// Small pieces of the sentences that problems are told in.
package enum Words {
  /// `1 layer`, `2 layers`, `2 classes`, `3 series`.
  package static func count(_ number: Int, _ noun: String) -> String {
    if number == 1 || noun == "series" { return "\(number) \(noun)" }
    return "\(number) \(noun)" + (noun.hasSuffix("s") ? "es" : "s")
  }

  /// `a, b and c`
  package static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Words {
  /// `1,000,000`
  package static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `1.5 GiB`, one digit behind the point.
  package static func size(_ bytes: Int) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var unit = 0
    var rest = bytes
    while rest >= 1024 * 1024, unit < 5 {
      rest /= 1024
      unit += 1
    }
    if bytes == 1 { return "1 byte" }
    if rest < 1024 { return "\(rest) \(units[unit])" }
    let tenths = rest * 10 / 1024
    return "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)") + " \(units[unit + 1])"
  }

  /// A size that someone chose, as they wrote it: `512 MB`, `2 GiB`.
  package static func chosenSize(_ bytes: Int) -> String {
    let units = [
      ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000),
    ]
    for (name, unit) in units where bytes > 0 && bytes % unit == 0 {
      return "\(bytes / unit) \(name)"
    }
    return size(bytes)
  }
}

extension DefaultStringInterpolation {
  /// Without the sign of a nan: x86 and arm64 give `inf - inf` different ones, and a message is the
  /// same everywhere.
  mutating func appendInterpolation(_ number: Double) {
    appendLiteral(number.isNaN ? "nan" : number.description)
  }
}
