/// Names in the order a person puts them: runs of digits by their value, all else by code points.
enum NaturalOrder {
  static func precedes(_ a: String, _ b: String) -> Bool {
    let (first, second) = (Array(a.utf8), Array(b.utf8))
    var (i, j) = (0, 0)
    while i < first.count, j < second.count {
      if isDigit(first[i]), isDigit(second[j]) {
        let (left, right) = (number(first, &i), number(second, &j))
        if left.count != right.count { return left.count < right.count }
        if left != right { return left.lexicographicallyPrecedes(right) }
      } else {
        if first[i] != second[j] { return first[i] < second[j] }
        i += 1
        j += 1
      }
    }
    if first.count - i != second.count - j { return first.count - i < second.count - j }
    // `01` and `1` are alike so far.
    return first.lexicographicallyPrecedes(second)
  }

  /// The order of UTF-8's bytes is that of code points.
  static func byCodePoints(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  /// The digits of a run without its leading zeros.
  private static func number(_ text: [UInt8], _ index: inout Int) -> ArraySlice<UInt8> {
    while index < text.count, text[index] == 48 { index += 1 }
    let start = index
    while index < text.count, isDigit(text[index]) { index += 1 }
    return text[start..<index]
  }
}
