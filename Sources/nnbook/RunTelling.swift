import NNOutput
import NNSource

/// What standard error tells of a run. A page shows at each cell why it did not run; here the cells
/// that only waited for another one would bury the line that matters, so they are counted.
struct RunTelling {
  let document: OutputDocument
  let source: SourceFile

  var lines: [String] { findings { _ in true } + (waiting.map { [$0] } ?? []) }

  /// Without the warnings.
  var errorLines: [String] {
    findings { $0.severity == .error } + (waiting.map { [$0] } ?? [])
  }

  /// Those of the findings that are no consequence of others.
  func findings(where isTold: (Diagnostic) -> Bool) -> [String] {
    document.allDiagnostics.filter { $0.waitsFor == nil && isTold($0) }.map { $0.text(in: source) }
  }

  /// `a.md: 12 cells did not run: they need what the cell 'load' could not make`
  private var waiting: String? {
    /// The failed cells that cells which did not run wait for in the end, by the labels of the latter.
    var roots: [String: String] = [:]
    var named: [String] = []
    func wait(for label: String) -> String {
      let root = roots[label] ?? label
      if !named.contains(root) { named.append(root) }
      return root
    }
    var cells = 0
    for cell in document.cells where cell.state == .skipped {
      cells += 1
      for case .diagnostic(let diagnostic) in cell.outputs {
        if let label = diagnostic.waitsFor { roots[cell.label] = wait(for: label) }
      }
    }
    var values = 0
    for inline in document.inlines {
      guard let label = inline.diagnostic?.waitsFor else { continue }
      values += 1
      _ = wait(for: label)
    }
    guard cells + values > 0 else { return nil }
    let counts = [(cells, "cell"), (values, "inline value")].filter { $0.0 > 0 }
    let told = Words.list(counts.map { Words.count($0.0, $0.1) })
    let needs = cells + values == 1 ? "it needs" : "they need"
    let causes = (named.count == 1 ? "the cell " : "the cells ") + Self.list(named)
    return "\(source.name): \(told) did not run: \(needs) what \(causes) could not make"
  }

  private static func list(_ labels: [String]) -> String {
    let shown = labels.prefix(5).map { "'\($0)'" }
    return Words.list(shown + (labels.count > 5 ? ["\(labels.count - 5) more"] : []))
  }
}

extension Diagnostic {
  /// The label of the cell that failed or did not run itself, where that alone is what is wrong.
  fileprivate var waitsFor: String? {
    guard case .run(let problem) = problem else { return nil }
    switch problem {
    case .needsFailedCell(_, let label), .needsUnsavedFile(_, let label),
      .needsRandomStream(let label):
      return label
    default: return nil
    }
  }
}
