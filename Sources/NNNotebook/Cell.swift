import NNSource

/// A fenced block whose info string begins with `nn`.
package struct Cell: Sendable, Hashable {
  /// From 1, over the notebook's cells in source order.
  package let number: Int
  /// The given label, or `cell-N` with `number`.
  package let label: String
  /// Nil for a cell without a label.
  package let labelRange: SourceRange?
  /// Which of the document's fenced code blocks it is, from 0.
  package let blockIndex: Int
  /// From the opening fence to the closing one.
  package let range: SourceRange
  /// The opening fence's line.
  package let fenceRange: SourceRange
  /// What stands between the fences, with the `#|` lines, which are comments to the language.
  package let program: SourceSlice
  /// The offset in `program` at which the part to show begins: behind the `#|` lines.
  package let displayStart: Int
  package let options: CellOptions

  /// Where the program begins in the file, behind the opening fence.
  package var start: Int {
    program.utf8.isEmpty ? range.upper : program.fileOffset(of: 0)
  }
}

/// The options' names, as they are written.
package enum CellOption: String, CaseIterable, Sendable {
  case echo, output, eval, error, cache, timeout, caption, tolerance
}

package struct CellOptions: Sendable, Hashable {
  package enum Visibility: String, Sendable { case show, hide, fold }

  /// Whether the source is on the page.
  package var echo = Visibility.show
  /// Whether the outputs are.
  package var output = Visibility.show
  package var isEvaluated = true
  /// The cell is meant to fail.
  package var expectsError = false
  package var isCached = true
  /// In seconds; nil leaves it to the notebook.
  package var timeout: Double?
  package var caption: String?
  /// For `check`; nil leaves it to the notebook.
  package var tolerance: Tolerance?
  /// Where each option that is given stands, name and value.
  package var ranges: [CellOption: SourceRange] = [:]

  package init() {}
}
