import NNNotebook
import NNOutput

extension CellPlaces {
  /// Where the cells of a notebook stand.
  package init(_ cells: [NNNotebook.Cell]) {
    self.init(
      cells.map { CellPlaces.Cell(label: $0.label, range: $0.range, start: $0.start) })
  }
}
