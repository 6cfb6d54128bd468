import NNSource

/// The result of a call by its rule. A misfit that is certain is thrown, worded as the run words it.
extension ShapeRule {
  func result(of call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    if let value = try elementwiseResult(call) { return value }
    if let value = try madeResult(call) { return value }
    if let value = try shapedResult(call) { return value }
    if let value = try joinedResult(call) { return value }
    if let value = try foldedResult(call) { return value }
    return try otherResult(call)
  }

  // MARK: Element by element

  private func elementwiseResult(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue? {
    switch self {
    case .elementwise(let parameters, let operation, let type):
      var operands: [AbstractValue] = []
      for parameter in parameters {
        guard let value = call.values[parameter] else { return .unknown }
        operands.append(value)
      }
      var shape: [Int?] = []
      for operand in operands {
        guard let next = operand.shape else { return .unknown }
        shape = try broadcast(shape, next, operation, call)
      }
      return .tensor(shape, type.dtype(of: operands))
    case .clip:
      guard var shape = call.shape("a") else { return .unknown }
      for (names, operation) in [(["a_min", "min"], "maximum"), (["a_max", "max"], "minimum")] {
        let given = names.filter { call.given($0) != nil }
        if given.count > 1, given.allSatisfy({ call.values[$0] != .unknown }) {
          throw call.failure(
            given[1], .call(.givenTwice(callee: call.callee, parameter: given[0])))
        }
        guard let limit = given.first.flatMap(call.given) else { continue }
        guard let next = limit.shape else { return .unknown }
        shape = try broadcast(next, shape, operation, call)
      }
      return .tensor(shape, nil)
    case .select:
      guard call.given("x") != nil, call.given("y") != nil, let condition = call.shape("condition"),
        let x = call.shape("x"), let y = call.shape("y")
      else { return .unknown }
      let choices = try broadcast(x, y, "where", call)
      let type = ShapeResultType.same.dtype(of: ["x", "y"].compactMap { call.values[$0] })
      return .tensor(try broadcast(condition, choices, "where", call), type)
    case .closeness(let ofAll):
      guard let a = call.shape("a"), let b = call.shape("b") else { return .unknown }
      let shape = try broadcast(a, b, "==", call)
      return ofAll ? .bool(nil) : .tensor(shape, "bool")
    default: return nil
    }
  }

  private func broadcast(
    _ a: [Int?], _ b: [Int?], _ operation: String, _ call: AbstractCall
  ) throws(Diagnostic) -> [Int?] {
    guard let shape = Broadcasting.shape(a, b) else {
      throw call.failure(.shapesDoNotFit(operation: operation, left: a.shown, right: b.shown))
    }
    return shape
  }

  // MARK: Making

  private func madeResult(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue? {
    switch self {
    case .filled(let parameter, let type):
      guard let value = call.values[parameter], let sizes = AbstractCall.sizes(value) else {
        return .unknown
      }
      if let negative = sizes.compactMap({ $0 }).first(where: { $0 < 0 }) {
        throw call.failure(
          parameter, .call(.negativeSize(callee: call.callee, size: negative)))
      }
      if type != .unknown, case .int? = call.values["dtype"], case .int = value {
        throw call.failure("dtype", .call(.function(.sizesNotInTuple(callee: call.callee))))
      }
      guard sizes.count <= 64 else { return .unknown }
      return .tensor(sizes, dtypeGiven(call, type.dtype(of: [])))
    case .like(let parameter):
      guard let model = call.values[parameter], let shape = model.shape else { return .unknown }
      return .tensor(shape, dtypeGiven(call, model.dtype))
    case .eye:
      let rows = call.values["N"]?.integer
      guard let rows, rows >= 0 else { return .tensor([nil, nil], nil) }
      let columns = call.given("M").map(\.integer) ?? rows
      if let columns, columns < 0 { return .unknown }
      return .tensor([rows, columns], dtypeGiven(call, "float64"))
    case .arange: return arange(call)
    case .linspace:
      guard call.values["retstep"] == nil else { return .unknown }
      let count = call.given("num").map(\.integer) ?? 50
      if let count, count < 0 { return .unknown }
      return .tensor([count], dtypeGiven(call, "float64"))
    case .array:
      guard call.values["ndmin"] == nil, let object = call.values["object"],
        let shape = object.shape
      else { return .unknown }
      if call.values["dtype"] == nil, case .tensor = object { return object }
      return .tensor(shape, dtypeGiven(call, object.dtype))
    default: return nil
    }
  }

  private func dtypeGiven(_ call: AbstractCall, _ standard: String?) -> String? {
    guard let value = call.given("dtype") else { return standard }
    switch value {
    case .dtype(let name): return name
    case .string(let name?) where DTypeNames.all.contains(name): return name
    default: return nil
    }
  }

  private func arange(_ call: AbstractCall) -> AbstractValue {
    let isInt = ["start", "stop", "step"].allSatisfy { name in
      guard let value = call.given(name) else { return true }
      if case .int = value { return true }
      return false
    }
    guard call.values["start"] != nil else { return .unknown }
    let type = dtypeGiven(call, isInt ? "int64" : nil)
    guard isInt, let count = Self.count(call) else { return .tensor([nil], type) }
    return .tensor([count], type)
  }

  /// How many whole numbers lie between `start` and `stop`.
  private static func count(_ call: AbstractCall) -> Int? {
    let hasStop = call.given("stop") != nil
    guard let first = call.values["start"]?.integer,
      let step = call.given("step").map(\.integer) ?? 1,
      let last = hasStop ? call.given("stop")?.integer : first, step != 0
    else { return nil }
    let start = hasStop ? first : 0
    guard max(start.magnitude, last.magnitude, step.magnitude) < 1 << 62 else { return nil }
    let distance = step > 0 ? last - start : start - last
    return distance > 0 ? (distance - 1) / abs(step) + 1 : 0
  }

  // MARK: Sequences, random numbers, networks, one value

  private func otherResult(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    switch self {
    case .range:
      return .range(count: Self.count(call))
    case .list:
      guard call.rest.count == 1 else { return .list(call.rest) }
      if let items = call.rest[0].items { return .list(items) }
      return call.rest[0].isNumber ? .list(call.rest) : .unknown
    case .zipped:
      let counts = call.rest.map(\.itemCount)
      return .listOf(
        .tuple(call.rest.map(\.element)), count: counts.lengths.map { $0.min() ?? 0 })
    case .enumerated:
      guard let sequence = call.values["sequence"] else { return .unknown }
      return .listOf(.tuple([.int(nil), sequence.element]), count: sequence.itemCount)
    case .drawn, .drawnWithSize, .permutation, .choice: return try drawnResult(call)
    case .loss: return try lossResult(call)
    case .oneHot:
      guard let shape = call.shape("labels") else { return .unknown }
      return .tensor(shape + [call.given("classes").flatMap(\.integer)], "float64")
    case .predict:
      guard case .network(let network)? = call.values["net"], let x = call.values["x"] else {
        return .unknown
      }
      let samples = try AbstractSamples(x, of: network, at: call.range)
      return .tensor([samples.count], "int64")
    case .oneNumber(let dtype): return .scalar(dtype: dtype)
    case .integer:
      return .int(call.values["x"]?.integer)
    case .float: return .float
    case .bool: return .bool(nil)
    case .string: return .string(nil)
    default: return .unknown
    }
  }

  private func drawnResult(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    switch self {
    case .drawn:
      guard let sizes = call.restSizes else { return .unknown }
      if let negative = sizes.compactMap({ $0 }).first(where: { $0 < 0 }) {
        throw call.failure(.call(.negativeSize(callee: call.callee, size: negative)))
      }
      return .tensor(sizes, "float64")
    case .drawnWithSize(let type):
      let others = call.values.filter { $0.key != "size" }
      if let size = call.given("size") {
        guard let sizes = AbstractCall.sizes(size) else { return .unknown }
        if let negative = sizes.compactMap({ $0 }).first(where: { $0 < 0 }) {
          throw call.failure("size", .call(.negativeSize(callee: call.callee, size: negative)))
        }
        return .tensor(sizes, type.dtype(of: []))
      }
      return others.values.allSatisfy(\.isNumber) ? .scalar(dtype: type.dtype(of: [])) : .unknown
    case .permutation:
      switch call.values["x"] {
      case .int(let count)?: return .tensor([count], "int64")
      case .tensor(let rows)?: return .tensor(rows.shape, rows.dtype)
      default: return .unknown
      }
    default:
      guard let size = call.given("size"), let sizes = AbstractCall.sizes(size) else {
        return .unknown
      }
      switch call.values["a"] {
      case .int?: return .tensor(sizes, "int64")
      case .tensor(let elements)? where elements.shape.count == 1:
        return .tensor(sizes, elements.dtype)
      default: return .unknown
      }
    }
  }

  private func lossResult(_ call: AbstractCall) throws(Diagnostic) -> AbstractValue {
    if let prediction = call.shape("prediction")?.lengths,
      let target = call.shape("target")?.lengths,
      !Self.compares(prediction, target)
    {
      throw call.failure(
        .network(.lossShapes(loss: call.callee, prediction: prediction, target: target)))
    }
    return .scalar(dtype: nil)
  }

  /// Whether a loss takes the two: the same shape, or one class number a row.
  private static func compares(_ prediction: [Int], _ target: [Int]) -> Bool {
    guard prediction.count <= 2 else { return false }
    let matrix = prediction.count == 2 ? prediction : [1, prediction.first ?? 1]
    guard let count = matrix.map(Optional.some).elementCount,
      let given = target.map(Optional.some).elementCount
    else { return true }
    guard count > 0 else { return false }
    if target == prediction || target == matrix { return true }
    if matrix[1] == 1 { return given == count && target.count <= 2 }
    if target.count == 1 { return given == matrix[0] }
    return target.isEmpty && matrix[0] == 1
  }
}
