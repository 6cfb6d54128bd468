import NNSource

/// How deep values may hold each other. A list in a list in a list … is let go of, compared and
/// printed by recursion, so there is an end to it; and one that holds itself many times over is as
/// long to go through as if it were written out.
enum Nesting {
  static let maximumDepth = 200
  static let maximumCount = 1 << 22
  /// The values that functions may capture, the functions among them and what those capture included.
  static let maximumCaptured = 1 << 20

  /// A problem if `value` nests too deep to be put into something else, or holds too much.
  static func check(_ value: Value) throws {
    switch value {
    case .list, .tuple, .function:
      var tally = Tally()
      try walk(value, depth: 1, &tally)
    default: break
    }
  }

  /// The number of elements that a list may have.
  static let maximumLength = 1 << 24

  static func check(length: Int) throws {
    guard length <= maximumLength else { throw Problem.limit(.list(maximumLength)) }
  }

  static func check(_ values: [Value]) throws {
    for value in values { try check(value) }
  }

  private struct Tally {
    var elements = 0
    var captured = 0
  }

  private static func walk(_ value: Value, depth: Int, _ tally: inout Tally) throws {
    guard depth < maximumDepth else { throw Problem.limit(.nesting(maximumDepth)) }
    switch value {
    case .list(let items), .tuple(let items):
      tally.elements += items.count
      guard tally.elements <= maximumCount else { throw Problem.limit(.list(maximumCount)) }
      for item in items { try walk(item, depth: depth + 1, &tally) }
    case .function(let function):
      guard case .closure(let closure) = function.kind else { return }
      tally.captured += closure.captured.count + closure.defaults.count
      guard tally.captured <= maximumCaptured else {
        throw Problem.limit(.captured(maximumCaptured))
      }
      for (_, held) in closure.captured { try walk(held, depth: depth + 1, &tally) }
      for held in closure.defaults { try walk(held, depth: depth + 1, &tally) }
    default: break
    }
  }
}
