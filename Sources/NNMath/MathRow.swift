/// What an atom is to its neighbours.
enum MathClass {
  case ordinary
  /// A function's name: `log`, `max`.
  case function
  /// ∑, ∫ and their like, which bring their room with them.
  case largeOperator
  case binary
  case relation
  case opening
  case closing
  case punctuation
  /// What stands between `\left` and `\right`, with both.
  case fenced
}

/// One thing, to which scripts may come.
struct MathAtom {
  var node: MathNode
  /// nil for what has no neighbours: spaces.
  var kind: MathClass? = .ordinary
  /// Whether scripts stand below and above.
  var hasLimits = false
}

/// Atoms side by side. A browser knows how much room a sign needs between two things; what it can't
/// see in the markup is worked out here: that the minus of `= -1` belongs to the 1, and that a name
/// stands off from a letter.
struct MathRow {
  private var nodes: [MathNode] = []
  private var last: MathClass?
  /// Where the sign stands that would join two things, if it came last.
  private var binary: Int?
  private let continuesLine: Bool

  static let thinSpace = 167

  /// `continuesLine`: it stands behind something, as an aligned equation's right side does.
  init(continuesLine: Bool = false) {
    self.continuesLine = continuesLine
    last = continuesLine ? .ordinary : nil
  }

  mutating func append(_ atom: MathAtom) {
    guard var kind = atom.kind else {
      if atom.node != .nothing { nodes.append(atom.node) }
      return
    }
    var node = atom.node
    switch kind {
    case .binary where !mayJoin:
      node = node.tightened
      kind = .ordinary
    case .binary:
      if continuesLine, nodes.isEmpty { node = node.withForm(.infix) }
      binary = nodes.count
    case .relation, .closing, .punctuation: tightenBinary()
    case .function:
      if [.ordinary, .closing, .function].contains(last) { nodes.append(.space(Self.thinSpace)) }
    case .ordinary:
      if last == .function { nodes.append(.space(Self.thinSpace)) }
    case .largeOperator, .opening, .fenced: break
    }
    if kind != .binary { binary = nil }
    last = kind == .fenced ? .closing : kind
    nodes.append(node)
  }

  /// Whether there is something on the left that a sign could join.
  private var mayJoin: Bool {
    switch last {
    case .ordinary, .closing: true
    default: false
    }
  }

  private mutating func tightenBinary() {
    if let binary { nodes[binary] = nodes[binary].tightened }
  }

  mutating func finish() -> [MathNode] {
    tightenBinary()
    return nodes
  }
}

extension MathNode {
  /// A sign, with or without scripts, without room around it.
  var tightened: MathNode {
    changingSign { $0.isTight = true }
  }

  func withForm(_ form: MathSign.Form) -> MathNode {
    changingSign { $0.form = form }
  }

  private func changingSign(_ change: (inout MathSign) -> Void) -> MathNode {
    switch self {
    case .sign(var sign):
      change(&sign)
      return .sign(sign)
    case .scripts(let base, let lower, let upper, let areLimits):
      return .scripts(
        base.changingSign(change), lower: lower, upper: upper, areLimits: areLimits)
    default: return self
    }
  }
}
