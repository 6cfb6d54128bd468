import ArgumentParser
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

  /// Writes a run in every form that is wanted. The record comes before the page that shows it.
  /// - Returns: the bytes of record and page.
  @discardableResult
  func write(
    _ document: OutputDocument, _ job: RenderPlan.Job, pictures: [String: PagePicture],
    page: () -> String
  ) throws -> [[UInt8]] {
    var written: [[UInt8]] = []
    func write(_ text: String, to path: String) throws {
      let bytes = Array(text.utf8)
      try Files.write(bytes, to: path)
      written.append(bytes)
    }
    if formats.contains(.ipynb) { try write(RecordWriter.text(of: document), to: job.record) }
    if formats.contains(.md) { try writeMarkdown(document, job, pictures) }
    if hasPage { try write(page(), to: job.target) }
    return written
  }

  private func writeMarkdown(
    _ document: OutputDocument, _ job: RenderPlan.Job, _ pictures: [String: PagePicture]
  ) throws {
    guard !Files.isSame(job.source, job.markdown) else {
      throw Problem.file(.targetIsSource(job.source))
    }
    let page = MarkdownPage(document, name: job.name, pictures: pictures)
    let folder = Files.folder(of: job.markdown) + "/"
    if !page.files.isEmpty { try Files.makeFolder(folder + page.folder) }
    for file in page.files { try Files.write(file.bytes, to: folder + file.path) }
    try Files.write(Array(page.text.utf8), to: job.markdown)
  }
}
