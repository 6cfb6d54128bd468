import NNSource

/// Results put together from several tensors, or from several copies of one.
extension ShapeRule {
  func joinedResult(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue? {
    switch self {
    case .stack: return try stacked(call)
    case .concatenate:
      guard let parts = Self.parts(call.values["arrays"]) else { return .unknown }
      let axis: Int?
      switch call.values["axis"] {
      case nil: axis = 0
      case AbstractValue.none?: axis = nil
      case let value?:
        guard let number = value.integer else { return .unknown }
        axis = number
      }
      guard call.values["dtype"] == nil else {
        return .tensor(try Self.joined(parts, axis: axis, call), nil)
      }
      let type = DTypeNames.promoted(call.values["arrays"]?.items?.map(\.dtype) ?? [])
      return .tensor(try Self.joined(parts, axis: axis, call), type)
    case .append:
      guard case .tensor(let owner)? = call.values["arr"], let values = call.shape("values") else {
        return .unknown
      }
      let parts = [owner.shape, values]
      guard let axis = call.given("axis") else {
        return .tensor(try Self.joined(parts, axis: nil, call), nil)
      }
      guard let number = axis.integer else { return .unknown }
      return .tensor(try Self.joined(parts, axis: number, call), nil)
    case .repeat: return try repeated(call)
    case .tile: return tiled(call)
    default: return nil
    }
  }

  private static func parts(_ value: AbstractValue?) -> [[Int?]]? {
    guard let items = value?.items else { return nil }
    let shapes = items.compactMap(\.shape)
    return shapes.count == items.count ? shapes : nil
  }

  private func stacked(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    guard let parts = Self.parts(call.values["arrays"]) else { return .unknown }
    guard let first = parts.first else {
      throw call.failure(.nothingToJoin(operation: "stack"))
    }
    var common = first
    for part in parts.dropFirst() {
      let isEqual =
        part.count == first.count
        && zip(part, first).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
      guard isEqual else {
        throw call.failure(.shapesDoNotStack(left: first.shown, right: part.shown))
      }
      common = zip(common, part).map { $0 ?? $1 }
    }
    guard let axis = call.axis(default: 0) else { return .unknown }
    let rank = first.count + 1
    guard axis >= -rank, axis < rank else {
      throw call.failure(.axisOutOfRange(axis: axis, shape: first.shown))
    }
    common.insert(parts.count, at: axis < 0 ? axis + rank : axis)
    return .tensor(common, DTypeNames.promoted(call.values["arrays"]?.items?.map(\.dtype) ?? []))
  }

  private static func joined(
    _ parts: [[Int?]], axis: Int?, _ call: AbstractCall
  ) throws(Diagnostic) -> [Int?] {
    guard let first = parts.first else {
      throw call.failure(.nothingToJoin(operation: "concatenate"))
    }
    guard let axis else { return [sum(parts.map(\.elementCount))] }
    guard !first.isEmpty else { throw call.failure(.numbersDoNotJoin) }
    guard let place = Self.axis(axis, first) else {
      throw call.failure(.axisOutOfRange(axis: axis, shape: first.shown))
    }
    var result = first
    for part in parts.dropFirst() {
      let fits =
        part.count == first.count
        && part.indices.allSatisfy {
          $0 == place || part[$0] == nil || first[$0] == nil || part[$0] == first[$0]
        }
      guard fits else {
        throw call.failure(
          .shapesDoNotJoin(left: first.shown, right: part.shown, axis: place))
      }
      result = zip(result, part).map { $0 ?? $1 }
    }
    result[place] = sum(parts.map { $0[place] })
    return result
  }

  private static func sum(_ lengths: [Int?]) -> Int? {
    guard let known = lengths.lengths else { return nil }
    var total = 0
    for length in known {
      let (next, overflow) = total.addingReportingOverflow(length)
      if overflow { return nil }
      total = next
    }
    return total
  }

  private func repeated(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    guard let shape = call.shape("a") else { return .unknown }
    let type = call.values["a"]?.dtype
    let times = call.values["repeats"]?.integer
    func product(_ length: Int?) -> Int? {
      guard let length, let times, times >= 0 else { return nil }
      let (product, overflow) = length.multipliedReportingOverflow(by: times)
      return overflow ? nil : product
    }
    guard let axis = call.given("axis") else {
      return .tensor([product(shape.elementCount)], type)
    }
    // A number may have an axis to be repeated along.
    guard let number = axis.integer, !shape.isEmpty else { return .unknown }
    guard let place = Self.axis(number, shape) else {
      throw call.failure(.axisOutOfRange(axis: number, shape: shape.shown))
    }
    var result = shape
    result[place] = product(shape[place])
    return .tensor(result, type)
  }

  private func tiled(_ call: AbstractCall) -> AbstractValue {
    guard let shape = call.shape("A"), let times = call.values["reps"].flatMap(AbstractCall.sizes)
    else { return .unknown }
    let rank = max(shape.count, times.count)
    let own = Array(repeating: 1, count: rank - shape.count) + shape
    let given = Array(repeating: 1, count: rank - times.count) + times
    let lengths = zip(own, given).map { length, times -> Int? in
      guard let length, let times, times >= 0 else { return nil }
      let (product, overflow) = length.multipliedReportingOverflow(by: times)
      return overflow ? nil : product
    }
    return .tensor(lengths, call.values["A"]?.dtype)
  }
}
