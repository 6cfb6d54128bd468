/// nnbook: the command line. A command parses its arguments, calls what does the work, prints.
/// Results go to standard output, progress and diagnostics to standard error.
import ArgumentParser

@main
struct NNBook: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nnbook",
    abstract: "Renders literate notebooks that teach neural networks.",
    discussion: """
      A notebook is Markdown; its fenced `nn` blocks are run by nnbook itself, and every step's \
      tables, charts, pictures and numbers stand under it in one HTML page.

        nnbook render                        all of notebooks/ into output/
        nnbook render letters.md -o pages    one notebook into pages/letters.html
        nnbook check                         what changed since pages were recorded
        nnbook lint letters.md               its mistakes, without running it
        echo 'print 1 + 1' | nnbook eval -   a program from standard input
        nnbook data list                     the data sets that notebooks can load

      Exit codes: 0 fine, 1 check found differences, 2 a cell failed, 64 wrong usage, 65 a notebook \
      or program that can't be read, 66 no such file, 74 reading or writing failed.
      """,
    version: "0.1.0",
    subcommands: [
      RenderCommand.self, RunCommand.self, CheckCommand.self, AcceptCommand.self, WhyCommand.self,
      ShowCommand.self, GraphCommand.self, LintCommand.self, EvalCommand.self, CacheCommand.self,
      DataCommand.self, HelpCommand.self,
    ])
}
