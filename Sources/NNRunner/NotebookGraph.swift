import NNLanguage
import NNNotebook
import NNSource

/// Which cells a cell depends on and through what, read off the source: nothing runs.
package struct NotebookGraph: Sendable {
  /// One cell's need for what another one leaves.
  package struct Edge: Sendable, Hashable {
    package enum Through: Sendable, Hashable {
      case name(String)
      case randomStream
      case file(String)

      package var text: String {
        switch self {
        case .name(let name): name
        case .randomStream: "the random stream"
        case .file(let name): "\"\(name)\""
        }
      }
    }

    /// Numbers of cells, from 1; nil for a parameter of the notebook.
    package let from: Int?
    package let to: Int
    package let through: Through
    /// The function that reads the name, where the cell only calls it.
    package let function: String?
  }

  package struct Node: Sendable, Hashable {
    package let label: String
    package let number: Int
    package let range: SourceRange
    /// Data sets and files that no cell saves.
    package let inputs: [String]
  }

  package let nodes: [Node]
  /// By the cell that needs, then by the place in it.
  package let edges: [Edge]

  package init(_ notebook: Notebook) {
    let parameters = Parameters(notebook.frontMatter.parameters, settings: [])
    let plan = NotebookPlan(notebook, parameters: parameters)
    var builder = GraphBuilder(parameters: parameters.values.map(\.name))
    for planned in plan.cells { builder.add(planned) }
    nodes = builder.nodes
    edges = builder.edges
  }

  /// The cells that cell `number` needs, and those that they need in turn.
  package func dependencies(of number: Int) -> Set<Int> {
    reached(from: number) { edge in (edge.to, edge.from ?? 0) }
  }

  /// The cells that need cell `number`, and those that need them in turn.
  package func dependents(of number: Int) -> Set<Int> {
    reached(from: number) { edge in (edge.from ?? 0, edge.to) }
  }

  private func reached(
    from number: Int, _ step: (Edge) -> (near: Int, far: Int)
  ) -> Set<Int> {
    // Number 0 stands for the parameters.
    var neighbours = [[Int]](repeating: [], count: nodes.count + 1)
    for edge in edges {
      let (near, far) = step(edge)
      neighbours[near].append(far)
    }
    var reached: Set<Int> = [0, number]
    var open = [number]
    while let cell = open.popLast() {
      for far in neighbours[cell] where reached.insert(far).inserted { open.append(far) }
    }
    reached.subtract([0, number])
    return reached
  }
}

/// Goes through the cells in order and keeps who may have left what.
private struct GraphBuilder {
  var nodes: [NotebookGraph.Node] = []
  var edges: [NotebookGraph.Edge] = []
  /// The cells that may have given a name its value; nil stands for the parameters.
  private var writers: [String: [Int?]]
  private var savers: [String: [Int]] = [:]
  /// The last cell that may have left the random stream elsewhere.
  private var drawer: Int?

  init(parameters: [String]) {
    writers = Dictionary(parameters.map { ($0, [nil]) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func add(_ planned: NotebookPlan.Cell) {
    let (cell, analysis) = (planned.cell, planned.analysis)
    let read = analysis.files.filter { !$0.isWritten }
    var inputs: [String] = []
    for name in read.map(\.name) where savers[name] == nil && !inputs.contains(name) {
      inputs.append(name)
    }
    nodes.append(
      NotebookGraph.Node(
        label: cell.label, number: cell.number, range: cell.range, inputs: inputs))
    guard cell.options.isEvaluated else { return }
    for name in analysis.reads {
      for writer in writers[name.name] ?? [] {
        add(writer, cell.number, .name(name.name), name.function)
      }
    }
    for file in Set(read.filter { !$0.isWord }.map(\.name)).sorted() {
      for saver in savers[file] ?? [] { add(saver, cell.number, .file(file), nil) }
    }
    if analysis.dependsOnRandomState {
      if let drawer { add(drawer, cell.number, .randomStream, nil) }
    }
    // A cell that is meant to fail leaves nothing.
    guard !cell.options.expectsError else { return }
    for write in analysis.writes {
      let old = write.isCertain ? [] : writers[write.name] ?? []
      writers[write.name] = old + [cell.number]
    }
    for file in Set(analysis.files.filter(\.isWritten).map(\.name)) {
      savers[file, default: []].append(cell.number)
    }
    if analysis.changesRandomState {
      drawer = cell.number
    }
  }

  private mutating func add(
    _ from: Int?, _ to: Int, _ through: NotebookGraph.Edge.Through, _ function: String?
  ) {
    edges.append(NotebookGraph.Edge(from: from, to: to, through: through, function: function))
  }
}
