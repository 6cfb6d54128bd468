/// Files that can't be read or written, or whose bytes are not text.
package enum FileProblem: Sendable, Hashable {
  case nulByte
  case invalidUTF8(byte: UInt8)
  case notFound(String)
  case isFolder(String)
  case notFolder(String)
  case tooLarge(String, limit: Int)
  case unreadable(String, reason: String)
  case unwritable(String, reason: String)
  /// Nothing is wrong with the file: its disk is full.
  case noSpace(String, reason: String)
  /// Two notebooks would be written to one page.
  case sameTarget(String, first: String, second: String)
  case noNotebooks(String)
  /// A pipe, a device, a socket.
  case notRegular(String)
  case notNotebook(String)
  /// A Markdown page would be written over its own notebook.
  case targetIsSource(String)
  /// A link among the pages would lead what is written out of their folder.
  case throughLink(String, link: String)
  /// What stands where the list of notebooks belongs was written by someone else.
  case foreignIndex(String)
  /// The notebook is the head of a list that only its folder can give.
  case indexAlone(String)

  package var wording: Wording {
    switch self {
    case .nulByte:
      Wording("a NUL byte in the text; it is read as U+FFFD", hint: "remove it")
    case .invalidUTF8(let byte):
      Wording(
        "the byte 0x\(String(byte, radix: 16, uppercase: true)) is not valid UTF-8 here; "
          + "it is read as U+FFFD",
        hint: "save the file as UTF-8")
    case .notFound(let path): Wording("no such file: \(path)")
    case .isFolder(let path): Wording("\(path) is a folder, not a file")
    case .notFolder(let path): Wording("\(path) is a file, not a folder")
    case .tooLarge(let path, let limit): Wording("\(path) is larger than \(limit >> 20) MiB")
    case .unreadable(let path, let reason): Wording("can't read \(path): \(reason)")
    case .unwritable(let path, let reason), .noSpace(let path, let reason):
      Wording("can't write \(path): \(reason)")
    case .sameTarget(let path, let first, let second):
      Wording(
        "\(first) and \(second) would both be written to \(path)", hint: "rename one of them")
    case .throughLink(let path, let link):
      Wording(
        "\(path) is not written: \(link) is a link, which may lead out of the folder of pages",
        hint: "put a folder in its place, or name the folder it leads to with -o")
    case .foreignIndex(let path):
      Wording(
        "\(path) was not written by nnbook, and is left as it is",
        hint: "move it away, or choose another folder with -o")
    case .indexAlone(let path):
      Wording(
        "\(path) is the head of the list of its folder's notebooks, so it can't be rendered alone",
        hint: "render the folder")
    case .targetIsSource(let path):
      Wording(
        "the Markdown page would be written over its notebook, \(path)",
        hint: "choose another folder with -o")
    case .notRegular(let path): Wording("\(path) is not a regular file")
    case .notNotebook(let path):
      Wording("\(path) is no notebook", hint: "a notebook is a file that ends in .md")
    case .noNotebooks(let folder):
      Wording("there is no notebook in \(folder)", hint: "a notebook is a file that ends in .md")
    }
  }
}
