/// What is wrong with a record or a page as a whole, and what keeps outputs from being accepted.
/// What differs inside a record is a `Comparison`.
package enum CheckProblem: Sendable, Hashable {
  case noRecord(String, notebook: String)
  case damagedRecord(String, RecordProblem)
  case noPage(String, notebook: String)
  /// The page's bytes are not what the notebook and its record give.
  case pageOutOfDate(String, notebook: String, changed: [String])
  /// Only the record's own text is another one: prose, titles, programs, drawings.
  case recordOutOfDate(String, notebook: String)
  case indexOutOfDate(String)
  /// A record or a page whose notebook is gone.
  case orphan(String)
  /// A parameter that the recorded run was given and that can't be given any more.
  case parameter(String, RunProblem)
  case missingSets(notebook: String)
  /// A notebook or a folder that can't be read.
  indirect case notRead(Problem)
  /// A picture of a Markdown page that is not there, or is another one.
  case noPicture(String, notebook: String)
  case pictureOutOfDate(String, notebook: String)
  /// A file in the folder of a Markdown page that the page does not show.
  case strayPicture(String, notebook: String)
  /// A saved file that no cell saves any more.
  case straySave(String)
  /// A report that would stand among the pages.
  case reportInside(String, folder: String)
  /// A report that would be written over a notebook.
  case reportOverNotebook(String)
  case acceptInCI
  case nothingRecorded(notebook: String)
  case wholeFolder(String, cell: String)

  package var wording: Wording {
    switch self {
    case .noRecord(let path, let notebook):
      Wording(
        "there is no record: \(path) is missing", hint: "nnbook render \(notebook) writes it")
    case .damagedRecord(let path, let problem):
      Wording("\(path): \(problem.wording.message)", hint: problem.wording.hint)
    case .noPage(let path, let notebook):
      Wording("there is no page: \(path) is missing", hint: "nnbook render \(notebook) writes it")
    case .pageOutOfDate(let path, let notebook, let changed):
      Wording(
        "the page is out of date: \(path) is not what the notebook and its record give"
          + (changed.isEmpty
            ? ""
            : "; the source of \(Self.cells(changed)) changed since the record was made"),
        hint: "nnbook render \(notebook)\(path.hasSuffix(".md") ? " --to md" : "") writes it anew")
    case .recordOutOfDate(let path, let notebook):
      Wording(
        "the record is out of date: the text in \(path) is not the notebook's",
        hint: "nnbook render \(notebook) writes it anew")
    case .indexOutOfDate(let path):
      Wording(
        "the list of notebooks is out of date: \(path)",
        hint: "nnbook render on the folder writes it anew")
    case .orphan(let path):
      Wording(
        "\(path) belongs to no notebook that was checked",
        hint: "remove it, or check its notebook too")
    case .parameter(let path, let problem):
      Wording(
        "the run in \(path) had a parameter that can't be given any more: "
          + problem.wording.message, hint: problem.wording.hint)
    case .missingSets(let notebook):
      Wording("\(notebook) was not checked: a data set that it loads is not on this machine")
    case .notRead(let problem): problem.wording
    case .noPicture(let path, let notebook):
      Wording(
        "a picture of the page is missing: \(path)",
        hint: "nnbook render \(notebook) --to md writes it")
    case .pictureOutOfDate(let path, let notebook):
      Wording(
        "a picture of the page is out of date: \(path) is not what the notebook and its record give",
        hint: "nnbook render \(notebook) --to md writes it anew")
    case .strayPicture(let path, let notebook):
      Wording(
        "\(path) is shown by no page any more", hint: "nnbook render \(notebook) --to md removes it"
      )
    case .straySave(let path):
      Wording("\(path) is saved by no notebook that was checked", hint: "remove it")
    case .reportInside(let path, let folder):
      Wording(
        "the report \(path) would stand among the pages in \(folder)",
        hint: "write it beside that folder")
    case .reportOverNotebook(let path):
      Wording("the report would be written over a notebook, \(path)", hint: "choose another name")
    case .acceptInCI:
      Wording(
        "accept does not run in CI, where nobody looks at what is taken over (CI is set)",
        hint: "accept on your own machine, and commit the record and the page")
    case .nothingRecorded(let notebook):
      Wording(
        "\(notebook) has no record to which single cells could be added",
        hint: "nnbook render \(notebook) writes the whole of it")
    case .wholeFolder(let path, let cell):
      Wording(
        "\(path) is a folder, and has no cell '\(cell)'", hint: "write NOTEBOOK.md#\(cell)")
    }
  }

  private static func cells(_ labels: [String]) -> String {
    let shown = labels.prefix(4).map { "'\($0)'" }
    let rest = labels.count - shown.count
    let names = rest > 0 ? shown + ["\(rest) more"] : shown
    return Words.list(names)
  }
}
