import ArgumentParser
import Glibc
import NNNotebook
import NNRender
import NNRunner
import NNSource

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Tells everything that is wrong with notebooks without running them.",
    discussion: """
      Errors of syntax, unknown names and options, wrong numbers of arguments, shapes that can't \
      fit, links and HTML that will not be on the page: of all cells at once. A file that ends in \
      .nn, or '-' for standard input, is read as a program.

        nnbook lint                          all of notebooks/
        nnbook lint letters.md --cells       what each cell reads, writes and draws
        nnbook lint --json | jq .problems    for other programs

      Exit codes: 0 when there is no error (with --strict: nothing at all), 65 when there is, \
      66 no such file. Under GitHub Actions every problem becomes an annotation.
      """)

  @Argument(
    help: ArgumentHelp(
      "Notebooks, folders with notebooks, programs (.nn), or '-'.", valueName: "path"))
  var paths: [String] = ["notebooks"]

  @Flag(help: "Let warnings count as errors.")
  var strict = false

  @Flag(help: "Tell what each cell reads, writes, defines and draws.")
  var cells = false

  @Flag(help: "Write JSON.")
  var json = false

  func run() throws {
    let reports: [LintReport]
    do {
      reports = try LintInput.all(paths).map { try $0.report() }
    } catch {
      throw Console.exit(telling: error)
    }
    let output = StandardOutput()
    if json {
      output.write(LintJSON.document(reports).text + "\n")
    } else {
      for report in reports {
        for finding in report.findings {
          output.write(finding.diagnostic.text(in: report.source) + "\n")
        }
        if cells { output.write(LintCells.text(report)) }
      }
    }
    output.flush()
    if let failure = output.failure { throw Console.exit(telling: failure) }
    if !json, getenv("GITHUB_ACTIONS") != nil {
      for report in reports { Console.tell(annotationsOf: report) }
    }
    Console.tell(LintSummary(reports).text)
    let errors = reports.reduce(0) { $0 + (strict ? $1.findings.count : $1.count(.error)) }
    if errors > 0 { throw ExitCode(65) }
  }
}

/// A notebook or a program to be looked at.
private struct LintInput {
  let path: String

  /// Each file once, in the order it is first named.
  static func all(_ paths: [String]) throws -> [LintInput] {
    var found: [String] = []
    for path in paths {
      if path != "-", Files.isFolder(path) {
        let notebooks = try Files.notebooks(in: path)
        guard !notebooks.isEmpty else { throw Problem.file(.noNotebooks(path)) }
        found += notebooks
      } else {
        guard path == "-" || Files.exists(path) else { throw Problem.file(.notFound(path)) }
        found.append(path)
      }
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }.map(LintInput.init)
  }

  func report() throws -> LintReport {
    if path == "-" {
      return LintReport(
        program: SourceFile(name: "<stdin>", bytes: try Files.readStandardInput()))
    }
    let source = SourceFile(name: path, bytes: try Files.read(path))
    return path.hasSuffix(".nn")
      ? LintReport(program: source) : LintReport(Notebook.read(source))
  }
}

/// `3 problems in 1 of 4 notebooks (2 errors, 1 warning)`
private struct LintSummary {
  let text: String

  init(_ reports: [LintReport]) {
    let isOnlyPrograms = reports.allSatisfy { !$0.source.name.hasSuffix(".md") }
    let noun = isOnlyPrograms ? "program" : "notebook"
    let all = reports.count
    let errors = reports.reduce(0) { $0 + $1.count(.error) }
    let warnings = reports.reduce(0) { $0 + $1.count(.warning) }
    guard errors + warnings > 0 else {
      text = "no problems in \(all) \(noun)\(all == 1 ? "" : "s")"
      return
    }
    func count(_ number: Int, _ noun: String) -> String {
      "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    let touched = reports.count { !$0.findings.isEmpty }
    let place = all == 1 ? "1 \(noun)" : "\(touched) of \(all) \(noun)s"
    text =
      "\(count(errors + warnings, "problem")) in \(place) "
      + "(\(count(errors, "error")), \(count(warnings, "warning")))"
  }
}

/// What the analysis found of each cell, for a person.
private enum LintCells {
  static func text(_ report: LintReport) -> String {
    report.cells.map { cell in
      let line = report.source.position(of: cell.range.lower).line
      let facts = lines(of: cell).map { name, value in
        "  " + name + String(repeating: " ", count: 10 - name.count) + value + "\n"
      }
      return "\(report.source.name):\(line): \(cell.label)\n" + facts.joined()
    }.joined()
  }

  private static func lines(of cell: LintReport.Cell) -> [(String, String)] {
    let analysis = cell.analysis
    let reads = cell.reads.map { read in
      read.name + (read.function.map { " through \($0)" } ?? "")
        + (read.writers.isEmpty ? "" : " (\(read.writers.joined(separator: ", ")))")
    }
    let writes = analysis.writes.map { $0.name + ($0.isCertain ? "" : " (perhaps)") }
    let files = analysis.files.map { file in
      (file.isWord ? file.name : "\"\(file.name)\"") + (file.isWritten ? " (written)" : "")
    }
    let random =
      switch (analysis.needsRandomState, analysis.changesRandomState) {
      case (true, _): ["draws"]
      case (false, true): ["seeds its own"]
      case (false, false): [String]()
      }
    return [
      ("reads", reads), ("writes", writes), ("functions", analysis.functions.map(\.name)),
      ("random", random), ("files", files),
    ].filter { !$0.1.isEmpty }.map { ($0.0, $0.1.joined(separator: ", ")) }
  }
}

/// The same for programs.
private enum LintJSON {
  static func document(_ reports: [LintReport]) -> JSONText {
    .object([
      (
        "problems",
        .array(reports.flatMap { report in report.findings.map { problem($0, report.source) } })
      ),
      (
        "cells",
        .array(reports.flatMap { report in report.cells.map { cell($0, report.source) } })
      ),
    ])
  }

  private static func problem(_ finding: LintReport.Finding, _ source: SourceFile) -> JSONText {
    let diagnostic = finding.diagnostic
    let start = source.position(of: diagnostic.range.lower)
    let end = source.position(of: diagnostic.range.upper)
    let wording = diagnostic.problem.wording
    return .object([
      ("file", .string(source.name)), ("line", .number(start.line)),
      ("column", .number(start.column)), ("endLine", .number(end.line)),
      ("endColumn", .number(end.column)), ("severity", .string(diagnostic.severity.rawValue)),
      ("id", .string(diagnostic.problem.identity)), ("message", .string(wording.message)),
      ("hint", .optional(wording.hint)), ("cell", .optional(finding.label)),
    ])
  }

  private static func cell(_ cell: LintReport.Cell, _ source: SourceFile) -> JSONText {
    let analysis = cell.analysis
    return .object([
      ("file", .string(source.name)), ("cell", .string(cell.label)),
      ("number", .number(cell.number)),
      ("line", .number(source.position(of: cell.range.lower).line)),
      (
        "reads",
        .array(
          cell.reads.map { read in
            .object([
              ("name", .string(read.name)), ("through", .optional(read.function)),
              ("from", .strings(read.writers)),
            ])
          })
      ),
      (
        "writes",
        .array(
          analysis.writes.map {
            .object([("name", .string($0.name)), ("certain", .bool($0.isCertain))])
          })
      ),
      ("functions", .strings(analysis.functions.map(\.name))),
      ("needsRandom", .bool(analysis.needsRandomState)),
      ("changesRandom", .bool(analysis.changesRandomState)),
      (
        "files",
        .array(
          analysis.files.map {
            .object([
              ("name", .string($0.name)), ("dataSet", .bool($0.isWord)),
              ("written", .bool($0.isWritten)),
            ])
          })
      ),
    ])
  }
}

extension Console {
  /// GitHub's form of a finding, which puts it beside the line in a pull request.
  fileprivate static func tell(annotationsOf report: LintReport) {
    for finding in report.findings {
      let diagnostic = finding.diagnostic
      let start = report.source.position(of: diagnostic.range.lower)
      let end = report.source.position(of: diagnostic.range.upper)
      let wording = diagnostic.problem.wording
      let message = wording.message + (wording.hint.map { "\nhint: " + $0 } ?? "")
      // Columns only count for it within one line.
      let columns =
        start.line == end.line ? ",col=\(start.column),endColumn=\(end.column)" : ""
      tell(
        "::\(diagnostic.severity.rawValue) file=\(GitHubText.property(report.source.name)),"
          + "line=\(start.line)\(columns)::\(GitHubText.message(message))")
    }
  }
}
