import NNLanguage
import NNNotebook
import NNRuntime
import NNSource

/// All that can be told of a notebook, or of a program, from its source alone: nothing runs.
package struct LintReport: Sendable {
  package struct Finding: Sendable {
    package let diagnostic: Diagnostic
    /// The cell it belongs to; nil for the notebook's own findings and for inline values.
    package let label: String?
  }

  /// A name a cell reads, and the cells above that may have given it its value.
  package struct Read: Sendable, Hashable {
    package let name: String
    /// The function through which it is read, or nil.
    package let function: String?
    package let writers: [String]
  }

  package struct Cell: Sendable {
    package let label: String
    package let number: Int
    package let range: SourceRange
    package let analysis: CellAnalysis
    package let reads: [Read]
  }

  package let source: SourceFile
  /// In source order.
  package let findings: [Finding]
  package let cells: [Cell]

  package func count(_ severity: Diagnostic.Severity) -> Int {
    findings.count { $0.diagnostic.severity == severity }
  }
}

extension LintReport {
  /// Cells that are meant to fail have no findings of their own, nor have those that do not run.
  package init(_ notebook: Notebook) {
    let parameters = Parameters(notebook.frontMatter.parameters, settings: [])
    let plan = NotebookPlan(notebook, parameters: parameters)
    var findings = notebook.diagnostics.map { Finding(diagnostic: $0, label: nil) }
    for planned in plan.cells where planned.cell.options.isEvaluated {
      let found: [Diagnostic]
      switch planned.program {
      case .failure(let error): found = [error]
      case .success: found = planned.analysis.findings
      }
      findings += found.filter {
        $0.severity == .warning || !planned.cell.options.expectsError
      }.map { Finding(diagnostic: $0, label: planned.cell.label) }
    }
    findings += plan.inlines.flatMap(\.findings).map { Finding(diagnostic: $0, label: nil) }
    self.init(
      source: notebook.source, findings: findings.inSourceOrder,
      cells: Self.cells(plan, parameters: parameters.values.map(\.name)))
  }

  /// A program that is no notebook, as `nnbook eval` takes it.
  package init(program source: SourceFile) {
    var found = source.defects
    var cells: [Cell] = []
    do throws(Diagnostic) {
      let program = try Parser.program(
        SourceSlice(wholeOf: source), vocabulary: Registry.vocabulary)
      for analysis in Analyzer.analyze(
        [.cell(program)], vocabulary: Registry.vocabulary, place: ProgramRunner.place(in: source))
      {
        found += analysis.findings
        let reads = analysis.reads.map { Read(name: $0.name, function: $0.function, writers: []) }
        cells.append(
          Cell(
            label: "program", number: 1, range: SourceRange(0, source.utf8.count),
            analysis: analysis, reads: reads))
      }
    } catch {
      found.append(error)
    }
    self.init(
      source: source,
      findings: found.map { Finding(diagnostic: $0, label: nil) }.inSourceOrder, cells: cells)
  }

  /// A name belongs to the nearest cell above that certainly writes it, and to those below that one
  /// that may have.
  private static func cells(_ plan: NotebookPlan, parameters: [String]) -> [Cell] {
    var writers = Dictionary(uniqueKeysWithValues: Set(parameters).map { ($0, ["params"]) })
    return plan.cells.filter(\.cell.options.isEvaluated).map { planned in
      let reads = planned.analysis.reads.map {
        Read(name: $0.name, function: $0.function, writers: writers[$0.name] ?? [])
      }
      // A cell that is meant to fail writes nothing.
      for write in planned.analysis.writes where !planned.cell.options.expectsError {
        let old = write.isCertain ? [] : writers[write.name] ?? []
        writers[write.name] = old + [planned.cell.label]
      }
      return Cell(
        label: planned.cell.label, number: planned.cell.number, range: planned.cell.range,
        analysis: planned.analysis, reads: reads)
    }
  }
}

extension NotebookPlan.Inline {
  /// What is wrong with it before anything runs.
  var findings: [Diagnostic] {
    switch expression {
    case .failure(let error): return [error]
    case .success(let expression):
      guard !analysis.findings.contains(where: { $0.severity == .error }),
        analysis.changesRandomState
      else { return analysis.findings }
      return analysis.findings + [.error(.run(.inlineDraws), at: expression.range)]
    }
  }
}

extension [LintReport.Finding] {
  /// By place, findings at one place in the order they were made. What several cells fail at in one
  /// function is told once.
  fileprivate var inSourceOrder: [LintReport.Finding] {
    var seen: Set<Diagnostic> = []
    return indices.sorted {
      (self[$0].diagnostic.range.lower, $0) < (self[$1].diagnostic.range.lower, $1)
    }.map { self[$0] }.filter { seen.insert($0.diagnostic).inserted }
  }
}
