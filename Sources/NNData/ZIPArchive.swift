import NNSource

/// The entries of a ZIP file, stored or deflated, as its directory lists them.
struct ZIPArchive {
  struct Entry {
    let name: String
    let method: Int
    let checksum: UInt
    let packed: Int
    let size: Int
    /// Where the entry's own header stands.
    let header: Int
  }

  private static let endSize = 22
  private static let entrySize = 46
  private static let localSize = 30
  private static let mostEntries = 10_000

  let file: FileBytes
  private(set) var entries: [Entry] = []

  init(_ file: FileBytes) throws {
    self.file = file
    let end = try Self.end(of: file)
    let count = file.littleEndian(2, at: end + 10)
    var offset = file.littleEndian(4, at: end + 16)
    guard count <= Self.mostEntries else {
      throw file.damage(
        at: end + 10, expected: "at most \(Self.mostEntries) entries", found: "\(count)")
    }
    for _ in 0..<count {
      let (entry, next) = try entry(at: offset, end)
      entries.append(entry)
      offset = next
    }
  }

  /// The record at the file's end that says where the directory is; a comment may follow it.
  private static func end(of file: FileBytes) throws -> Int {
    let lowest = max(0, file.count - endSize - 0xFFFF)
    var offset = file.count - endSize
    while offset >= lowest {
      if file.littleEndian(4, at: offset) == 0x0605_4B50,
        offset + endSize + file.littleEndian(2, at: offset + 20) == file.count
      {
        return offset
      }
      offset -= 1
    }
    throw file.damage(
      at: file.count, expected: "the directory of a ZIP file, 50 4B 05 06, before this")
  }

  private func entry(at offset: Int, _ end: Int) throws -> (Entry, next: Int) {
    guard offset + Self.entrySize <= end, file.littleEndian(4, at: offset) == 0x0201_4B50 else {
      throw file.damage(at: min(offset, file.count), expected: "50 4B 01 02, an entry,")
    }
    let nameLength = file.littleEndian(2, at: offset + 28)
    let extraLength = file.littleEndian(2, at: offset + 30)
    let commentLength = file.littleEndian(2, at: offset + 32)
    let nameStart = offset + Self.entrySize
    let extraStart = nameStart + nameLength
    let next = extraStart + extraLength + commentLength
    guard next <= end else {
      throw file.damage(at: offset, expected: "a whole entry", found: "the directory's end")
    }
    var large = LargeSizes(file, extraStart..<extraStart + extraLength)
    let size = try large.value(file.littleEndian(4, at: offset + 24), at: offset)
    let packed = try large.value(file.littleEndian(4, at: offset + 20), at: offset)
    let header = try large.value(file.littleEndian(4, at: offset + 42), at: offset)
    let name = file.text(nameStart..<extraStart)
    if file.littleEndian(2, at: offset + 8) & 1 != 0 {
      throw Problem.data(
        .unsupported(
          file: file.name, found: "the encrypted entry '\(name)'",
          hint: "save it without a password"))
    }
    let entry = Entry(
      name: name, method: file.littleEndian(2, at: offset + 10),
      checksum: UInt(file.littleEndian(4, at: offset + 16)), packed: packed, size: size,
      header: header)
    return (entry, next)
  }

  /// The entry's contents, unpacked as they are read.
  func stream(_ entry: Entry) throws -> any ByteStream {
    let header = entry.header
    guard header >= 0, header <= file.count - Self.localSize,
      file.littleEndian(4, at: header) == 0x0403_4B50
    else {
      throw file.damage(
        at: min(max(header, 0), file.count), expected: "50 4B 03 04, the entry '\(entry.name)',")
    }
    let start =
      header + Self.localSize + file.littleEndian(2, at: header + 26)
      + file.littleEndian(2, at: header + 28)
    guard start <= file.count, entry.packed <= file.count - start else {
      throw file.damage(
        at: min(start, file.count), expected: "\(entry.packed) bytes of '\(entry.name)'",
        found: "\(max(0, file.count - start))")
    }
    let range = start..<start + entry.packed
    let name = file.name + "/" + entry.name
    let inner: any ByteStream
    switch entry.method {
    case 0: inner = PlainStream(file, range, name: name)
    case 8: inner = try InflateStream(file, range, name: name, .none)
    default:
      throw Problem.data(
        .unsupported(
          file: name, found: "data packed by method \(entry.method)",
          hint: "numpy.savez and numpy.savez_compressed write what can be read"))
    }
    return CheckedStream(inner, count: entry.size, checksum: entry.checksum)
  }
}

/// The 64-bit numbers of an entry, for those of its 32-bit ones that are all ones.
private struct LargeSizes {
  private let file: FileBytes
  private var next = 0
  private var end = 0

  init(_ file: FileBytes, _ extra: Range<Int>) {
    self.file = file
    var offset = extra.lowerBound
    while offset + 4 <= extra.upperBound {
      let length = file.littleEndian(2, at: offset + 2)
      if file.littleEndian(2, at: offset) == 1, offset + 4 + length <= extra.upperBound {
        (next, end) = (offset + 4, offset + 4 + length)
        return
      }
      offset += 4 + length
    }
  }

  mutating func value(_ small: Int, at offset: Int) throws -> Int {
    guard small == 0xFFFF_FFFF else { return small }
    guard next + 8 <= end, file[next + 7] < 0x40 else {
      throw file.damage(at: offset, expected: "an entry with its size", found: "none")
    }
    defer { next += 8 }
    return file.littleEndian(8, at: next)
  }
}

/// Entries, stored as they are, dated 1 January 1980: the same contents are the same bytes.
struct ZIPWriter {
  private static let date = 0x0021
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  mutating func add(_ name: String, _ contents: [UInt8]) {
    let checksum = contents.withUnsafeBytes { InflateStream.checksum($0) }
    let offset = bytes.count
    let label = Array(name.utf8)
    // Version 2.0; bit 11 says that names are UTF-8; method 0; time and date.
    let shared =
      Self.field(2, 20) + Self.field(2, 1 << 11) + Self.field(2, 0) + Self.field(2, 0)
      + Self.field(2, Self.date) + Self.field(4, Int(checksum)) + Self.field(4, contents.count)
      + Self.field(4, contents.count) + Self.field(2, label.count) + Self.field(2, 0)
    bytes += Self.field(4, 0x0403_4B50) + shared + label
    bytes += contents
    directory += Self.field(4, 0x0201_4B50) + Self.field(2, 20) + shared
    directory += Self.field(2, 0) + Self.field(2, 0) + Self.field(2, 0) + Self.field(4, 0)
    directory += Self.field(4, offset) + label
    count += 1
  }

  mutating func finished() -> [UInt8] {
    let start = bytes.count
    bytes += directory + Self.field(4, 0x0605_4B50) + Self.field(4, 0)
    bytes += Self.field(2, count) + Self.field(2, count)
    bytes += Self.field(4, directory.count) + Self.field(4, start) + Self.field(2, 0)
    return bytes
  }

  private static func field(_ size: Int, _ value: Int) -> [UInt8] {
    (0..<size).map { UInt8(value >> ($0 * 8) & 0xFF) }
  }
}
