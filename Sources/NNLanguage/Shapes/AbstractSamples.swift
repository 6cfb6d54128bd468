import NNSource

/// What a network takes for samples, by the shapes alone.
struct AbstractSamples {
  /// Nil where it is not known.
  let count: Int?
  /// One sample without an axis of its own; nil where it is not known.
  let isSingle: Bool?

  /// Throws at `range` when the samples surely do not fit.
  init(_ x: AbstractValue, of network: AbstractNetwork, at range: SourceRange) throws(Diagnostic) {
    guard let shape = x.shape, let inputs = network.inputs, !shape.isEmpty else {
      (count, isSingle) = (nil, nil)
      return
    }
    let width = Array(shape.dropFirst()).elementCount
    let isColumn = shape.count == 1 && inputs == 1
    if shape.count >= 2 || isColumn, let rows = shape[0], rows > 0, let width,
      isColumn || width == inputs
    {
      (count, isSingle) = (rows, false)
      return
    }
    if shape.count >= 2, shape[0] == nil, let width {
      // However many there are, they are as wide as this; one sample could be laid out otherwise.
      guard width == inputs || width == 0 || inputs % width == 0 else {
        throw .error(.network(.inputWidth(shape: shape.shown, inputs: inputs)), at: range)
      }
      (count, isSingle) = (nil, width == inputs ? false : nil)
      return
    }
    guard let total = shape.elementCount, let rows = shape[0] else {
      (count, isSingle) = (nil, nil)
      return
    }
    guard total != inputs else {
      (count, isSingle) = (1, true)
      return
    }
    throw .error(
      .network(
        rows == 0
          ? .noSamples(shape: shape.shown) : .inputWidth(shape: shape.shown, inputs: inputs)),
      at: range)
  }

  /// Throws at `range` when the targets surely do not fit.
  func check(_ y: AbstractValue, outputs: Int?, at range: SourceRange) throws(Diagnostic) {
    guard let samples = count, let outputs, let shape = y.shape else { return }
    let total = shape.elementCount
    let isOneRow = samples == 1 && shape.count == 1 && total == outputs
    guard let first = isOneRow || shape.isEmpty ? 1 : shape[0] else { return }
    guard first == samples else {
      throw .error(.network(.sampleCounts(x: samples, y: first)), at: range)
    }
    guard let total, samples > 0 else { return }
    let isRows = total % samples == 0 && total / samples == outputs
    guard isRows || total == samples else {
      throw .error(.network(.targetWidth(shape: shape.shown, outputs: outputs)), at: range)
    }
  }
}
