import ArgumentParser
import Glibc
import NNOutput
import NNRender
import NNSource

/// What a notebook becomes: `--to html,ipynb,md`.
struct PageFormats: ExpressibleByArgument, Sendable {
  enum Format: String, CaseIterable { case html, ipynb, md }

  static let standard = PageFormats([.html, .ipynb])

  private let formats: Set<Format>

  private init(_ formats: Set<Format>) { self.formats = formats }

  init?(argument: String) {
    let formats = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Format(rawValue: String($0))
    }
    guard !formats.contains(nil) else { return nil }
    self.init(Set(formats.compactMap { $0 }))
  }

  var defaultValueDescription: String {
    Format.allCases.filter(formats.contains).map(\.rawValue).joined(separator: ",")
  }

  var isStandard: Bool { formats == Self.standard.formats }

  /// Those of a notebook: with page and record its Markdown page is written where one of ours stands,
  /// so that it does not fall behind them. What nnbook did not write is left alone.
  func kept(_ job: RenderPlan.Job) -> PageFormats {
    guard isStandard, job.hasMarkdown, let page = try? Files.read(job.markdown),
      MarkdownPage.isOurs(page)
    else { return self }
    return PageFormats(formats.union([.md]))
  }

  var hasPage: Bool { formats.contains(.html) }

  /// The paths that a notebook is written to.
  func targets(_ job: RenderPlan.Job) -> [String] {
    [(Format.html, job.target), (.ipynb, job.record), (.md, job.markdown)]
      .filter { formats.contains($0.0) }.map(\.1)
  }

  /// What is told of a notebook that was written: its page where there is one.
  func told(_ job: RenderPlan.Job) -> String {
    hasPage && !formats.contains(.md) ? job.target : targets(job).joined(separator: ", ")
  }

  /// Writes a run in every form that is wanted, or in none: the old ones stay when one of them can't
  /// be written. The record comes before the page that shows it.
  /// - Parameter record: the record's bytes, where they are not just those of the document.
  /// - Returns: the bytes of record and page.
  @discardableResult
  func write(
    _ document: OutputDocument, _ job: RenderPlan.Job, pictures: [String: PagePicture],
    record: [UInt8]? = nil, page: () -> String
  ) throws -> [[UInt8]] {
    try Files.refuseLinks(to: job.target, beneath: job.root)
    try Files.makeFolder(Files.folder(of: job.target))
    let record =
      formats.contains(.ipynb) ? record ?? Array(RecordWriter.text(of: document).utf8) : nil
    let markdown = formats.contains(.md) ? try markdown(document, job, pictures) : nil
    let page = hasPage ? Array(page().utf8) : nil
    let files =
      [record.map { (job.record, $0) }] + (markdown?.written(to: job.markdown) ?? [])
      + [page.map { (job.target, $0) }]
    try Files.write(files.compactMap(\.self))
    // What the page before this one showed, now that nothing leads there.
    for path in markdown?.strayFiles(beside: job.markdown) ?? [] { unlink(path) }
    return [record, page].compactMap(\.self)
  }

  /// The Markdown page, with a folder for its pictures.
  private func markdown(
    _ document: OutputDocument, _ job: RenderPlan.Job, _ pictures: [String: PagePicture]
  ) throws -> MarkdownPage {
    guard !Files.isSame(job.source, job.markdown) else {
      throw Problem.file(.targetIsSource(job.source))
    }
    let page = MarkdownPage(document, name: job.name, pictures: pictures)
    let folder = Files.folder(of: job.markdown) + "/"
    // Also where it has no pictures: those of an earlier page are removed there.
    try Files.refuseLinks(to: job.markdown, in: folder + page.folder, beneath: job.root)
    if !page.files.isEmpty { try Files.makeFolder(folder + page.folder) }
    return page
  }
}

extension MarkdownPage {
  /// Its pictures and the page, by their paths.
  fileprivate func written(to path: String) -> [(path: String, bytes: [UInt8])?] {
    let parent = Files.folder(of: path) + "/"
    return files.map { (parent + $0.path, $0.bytes) } + [(path, Array(text.utf8))]
  }

  /// Files of an earlier page, by their names, that the one at `path` does not show.
  func strayFiles(beside path: String) -> [String] {
    let parent = Files.folder(of: path) + "/"
    let shown = Set(files.map { parent + $0.path })
    let there = (try? Files.names(in: parent + folder)) ?? []
    return there.filter { Self.isOwnName($0) }.map { parent + folder + "/" + $0 }
      .filter { !shown.contains($0) }
  }
}
