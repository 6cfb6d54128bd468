/// Shapes, dtypes, axes and indices that do not fit.
package enum TensorProblem: Sendable, Hashable {
  // Making tensors.
  case tooManyAxes(Int)
  case negativeLength(shape: [Int])
  case tooLarge(shape: [Int], dtype: String, limit: Int)
  case outOfMemory(shape: [Int], dtype: String)
  case zeroStep
  case badRange(low: Double, high: Double)
  case negativeCount(operation: String, value: Int)

  // Types.
  case unsupportedTypes(operation: String, dtypes: [String])
  case numberOutOfRange(value: Int, dtype: String)
  case notWhole(value: Double, dtype: String)
  case negativePower
  /// `x /= 2` of integers: an update keeps the tensor's dtype.
  case updateChangesType(String, from: String, to: String)
  case notANumber(shape: [Int])
  case notPixels(shape: [Int])
  case pixelType(dtype: String)

  // Shapes.
  case shapesDoNotFit(operation: String, left: [Int], right: [Int])
  /// Two shapes `@` does not multiply.
  case matmul([Int], [Int])
  /// The same where the name of one side is known, whose transpose would do: its name and shape.
  case matmulNamed([Int], [Int], transpose: String, [Int])
  case numberInProduct(left: [Int], right: [Int])
  case updateChangesShape(String, from: [Int], to: [Int])
  case cannotReshape(from: [Int], to: [Int])
  case severalFreeLengths([Int])
  case cannotBroadcast(from: [Int], to: [Int])
  case cannotSqueeze(axis: Int, shape: [Int])
  case shapesDoNotJoin(left: [Int], right: [Int], axis: Int)
  case shapesDoNotStack(left: [Int], right: [Int])
  case numbersDoNotJoin
  case nothingToJoin(operation: String)
  case repeatCounts(given: Int, length: Int)

  // Axes.
  case axisOutOfRange(axis: Int, shape: [Int])
  case repeatedAxis(Int)
  case axesCount(given: [Int], shape: [Int])
  case oneAxisOnly(operation: String, count: Int)
  case nothingToReduce(operation: String, shape: [Int])

  // Indices.
  case tooManyIndices(given: Int, shape: [Int])
  case indexOutOfRange(index: Int, axis: Int, shape: [Int])
  case indexType(dtype: String)
  case indicesDoNotFit(left: [Int], right: [Int])
  case maskDoesNotFit(mask: [Int], axis: Int, shape: [Int])
  case severalEllipses
  case cannotAssign(value: [Int], target: [Int])
  case nonzeroOfNumber

  // Histograms.
  case noBins(Int)
  case tooManyBins(bins: Int, low: Double, high: Double)
  case edgesShape([Int])
  case weightsShape([Int], elements: [Int])
  case edgesFall(left: Double, right: Double)

  package var wording: Wording {
    makingWording ?? typeWording ?? shapeWording ?? joinWording ?? axisWording ?? indexWording
      ?? histogramWording
  }
}

extension TensorProblem {
  private var makingWording: Wording? {
    switch self {
    case .tooManyAxes(let count): Wording("a tensor has at most 64 axes, not \(count)")
    case .negativeLength(let shape):
      Wording("a tensor can't have shape \(shape.text): a length is negative")
    case .tooLarge(let shape, _, _) where shape.contains(0):
      Wording(
        "a tensor of shape \(shape.text) is empty, and its other lengths are too large all the same",
        hint: "the lengths other than 0 count as if it were full")
    case .tooLarge(let shape, let dtype, let limit):
      Wording(
        "a tensor of shape \(shape.text) and dtype \(dtype) takes "
          + "\(Self.size(of: shape, dtype)); the limit for all tensors is \(Words.chosenSize(limit))",
        hint: Self.wayOut(shape, dtype))
    case .outOfMemory(let shape, let dtype):
      Wording(
        "no memory is left for a tensor of shape \(shape.text) and dtype \(dtype), "
          + Self.size(of: shape, dtype))
    case .zeroStep: Wording("a step can't be 0")
    case .badRange(let low, let high):
      Wording("the range from \(low) to \(high) has no steps in it that can be counted")
    case .negativeCount(let operation, let value):
      Wording("\(operation) can't have a count of \(value): it is negative")
    default: nil
    }
  }

  private var typeWording: Wording? {
    switch self {
    case .notPixels(let shape):
      Wording(
        "pictures in colour have 3 numbers a pixel on their last axis, and the shape is "
          + shape.text)
    case .pixelType(let dtype):
      Wording(
        "the pixels are \(dtype), which says nothing of how bright the brightest is",
        hint: "uint8 goes from 0 to 255, floats from 0 to 1: astype(x, uint8) or x / 255")
    case .unsupportedTypes("-", ["bool", "bool"]):
      Wording("'-' does not work on bool and bool", hint: "'^' tells where two bools differ")
    case .unsupportedTypes("unary -", ["bool"]):
      Wording("'-' does not work on bool", hint: "'~' turns true and false round")
    case .unsupportedTypes(let operation, let dtypes):
      Wording("'\(operation)' does not work on \(dtypes.joined(separator: " and "))")
    case .numberOutOfRange(let value, let dtype):
      Wording(
        "\(value) does not fit \(dtype), which holds 0 to 255",
        hint: "astype(x, int64) makes room for it")
    case .notWhole(let value, let dtype):
      Wording(
        "\(value) can't be stored in a tensor of dtype \(dtype), which holds whole numbers"
          + (dtype == "uint8" ? " from 0 to 255" : ""),
        hint: "make the tensor a float one, or the value an integer: "
          + "astype(x, float64), floor(value), round(value)")
    case .negativePower:
      Wording(
        "an integer tensor can't be raised to a negative integer power",
        hint: "use a float: 2.0 instead of 2, or astype(x, float64)")
    case .updateChangesType(let operation, let from, let to):
      Wording(
        "'\(operation)=' keeps the dtype \(from) of its tensor, and the result is \(to)",
        hint: "write x = x \(operation) …, which makes a new tensor")
    case .notANumber(let shape):
      Wording("a number is needed here, not a tensor of shape \(shape.text)")
    default: nil
    }
  }

  private var shapeWording: Wording? {
    switch self {
    case .shapesDoNotFit(let operation, let left, let right):
      Wording(
        "shapes \(left.text) and \(right.text) do not fit together in '\(operation)': "
          + Self.firstMisfit(left, right))
    case .matmul(let left, let right):
      Wording(Self.misfitProduct(left, right), hint: Self.transposeHint(left, right))
    case .matmulNamed(let left, let right, let name, let shape):
      Wording(Self.misfitProduct(left, right), hint: "\(name).T has shape \(shape.text)")
    case .numberInProduct(let left, let right):
      Wording(
        "'@' multiplies vectors and matrices, not \(left.isEmpty ? "a number" : "shape \(left.text)")"
          + " and \(right.isEmpty ? "a number" : "shape \(right.text)")",
        hint: "'*' multiplies by a number")
    case .updateChangesShape(let operation, let from, let to):
      Wording(
        "'\(operation)=' keeps the shape \(from.text) of its tensor, and the result has "
          + "\(to.text)",
        hint: "write x = x \(operation) …, which makes a new tensor")
    case .cannotReshape(let from, let to):
      Wording(
        "shape \(from.text) has \(from.contains(0) ? 0 : from.reduce(1, *)) elements and can't be "
          + "reshaped to \(to.text)")
    case .severalFreeLengths(let shape):
      Wording("only one length of a shape can be -1, not several as in \(shape.text)")
    case .cannotBroadcast(let from, let to):
      Wording("shape \(from.text) can't be broadcast to \(to.text)")
    case .cannotSqueeze(let axis, let shape):
      Wording(
        "axis \(axis) of shape \(shape.text) can't be squeezed away: its length is not 1")
    default: nil
    }
  }

  private var joinWording: Wording? {
    switch self {
    case .shapesDoNotJoin(let left, let right, let axis):
      Wording(
        "shapes \(left.text) and \(right.text) can't be concatenated along axis \(axis): "
          + (left.count == right.count
            ? "their other lengths differ" : "they have \(left.count) and \(right.count) axes"))
    case .shapesDoNotStack(let left, let right):
      Wording("shapes \(left.text) and \(right.text) can't be stacked: they differ")
    case .numbersDoNotJoin:
      Wording("numbers can't be concatenated", hint: "stack makes a tensor of numbers")
    case .nothingToJoin(let operation): Wording("\(operation) needs at least one tensor")
    case .repeatCounts(let given, let length):
      Wording("repeat needs one count, or \(length), one for each element, not \(given)")
    default: nil
    }
  }

  private var axisWording: Wording? {
    switch self {
    case .axisOutOfRange(let axis, let shape):
      Wording(
        "there is no axis \(axis) in shape \(shape.text)",
        hint: shape.isEmpty
          ? nil : "axes go from 0 to \(shape.count - 1), or from -\(shape.count) to -1")
    case .repeatedAxis(let axis): Wording("axis \(axis) is given twice")
    case .axesCount(let given, let shape):
      Wording(
        "the axes \(given.text) can't reorder shape \(shape.text), "
          + "which has \(shape.count)")
    case .oneAxisOnly(let operation, let count):
      Wording("\(operation) goes along one axis or over all elements, not along \(count) axes")
    case .nothingToReduce(let operation, let shape):
      Wording("\(operation) of no elements: the tensor has shape \(shape.text)")
    default: nil
    }
  }

  private var indexWording: Wording? {
    switch self {
    case .tooManyIndices(let given, let shape):
      Wording(
        "\(given) \(given == 1 ? "index" : "indices") for a tensor of shape \(shape.text), "
          + "which has \(shape.isEmpty ? "no axes" : "\(shape.count)")")
    case .indexOutOfRange(let index, let axis, let shape):
      Wording(
        "index \(index) is out of range for axis \(axis) of shape \(shape.text)",
        hint: Self.rangeHint(shape, axis))
    case .indexType(let dtype):
      Wording("a tensor used as an index holds integers or bools, not \(dtype)")
    case .indicesDoNotFit(let left, let right):
      Wording("index tensors of shapes \(left.text) and \(right.text) do not fit together")
    case .maskDoesNotFit(let mask, let axis, let shape):
      Wording(
        "a mask of shape \(mask.text) does not fit shape \(shape.text)"
          + (axis > 0 ? " at axis \(axis)" : ""))
    case .severalEllipses: Wording("an index can have only one '...'")
    case .cannotAssign(let value, let target):
      Wording("a value of shape \(value.text) can't be assigned to shape \(target.text)")
    case .nonzeroOfNumber: Wording("nonzero works on tensors with axes, not on a number")
    default: nil
    }
  }

  private var histogramWording: Wording {
    switch self {
    case .noBins(let bins): Wording("a histogram needs at least one bin, not \(bins)")
    case .tooManyBins(let bins, let low, let high):
      Wording("the range from \(low) to \(high) can't be cut into \(bins) bins")
    case .edgesShape(let shape):
      Wording("bin edges stand in one axis, not in shape \(shape.text)")
    case .weightsShape(let weights, let elements):
      Wording(
        "the weights have shape \(weights.text), and the elements shape \(elements.text)",
        hint: "give one weight for each element")
    case .edgesFall(let left, let right):
      Wording("bin edges must not fall, as from \(left) to \(right)")
    default: Wording("")
    }
  }
}

extension TensorProblem {
  /// Stands in shapes for a length that only a run can tell.
  package static let unknownLength = Int.min

  /// A shape as NumPy writes it: `()`, `(3,)`, `(2, 3)`.
  package static func text(ofShape shape: [Int]) -> String {
    let lengths = shape.map { $0 == unknownLength ? "?" : String($0) }
    if lengths.count == 1 { return "(\(lengths[0]),)" }
    return "(" + lengths.joined(separator: ", ") + ")"
  }

  /// Where broadcasting fails: the last axis of unequal lengths, counted in each shape.
  private static func firstMisfit(_ left: [Int], _ right: [Int]) -> String {
    for back in 1...max(min(left.count, right.count), 1) {
      guard back <= left.count, back <= right.count else { break }
      let (x, y) = (left[left.count - back], right[right.count - back])
      if x != y, x != 1, y != 1, x != unknownLength, y != unknownLength {
        return "\(x) against \(y) in \(back == 1 ? "the last axis" : "axis -\(back)")"
      }
    }
    return "their lengths differ"
  }

  private static func misfitProduct(_ left: [Int], _ right: [Int]) -> String {
    let columns = left.last ?? 0
    let rows = right.count > 1 ? right[right.count - 2] : right.last ?? 0
    let first =
      left.count > 1 ? "\(columns) \(columns == 1 ? "column" : "columns")" : "\(columns) elements"
    let second = right.count > 1 ? "\(rows) \(rows == 1 ? "row" : "rows")" : "\(rows) elements"
    return "shapes \(left.text) and \(right.text) do not multiply: \(first) against \(second)"
  }

  private static func transposeHint(_ left: [Int], _ right: [Int]) -> String? {
    guard left.count <= 2, right.count <= 2, !(left + right).contains(unknownLength) else {
      return nil
    }
    if right.count == 2, left.last == right[1] {
      return "the transpose of the right side has shape \([right[1], right[0]].text)"
    }
    let rows = right.count == 2 ? right[0] : right.last
    if left.count == 2, left[0] == rows {
      return "the transpose of the left side has shape \([left[1], left[0]].text)"
    }
    return nil
  }

  private static func rangeHint(_ shape: [Int], _ axis: Int) -> String? {
    guard shape.indices.contains(axis) else { return nil }
    let length = shape[axis]
    if length == 0 { return "the axis is empty" }
    return "indices go from 0 to \(length - 1), or from -\(length) to -1"
  }

  private static func size(of shape: [Int], _ dtype: String) -> String {
    bytes(of: shape, dtype).map(Words.size) ?? "more than any machine has"
  }

  private static func bytes(of shape: [Int], _ dtype: String) -> Int? {
    var bytes = ["bool": 1, "uint8": 1, "float32": 4][dtype] ?? 8
    for length in shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
      if overflow { return nil }
      bytes = product
    }
    return bytes
  }

  private static func wayOut(_ shape: [Int], _ dtype: String) -> String? {
    let half = dtype == "float64" ? "dtype=float32 takes half of it" : nil
    // No machine has more than some hundred gigabytes to allow.
    guard let bytes = bytes(of: shape, dtype), bytes < 1 << 38 else { return half }
    return (half.map { $0 + "; " } ?? "") + "--memory allows more"
  }
}

extension [Int] {
  fileprivate var text: String { TensorProblem.text(ofShape: self) }
}
