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

extension DefaultStringInterpolation {
  /// Without the sign of a nan: x86 and arm64 give `inf - inf` different ones, and a message is the
  /// same everywhere.
  mutating func appendInterpolation(_ number: Double) {
    appendLiteral(number.isNaN ? "nan" : number.description)
  }
}
