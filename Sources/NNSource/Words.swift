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
