import Foundation
import NNSource
import NNTensor
import Testing

@testable import NNData

/// CSV against Python's csv module and numpy.unique; decimals against the C library.
@Suite struct TableTests {
  struct Case: Decodable, CustomTestStringConvertible {
    enum Column: Decodable {
      case name(String)
      case number(Int)

      init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let number = try? value.decode(Int.self) {
          self = .number(number)
        } else {
          self = .name(try value.decode(String.self))
        }
      }

      var column: ColumnName {
        switch self {
        case .name(let name): .name(name)
        case .number(let number): .number(number)
        }
      }
    }

    let name: String
    let text: String
    let target: Column?
    let drop: [Column]
    let x: [[String]]
    let features: [String]?
    let y: [Double]?
    let classes: [String]?
    var testDescription: String { name }

    var options: TableOptions {
      var options = TableOptions()
      options.target = target?.column
      options.drop = drop.map(\.column)
      return options
    }
  }

  static let cases: [Case] = {
    let url = Fixtures.folder.appending(path: "tables.json")
    guard let data = try? Data(contentsOf: url) else { return [] }
    return (try? JSONDecoder().decode([Case].self, from: data)) ?? []
  }()

  @Test func thereAreCases() { #expect(Self.cases.count >= 20) }

  @Test(arguments: cases) func tableIsReadAsPythonReadsIt(_ row: Case) throws {
    let set = try Fixtures.load("t.csv", Array(row.text.utf8), row.options)
    let x = try #require(set.x)
    #expect(x.shape.array == [row.x.count, row.x[0].count])
    let expected = row.x.joined().map { Double($0) ?? .nan }
    #expect(x == Tensor(expected, shape: x.shape))
    #expect(set.features == row.features)
    #expect(set.y?.doubles == row.y)
    #expect(set.classes == row.classes)
  }

  @Test func wholeLabelsAreClassNumbers() throws {
    var options = TableOptions()
    options.target = .number(1)
    #expect(try Fixtures.load("t.csv", Array("1,0\n2,1\n".utf8), options).y?.dtype == .int64)
    #expect(try Fixtures.load("t.csv", Array("1,0\n2,1.5\n".utf8), options).y?.dtype == .float64)
  }

  @Test func headerIsAsTold() throws {
    var options = TableOptions()
    options.header = .absent
    #expect(
      Fixtures.message { try Fixtures.load("t.csv", Array("a,b\n1,2\n".utf8), options) }
        == "'t.csv', line 1, column 1: 'a' is not a number")
    options.header = .present
    #expect(try Fixtures.load("t.csv", Array("1,2\n3,4\n".utf8), options).features == ["1", "2"])
  }

  @Test func irisIsScikitLearns() throws {
    var options = TableOptions()
    options.target = .name("kind")
    let file = try Fixtures.load("iris.csv", options)
    let own = IrisRows.dataSet
    #expect(own.x == file.x)
    #expect(own.y == file.y)
    #expect(own.classes == file.classes)
    #expect(own.features == file.features)
  }

  static let wrong: [(text: String, target: ColumnName?, message: String)] = [
    ("a,b\n1,2\n3,x1\n", nil, "'t.csv', line 3, column 3: 'x1' is not a number"),
    ("a,b\n1,2\n3\n", nil, "'t.csv', line 3 has 1 column, the first one has 2"),
    ("a,b\n1,2\n3,4,5\n", nil, "'t.csv', line 3 has 3 columns, the first one has 2"),
    ("a,b\n\"1\n2\",2\n", nil, "'t.csv', line 2, column 1: '1\n2' is not a number"),
    ("a,b\n\"1,2\n", nil, "'t.csv', line 2, column 1: this quote is never closed"),
    (
      "a,b\n\"1\"2,2\n", nil,
      "'t.csv', line 2, column 4: a field goes on behind its closing quote"
    ),
    ("", nil, "'t.csv' has no rows"),
    ("\n\n", nil, "'t.csv' has no rows"),
    ("a,b\n", nil, "'t.csv' has no rows"),
    ("a,b\n1,2\n", .name("c"), "'t.csv' has no column 'c'"),
    ("a,a\n1,2\n", .name("a"), "'t.csv' has two columns 'a'"),
    ("1,2\n", .name("c"), "'t.csv' has no column 'c'"),
    ("1,2\n", .number(2), "'t.csv' has no column 2"),
    ("1,2\n", .number(-3), "'t.csv' has no column -3"),
    ("1\n", .number(0), "nothing of 't.csv' is left for x"),
    ("1,p\n2,\n", .number(1), "'t.csv', line 2, column 3: the label is missing"),
    ("1_000\n", nil, "'t.csv' has no rows"),
    ("1\n0x10\n", nil, "'t.csv', line 2, column 1: '0x10' is not a number"),
    ("1\n1e\n", nil, "'t.csv', line 2, column 1: '1e' is not a number"),
    ("1\n--1\n", nil, "'t.csv', line 2, column 1: '--1' is not a number"),
    ("1\n1.2.3\n", nil, "'t.csv', line 2, column 1: '1.2.3' is not a number"),
    ("1\n.\n", nil, "'t.csv', line 2, column 1: '.' is not a number"),
  ]

  @Test(arguments: wrong.indices) func faultIsToldWithItsPlace(_ index: Int) {
    let row = Self.wrong[index]
    var options = TableOptions()
    options.target = row.target
    let message = Fixtures.message { try Fixtures.load("t.csv", Array(row.text.utf8), options) }
    #expect(message == row.message)
  }

  @Test func otherEncodingsAreRefused() {
    #expect(
      Fixtures.message { try Fixtures.load("t.csv", [0xFF, 0xFE, 0x31, 0]) }
        == "'t.csv' holds text in UTF-16")
  }

  @Test func packedTableIsRead() throws {
    let file = try Fixtures.file("idx/packed.idx.gz")
    // What gzip holds is known by its own bytes where the name says nothing.
    #expect(try DataLoader.dataSet(file, TableOptions()).x?.shape == [3, 2, 2])
  }

  /// 200,000 decimals of many forms, each the nearest float64.
  @Test func decimalsAreRoundedOnce() throws {
    var state: UInt64 = 0x2545_F491_4F6C_DD1D
    func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
    var wrong: [String] = []
    var quick = 0
    for round in 0..<200_000 {
      var text: String
      switch round % 4 {
      case 0: text = "\(Double(bitPattern: next()))"
      case 1: text = "\(Double(next() >> 11) * 0x1p-53)"
      case 2: text = "\(next() % 1_000_000_000_000_000_000).\(next() % 10)"
      default:
        text = String(next() >> (next() % 60)) + "e\(Int(next() % 60) - 30)"
        let place = text.index(text.startIndex, offsetBy: Int(next() % 3), limitedBy: text.endIndex)
        if let place, place < (text.firstIndex(of: "e") ?? text.endIndex) {
          text.insert(".", at: place)
        }
      }
      guard let expected = Double(text), expected.isFinite, !text.hasSuffix(".") else { continue }
      let bytes = Array(text.utf8) + [0]
      let found = bytes.withUnsafeBufferPointer { buffer -> Double? in
        guard var place = buffer.baseAddress else { return nil }
        if let value = DecimalReader.quick(&place) {
          quick += 1
          return place.pointee == 0 ? value : nil
        }
        return DecimalReader.number(UnsafeBufferPointer(rebasing: buffer.dropLast()))
      }
      if found?.bitPattern != expected.bitPattern, wrong.count < 10 { wrong.append(text) }
    }
    #expect(wrong == [])
    #expect(quick > 100_000)
  }
}
