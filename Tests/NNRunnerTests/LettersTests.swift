import Foundation
import NNNotebook
import NNOutput
import NNRender
import NNRunner
import NNRuntime
import NNSource
import NNTensor
import Testing

/// The letters notebook against NumPy's run of the same program, and against its committed page.
@Suite struct LettersTests {
  /// What NumPy computed with seed 7.
  struct Oracle: Decodable {
    let initialWeights: [[Double]]
    let accuracies: [Double]
    let hidden: [[Double]]
    let outer: [[Double]]
    let outputs: [[Double]]

    enum CodingKeys: String, CodingKey {
      case initialWeights = "init_w1"
      case accuracies = "acc"
      case hidden = "w1"
      case outer = "w2"
      case outputs = "out"
    }
  }

  static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let oracle: URL? = {
    let named = ProcessInfo.processInfo.environment["NNBOOK_ACCEPTANCE"].map { URL(filePath: $0) }
    let folder = named ?? repository.appending(path: "../shared/acceptance")
    let file = folder.appending(path: "oracles/letters-seed7.json")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }()

  @Test(.enabled(if: oracle != nil, "the acceptance samples are not here; NNBOOK_ACCEPTANCE"))
  func notebookComputesWhatNumPyComputes() throws {
    let oracle = try JSONDecoder().decode(
      Oracle.self, from: Data(contentsOf: try #require(Self.oracle)))
    var values: [String: [Double]] = [:]
    // The answers to A, B and C are printed by the notebook; here they are needed to the last bit.
    let answers = """


      ```nn
      answer_rows = stack([forward(v, w1, w2) for v in x])
      ```

      """
    let names = ["first_w1", "acc", "w1", "w2", "answer_rows"]
    let document = NotebookRunner().run(try Self.notebook(adding: answers)) { interpreter in
      for name in names {
        values[name] = interpreter.value(of: name).map(Self.numbers)
      }
    }
    #expect(document.allDiagnostics.isEmpty)
    #expect(values["first_w1"] == oracle.initialWeights.flatMap(\.self))
    expectClose(values["acc"], oracle.accuracies, "accuracies")
    expectClose(values["w1"], oracle.hidden.flatMap(\.self), "w1")
    expectClose(values["w2"], oracle.outer.flatMap(\.self), "w2")
    expectClose(values["answer_rows"], oracle.outputs.flatMap(\.self), "outputs")
  }

  /// The page tells nothing of where the notebook lay when it was rendered.
  @Test(arguments: ["notebooks/letters.md", "/elsewhere/letters.md"])
  func committedPageIsWhatTheNotebookGives(_ name: String) throws {
    let document = NotebookRunner().run(try Self.notebook(name: name))
    #expect(!document.hasFailure)
    #expect(document.cells.allSatisfy { $0.state == .done })
    let committed = try String(
      contentsOf: Self.repository.appending(path: "output/letters.html"), encoding: .utf8)
    // A plain comparison: a difference of two pages is nothing to print.
    let isSame = HTMLPage.render(document) == committed
    #expect(isSame, "output/letters.html is out of date: make notebooks")
  }

  private static func notebook(
    name: String = "notebooks/letters.md", adding text: String = ""
  ) throws -> Notebook {
    let file = repository.appending(path: "notebooks/letters.md")
    let written = try String(contentsOf: file, encoding: .utf8)
    return Notebook.read(SourceFile(name: name, text: written + text))
  }

  private static func numbers(of value: Value) -> [Double] {
    switch value {
    case .int(let number): [Double(number)]
    case .float(let number): [number]
    case .scalar(let scalar): [scalar.double]
    case .tensor(let tensor): tensor.doubles
    case .list(let items): items.flatMap(numbers)
    default: []
    }
  }

  private func expectClose(_ found: [Double]?, _ wanted: [Double], _ name: Comment) {
    guard let found, found.count == wanted.count else {
      Issue.record("\(name): \(found?.count ?? 0) numbers, not \(wanted.count)")
      return
    }
    let worst = zip(found, wanted).map { abs($0 - $1) / max(abs($1), .leastNormalMagnitude) }.max()
    #expect((worst ?? 0) <= 1e-9, name)
  }
}
