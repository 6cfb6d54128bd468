import Foundation
import NNSource
import NNTensor
import Testing

@testable import NNData

/// Damaged and hostile files: each gives a message, none more memory than it has bytes for.
@Suite(.serialized) struct DamageTests {
  static let files: [String] =
    ["npy", "npz", "idx", "pictures", "refused"].flatMap { folder in
      Fixtures.names(folder).map { "\(folder)/\($0)" }
    }

  @Test func thereAreFiles() { #expect(Self.files.count > 50) }

  /// A file without its end never loads.
  @Test(arguments: files.filter { !$0.hasSuffix("two-arrays.npy") })
  func truncatedFileIsAnError(_ path: String) throws {
    let whole = try Fixtures.bytes(path)
    let name = String(path.split(separator: "/").last ?? "")
    let loaded = stride(from: 0, to: whole.count, by: whole.count > 2000 ? 16 : 1).filter { count in
      let message = Fixtures.message { try Fixtures.load(name, Array(whole[..<count])) }
      return message.hasPrefix("loaded")
    }
    #expect(loaded == [], "\(path) cut to so many bytes still loads")
  }

  /// A changed byte gives a result or a message, and no crash.
  @Test(arguments: files) func changedByteDoesNoHarm(_ path: String) throws {
    let whole = try Fixtures.bytes(path)
    let name = String(path.split(separator: "/").last ?? "")
    var silent: [Int] = []
    for place in stride(from: 0, to: whole.count, by: whole.count > 1000 ? 13 : 1) {
      for value in [whole[place] ^ 0x01, 0xFF] {
        var bytes = whole
        bytes[place] = value
        if Fixtures.message({ try Fixtures.load(name, bytes) }).isEmpty { silent.append(place) }
      }
    }
    #expect(silent == [])
  }

  static let messages: [(path: String, count: Int?, message: String)] = [
    (
      "idx/u1.idx", 2,
      "'u1.idx', byte 0: the header of an IDX file, 00 00, type, axes, expected, the end of the file found"
    ),
    ("idx/u1.idx", 20, "'u1.idx', byte 16: 12 bytes of elements expected, at most 4 found"),
    (
      "idx/packed.idx.gz", 30,
      "'packed.idx.gz', byte 30: more packed data expected, the end of the file found"
    ),
    (
      "npz/stored.npz", 100,
      "'stored.npz', byte 100: the directory of a ZIP file, 50 4B 05 06, before this expected, the end of the file found"
    ),
    (
      "refused/object.npy", nil,
      "'object.npy' holds Python objects (pickle), which could run any program"
    ),
    ("refused/text.npy", nil, "'text.npy' holds texts"),
    ("refused/complex.npy", nil, "'complex.npy' holds complex numbers"),
    ("refused/records.npy", nil, "'records.npy' holds records (a structured dtype)"),
    (
      "refused/uint64.npy", nil,
      "'uint64.npy', byte 128: integers that fit int64 expected, 9223372036854775808 found"
    ),
    (
      "refused/two-arrays.npy", nil,
      "'two-arrays.npy', byte 152: the end of the file expected, 93 found"
    ),
  ]

  @Test(arguments: messages.indices) func messageNamesTheByte(_ index: Int) throws {
    let row = Self.messages[index]
    let bytes = try Fixtures.bytes(row.path)
    let name = String(row.path.split(separator: "/").last ?? "")
    let message = Fixtures.message {
      try Fixtures.load(name, Array(bytes.prefix(row.count ?? bytes.count)))
    }
    #expect(message == row.message)
  }

  static let wrongMagic: [(name: String, message: String)] = [
    (
      "a.npy",
      "'a.npy', byte 0: 93 4E 55 4D 50 59, the beginning of an NPY file, expected, 47 49 46 38 39 61 found"
    ),
    (
      "a.npz",
      "'a.npz', byte 14: the directory of a ZIP file, 50 4B 05 06, before this expected, the end of the file found"
    ),
    (
      "a.idx",
      "'a.idx', byte 0: 00 00 and the type 08, 09, 0B, 0C, 0D or 0E of an IDX file expected, 47 49 46 38 found"
    ),
    (
      "a.png",
      "'a.png', byte 0: FF D8 FF of a JPEG or 89 50 4E 47 of a PNG file expected, 47 49 46 38 found"
    ),
    ("a.gif", "'a.gif' is of no kind that can be loaded"),
  ]

  @Test(arguments: wrongMagic.indices) func fileIsWhatItsNameSays(_ index: Int) {
    let bytes = Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0, 0]
    let row = Self.wrongMagic[index]
    #expect(Fixtures.message { try Fixtures.load(row.name, bytes) } == row.message)
  }

  // MARK: Promises that the file does not keep

  private func npy(_ header: String) -> [UInt8] {
    NPYHeader.magic + [1, 0, UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
      + Array(header.utf8)
  }

  @Test func hugeShapesTakeNoMemory() {
    for shape in [
      "(999999999, 999999)", "(9223372036854775807, 9223372036854775807)", "(100000000,)",
    ] {
      let message = Fixtures.message {
        try Fixtures.load(
          "a.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"))
      }
      #expect(message.contains("elements") || message.contains("takes more than"), "\(message)")
    }
    let idx: [UInt8] = [0, 0, 8, 3] + Array(repeating: 0xFF, count: 12)
    #expect(
      Fixtures.message { try Fixtures.load("a.idx", idx) }.contains("bytes of elements"))
    let axes = Fixtures.message { try Fixtures.load("a.idx", [0, 0, 8, 200] + idx) }
    #expect(axes == "'a.idx', byte 3: 0 to 64 axes expected, 200 found")
  }

  @Test func headersThatAreNoneAreTold() {
    for header in [
      "", "{", "{}", "{'descr': '<f8'}", "{'shape': (1,), 'shape': 3}", "[[[[[[[[[[[[[", "{'x': 1}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 'a'), }",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }",
      "{'descr': '<q9', 'fortran_order': False, 'shape': (1,), }",
      "{'descr': ((((((((((1)))))))))), 'fortran_order': False, 'shape': (1,), }",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } x",
      "{'descr': '<f8', 'fortran_order': False, 'shape': ("
        + String(repeating: "1, ", count: 65) + "), }",
    ] {
      let message = Fixtures.message { try Fixtures.load("a.npy", npy(header)) }
      #expect(message.hasPrefix("'a.npy'"), "\(header): \(message)")
    }
  }

  /// 200 MB of zeros in 200 kB: what is unpacked without a promised size stops at the limit.
  @Test(.enabled(if: Python.run("") != nil, "there is no Python"))
  func bombsAreDefused() throws {
    let zeros = try #require(
      Python.run(
        """
        import zlib, sys, base64
        c = zlib.compressobj(9, zlib.DEFLATED, 31)
        out = c.compress(b"1\\n" + bytes(2000000))
        for i in range(100): out += c.compress(bytes(2000000))
        out += c.flush()
        print(base64.b64encode(out).decode())
        """))
    let bytes = [UInt8](
      try #require(Data(base64Encoded: zeros.trimmingCharacters(in: .whitespacesAndNewlines))))
    #expect(bytes.count < 1 << 20)
    let file = try FileBytes(name: "a.csv.gz", bytes)
    #expect(throws: Problem.data(.tooLarge(file: "a.csv", bytes: 100 << 20 | 1, limit: 100 << 20)))
    {
      try InflateStream.unpacked(file, limit: 100 << 20)
    }
  }

  @Test func picturesOfMonstrousSizeAreRefused() throws {
    var bytes = try Fixtures.bytes("pictures/rgb.png")
    // Width and height stand at 16 and 20; the checksum behind them no longer fits, so it is made.
    bytes.replaceSubrange(16..<24, with: [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])
    let sum = bytes[12..<29].withUnsafeBytes { InflateStream.checksum($0) }
    bytes.replaceSubrange(29..<33, with: (0..<4).map { UInt8(sum >> (24 - 8 * UInt($0)) & 255) })
    let message = Fixtures.message { try Fixtures.load("a.png", bytes) }
    #expect(message == "'a.png' takes 11 GiB of memory, and there is room for 96 MiB")
  }
}
