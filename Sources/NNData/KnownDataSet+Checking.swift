import NNSource

extension KnownDataSet.File {
  /// Compares the contents of the file at `path`, unpacked, with what the publisher gave out.
  package func check(path: String) throws {
    let file = try FileBytes.read(path: path, name: name)
    let stream: any ByteStream =
      file.begins(with: [0x1F, 0x8B])
      ? try InflateStream(file, name: name, .gzip) : PlainStream(file)
    var sum = SHA256()
    var total = 0
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while total <= size {
      let count = try piece.withUnsafeMutableBytes { try stream.read(into: $0) }
      if count == 0 { break }
      total += count
      piece.withUnsafeBytes { sum.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    let found = SHA256.hexadecimal(sum.finished())
    guard total == size, found == checksum else {
      throw Problem.data(
        .checksum(
          file: name, expected: "\(size) bytes with SHA-256 \(checksum)",
          found: total > size ? "more than \(size) bytes" : "\(total) bytes with \(found)"))
    }
  }
}
