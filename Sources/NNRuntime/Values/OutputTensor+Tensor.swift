import NNOutput
import NNSource
import NNTensor

extension OutputTensor {
  /// What a record holds of a tensor: all of it, or of a large one what it is known by.
  init(_ tensor: Tensor) throws {
    let content: Content
    if tensor.count <= Self.fullCount {
      content = .all(Self.elements(tensor, Array(0..<tensor.count)))
    } else {
      content = .summary(
        Summary(
          hash: ContentHash(of: tensor), minimum: try Self.folded(tensor, .min),
          maximum: try Self.folded(tensor, .max), mean: try Self.folded(tensor, .mean),
          shown: Self.elements(tensor, NumPyText.shownPlaces(tensor.shape.array))))
    }
    self.init(dtype: tensor.dtype.name, shape: tensor.shape.array, content: content)
  }

  private static func elements(_ tensor: Tensor, _ places: [Int]) -> Elements {
    tensor.dtype.isFloat
      ? .floats(places.map { tensor[flat: $0].double })
      : .integers(places.map { tensor[flat: $0].integer ?? 0 })
  }

  private static func folded(_ tensor: Tensor, _ reduction: Reduction) throws -> Double {
    try tensor.reduce(reduction).scalar?.double ?? .nan
  }
}

extension PrintedText {
  /// `text` as it was printed, with the tensors among `values` or in their lists.
  init(_ text: String, of values: [Value]) throws {
    self.init(text)
    for value in values { try add(value) }
  }

  private mutating func add(_ value: Value) throws {
    switch value {
    case .tensor(let tensor): tensors.append(try OutputTensor(tensor))
    case .list(let items), .tuple(let items): for item in items { try add(item) }
    default: break
    }
  }
}
