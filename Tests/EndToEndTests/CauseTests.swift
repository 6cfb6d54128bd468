import Foundation
import Testing

/// The cell that a difference comes from, through functions, files, and records of part of a run.
@Suite struct CauseTests {
  /// The notebook before and after, and what the check of the second tells.
  private static func told(
    _ cells: [(String, String)], _ old: String, _ new: String
  ) throws -> [String] {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write(cells)
    try #require(try folder.nnbook("render k.md").exitCode == 0)
    #expect(try folder.nnbook("check k.md").exitCode == 0)
    try folder.edit(old, new)
    return try folder.causes()
  }

  @Test func aNameThatAFunctionLooksUpIsTheCauseOfWhatItGives() throws {
    let told = try Self.told(
      [("a", "lr = 0.1"), ("b", "def g(v):\n    return v * lr"), ("c", "print g(1)")],
      "0.1", "0.2")
    #expect(
      told == ["a: because its source changed", "c: because the source of the cell 'a' changed"])
  }

  @Test func soIsAFunctionThatAFunctionCalls() throws {
    let told = try Self.told(
      [
        ("a", "def f(v):\n    return v"), ("b", "def g(v):\n    return f(v)"), ("c", "print g(1)"),
      ], "return v\n", "return v * 2\n")
    #expect(
      told == ["a: because its source changed", "c: because the source of the cell 'a' changed"])
  }

  /// Also below the function, in a list, and where functions call each other in a circle.
  @Test func aNameThatGetsItsValueFurtherDownIs() throws {
    let told = try Self.told(
      [
        (
          "b",
          "def g(v):\n    return h(v - 1) * lr if v > 0 else lr\n"
            + "def h(v):\n    return g(v - 1)"
        ),
        ("a", "lr = 0.5"), ("d", "fs = list(g, 2)"), ("e", "print fs[0](3)"),
      ], "0.5", "0.25")
    let because = ": because the source of the cell 'a' changed"
    #expect(told == ["a: because its source changed", "d" + because, "e" + because])
  }

  @Test func aRecordOfPartOfTheRunKeepsNoOldFunction() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write(
      [("a", "lr = 0.1"), ("b", "def g(v):\n    return v * lr"), ("c", "print g(1)")])
    _ = try folder.nnbook("render k.md")
    try folder.edit("0.1", "0.2")
    _ = try folder.nnbook("accept k.md#a k.md#c")
    let found = try folder.nnbook("check k.md")
    #expect(found.exitCode == 0, "\(found.output)")
  }

  @Test func whatASavedFileIsMadeOfIs() throws {
    let cells = [
      ("a", "x = array([1.0, 2])"), ("b", "save x to \"x.npy\""),
      ("c", "load \"x.npy\" as d\nprint d.x"),
    ]
    let told = try Self.told(cells, "2])", "3])")
    #expect(
      told == ["a: because its source changed", "c: because the source of the cell 'a' changed"])

    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write(cells)
    _ = try folder.nnbook("render k.md")
    try folder.edit("2])", "3])")
    let why = try folder.nnbook("why k.md c").output
    #expect(
      why.hasPrefix(
        "c would run\n  the cell 'b', which saves \"x.npy\", has to run first\nit needs"), "\(why)")
    #expect(try folder.nnbook("run k.md c").output == "[1. 3.]\n")
    // The cell that saved it is gone.
    try folder.write([cells[0], cells[2]])
    #expect(try folder.causes().last == "c: because the cell 'b' is gone")
  }

  /// A file of nobody's that changed is one difference; the page still shows what the record says.
  @Test func aFileThatChangedByItselfIs() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write("a,b\n1,2\n", to: "d.csv")
    try folder.write([("a", "load \"d.csv\" as d\ntable d.x")])
    _ = try folder.nnbook("render k.md")
    try folder.write("a,b\n1,3\n", to: "d.csv")
    let found = try folder.nnbook("check k.md")
    #expect(
      found.output == """
        k.md:1: cell 'a'
          output 1, table: row 1, column 2 was 2.0, is 3.0 (by 1, relative 0.5)
          because 'd.csv', which it reads, changed

        """)
  }

  @Test func aCellThatHadNotRunIsNoOtherEngine() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write(
      [("a", "print 1"), ("b cache=false", "y = 12\nprint y")], prose: "It is `nn y`.\n")
    _ = try folder.nnbook("run k.md a -o fresh")
    let found = try folder.nnbook("check k.md -o fresh")
    #expect(
      found.output == """
        k.md:5: cell 'b'
          had not run as it stands, now runs to its end
          output 1, text: is new
          because it had not run when the record was made
        k.md:10: the inline value `nn y`
          had no value as it stood when the record was made, is 12
          because the cell 'b' (k.md:5) had not run when the record was made

        """, "\(found.output)")
  }

  @Test func thePlaceOfAnErrorIsALineAndColumns() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("a error=true", "x = 1\nprint 1/0")])
    _ = try folder.nnbook("render k.md")
    try folder.edit("print 1", "print  1")
    let found = try folder.nnbook("check k.md").output
    #expect(
      found.contains("its place was 'line 2, columns 7 to 9', is 'line 2, columns 8 to 10'"),
      "\(found)")
  }

  /// One of them fails where it stands now, so that only its text is known.
  @Test func cellsWithoutLabelsThatChangedPlacesAreTold() throws {
    let folder = try CheckedFolder()
    defer { folder.remove() }
    try folder.write([("", "x = 1"), ("", "print x"), ("", "print 3")])
    _ = try folder.nnbook("render k.md")
    try folder.write([("", "print x"), ("", "x = 1"), ("", "print 3")])
    let found = try folder.nnbook("check k.md").output
    #expect(
      found.contains("cell 'cell-1'\n  stands in another place among the cells\n"), "\(found)")
    #expect(!found.contains("is new: the record"), "\(found)")
    #expect(!found.contains("is gone, and"), "\(found)")
  }
}
