/// Arrays and their elements as NumPy's `print` writes them, byte for byte.
package enum NumPyText {
  /// `str()` of an array, with line breaks but none at the end. Rank 0 is written as its element.
  package static func print(_ tensor: Tensor) -> String {
    if tensor.rank == 0, let scalar = tensor.scalar { return string(scalar) }
    return print(ArrayElements(tensor), shape: tensor.shape.array)
  }

  /// `repr()` of an array, as it stands inside a list: `array([1, 2])`.
  package static func representation(_ tensor: Tensor) -> String {
    if tensor.rank == 0, let scalar = tensor.scalar { return "array(\(string(scalar)))" }
    let text = print(ArrayElements(tensor), shape: tensor.shape.array, isRepresentation: true)
    var notes: [String] = []
    // A shape that the elements do not show: those of an empty tensor, and of a summary.
    if tensor.count == 0 ? tensor.rank > 1 : tensor.count > PrintOptions.threshold {
      notes.append("shape=\(tensor.shape.text)")
    }
    // NumPy names a dtype that the elements do not show.
    let isPlain = [.bool, .int64, .float64].contains(tensor.dtype) && tensor.count > 0
    if !isPlain { notes.append("dtype=\(tensor.dtype.name)") }
    let opening = "array("
    guard !notes.isEmpty else { return opening + text + ")" }
    let start = opening + text + ","
    let end = notes.joined(separator: ", ") + ")"
    let lastLine = start.split(separator: "\n").last ?? ""
    let fits = lastLine.utf8.count + 1 + end.utf8.count <= PrintOptions.lineWidth
    return start + (fits ? " " : "\n" + String(repeating: " ", count: opening.utf8.count)) + end
  }

  /// `str()` of an element: a float has the shortest digits of its own type.
  package static func string(_ scalar: Scalar) -> String {
    switch scalar {
    case .bool(let value): value ? "True" : "False"
    case .uint8(let value): String(value)
    case .int64(let value): String(value)
    case .float32(let value): PythonText.repr(value)
    case .float64(let value): PythonText.repr(value)
    }
  }

  /// `str()` of an array with at least one axis. `elements` are in row-major order; the format of a
  /// column is computed from the elements shown only.
  static func print(
    _ elements: ArrayElements, shape: [Int], isRepresentation: Bool = false
  ) -> String {
    guard !shape.contains(0) else { return "[]" }
    let part = PrintedPart(shape: shape)
    let shown = part.elements
    let words: [String]
    switch elements {
    case .bool(let value): words = shown.map { value($0) ? " True" : "False" }
    case .integer(let value): words = integerColumn(shown.map(value))
    case .float32(let value): words = FloatColumn(shown.map(value)).words
    case .float64(let value): words = FloatColumn(shown.map(value)).words
    }
    return ArrayLayout.text(of: words, part, isRepresentation: isRepresentation)
  }

  /// The row-major places of the elements that `print` shows.
  package static func shownPlaces(_ shape: [Int]) -> [Int] {
    shape.contains(0) ? [] : PrintedPart(shape: shape).elements
  }

  private static func integerColumn(_ values: [Int]) -> [String] {
    let words = values.map { String($0) }
    let width = words.reduce(0) { max($0, $1.utf8.count) }
    return words.map { Padding.left($0, width) }
  }
}

/// Where the printer gets its elements from: a read at a row-major position.
enum ArrayElements {
  case bool((Int) -> Bool)
  case integer((Int) -> Int)
  case float32((Int) -> Float)
  case float64((Int) -> Double)

  init(_ tensor: Tensor) {
    switch tensor.dtype {
    case .bool: self = .bool { tensor[flat: $0] == .bool(true) }
    case .uint8, .int64: self = .integer { tensor[flat: $0].integer ?? 0 }
    case .float32: self = .float32 { Float(tensor[flat: $0].double) }
    case .float64: self = .float64 { tensor[flat: $0].double }
    }
  }
}
