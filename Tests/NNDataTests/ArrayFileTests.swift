import Foundation
import NNTensor
import Testing

@testable import NNData

/// NPY, NPZ and IDX against NumPy: it wrote the files, and what it holds of them stands beside.
@Suite struct ArrayFileTests {
  struct Recorded: Decodable, CustomTestStringConvertible {
    let name: String
    let dtype: String
    let shape: [Int]
    let bits: String
    var testDescription: String { name }
  }

  static let recorded: [Recorded] = {
    let url = Fixtures.folder.appending(path: "npy/contents.json")
    guard let data = try? Data(contentsOf: url) else { return [] }
    return (try? JSONDecoder().decode([Recorded].self, from: data)) ?? []
  }()

  @Test(arguments: recorded) func npyFileHoldsWhatNumPyPutThere(_ record: Recorded) throws {
    let tensor = try Fixtures.tensor("npy/\(record.name).npy")
    #expect(tensor.dtype.name == record.dtype)
    #expect(tensor.shape.array == record.shape)
    let bytes: [UInt8] =
      switch tensor.dtype {
      case .bool, .uint8: tensor.withElements(of: UInt8.self) { Array($0) }
      case .float32: tensor.withElements(of: UInt32.self) { Array(UnsafeRawBufferPointer($0)) }
      case .int64, .float64:
        tensor.withElements(of: UInt64.self) { Array(UnsafeRawBufferPointer($0)) }
      }
    #expect(bytes.map { String(format: "%02x", $0) }.joined() == record.bits)
  }

  @Test func everyTypeIsRecorded() { #expect(Self.recorded.count == 8) }

  /// Byte for byte what `numpy.save` writes.
  @Test(
    arguments: [
      "float64", "float32", "int64", "uint8", "bool", "scalar", "empty", "long", "special",
    ])
  func savedNPYFileIsNumPysOwn(_ name: String) throws {
    let tensor = try Fixtures.tensor("npy/\(name).npy")
    #expect(try NPYFormat.bytes(tensor) == Fixtures.bytes("npy/\(name).npy"))
  }

  /// x86 gives `inf - inf` a sign that arm64 does not; a saved file is the same on both.
  @Test func savedNaNHasNoSign() throws {
    let odd = Double(nan: 5, signaling: false)
    #expect(
      try NPYFormat.bytes(Tensor([-Double.nan, 1, -odd, -.infinity]))
        == NPYFormat.bytes(Tensor([Double.nan, 1, .nan, -.infinity])))
    #expect(
      try NPYFormat.bytes(Tensor([-Float.nan, -0.0])).suffix(8)
        == [0, 0, 0xC0, 0x7F, 0, 0, 0, 0x80])
  }

  @Test(
    arguments: [
      "int32", "int16", "int8", "uint16", "uint32", "uint64", "float16", "big-float64",
      "big-float32", "big-int32", "fortran", "version2", "version3",
    ])
  func otherTypesAndOrdersAreWidenedExactly(_ name: String) throws {
    #expect(
      try Fixtures.tensor("npy/\(name).npy") == Fixtures.tensor("npy/as-\(name).npy"))
  }

  @Test(arguments: ["stored", "deflated"])
  func npzFileHoldsWhatNumPyPutThere(_ name: String) throws {
    let set = try Fixtures.load("npz/\(name).npz")
    #expect(set.arrays.map(\.name) == ["W1", "b1", "W2", "b2"])
    for (name, tensor) in set.arrays {
      #expect(try tensor == Fixtures.tensor("npz/as-\(name).npy"), "\(name)")
    }
  }

  @Test func unnamedArraysHaveNumPysNames() throws {
    #expect(try Fixtures.load("npz/unnamed.npz").arrays.map(\.name) == ["arr_0", "arr_1"])
  }

  @Test func savedNPZFileReadsBackAndIsAlwaysTheSame() throws {
    let arrays = try Fixtures.load("npz/stored.npz").arrays
    let bytes = try NPZFormat.bytes(arrays)
    #expect(try bytes == NPZFormat.bytes(arrays))
    let back = try Fixtures.load("again.npz", bytes).arrays
    #expect(back.map(\.name) == arrays.map(\.name))
    #expect(back.map(\.tensor) == arrays.map(\.tensor))
  }

  static let hasNumPy = Python.run("import numpy") == ""

  @Test(.enabled(if: hasNumPy, "there is no Python with NumPy"))
  func numPyOpensWhatIsSaved() throws {
    let work = try WorkFolder()
    defer { work.remove() }
    let arrays: [NPZFormat.Array] = [
      ("w", Tensor([1.5, -2, 0, .infinity], shape: [2, 2])), ("größe", Tensor([1, 2, 3])),
      ("flags", Tensor([true, false])), ("one", Tensor(.float32(0.25))),
    ]
    try work.write("a.npz", try NPZFormat.bytes(arrays))
    let found = Python.run(
      """
      import numpy, zipfile
      print(zipfile.ZipFile("\(work.path)/a.npz").testzip())
      for name, a in numpy.load("\(work.path)/a.npz").items(): print(name, a.dtype, a.tolist())
      """)
    #expect(
      found == """
        None
        w float64 [[1.5, -2.0], [0.0, inf]]
        größe int64 [1, 2, 3]
        flags bool [True, False]
        one float32 0.25

        """)
  }

  @Test(arguments: ["u1", "i1", "i2", "i4", "f4", "f8"])
  func idxFileHoldsWhatNumPyPutThere(_ kind: String) throws {
    #expect(try Fixtures.tensor("idx/\(kind).idx") == Fixtures.tensor("idx/as-\(kind).npy"))
  }

  @Test(arguments: ["packed", "members"])
  func idxFileMayBePacked(_ name: String) throws {
    #expect(try Fixtures.tensor("idx/\(name).idx.gz") == Fixtures.tensor("idx/as-u1.npy"))
  }
}

/// Python, for what it alone can tell.
enum Python {
  /// What the program prints; nil if there is no Python, or it fails.
  static func run(_ program: String) -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PYTHONIOENCODING": "utf-8"]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
