import Foundation
import Testing

/// Programs and the text that NumPy and Python print for them, a JSON object a line.
struct RecordedCase: Decodable, Sendable, CustomTestStringConvertible {
  let id: Int?
  let kind: String?
  let nn: String
  let expect: String

  var testDescription: String { nn }

  static func read(_ path: String) throws -> [RecordedCase] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return try text.split(separator: "\n").map {
      try JSONDecoder().decode(RecordedCase.self, from: Data($0.utf8))
    }
  }

  /// The same bytes, or the same words with numbers that differ by 1e-12 at most.
  func matches(_ text: String) -> Bool {
    if text == expect { return true }
    let (expected, found) = (Self.words(expect), Self.words(text))
    return expected.count == found.count && zip(expected, found).allSatisfy(Self.isNear)
  }

  /// Brackets, quotes and commas stand by themselves, so that only numbers hold digits.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      if character.isWhitespace || "[](),'\"|=:{}".contains(character) {
        if !word.isEmpty { words.append(word) }
        word = ""
        if !character.isWhitespace || character == "\n" { words.append(String(character)) }
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func isNear(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    guard let x = Double(a), let y = Double(b) else { return false }
    return abs(x - y) <= 1e-12 * max(abs(x), abs(y))
  }
}

/// What differed, for the log: the program, what was expected and what came out.
struct CaseDifference {
  let recorded: RecordedCase
  let found: String

  var text: String {
    let name = [recorded.id.map { "case \($0)" }, recorded.kind].compactMap { $0 }
      .joined(separator: ", ")
    return "--- \(name)\n\(recorded.nn)\nexpected:\n\(recorded.expect)found:\n\(found)"
  }

  /// Runs `cases` and gives the different ones.
  static func among(_ cases: [RecordedCase]) -> [CaseDifference] {
    cases.compactMap { recorded in
      let found = ProgramRun.text(recorded.nn)
      return recorded.matches(found) ? nil : CaseDifference(recorded: recorded, found: found)
    }
  }
}
