import NNOutput
import NNRuntime
import NNSource
import NNTensor

/// What a run of a cell gave and left.
struct CellResult {
  /// A name it wrote: what its value is known by, and the value's bytes where they are few.
  struct Write {
    let name: String
    let digest: ValueDigest
    let bytes: [UInt8]?
  }

  var outputs: [CellOutput]
  var writes: [Write]
  /// The random stream after it, where it may have changed.
  var random: RandomStream?
  /// What it saved, by the file's name.
  var saves: [(name: String, bytes: [UInt8])]
  /// The data sets it read, by what they are known by on every machine.
  var sets: [CellTrace.Item]
  /// The text that its outputs quote or point into, comments and all; nil where they don't.
  var text: ContentHash?
}

extension CellResult {
  private static let version: UInt8 = 2

  func bytes(_ codec: OutputCodec, of label: String) -> [UInt8] {
    var writer = ByteWriter()
    writer.add(Self.version)
    writer.add(JSONText.array(outputs.map { codec.json($0, of: label) }).compact)
    writer.add(writes) { writer, write in
      writer.add(write.name)
      writer.add(write.digest.hash)
      writer.add(write.digest.freeNames) { $0.add($1) }
      writer.add(write.bytes) { $0.add($1) }
    }
    writer.add(random) { $0.add($1) }
    writer.add(saves) { writer, save in
      writer.add(save.name)
      writer.add(save.bytes)
    }
    writer.add(sets) { writer, set in
      writer.add(set.name)
      writer.add(set.hash)
    }
    writer.add(text) { $0.add($1) }
    return writer.bytes
  }

  /// Nil for bytes that are no result.
  init?(_ bytes: [UInt8], _ codec: OutputCodec, of label: String) {
    do {
      var reader = ByteReader(bytes)
      guard try reader.byte() == Self.version,
        case .array(let items) = try JSONReader.read(try reader.byteArray())
      else { return nil }
      outputs = try items.map { try codec.output($0, of: label) }
      writes = try reader.list { reader throws(DamagedBytes) in
        let (name, hash) = (try reader.string(), try reader.hash())
        let free = try reader.list { reader throws(DamagedBytes) in try reader.string() }
        return Write(
          name: name, digest: ValueDigest(hash: hash, freeNames: free),
          bytes: try reader.optional { reader throws(DamagedBytes) in try reader.byteArray() })
      }
      random = try reader.optional { reader throws(DamagedBytes) in try reader.randomStream() }
      saves = try reader.list { reader throws(DamagedBytes) in
        (try reader.string(), try reader.byteArray())
      }
      sets = try reader.list { reader throws(DamagedBytes) in
        CellTrace.Item(name: try reader.string(), hash: try reader.hash())
      }
      text = try reader.optional { reader throws(DamagedBytes) in try reader.hash() }
      guard reader.isAtEnd else { return nil }
    } catch {
      return nil
    }
  }
}
