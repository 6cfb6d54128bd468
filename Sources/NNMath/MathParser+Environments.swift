import NNSource

/// `\begin{…} … \end{…}`: rows of cells.
extension MathParser {
  mutating func environment(_ origin: Origin) -> MathAtom {
    let name = words(of: origin)
    let known = MathSymbols.environments[name]
    if known == nil { report(.unknownEnvironment(name), at: origin.range) }
    let environment = known ?? MathSymbols.Environment()
    var table = MathTable(rows: [], spacing: environment.spacing)
    if name == "array" { readColumns(&table, origin) }
    if name.hasPrefix("alignat") || name.hasPrefix("alignedat") { _ = words(of: origin) }
    nested(origin) { $0.rows(of: &table) }
    if peek == .command("end") {
      let end = self.origin
      position += 1
      let endName = words(of: end)
      if endName != name { report(.mismatchedEnd(begin: name, end: endName), at: end.range) }
    } else {
      report(.unclosed("\\begin{\(name)}"), at: origin.range)
    }
    var nodes: [MathNode] = known == nil ? [.unknown("\\begin{\(name)}")] : []
    if !environment.open.isEmpty { nodes.append(.delimiter(environment.open, .prefix)) }
    nodes.append(.table(table))
    if !environment.close.isEmpty { nodes.append(.delimiter(environment.close, .postfix)) }
    return MathAtom(node: .joined(nodes), kind: .fenced)
  }

  /// Rows up to `\end` or what else ends them.
  private mutating func rows(of table: inout MathTable) {
    var cells: [MathNode] = []
    readRules(&table)
    while true {
      let continuesLine = table.spacing == .aligned && !cells.count.isMultiple(of: 2)
      cells.append(.joined(row(continuesLine: continuesLine)))
      switch peek {
      case .nextCell: position += 1
      case .command("\\"), .command("cr"):
        position += 1
        skipRowSpace()
        table.rows.append(cells)
        cells = []
        readRules(&table)
        if peek == .command("end") || peek == .close { return }
      default:
        if cells != [.nothing] || table.rows.isEmpty { table.rows.append(cells) }
        return
      }
    }
  }

  /// `\hline` at the beginning of a row.
  private mutating func readRules(_ table: inout MathTable) {
    skipSpaces()
    while peek == .command("hline") {
      position += 1
      table.ruledRows.insert(table.rows.count)
      skipSpaces()
    }
  }

  /// The `*` and `[4pt]` that may follow upon `\\`.
  private mutating func skipRowSpace() {
    if peek == .sign("*") { position += 1 }
    guard peek == .sign("[") else { return }
    var index = position + 1
    if token(at: index) == .sign("-") { index += 1 }
    guard case .number? = token(at: index) else { return }
    index += 1
    while case .letter? = token(at: index) { index += 1 }
    if token(at: index) == .sign("]") { position = index + 1 }
  }

  /// `{lc|r}`
  private mutating func readColumns(_ table: inout MathTable, _ origin: Origin) {
    for character in words(of: origin) {
      switch character {
      case "l": table.columns.append(.left)
      case "c": table.columns.append(.center)
      case "r": table.columns.append(.right)
      case "|": table.ruledColumns.insert(table.columns.count)
      default: break
      }
    }
  }

  /// Lines below a sum: `\substack{i<n \\ i \ne j}`.
  mutating func substack(_ origin: Origin) -> MathAtom {
    skipSpaces()
    guard peek == .open else { return MathAtom(node: argument(of: origin)) }
    let open = self.origin
    position += 1
    var table = MathTable(rows: [], spacing: .stacked)
    nested(origin) { $0.rows(of: &table) }
    if peek == .close { position += 1 } else { report(.unclosed(open.text), at: open.range) }
    return MathAtom(node: .table(table))
  }
}
