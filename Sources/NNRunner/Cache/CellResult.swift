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
    /// The notebook's functions in the value, in the order in which its bytes hold them.
    let functions: [FunctionTable.Origin]
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
  private static let version: UInt8 = 3

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
      writer.add(write.functions) { $0.add($1) }
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
        let functions = try reader.list { reader throws(DamagedBytes) in
          try FunctionTable.Origin(from: &reader)
        }
        return Write(
          name: name, digest: ValueDigest(hash: hash, freeNames: free), functions: functions,
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

extension ByteWriter {
  fileprivate mutating func add(_ origin: FunctionTable.Origin) {
    switch origin {
    case .own(let index):
      add(true)
      add(index)
    case .read(let identity):
      add(false)
      add(identity.outermost)
      add(identity.ordinal)
      add(identity.index)
    }
  }
}

extension FunctionTable.Origin {
  fileprivate init(from reader: inout ByteReader) throws(DamagedBytes) {
    if try reader.bool() {
      self = .own(try reader.int())
    } else {
      self = .read(
        FunctionTable.Identity(
          outermost: try reader.hash(), ordinal: try reader.int(), index: try reader.int()))
    }
    // What stands in a file is no place yet.
    switch self {
    case .own(let index) where index < 0: throw DamagedBytes()
    case .read(let identity) where identity.ordinal < 0 || identity.index < 0:
      throw DamagedBytes()
    default: break
    }
  }
}
