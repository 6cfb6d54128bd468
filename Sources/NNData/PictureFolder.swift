import NNSource
import NNTensor

/// A folder of pictures of one size → x (count, height, width) or (count, height, width, 3); of
/// folders of pictures, one for each class → y and classes too. Folders and files in natural order
/// of their names.
struct PictureFolder {
  let name: String
  let folder: any FolderReading
  /// The class folders in their order, where the names' own is not it.
  var classes: [String]?

  private static let endings = [".jpg", ".jpeg", ".png"]

  private struct Entry {
    let path: String
    let label: Int
  }

  func dataSet() throws -> DataSet {
    let (entries, classes) = try self.entries()
    guard let first = entries.first else { throw Problem.data(.noPictures(folder: name)) }
    let (size, channels) = try measure(entries)
    let shape = [entries.count, size[1], size[0]] + (channels == 1 ? [] : [channels])
    var x = try Tensor(zeros: Shape(shape), .uint8)
    let pixels = size[0] * size[1] * channels
    try x.withMutableElements(of: UInt8.self) { elements in
      for (index, entry) in entries.enumerated() {
        try Allowance.check()
        let picture = try PictureReader(try folder.read(entry.path))
        // It may have changed since it was measured.
        try require(picture, size, like: first.path)
        guard picture.channels <= channels else {
          throw Problem.data(.noPictures(folder: entry.path))
        }
        try picture.decode(
          into: UnsafeMutableBufferPointer(
            rebasing: elements[index * pixels..<(index + 1) * pixels]), channels: channels)
      }
    }
    var set = DataSet(name: name)
    set.x = x
    if let classes {
      set.y = Tensor(entries.map(\.label))
      set.classes = classes
    }
    return set
  }

  private func entries() throws -> ([Entry], classes: [String]?) {
    let content = try folder.list("")
    let classNames =
      try classes
      ?? content.folders.filter { !(try pictures(in: $0).isEmpty) }
      .sorted(by: NaturalOrder.precedes)
    let own = content.files.filter(isPicture).sorted(by: NaturalOrder.precedes)
    guard classNames.isEmpty || own.isEmpty else { throw Problem.data(.mixedFolder(name)) }
    guard !classNames.isEmpty else {
      return (own.map { Entry(path: $0, label: 0) }, nil)
    }
    var entries: [Entry] = []
    for (label, name) in classNames.enumerated() {
      entries += try pictures(in: name).map { Entry(path: name + "/" + $0, label: label) }
      guard entries.count <= DataLimits.folderFiles else {
        throw Problem.data(.tooManyFiles(folder: self.name, limit: DataLimits.folderFiles))
      }
    }
    return (entries, classNames)
  }

  private func pictures(in name: String) throws -> [String] {
    try folder.list(name).files.filter(isPicture).sorted(by: NaturalOrder.precedes)
  }

  private func isPicture(_ name: String) -> Bool {
    let name = name.lowercased()
    return Self.endings.contains { name.hasSuffix($0) }
  }

  /// The size all have, and 3 channels if any picture has colour; nothing is decoded yet.
  private func measure(_ entries: [Entry]) throws -> (size: [Int], channels: Int) {
    var size: [Int] = []
    var channels = 1
    for entry in entries {
      try Allowance.check()
      let picture = try PictureReader(try folder.read(entry.path))
      if size.isEmpty { size = picture.size }
      try require(picture, size, like: entries[0].path)
      channels = max(channels, picture.channels)
    }
    return (size, channels)
  }

  private func require(_ picture: PictureReader, _ size: [Int], like first: String) throws {
    guard picture.size != size else { return }
    throw Problem.data(
      .pictureSize(
        file: picture.file.name, size: picture.size, first: name + "/" + first,
        firstSize: size))
  }
}

/// How the files of a folder are reached.
protocol FolderReading {
  /// The names in the folder, or in one below it, without those that begin with a dot.
  func list(_ path: String) throws -> (folders: [String], files: [String])
  func read(_ path: String) throws -> FileBytes
}
