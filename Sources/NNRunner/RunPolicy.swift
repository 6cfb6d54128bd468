import NNData
import NNNotebook

/// What a run is given besides the notebook.
struct RunSettings {
  var parameters: [ParameterSetting]
  /// The most seconds a cell may have, whatever the notebook asks for.
  var seconds: Double
  var files: FileAccess
  var onProgress: ((String) -> Void)?
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

  func rule(for cell: NNNotebook.Cell) -> Rule { rules[cell.number] ?? standard }
}

/// How a cell came to its outputs in a run.
package struct CellEvent: Sendable, Hashable {
  package enum Kind: String, Sendable {
    case ran, cached, stale, failed, skipped, notEvaluated
  }

  package let label: String
  package let number: Int
  package let kind: Kind
}
