import ArgumentParser
import Glibc
import NNRunner
import NNSource

struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "What is kept of earlier runs.",
    discussion: """
      Results of cells and the values they left are kept in .nnbook in this folder, so that a cell \
      runs again only when something it comes from has changed. Nothing in it is ever needed: it \
      may be deleted at any time.

        nnbook cache status     how much there is
        nnbook cache clear      removes it
      """,
    subcommands: [Status.self, Clear.self])

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "How much is kept.")

    @Flag(help: "Write JSON.")
    var json = false

    func run() throws {
      let status = CacheFolder(NotebookJob.cacheFolder).status
      let output = StandardOutput()
      let names: [(CacheFolder.Kind, String)] = [
        (.cells, "results of cells"), (.values, "values"), (.tensors, "large tensors"),
        (.pages, "pages known to be up to date"),
      ]
      if json {
        output.write(
          JSONText.object(
            names.map { kind, _ in
              (
                kind.rawValue,
                .object([
                  ("files", .number(status.files[kind] ?? 0)),
                  ("bytes", .number(status.bytes[kind] ?? 0)),
                ])
              )
            } + [("bytes", .number(status.byteCount)), ("limit", .number(status.limit))]
          ).text + "\n")
      } else {
        for (kind, name) in names {
          output.write("\(status.files[kind] ?? 0) \(name), \(size(status.bytes[kind] ?? 0))\n")
        }
        output.write("\(size(status.byteCount)) of at most \(size(status.limit))\n")
      }
      output.flush()
      if let failure = output.failure { throw Console.exit(telling: failure) }
    }

    private func size(_ bytes: Int) -> String {
      bytes < 1 << 20 ? "\((bytes + 1023) >> 10) KiB" : "\((bytes + (1 << 19)) >> 20) MiB"
    }
  }

  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Removes all that is kept.")

    func run() throws {
      let path = NotebookJob.cacheFolder
      var status = stat()
      guard lstat(path, &status) == 0 else { return }
      // Where a link leads, nnbook has written nothing.
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw failure(status.st_mode & S_IFMT == S_IFLNK ? "it is a link" : "it is not a folder")
      }
      let folder = CacheFolder(path)
      folder.clear()
      let left = folder.status.files.values.reduce(0, +)
      if left > 0 {
        throw failure("\(left) \(left == 1 ? "file" : "files") could not be removed")
      }
    }

    private func failure(_ reason: String) -> ExitCode {
      Console.exit(telling: Problem.file(.unwritable(NotebookJob.cacheFolder, reason: reason)))
    }
  }
}
