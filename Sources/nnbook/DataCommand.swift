import ArgumentParser
import NNData
import NNSource

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "The data sets that notebooks can load by a word.",
    discussion: """
      A set is looked for in the folders that NNBOOK_DATA names (divided by ':'), in the user's \
      cache (~/.cache/nnbook) and in /usr/local/share/datasets and /usr/share/datasets: there, in \
      a folder of the set's name.

        nnbook data list           what there is, and where it was found
        nnbook data where mnist    the folder that load reads it from
        nnbook data get mnist      fetches it into the user's cache, checked
      """,
    subcommands: [List.self, Where.self, Get.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Every set: its size, licence, checksums, and where it was found.")

    func run() {
      let catalogue = Catalogue.ofThisMachine()
      let output = StandardOutput()
      for set in KnownDataSet.allCases {
        output.write("\(set.name): \(set.title)\n")
        let bytes = set.files.reduce(0) { $0 + $1.size }
        output.write(
          "  \(set.licence)" + (bytes > 0 ? ", \(bytes >> 20) MiB unpacked" : "") + "\n")
        if set == .iris {
          output.write("  part of nnbook\n")
        } else if let folder = catalogue.folder(of: set) {
          output.write("  found in \(folder)\n")
        } else {
          output.write("  not here: \(set.remedy)\n")
        }
        for file in set.files {
          output.write("  \(file.checksum)  \(file.name)\n")
        }
      }
      output.flush()
    }
  }

  struct Where: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The folder that a set is read from; exit code 66 if there is none.")

    @Argument(help: "A data set's name.")
    var name: String

    func run() throws {
      do {
        let set = try KnownDataSet.named(name)
        guard set != .iris else {
          // There is no folder to print: the rows are in the program.
          return Console.tell("iris is part of nnbook")
        }
        guard let folder = Catalogue.ofThisMachine().folder(of: set) else {
          throw Problem.data(.missingSet(name: set.name, hint: set.remedy))
        }
        let output = StandardOutput()
        output.write(folder + "\n")
        output.flush()
      } catch {
        throw Console.exit(telling: error)
      }
    }
  }

  struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Fetches a set from its publisher into the user's cache.",
      discussion: """
        Needs curl. A transfer that was cut off goes on where it ended; size and SHA-256 of the \
        contents are checked before a file gets its name.
        """)

    @Argument(help: "A data set's name.")
    var name: String

    @Option(
      help: ArgumentHelp("Another address that has the same files.", valueName: "address"))
    var from: String?

    func run() throws {
      do {
        let set = try KnownDataSet.named(name)
        if let folder = Catalogue.ofThisMachine().folder(of: set) {
          return Console.tell("\(set.name) is in \(folder)")
        }
        guard let address = from ?? set.address, !set.files.isEmpty,
          let cache = Catalogue.cacheFolder
        else {
          throw Problem.data(.notFetched(name: set.name, hint: set.remedy))
        }
        let download = Download(
          address: address.hasSuffix("/") ? String(address.dropLast()) : address,
          folder: cache + "/" + set.name)
        try Files.makeFolder(download.folder)
        for file in set.files { try download.fetch(file) }
        Console.tell("\(set.name) is in \(download.folder)")
      } catch {
        throw Console.exit(telling: error)
      }
    }
  }
}

extension KnownDataSet {
  fileprivate static func named(_ name: String) throws -> KnownDataSet {
    guard let set = KnownDataSet(rawValue: name) else {
      throw Problem.data(.unknownSet(name: name, known: allCases.map(\.name)))
    }
    return set
  }
}
