import CZlib
import Glibc
import NNSource

/// What gzip or a ZIP entry has packed, unpacked as it is asked for. This file alone talks to zlib.
final class InflateStream: ByteStream {
  enum Wrapping {
    /// A header, a checksum and the length around it; several may follow each other.
    case gzip
    /// Bare deflate data.
    case none
  }

  /// Deflate packs no denser than this, so a file can't promise more.
  private static let densest = 1032
  private static let largestPiece = 1 << 30

  let name: String
  private let file: FileBytes
  private let range: Range<Int>
  private let wrapping: Wrapping
  /// zlib holds the address, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var isAtEnd = false
  private(set) var position = 0

  init(_ file: FileBytes, _ range: Range<Int>? = nil, name: String, _ wrapping: Wrapping) throws {
    self.file = file
    self.range = range ?? 0..<file.count
    self.name = name
    self.wrapping = wrapping
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    stream.pointee.next_in = file.start + self.range.lowerBound
    guard nn_inflate_start(stream, wrapping == .gzip ? 15 + 16 : -15) == Z_OK else {
      throw Problem.data(.unreadable(file: file.name, reason: "no memory to unpack it"))
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// The place in the file from which zlib reads next.
  private var source: Int { stream.pointee.next_in - file.start }
  private var sourceLeft: Int { range.upperBound - source }

  var mostLeft: Int { isAtEnd ? 0 : (sourceLeft + 64) * Self.densest }

  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let base = target.baseAddress else { return 0 }
    var count = 0
    while count < target.count, !isAtEnd {
      let piece = min(target.count - count, Self.largestPiece)
      stream.pointee.next_out = (base + count).assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(piece)
      stream.pointee.avail_in = UInt32(min(sourceLeft, Self.largestPiece))
      let code = inflate(stream, Z_NO_FLUSH)
      count += piece - Int(stream.pointee.avail_out)
      switch code {
      case Z_OK: break
      case Z_STREAM_END: try finishMember()
      case Z_BUF_ERROR where sourceLeft == 0:
        throw file.damage(at: range.upperBound, expected: "more packed data")
      default:
        let reason = stream.pointee.msg.map { String(cString: $0) } ?? "no memory to unpack it"
        throw file.damage(at: source, expected: "packed data", found: "'\(reason)'")
      }
    }
    position += count
    return count
  }

  private func finishMember() throws {
    guard sourceLeft > 0 else {
      isAtEnd = true
      return
    }
    guard wrapping == .gzip, sourceLeft >= 2, file[source] == 0x1F, file[source + 1] == 0x8B,
      inflateReset(stream) == Z_OK
    else {
      throw file.damage(at: source, expected: "the end of the packed data")
    }
  }

  /// Everything that is packed.
  static func unpacked(
    _ file: FileBytes, limit: Int = min(DataLimits.fileBytes, DataLimits.room)
  ) throws -> FileBytes {
    let name = Self.unpackedName(file)
    let stream = try InflateStream(file, name: name, .gzip)
    var capacity = min(max(file.count &* 4, 1 << 16), limit)
    var memory = try FileBytes.room(capacity, name, limit: limit)
    var count = 0
    do {
      while true {
        let target = UnsafeMutableRawBufferPointer(start: memory + count, count: capacity - count)
        count += try stream.read(into: target)
        if count < capacity { break }
        let more = capacity < limit ? min(capacity * 2, limit) : limit + 1
        let larger = try FileBytes.room(more, name, limit: limit)
        larger.update(from: memory, count: count)
        free(memory)
        (memory, capacity) = (larger, more)
      }
    } catch {
      free(memory)
      throw error
    }
    return FileBytes(name: name, taking: memory, count: count)
  }

  static func unpackedName(_ file: FileBytes) -> String {
    file.name.hasSuffix(".gz") ? String(file.name.dropLast(3)) : file.name + ", unpacked"
  }

  /// The checksum that ZIP keeps of an entry.
  static func checksum(_ bytes: UnsafeRawBufferPointer, after: UInt = 0) -> UInt {
    guard let base = bytes.baseAddress else { return after }
    return UInt(
      crc32_z(uLong(after), base.assumingMemoryBound(to: UInt8.self), bytes.count))
  }
}

/// Passes bytes on and compares their checksum with the one that is promised, at the end.
final class CheckedStream: ByteStream {
  private let inner: any ByteStream
  private let count: Int
  private let promised: UInt
  private var sum: UInt = 0

  init(_ inner: any ByteStream, count: Int, checksum: UInt) {
    (self.inner, self.count, promised) = (inner, count, checksum)
  }

  var name: String { inner.name }
  var position: Int { inner.position }
  var mostLeft: Int { min(inner.mostLeft, count - inner.position) }

  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    // One more than promised, so that what is too much is seen.
    let found = try inner.read(into: target)
    sum = InflateStream.checksum(
      UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(target)[..<found]), after: sum)
    if position > count {
      throw damage(at: count, expected: "the end of the entry", found: "more bytes")
    }
    if position == count, sum != promised {
      throw damage(
        at: count, expected: "contents with the checksum \(Self.hexadecimal(promised))",
        found: Self.hexadecimal(sum))
    }
    return found
  }

  private static func hexadecimal(_ sum: UInt) -> String {
    let digits = String(sum, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}
