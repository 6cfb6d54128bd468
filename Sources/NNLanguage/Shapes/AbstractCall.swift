import NNSource

/// A call of a registry entry with what is known of its arguments.
struct AbstractCall {
  let callee: String
  /// Of the whole call.
  let range: SourceRange
  /// By parameter; the variadic one's values are in `rest`.
  let values: [String: AbstractValue]
  let ranges: [String: SourceRange]
  let rest: [AbstractValue]

  /// Nil when it is left out, or none.
  func given(_ name: String) -> AbstractValue? {
    let value = values[name]
    return value == AbstractValue.none ? nil : value
  }

  func shape(_ name: String) -> [Int?]? { values[name]?.shape }

  func failure(_ problem: TensorProblem) -> Diagnostic { .error(.tensor(problem), at: range) }

  func failure(_ problem: Problem) -> Diagnostic { .error(problem, at: range) }

  /// At the place of a parameter, if it is given.
  func failure(_ name: String, _ problem: TensorProblem) -> Diagnostic {
    .error(.tensor(problem), at: ranges[name] ?? range)
  }

  func failure(_ name: String, _ problem: Problem) -> Diagnostic {
    .error(problem, at: ranges[name] ?? range)
  }

  enum Known<T> {
    case absent
    case known(T)
    case unknown
  }

  /// `axis=`: left out, one or several that are known, or not known.
  func axes(_ name: String = "axis") -> Known<[Int]> {
    guard let value = given(name) else { return .absent }
    guard let sizes = Self.sizes(value)?.lengths else { return .unknown }
    return .known(sizes)
  }

  func axis(_ name: String = "axis", default standard: Int) -> Int? {
    guard let value = values[name] else { return standard }
    return value.integer
  }

  /// A flag that is left out, or known.
  func flag(_ name: String) -> Bool? {
    guard let value = values[name] else { return false }
    if case .bool(let flag) = value { return flag }
    return nil
  }

  /// A whole number or several, each known or not; nil when even their number is not known.
  static func sizes(_ value: AbstractValue) -> [Int?]? {
    switch value {
    case .int, .bool: return [value.integer]
    case .scalar: return [nil]
    case .tuple(let items), .list(let items), .bracket(let items):
      return items.allSatisfy(\.isNumber) ? items.map(\.integer) : nil
    case .tensor(let tensor):
      guard tensor.shape.count == 1, let count = tensor.shape[0], count <= 64 else { return nil }
      return tensor.elements ?? Array(repeating: nil, count: count)
    default: return nil
    }
  }

  /// Sizes side by side, or all of them in one tuple.
  var restSizes: [Int?]? {
    if rest.count == 1 { return Self.sizes(rest[0]) }
    return rest.allSatisfy(\.isNumber) ? rest.map(\.integer) : nil
  }
}
