import NNOutput
import NNSource

/// In what a cell's key differs from that of the run that the record tells of.
package enum KeyChange: Sendable, Hashable {
  case neverRun
  case program
  /// A name has another value, or one where it had none, or none any more.
  case value(name: String)
  /// A name's value is not known, since a cell above has not run as it stands now.
  case unknown(name: String)
  case random
  case file(name: String)
  /// The random stream comes from a cell that has not run as it stands now.
  case unknownRandom
  /// A file is saved by a cell above that has not run as it stands now.
  case unknownFile(name: String, cell: String)
  /// All is the same; the result is not in the cache.
  case notKept
  /// All is the same, and it failed.
  case failed
}

extension [KeyChange] {
  /// A sentence for each kind of change, with all its names.
  package var texts: [String] {
    var texts: [String] = []
    if contains(.neverRun) { texts.append("it has not run yet") }
    if contains(.program) { texts.append("its program changed") }
    let values = compactMap { if case .value(let name) = $0 { name } else { nil } }
    if !values.isEmpty {
      texts.append(
        "\(Words.list(values.map { "'\($0)'" })) \(values.count == 1 ? "has another value" : "have other values")"
      )
    }
    if contains(.random) { texts.append("the random stream is elsewhere") }
    var unknown = compactMap { if case .unknown(let name) = $0 { name } else { nil } }
    if contains(.unknownRandom) { unknown.append("the random stream") }
    if !unknown.isEmpty {
      texts.append("cells that give it \(Words.list(unknown)) have to run first")
    }
    for case .unknownFile(let name, let cell) in self {
      texts.append("the cell '\(cell)', which saves \"\(name)\", has to run first")
    }
    let files = compactMap { if case .file(let name) = $0 { "\"\(name)\"" } else { nil } }
    if !files.isEmpty {
      texts.append(Words.list(files) + (files.count == 1 ? " has" : " have") + " other contents")
    }
    if contains(.failed) { texts.append("it failed the last time") }
    if contains(.notKept) { texts.append("its result is not in the cache") }
    return texts
  }
}

extension KeyChange {
  /// How `key` differs from what the record says of the cell's last run.
  static func changes(_ key: CellKey, since trace: CellTrace?) -> [KeyChange] {
    guard let trace else { return [.neverRun] }
    var changes: [KeyChange] = []
    if key.program != trace.program { changes.append(.program) }
    let before = Dictionary(trace.reads.map { ($0.name, $0.hash) }) { first, _ in first }
    let now = Dictionary(key.reads.map { ($0.name, $0.hash) }) { first, _ in first }
    for name in Set(before.keys).union(now.keys).sorted() where before[name] != now[name] {
      changes.append(.value(name: name))
    }
    if key.random != trace.randomBefore { changes.append(.random) }
    // How a data set is packed on this machine is not in the record.
    for file in key.files where !trace.files.contains(file) {
      changes.append(.file(name: file.name))
    }
    return changes.isEmpty ? [.notKept] : changes
  }
}
