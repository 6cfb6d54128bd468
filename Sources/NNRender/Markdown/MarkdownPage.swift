import NNOutput
import NNSource

/// A notebook and its outputs as Markdown that GitHub shows: printed text in fenced blocks, tables
/// as its tables, drawings and pictures as files beside the page.
package struct MarkdownPage {
  package struct File: Sendable {
    /// Beneath the page's folder.
    package let path: String
    package let bytes: [UInt8]
  }

  /// The folder for its files, beside the page.
  package let folder: String
  package private(set) var text = ""
  package private(set) var files: [File] = []

  /// - Parameters:
  ///   - name: the page's file name without `.md`.
  ///   - pictures: what the prose's `![...](address)` show, by their addresses.
  package init(_ document: OutputDocument, name: String, pictures: [String: PagePicture] = [:]) {
    folder = name + "_files"
    let record = NotebookRecord(document)
    var parts: [String] = []
    if !record.beginsWithTitle {
      parts.append("# " + MarkdownText.escaped(document.title))
      if let description = document.description {
        parts.append("*" + MarkdownText.escaped(description) + "*")
      }
    }
    parts += document.diagnostics.map(Self.quote)
    let addresses = addPictures(pictures)
    for piece in record.pieces {
      switch piece {
      case .prose(let prose): parts.append(Self.prose(prose.text, addresses))
      case .cell(let cell): parts += self.parts(of: cell)
      }
    }
    text = parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n\n" + Self.mark
  }

  /// The last line, which no reader shows. A notebook's own comments become text.
  package static let mark = "<!-- Made by nnbook -->\n"

  /// Whether nnbook wrote the page.
  package static func isOurs(_ page: [UInt8]) -> Bool {
    page.suffix(mark.utf8.count).elementsEqual(mark.utf8)
  }

  /// Whether a file of that name may be a page's: `train-2.svg`, `cell-3-1-4.png`, `picture-1.jpeg`.
  package static func isOwnName(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, ["svg", "png", "jpeg", "gif", "webp"].contains(parts[1]) else {
      return false
    }
    let words = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    guard words.count > 1, let number = words.last, !number.isEmpty else { return false }
    return number.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  // MARK: Prose

  /// The files that pictures of the prose become, by their addresses.
  private mutating func addPictures(_ pictures: [String: PagePicture]) -> [(String, String)] {
    pictures.keys.sorted().enumerated().compactMap { index, address in
      guard let picture = pictures[address] else { return nil }
      let ending = picture.mediaType.split(separator: "/").last.map(String.init) ?? "png"
      return (address, add("picture-\(index + 1).\(ending)", picture.bytes))
    }
  }

  private static func prose(_ text: String, _ addresses: [(String, String)]) -> String {
    addresses.reduce(text) { text, picture in
      text.replacing("](" + picture.0, with: "](" + picture.1)
    }
  }

  /// Keeps a file, and gives its address from the page.
  private mutating func add(_ name: String, _ bytes: [UInt8]) -> String {
    files.append(File(path: folder + "/" + name, bytes: bytes))
    return HTMLIndex.address(folder + "/" + name)
  }

  // MARK: Cells

  private mutating func parts(of cell: NotebookRecord.Cell) -> [String] {
    var parts: [String] = []
    let program = cell.shownProgram
    switch cell.echo {
    case .show: parts.append(Self.fenced(program, "python"))
    case .fold: parts.append(Self.folded("Source", Self.fenced(program, "python")))
    case .hide: break
    }
    if cell.state == .notRun, cell.outputs.isEmpty {
      parts.append("> **Has not run** as it stands now.")
    } else if cell.isStale {
      parts.append(
        "> **Out of date**: these outputs belong to an earlier version of the notebook.")
    }
    var outputs: [String] = []
    for (index, output) in cell.joinedOutputs.enumerated() {
      if cell.output == .hide, !output.isDiagnostic { continue }
      outputs.append(self.text(output, name: "\(cell.label)-\(index + 1)"))
    }
    if cell.output == .fold, !outputs.isEmpty {
      parts.append(Self.folded("Output", outputs.joined(separator: "\n\n")))
    } else {
      parts += outputs
    }
    if let caption = cell.caption { parts.append("*" + MarkdownText.escaped(caption) + "*") }
    return parts
  }

  private static func folded(_ title: String, _ content: String) -> String {
    "<details><summary>\(title)</summary>\n\n\(content)\n\n</details>"
  }

  /// In a fence longer than any in the text.
  private static func fenced(_ text: String, _ language: String = "") -> String {
    var longest = 2
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return fence + language + "\n" + text + (text.hasSuffix("\n") || text.isEmpty ? "" : "\n")
      + fence
  }

  private static func quote(_ diagnostic: Diagnostic) -> String {
    let wording = diagnostic.problem.wording
    let kind = diagnostic.severity == .error ? "Error" : "Warning"
    return "> **\(kind)**: \(MarkdownText.escaped(wording.message))"
      + (wording.hint.map { "  \n> hint: \(MarkdownText.escaped($0))" } ?? "")
  }

  // MARK: Outputs

  private mutating func text(_ output: CellOutput, name: String) -> String {
    switch output {
    case .text(let printed): return Self.fenced(printed.text)
    case .table(let table): return MarkdownTable(table).text
    case .chart(let chart):
      return drawing(output, name, ChartText(chart).lines.first ?? "A chart")
    case .diagram(let diagram): return drawing(output, name, "The network \(diagram.name)")
    case .pictures(let grid): return pictures(grid, name)
    case .weights(let weights):
      return weights.entries.map { entry in
        "`\(weights.network).\(entry.name)`, shape \(NumberText.shape(entry.shape)), \(entry.dtype)"
          + "\n\n" + Self.fenced(entry.text)
      }.joined(separator: "\n\n")
    case .gradients(let report):
      return MarkdownText.escaped(report.summary) + "\n\n" + MarkdownTable(report.table).text
    case .assertion(let assertion):
      return "✓ " + Self.code(assertion.condition)
        + (assertion.reason.map { " " + MarkdownText.escaped($0) } ?? "")
    case .diagnostic(let diagnostic): return Self.quote(diagnostic)
    }
  }

  private static func code(_ text: String) -> String {
    text.contains("`") ? "`` \(text) ``" : "`\(text)`"
  }

  private mutating func drawing(_ output: CellOutput, _ name: String, _ words: String) -> String {
    guard let svg = SVGImage.svg(output, id: name) else { return "" }
    let address = add(name + ".svg", Array((svg + "\n").utf8))
    return "![\(MarkdownText.escaped(words))](\(address))"
  }

  /// Markdown knows no grids; this is the table that GitHub lets through.
  private mutating func pictures(_ grid: PictureGrid, _ name: String) -> String {
    let columns = min(max(grid.columns, 1), max(grid.pictures.count, 1))
    var rows: [Markup] = []
    for start in stride(from: 0, to: grid.pictures.count, by: columns) {
      var cells: [Markup] = []
      for index in start..<min(start + columns, grid.pictures.count) {
        cells.append(.tag("td", [:], picture(grid, index, name)))
      }
      rows.append(.tag("tr", [:], cells))
    }
    return MarkupWriter.string(.tag("table", [:], rows))
  }

  private mutating func picture(_ grid: PictureGrid, _ index: Int, _ name: String) -> [Markup] {
    let picture = grid.pictures[index]
    var parts: [Markup] = []
    if let image = PictureImage(picture, map: grid.colorMap, low: grid.low, high: grid.high) {
      let address = add("\(name)-\(index + 1).png", image.bytes)
      let width = image.width * max(1, 96 / max(image.width, image.height))
      parts.append(
        .tag(
          "img",
          ["src": address, "width": "\(width)", "alt": picture.caption ?? "Picture \(index + 1)"]))
    }
    let caption = (picture.isWrong ? "✗ " : "") + (picture.caption ?? "")
    if !caption.isEmpty {
      parts += [.tag("br"), .text(caption.replacing("\n", with: " "))]
    }
    return parts
  }
}

/// A table in GitHub's Markdown.
private struct MarkdownTable {
  private let table: TableOutput
  private let width: Int

  init(_ table: TableOutput) {
    self.table = table
    width = table.rows.reduce(table.columns.count) { max($0, $1.count) }
  }

  var text: String {
    guard width > 0 else { return "" }
    let hasNames = !table.rowNames.isEmpty
    let heads = (0..<width).map { column in
      table.columns.indices.contains(column) ? Self.cell(table.columns[column]) : ""
    }
    let marks = (0..<width).map { isNumeric($0) ? "--:" : "---" }
    var lines = [
      Self.line((hasNames ? [""] : []) + heads), Self.line((hasNames ? ["---"] : []) + marks),
    ]
    for (index, row) in table.rows.enumerated() {
      let name = table.rowNames.indices.contains(index) ? table.rowNames[index] : ""
      lines.append(
        Self.line((hasNames ? [Self.cell(name)] : []) + row.map(Self.text)))
    }
    let more = table.totalRows - table.rows.count
    let title = table.title.map { "**\(MarkdownText.escaped($0))**\n\n" } ?? ""
    return title + lines.joined(separator: "\n")
      + (more > 0 ? "\n\n… \(NumberText.count(more, "more row", "more rows"))" : "")
  }

  private func isNumeric(_ column: Int) -> Bool {
    let cells = table.rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
    return cells.contains { if case .number = $0 { true } else { false } }
      && !cells.contains { if case .text = $0 { true } else { false } }
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  private static func text(_ cell: TableOutput.Cell) -> String {
    switch cell {
    case .text(let text): Self.cell(text)
    case .number(let number): Self.cell(number.text)
    case .empty: ""
    }
  }

  private static func cell(_ text: String) -> String { MarkdownText.escaped(text) }
}

extension NotebookRecord {
  /// Whether its prose begins with a heading of its own.
  fileprivate var beginsWithTitle: Bool {
    if case .prose(let prose)? = pieces.first { prose.text.hasPrefix("# ") } else { false }
  }
}

extension NotebookRecord.Cell {
  /// The program without the option lines at its top, and the line end at its end.
  fileprivate var shownProgram: String {
    var lines = program.split(separator: "\n", omittingEmptySubsequences: false)[...]
    if lines.last?.isEmpty == true { lines.removeLast() }
    var hasOptions = false
    while let first = lines.first {
      let text = first.drop { $0 == " " || $0 == "\t" }
      guard text.hasPrefix("#|") || (hasOptions && text.isEmpty) else { break }
      hasOptions = true
      lines.removeFirst()
    }
    return lines.joined(separator: "\n")
  }
}
