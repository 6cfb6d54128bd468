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

  /// What it gave, as JSON: only a page that is drawn anew needs it.
  var outputs: [UInt8]
  var writes: [Write]
  /// The random stream after it, where it may have changed.
  var random: RandomStream?
  /// What it saved, by the file's name.
  var saves: [(name: String, bytes: [UInt8])]
  /// The data sets it read, by what they are known by on every machine.
  var sets: [CellTrace.Item]
  /// The text that its outputs show, comments and all; nil where they show none.
  var text: ShownText?

  /// What outputs show of the source itself.
  struct ShownText: Equatable {
    /// A diagnostic may point into any cell above; an assertion quotes its own.
    let isOfAllAbove: Bool
    let hash: ContentHash
  }
}

extension CellResult {
  private static let version: UInt8 = 2

  static func json(_ outputs: [CellOutput], _ codec: OutputCodec, of label: String) -> [UInt8] {
    Array(JSONText.array(outputs.map { codec.json($0, of: label) }).compact.utf8)
  }

  /// Nil where the JSON is not what `json(_:_:of:)` writes.
  func decodedOutputs(_ codec: OutputCodec, of label: String) -> [CellOutput]? {
    guard let json = try? JSONReader.read(outputs), case .array(let items) = json else {
      return nil
    }
    return try? items.map { try codec.output($0, of: label) }
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.add(Self.version)
    writer.add(outputs)
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
    writer.add(text) { writer, text in
      writer.add(text.isOfAllAbove)
      writer.add(text.hash)
    }
    return writer.bytes
  }

  /// Nil for bytes that are no result.
  init?(_ bytes: [UInt8]) {
    do {
      var reader = ByteReader(bytes)
      guard try reader.byte() == Self.version else { return nil }
      outputs = try reader.byteArray()
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
      text = try reader.optional { reader throws(DamagedBytes) in
        ShownText(isOfAllAbove: try reader.bool(), hash: try reader.hash())
      }
      guard reader.isAtEnd else { return nil }
    } catch {
      return nil
    }
  }
}
