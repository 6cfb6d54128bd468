import NNOutput
import NNSource

/// A table in columns of equal width: names to the left, numbers to the right.
struct TextTable {
  let text: String

  init(_ table: TableOutput) {
    let width = table.rows.reduce(table.columns.count) { max($0, $1.count) }
    let hasNames = !table.rowNames.isEmpty
    var grid: [[String]] = []
    if !table.columns.isEmpty {
      grid.append((hasNames ? [""] : []) + Self.padded(table.columns, to: width))
    }
    for (index, row) in table.rows.enumerated() {
      let name = table.rowNames.indices.contains(index) ? table.rowNames[index] : ""
      grid.append((hasNames ? [name] : []) + Self.padded(row.map(Self.text), to: width))
    }
    let isNumeric = (0..<width).map { column in
      table.rows.contains { row in
        guard row.indices.contains(column), case .number = row[column] else { return false }
        return true
      }
    }
    let lines = Self.aligned(grid, right: (hasNames ? [false] : []) + isNumeric)
    var parts = table.title.map { [$0] } ?? []
    parts += lines
    if !table.columns.isEmpty, let first = lines.first {
      let rule = lines.reduce(first.displayWidth) { max($0, $1.displayWidth) }
      parts.insert(String(repeating: "─", count: rule), at: parts.count - lines.count + 1)
    }
    let more = table.totalRows - table.rows.count
    if more > 0 { parts.append("… \(NumberText.count(more, "more row", "more rows"))") }
    text = parts.map { $0 + "\n" }.joined()
  }

  private static func padded(_ row: [String], to width: Int) -> [String] {
    row + [String](repeating: "", count: max(0, width - row.count))
  }

  private static func text(_ cell: TableOutput.Cell) -> String {
    switch cell {
    case .text(let text): text
    case .number(let number): number.text
    case .empty: ""
    }
  }

  private static func aligned(_ grid: [[String]], right: [Bool]) -> [String] {
    let widths = right.indices.map { column in
      grid.reduce(0) { max($0, $1[column].displayWidth) }
    }
    return grid.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.displayWidth)
        if column > 0 { line += "  " }
        line += right[column] ? space + cell : cell + space
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
