import ArgumentParser
import Glibc
import NNCheck
import NNRender
import NNSource

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Runs notebooks afresh and compares with what is recorded.",
    discussion: """
      Every cell runs, with the parameters that the recorded run was given, and what it gives is \
      compared with the record beside its page: text by its words and numbers, tables cell by cell, \
      charts by their points, pictures by their pixels, weights element by element. A difference is \
      told with its file and line, the worst element, and the cell it comes from. Nothing is \
      written into the folder of pages, so reports have to stand beside it.

      Numbers are compared exactly: the same bits, though every nan is the same one. A tolerance \
      may stand behind a cell's fence, tolerance=1e-9, in the front matter, or here; the nearest \
      counts. 1e-9 is absolute and relative alike, |now - recorded| <= 1e-9 + 1e-9 |recorded|; \
      'absolute 1e-9, relative 1e-6, ulp 4' says each for itself. Of a tensor of more than 10,000 \
      elements its least, greatest and mean element and those that print shows are compared.

      Of a folder it also checks the list of notebooks, and tells pages and records whose notebooks \
      are gone.

        nnbook check                               all of notebooks/ against output/
        nnbook check letters.md --tolerance 1e-12  one notebook
        nnbook check --junit check.xml             for a CI system
        nnbook check --html check.html             old and new side by side

      Exit codes: 0 no difference, 1 differences, 2 a cell failed, 65 a notebook that can't be \
      read, 66 no such file or data set. Under GitHub Actions every difference becomes an \
      annotation.
      """)

  @Argument(help: ArgumentHelp("Notebooks, or folders with notebooks.", valueName: "path"))
  var paths: [String] = ["notebooks"]

  @OptionGroup var options: PageOptions

  @Option(
    help: ArgumentHelp(
      "How far numbers may be apart where neither cell nor notebook says.", valueName: "tolerance"))
  var tolerance: String?

  @Flag(
    help: "Trust the results in .nnbook of cells whose sources, values and files are the same.")
  var cached = false

  @Option(
    help: ArgumentHelp(
      "Write the findings as JUnit's XML, beside the folder of pages.", valueName: "file"))
  var junit: String?

  @Option(
    help: ArgumentHelp(
      "Write a page with old and new, beside the folder of pages.", valueName: "file")
  )
  var html: String?

  @Flag(help: "Write JSON.")
  var json = false

  func validate() throws {
    if let tolerance, Tolerance(tolerance) == nil {
      throw ValidationError("'--tolerance' is \(Tolerance.forms), not '\(tolerance)'.")
    }
  }

  func run() throws {
    var checks: NotebookChecks
    do {
      checks = NotebookChecks(
        plan: try RenderPlan(paths: paths, output: options.output, skipsMissing: true),
        output: options.output,
        limits: options.limits, tolerance: tolerance.flatMap { Tolerance($0) },
        isCached: cached)
      try refuseReportsAmongPages(checks.plan)
    } catch {
      throw Console.exit(telling: error)
    }
    checks.run()
    var status = checks.status
    do {
      try tell(checks.report)
    } catch {
      status.merge(ExitStatus(Console.exit(telling: error)))
    }
    for line in checks.missing { Console.tell(line) }
    Console.tell(checks.report.summary)
    if let code = status.code { throw code }
  }

  /// A report must not take the place of a page, a record or a notebook, nor lie among them as one
  /// that belongs to no notebook.
  private func refuseReportsAmongPages(_ plan: RenderPlan) throws {
    for path in [junit, html].compactMap(\.self) {
      if Files.isInside(path, options.output) {
        throw Problem.check(.reportInside(path, folder: options.output))
      }
      if plan.jobs.contains(where: { Files.isSame($0.source, path) }) {
        throw Problem.check(.reportOverNotebook(path))
      }
    }
  }

  private func tell(_ report: CheckReport) throws {
    let text = CheckText(report)
    let output = StandardOutput()
    if json {
      output.write(CheckJSON.document(report).text + "\n")
    } else {
      let isColoured = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
      output.write(text.text(isColoured: isColoured))
    }
    output.flush()
    if let failure = output.failure { throw failure }
    if getenv("GITHUB_ACTIONS") != nil { text.annotations.forEach(Console.tell) }
    if let junit { try write(JUnitReport.text(report), to: junit) }
    if let html { try write(CheckPage.render(report), to: html) }
  }

  private func write(_ text: String, to path: String) throws {
    try Files.makeFolder(Files.folder(of: path))
    try Files.write(Array(text.utf8), to: path)
  }
}
