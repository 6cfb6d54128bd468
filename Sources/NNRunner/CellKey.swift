import Glibc
import NNLanguage
import NNNotebook
import NNOutput
import NNSource

/// What a cell's result follows from: two cells with equal parts give equal results.
struct CellKey {
  let program: ContentHash
  /// Values by name; one that is not there is left out.
  let reads: [CellTrace.Item]
  let random: ContentHash?
  /// Data sets, as they are packed on this machine.
  let sets: [CellTrace.Item]
  /// The contents of files, by the names that the program calls them by.
  let files: [CellTrace.Item]
  let options: CellOptions
  /// Which functions are in the values read, where others have the same program. No part of the
  /// trace: a value is the same wherever its functions stand.
  var functions: ContentHash?

  var hash: ContentHash {
    var hasher = ContentHasher()
    hasher.add(Engine.identity)
    hasher.add(program)
    for items in [reads, sets, files] {
      hasher.add(items.count)
      for item in items {
        hasher.add(item.name)
        hasher.add(item.hash)
      }
    }
    hasher.add(random?.text)
    hasher.add(options.expectsError)
    if let functions { hasher.add(functions) }
    return hasher.finished()
  }

  /// What an inline value follows from.
  init(inline program: ContentHash, reads: [CellTrace.Item]) {
    self.init(
      program: program, reads: reads, random: nil, sets: [], files: [], options: CellOptions())
  }

  init(
    program: ContentHash, reads: [CellTrace.Item], random: ContentHash?,
    sets: [CellTrace.Item], files: [CellTrace.Item], options: CellOptions
  ) {
    self.program = program
    self.reads = reads
    self.random = random
    self.sets = sets
    self.files = files
    self.options = options
  }
}

/// Which nnbook this is. Results of another one are never taken for its own.
enum Engine {
  static let identity: String = {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return "unknown" }
    return "\(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
  }()
}
