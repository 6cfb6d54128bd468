/// Values as bytes, one after the other; `ByteReader` takes them out again in the same order.
/// Numbers are little-endian, texts and lists begin with their length.
package struct ByteWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func add(_ value: UInt8) { bytes.append(value) }
  package mutating func add(_ value: Bool) { bytes.append(value ? 1 : 0) }

  package mutating func add(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func add(_ value: Int) { add(UInt64(bitPattern: Int64(value))) }
  package mutating func add(_ value: Double) { add(value.bitPattern) }

  package mutating func add(_ text: String) { add(Array(text.utf8)) }

  package mutating func add(_ bytes: [UInt8]) {
    add(bytes.count)
    self.bytes += bytes
  }

  package mutating func add(_ hash: ContentHash) {
    add(hash.high)
    add(hash.low)
  }

  package mutating func add<T>(_ value: T?, _ body: (inout ByteWriter, T) -> Void) {
    add(value != nil)
    if let value { body(&self, value) }
  }

  package mutating func add<T>(_ items: [T], _ body: (inout ByteWriter, T) -> Void) {
    add(items.count)
    for item in items { body(&self, item) }
  }

  /// Bytes whose number has been told.
  package mutating func raw(_ bytes: UnsafeRawBufferPointer) {
    self.bytes.append(contentsOf: bytes)
  }
}

/// Bytes that are not what was written.
package struct DamagedBytes: Error, Sendable {
  package init() {}
}

/// Reads what a `ByteWriter` wrote. Bytes of any kind give values or `DamagedBytes`.
package struct ByteReader: Sendable {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  package init(_ bytes: [UInt8]) { self.init(bytes[...]) }

  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  package var isAtEnd: Bool { position == bytes.endIndex }

  /// The next `count` bytes.
  package mutating func take(_ count: Int) throws(DamagedBytes) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.endIndex - position else { throw DamagedBytes() }
    defer { position += count }
    return bytes[position..<position + count]
  }

  package mutating func byte() throws(DamagedBytes) -> UInt8 {
    let slice = try take(1)
    return slice[slice.startIndex]
  }

  package mutating func bool() throws(DamagedBytes) -> Bool {
    switch try byte() {
    case 0: return false
    case 1: return true
    default: throw DamagedBytes()
    }
  }

  package mutating func word() throws(DamagedBytes) -> UInt64 {
    var value: UInt64 = 0
    for byte in try take(8).reversed() { value = value << 8 | UInt64(byte) }
    return value
  }

  package mutating func int() throws(DamagedBytes) -> Int { Int(Int64(bitPattern: try word())) }
  package mutating func double() throws(DamagedBytes) -> Double { Double(bitPattern: try word()) }

  package mutating func hash() throws(DamagedBytes) -> ContentHash {
    ContentHash(high: try word(), low: try word())
  }

  package mutating func byteArray() throws(DamagedBytes) -> [UInt8] {
    Array(try take(try int()))
  }

  package mutating func string() throws(DamagedBytes) -> String {
    guard let text = String(validating: try take(try int()), as: UTF8.self) else {
      throw DamagedBytes()
    }
    return text
  }

  package mutating func optional<T>(
    _ body: (inout ByteReader) throws(DamagedBytes) -> T
  ) throws(DamagedBytes) -> T? {
    try bool() ? try body(&self) : nil
  }

  /// Every item takes a byte at least, so a length beyond what is left is damage.
  package mutating func list<T>(
    _ body: (inout ByteReader) throws(DamagedBytes) -> T
  ) throws(DamagedBytes) -> [T] {
    let count = try count()
    var items: [T] = []
    items.reserveCapacity(count)
    for _ in 0..<count { items.append(try body(&self)) }
    return items
  }

  /// The length of a list.
  package mutating func count() throws(DamagedBytes) -> Int {
    let count = try int()
    guard count >= 0, count <= bytes.endIndex - position else { throw DamagedBytes() }
    return count
  }
}
