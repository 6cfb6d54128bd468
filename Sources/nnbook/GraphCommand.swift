import ArgumentParser
import NNNotebook
import NNRender
import NNRunner
import NNSource

struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draws which cells of a notebook depend on which.",
    discussion: """
      An SVG picture: the cells from top to bottom, and an arc from each to those that need what \
      it leaves, with the names. --format dot writes the same for Graphviz.

        nnbook graph letters.md > letters.svg
        nnbook graph letters.md --format dot | dot -Tpdf > letters.pdf
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case svg, dot, json }

  @Argument(help: "The notebook.")
  var notebook: String

  @Option(help: "svg, dot or json.")
  var format = Format.svg

  func run() throws {
    do {
      guard !Files.isFolder(notebook) else { throw Problem.file(.isFolder(notebook)) }
      let source = SourceFile(name: notebook, bytes: try Files.read(notebook))
      let read = Notebook.read(source)
      try NotebookJob.check(read)
      let drawing = DependencyDrawing(NotebookGraph(read), title: read.title)
      let output = StandardOutput()
      switch format {
      case .svg: output.write(drawing.svg)
      case .dot: output.write(drawing.dot)
      case .json: output.write(drawing.json.text + "\n")
      }
      output.flush()
      if let failure = output.failure { throw failure }
    } catch let code as ExitCode {
      throw code
    } catch {
      throw Console.exit(telling: error)
    }
  }
}

extension DependencyDrawing {
  /// Edges between the same two cells are one, with all their names.
  fileprivate init(_ graph: NotebookGraph, title: String) {
    var edges: [Edge] = []
    var places: [[Int]: Int] = [:]
    for edge in graph.edges {
      guard let from = edge.from else { continue }
      if let place = places[[from, edge.to]] {
        if !edges[place].names.contains(edge.through.text) {
          edges[place].names.append(edge.through.text)
        }
      } else {
        places[[from, edge.to]] = edges.count
        edges.append(Edge(from: from - 1, to: edge.to - 1, names: [edge.through.text]))
      }
    }
    self.init(
      title: title,
      nodes: graph.nodes.map { Node(label: $0.label, inputs: $0.inputs) }, edges: edges)
  }
}
