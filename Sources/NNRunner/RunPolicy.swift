import NNData
import NNOutput
import NNRuntime
import NNTensor

/// What a run is given besides the notebook.
struct RunSettings {
  var parameters: [ParameterSetting]
  /// The most a cell may take, whatever the notebook asks for.
  var limits: Limits
  var cancellation: Cancellation?
  var files: FileAccess
  var onProgress: ((String) -> Void)?
  /// What the record says of earlier runs, read without a notebook.
  var record: NotebookRecord?
  /// Whether the record may stand for a run of a cell that comes from the same as it did then.
  var trustsRecord = true
  /// The number of the last cell that is looked at; nil for all.
  var last: Int?
}

/// Which cells run, and which are only looked up.
package struct RunPolicy: Sendable {
  package enum Rule: Sendable {
    /// Taken from the cache where its key is known, else run.
    case whenNeeded
    /// Run, whatever is known.
    case always
    /// Taken from the cache where its key is known, else left as out of date.
    case never
  }

  /// By the cells' numbers, from 1; the others have `standard`.
  private let rules: [Int: Rule]
  private let standard: Rule

  package init(_ rules: [Int: Rule] = [:], standard: Rule = .whenNeeded) {
    self.rules = rules
    self.standard = standard
  }

  /// Whether most cells are only looked up.
  var runsLittle: Bool { standard == .never }

  package func rule(forCell number: Int) -> Rule { rules[number] ?? standard }
}

/// How a cell came to its outputs in a run.
package struct CellEvent: Sendable, Hashable {
  package enum Kind: String, Sendable {
    /// Not run and not in the cache, but what it comes from is what the record says.
    case recorded
    case ran, cached, stale, failed, skipped, notEvaluated
    /// Meant to fail, and what is wrong with it stands in its text: there is nothing to run.
    case failedAsMeant
    /// Not run; it failed in the run that the record tells of, and comes from the same.
    case stillFailed
  }

  package let label: String
  package let number: Int
  package let kind: Kind
  /// Of a cell that ran or would have to: in what its key differs from its last run's.
  package let changes: [KeyChange]
}
