import NNLanguage
import NNNotebook
import NNOutput
import NNRuntime
import NNSource
import NNTensor

/// Follows the values of a run by their hashes, so that each is hashed once, however many cells
/// read it.
struct CellTracer {
  private let interpreter: Interpreter
  private let programs: [ProgramText]
  /// Of names whose values depend on nothing but themselves.
  private var known: [String: ContentHash] = [:]

  init(_ interpreter: Interpreter, programs: [ProgramText]) {
    self.interpreter = interpreter
    self.programs = programs
  }

  /// What a cell is about to come from.
  mutating func before(_ analysis: CellAnalysis, _ cell: NNNotebook.Cell) -> CellTrace {
    var trace = CellTrace(program: programs[cell.number - 1].hash)
    trace.reads = items(analysis.reads.map(\.name))
    if analysis.needsRandomState { trace.randomBefore = ContentHash(of: interpreter.random) }
    return trace
  }

  /// What it has left.
  mutating func complete(_ trace: inout CellTrace, _ analysis: CellAnalysis) {
    for write in analysis.writes { forget(write.name) }
    trace.writes = items(analysis.writes.map(\.name))
    let files = Set(analysis.files.filter { !$0.isWritten }.map(\.name))
    trace.files = files.sorted().compactMap { name in
      interpreter.files.readHashes[name].map { CellTrace.Item(name: name, hash: $0) }
    }
    if analysis.changesRandomState { trace.randomAfter = ContentHash(of: interpreter.random) }
  }

  mutating func forget(_ name: String) { known[name] = nil }

  private mutating func items(_ names: [String]) -> [CellTrace.Item] {
    Set(names).sorted().compactMap { name in
      hash(of: name).map { CellTrace.Item(name: name, hash: $0) }
    }
  }

  private mutating func hash(of name: String) -> ContentHash? {
    if let hash = known[name] { return hash }
    guard let value = interpreter.value(of: name) else { return nil }
    let (hash, dependsOnNames) = ValueHasher.hash(value, in: interpreter) { [programs] range in
      programs.lazy.compactMap { $0.hash(of: range) }.first
    }
    if !dependsOnNames { known[name] = hash }
    return hash
  }
}
