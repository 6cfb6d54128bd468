import ArgumentParser
import NNNotebook
import NNRunner
import NNSource

struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Tells what a cell depends on, and whether it would run now.",
    discussion: """
      Which cells it needs and through which names; and, if it would run, what is no longer as it \
      was in the run that the page shows. Nothing runs.

        nnbook why letters.md train
      """)

  @Argument(help: "The notebook.")
  var notebook: String

  @Argument(help: "The cell's label or number.")
  var cell: String

  @Flag(help: "Write JSON.")
  var json = false

  @OptionGroup var options: RunOptions

  func run() throws {
    do {
      let answer = try answer()
      let output = StandardOutput()
      output.write(json ? answer.json.text + "\n" : answer.text)
      output.flush()
      if let failure = output.failure { throw failure }
    } catch let code as ExitCode {
      throw code
    } catch {
      throw Console.exit(telling: error)
    }
  }

  private func answer() throws -> Answer {
    var job = try NotebookJob(path: notebook, options)
    try job.checkSettings()
    let cell = try job.cell(cell)
    job.runner.cache = CacheFolder(NotebookJob.cacheFolder)
    job.runner.record = job.record
    let run = job.execute(RunPolicy(standard: .never), through: cell.number)
    return Answer(
      cell: cell.label, graph: NotebookGraph(job.notebook), number: cell.number,
      event: run.events.last,
      error: run.document.error(ofCell: cell.number)?.problem.wording.message)
  }

  private struct Answer {
    let cell: String
    let graph: NotebookGraph
    let number: Int
    let event: CellEvent?
    /// Why it can't run.
    let error: String?

    private var needs: [NotebookGraph.Edge] { graph.edges.filter { $0.to == number } }
    private var inputs: [String] { graph.nodes[number - 1].inputs }

    private func label(_ edge: NotebookGraph.Edge) -> String {
      edge.from.map { graph.nodes[$0 - 1].label } ?? "the notebook's params"
    }

    private var verdict: String {
      switch event?.kind {
      case .cached: "would not run: its result is in the cache"
      case .stale, .stillFailed: "would run"
      case .recorded: "is as the record says, but its result is not in the cache: it would run"
      case .failed: "can't run as it is written" + (error.map { ": " + $0 } ?? "")
      case .failedAsMeant:
        "does not run: it is meant to fail, and does as it is written"
          + (error.map { ": " + $0 } ?? "")
      case .skipped: "can't run" + (error.map { ": " + $0 } ?? "")
      case .notEvaluated: "never runs: eval=false"
      case .ran, nil: "would run"
      }
    }

    private var changes: [KeyChange] { event?.changes ?? [] }

    var text: String {
      var text = "\(cell) \(verdict)\n"
      for change in changes.texts { text += "  \(change)\n" }
      text += needs.isEmpty && inputs.isEmpty ? "it needs nothing from above\n" : "it needs\n"
      for edge in needs {
        text += "  \(edge.through.text) from \(label(edge))"
        text += edge.function.map { ", read by \($0)()\n" } ?? "\n"
      }
      for input in inputs { text += "  the data of \(input)\n" }
      let all = graph.dependencies(of: number).sorted().map { graph.nodes[$0 - 1].label }
      if !all.isEmpty { text += "in all it rests on \(all.joined(separator: ", "))\n" }
      return text
    }

    var json: JSONText {
      .object([
        ("cell", .string(cell)),
        (
          "would_run",
          .bool(event.map { [.stale, .recorded, .stillFailed].contains($0.kind) } ?? false)
        ),
        ("state", .optional(event?.kind.rawValue)), ("changes", .strings(changes.texts)),
        (
          "needs",
          .array(
            needs.map { edge in
              .object([
                ("through", .string(edge.through.text)),
                ("from", .optional(edge.from.map { graph.nodes[$0 - 1].label })),
                ("function", .optional(edge.function)),
              ])
            })
        ), ("inputs", .strings(inputs)),
      ])
    }
  }
}
