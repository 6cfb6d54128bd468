import NNSource

extension ShapeChecker {
  // MARK: Indexing

  mutating func index(_ item: IndexItem) -> AbstractIndex {
    switch item.kind {
    case .ellipsis: return .ellipsis
    case .expression(let expression): return .value(value(of: expression), item.range)
    case .slice(let start, let stop, let step):
      let bounds = [start, stop, step].map { bound -> Int?? in
        guard let bound else { return .some(nil) }
        let found = value(of: bound)
        if found == AbstractValue.none { return .some(nil) }
        return found.integer.map { .some($0) }
      }
      guard let start = bounds[0], let stop = bounds[1], let step = bounds[2] else {
        return .slice(given: nil)
      }
      return .slice(given: (start, stop, step))
    }
  }

  mutating func element(
    of owner: AbstractValue, _ indices: [AbstractIndex], at range: SourceRange
  ) -> AbstractValue {
    switch owner {
    case .tensor(let tensor):
      do throws(TensorMisfit) {
        return try AbstractIndexing.result(tensor, indices) ?? .unknown
      } catch {
        report(error.problem, at: error.range ?? range)
        return .unknown
      }
    case .list(let items): return place(items, "list", indices, at: range)
    case .tuple(let items): return place(items, "tuple", indices, at: range)
    case .listOf(let element, _):
      guard indices.count == 1, case .value(.int, _) = indices[0] else { return .unknown }
      return element
    case .bool, .int, .float, .none, .function, .builtin, .network, .dtype, .record:
      if let kind = owner.kindName { report(.value(.notIndexable(kind)), at: range) }
      return .unknown
    default: return .unknown
    }
  }

  private mutating func place(
    _ items: [AbstractValue], _ kind: String, _ indices: [AbstractIndex], at range: SourceRange
  ) -> AbstractValue {
    guard indices.count == 1 else { return .unknown }
    switch indices[0] {
    case .value(.int(let number?), _):
      guard number >= -items.count, number < items.count else {
        report(.value(.indexOutOfRange(number, count: items.count, of: kind)), at: range)
        return .unknown
      }
      return items[number < 0 ? number + items.count : number]
    case .value(.int(nil), _):
      return kind == "list" ? AbstractValue.list(items).element : AbstractValue.tuple(items).element
    case .slice(let bounds?):
      guard bounds.step == nil, let count = AbstractIndexing.count(bounds, items.count) else {
        return .unknown
      }
      let start = min(max(bounds.start.map { $0 < 0 ? $0 + items.count : $0 } ?? 0, 0), items.count)
      let part = Array(items.dropFirst(start).prefix(count))
      return kind == "tuple" ? .tuple(part) : .list(part)
    default: return .unknown
    }
  }

  // MARK: Fields

  mutating func field(
    _ name: Name, of owner: AbstractValue, at range: SourceRange
  ) -> AbstractValue {
    if let shape = owner.shape {
      switch name.text {
      case "T": return .tensor(shape.reversed(), owner.dtype)
      case "shape": return .tuple(shape.map(AbstractValue.int))
      case "size": return .int(shape.elementCount)
      case "ndim": return .int(shape.count)
      case "dtype": return owner.dtype.map(AbstractValue.dtype) ?? .unknown
      default: break
      }
    }
    switch owner {
    case .network(let network): return field(name, of: network, at: range)
    case .record(let kind, let fields?) where !fields.contains(name.text):
      report(.name(.noField(name.text, of: "a \(kind)", known: fields)), at: range)
    case .tensor, .int, .float, .bool, .scalar, .range, .string, .none, .dtype:
      if vocabulary.functions[name.text] != nil, let kind = owner.kindName {
        report(.name(.functionAsField(name.text, of: kind)), at: range)
        return .unknown
      }
      let known = owner.shape == nil ? [] : ["T", "shape", "size", "ndim", "dtype"]
      if let kind = owner.kindName {
        report(
          .name(
            .noField(
              name.text, of: kind, known: known)), at: range)
      }
    case .function(let function):
      report(
        .name(.noField(name.text, of: "the function \(function.name)", known: [])), at: range)
    default: break
    }
    return .unknown
  }

  private mutating func field(
    _ name: Name, of network: AbstractNetwork, at range: SourceRange
  ) -> AbstractValue {
    if name.text == "history" { return .record(kind: "history", fields: nil) }
    guard let parameters = network.parameters else { return .unknown }
    if let parameter = parameters.first(where: { $0.name == name.text }) {
      return .tensor(parameter.shape, network.dtype)
    }
    report(
      .name(
        .noField(
          name.text, of: "the network \(network.name)",
          known: parameters.map(\.name) + ["history"])), at: range)
    return .unknown
  }
}
