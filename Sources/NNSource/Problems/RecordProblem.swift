/// Files that hold no record of a run, or a damaged one.
package enum RecordProblem: Error, Sendable, Hashable {
  case notJSON(line: Int, column: Int, reason: String)
  case notRecord
  case format(Int, known: Int)
  case damaged(cell: String?, key: String, expected: String)

  package var wording: Wording {
    let hint = "render the notebook to write its record anew"
    switch self {
    case .notJSON(let line, let column, let reason):
      return Wording(
        "the record is not JSON at line \(line), column \(column): \(reason)", hint: hint)
    case .notRecord:
      return Wording("the file is not a record that nnbook wrote", hint: hint)
    case .format(let found, let known):
      return Wording(
        "the record has the format \(found); this nnbook reads \(known)", hint: hint)
    case .damaged(let cell, let key, let expected):
      let place = cell.map { " of the cell '\($0)'" } ?? ""
      return Wording("the record's '\(key)'\(place) is not \(expected)", hint: hint)
    }
  }
}
