import ArgumentParser
import Glibc
import NNReference
import NNRender
import NNRunner
import NNSource

/// `nnbook help`, `nnbook help render`, and the language's reference: `nnbook help nn train`.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help",
    abstract: "Shows help: on a command of nnbook, or on the nn language.",
    discussion: """
        nnbook help render      a command's arguments
        nnbook help nn          all that the nn language has
        nnbook help nn train    one function, verb, layer, statement or field, with an example

      '--json' writes the language's reference for a program to read, '--notebook' the notebook \
      that becomes its page.
      """)

  @Argument(help: ArgumentHelp("A command of nnbook, or 'nn' and a name.", valueName: "topic"))
  var topics: [String] = []

  @Flag(help: "The language's reference as JSON.")
  var json = false

  @Flag(help: "The language's reference as a notebook.")
  var notebook = false

  func validate() throws {
    guard json || notebook else { return }
    guard topics.first == "nn" else {
      throw ValidationError("'--json' and '--notebook' go with the nn language: nnbook help nn.")
    }
    guard !notebook || !json && topics.count == 1 else {
      throw ValidationError("'--notebook' stands alone: nnbook help nn --notebook.")
    }
  }

  func run() throws {
    guard topics.first == "nn" else { return try commandHelp() }
    let output = StandardOutput()
    if topics.count > 1 {
      for name in topics.dropFirst() { try show(name, on: output) }
    } else if notebook {
      output.write(ReferenceNotebook.text())
    } else {
      output.write(json ? ReferenceJSON.text() : ReferenceText.contents(isStyled: Self.isStyled))
    }
    output.flush()
    if let failure = output.failure { throw Console.exit(telling: failure) }
  }

  private static let isStyled = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil

  private func commandHelp() throws {
    var command: any ParsableCommand.Type = NNBook.self
    for name in topics {
      let known = command.configuration.subcommands
      guard let next = known.first(where: { $0._commandName == name }) else {
        throw ValidationError("There is no command '\(name)' to help with.")
      }
      command = next
    }
    print(command == NNBook.self ? NNBook.helpMessage() : NNBook.helpMessage(for: command))
  }

  private func show(_ name: String, on output: StandardOutput) throws {
    let finding: Reference.Finding
    do {
      finding = try Reference.find(name)
    } catch {
      output.flush()
      let wording = error.wording
      Console.tell("nnbook: " + wording.message)
      if let hint = wording.hint { Console.tell("hint: " + hint) }
      throw ExitCode(64)
    }
    switch finding {
    case .entries(let entries):
      if json { return output.write(ReferenceJSON.text(entries)) }
      for (index, entry) in entries.enumerated() {
        if index > 0 { output.write("\n") }
        output.write(
          ReferenceText.page(entry, output: shown(by: entry), isStyled: Self.isStyled))
      }
    case .mentions(let mentions): output.write(ReferenceText.mentions(name, mentions))
    }
  }

  /// What the example gives when it runs, now.
  private func shown(by entry: ReferenceEntry) -> String {
    let source = SourceFile(name: entry.name, text: entry.example)
    let renderer = TextRenderer(source: source)
    var text = ""
    let runner = ProgramRunner(files: .ofExamples) { text += renderer.text($0) }
    let (_, problems) = runner.run(source)
    return text + problems.map { $0.text(in: source) + "\n" }.joined()
  }
}
