import NNSource

/// Bytes from first to last: those of a file, or those packed in it.
protocol ByteStream: AnyObject {
  /// What messages call it.
  var name: String { get }
  /// Bytes given so far.
  var position: Int { get }
  /// No more than this can still come, so that no memory is taken for more.
  var mostLeft: Int { get }
  /// Fills `target` from its beginning; fewer than its bytes only at the end.
  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int
}

extension ByteStream {
  func damage(at offset: Int, expected: String, found: String) -> Problem {
    .data(.format(file: name, offset: offset, expected: expected, found: found))
  }

  /// Fills all of `target`, which `what` describes.
  func fill(_ target: UnsafeMutableRawBufferPointer, with what: String) throws {
    let start = position
    let count = try read(into: target)
    guard count == target.count else {
      throw damage(at: start + count, expected: what, found: "the end of the file")
    }
  }

  func bytes(_ count: Int, of what: String) throws -> [UInt8] {
    guard count <= mostLeft else {
      throw damage(at: position, expected: what, found: "the end of the file")
    }
    var bytes = [UInt8](repeating: 0, count: count)
    try bytes.withUnsafeMutableBytes { try fill($0, with: what) }
    return bytes
  }

  /// `count` bytes are promised and can be there.
  func require(_ count: Int, of what: String) throws {
    guard count <= mostLeft else {
      throw damage(
        at: position, expected: "\(count) bytes of \(what)", found: "at most \(mostLeft)")
    }
  }

  func requireEnd() throws {
    var byte: UInt8 = 0
    let start = position
    let count = try withUnsafeMutableBytes(of: &byte) { try read(into: $0) }
    guard count == 0 else {
      throw damage(
        at: start, expected: "the end of the file", found: FileBytes.hexadecimal([byte]))
    }
  }
}

/// A part of a file as it stands.
final class PlainStream: ByteStream {
  let name: String
  private let file: FileBytes
  private let range: Range<Int>
  private(set) var position = 0

  init(_ file: FileBytes, _ range: Range<Int>? = nil, name: String? = nil) {
    self.file = file
    self.range = range ?? 0..<file.count
    self.name = name ?? file.name
  }

  var mostLeft: Int { range.count - position }

  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(target.count, mostLeft)
    if count > 0, let base = target.baseAddress {
      base.copyMemory(from: file.start + range.lowerBound + position, byteCount: count)
    }
    position += count
    return count
  }
}
