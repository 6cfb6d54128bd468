import NNLanguage
import NNOutput
import NNSource
import NNTensor

extension Registry {
  static let pictureCommand = RegistryEntry.command(
    "image",
    [
      Clause(
        nil,
        [
          SignatureParameter(
            "pictures", "matrix", form: .variadic,
            help: "matrices (height, width), colour pictures (height, width, 3), or "
              + "several in one tensor")
        ])
    ],
    options: [
      SignatureParameter(
        "columns", "integer", standard: "4", help: "how many pictures stand side by side"),
      SignatureParameter(
        "titles", "list of strings", standard: "none", help: "a caption for each picture"),
      SignatureParameter(
        "wrong", "list", standard: "none", help: "true for each picture to mark as wrong"),
      SignatureParameter(
        "cmap", "word", standard: "gray", words: ["gray", "viridis"],
        help: "the colours for small to large: gray goes from black to white"),
    ], family: "show",
    "shows matrices as pictures: (h, w), (h, w, 3) in colour, or several as (n, h, w)",
    example: "image [[0, 1, 0], [1, 1, 1], [0, 1, 0]] titles=\"plus\"",
    effects: [.output],
    notes: "Small is dark and large is light; colour pictures hold 0 to 255 as "
      + "uint8, or 0 to 1.", seeAlso: ["heatmap", "predict"]
  ) { arguments in
    var making = PictureMaking(arguments)
    try arguments.interpreter.emit(.pictures(try making.grid()))
    return .none
  }
}

/// From tensors to a grid of pictures.
struct PictureMaking {
  static let mostPictures = 400
  static let mostValues = 4_000_000
  static let standardColumns = 4

  private let arguments: Arguments
  private var pictures: [PictureGrid.Picture] = []
  private var valueCount = 0
  /// Whether all that is shown in colour, or as truth values, has a fixed scale of its own.
  private var largestOfType = 0.0

  init(_ arguments: Arguments) { self.arguments = arguments }

  mutating func add(_ offset: Int) throws {
    let value = arguments.rest(offset)
    if case .list(let items) = value, (try? value.tensor()) == nil {
      // Pictures of different sizes do not stack.
      for item in items { try add(item, offset) }
    } else {
      try add(value, offset)
    }
  }

  private mutating func add(_ value: Value, _ offset: Int) throws {
    let operand = arguments.sourceText(ofRest: offset)
    let range = arguments.restRange(offset)
    guard value.isNumeric,
      let tensor = try arguments.at(arguments.fixedCount + offset, value.tensor)
    else {
      throw fail(.notNumbers(verb: "image", operand: operand, found: value.kindName), range)
    }
    let shape = tensor.shape.array
    guard !shape.contains(0) else { throw fail(.empty(verb: "image", operand: operand), range) }
    let isColor = shape.count >= 3 && (shape.last == 3 || shape.last == 1 && shape.count == 4)
    switch (shape.count, isColor) {
    case (2, _):
      try add([tensor], height: shape[0], width: shape[1], channels: 1, range)
    case (3, true):
      try add([tensor], height: shape[0], width: shape[1], channels: 3, range)
    case (3, false):
      try add(try parts(tensor), height: shape[1], width: shape[2], channels: 1, range)
    case (4, true):
      try add(try parts(tensor), height: shape[1], width: shape[2], channels: shape[3], range)
    case (1, _):
      throw fail(.pictureOfRow(operand: operand, length: shape[0]), range)
    default:
      throw fail(
        .wrongRank(
          verb: "image", operand: operand, shape: shape,
          expected: "(height, width), (height, width, 3) or (count, height, width)"), range)
    }
  }

  private func parts(_ tensor: Tensor) throws -> [Tensor] {
    guard tensor.shape[0] + pictures.count <= Self.mostPictures else {
      throw tooMany(tensor.shape[0] + pictures.count)
    }
    return try (0..<tensor.shape[0]).map { try tensor.indexed([.integer($0)]) }
  }

  private func tooMany(_ count: Int) -> Diagnostic {
    fail(
      .tooMany(verb: "image", what: "pictures", count: count, limit: Self.mostPictures),
      arguments.range)
  }

  private func fail(_ problem: ChartProblem, _ range: SourceRange) -> Diagnostic {
    .error(.value(.chart(problem)), at: range)
  }

  private mutating func add(
    _ parts: [Tensor], height: Int, width: Int, channels: Int, _ range: SourceRange
  ) throws {
    guard pictures.count + parts.count <= Self.mostPictures else {
      throw tooMany(pictures.count + parts.count)
    }
    valueCount += parts.reduce(0) { $0 + $1.count }
    guard valueCount <= Self.mostValues else {
      throw fail(
        .tooMany(verb: "image", what: "values", count: valueCount, limit: Self.mostValues), range)
    }
    for part in parts {
      if channels == 3 { largestOfType = max(largestOfType, part.dtype == .uint8 ? 255 : 1) }
      if part.dtype == .bool { largestOfType = max(largestOfType, 1) }
      pictures.append(
        PictureGrid.Picture(
          width: width, height: height, values: part.doubles, channels: channels))
    }
  }

  /// The values drawn darkest and lightest: those found, or, in colour, all that the type holds.
  private func limits() -> (low: Double, high: Double) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for picture in pictures {
      for value in picture.values where value.isFinite {
        (low, high) = (min(low, value), max(high, value))
      }
    }
    guard low <= high else { return (0, 1) }
    if largestOfType > 0, low >= 0 {
      return (0, high > largestOfType ? 255 : largestOfType)
    }
    // One value everywhere: 0 is dark, anything else light.
    return low < high ? (low, high) : (min(low, 0), max(high, low == 0 ? 1 : 0))
  }

  mutating func grid() throws -> PictureGrid {
    guard arguments.restCount > 0 else {
      throw Problem.call(.missing(callee: "image", parameter: "pictures"))
    }
    for offset in 0..<arguments.restCount { try add(offset) }
    try caption()
    let (low, high) = limits()
    let word = try arguments.choice(3, default: "gray")
    let columns = try arguments.int(
      0, in: 1...Self.mostPictures, default: min(pictures.count, Self.standardColumns),
      "1 to \(Self.mostPictures) columns")
    return PictureGrid(
      pictures: pictures, columns: columns, colorMap: .init(rawValue: word) ?? .gray, low: low,
      high: high)
  }

  private mutating func caption() throws {
    if arguments.isSome(1) {
      let titles = try arguments.strings(1)
      try check(1, "titles", titles.count)
      for (index, title) in titles.enumerated() { pictures[index].caption = title }
    }
    if arguments.isSome(2) {
      let flags = try arguments.tensor(2).bools
      try check(2, "wrong", flags.count)
      for (index, flag) in flags.enumerated() { pictures[index].isWrong = flag }
    }
  }

  private func check(_ index: Int, _ option: String, _ given: Int) throws {
    guard given != pictures.count else { return }
    throw arguments.failure(
      index,
      .value(
        .chart(
          .nameCount(option: option, given: given, needed: pictures.count, what: "picture"))))
  }
}
