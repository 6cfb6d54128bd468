/// Data files and data sets that can't be found, read or written. `file` is the name the program
/// gave it, or that of a known data set's file: never a place on this machine.
package enum DataProblem: Sendable, Hashable {
  // Names.
  case outside(file: String)
  case nothingAllowed(file: String)
  case notFound(file: String)
  case notFile(file: String)
  case unreadable(file: String, reason: String)
  case unknownKind(file: String)

  // Contents.
  /// At a byte of the file: what should stand there and what does, or what is wrong.
  case format(file: String, offset: Int, expected: String, found: String)
  case unsupported(file: String, found: String, hint: String)
  case tooLarge(file: String, bytes: Int, limit: Int)

  // CSV.
  /// `name` is how the program would write the table's column.
  case number(file: String, line: Int, column: Int, name: String, found: String)
  case noLabel(file: String, line: Int, column: Int)
  case unclosedQuote(file: String, line: Int, column: Int)
  case afterQuote(file: String, line: Int, column: Int)
  case rowLength(file: String, line: Int, fields: Int, expected: Int)
  case noRows(file: String)
  case column(file: String, name: String, known: [String])
  case columnNumber(file: String, number: Int, count: Int)
  case columnTwice(file: String, name: String)
  case noFeatures(file: String)
  case optionOfTable(String, file: String)

  // Folders of pictures.
  case noPictures(folder: String)
  case mixedFolder(String)
  case pictureSize(file: String, size: [Int], first: String, firstSize: [Int])
  case tooManyFiles(folder: String, limit: Int)

  // Known data sets.
  case missingSet(name: String, hint: String)
  case unknownSet(name: String, known: [String])
  /// It has no files of its own to be fetched.
  case notFetched(name: String, hint: String)
  case fetchFailed(address: String, reason: String, folder: String)
  case checksum(file: String, expected: String, found: String)
  case setSizes(name: String, images: Int, labels: Int)

  // Saving and weights.
  case savingRefused(file: String)
  case savedOutside(file: String)
  case saveName(file: String)
  case severalArrays(file: String, count: Int)
  case arrayTwice(name: String)
  case noArray(file: String)

  package var wording: Wording {
    nameWording ?? contentWording ?? tableWording ?? setWording ?? savingWording
  }

  private var nameWording: Wording? {
    switch self {
    case .outside(let file):
      Wording(
        "'\(file)' does not lie beneath the notebook's folder",
        hint: "a notebook reads only what lies beside it or below: copy the file there")
    case .nothingAllowed(let file):
      Wording(
        "'\(file)' can't be read: no folder is open to this program",
        hint: "the known data sets can be loaded everywhere")
    case .notFound(let file):
      Wording("there is no file '\(file)' beneath the notebook's folder")
    case .notFile(let file): Wording("'\(file)' is neither a file nor a folder")
    case .unreadable(let file, let reason): Wording("can't read '\(file)': \(reason)")
    case .unknownKind(let file):
      Wording(
        "'\(file)' is of no kind that can be loaded",
        hint: "a CSV file ends in .csv; NPY, NPZ, IDX, JPEG and PNG are known by their first bytes")
    default: nil
    }
  }

  private var contentWording: Wording? {
    switch self {
    case .format(let file, let offset, let expected, let found):
      Wording("'\(file)', byte \(offset): \(expected) expected, \(found) found")
    case .unsupported(let file, let found, let hint):
      Wording("'\(file)' holds \(found)", hint: hint)
    case .tooLarge(let file, let bytes, let limit):
      Wording(
        "'\(file)' takes \(Self.size(bytes)) of memory, and there is room for \(Self.size(limit))")
    default: nil
    }
  }

  private var tableWording: Wording? {
    switch self {
    case .number(let file, let line, let column, let name, let found):
      Wording(
        "'\(file)', line \(line), column \(column): '\(found)' is not a number",
        hint: "target=\(name) makes this column the labels, drop=\(name) leaves it out")
    case .noLabel(let file, let line, let column):
      Wording("'\(file)', line \(line), column \(column): the label is missing")
    case .unclosedQuote(let file, let line, let column):
      Wording("'\(file)', line \(line), column \(column): this quote is never closed")
    case .afterQuote(let file, let line, let column):
      Wording(
        "'\(file)', line \(line), column \(column): a field goes on behind its closing quote",
        hint: "a quote inside a quoted field is written twice")
    case .rowLength(let file, let line, let fields, let expected):
      Wording(
        "'\(file)', line \(line) has \(Words.count(fields, "column")), the first one has "
          + "\(expected)")
    case .noRows(let file): Wording("'\(file)' has no rows")
    case .column(let file, let name, let known):
      Wording(
        "'\(file)' has no column '\(name)'",
        hint: Spelling.nearest(to: name, among: known).map { "did you mean \"\($0)\"?" }
          ?? (known.isEmpty
            ? "it has no line of names; columns are numbered from 0"
            : "its columns are \(Words.list(Self.some(known)))"))
    case .columnNumber(let file, let number, let count):
      Wording(
        "'\(file)' has no column \(number)", hint: "its \(count) columns are numbered from 0")
    case .columnTwice(let file, let name):
      Wording("'\(file)' has two columns '\(name)'", hint: "name it by its number, from 0")
    case .noFeatures(let file): Wording("nothing of '\(file)' is left for x")
    case .optionOfTable(let option, let file):
      Wording("'\(option)' is for CSV files, and '\(file)' is none")
    case .noPictures(let folder):
      Wording(
        "there is no picture in the folder '\(folder)'",
        hint: "it holds JPEG or PNG files, or a folder of them for each class")
    case .mixedFolder(let folder):
      Wording(
        "the folder '\(folder)' holds pictures and folders of pictures",
        hint: "pictures without a class, or a folder for each class: not both")
    case .pictureSize(let file, let size, let first, let firstSize):
      Wording(
        "'\(file)' is \(Self.pixels(size)), and '\(first)' is \(Self.pixels(firstSize))",
        hint: "all pictures of a data set have one size")
    case .tooManyFiles(let folder, let limit):
      Wording("the folder '\(folder)' holds more than \(limit) files")
    default: nil
    }
  }

  private var setWording: Wording? {
    switch self {
    case .missingSet(let name, let hint):
      Wording("the data set '\(name)' is not on this machine", hint: hint)
    case .unknownSet(let name, let known):
      Wording(
        "there is no data set '\(name)'",
        hint: Spelling.nearest(to: name, among: known).map { "did you mean \($0)?" }
          ?? "it is one of \(Words.list(known))")
    case .notFetched(let name, let hint): Wording("'\(name)' can't be fetched", hint: hint)
    case .fetchFailed(let address, let reason, let folder):
      Wording(
        "can't fetch \(address): \(reason)",
        hint: "without a network, fetch it elsewhere and put it into \(folder)")
    case .checksum(let file, let expected, let found):
      Wording(
        "'\(file)' is not the publisher's file: its contents are \(found), not \(expected)",
        hint: "it is taken away; fetch it again, or from another address with --from")
    case .setSizes(let name, let images, let labels):
      Wording("'\(name)' has \(images) images and \(labels) labels")
    default: nil
    }
  }

  private var savingWording: Wording {
    switch self {
    case .savingRefused(let file):
      Wording(
        "'\(file)' can't be saved: no folder is open to this program",
        hint: "run it with: nnbook eval --files FOLDER")
    case .savedOutside(let file):
      Wording(
        "'\(file)' does not lie beneath the folder for saved files",
        hint: "write a name without .. and without a / in front")
    case .saveName(let file):
      Wording(
        "'\(file)' is no name to save under",
        hint: "write a name that ends in .npy or .npz, such as \"weights.npz\"")
    case .severalArrays(let file, let count):
      Wording(
        "'\(file)' can hold one tensor, and there are \(count)",
        hint: "several go into one file whose name ends in .npz")
    case .arrayTwice(let name):
      Wording("two of the tensors would be called '\(name)'", hint: "give one another name")
    case .noArray(let file):
      Wording("'\(file)' holds no tensors", hint: "it is a file that save or NumPy wrote")
    default: Wording("the data can't be read")
    }
  }

  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 30 ? "\(bytes >> 30) GiB" : "\(max(bytes >> 20, 1)) MiB"
  }

  private static func pixels(_ size: [Int]) -> String {
    size.map(String.init).joined(separator: " × ") + " pixels"
  }

  private static func some(_ names: [String]) -> [String] {
    names.count <= 8 ? names : names.prefix(7) + ["\(names.count - 7) more"]
  }
}
