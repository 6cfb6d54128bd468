/// "Did you mean": the candidate nearest to a mistyped word.
package enum Spelling {
  /// The nearest of `candidates` within a third of the word's length (at least one edit; for a
  /// single letter only the other case), by optimal string alignment distance; ties go to the
  /// first in alphabetical order.
  package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().unicodeScalars.prefix(64))
    let limit = letters.count == 1 ? 0 : max(1, letters.count / 3)
    var best: (distance: Int, text: String)?
    for candidate in candidates where candidate != word {
      let distance = distance(letters, Array(candidate.lowercased().unicodeScalars.prefix(64)))
      guard distance <= limit else { continue }
      if let known = best, (known.distance, known.text) <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    return best?.text
  }

  /// Insertions, deletions, substitutions and swaps of neighbours.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        var value = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          value = min(value, beforeLast[j - 1] + 1)
        }
        row.append(value)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
