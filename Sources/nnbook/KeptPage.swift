import NNCheck
import NNData
import NNOutput
import NNRender
import NNSource

/// A page that a run could not better: a data set that it needs is not on this machine, and what
/// stands there comes from a run that had it.
struct KeptPage {
  /// What the page shows.
  let document: OutputDocument
  /// Which file stays, which data sets are missing, how to get them.
  let line: String

  /// Nil where all data sets are there, or nothing is lost by writing what the run gave.
  init?(_ fresh: OutputDocument, of job: RenderPlan.Job, _ formats: PageFormats) {
    let missing = fresh.allDiagnostics.filter(\.isMissingSet)
    let pages = formats.targets(job).filter { $0 != job.record }
    guard !missing.isEmpty, Files.exists(job.record),
      let page = pages.isEmpty ? job.record : pages.first(where: Files.exists),
      let record = try? RecordReader.read(Files.read(job.record)),
      !Self.lacksData(record)
    else { return nil }
    document = fresh.recorded(record)
    var causes: [String] = []
    for wording in missing.map(\.problem.wording) {
      let cause = wording.message + (wording.hint.map { " (\($0))" } ?? "")
      if !causes.contains(cause) { causes.append(cause) }
    }
    line = "\(job.source): \(page) stays as it is: " + causes.joined(separator: ", and ")
  }

  /// Whether the run of the record was without a data set too.
  private static func lacksData(_ record: NotebookRecord) -> Bool {
    let messages = KnownDataSet.allCases.map {
      Problem.data(.missingSet(name: $0.name, hint: $0.remedy)).wording.message
    }
    return record.cells.contains { cell in
      cell.state == .failed
        && cell.outputs.contains { output in
          guard case .diagnostic(let diagnostic) = output else { return false }
          return messages.contains(diagnostic.problem.wording.message)
        }
    }
  }
}
