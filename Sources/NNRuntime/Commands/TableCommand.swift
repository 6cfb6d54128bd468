import NNLanguage
import NNOutput
import NNSource
import NNTensor

extension Registry {
  static let tableCommand = RegistryEntry.command(
    "table",
    [
      Clause(
        nil,
        [
          SignatureParameter(
            "x", "matrix or record", help: "a matrix, a list of rows, a history or a prediction")
        ])
    ],
    options: [
      SignatureParameter("rows", "integer", standard: "20", help: "the most rows to show"),
      SignatureParameter(
        "row_names", "list of strings", standard: "none", help: "a name for each row"),
      SignatureParameter(
        "column_names", "list of strings", standard: "none", help: "a name for each column"),
      .title,
    ], family: "show", "shows a matrix, a list of rows or a history as a table",
    example: "table [[5.1, 3.5], [4.9, 3.0]] column_names=[\"length\", \"width\"]",
    effects: [.output], seeAlso: ["print", "heatmap"]
  ) { arguments in
    try arguments.interpreter.emit(.table(try TableMaking(arguments).table()))
    return .none
  }
}

/// From a value to the cells of a table.
struct TableMaking {
  static let standardRows = 20
  static let mostRows = 10_000
  static let mostColumns = 200

  private let arguments: Arguments
  private let operand: String
  /// How many rows are shown at most.
  private let limit: Int

  init(_ arguments: Arguments) throws {
    self.arguments = arguments
    operand = arguments.sourceText(0)
    limit = try arguments.int(
      1, in: 0...Self.mostRows, default: Self.standardRows, "0 to \(Self.mostRows) rows")
  }

  func table() throws -> TableOutput {
    var table: TableOutput
    switch arguments.value(0) {
    case .record(let record) where record.kind == DatasetRecord.kind:
      table = try dataset(record) ?? columns(of: record)
    case .record(let record): table = try columns(of: record)
    case .list(let items), .tuple(let items): table = try rows(items)
    case .string, .none, .function, .network, .dtype, .absent: throw notATable()
    default: table = try matrix(try arguments.tensor(0))
    }
    let width = table.rows.first?.count ?? table.columns.count
    if width > Self.mostColumns {
      throw arguments.failure(
        0,
        .value(
          .chart(
            .tooMany(verb: "table", what: "columns", count: width, limit: Self.mostColumns))))
    }
    table.title = try arguments.optionalString(4)
    try name(&table, width: width)
    return table
  }

  private func notATable() -> Diagnostic {
    arguments.wrongType(0, expected: "a matrix, a list of rows or a history")
  }

  /// `column_names=` and `row_names=`, as many as there are columns and rows.
  private func name(_ table: inout TableOutput, width: Int) throws {
    if arguments.isSome(3) {
      table.columns = try arguments.strings(3)
      try check("column_names", 3, given: table.columns.count, needed: width, "column")
    }
    if arguments.isSome(2) {
      let names = try arguments.strings(2)
      // Of a table that is cut, the names may be those of all rows or of those shown.
      if names.count != table.rows.count {
        try check("row_names", 2, given: names.count, needed: table.totalRows, "row")
      }
      table.rowNames = Array(names.prefix(table.rows.count))
    }
  }

  private func check(
    _ option: String, _ index: Int, given: Int, needed: Int, _ what: String
  ) throws {
    guard given != needed else { return }
    throw arguments.failure(
      index,
      .value(.chart(.nameCount(option: option, given: given, needed: needed, what: what))))
  }

  // MARK: Matrices

  private func matrix(_ tensor: Tensor) throws -> TableOutput {
    guard tensor.rank == 1 || tensor.rank == 2 else {
      throw arguments.failure(
        0,
        .value(
          .chart(
            .wrongRank(
              verb: "table", operand: operand, shape: tensor.shape.array,
              expected: "a matrix"))))
    }
    let total = tensor.shape[0]
    let shown = min(total, limit)
    let width = tensor.rank == 2 ? tensor.shape[1] : 1
    guard width <= Self.mostColumns else {
      // Told by the caller; here only not worked out.
      return TableOutput(columns: Array(repeating: "", count: width), rows: [], totalRows: total)
    }
    let rows = (0..<shown).map { row in
      (0..<width).map { TableCells.cell(tensor[flat: row * width + $0]) }
    }
    return TableOutput(columns: [], rows: rows, totalRows: total)
  }

  // MARK: Lists of rows

  private func rows(_ items: [Value]) throws -> TableOutput {
    var rows: [[TableOutput.Cell]] = []
    for item in items.prefix(limit) {
      rows.append(try cells(of: item))
      if rows[rows.count - 1].count != rows[0].count {
        throw arguments.failure(
          0,
          .value(
            .chart(
              .raggedRows(
                operand: operand, row: rows.count - 1, count: rows[rows.count - 1].count,
                expected: rows[0].count))))
      }
    }
    return TableOutput(columns: [], rows: rows, totalRows: items.count)
  }

  /// A row: the elements of a list, a tuple or a tensor of one axis; anything else is one cell.
  private func cells(of item: Value) throws -> [TableOutput.Cell] {
    switch item {
    case .list(let values), .tuple(let values): return values.map(TableCells.cell)
    case .tensor(let tensor) where tensor.rank == 1:
      return (0..<tensor.count).map { TableCells.cell(tensor[flat: $0]) }
    default: return [TableCells.cell(item)]
    }
  }

  // MARK: Datasets

  /// The features, or a word on each sample that has more axes, and its class; nil without an `x`.
  private func dataset(_ record: RecordValue) throws -> TableOutput? {
    guard case .tensor(let x)? = record.field("x"), x.rank > 0 else { return nil }
    let total = x.shape[0]
    let shown = min(total, limit)
    var names: [String]
    var rows: [[TableOutput.Cell]]
    if x.rank > 2 {
      names = ["x"]
      let sample = Shape(x.shape.dropFirst()).text + " " + x.dtype.name
      rows = (0..<shown).map { _ in [.text(sample)] }
    } else {
      rows = try matrix(x).rows
      let width = x.rank == 2 ? x.shape[1] : 1
      names = (0..<width).map { "x[\($0)]" }
      if case .list(let features)? = record.field("features"), features.count == width {
        names = features.map(\.text)
      }
      // Too wide: told by the caller.
      guard width <= Self.mostColumns else { return TableOutput(columns: names, rows: []) }
    }
    if case .tensor(let y)? = record.field("y"), y.rank == 1, y.count == total {
      var classes: [Value] = []
      if case .list(let items)? = record.field("classes") { classes = items }
      names.append(classes.isEmpty ? "y" : "class")
      for row in 0..<shown {
        let number = y[flat: row].integer
        rows[row].append(
          number.flatMap { classes.indices.contains($0) ? TableCells.cell(classes[$0]) : nil }
            ?? TableCells.cell(y[flat: row]))
      }
    }
    return TableOutput(columns: names, rows: rows, totalRows: total)
  }

  // MARK: Records

  /// A field is a column, one of rank 2 several columns; a single number fills one row.
  private func columns(of record: RecordValue) throws -> TableOutput {
    var names: [String] = []
    var columns: [[TableOutput.Cell]] = []
    var first: (name: String, count: Int)?
    for (name, value) in record.fields {
      guard let found = try self.columns(of: value, named: name) else { continue }
      if let first, first.count != found.total {
        throw arguments.failure(
          0,
          .value(
            .chart(
              .recordFields(operand: operand, first.name, first.count, name, found.total))))
      }
      first = first ?? (name, found.total)
      names += found.names
      columns += found.columns
    }
    guard let first else { throw notATable() }
    let shown = min(first.count, limit)
    return TableOutput(
      columns: names, rows: (0..<shown).map { row in columns.map { $0[row] } },
      totalRows: first.count)
  }

  /// Nil for a field that has no cells: a function, a network.
  private func columns(of value: Value, named name: String) throws -> (
    names: [String], columns: [[TableOutput.Cell]], total: Int
  )? {
    switch value {
    case .list(let items), .tuple(let items):
      return ([name], [items.prefix(limit).map(TableCells.cell)], items.count)
    case .int, .float, .bool, .string, .scalar: return ([name], [[TableCells.cell(value)]], 1)
    case .tensor(let tensor) where tensor.rank <= 2 && tensor.rank > 0:
      let total = tensor.shape[0]
      let width = tensor.rank == 2 ? tensor.shape[1] : 1
      guard width <= Self.mostColumns else { return nil }
      let columns = (0..<width).map { column in
        (0..<min(total, limit)).map { TableCells.cell(tensor[flat: $0 * width + column]) }
      }
      return (tensor.rank == 1 ? [name] : (0..<width).map { "\(name)[\($0)]" }, columns, total)
    default: return nil
    }
  }
}

/// How a value stands in a table.
enum TableCells {
  static func cell(_ value: Value) -> TableOutput.Cell {
    switch value {
    case .none, .absent: .empty
    case .int(let number): .number(NumberCell(Double(number), text: String(number)))
    case .float(let number): cell(.float64(number))
    case .scalar(let scalar): cell(scalar)
    case .tensor(let tensor) where tensor.rank == 0: tensor.scalar.map(cell) ?? .empty
    default: .text(value.text)
    }
  }

  static func cell(_ scalar: Scalar) -> TableOutput.Cell {
    if case .bool(let value) = scalar { return .text(value ? "True" : "False") }
    return .number(NumberCell(scalar.double, text: text(scalar)))
  }

  /// All digits where they are few, else six: `0.1`, `0.333333`.
  static func text(_ scalar: Scalar) -> String {
    let full = NumPyText.string(scalar)
    guard scalar.dtype.isFloat, full.utf8.count > 9 else { return full }
    return (try? PythonFormat.format(.float(scalar.double), ".6g")) ?? full
  }
}
