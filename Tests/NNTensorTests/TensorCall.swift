@testable import NNTensor

/// Carries out what a record names.
struct TensorCall {
  let record: TensorRecord
  let operands: [Operand]

  init(_ record: TensorRecord) throws {
    self.record = record
    operands = try record.arguments.map { try $0.operand }
  }

  func run() throws -> [Tensor] {
    let call = record.call
    if let name = call.suffix(behind: "binary.") {
      return [try Tensor.binary(try operation(name), operands[0], operands[1])]
    }
    if let name = call.suffix(behind: "unary.") {
      guard let op = UnaryOperation.allCases.first(where: { "\($0)" == name }) else {
        throw RecordError.unreadable(name)
      }
      return [try Tensor.unary(op, tensor)]
    }
    if let name = call.suffix(behind: "reduce.") {
      guard let op = Reduction.allCases.first(where: { "\($0)" == name }) else {
        throw RecordError.unreadable(name)
      }
      return [try tensor.reduce(op, axes: record.axes, keepDims: record.keep ?? false)]
    }
    return try runShape(call) ?? runMaking(call) ?? runSearch(call) ?? runIndex(call)
  }

  private func operation(_ name: String) throws -> BinaryOperation {
    guard let op = BinaryOperation.allCases.first(where: { "\($0)" == name }) else {
      throw RecordError.unreadable(name)
    }
    return op
  }

  private func tensor(_ place: Int) throws -> Tensor {
    switch operands[place] {
    case .tensor(let tensor): return tensor
    case .scalar(let scalar): return Tensor(scalar)
    default: throw RecordError.unreadable("tensor")
    }
  }

  private var tensor: Tensor { get throws { try tensor(0) } }
  private var ints: [Int] { record.ints ?? [] }
  private var axis: Int? { record.axes?.first }

  private func runShape(_ call: String) throws -> [Tensor]? {
    switch call {
    case "matmul": [try Tensor.matmul(tensor, tensor(1))]
    case "dot": [try Tensor.dot(tensor, tensor(1))]
    case "outer": [try Tensor.outer(tensor, tensor(1))]
    case "cumsum": [try tensor.cumsum(axis: axis)]
    case "softmax": [try tensor.softmax()]
    case "round": [try tensor.rounded(decimals: ints[0])]
    case "reshape": [try tensor.reshaped(ints)]
    case "transpose": [try tensor.transposed(record.ints)]
    case "swapaxes": [try tensor.swappedAxes(ints[0], ints[1])]
    case "squeeze": [try tensor.squeezed(axis: record.ints?.first)]
    case "expand": [try tensor.expandedDims(axis: ints[0])]
    case "broadcast": [try tensor.broadcast(to: Shape(ints))]
    case "repeat": [try tensor.repeated(ints, axis: axis)]
    case "tile": [try tensor.tiled(ints)]
    case "concatenate":
      [try Tensor.concatenate(operands.indices.map { try tensor($0) }, axis: axis)]
    case "stack": [try Tensor.stack(operands.indices.map { try tensor($0) }, axis: axis ?? 0)]
    default: nil
    }
  }

  private func runMaking(_ call: String) throws -> [Tensor]? {
    let dtype = record.dtype.flatMap { DType(name: $0) }
    switch call {
    case "arange":
      return [try Tensor.arange(operands[0], operands[1], operands[2], dtype: dtype)]
    case "linspace":
      let (start, stop) = (try operands[0].number.double, try operands[1].number.double)
      return [try Tensor.linspace(start, stop, count: ints[0])]
    case "eye":
      return [try Tensor.eye(ints[0], ints[1], diagonal: ints[2], dtype ?? .float64)]
    default: return nil
    }
  }

  private func runSearch(_ call: String) throws -> [Tensor]? {
    switch call {
    case "sort": return [try tensor.sorted(axis: axis)]
    case "argsort": return [try tensor.argsorted(axis: axis)]
    case "nonzero": return try tensor.nonzero()
    case "unique":
      let found = try tensor.unique()
      return [found.values, found.firstIndices, found.inverse, found.counts]
    case "where":
      guard let condition = record.condition else { throw RecordError.unreadable("where") }
      return [try Tensor.select(try condition.tensor, operands[0], operands[1])]
    case "clip":
      let bounds = operands.dropFirst()
      let low = ints[0] == 1 ? bounds.first : nil
      let high = ints[1] == 1 ? bounds.last : nil
      return [try tensor.clipped(low, high)]
    case "histogram":
      let range =
        operands.count == 3 ? (try operands[1].number.double, try operands[2].number.double) : nil
      let (counts, edges) = try tensor.histogram(bins: ints[0], range: range)
      return [counts, edges]
    case "edges":
      let (counts, edges) = try tensor.histogram(edges: tensor(1))
      return [counts, edges]
    default: return nil
    }
  }

  private func runIndex(_ call: String) throws -> [Tensor] {
    let items = try (record.index ?? []).map { try $0.item }
    var x = try record.axes.map { try tensor.transposed($0) } ?? tensor
    switch call {
    case "index": return [try x.indexed(items)]
    case "assign":
      if let name = record.operation {
        try x.update(items, try operation(name), operands[1])
      } else {
        try x.assign(items, operands[1])
      }
      return [x]
    default: throw RecordError.unreadable(call)
    }
  }
}

extension String {
  func suffix(behind prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
