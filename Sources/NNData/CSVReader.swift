import Glibc
import NNSource
import NNTensor

/// How a program names a column of a table: by its name, or by its place, from 0 or from the end.
package enum ColumnName: Sendable, Hashable {
  case name(String)
  case number(Int)
}

/// What the program says of a table.
package struct TableOptions: Sendable, Hashable {
  package enum Header: Sendable { case auto, present, absent }

  package var target: ColumnName?
  package var drop: [ColumnName] = []
  package var header = Header.auto

  package init() {}
}

/// Comma-separated values → features and labels. Commas, semicolons or tabs, whichever the first
/// line has most of; quoted fields as RFC 4180 has them; LF, CRLF or CR; blank lines count for
/// nothing. An empty field is nan.
struct CSVReader {
  private var scanner: CSVScanner
  private let options: TableOptions
  private let file: FileBytes
  /// Of the columns, as the header has them; nil without one.
  private var names: [String]?
  private var columnCount = 0
  private var target: Int?
  /// For each column, its place among the features, or -1.
  private var places: [Int] = []
  private var width = 0

  init(_ file: FileBytes, _ options: TableOptions) {
    (self.file, self.options) = (file, options)
    scanner = CSVScanner(file)
  }

  mutating func dataSet() throws -> DataSet {
    try refuseOtherEncodings()
    scanner.skipBlankLines()
    let first = try scanner.record()
    guard !first.isEmpty else { throw Problem.data(.noRows(file: file.name)) }
    columnCount = first.count
    let afterFirst = scanner.place
    scanner.skipBlankLines()
    if hasHeader(first, second: try scanner.record()) {
      names = first.map { scanner.text($0) }
      scanner.place = afterFirst
    } else {
      scanner.place = first[0].lower
      if first[0].isQuoted { scanner.place -= 1 }
    }
    try choose()
    return try rows()
  }

  private func refuseOtherEncodings() throws {
    guard file.begins(with: [0xFF, 0xFE]) || file.begins(with: [0xFE, 0xFF]) else { return }
    throw Problem.data(
      .unsupported(file: file.name, found: "text in UTF-16", hint: "save it as UTF-8"))
  }

  // MARK: Columns

  /// A first line is one of names if a column has a number below what is none, or if it has no
  /// number at all.
  private func hasHeader(_ first: [CSVScanner.Field], second: [CSVScanner.Field]) -> Bool {
    switch options.header {
    case .present: return true
    case .absent: return false
    case .auto:
      let areNumbers = first.map { scanner.number($0) != nil }
      if !areNumbers.contains(true) { return true }
      return zip(areNumbers, second).contains { isNumber, below in
        !isNumber && scanner.number(below) != nil
      }
    }
  }

  private mutating func choose() throws {
    target = try options.target.map(index)
    var dropped = Set(try options.drop.map(index))
    if let target { dropped.insert(target) }
    places = []
    for column in 0..<columnCount {
      let isKept = !dropped.contains(column)
      places.append(isKept ? width : -1)
      width += isKept ? 1 : 0
    }
    guard width > 0 else { throw Problem.data(.noFeatures(file: file.name)) }
  }

  private func index(_ column: ColumnName) throws -> Int {
    switch column {
    case .number(let number):
      let index = number < 0 ? number + columnCount : number
      guard index >= 0, index < columnCount else {
        throw Problem.data(.columnNumber(file: file.name, number: number, count: columnCount))
      }
      return index
    case .name(let name):
      let found = (names ?? []).indices.filter { names?[$0] == name }
      guard let index = found.first else {
        throw Problem.data(.column(file: file.name, name: name, known: names ?? []))
      }
      guard found.count == 1 else {
        throw Problem.data(.columnTwice(file: file.name, name: name))
      }
      return index
    }
  }

  /// As `target=` and `drop=` would write it.
  private func spelled(_ column: Int) -> String {
    names.map { "\"\($0[column])\"" } ?? String(column)
  }

  // MARK: Rows

  private enum Labels {
    case none
    case numbers([Double])
    /// Class numbers in the order in which the texts were met.
    case texts(LabelTable)
  }

  private mutating func rows() throws -> DataSet {
    let start = scanner.place
    // No row is shorter than its separators, so the file's size bounds the table's.
    let most = min(scanner.lineCount, (file.count - start + 1) / columnCount + 1)
    var x = try Tensor(zeros: [most, width], .float64)
    var labels: Labels = target == nil ? .none : .numbers([])
    var count = 0
    do {
      count = try read(into: &x, &labels)
    } catch is NotANumber {
      // A label that is no number makes them all texts.
      scanner.place = start
      labels = .texts(LabelTable())
      count = try read(into: &x, &labels)
    }
    guard count > 0 else { throw Problem.data(.noRows(file: file.name)) }
    var set = DataSet(name: file.name)
    set.x = count == most ? x : try x.firstRows(count)
    switch labels {
    case .none: break
    case .numbers(let values): set.y = Self.tensor(values)
    case .texts(var table): (set.y, set.classes) = table.finished()
    }
    set.features = names.map { names in
      names.indices.filter { places[$0] >= 0 }.map { names[$0] }
    }
    return set
  }

  private struct NotANumber: Error {}

  /// Class numbers where all are whole.
  private static func tensor(_ values: [Double]) -> Tensor {
    let integers = values.compactMap { Int(exactly: $0) }
    return integers.count == values.count ? Tensor(integers) : Tensor(values)
  }

  private static let rowsPerCheck = 4096

  private mutating func read(
    into x: inout Tensor, _ labels: inout Labels
  ) throws -> Int {
    try x.withMutableElements(of: Double.self) { elements in
      var row = 0
      while true {
        scanner.skipBlankLines()
        if scanner.isAtEnd { return row }
        if row % Self.rowsPerCheck == 0 { try Allowance.check() }
        let line = scanner.place
        // A quoted line end can make no more rows than lines, but a row too many is caught here.
        guard (row + 1) * width <= elements.count else { throw try wrongLength(line) }
        try self.row(line, elements.baseAddress.map { $0 + row * width }, &labels)
        row += 1
      }
    }
  }

  @inline(__always)
  private mutating func row(
    _ line: Int, _ target: UnsafeMutablePointer<Double>?, _ labels: inout Labels
  ) throws {
    guard let target else { return }
    for column in 0..<columnCount {
      let place = places[column]
      if place >= 0 {
        target[place] = try number(column)
      } else if column == self.target {
        try label(&labels, column)
      } else {
        _ = try scanner.field()
      }
      let isLast = column == columnCount - 1
      guard isLast ? scanner.endsRecord() : scanner.separates() else {
        throw try wrongLength(line)
      }
    }
  }

  private mutating func wrongLength(_ line: Int) throws -> Problem {
    scanner.place = line
    let count = try scanner.record().count
    return .data(
      .rowLength(
        file: file.name, line: scanner.position(of: line).line, fields: count,
        expected: columnCount))
  }

  @inline(__always)
  private mutating func number(_ column: Int) throws -> Double {
    if let value = scanner.quickNumber() { return value }
    return try slowNumber(column)
  }

  @inline(never)
  private mutating func slowNumber(_ column: Int) throws -> Double {
    let field = try scanner.field()
    if field.isEmpty, !field.isQuoted { return .nan }
    guard let value = scanner.number(field) else { throw notANumber(field, column) }
    return value
  }

  private func notANumber(_ field: CSVScanner.Field, _ column: Int) -> Problem {
    let (line, place) = scanner.position(of: field.lower - (field.isQuoted ? 1 : 0))
    return .data(
      .number(
        file: file.name, line: line, column: place, name: spelled(column),
        found: String(scanner.text(field).prefix(40))))
  }

  private mutating func label(_ labels: inout Labels, _ column: Int) throws {
    let field = try scanner.field()
    guard !field.isEmpty else {
      let (line, place) = scanner.position(of: field.lower)
      throw Problem.data(.noLabel(file: file.name, line: line, column: place))
    }
    switch labels {
    case .none: break
    case .numbers(var values):
      guard let value = scanner.number(field) else { throw NotANumber() }
      labels = .none
      values.append(value)
      labels = .numbers(values)
    case .texts(var table):
      labels = .none
      table.add(scanner.text(field))
      labels = .texts(table)
    }
  }
}

/// Texts → class numbers in the order of the sorted texts, as numpy.unique gives them.
private struct LabelTable {
  private var numbers: [String: Int] = [:]
  private var texts: [String] = []
  private var codes: [Int] = []

  mutating func add(_ text: String) {
    if let last = codes.last, texts[last] == text {
      codes.append(last)
    } else if let known = numbers[text] {
      codes.append(known)
    } else {
      numbers[text] = texts.count
      codes.append(texts.count)
      texts.append(text)
    }
  }

  mutating func finished() -> (y: Tensor, classes: [String]) {
    let order = texts.indices.sorted { NaturalOrder.byCodePoints(texts[$0], texts[$1]) }
    var places = [Int](repeating: 0, count: texts.count)
    for (place, index) in order.enumerated() { places[index] = place }
    return (Tensor(codes.map { places[$0] }), order.map { texts[$0] })
  }
}
