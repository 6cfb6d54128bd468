import NNSource
import NNTensor

/// The format of MNIST: 00 00, a byte for the type, one for the number of axes, their lengths as
/// big-endian 32-bit numbers, then the elements.
enum IDXReader {
  static func tensor(_ stream: any ByteStream) throws -> Tensor {
    let magic = try stream.bytes(4, of: "the header of an IDX file, 00 00, type, axes,")
    guard magic[0] == 0, magic[1] == 0, let type = type(magic[2]) else {
      throw stream.damage(
        at: 0, expected: "00 00 and the type 08, 09, 0B, 0C, 0D or 0E of an IDX file",
        found: FileBytes.hexadecimal(magic))
    }
    let rank = Int(magic[3])
    guard rank <= Shape.maximumRank else {
      throw stream.damage(
        at: 3, expected: "0 to \(Shape.maximumRank) axes", found: "\(rank)")
    }
    let lengths = try stream.bytes(rank * 4, of: "the lengths of \(rank) axes")
    let shape = (0..<rank).map { axis in
      lengths[axis * 4..<axis * 4 + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    let tensor = try ElementReader(stream: stream, type: type, isBigEndian: true)
      .tensor(shape)
    try stream.requireEnd()
    return tensor
  }

  private static func type(_ code: UInt8) -> StoredType? {
    switch code {
    case 0x08: .unsigned(bytes: 1)
    case 0x09: .signed(bytes: 1)
    case 0x0B: .signed(bytes: 2)
    case 0x0C: .signed(bytes: 4)
    case 0x0D: .float(bytes: 4)
    case 0x0E: .float(bytes: 8)
    default: nil
    }
  }
}
