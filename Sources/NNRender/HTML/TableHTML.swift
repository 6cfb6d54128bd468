import NNOutput

/// A table: numbers to the right and under each other, row names as headings of their rows.
struct TableHTML {
  /// Longer tables scroll in a box of their own, with their number of rows under it.
  private static let longest = 40

  let table: TableOutput
  let label: String
  private let width: Int
  private let numeric: [Bool]

  init(_ table: TableOutput, label: String) {
    self.table = table
    self.label = table.title ?? label
    width = table.rows.reduce(table.columns.count) { max($0, $1.count) }
    numeric = (0..<width).map { column in
      let cells = table.rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
      return cells.contains { if case .number = $0 { true } else { false } }
        && !cells.contains { if case .text = $0 { true } else { false } }
    }
  }

  func markup(id: String) -> Markup {
    let isLong = table.rows.count > Self.longest
    let box = Markup.tag(
      "div",
      CodeHTML.scrollable(["class": isLong ? "scroll tall" : "scroll"], label: label),
      [.tag("table", ["class": "data"], parts)])
    return .tag("div", ["class": "table", "id": id], [box, count(isLong: isLong)])
  }

  /// The table alone, for readers that have a style of their own.
  var plain: Markup { .group([.tag("table", [:], parts), count(isLong: false)]) }

  private var parts: [Markup] {
    var parts: [Markup] = []
    if let title = table.title { parts.append(.tag("caption", [:], title)) }
    if !table.columns.isEmpty { parts.append(.tag("thead", [:], [headingRow])) }
    parts.append(.tag("tbody", [:], table.rows.indices.flatMap { [row($0), .text("\n")] }))
    return parts
  }

  private var hasNames: Bool { !table.rowNames.isEmpty }

  private var headingRow: Markup {
    let corner: [Markup] = hasNames ? [.tag("td", [:], [])] : []
    let names = (0..<width).map { column -> Markup in
      let text = table.columns.indices.contains(column) ? table.columns[column] : ""
      return .tag("th", ["scope": "col", "class": numeric[column] ? "num" : nil], text)
    }
    return .tag("tr", [:], corner + names)
  }

  private func row(_ index: Int) -> Markup {
    var cells: [Markup] = []
    if hasNames {
      let name = table.rowNames.indices.contains(index) ? table.rowNames[index] : ""
      cells.append(.tag("th", ["scope": "row"], name))
    }
    for cell in table.rows[index] {
      switch cell {
      case .text(let text): cells.append(.tag("td", [:], text))
      case .number(let number): cells.append(.tag("td", ["class": "num"], number.text))
      case .empty: cells.append(.tag("td", [:], []))
      }
    }
    let missing = max(0, width - table.rows[index].count)
    return .tag("tr", [:], cells + [Markup](repeating: .tag("td", [:], []), count: missing))
  }

  private func count(isLong: Bool) -> Markup {
    let more = table.totalRows - table.rows.count
    if more > 0 {
      return .tag("p", ["class": "note"], "… \(NumberText.count(more, "more row", "more rows"))")
    }
    return isLong
      ? .tag("p", ["class": "note"], NumberText.count(table.rows.count, "row")) : .nothing
  }
}
