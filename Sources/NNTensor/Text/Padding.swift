/// Blanks beside a word of ASCII.
enum Padding {
  static func left(_ word: String, _ width: Int) -> String { blanks(word, width) + word }
  static func right(_ word: String, _ width: Int) -> String { word + blanks(word, width) }

  private static func blanks(_ word: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - word.utf8.count))
  }
}
