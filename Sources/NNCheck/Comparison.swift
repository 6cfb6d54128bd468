import NNOutput
import NNSource

/// NNCheck: a recorded `NotebookRecord` × the one that a fresh run gives → `Comparison`: plain data
/// on what differs, cell by cell and output by output, and why. How it is told is NNRender's.
///
///     CellMatching          which recorded cell is which cell now
///     OutputComparison      two outputs of one kind → `Difference`s, by what they mean
///     ElementTally          numbers against numbers under a `Tolerance`; the worst of them
///     CauseFinder           the cells that a difference comes from, by the hashes of `CellTrace`
///     OutputDocument+Recorded   a document with recorded outputs in the place of its own

/// How a run differs from the recorded one.
package struct Comparison: Sendable {
  /// Cells with a difference, in the order of the notebook now; those that are gone come last.
  package let cells: [CellDifference]
  package let inlines: [InlineDifference]
  /// Findings that belong to no cell: "recorded only", then "only now".
  package let lostFindings: [String]
  package let newFindings: [String]
  /// The cells whose text is not the recorded one, whatever they gave.
  package let changedSources: [String]

  package var isEmpty: Bool {
    cells.isEmpty && inlines.isEmpty && lostFindings.isEmpty && newFindings.isEmpty
  }

  /// How many things there are to tell.
  package var count: Int {
    cells.reduce(0) { $0 + $1.count } + inlines.count + lostFindings.count + newFindings.count
  }
}

/// Which tolerance counts where. The nearest wins: a cell's own, else that of the whole.
package struct Tolerances: Sendable {
  package let notebook: Tolerance
  /// By the labels of cells that have one.
  package let cells: [String: Tolerance]

  package init(notebook: Tolerance = .exact, cells: [String: Tolerance] = [:]) {
    self.notebook = notebook
    self.cells = cells
  }

  func tolerance(of label: String) -> Tolerance { cells[label] ?? notebook }
}

/// What differs in one cell.
package struct CellDifference: Sendable {
  /// What happened to the cell as a whole.
  package enum Change: Sendable, Hashable {
    case added
    case gone
    case relabelled(from: String)
    /// It stands before or after cells that it stood after or before.
    case moved
    /// The record says that its outputs belong to an earlier version.
    case stale
    case state(recorded: CellRecord.State, now: CellRecord.State)
  }

  package let label: String
  /// Its place in the notebook now, from 0; nil for one that is gone.
  package let index: Int?
  package let changes: [Change]
  package let outputs: [OutputDifference]
  /// Names whose values are not the recorded ones though no output of the cell shows it.
  package let values: [String]
  package let causes: [Cause]

  package var count: Int { changes.count + outputs.count + (values.isEmpty ? 0 : 1) }
}

/// What differs in one output of a cell.
package struct OutputDifference: Sendable {
  /// From 1, among the cell's outputs now or, for one that is gone, among the recorded ones.
  package let number: Int
  package let recorded: CellOutput?
  package let fresh: CellOutput?
  /// Empty where one of the two is missing.
  package let differences: [Difference]
}

/// An inline value that is not the recorded one.
package struct InlineDifference: Sendable {
  /// Its place among the inline values now, from 0; nil for one that is gone.
  package let index: Int?
  /// As it stands in the notebook, with its back-ticks.
  package let expression: String
  package let recorded: String?
  package let fresh: String?
  package let difference: Difference?
  package let causes: [Cause]
}

/// One thing that was and is another now.
package struct Difference: Sendable, Hashable {
  /// "net.W1[3, 2]", "point 3 of 'loss': y", "the title"
  package let place: String
  /// nil for what was not there.
  package let recorded: String?
  /// nil for what is gone.
  package let fresh: String?
  /// How far two numbers are apart; nil for what is no number.
  package var distance: Distance?
  /// How many of how many numbers (or lines) differ besides this one, the worst of them.
  package var others = 0
  package var total = 1

  init(_ place: String, _ recorded: String?, _ fresh: String?, distance: Distance? = nil) {
    self.place = place
    self.recorded = recorded
    self.fresh = fresh
    self.distance = distance
  }

  /// A text in quotes; nil where there is none. Of long ones that begin alike the part where they
  /// part is shown.
  init(_ place: String, text recorded: String?, _ fresh: String?) {
    guard let recorded, let fresh else {
      self.init(place, recorded.map(Self.quoted), fresh.map(Self.quoted))
      return
    }
    let texts = Self.quoted(recorded, fresh)
    self.init(place, texts.0, texts.1)
  }

  /// The most characters of a text that are shown.
  private static let most = 80
  /// How many of those that two texts begin with are shown before the first that is another.
  private static let lead = 24

  /// In quotes, without its end where it is long.
  static func quoted(_ text: String) -> String { quoted(Substring(oneLine(text))) }

  /// Two texts in quotes, long ones from shortly before the first character that is another.
  static func quoted(_ one: String, _ other: String) -> (String, String) {
    let (one, other) = (oneLine(one), oneLine(other))
    var (first, second) = (one.startIndex, other.startIndex)
    var same = 0
    while first < one.endIndex, second < other.endIndex, one[first] == other[second] {
      (first, second) = (one.index(after: first), other.index(after: second))
      same += 1
    }
    func isShort(_ text: String) -> Bool {
      text.index(text.startIndex, offsetBy: most + 1, limitedBy: text.endIndex) == nil
    }
    guard same > lead, !isShort(one) || !isShort(other) else {
      return (quoted(Substring(one)), quoted(Substring(other)))
    }
    return (
      quoted(one[one.index(first, offsetBy: -lead)...], isCut: true),
      quoted(other[other.index(second, offsetBy: -lead)...], isCut: true)
    )
  }

  private static func oneLine(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "⏎")
  }

  private static func quoted(_ text: Substring, isCut: Bool = false) -> String {
    let start = text.prefix(most + 1)
    return "'" + (isCut ? "…" : "")
      + (start.count > most ? text.prefix(most - 1) + "…" : start) + "'"
  }
}

/// How far a number is from the recorded one.
package struct Distance: Sendable, Hashable {
  /// nan where one of the two is nan or they are different infinities.
  package let absolute: Double
  /// As a share of the recorded one's magnitude; nan like `absolute`, inf for a recorded 0.
  package let relative: Double
  /// Steps from one floating-point number to the next; nil for integers and where `absolute` is nan.
  package let ulps: UInt64?
}

/// Why a cell gives something else.
package enum Cause: Sendable, Hashable {
  /// The program of the cell is another one.
  case source(cell: String)
  /// What the cell reads from a file or a data set is not what it was.
  case file(String, cell: String)
  case parameter(String)
  case added(cell: String)
  case gone(cell: String)
  /// The cell that made `name` is another one than before, because cells changed places.
  case order(name: String, cell: String)
  /// What the cell read has other values now, and the record knows those too: it holds an older run
  /// of the cell than of the cells above.
  case earlier(cell: String)
  /// The record was made before the cell had run.
  case notRun(cell: String)
  /// The outputs of a cell that none of these can explain.
  case engine(cell: String)
}
