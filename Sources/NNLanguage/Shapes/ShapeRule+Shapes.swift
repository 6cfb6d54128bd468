import NNSource

/// Results that have the same elements in another shape, and products.
extension ShapeRule {
  func shapedResult(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue? {
    switch self {
    case .reshape: return try reshaped(call)
    case .ravel:
      guard let shape = call.shape("a") else { return .unknown }
      return .tensor([shape.elementCount], call.values["a"]?.dtype)
    case .transpose: return try transposed(call)
    case .swapaxes: return try swapped(call)
    case .squeeze: return try squeezed(call)
    case .expandDims: return try expanded(call)
    case .astype:
      guard let shape = call.shape("x"), case .dtype(let name)? = call.values["dtype"] else {
        return call.shape("x").map { .tensor($0, nil) } ?? .unknown
      }
      return .tensor(shape, name)
    case .length:
      guard let value = call.values["x"] else { return .unknown }
      return .int(value.itemCount)
    case .shape:
      guard let shape = call.shape("a") else { return .unknown }
      return .tuple(shape.map(AbstractValue.int))
    case .matmul, .dot, .outer: return try product(call)
    default: return nil
    }
  }

  private func reshaped(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    guard let from = call.shape("a"), let to = call.restSizes, !to.isEmpty, to.count <= 64 else {
      return .unknown
    }
    let type = call.values["a"]?.dtype
    let known = to.compactMap { $0 }
    if let lengths = to.lengths {
      if known.count(where: { $0 == -1 }) > 1 {
        throw call.failure(.severalFreeLengths(lengths))
      }
      if known.contains(where: { $0 < -1 }) {
        throw call.failure(.negativeLength(shape: lengths))
      }
    } else if known.contains(where: { $0 < -1 }) {
      return .unknown
    }
    guard let count = from.elementCount, let lengths = to.lengths else {
      return .tensor(to.map { $0 == -1 ? nil : $0 }, type)
    }
    let product = lengths.filter { $0 != -1 }.map(Optional.some).elementCount
    let unfit = call.failure(.cannotReshape(from: from.shown, to: lengths))
    guard let place = lengths.firstIndex(of: -1) else {
      guard product == count else { throw unfit }
      return .tensor(lengths, type)
    }
    guard let product, product > 0, count % product == 0 else { throw unfit }
    var result = to
    result[place] = count / product
    return .tensor(result, type)
  }

  private func transposed(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    guard let shape = call.shape("a") else { return .unknown }
    let type = call.values["a"]?.dtype
    if call.rest.isEmpty || call.rest == [.none] { return .tensor(shape.reversed(), type) }
    guard let axes = call.restSizes?.lengths else { return .unknown }
    guard axes.count == shape.count else {
      throw call.failure(.axesCount(given: axes, shape: shape.shown))
    }
    var seen: [Int] = []
    for number in axes {
      guard let axis = Self.axis(number, shape) else {
        throw call.failure(.axisOutOfRange(axis: number, shape: shape.shown))
      }
      guard !seen.contains(axis) else { throw call.failure(.repeatedAxis(number)) }
      seen.append(axis)
    }
    return .tensor(seen.map { shape[$0] }, type)
  }

  private func swapped(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    guard var shape = call.shape("a"), let first = call.values["axis1"]?.integer,
      let second = call.values["axis2"]?.integer
    else { return .unknown }
    var places: [Int] = []
    for number in [first, second] {
      guard let axis = Self.axis(number, shape) else {
        throw call.failure(.axisOutOfRange(axis: number, shape: shape.shown))
      }
      places.append(axis)
    }
    shape.swapAt(places[0], places[1])
    return .tensor(shape, call.values["a"]?.dtype)
  }

  private func squeezed(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    guard var shape = call.shape("a") else { return .unknown }
    let type = call.values["a"]?.dtype
    switch call.axes() {
    case .absent: return shape.contains(nil) ? .unknown : .tensor(shape.filter { $0 != 1 }, type)
    case .known(let axes) where axes.count == 1:
      let number = axes[0] < 0 ? axes[0] + shape.count : axes[0]
      guard let axis = Self.axis(number, shape) else {
        throw call.failure("axis", .axisOutOfRange(axis: number, shape: shape.shown))
      }
      if let length = shape[axis], length != 1 {
        throw call.failure("axis", .cannotSqueeze(axis: number, shape: shape.shown))
      }
      shape.remove(at: axis)
      return .tensor(shape, type)
    default: return .unknown
    }
  }

  private func expanded(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    guard var shape = call.shape("a"), case .known(let axes) = call.axes(), axes.count == 1,
      shape.count < 64
    else { return .unknown }
    let number = axes[0] < 0 ? axes[0] + shape.count + 1 : axes[0]
    guard number >= 0, number <= shape.count else {
      // From the end once more, as the run counts it.
      let again = number < 0 ? number + shape.count + 1 : number
      guard again >= 0, again <= shape.count else {
        throw call.failure("axis", .axisOutOfRange(axis: number, shape: shape.shown))
      }
      return .unknown
    }
    shape.insert(1, at: number)
    return .tensor(shape, call.values["a"]?.dtype)
  }

  static func axis(_ number: Int, _ shape: [Int?]) -> Int? {
    guard number >= -shape.count, number < shape.count else { return nil }
    return number < 0 ? number + shape.count : number
  }

  // MARK: Products

  private func product(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    let names = self == .matmul ? ("x1", "x2") : ("a", "b")
    guard let a = call.shape(names.0), let b = call.shape(names.1) else { return .unknown }
    let type = DTypeNames.promoted([call.values[names.0]?.dtype, call.values[names.1]?.dtype])
    if self == .outer { return .tensor([a.elementCount, b.elementCount], type) }
    if a.isEmpty || b.isEmpty {
      if self == .matmul { throw call.failure(.value(.matmulOfNumber)) }
      return .tensor(a.isEmpty ? b : a, type)
    }
    if self == .dot, a.count > 2 || b.count > 2 {
      let axis = max(b.count - 2, 0)
      if let inner = a[a.count - 1], let other = b[axis], inner != other {
        throw call.failure(.matmul(a.shown, b.shown))
      }
      let columns = b.indices.filter { $0 != axis }.map { b[$0] }
      return .tensor(a.dropLast() + columns, type)
    }
    guard let shape = Broadcasting.product(a, b) else {
      throw call.failure(Broadcasting.productProblem(a, b))
    }
    return .tensor(shape, type)
  }
}
