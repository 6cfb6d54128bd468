import NNSource

/// What a cell depends on and what it leaves behind, read off its source.
package struct CellAnalysis: Sendable {
  /// Names whose values from above the cell may use, in order of first use: its own, and those
  /// that the functions it may call look up.
  package internal(set) var reads: [NameRead] = []
  /// Names the cell may assign or change, in order of their first place.
  package internal(set) var writes: [NameWrite] = []
  /// What the cell may do besides: its commands, and the functions it may call.
  package internal(set) var effects: Effects = []
  /// It may draw from the random stream as the cells above left it.
  package internal(set) var needsRandomState = false
  /// It may leave the random stream elsewhere.
  package internal(set) var changesRandomState = false
  /// It may leave the stream elsewhere or where it was: `if a > 2: seed 4`.
  package internal(set) var mayKeepRandomState = false
  /// Data sets and files, in order of first use; those of functions it may call too.
  package internal(set) var files: [FileUse] = []
  /// The functions the cell defines by `def`, or by giving a lambda a name, in order.
  package internal(set) var functions: [DefinedFunction] = []
  /// Lint errors and names that are not there, in order of their place.
  package internal(set) var findings: [Diagnostic] = []

  package init() {}

  /// What it does or leaves follows from the random stream as the cells above left it.
  package var dependsOnRandomState: Bool { needsRandomState || mayKeepRandomState }
}

package struct DefinedFunction: Sendable {
  package let name: String
  package let range: SourceRange
  package let scope: FunctionScope
}

package struct NameRead: Sendable, Hashable {
  package let name: String
  /// The first place in the cell that needs it.
  package let range: SourceRange
  /// The function of the cells above through which it is read, or nil.
  package let function: String?
  /// The cell reads it only because it may leave the name as it was: `for i in xs:` of no xs.
  package var isOnlyKept = false
}

package struct NameWrite: Sendable, Hashable {
  package let name: String
  package let range: SourceRange
  /// On every path through the cell; otherwise the cell also reads the name, since its value from
  /// above may remain.
  package internal(set) var isCertain: Bool
}

/// A piece of a notebook with code in it, in source order.
package enum AnalysisUnit: Sendable {
  /// `isMeantToFail`: it leaves nothing, and how it fails is its output.
  case cell(Program, isMeantToFail: Bool = false)
  /// `` `nn expression` ``
  case inline(Expression)
  /// A cell that did not parse: what it assigns is not known, but is among these names.
  case unreadable(mentioned: [String] = [])
}
