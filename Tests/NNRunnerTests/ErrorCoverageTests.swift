import Foundation
import NNSource
import Testing

/// Every problem that a program can run into has a row in the catalogue. Those of the syntax have
/// theirs in NNLanguageTests.
@Suite struct ErrorCoverageTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/NNSource/Problems")

  private static let elsewhere = [
    "CheckProblem", "CommandProblem", "FileProblem", "ForeignSyntax", "LexicalProblem",
    "RecordProblem", "SyntaxProblem",
  ]

  /// What no row can show, and why.
  private static let excused: [String: String] = [
    "LimitProblem.cancelled": "a person stops the program",
    "LimitProblem.memory": "the whole process runs out of memory",
    "LimitProblem.names": "thousands of names; CompilerTests",
    "TensorProblem.outOfMemory": "the machine has no memory left",
    "NotebookProblem.documentTooLarge": "a page of many megabytes; NNMarkdownTests",
    "NotebookProblem.nestingTooDeep": "hostile Markdown; NNMarkdownTests",
    "NotebookProblem.tableTooWide": "hostile Markdown; NNMarkdownTests",
    "NotebookProblem.tooManyTableCells": "hostile Markdown; NNMarkdownTests",
    "NotebookProblem.tooManyImages": "hostile Markdown; NNMarkdownTests",
    "NotebookProblem.markdownTooCostly": "hostile Markdown; NNMarkdownTests",
    "NotebookProblem.frontMatterTooLarge": "a front matter of many kilobytes; NNNotebookTests",
    "NotebookProblem.pictureKind": "the command reads pictures; EndToEndTests",
    "NotebookProblem.pictureTooLarge": "a file of more than a megabyte; NNDataTests",
    "NotebookProblem.picturesTooLarge": "files of several megabytes; EndToEndTests",
    "FormulaProblem.tooLong": "a formula of many kilobytes; NNMarkdownTests",
    "RunProblem.parameterSetting": "the command line's -P; EndToEndTests",
    "RunProblem.unknownParameter": "the command line's -P; EndToEndTests",
    "RunProblem.unknownCell": "the command line's cell; EndToEndTests",
    "RunProblem.unknownValue": "the command line's name; EndToEndTests",
    "RunProblem.notArray": "the command line's --npy; EndToEndTests",
    "RunProblem.inlineDraws": "the parser's finding comes first for what is known to draw",
    "NetworkProblem.inputSize": "the command checks sizes first; NNNetworkTests",
    "NetworkProblem.layerSize": "the command checks sizes first; NNNetworkTests",
    "NetworkProblem.noDerivative": "the field does not exist in nn; NNNetworkTests",
    "RandomProblem.negativeCount": "an index of choice is checked first; NNTensorTests",
    "TensorProblem.noBins": "histogram checks its bins first; NNTensorTests",
    "TensorProblem.indexType": "the interpreter checks indices first; NNTensorTests",
    "TensorProblem.notANumber": "callers check for numbers first; NNTensorTests",
    "TensorProblem.numberInProduct": "the interpreter names the operator first; NNTensorTests",
    "ChartProblem.recordFields": "every record's fields have one length today",
    "NetworkProblem.classTooLarge": "only past two thousand million classes",
    "NotebookProblem.strayInline": "hostile Markdown; NNMarkdownTests",
    "ValueProblem.identityOfValues": "the parser's message comes first",
    "ValueProblem.cannotUpdateTuple": "the parser's message comes first",
    "ValueProblem.unexpected": "a fault of nnbook itself",
    "DataProblem.nothingAllowed": "the rows may read files; NNDataTests",
    "DataProblem.notFile": "a pipe in place of a file; NNDataTests",
    "DataProblem.unreadable": "a file that the system does not let read",
    "DataProblem.tooLarge": "a file of many gigabytes; NNDataTests",
    "DataProblem.noLabel": "a damaged table; NNDataTests",
    "DataProblem.unclosedQuote": "a damaged table; NNDataTests",
    "DataProblem.afterQuote": "a damaged table; NNDataTests",
    "DataProblem.rowLength": "a damaged table; NNDataTests",
    "DataProblem.noRows": "a damaged table; NNDataTests",
    "DataProblem.columnTwice": "a damaged table; NNDataTests",
    "DataProblem.noFeatures": "a damaged table; NNDataTests",
    "DataProblem.mixedFolder": "a folder of a form of its own; NNDataTests",
    "DataProblem.tooManyFiles": "a folder of very many files",
    "DataProblem.unknownSet": "the command nnbook data; EndToEndTests",
    "DataProblem.notFetched": "the command nnbook data; EndToEndTests",
    "DataProblem.fetchFailed": "the command nnbook data; EndToEndTests",
    "DataProblem.checksum": "the command nnbook data; EndToEndTests",
    "DataProblem.setSizes": "a damaged data set; NNDataTests",
    "DataProblem.savingRefused": "the rows may save files; NNDataTests",
    "NameProblem.unknownTopic": "the command nnbook help nn; EndToEndTests",
    "NameProblem.fileNotLiteral": "load and save",
    "NameProblem.notBuilt": "what this version lacks",
  ]

  /// `TensorProblem.matmul`, for each case of each enum, read off the sources.
  private static func declared() throws -> [String] {
    var cases: [String] = []
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    for file in files where file.hasSuffix(".swift") {
      var name: String?
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for line in text.split(separator: "\n") {
        if line.hasPrefix("package enum ") {
          name = String(line.dropFirst(13).prefix { $0 != ":" })
        } else if line == "}" {
          name = nil
        } else if let name, !elsewhere.contains(name), line.hasPrefix("  case ") {
          let parts = line.dropFirst(7).prefix { $0 != "(" && $0 != "=" }
          for part in parts.split(separator: ",") {
            cases.append("\(name).\(part.trimmingCharacters(in: .whitespaces))")
          }
        }
      }
    }
    return cases
  }

  @Test func everyProblemHasARow() throws {
    var texts: [String] = []
    for row in ErrorTableTests.tables.flatMap(\.rows) {
      texts += ErrorTableTests.diagnostics(of: row).found.map { String(describing: $0.problem) }
    }
    let uncovered = try Self.declared().filter { name in
      Self.excused[name] == nil
        && !texts.contains { $0.contains("\(name)(") || $0.contains("\(name))") }
    }
    #expect(uncovered.isEmpty, "\(uncovered.joined(separator: "\n"))")
    let declared = Set(try Self.declared())
    #expect(Self.excused.keys.allSatisfy(declared.contains))
  }
}
