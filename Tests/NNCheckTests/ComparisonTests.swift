import NNOutput
import NNSource
import Testing

@testable import NNCheck

/// Cells that come, go, move and change, and where a difference comes from.
@Suite struct ComparisonTests {
  private static func compare(
    _ recorded: [CellSample], _ fresh: [CellSample], _ tolerances: Tolerances = Tolerances()
  ) -> Comparison {
    Comparison(
      recorded: Sample.record(CellSample.cells(recorded)),
      fresh: Sample.record(CellSample.cells(fresh)), tolerances: tolerances)
  }

  /// `label: changes; outputs; values; causes`
  private static func told(_ comparison: Comparison) -> [String] {
    comparison.cells.map { cell in
      var parts = cell.changes.map { "\($0)" }
      parts += cell.outputs.map { output in
        "output \(output.number) "
          + (output.recorded == nil
            ? "added"
            : output.fresh == nil
              ? "gone" : output.differences.map(Sample.line).joined(separator: " & "))
      }
      if !cell.values.isEmpty { parts.append("values \(cell.values.joined(separator: " "))") }
      parts += cell.causes.map { "because \($0)" }
      return "\(cell.label): " + parts.joined(separator: "; ")
    }
  }

  private static func shows(_ text: String) -> [CellOutput] { [.text(PrintedText(text))] }

  private static func cell(_ label: String, _ program: String, shows text: String = "")
    -> CellSample
  {
    CellSample(label: label, program: program, outputs: text.isEmpty ? [] : shows(text))
  }

  // MARK: Matching

  @Test func nothingChanged() {
    let cells = [Self.cell("a", "1", shows: "1"), Self.cell("", "2", shows: "2")]
    let comparison = Self.compare(cells, cells)
    #expect(comparison.isEmpty)
    #expect(comparison.changedSources.isEmpty)
  }

  @Test func cellsComeAndGo() {
    let a = Self.cell("a", "1", shows: "1")
    let b = Self.cell("b", "2", shows: "2")
    #expect(Self.told(Self.compare([a], [a, b])) == ["b: added"])
    #expect(Self.told(Self.compare([a, b], [b])) == ["a: gone"])
  }

  /// Unlabelled cells are numbered; one that comes first renumbers all, and is all there is to tell.
  @Test func unlabelledCellsAreKnownByTheirContent() {
    let cells = [Self.cell("", "1", shows: "1"), Self.cell("", "2", shows: "2")]
    let more = [Self.cell("", "0", shows: "0")] + cells
    #expect(Self.told(Self.compare(cells, more)) == ["cell-1: added"])
    #expect(Self.told(Self.compare(more, cells)) == ["cell-1: gone"])
  }

  @Test func anUnlabelledCellThatWasEditedIsKnownByItsPlace() {
    let recorded = [Self.cell("a", "1"), Self.cell("", "2", shows: "2"), Self.cell("b", "3")]
    var fresh = recorded
    fresh[1] = Self.cell("", "22", shows: "22")
    #expect(
      Self.told(Self.compare(recorded, fresh)) == [
        "cell-2: output 1 line 1: 2 → 22; because source(cell: \"cell-2\")"
      ])
  }

  @Test func aCellWithAnotherLabelIsKnownByItsProgramOrItsOutputs() {
    let old = Self.cell("old", "1", shows: "text")
    #expect(
      Self.told(Self.compare([old], [Self.cell("new", "1", shows: "text")])) == [
        "new: relabelled(from: \"old\")"
      ])
    #expect(
      Self.told(Self.compare([old], [Self.cell("new", "one()", shows: "text")])) == [
        "new: relabelled(from: \"old\")"
      ])
    #expect(
      Self.told(Self.compare([old], [Self.cell("new", "2", shows: "other")])) == [
        "new: added", "old: gone",
      ])
  }

  @Test func theFewestCellsMoved() {
    let (a, b, c) = (Self.cell("a", "1"), Self.cell("b", "2"), Self.cell("c", "3"))
    #expect(Self.told(Self.compare([a, b, c], [b, c, a])) == ["a: moved"])
    #expect(Self.told(Self.compare([a, b, c], [c, a, b])) == ["c: moved"])
  }

  @Test func staleCellsAndStatesAreDifferences() {
    var stale = Self.cell("a", "1")
    stale.isStale = true
    #expect(Self.told(Self.compare([stale], [Self.cell("a", "1")])) == ["a: stale"])
    var failed = Self.cell("a", "1")
    failed.state = .failed
    failed.outputs = [Sample.diagnostic("no")]
    #expect(
      Self.told(Self.compare([Self.cell("a", "1")], [failed])) == [
        "a: state(recorded: NNOutput.CellRecord.State.done, now: NNOutput.CellRecord.State.failed); "
          + "output 1 added; because engine(cell: \"a\")"
      ])
  }

  // MARK: Outputs

  @Test func outputsAreMatchedByKindAndContent() {
    var old = Self.cell("a", "1")
    old.outputs = [Sample.diagram([1]), .text("x"), Sample.gradients(1)]
    var new = Self.cell("a", "2")
    new.outputs = [.text("y"), Sample.gradients(1)]
    #expect(
      Self.told(Self.compare([old], [new])) == [
        "a: output 1 gone; output 1 line 1: 'x' → 'y'; because source(cell: \"a\")"
      ])
  }

  @Test func textsPrintedOneAfterTheOtherAreOne() {
    var old = Self.cell("a", "1")
    old.outputs = [.text("x "), .text("y\n")]
    #expect(Self.compare([old], [Self.cell("a", "1", shows: "x y\n")]).isEmpty)
  }

  @Test func valuesThatNothingShowsAreToldWhereThereIsNoTolerance() {
    var old = Self.cell("a", "1")
    old.writes = ["net": "1", "x": "1"]
    var new = old
    new.writes = ["net": "2", "x": "1"]
    #expect(
      Self.told(Self.compare([old], [new])) == ["a: values net; because engine(cell: \"a\")"])
    #expect(Self.compare([old], [new], Tolerances(notebook: Tolerance(ulps: 1))).isEmpty)
  }

  @Test func theNearestToleranceCounts() {
    let old = [Self.cell("a", "1", shows: "1.0"), Self.cell("b", "2", shows: "1.0")]
    let new = [Self.cell("a", "1", shows: "1.5"), Self.cell("b", "2", shows: "1.5")]
    let loose = Tolerance(absolute: 1)
    #expect(Self.compare(old, new).cells.map(\.label) == ["a", "b"])
    #expect(Self.compare(old, new, Tolerances(notebook: loose)).isEmpty)
    #expect(
      Self.compare(old, new, Tolerances(cells: ["a": loose])).cells.map(\.label) == ["b"])
    #expect(
      Self.compare(old, new, Tolerances(notebook: loose, cells: ["a": .exact])).cells.map(\.label)
        == ["a"])
  }

  // MARK: Causes

  /// setup → train → show; `other` stands apart.
  private static func chain(lr: String = "0.5", data: String = "d", seed: String = "1")
    -> [CellSample]
  {
    let state = "\(lr)-\(data)-\(seed)"
    return [
      CellSample(label: "seed", program: "seed \(seed)", random: (nil, "r\(seed)")),
      CellSample(label: "setup", program: "lr = \(lr)", writes: ["lr": lr]),
      CellSample(
        label: "data", program: "load x", writes: ["x": data], files: ["x.csv": data]),
      CellSample(
        label: "train", program: "train", reads: ["lr": lr, "x": data], writes: ["net": state],
        random: ("r\(seed)", "after-\(seed)"), outputs: shows(state)),
      CellSample(label: "show", program: "print net", reads: ["net": state], outputs: shows(state)),
      CellSample(label: "other", program: "print 1", outputs: shows("1")),
    ]
  }

  private static func causes(_ recorded: [CellSample], _ fresh: [CellSample]) -> [String: [Cause]] {
    Dictionary(uniqueKeysWithValues: compare(recorded, fresh).cells.map { ($0.label, $0.causes) })
  }

  @Test func aChangedProgramIsTheCauseOfAllThatFollows() {
    let causes = Self.causes(Self.chain(), Self.chain(lr: "0.4"))
    let source = [Cause.source(cell: "setup")]
    #expect(causes == ["setup": source, "train": source, "show": source])
  }

  @Test func aChangedFileIs() {
    let causes = Self.causes(Self.chain(), Self.chain(data: "e"))
    let file = [Cause.file("x.csv", cell: "data")]
    #expect(causes == ["data": file, "train": file, "show": file])
  }

  @Test func aChangedSeedIs() {
    let causes = Self.causes(Self.chain(), Self.chain(seed: "2"))
    let source = [Cause.source(cell: "seed")]
    #expect(causes == ["train": source, "show": source])
  }

  @Test func severalCausesAreInTheOrderOfTheirCells() {
    let causes = Self.causes(Self.chain(), Self.chain(lr: "0.4", data: "e"))
    #expect(causes["show"] == [.source(cell: "setup"), .file("x.csv", cell: "data")])
  }

  @Test func withoutAnyChangeItIsTheEngineOrTheRecord() {
    var fresh = Self.chain()
    fresh[3].outputs = Self.shows("another")
    #expect(Self.causes(Self.chain(), fresh) == ["train": [.engine(cell: "train")]])
  }

  /// The new outputs of one cell were accepted, those of the cells below were not.
  @Test func aRecordOfAnOlderRunIs() {
    var recorded = Self.chain(lr: "0.4")
    recorded[4] = Self.chain()[4]
    #expect(
      Self.causes(recorded, Self.chain(lr: "0.4")) == ["show": [.earlier(cell: "show")]])
    recorded[3] = Self.chain(seed: "2")[3]
    recorded[3].reads["lr"] = "0.4"
    #expect(
      Self.causes(recorded, Self.chain(lr: "0.4"))["train"] == [.earlier(cell: "train")])
  }

  @Test func aParameterIs() {
    func cells(_ value: String) -> [NotebookRecord.Cell] {
      CellSample.cells([
        CellSample(
          label: "a", program: "print n", reads: ["n": value], outputs: Self.shows(value))
      ])
    }
    let comparison = Comparison(
      recorded: Sample.record(cells("1"), parameters: [RunParameter(name: "n", value: .int(1))]),
      fresh: Sample.record(cells("2"), parameters: [RunParameter(name: "n", value: .int(2))]))
    #expect(comparison.cells.map(\.causes) == [[.parameter("n")]])
  }

  @Test func aCellThatCameBetweenIs() {
    var fresh = Self.chain(lr: "0.4")
    fresh[1] = CellSample(label: "setup", program: "lr = 0.5", writes: ["lr": "0.5"])
    fresh.insert(CellSample(label: "more", program: "lr = 0.4", writes: ["lr": "0.4"]), at: 2)
    let causes = Self.causes(Self.chain(), fresh)
    #expect(causes["show"] == [.added(cell: "more")])
  }

  @Test func aCellThatWentIs() {
    let writer = CellSample(label: "more", program: "lr = 0.4", writes: ["lr": "0.4"])
    var recorded = Self.chain(lr: "0.4")
    recorded[1] = CellSample(label: "setup", program: "lr = 0.5", writes: ["lr": "0.5"])
    recorded.insert(writer, at: 2)
    let causes = Self.causes(recorded, Self.chain())
    #expect(causes["show"] == [.gone(cell: "more")])
  }

  @Test func cellsThatChangedPlacesAre() {
    func cells(_ values: [String]) -> [CellSample] {
      values.map { CellSample(label: "set-\($0)", program: "x = \($0)", writes: ["x": $0]) } + [
        CellSample(
          label: "show", program: "print x", reads: ["x": values[1]], outputs: Self.shows(values[1])
        )
      ]
    }
    let causes = Self.causes(cells(["1", "2"]), cells(["2", "1"]))
    #expect(causes["show"] == [.order(name: "x", cell: "set-1")])
  }

  /// A failed cell leaves no hashes; what it would have made is known from the recorded run.
  @Test func aCellThatFailsNowIsTheCauseOfThoseThatNeedIt() {
    var fresh = Self.chain()
    fresh[1].program = "lr = 1 / 0"
    fresh[1].state = .failed
    for index in [3, 4] {
      fresh[index].state = .skipped
      fresh[index].outputs = [Sample.diagnostic("needs", in: index)]
    }
    let causes = Self.causes(Self.chain(), fresh)
    #expect(causes["show"] == [.source(cell: "setup")])
    #expect(causes["train"] == [.source(cell: "setup")])
  }

  // MARK: Functions and files

  private static func compare(
    _ recorded: [CellSample], _ fresh: [CellSample], links: [CellLinks]
  ) -> [String] {
    told(
      Comparison(
        recorded: Sample.record(CellSample.cells(recorded)),
        fresh: Sample.record(CellSample.cells(fresh)), links: links))
  }

  /// `g` looks `lr` up, which stands above it; its hash is of both.
  private static func function(_ lr: String, program: String = "def g") -> [CellSample] {
    [
      CellSample(label: "a", program: "lr = \(lr)", writes: ["lr": lr]),
      CellSample(label: "b", program: program, writes: ["g": program + lr]),
      CellSample(
        label: "c", program: "print g(1)", reads: ["g": program + lr, "lr": lr],
        outputs: shows(program + lr)),
    ]
  }

  private static let links = [CellLinks(), CellLinks(lookups: ["g": ["lr"]]), CellLinks()]

  @Test func aFunctionIsTheSameWhereOnlyWhatItLooksUpChanged() {
    let shown = "output 1 line 1: 'def g1' → 'def g2'"
    #expect(
      Self.compare(Self.function("1"), Self.function("2"), links: Self.links) == [
        "a: values lr; because source(cell: \"a\")", "c: \(shown); because source(cell: \"a\")",
      ])
    #expect(
      Self.compare(
        Self.function("1"), Self.function("1", program: "def h"), links: Self.links
      ).last?.hasSuffix("because source(cell: \"b\")") == true)
  }

  /// The record has the function's hash of an older run; nothing shows it.
  @Test func aFunctionThatIsBehindIsNoDifference() {
    var recorded = Self.function("2")
    recorded[1] = Self.function("1")[1]
    #expect(Self.compare(recorded, Self.function("2"), links: Self.links).isEmpty)
  }

  @Test func aSavedFileComesFromTheCellThatSavesIt() {
    func cells(_ x: String) -> [CellSample] {
      [
        CellSample(label: "a", program: "x = \(x)", writes: ["x": x]),
        CellSample(label: "b", program: "save x to \"x.npy\"", reads: ["x": x]),
        CellSample(
          label: "c", program: "load", files: ["./x.npy": x], outputs: Self.shows("v" + x)),
      ]
    }
    let links = [CellLinks(), CellLinks(saves: ["x.npy"]), CellLinks()]
    let told = Self.compare(cells("1"), cells("2"), links: links)
    #expect(told.last == "c: output 1 line 1: 'v1' → 'v2'; because source(cell: \"a\")")
    // The record has the file's cell as it is now, and an older run of the one that reads it.
    var behind = cells("2")
    behind[2] = cells("1")[2]
    #expect(
      Self.compare(behind, cells("2"), links: links) == [
        "c: output 1 line 1: 'v1' → 'v2'; because earlier(cell: \"c\")"
      ])
  }

  // MARK: Beside the cells

  @Test func inlineValuesAreComparedAndHaveCauses() {
    let (old, new) = (Self.chain(), Self.chain(lr: "0.4"))
    let comparison = Comparison(
      recorded: Sample.record(
        CellSample.cells(old), inlines: [("`nn lr`", "0.5"), ("`nn 1 + 1`", "2"), ("`nn x`", "1")]),
      fresh: Sample.record(
        CellSample.cells(new), inlines: [("`nn lr`", "0.4"), ("`nn 1 + 1`", "2"), ("`nn y`", "1")]))
    let told = comparison.inlines.map {
      "\($0.expression) \($0.recorded ?? "-") \($0.fresh ?? "-") \($0.causes)"
    }
    #expect(
      told == [
        "`nn lr` 0.5 0.4 [NNCheck.Cause.source(cell: \"setup\")]", "`nn x` 1 - []", "`nn y` - 1 []",
      ])
  }

  @Test func findingsOfTheNotebookAreCompared() {
    func record(_ findings: String...) -> NotebookRecord {
      NotebookRecord(title: "", pieces: [], findings: findings.map { Wording($0) })
    }
    let comparison = Comparison(recorded: record("a", "b", "b"), fresh: record("b", "c"))
    #expect(comparison.lostFindings == ["a", "b"])
    #expect(comparison.newFindings == ["c"])
  }
}
