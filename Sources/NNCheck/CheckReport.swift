import NNOutput
import NNSource

/// An error of a notebook or of its run: a cell that fails, a cell that can't be read, a data set
/// that is not there.
package struct RunError: Sendable {
  /// Nil for what belongs to no cell.
  package let cell: String?
  package let position: SourcePosition
  package let problem: Problem

  package init(cell: String?, position: SourcePosition, problem: Problem) {
    self.cell = cell
    self.position = position
    self.problem = problem
  }
}

/// What a check found of one notebook.
package struct NotebookCheck: Sendable {
  /// The notebook as it is now.
  package let source: SourceFile
  /// What is wrong with its record and its page as a whole.
  package var findings: [CheckProblem] = []
  /// nil where there was nothing to compare, or where the bytes are the same.
  package var comparison: Comparison?
  /// Why it could not be checked.
  package var failure: CheckProblem?
  /// What went wrong in the run that nobody asked for, in source order.
  package var errors: [RunError] = []
  /// The labels of its cells, and the line each begins on, in order.
  package var cells: [(label: String, line: Int)] = []
  /// The line of each inline value, in order.
  package var inlineLines: [Int] = []

  package init(_ source: SourceFile) { self.source = source }

  /// The name of its file, as the command line gives it.
  package var path: String { source.name }

  /// A notebook that could not even be read.
  package init(unread path: String, _ problem: Problem) {
    self.init(SourceFile(name: path, text: ""))
    failure = .notRead(problem)
  }

  package var count: Int { findings.count + (comparison?.count ?? 0) }

  /// The line of a cell; 1 for one that is gone.
  package func line(ofCell index: Int?) -> Int {
    index.flatMap { cells.indices.contains($0) ? cells[$0].line : nil } ?? 1
  }

  package func line(ofInline index: Int?) -> Int {
    index.flatMap { inlineLines.indices.contains($0) ? inlineLines[$0] : nil } ?? 1
  }
}

/// What a check found of all notebooks.
package struct CheckReport: Sendable {
  package var notebooks: [NotebookCheck]
  /// What belongs to no notebook: orphans, the list of notebooks.
  package var findings: [(file: String, problem: CheckProblem)]

  package init(
    notebooks: [NotebookCheck] = [], findings: [(file: String, problem: CheckProblem)] = []
  ) {
    self.notebooks = notebooks
    self.findings = findings
  }

  package var count: Int { notebooks.reduce(findings.count) { $0 + $1.count } }

  /// `no difference in 3 notebooks`, `12 differences in 1 of 3 notebooks, 4 errors, 1 not checked`;
  /// what kept a notebook from being checked is no error beside that.
  package var summary: String {
    func count(_ number: Int, _ noun: String) -> String { NumberWords.count(number, noun) }
    let checked = notebooks.filter { $0.failure == nil }
    let unchecked = notebooks.count - checked.count
    let errors = checked.reduce(0) { $0 + $1.errors.count }
    let rest =
      (errors > 0 ? ", " + count(errors, "error") : "")
      + (unchecked > 0 ? ", \(unchecked) not checked" : "")
    guard self.count > 0 else {
      return "no difference in " + count(checked.count, "notebook") + rest
    }
    let touched = checked.count { $0.count > 0 }
    let place =
      touched == 0
      ? " beside " + count(checked.count, "notebook")
      : checked.count == 1
        ? " in 1 notebook" : " in \(touched) of " + count(checked.count, "notebook")
    return count(self.count, "difference") + place + rest
  }
}
