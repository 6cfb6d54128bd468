import NNSource

/// How deep values may hold each other. A list in a list in a list … is let go of, compared and
/// printed by recursion, so there is an end to it; and one that holds itself many times over is as
/// long to go through as if it were written out.
enum Nesting {
  static let maximumDepth = 200
  static let maximumCount = 1 << 22

  /// A problem if `value` nests too deep to be put into something else, or holds too much.
  static func check(_ value: Value) throws {
    switch value {
    case .list, .tuple, .function:
      var count = 0
      try walk(value, depth: 1, &count)
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

  private static func walk(_ value: Value, depth: Int, _ count: inout Int) throws {
    guard depth < maximumDepth else { throw Problem.limit(.nesting(maximumDepth)) }
    switch value {
    case .list(let items), .tuple(let items):
      count += items.count
      guard count <= maximumCount else { throw Problem.limit(.list(maximumCount)) }
      for item in items { try walk(item, depth: depth + 1, &count) }
    case .function(let function):
      guard case .closure(let closure) = function.kind else { return }
      count += closure.captured.count + closure.defaults.count
      guard count <= maximumCount else { throw Problem.limit(.captured(maximumCount)) }
      for (_, held) in closure.captured { try walk(held, depth: depth + 1, &count) }
      for held in closure.defaults { try walk(held, depth: depth + 1, &count) }
    default: break
    }
  }
}
