import NNSource

/// Results of folding axes, of sorting and of finding.
extension ShapeRule {
  func foldedResult(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue? {
    switch self {
    case .reduction(let parameter, let type): return try reduced(parameter, type, call)
    case .extremum(let pairwise): return try extremum(pairwise, call)
    case .cumulative(let type):
      // A number is a row of one; of its axis the run tells.
      if call.shape("a")?.isEmpty ?? false { return .unknown }
      return try alongAxis(call, type: type, isFlatWithoutAxis: call.given("axis") == nil)
    case .sorted(let type):
      // No axis means the last one; `axis=none` all elements.
      return try alongAxis(call, type: type, isFlatWithoutAxis: call.values["axis"] != nil)
    case .nonzero:
      guard let shape = call.shape("a") else { return .unknown }
      guard !shape.isEmpty else { throw call.failure(.nonzeroOfNumber) }
      return .tuple(shape.map { _ in .tensor([nil], "int64") })
    case .unique:
      guard call.values.count == 1, call.shape("ar") != nil else { return .unknown }
      return .tensor([nil], call.values["ar"]?.dtype)
    case .histogram:
      let bins = call.given("bins")
      guard call.shape("a") != nil, bins.map({ $0.integer != nil }) ?? true else {
        return .unknown
      }
      let count = bins?.integer ?? 10
      guard count > 0, count <= 1_000_000 else { return .unknown }
      let type = call.values["density"] == nil ? "int64" : nil
      return .tuple([.tensor([count], type), .tensor([count + 1], "float64")])
    default: return nil
    }
  }

  private func reduced(
    _ parameter: String, _ type: ShapeResultType, _ call: AbstractCall
  ) throws(Diagnostic) -> AbstractValue {
    guard let value = call.values[parameter], let shape = value.shape, call.values["ord"] == nil
    else { return .unknown }
    let dtype = call.values["dtype"] == nil ? type.dtype(of: [value]) : nil
    let keeps = call.flag("keepdims")
    let folded: Set<Int>
    switch call.axes() {
    case .absent: folded = Set(shape.indices)
    case .unknown: return .unknown
    case .known(let axes):
      // A number may have axis 0; of others the run tells.
      if shape.isEmpty { return .unknown }
      folded = try Self.folded(axes, shape, call)
    }
    guard let keeps else { return .unknown }
    let kept = shape.indices.compactMap { axis -> [Int?]? in
      folded.contains(axis) ? (keeps ? [1] : nil) : [shape[axis]]
    }
    return .tensor(kept.flatMap { $0 }, dtype)
  }

  private static func folded(
    _ axes: [Int], _ shape: [Int?], _ call: AbstractCall
  ) throws(Diagnostic) -> Set<Int> {
    var folded: Set<Int> = []
    for number in axes {
      guard let axis = axis(number, shape) else {
        throw call.failure("axis", .axisOutOfRange(axis: number, shape: shape.shown))
      }
      guard folded.insert(axis).inserted else {
        throw call.failure("axis", .repeatedAxis(number))
      }
    }
    return folded
  }

  private func extremum(
    _ pairwise: String, _ call: AbstractCall
  ) throws(Diagnostic) -> AbstractValue {
    guard let value = call.values["a"] else { return .unknown }
    let second = call.given("axis")
    if value.isNumber { return second == nil ? .scalar(dtype: nil) : .unknown }
    if value.shape != nil, case .tensor? = second {
      throw call.failure(
        "axis",
        .call(.function(.secondIsNoAxis(callee: call.callee, pairwise: pairwise))))
    }
    guard call.rest.isEmpty else { return .unknown }
    return try reduced("a", .same, call)
  }

  private func alongAxis(
    _ call: AbstractCall, type: ShapeResultType, isFlatWithoutAxis: Bool
  ) throws(Diagnostic) -> AbstractValue {
    guard let value = call.values["a"], let shape = value.shape else { return .unknown }
    let dtype = call.values["dtype"] == nil ? type.dtype(of: [value]) : nil
    switch call.axes() {
    case .absent: return .tensor(isFlatWithoutAxis ? [shape.elementCount] : shape, dtype)
    case .known(let axes) where axes.count == 1:
      guard Self.axis(axes[0], shape) != nil else {
        throw call.failure("axis", .axisOutOfRange(axis: axes[0], shape: shape.shown))
      }
      return .tensor(shape, dtype)
    default: return .unknown
    }
  }
}
