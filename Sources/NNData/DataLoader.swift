import NNSource
import NNTensor

/// A file → what it holds, by its first bytes; by its name where those say nothing.
enum DataLoader {
  static func dataSet(
    _ file: FileBytes, _ options: TableOptions
  ) throws -> DataSet {
    let isPacked = file.begins(with: [0x1F, 0x8B])
    let name = isPacked ? InflateStream.unpackedName(file) : file.name
    let kind = try isPacked ? packedKind(file, name) : kind(file, name)
    if kind != .table, let option = options.names.first {
      throw Problem.data(.optionOfTable(option, file: file.name))
    }
    switch kind {
    case .table:
      var reader = CSVReader(isPacked ? try InflateStream.unpacked(file) : file, options)
      return try reader.dataSet()
    case .array:
      return single(
        try NPYFormat.tensor(try stream(file, isPacked)), file.name)
    case .idx: return single(try idx(file), file.name)
    case .archive:
      var set = DataSet(name: file.name)
      set.arrays = try NPZFormat.arrays(file)
      guard !set.arrays.isEmpty else { throw Problem.data(.noArray(file: file.name)) }
      return set
    case .picture: return single(try PictureReader(file).tensor(), file.name)
    }
  }

  static func idx(_ file: FileBytes) throws -> Tensor {
    try IDXReader.tensor(
      try stream(file, file.begins(with: [0x1F, 0x8B])))
  }

  /// The tensors of an NPZ or NPY file, in their order: a network's weights.
  static func arrays(_ file: FileBytes) throws -> [NPZFormat.Array] {
    switch try kind(file, file.name) {
    case .archive: return try NPZFormat.arrays(file)
    case .array:
      return [("", try NPYFormat.tensor(PlainStream(file)))]
    default: throw Problem.data(.noArray(file: file.name))
    }
  }

  private static func stream(_ file: FileBytes, _ isPacked: Bool) throws -> any ByteStream {
    isPacked
      ? try InflateStream(file, name: InflateStream.unpackedName(file), .gzip)
      : PlainStream(file)
  }

  private static func single(_ tensor: Tensor, _ name: String) -> DataSet {
    var set = DataSet(name: name)
    set.x = tensor
    return set
  }

  // MARK: Kinds

  private enum Kind { case table, array, archive, idx, picture }

  /// A name that says what the file is must be right.
  private static func kind(_ file: FileBytes, _ name: String) throws -> Kind {
    if let kind = kind(ofName: name) { return kind }
    if file.begins(with: NPYHeader.magic) { return .array }
    if file.begins(with: [0x50, 0x4B, 0x03, 0x04]) { return .archive }
    if file.begins(with: [0, 0]), file.count >= 4 { return .idx }
    if PictureReader.format(of: file) != nil { return .picture }
    throw Problem.data(.unknownKind(file: file.name))
  }

  /// Of what gzip has packed, by its first bytes.
  private static func packedKind(_ file: FileBytes, _ name: String) throws -> Kind {
    if let kind = kind(ofName: name), kind != .archive, kind != .picture { return kind }
    let start = try InflateStream(file, name: name, .gzip).bytes(2, of: "contents")
    if start == [0, 0] { return .idx }
    if start == Array(NPYHeader.magic[..<2]) { return .array }
    throw Problem.data(.unknownKind(file: file.name))
  }

  private static func kind(ofName name: String) -> Kind? {
    let name = name.lowercased()
    let endings: [(String, Kind)] = [
      (".csv", .table), (".tsv", .table), (".txt", .table), (".data", .table), (".npy", .array),
      (".npz", .archive), ("-ubyte", .idx), (".idx", .idx), (".jpg", .picture),
      (".jpeg", .picture), (".png", .picture),
    ]
    return endings.first { name.hasSuffix($0.0) }?.1
  }
}

extension TableOptions {
  /// The options that are given, as the program writes them.
  package var names: [String] {
    [
      target == nil ? nil : "target=", drop.isEmpty ? nil : "drop=",
      header == .auto ? nil : "header=",
    ].compactMap(\.self)
  }
}
