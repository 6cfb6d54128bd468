import NNNotebook
import NNOutput
import NNRunner
import NNRuntime
import NNSource

/// A notebook that has been run.
struct Run {
  let document: OutputDocument
  /// The texts of the names that were asked for after the run.
  private(set) var names: [String: String] = [:]

  init(_ text: String, settings: [String] = []) {
    let notebook = Notebook.read(SourceFile(name: "row.md", text: text))
    var values: [String: String] = [:]
    let runner = NotebookRunner(settings: settings.compactMap { ParameterSetting($0) })
    document = runner.run(notebook) { interpreter in
      for name in ["a", "b", "xs"] { values[name] = interpreter.value(of: name)?.text }
    }
    names = values
  }

  var states: [CellRecord.State] { document.cells.map(\.state) }

  /// The first line of every finding.
  var diagnostics: [String] {
    document.allDiagnostics.map { diagnostic in
      String(diagnostic.text(in: document.source).prefix { $0 != "\n" })
    }
  }

  /// What a cell printed.
  func text(_ cell: Int) -> String {
    document.cells[cell].outputs.map { output in
      if case .text(let printed) = output { printed.text } else { "" }
    }.joined()
  }
}
