/// What an entry of the registry makes of shapes, as data: the analysis works out results and misfits
/// from it before anything runs. An entry without a rule gives what is not known.
package enum ShapeRule: Sendable, Hashable {
  // Element by element.
  /// The shapes of these parameters, broadcast; `operation` names it in messages.
  case elementwise([String], operation: String, ShapeResultType)
  case clip
  case select
  /// Asks whether `a` and `b` are near, element by element or of all at once.
  case closeness(ofAll: Bool)

  // Making.
  /// A tensor of the size in this parameter.
  case filled(size: String, ShapeResultType)
  case like(String)
  case eye
  case arange
  case linspace
  case array

  // Shapes.
  case reshape
  case ravel
  case transpose
  case swapaxes
  case squeeze
  case expandDims
  case astype
  case length
  case shape

  // Joining.
  case stack
  case concatenate
  case append
  case `repeat`
  case tile

  // Folding and finding.
  /// Folds this parameter's axes: `axis`, `keepdims`.
  case reduction(of: String, ShapeResultType)
  /// `min` and `max`, which also take numbers side by side.
  case extremum(pairwise: String)
  case cumulative(ShapeResultType)
  case sorted(ShapeResultType)
  case nonzero
  case unique
  case histogram

  // Products.
  case matmul
  case dot
  case outer

  // Sequences.
  case range
  case list
  case zipped
  case enumerated

  // Random numbers.
  /// The sizes stand side by side.
  case drawn
  /// `size` in a tuple; without it as many as the other parameters, broadcast.
  case drawnWithSize(ShapeResultType)
  case permutation
  case choice

  // Networks.
  case loss
  case oneHot
  case predict

  // One value.
  case oneNumber(String)
  case integer
  case float
  case bool
  case string
}

/// The dtype of a result.
package enum ShapeResultType: Sendable, Hashable {
  /// Of the operands, promoted.
  case same
  /// float32 stays, all others become float64.
  case float
  /// As `same`, but bools are counted.
  case sum
  case fixed(String)
  case unknown

  func dtype(of operands: [AbstractValue]) -> String? {
    let types = operands.map(\.dtype)
    switch self {
    case .fixed(let name): return name
    case .unknown: return nil
    case .same: return DTypeNames.promoted(types)
    case .float:
      if operands.allSatisfy({ $0 == .int(nil) || $0.isPlain }) { return "float64" }
      switch DTypeNames.promoted(types) {
      case "float32": return "float32"
      case nil: return nil
      default: return "float64"
      }
    case .sum:
      switch DTypeNames.promoted(types) {
      case "bool", "int64": return "int64"
      case "float32": return "float32"
      case "float64": return "float64"
      default: return nil
      }
    }
  }
}

extension AbstractValue {
  /// A number without a dtype of its own.
  var isPlain: Bool {
    switch self {
    case .bool, .int, .float: true
    default: false
    }
  }
}

/// NumPy's promotion by names; nil for what needs more than names to tell.
enum DTypeNames {
  static let all = ["bool", "uint8", "int64", "float32", "float64"]

  static func promoted(_ types: [String?]) -> String? {
    guard let first = types.first, let known = first else { return nil }
    return types.dropFirst().reduce(known) { found, next in
      guard let found, let next else { return nil }
      return promoted(found, next)
    }
  }

  static func promoted(_ a: String, _ b: String) -> String? {
    if a == b { return a }
    if Set([a, b]) == ["int64", "float32"] { return "float64" }
    guard let x = all.firstIndex(of: a), let y = all.firstIndex(of: b) else { return nil }
    return all[max(x, y)]
  }

  /// Of an operator: a plain number takes the other side's type, unless its kind is higher.
  static func ofOperator(_ a: AbstractValue, _ b: AbstractValue) -> String? {
    if let x = a.dtype, let y = b.dtype { return promoted(x, y) }
    let (other, plain) = a.isPlain ? (b, a) : (a, b)
    guard plain.isPlain, let type = other.dtype else { return nil }
    switch (plain, type) {
    case (.float, "bool"), (.float, "uint8"), (.float, "int64"): return "float64"
    case (.int, "bool"): return "int64"
    default: return type
    }
  }
}
