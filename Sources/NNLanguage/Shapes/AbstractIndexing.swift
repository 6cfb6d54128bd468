import NNSource

/// What stands between the brackets, as far as it is known.
enum AbstractIndex {
  case value(AbstractValue, SourceRange)
  /// Bounds that are left out are nil in `given`; nil altogether when one is not known.
  case slice(given: (start: Int?, stop: Int?, step: Int?)?)
  case ellipsis
}

/// `x[…]` of a tensor of known rank.
struct AbstractIndexing {
  let tensor: AbstractTensor
  private var shape: [Int?] = []
  private var axis = 0
  /// The axes of masks and integer tensors, and where they stand in the result.
  private var places: [Int?]?
  private var leading = 0
  private var isRunOpen = false
  private var isRunBroken = false

  /// The value of `x[items]`; nil when it is not known. Throws a certain misfit.
  static func result(
    _ tensor: AbstractTensor, _ items: [AbstractIndex]
  ) throws(TensorMisfit) -> AbstractValue? {
    var indexing = AbstractIndexing(tensor)
    guard let shape = try indexing.run(flattened(items)) else { return nil }
    return .tensor(shape, tensor.dtype)
  }

  private init(_ tensor: AbstractTensor) { self.tensor = tensor }

  /// A tuple stands for its parts.
  private static func flattened(_ items: [AbstractIndex]) -> [AbstractIndex] {
    guard items.count == 1, case .value(.tuple(let parts), let range) = items[0] else {
      return items
    }
    return parts.map { .value($0, range) }
  }

  private enum Kind {
    case integer(Int?)
    case newAxis
    case mask([Int?])
    case positions([Int?])
  }

  private static func kind(_ value: AbstractValue) -> Kind? {
    switch value {
    case .none: .newAxis
    case .int(let number): .integer(number)
    case .scalar(dtype: "int64"), .scalar(dtype: "uint8"): .integer(nil)
    case .bool, .scalar(dtype: "bool"): .mask([])
    case .tensor(let index) where index.dtype == "bool": .mask(index.shape)
    case .tensor(let index) where index.dtype == "int64" || index.dtype == "uint8":
      .positions(index.shape)
    case .range(let count): .positions([count])
    default: nil
    }
  }

  private static func isNoIndex(_ value: AbstractValue) -> Bool {
    switch value {
    case .float, .string, .function, .builtin, .network, .dtype: true
    default: value.dtype == "float64" || value.dtype == "float32"
    }
  }

  private mutating func run(_ items: [AbstractIndex]) throws(TensorMisfit) -> [Int?]? {
    var used = 0
    for item in items {
      switch item {
      case .ellipsis: break
      case .slice: used += 1
      case .value(let value, let range):
        switch Self.kind(value) {
        case nil:
          if Self.isNoIndex(value), let kind = value.kindName {
            throw TensorMisfit(.notAnIndex(kind, of: "tensor"), at: range)
          }
          return nil
        case .newAxis?: break
        case .integer?, .positions?: used += 1
        case .mask(let mask)?: used += mask.count
        }
      }
    }
    let ellipses = items.count { item in
      if case .ellipsis = item { true } else { false }
    }
    guard ellipses <= 1 else { throw TensorMisfit(.severalEllipses) }
    let rank = tensor.shape.count
    guard used <= rank else {
      throw TensorMisfit(.tooManyIndices(given: used, shape: tensor.shape.shown))
    }
    let hasTensors = items.contains { item in
      guard case .value(let value, _) = item else { return false }
      switch Self.kind(value) {
      case .mask?, .positions?: return true
      default: return false
      }
    }
    for item in items { try add(item, skips: rank - used, hasTensors: hasTensors) }
    take(rank - axis)
    guard let places else { return shape }
    let place = isRunBroken ? 0 : leading
    return Array(shape[..<place]) + places + Array(shape[place...])
  }

  private mutating func add(
    _ item: AbstractIndex, skips: Int, hasTensors: Bool
  ) throws(TensorMisfit) {
    switch item {
    case .ellipsis: take(skips)
    case .slice(let bounds):
      addAxis(bounds.flatMap { Self.count($0, tensor.shape[axis]) })
      axis += 1
    case .value(let value, let range):
      switch Self.kind(value) {
      case .newAxis?: addAxis(1)
      case .integer(let number)?:
        try check(number, range)
        if hasTensors { try addPlaces([]) }
        axis += 1
      case .positions(let index)?:
        if case .tensor(let known) = value, let elements = known.elements {
          for element in elements { try check(element, range) }
        }
        try addPlaces(index)
        axis += 1
      case .mask(let mask)?:
        let covered = tensor.shape[axis..<axis + mask.count]
        for (length, given) in zip(covered, mask) {
          if let length, let given, length != given {
            throw TensorMisfit(
              .maskDoesNotFit(mask: mask.shown, axis: axis, shape: tensor.shape.shown))
          }
        }
        try addPlaces([nil])
        axis += mask.count
      case nil: break
      }
    }
  }

  private func check(_ number: Int?, _ range: SourceRange) throws(TensorMisfit) {
    guard let number, let length = tensor.shape[axis], number < -length || number >= length else {
      return
    }
    throw TensorMisfit(.indexOutOfRange(index: number, axis: axis, shape: tensor.shape.shown))
  }

  private mutating func addAxis(_ length: Int?) {
    shape.append(length)
    isRunOpen = false
  }

  private mutating func take(_ count: Int) {
    isRunOpen = false
    for _ in 0..<max(count, 0) {
      addAxis(tensor.shape[axis])
      axis += 1
    }
  }

  private mutating func addPlaces(_ index: [Int?]) throws(TensorMisfit) {
    guard let present = places else {
      (places, leading, isRunOpen) = (index, shape.count, true)
      return
    }
    if !isRunOpen { isRunBroken = true }
    guard let joined = Broadcasting.shape(present, index) else {
      throw TensorMisfit(.indicesDoNotFit(left: present.shown, right: index.shown))
    }
    places = joined
  }

  /// Python's count of a slice.
  static func count(_ bounds: (start: Int?, stop: Int?, step: Int?), _ length: Int?) -> Int? {
    guard let length else {
      // All of an axis that is not known.
      return nil
    }
    let limit = 1 << 61
    let step = min(max(bounds.step ?? 1, -limit), limit)
    guard step != 0 else { return nil }
    func clamped(_ place: Int?, _ missing: Int) -> Int {
      guard var place else { return missing }
      place = min(max(place, -limit), limit)
      if place < 0 { place += length }
      if place < 0 { return step < 0 ? -1 : 0 }
      return place < length ? place : step < 0 ? length - 1 : length
    }
    let first = clamped(bounds.start, step < 0 ? length - 1 : 0)
    let end = clamped(bounds.stop, step < 0 ? -1 : length)
    let distance = step < 0 ? first - end : end - first
    return distance > 0 ? (distance - 1) / abs(step) + 1 : 0
  }
}

/// A misfit whose place the caller knows.
struct TensorMisfit: Error {
  let problem: Problem
  /// Where it is known better.
  let range: SourceRange?

  init(_ problem: TensorProblem) { (self.problem, range) = (.tensor(problem), nil) }

  init(_ problem: ValueProblem, at range: SourceRange) {
    (self.problem, self.range) = (.value(problem), range)
  }
}
