import NNSource

extension ByteWriter {
  package mutating func add(_ random: RandomStream) {
    random.words.withUnsafeBytes { raw($0) }
    add(random.position)
    add(random.cachedGaussian) { $0.add($1) }
  }
}

extension ByteReader {
  package mutating func randomStream() throws(DamagedBytes) -> RandomStream {
    let slice = try take(RandomStream.size * MemoryLayout<UInt32>.size)
    var words: [UInt32] = []
    words.reserveCapacity(RandomStream.size)
    var position = slice.startIndex
    while position < slice.endIndex {
      words.append(
        (0..<4).reversed().reduce(0) { $0 << 8 | UInt32(slice[position + $1]) })
      position += 4
    }
    let place = try int()
    let waiting = try optional { reader throws(DamagedBytes) in try reader.double() }
    guard let stream = RandomStream(words: words, position: place, cachedGaussian: waiting) else {
      throw DamagedBytes()
    }
    return stream
  }
}
