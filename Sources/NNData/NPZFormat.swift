import NNSource
import NNTensor

/// NumPy's own format for several arrays: a ZIP file with an NPY file for each.
package enum NPZFormat {
  package typealias Array = (name: String, tensor: Tensor)

  static func arrays(_ file: FileBytes) throws -> [Array] {
    let archive = try ZIPArchive(file)
    var names: Set<String> = []
    return try archive.entries.map { entry in
      guard entry.name.hasSuffix(".npy"), entry.name.utf8.count > 4 else {
        throw Problem.data(
          .unsupported(
            file: file.name, found: "'\(entry.name)', which is no array",
            hint: "an NPZ file is what numpy.savez and save write"))
      }
      let name = String(entry.name.dropLast(4))
      guard names.insert(name).inserted else {
        throw Problem.data(.arrayTwice(name: name))
      }
      let tensor = try NPYFormat.tensor(try archive.stream(entry))
      return (name, tensor)
    }
  }

  /// What numpy.load opens: the arrays in their order, stored, always the same bytes.
  package static func bytes(_ arrays: [Array]) throws -> [UInt8] {
    var writer = ZIPWriter()
    var total = 0
    for (name, tensor) in arrays {
      let contents = try NPYFormat.bytes(tensor)
      total += contents.count
      guard total <= DataLimits.savedBytes else {
        throw Problem.data(
          .tooLarge(file: "a saved file", bytes: total, limit: DataLimits.savedBytes))
      }
      writer.add(name + ".npy", contents)
    }
    return writer.finished()
  }
}
