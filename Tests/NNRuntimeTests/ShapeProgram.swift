/// Random programs over tensors of small literal shapes; about half of them have a misfit.
struct ShapeProgram {
  private var state: UInt64
  private var names: [String] = []

  init(seed: UInt64) { state = seed }

  mutating func next() -> String {
    names = []
    var lines: [String] = []
    for index in 0..<below(3) + 2 { lines.append(assignment("t\(index)", make())) }
    for index in 0..<below(5) + 1 { lines.append(statement("v\(index)")) }
    return lines.joined(separator: "\n")
  }

  private mutating func assignment(_ name: String, _ value: String) -> String {
    names.append(name)
    return "\(name) = \(value)"
  }

  // MARK: Pieces

  private mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }

  private mutating func one<T>(of items: [T]) -> T { items[below(items.count)] }

  private mutating func name() -> String { one(of: names) }

  private mutating func size() -> Int { one(of: [1, 2, 2, 3, 3, 4]) }

  private mutating func axis() -> Int { one(of: [-2, -1, -1, 0, 0, 0, 1, 1, 2]) }

  private mutating func sizes() -> String {
    let count = one(of: [1, 2, 2, 2, 3])
    return "(" + (0..<count).map { _ in "\(size())" }.joined(separator: ", ") + ",)"
  }

  private mutating func make() -> String {
    switch below(8) {
    case 0: return "arange(\(below(8) + 1))"
    case 1: return "[\((0..<below(3) + 1).map { _ in "\(below(9))" }.joined(separator: ", "))]"
    case 2:
      let rows = below(2) + 2
      let columns = below(2) + 2
      let row = "[" + (0..<columns).map { _ in "\(below(9)).5" }.joined(separator: ", ") + "]"
      return "[" + Array(repeating: row, count: rows).joined(separator: ", ") + "]"
    case 3: return "rand(\(size()), \(size()))"
    case 4: return "eye(\(size()))"
    case 5: return "ones(\(sizes()), dtype=int64)"
    case 6: return "normal(0, 1, \(sizes()))"
    default: return "zeros(\(sizes()))"
    }
  }

  private mutating func statement(_ fresh: String) -> String {
    switch below(19) {
    case 0: return "def f(a, b):\n    return a @ b\n" + assignment(fresh, "f(\(name()), \(name()))")
    case 1:
      let target = name()
      return "for i in range(2):\n    \(target) = \(target) + \(name())"
    case 2:
      return "if rand() < 2:\n    \(assignment(fresh, value()))\nelse:\n    \(fresh) = \(value())"
    case 3: return "\(name())[\(index())] = \(value())"
    case 4: return "\(name()) \(one(of: ["+=", "*=", "-="])) \(value())"
    case 5: return "a, b = \(name())"
    case 6: return "assert close(\(name()), \(name())) or true"
    case 8: return loop(fresh)
    case 9:
      let (a, b) = (name(), name())
      return "def g(a):\n    if a.ndim == \(below(3)): return a\n    b = \(b)\n    return a + b\n"
        + assignment(fresh, "g(\(a))")
    case 10:
      let items = "xs = []\nfor i in range(\(below(3))): xs.append(\(name()))\n"
      return items + assignment(fresh, "array(xs) + \(name())")
    case 11: return "for r in \(name()):\n    \(assignment(fresh, "r * \(name())"))"
    case 12: return "\(name()), \(name()) = \(name()), \(name())"
    case 7: return "if sum(\(name())) > 1: pass"
    default: return assignment(fresh, value())
    }
  }

  /// A loop that may be left, or cut short, on the way.
  private mutating func loop(_ fresh: String) -> String {
    let (a, b, value) = (name(), name(), value())
    let word = one(of: ["break", "continue", "pass"])
    return "k = 0\nwhile k < \(below(4)):\n    k += 1\n    if k == \(below(3)): \(word)\n"
      + "    \(a) = \(b)\n    \(b) = \(value)"
  }

  private mutating func index() -> String {
    switch below(9) {
    case 0: return "\(below(4))"
    case 1: return "-\(below(3) + 1)"
    case 2: return "\(below(3)), \(below(3))"
    case 3: return ":, \(below(3))"
    case 4: return "\(below(2)):\(below(4))"
    case 5: return "..., \(below(3))"
    case 6: return "none, \(below(2))"
    case 7: return "[0, \(below(3))]"
    default: return "\(name()) > 0.5"
    }
  }

  private mutating func value() -> String {
    let (a, b) = (name(), name())
    switch below(32) {
    case 0, 1, 2: return "\(a) @ \(b)"
    case 3, 4: return "\(a) \(one(of: ["+", "-", "*", "/", "<", "=="])) \(b)"
    case 5: return "dot(\(a), \(b))"
    case 6: return "\(a).T @ \(b)"
    case 7: return "\(a).reshape(\(size()), \(one(of: [-1, 1, 2, 3])))"
    case 8: return "reshape(\(a), \(sizes()))"
    case 9: return "sum(\(a), axis=\(axis()))"
    case 10: return "\(a).mean(axis=\(axis()), keepdims=true)"
    case 11: return "argmax(\(a), axis=\(axis()))"
    case 12: return "concatenate([\(a), \(b)], axis=\(axis()))"
    case 13: return "stack([\(a), \(b)])"
    case 14: return "\(a)[\(index())]"
    case 15: return "maximum(\(a), \(b))"
    case 16: return "where(\(a) > 0, \(a), \(b))"
    case 17: return "outer(\(a), \(b))"
    case 18: return "swapaxes(\(a), 0, \(axis()))"
    case 19: return "squeeze(\(a), axis=\(axis()))"
    case 20: return "expand_dims(\(a), \(axis()))"
    case 21: return "transpose(\(a), (\(below(2)), \(below(2))))"
    case 22: return "tile(\(a), \(sizes()))"
    case 23: return "repeat(\(a), 2, axis=\(axis()))"
    case 24: return "cumsum(\(a), axis=\(axis()))"
    case 25: return "[\(a), \(b)] + \(a)"
    case 26: return "[r * 2 for r in \(a)]"
    case 27: return "sort(\(a), axis=\(axis()))"
    case 28: return "clip(\(a), 0, \(b))"
    case 29: return "std(\(a), axis=\(axis()))"
    case 30: return "append(\(a), \(b), axis=\(axis()))"
    default: return "exp(\(a)) * \(below(4))"
    }
  }
}
