import NNOutput
import NNSource

/// Printed text against printed text: the tensors in it element by element, then its words and
/// numbers.
///
/// Under a tolerance spaces do not count, nor how a number is spelled; and where the tensors behind
/// the text are within it, a printed number may be rounded the other way in its last digit.
struct TextComparison {
  private let recorded: PrintedText
  private let fresh: PrintedText
  private let tolerance: Tolerance

  init(_ recorded: PrintedText, _ fresh: PrintedText, _ tolerance: Tolerance) {
    self.recorded = recorded
    self.fresh = fresh
    self.tolerance = tolerance
  }

  func differences() -> [Difference] {
    var elements = ElementTally(tolerance)
    let tensors = compareTensors(&elements) + OutputComparison.list(elements)
    guard recorded.text != fresh.text else { return tensors }
    let mayRound =
      !tolerance.isExact && tensors.isEmpty && !recorded.tensors.isEmpty
    return tensors + lineDifferences(mayRound: mayRound, told: elements.differing)
  }

  private func compareTensors(_ elements: inout ElementTally) -> [Difference] {
    let (old, new) = (recorded.tensors, fresh.tensors)
    guard old.count == new.count else {
      return [Difference("the number of printed tensors", "\(old.count)", "\(new.count)")]
    }
    var differences: [Difference] = []
    for index in old.indices {
      let name = old.count == 1 ? "the printed tensor" : "printed tensor \(index + 1)"
      differences += TensorComparison(old[index], new[index], tolerance).compare(
        name: name, &elements
      ) { "element \($0) of \(name)" }
    }
    return differences
  }

  // MARK: Lines

  /// - Parameter told: how many elements of tensors are known to differ. As many numbers in the text
  ///   are only those again, rounded.
  private func lineDifferences(mayRound: Bool, told: Int) -> [Difference] {
    let old = Self.lines(of: recorded.text)
    let new = Self.lines(of: fresh.text)
    var differences: [Difference] = []
    var first = 0
    var ends = (old.count, new.count)
    if old.count != new.count {
      differences.append(Difference("the number of lines", "\(old.count)", "\(new.count)"))
      // What stands before and behind what came or went is the same.
      while first < min(ends.0, ends.1), old[first] == new[first] { first += 1 }
      while ends.0 > first, ends.1 > first, old[ends.0 - 1] == new[ends.1 - 1] {
        ends = (ends.0 - 1, ends.1 - 1)
      }
    }
    var words: (difference: Difference, count: Int)?
    var numbers = ElementTally(tolerance)
    for index in first..<min(ends.0, ends.1) where old[index] != new[index] {
      let place = "line \(index + 1)"
      let line = LineComparison(old[index], new[index])
      if let difference = line.words(place, isExact: tolerance.isExact) {
        words = (words?.difference ?? difference, (words?.count ?? 0) + 1)
      } else {
        line.compareNumbers(&numbers, mayRound: mayRound, place)
      }
    }
    if let (difference, count) = words {
      var first = difference
      first.others = count - 1
      first.total = max(old.count, new.count)
      differences.append(first)
    }
    if numbers.differing > told { differences += OutputComparison.list(numbers) }
    if differences.isEmpty, told == 0, tolerance.isExact, old == new {
      differences.append(Difference("the end of the text", text: recorded.text, fresh.text))
    }
    return differences
  }

  private static func lines(of text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}

/// One line against another.
private struct LineComparison {
  private let old: Substring
  private let new: Substring
  private let oldTokens: [TextToken]
  private let newTokens: [TextToken]

  init(_ old: Substring, _ new: Substring) {
    (self.old, self.new) = (old, new)
    oldTokens = TextToken.tokens(of: old)
    newTokens = TextToken.tokens(of: new)
  }

  /// What differs besides numbers; exactly, also spaces and the spelling of numbers.
  func words(_ place: String, isExact: Bool) -> Difference? {
    let isAlike =
      oldTokens.count == newTokens.count
      && zip(oldTokens, newTokens).allSatisfy { $0.isAlike($1) }
    guard isAlike else { return Difference(place, text: String(old), String(new)) }
    guard isExact, zip(oldTokens, newTokens).allSatisfy({ $0.isSame($1) }) else { return nil }
    return Difference("the spelling of " + place, text: String(old), String(new))
  }

  func compareNumbers(_ tally: inout ElementTally, mayRound: Bool, _ place: String) {
    var number = 0
    for (old, new) in zip(oldTokens, newTokens) {
      guard case .number(let oldValue, let oldText) = old,
        case .number(let newValue, let newText) = new
      else { continue }
      number += 1
      if mayRound, abs(oldValue - newValue) <= 1.5 * TextToken.unit(of: oldText) { continue }
      let place =
        number == 1 && oldTokens.count { $0.isNumber } == 1 ? place : "\(place), number \(number)"
      if let old = Int(oldText), let new = Int(newText) {
        tally.compare(old, new) { place }
      } else {
        tally.compare(oldValue, newValue) { place }
      }
    }
  }
}

/// A word or a number of a line. Spaces only part them.
enum TextToken: Equatable {
  case word(Substring)
  case number(Double, Substring)

  var isNumber: Bool {
    if case .number = self { true } else { false }
  }

  /// The same word, or two numbers.
  func isAlike(_ other: TextToken) -> Bool {
    switch (self, other) {
    case (.word(let one), .word(let two)): one == two
    case (.number, .number): true
    default: false
    }
  }

  /// The same word, or the same value.
  func isSame(_ other: TextToken) -> Bool {
    guard case .number(let one, _) = self, case .number(let two, _) = other else {
      return isAlike(other)
    }
    return one.bitPattern == two.bitPattern || (one.isNaN && two.isNaN)
  }

  static func tokens(of line: Substring) -> [TextToken] {
    var tokens: [TextToken] = []
    let bytes = Array(line.utf8)
    func text(_ range: Range<Int>) -> Substring {
      Substring(String(decoding: bytes[range], as: UTF8.self))
    }
    var index = 0
    while index < bytes.count {
      if isSpace(bytes[index]) {
        index += 1
      } else if let end = numberEnd(bytes, from: index) {
        let spelled = text(index..<end)
        tokens.append(.number(Double(spelled) ?? .nan, spelled))
        index = end
      } else {
        let start = index
        // A name with digits in it is a word; a mark stands for itself.
        if isLetter(bytes[index]) {
          while index < bytes.count, isLetter(bytes[index]) || isDigit(bytes[index]) { index += 1 }
        } else {
          index += 1
        }
        tokens.append(.word(text(start..<index)))
      }
    }
    return tokens
  }

  /// Where a number that begins at `start` ends: digits with a sign, a point, an exponent; or nan, inf.
  private static func numberEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    func digits() {
      while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    }
    if bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
    for word in ["nan", "inf"] where bytes[index...].starts(with: word.utf8) {
      let end = index + 3
      return end < bytes.count && (isLetter(bytes[end]) || isDigit(bytes[end])) ? nil : end
    }
    let first = index
    digits()
    var count = index - first
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let fraction = index
      digits()
      count += index - fraction
    }
    guard count > 0 else { return nil }
    let end = index
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, "+-".utf8.contains(bytes[index]) { index += 1 }
      let exponent = index
      digits()
      if index > exponent { return index }
    }
    return end
  }

  /// What one step of a number's last printed digit is worth.
  static func unit(of number: Substring) -> Double {
    let parts = number.lowercased().split(separator: "e", maxSplits: 1)
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts.first ?? ""
    let decimals = mantissa.firstIndex(of: ".").map {
      mantissa.distance(from: $0, to: mantissa.endIndex) - 1
    }
    return Double("1e\(exponent - (decimals ?? 0))") ?? 0
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Letters, `_` and all that is not ASCII.
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (0x61...0x7A).contains(byte | 0x20)
  }
}
