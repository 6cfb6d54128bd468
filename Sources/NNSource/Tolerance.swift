/// How far a number may be from the recorded one and still count as the same.
///
/// A number `b` is allowed for a recorded `a` when |b − a| ≤ absolute + relative · |a|, or when no
/// more than `ulps` steps from one floating-point number to the next lie between them. Infinities
/// and nan are allowed only for themselves; integers have no ulps.
package struct Tolerance: Sendable, Hashable {
  package var absolute: Double
  package var relative: Double
  package var ulps: UInt64

  package init(absolute: Double = 0, relative: Double = 0, ulps: UInt64 = 0) {
    (self.absolute, self.relative, self.ulps) = (absolute, relative, ulps)
  }

  /// The same bits; every nan is the same one, -0 is not 0.
  package static let exact = Tolerance()

  package var isExact: Bool { self == .exact }

  /// The forms that `init(_:)` reads, for messages.
  package static let forms =
    "a number like 1e-6, exact, or parts like 'absolute 1e-9, relative 1e-6, ulp 4'"

  /// `1e-6` (absolute and relative alike), `exact`, or parts such as `relative 1e-6` and `ulp 4`,
  /// each at most once, with or without commas; nil for anything else.
  package init?(_ text: String) {
    let words = text.split { $0 == " " || $0 == "," }.map(String.init)
    if words == ["exact"] {
      self = .exact
    } else if words.count == 1 {
      guard let bound = Self.number(words[0]) else { return nil }
      self.init(absolute: bound, relative: bound)
    } else {
      self.init(parts: words)
    }
  }

  private init?(parts words: [String]) {
    guard !words.isEmpty, words.count % 2 == 0 else { return nil }
    self.init()
    var seen: Set<String> = []
    for index in stride(from: 0, to: words.count, by: 2) {
      guard seen.insert(words[index]).inserted else { return nil }
      switch words[index] {
      case "absolute":
        guard let bound = Self.number(words[index + 1]) else { return nil }
        absolute = bound
      case "relative":
        guard let bound = Self.number(words[index + 1]) else { return nil }
        relative = bound
      case "ulp":
        guard words[index + 1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
          let steps = UInt64(words[index + 1])
        else { return nil }
        ulps = steps
      default: return nil
      }
    }
  }

  /// A finite number from 0 on, without words or hexadecimals.
  private static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || ".eE+-".utf8.contains($0) }),
      let value = Double(text), value.isFinite, value >= 0
    else { return nil }
    return value
  }
}
