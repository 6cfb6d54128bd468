/// Brackets, line breaks and blank lines around the words of an array, as NumPy sets them.
struct ArrayLayout {
  private let part: PrintedPart
  private var words: [String].Iterator
  private var bytes: [UInt8] = []
  /// Columns used on the current line.
  private var column = 0
  /// `array(` stands before the first bracket, and commas between the elements.
  private let isRepresentation: Bool
  private var prefix: Int { isRepresentation ? 6 : 0 }

  private init(_ words: [String], _ part: PrintedPart, isRepresentation: Bool) {
    self.part = part
    self.isRepresentation = isRepresentation
    self.words = words.makeIterator()
  }

  /// The text of an array none of whose axes is empty; `words` are the elements shown, in order.
  static func text(
    of words: [String], _ part: PrintedPart, isRepresentation: Bool = false
  ) -> String {
    var layout = ArrayLayout(words, part, isRepresentation: isRepresentation)
    layout.append(axis: 0)
    return String(decoding: layout.bytes, as: UTF8.self)
  }

  private mutating func append(axis: Int) {
    bytes.append(UInt8(ascii: "["))
    if axis == part.shape.count - 1 { appendRow(axis) } else { appendBlocks(axis) }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Sub-arrays, each on a line of its own, with a blank line more for every axis below.
  private mutating func appendBlocks(_ axis: Int) {
    let shown = part.shown(axis: axis)
    for position in shown.indices {
      if position > 0 { startBlock(axis) }
      if position == PrintOptions.edgeItems && part.isCut(axis: axis) {
        bytes.append(contentsOf: "...".utf8)
        startBlock(axis)
      }
      append(axis: axis + 1)
    }
  }

  private mutating func startBlock(_ axis: Int) {
    if isRepresentation { bytes.append(UInt8(ascii: ",")) }
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: part.shape.count - 1 - axis))
    indent(axis)
  }

  private mutating func indent(_ axis: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: prefix + axis + 1))
  }

  /// The elements of the last axis, wrapped so that the brackets that may close behind them stay
  /// within the line.
  private mutating func appendRow(_ axis: Int) {
    let shown = part.shown(axis: axis)
    column = prefix + axis + 1
    for position in shown.indices {
      if position > 0 { appendBlank() }
      if position == PrintOptions.edgeItems && part.isCut(axis: axis) {
        append("...", axis)
        appendBlank()
      }
      append(words.next() ?? "", axis)
    }
  }

  private mutating func appendBlank() {
    if isRepresentation {
      bytes.append(UInt8(ascii: ","))
      column += 1
    }
    bytes.append(UInt8(ascii: " "))
    column += 1
  }

  private mutating func append(_ word: String, _ axis: Int) {
    let room = PrintOptions.lineWidth - axis - 1 - (isRepresentation ? 1 : 0)
    if column + word.utf8.count > room && column > prefix + axis + 1 {
      while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
      bytes.append(UInt8(ascii: "\n"))
      indent(axis)
      column = prefix + axis + 1
    }
    bytes.append(contentsOf: word.utf8)
    column += word.utf8.count
  }
}
