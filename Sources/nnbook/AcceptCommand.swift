import ArgumentParser
import Glibc
import NNCheck
import NNNotebook
import NNOutput
import NNRender
import NNSource

struct AcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Takes the outputs that check tells of as the recorded ones.",
    discussion: """
      The notebook runs as it does for check, and what it gives is written into its record and its \
      page: for a notebook or a folder all of it, for NOTEBOOK#CELL that cell alone, while the \
      others keep what is recorded of them, also those that came or went.

        nnbook accept                      all of notebooks/
        nnbook accept letters.md           one notebook
        nnbook accept letters.md#train     one cell, by its label or number

      It refuses where CI is set: somebody has to have looked at what is taken over.
      """)

  @Argument(
    help: ArgumentHelp(
      "Notebooks, folders with notebooks, or NOTEBOOK#CELL.", valueName: "path"))
  var paths: [String] = ["notebooks"]

  @OptionGroup var options: PageOptions

  func run() throws {
    var status = ExitStatus()
    do {
      // Set and not empty: what CI systems promise.
      if let value = getenv("CI"), value.pointee != 0 { throw Problem.check(.acceptInCI) }
      for target in try AcceptTarget.all(paths) {
        try accept(target, &status)
      }
    } catch let code as ExitCode {
      throw code
    } catch {
      throw Console.exit(telling: error)
    }
    if let code = status.code { throw code }
  }

  private func accept(_ target: AcceptTarget, _ status: inout ExitStatus) throws {
    let plan = try RenderPlan(paths: [target.path], output: options.output)
    var gallery: [Gallery.Entry]? = plan.index == nil ? nil : []
    for job in plan.jobs {
      let shown = try accept(target, job, &status) { document, pictures in
        HTMLPage.render(document, pictures: pictures)
      }
      if let shown { gallery?.append(Gallery.Entry(shown, path: job.path)) } else { gallery = nil }
    }
    guard let index = plan.index, let gallery else { return }
    let list = Gallery(gallery)
    if let head = index.head {
      _ = try accept(target, head, &status) { document, pictures in
        HTMLPage.render(document, pictures: pictures, gallery: list)
      }
    } else {
      try Files.write(Array(HTMLIndex.render(title: "Notebooks", list).utf8), to: index.target)
    }
  }

  /// Takes over what is to be taken over of one notebook.
  /// - Returns: what its page shows now; nil where it could not be run.
  private func accept(
    _ target: AcceptTarget, _ job: RenderPlan.Job, _ status: inout ExitStatus,
    page: (OutputDocument, [String: PagePicture]) -> String
  ) throws -> OutputDocument? {
    let checked = try CheckedNotebook(job, limits: options.limits, tolerance: nil)
    if let failure = checked.check.failure {
      Console.tell("nnbook: " + failure.wording.message)
      status.merge(ExitStatus(ExitCode(66)))
      return nil
    }
    let accepted = try labels(target.cells, of: checked)
    let telling = RunTelling(document: checked.document, source: checked.notebook.source)
    for line in telling.errorLines { Console.tell(line) }
    let formats = PageFormats.standard.kept(job)
    var document = checked.document
    var bytes: [UInt8]?
    if !target.cells.isEmpty {
      let record = try record(with: accepted, of: checked)
      document = document.recorded(try RecordReader.read(record))
      bytes = record
    }
    try formats.write(document, job, pictures: checked.pictures, record: bytes) {
      page(document, checked.pictures)
    }
    Console.tell(Self.text(of: checked, only: target.cells.isEmpty ? nil : accepted))
    Console.tell("\(job.source) → \(formats.told(job))")
    status.merge(ExitStatus(of: checked.document))
    return document
  }

  /// The record with those cells as they are now.
  private func record(
    with accepted: Set<String>, of checked: CheckedNotebook
  ) throws -> [UInt8] {
    guard let record = checked.record, let old = checked.recordBytes,
      let text = RecordEditor.text(of: old, record, accepting: accepted, from: checked.document)
    else {
      let damage = checked.check.findings.first {
        if case .damagedRecord = $0 { true } else { false }
      }
      throw Problem.check(damage ?? .nothingRecorded(notebook: checked.job.source))
    }
    return Array(text.utf8)
  }

  /// The labels of the cells that are named by label or number.
  private func labels(_ names: [String], of checked: CheckedNotebook) throws -> Set<String> {
    let notebook = checked.notebook
    return Set(
      try names.map { name in
        guard let cell = notebook.cell(named: name) else {
          throw Problem.run(.unknownCell(name, known: notebook.notebook.cells.map(\.label)))
        }
        return cell.label
      })
  }

  /// `letters.md: took the cells 'train', 'show'`
  private static func text(of checked: CheckedNotebook, only labels: Set<String>?) -> String {
    let path = checked.job.source
    guard checked.record != nil else { return "\(path): took all of it; there was no record" }
    let differing = checked.check.comparison?.cells ?? []
    let taken = differing.filter { labels?.contains($0.label) ?? true && $0.index != nil }
    let gone = labels == nil ? differing.filter { $0.index == nil } : []
    let inlines = labels == nil ? checked.check.comparison?.inlines.count ?? 0 : 0
    var parts: [String] = []
    if !taken.isEmpty {
      parts.append(
        "took the cell\(taken.count == 1 ? "" : "s") "
          + taken.map { "'\($0.label)'" }.joined(separator: ", "))
    }
    if inlines > 0 { parts.append("took \(inlines) inline value\(inlines == 1 ? "" : "s")") }
    if !gone.isEmpty {
      parts.append("dropped " + gone.map { "'\($0.label)'" }.joined(separator: ", "))
    }
    return "\(path): " + (parts.isEmpty ? "no output differs" : parts.joined(separator: ", "))
  }
}

/// A notebook or folder, and the cells of it that are named; none for all.
private struct AcceptTarget {
  let path: String
  var cells: [String] = []

  /// In the order they are named, cells of one notebook together.
  static func all(_ paths: [String]) throws -> [AcceptTarget] {
    var targets: [AcceptTarget] = []
    for path in paths {
      guard !Files.exists(path), let mark = path.lastIndex(of: "#") else {
        targets.append(AcceptTarget(path: path))
        continue
      }
      let (notebook, cell) = (String(path[..<mark]), String(path[path.index(after: mark)...]))
      guard !Files.isFolder(notebook) else {
        throw Problem.check(.wholeFolder(notebook, cell: cell))
      }
      if let index = targets.firstIndex(where: { $0.path == notebook && !$0.cells.isEmpty }) {
        targets[index].cells.append(cell)
      } else {
        targets.append(AcceptTarget(path: notebook, cells: [cell]))
      }
    }
    return targets
  }
}
