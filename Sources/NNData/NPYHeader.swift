import NNSource

/// What stands before the elements of an NPY file: `{'descr': '<f8', 'fortran_order': False,
/// 'shape': (2, 3), }`.
struct NPYHeader {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let longest = 1 << 16

  let type: StoredType
  let isBigEndian: Bool
  /// The last axis runs fastest unless this is set; then it is the first.
  let isFortran: Bool
  let shape: [Int]

  /// Versions 1.0 to 3.0, which differ in the width of the length and the encoding of names.
  static func read(_ stream: any ByteStream) throws -> NPYHeader {
    let start = try stream.bytes(8, of: "the header of an NPY file, 93 4E 55 4D 50 59,")
    guard Array(start[..<6]) == magic else {
      throw stream.damage(
        at: 0, expected: "93 4E 55 4D 50 59, the beginning of an NPY file,",
        found: FileBytes.hexadecimal(Array(start[..<6])))
    }
    guard (1...3).contains(start[6]), start[7] == 0 else {
      throw stream.damage(
        at: 6, expected: "version 1.0, 2.0 or 3.0", found: "\(start[6]).\(start[7])")
    }
    let lengthBytes = try stream.bytes(start[6] == 1 ? 2 : 4, of: "the header's length")
    let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= longest else {
      throw stream.damage(
        at: 8, expected: "a header of at most \(longest) bytes", found: "\(length)")
    }
    let place = stream.position
    let text = try stream.bytes(length, of: "a header of \(length) bytes")
    var parser = LiteralParser(text: text, start: place, stream: stream)
    return try parser.header()
  }
}

/// The Python literals that a header is written in.
private struct LiteralParser {
  private indirect enum Literal {
    case text(String)
    case integer(Int)
    case bool(Bool)
    case sequence([Literal])

    var kind: String {
      switch self {
      case .text(let text): "'\(text)'"
      case .integer(let value): "\(value)"
      case .bool(let value): value ? "True" : "False"
      case .sequence: "a list"
      }
    }
  }

  private let text: [UInt8]
  private let start: Int
  private let stream: any ByteStream
  private var next = 0
  private var depth = 0

  init(text: [UInt8], start: Int, stream: any ByteStream) {
    (self.text, self.start, self.stream) = (text, start, stream)
  }

  private func damage(_ expected: String) -> Problem {
    let found = next < text.count ? [text[next]] : []
    let isPrintable = found.allSatisfy { (33..<127).contains($0) }
    return stream.damage(
      at: start + next, expected: expected,
      found: found.isEmpty
        ? "the header's end"
        : isPrintable
          ? "'\(String(decoding: found, as: UTF8.self))'" : FileBytes.hexadecimal(found))
  }

  private mutating func skipSpace() {
    while next < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[next]) { next += 1 }
  }

  private mutating func match(_ symbol: Character) -> Bool {
    skipSpace()
    guard next < text.count, text[next] == symbol.asciiValue else { return false }
    next += 1
    return true
  }

  private mutating func expect(_ symbol: Character) throws {
    guard match(symbol) else { throw damage("'\(symbol)'") }
  }

  mutating func header() throws -> NPYHeader {
    var type: (StoredType, isBigEndian: Bool)?
    var isFortran: Bool?
    var shape: [Int]?
    try expect("{")
    while !match("}") {
      guard case .text(let key) = try literal() else { throw damage("a name in quotes") }
      try expect(":")
      let value = try literal()
      switch (key, value) {
      case ("descr", _): type = try Self.type(value, stream.name)
      case ("fortran_order", .bool(let flag)): isFortran = flag
      case ("shape", .sequence(let items)): shape = try lengths(items)
      default: throw damage("descr, fortran_order and shape, not '\(key)': \(value.kind),")
      }
      if !match(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard next == text.count else { throw damage("the header's end") }
    guard let type, let isFortran, let shape else {
      throw damage("descr, fortran_order and shape before this")
    }
    return NPYHeader(
      type: type.0, isBigEndian: type.isBigEndian, isFortran: isFortran, shape: shape)
  }

  private func lengths(_ items: [Literal]) throws -> [Int] {
    guard items.count <= 64 else { throw damage("at most 64 axes") }
    return try items.map { item in
      guard case .integer(let length) = item else { throw damage("lengths of axes") }
      return length
    }
  }

  private mutating func literal() throws -> Literal {
    skipSpace()
    guard next < text.count else { throw damage("a value") }
    switch text[next] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try quoted())
    case UInt8(ascii: "("): return .sequence(try sequence(to: ")"))
    case UInt8(ascii: "["): return .sequence(try sequence(to: "]"))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
    default:
      for (word, value) in [("True", true), ("False", false)]
      where text[next...].starts(with: word.utf8) {
        next += word.utf8.count
        return .bool(value)
      }
      throw damage("a value")
    }
  }

  private mutating func quoted() throws -> String {
    let quote = text[next]
    let first = next + 1
    guard let end = text[first...].firstIndex(of: quote) else {
      throw damage("a closing quote after this")
    }
    next = end + 1
    return String(decoding: text[first..<end], as: UTF8.self)
  }

  private mutating func integer() throws -> Int {
    var value = 0
    while next < text.count, (48...57).contains(text[next]) {
      let (ten, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = ten.addingReportingOverflow(Int(text[next]) - 48)
      guard !overflow, !carry else { throw damage("a length of an axis") }
      value = sum
      next += 1
    }
    // Python 2 wrote `3L`.
    if next < text.count, text[next] == UInt8(ascii: "L") { next += 1 }
    return value
  }

  private mutating func sequence(to closing: Character) throws -> [Literal] {
    depth += 1
    defer { depth -= 1 }
    guard depth < 8 else { throw damage("fewer brackets") }
    next += 1
    var items: [Literal] = []
    while !match(closing) {
      items.append(try literal())
      if !match(",") {
        try expect(closing)
        break
      }
    }
    return items
  }

  // MARK: Types

  private static func type(_ value: Literal, _ name: String) throws -> (
    StoredType, isBigEndian: Bool
  ) {
    guard case .text(let text) = value else {
      throw unsupported(name, "records (a structured dtype)", "save each field as an array")
    }
    var code = text[...]
    var isBigEndian = false
    if let order = code.first, "<>|=".contains(order) {
      isBigEndian = order == ">"
      code = code.dropFirst()
    }
    switch code {
    case "b1", "?": return (.bool, isBigEndian)
    case "u1", "u2", "u4", "u8":
      return (.unsigned(bytes: Int(code.dropFirst()) ?? 1), isBigEndian)
    case "i1", "i2", "i4", "i8":
      return (.signed(bytes: Int(code.dropFirst()) ?? 8), isBigEndian)
    case "f2", "f4", "f8": return (.float(bytes: Int(code.dropFirst()) ?? 8), isBigEndian)
    default: break
    }
    let astype = "save it as numbers: numpy.save(…, x.astype(\"float64\"))"
    switch code.first {
    case "O":
      throw unsupported(name, "Python objects (pickle), which could run any program", astype)
    case "U", "S": throw unsupported(name, "texts", "save the numbers of the classes instead")
    case "c": throw unsupported(name, "complex numbers", "save x.real and x.imag")
    default: throw unsupported(name, "elements of the type '\(text)'", astype)
    }
  }

  private static func unsupported(_ name: String, _ found: String, _ hint: String) -> Problem {
    .data(.unsupported(file: name, found: found, hint: hint))
  }
}
