import NNCheck
import NNOutput
import NNSource
import Testing

@testable import NNRender

/// A record written and read back is the same record, whatever is in it.
@Suite struct RecordRoundTripTests {
  private static let texts = [
    "", "plain", "two\nlines\n", "tab\t, \"quotes\", \\", "häß 漢字 🦆", "\u{0}\u{1}\u{1F}\u{7F}",
    "\u{2028}\u{2029}", "</script><!--", "\r\n", "nan", "e\u{301}",
  ]

  private static let doubles: [Double] = [
    0, -0.0, 1, -1, 0.1, 1.0 / 3, .nan, .infinity, -.infinity, .leastNonzeroMagnitude,
    -.leastNonzeroMagnitude,
    .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e15, 1e16, 1e17,
    0x1p53, 0x1p53 + 2, 1e-7, 123456.789, .pi, (1.0).nextUp, (1.0).nextDown,
  ]

  private static let integers = [
    0, -1, 1 << 53, (1 << 53) + 1, -(1 << 53) - 1, Int.max, Int.min, 255,
  ]

  /// Odd values, the same ones every time.
  private struct Draws {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next(_ count: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(count))
    }

    mutating func pick<T>(_ list: [T]) -> T { list[next(list.count)] }
    mutating func text() -> String { pick(texts) }
    mutating func maybe() -> String? { next(3) == 0 ? nil : pick(texts) }

    mutating func double() -> Double {
      next(2) == 0 ? pick(doubles) : Double(bitPattern: UInt64(next(.max)) &* 0x9E37_79B9_7F4A_7C15)
    }

    mutating func doubles(_ count: Int) -> [Double] { (0..<count).map { _ in double() } }
    mutating func names(_ count: Int) -> [String] { (0..<count).map { _ in text() } }

    private var doubles: [Double] { RecordRoundTripTests.doubles }
    private var texts: [String] { RecordRoundTripTests.texts }

    mutating func tensor() -> OutputTensor {
      let (rows, columns) = (next(4), next(4))
      switch next(4) {
      case 0:
        return OutputTensor(
          dtype: "int64", shape: [rows, columns],
          content: .all(.integers((0..<rows * columns).map { _ in pick(integers) })))
      case 1:
        return OutputTensor(
          dtype: "float32", shape: [rows, columns],
          content: .all(.floats(doubles(rows * columns).map { Double(Float($0)) })))
      case 2:
        return OutputTensor(
          dtype: "float64", shape: [200, 100],
          content: .summary(
            OutputTensor.Summary(
              hash: ContentHash(of: text()), minimum: double(), maximum: double(), mean: double(),
              shown: .floats(doubles(5)))))
      default:
        return OutputTensor(
          dtype: "float64", shape: [rows, columns], content: .all(.floats(doubles(rows * columns))))
      }
    }

    private var integers: [Int] { RecordRoundTripTests.integers }

    mutating func axis() -> Chart.Axis {
      Chart.Axis(label: maybe(), scale: pick([.linear, .log]), categories: names(next(3)))
    }

    mutating func series() -> [Chart.Series] {
      (0..<next(3)).map { _ in
        let count = next(4)
        let isGrouped = next(2) == 0
        return Chart.Series(
          label: maybe(), x: doubles(count), y: doubles(count),
          groups: isGrouped ? (0..<count).map { _ in next(3) } : [],
          groupNames: isGrouped ? names(3) : [])
      }
    }

    mutating func chart() -> Chart {
      let content: Chart.Content
      switch next(5) {
      case 0: content = .lines(series())
      case 1: content = .points(series())
      case 2: content = .bars(series())
      case 3: content = .histogram(counts: doubles(3), edges: doubles(4))
      default:
        content = .heatmap(rows: 2, columns: 3, values: doubles(6), isAnnotated: next(2) == 0)
      }
      return Chart(title: maybe(), x: axis(), y: axis(), content: content)
    }

    mutating func table() -> TableOutput {
      let (rows, columns) = (next(3), next(3))
      return TableOutput(
        title: maybe(), columns: names(columns), rowNames: next(2) == 0 ? names(rows) : [],
        rows: (0..<rows).map { _ in
          (0..<columns).map { _ in
            switch next(3) {
            case 0: .empty
            case 1: .text(text())
            default: .number(NumberCell(double(), text: text()))
            }
          }
        }, totalRows: rows + next(3))
    }

    mutating func output() -> CellOutput {
      switch next(9) {
      case 0: return .text(PrintedText(text(), tensors: (0..<next(3)).map { _ in tensor() }))
      case 1: return .table(table())
      case 2: return .chart(chart())
      case 3:
        return .pictures(
          PictureGrid(
            pictures: (0..<next(3)).map { _ in
              let channels = pick([1, 3])
              return PictureGrid.Picture(
                width: 2, height: 2, values: doubles(4 * channels), channels: channels,
                caption: maybe(), isWrong: next(2) == 0)
            }, columns: next(4), colorMap: pick([.gray, .viridis]), low: double(), high: double()))
      case 4:
        return .diagram(
          NetworkDiagram(
            name: text(),
            layers: (0..<next(3)).map { _ in
              NetworkDiagram.Layer(
                kind: text(), units: next(9), activation: maybe(), hasBias: next(2) == 0,
                parameters: next(99), weights: doubles(next(4)))
            }))
      case 5:
        return .weights(
          WeightsOutput(
            network: text(),
            entries: (0..<next(3)).map { _ in
              WeightsOutput.Entry(name: text(), tensor: tensor(), text: text())
            }))
      case 6:
        return .gradients(
          GradientReport(
            network: text(),
            rows: (0..<next(3)).map { _ in
              GradientReport.Row(
                parameter: text(), shape: [next(3), next(3)], checked: next(9),
                largestRelativeError: double())
            }))
      case 7: return .assertion(AssertionOutput(condition: text(), reason: maybe()))
      default:
        return .diagnostic(
          Diagnostic(
            pick([.error, .warning]), .recorded(Wording(text(), hint: maybe())),
            at: SourceRange(11, 14)))
      }
    }
  }

  private static func document(_ seed: Int) -> OutputDocument {
    var draws = Draws(seed)
    let source = SourceFile(name: "n.md", text: "p `nn a`\n```nn a\nprint 1\n```\n")
    var document = OutputDocument(
      source: source, bodyStart: 0, title: draws.text(), description: draws.maybe())
    document.parameters = [
      RunParameter(name: "i", value: .int(draws.pick(integers)), isGiven: draws.next(2) == 0),
      RunParameter(name: "f", value: .float(draws.double())),
      RunParameter(name: "b", value: .bool(true)),
      RunParameter(name: "s", value: .string(draws.text()), isGiven: true),
    ]
    let program = SourceSlice(lines: [(Array("print 1".utf8), 17)])
    var cell = CellRecord(
      label: "a", number: 1, blockIndex: 0, range: SourceRange(9, 28), program: program,
      echo: draws.pick([.show, .hide]), output: draws.pick([.show, .hide]),
      caption: draws.maybe(), state: draws.pick([.done, .failed, .skipped, .notEvaluated]),
      isStale: draws.next(2) == 0, outputs: (0..<draws.next(6)).map { _ in draws.output() })
    var trace = CellTrace(
      program: ContentHash(of: draws.text()),
      reads: [CellTrace.Item(name: "x", hash: ContentHash(of: draws.text()))],
      files: [CellTrace.Item(name: "f.csv", hash: ContentHash(of: draws.text()))])
    if draws.next(2) == 0 { trace.randomBefore = ContentHash(of: draws.text()) }
    if draws.next(2) == 0 { trace.randomAfter = ContentHash(of: draws.text()) }
    cell.trace = trace
    document.cells = [cell]
    document.inlines = [
      InlineRecord(spanIndex: 0, range: SourceRange(2, 8), text: draws.text())
    ]
    return document
  }

  /// Written, read, put back in its place, written: the same bytes. Equality of values would take
  /// one nan for another; bytes do not.
  @Test func everyRecordComesBack() throws {
    for seed in 1...400 {
      let document = Self.document(seed)
      let written = RecordWriter.text(of: document)
      let read = try RecordReader.read(Array(written.utf8), places: CellPlaces(document))
      let cell = try #require(read.cells.first)
      #expect(cell.trace == document.cells[0].trace, "seed \(seed)")
      #expect(cell.state == document.cells[0].state, "seed \(seed)")
      #expect(cell.caption == document.cells[0].caption, "seed \(seed)")
      #expect(cell.isStale == document.cells[0].isStale, "seed \(seed)")
      var again = document
      again.parameters = read.parameters
      again.cells[0].outputs = cell.outputs
      again.inlines[0].text = try #require(read.inlines.first).text
      #expect(RecordWriter.text(of: again) == written, "seed \(seed)")
    }
  }

  /// A program that reads JSON by the letter finds the numbers themselves.
  @Test func numbersAreTheShortestThatReadBack() throws {
    let codec = OutputCodec(CellPlaces([]))
    for value in Self.doubles {
      let tensor = OutputTensor(dtype: "float64", shape: [1], content: .all(.floats([value])))
      let json = codec.json(.text(PrintedText("", tensors: [tensor])), of: "a")
      let text = json.compact
      guard case .text(let printed) = try codec.output(json, of: "a"),
        case .all(.floats(let read))? = printed.tensors.first?.content
      else {
        Issue.record("\(value) came back as another kind")
        continue
      }
      #expect(read[0].bitPattern == value.bitPattern || (read[0].isNaN && value.isNaN), "\(text)")
      if value.isFinite {
        let parsed = try JSONReader.read(Array(text.utf8))["tensors"]?.array?.first
        #expect(parsed?["elements"]?.array?.first?.isNull == false)
      }
    }
  }

  // MARK: Damage

  @Test(arguments: [
    ("", "the record is not JSON at line 1, column 0: unexpected token near end of file"),
    ("[1, 2]", "the file is not a record that nnbook wrote"),
    ("{\"cells\": [], \"metadata\": {}}", "the file is not a record that nnbook wrote"),
    (
      "{\"cells\": [], \"metadata\": {\"nnbook\": {\"format\": 9}}}",
      "the record has the format 9; this nnbook reads 1"
    ),
    (
      "{\"cells\": [{}], \"metadata\": {\"nnbook\": {\"format\": 1}}}",
      "the record's 'id' is not a name"
    ),
    (
      "{\"cells\": [{\"id\": \"a\", \"cell_type\": \"code\"}], "
        + "\"metadata\": {\"nnbook\": {\"format\": 1}}}",
      "the record's 'state' of the cell 'a' is not how its run ended"
    ),
  ])
  func damageIsTold(_ text: String, _ message: String) {
    #expect(throws: RecordProblem.self) { try RecordReader.read(Array(text.utf8)) }
    do {
      _ = try RecordReader.read(Array(text.utf8))
    } catch {
      #expect(error.wording.message == message)
    }
  }

  /// No cut and no changed byte of a record crashes who reads it, draws it or compares with it.
  @Test func damagedRecordsAreToldOrShown() throws {
    var draws = Draws(1)
    var refused = 0
    for seed in 1...300 {
      let document = Self.document(seed)
      let bytes = Array(RecordWriter.text(of: document).utf8)
      var damaged = bytes
      if draws.next(8) == 0 {
        damaged = Array(bytes.prefix(draws.next(bytes.count)))
      } else {
        // Mostly digits, so that it stays JSON.
        for _ in 0...draws.next(8) {
          let place = draws.next(bytes.count)
          let isDigit = (0x30...0x39).contains(bytes[place])
          guard isDigit || draws.next(40) == 0 else { continue }
          damaged[place] = isDigit ? 0x30 + UInt8(draws.next(10)) : UInt8(draws.next(256))
        }
      }
      guard let read = try? RecordReader.read(damaged) else {
        refused += 1
        continue
      }
      let comparison = Comparison(recorded: read, fresh: try RecordReader.read(bytes))
      var check = NotebookCheck(document.source)
      check.comparison = comparison
      #expect(!CheckPage.render(CheckReport(notebooks: [check])).isEmpty)
      #expect(!RecordWriter.text(of: document.recorded(read)).isEmpty)
      #expect(!HTMLPage.render(document.recorded(read)).isEmpty)
    }
    #expect(refused > 20)
    #expect(refused < 200)
  }

  /// Recorded outputs in the place of equal ones give the same page and the same record.
  @Test func recordedOutputsStandForTheRuns() throws {
    for seed in 1...100 {
      var document = Self.document(seed)
      document.cells[0].isStale = false
      let written = RecordWriter.text(of: document)
      let recorded = document.recorded(try RecordReader.read(Array(written.utf8)))
      #expect(RecordWriter.text(of: recorded) == written, "seed \(seed)")
      #expect(HTMLPage.render(recorded) == HTMLPage.render(document), "seed \(seed)")
      let comparison = Comparison(
        recorded: try RecordReader.read(Array(written.utf8)),
        fresh: try RecordReader.read(Array(written.utf8)))
      #expect(comparison.isEmpty, "seed \(seed)")
    }
  }
}
