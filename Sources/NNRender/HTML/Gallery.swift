import NNOutput

/// A list of notebooks, each with its title, its description and a picture from it: what the index
/// of a folder shows.
package struct Gallery: Sendable {
  package struct Entry: Sendable {
    /// The page's path from the index, `/` between its parts.
    package let path: String
    package let title: String
    package let description: String?
    package let section: String?
    package let order: Int?
    /// What is wrong with it, "2 cells failed: " and what the first error says; nil if nothing is.
    package let problem: String?
    let cover: CellOutput?

    package init(_ document: OutputDocument, path: String) {
      self.path = path
      title = document.title
      description = document.description
      section = document.section
      order = document.order
      problem = Self.problem(document)
      cover = document.cells.lazy.filter { $0.output == .show }.flatMap(\.outputs)
        .first(where: Cover.isPicture)
    }

    private static func problem(_ document: OutputDocument) -> String? {
      guard document.hasFailure else { return nil }
      let failed = document.cells.count { $0.state == .failed }
      let what = failed > 0 ? "\(NumberText.count(failed, "cell")) failed" : "has an error"
      let first = document.allDiagnostics.first { $0.severity == .error }
      return what + (first.map { ": \($0.problem.wording.message)" } ?? "")
    }
  }

  let entries: [Entry]

  /// By their number, then by their path.
  package init(_ entries: [Entry]) {
    self.entries = entries.sorted {
      ($0.order ?? .max, $0.path) < ($1.order ?? .max, $1.path)
    }
  }

  /// Those without a section come first; a section stands where the first of its notebooks does.
  private var sections: [(title: String?, entries: [Entry])] {
    var sections: [(title: String?, entries: [Entry])] = [(nil, [])]
    for entry in entries {
      if let index = sections.firstIndex(where: { $0.title == entry.section }) {
        sections[index].entries.append(entry)
      } else {
        sections.append((entry.section, [entry]))
      }
    }
    return sections.filter { !$0.entries.isEmpty }
  }

  var markup: Markup {
    guard !entries.isEmpty else { return .tag("p", [:], "There are no notebooks here.") }
    var number = 0
    var parts: [Markup] = []
    for section in sections {
      if let title = section.title { parts += [.text("\n"), .tag("h2", [:], title)] }
      let items = section.entries.flatMap { entry -> [Markup] in
        number += 1
        return [.text("\n"), Self.item(entry, number)]
      }
      parts += [.text("\n"), .tag("ul", ["class": "gallery"], items)]
    }
    return .group(parts)
  }

  private static func item(_ entry: Entry, _ number: Int) -> Markup {
    let isBroken = entry.cover == nil && entry.problem != nil
    let cover = entry.cover.map { Cover($0, id: "cover:\(number)").markup }
    var parts: [Markup] = [
      .tag(
        "a", ["href": HTMLIndex.address(entry.path)],
        [
          .tag(
            "span", ["class": isBroken ? "cover broken" : "cover", "aria-hidden": "true"],
            [cover ?? (isBroken ? Cover.broken : .nothing)]),
          .tag("span", ["class": "name"], entry.title),
        ])
    ]
    if let problem = entry.problem { parts.append(.tag("p", ["class": "problem"], problem)) }
    if let description = entry.description { parts.append(.tag("p", [:], description)) }
    return .tag("li", [:], parts)
  }
}

/// A chart, pictures or a diagram as a small picture. What is written on it would be too small to be
/// read, and is left out.
struct Cover {
  /// A drawing of more bytes than these would make the list heavy.
  private static let heaviest = 60_000
  private static let mostPictures = 8

  let output: CellOutput
  let id: String

  init(_ output: CellOutput, id: String) {
    self.output = output
    self.id = id
  }

  /// A chart without a line, crossed out: for a page that failed before it had a picture.
  static let broken = Markup.finished(
    "<svg viewBox=\"0 0 48 30\"><path d=\"M1 0v29h46\"/><path d=\"m20 10 9 9m0-9-9 9\"/></svg>")

  static func isPicture(_ output: CellOutput) -> Bool {
    switch output {
    case .chart, .pictures, .diagram: Cover(output, id: "").drawn != nil
    case .text, .table, .weights, .gradients, .assertion, .diagnostic: false
    }
  }

  var markup: Markup { drawn ?? .nothing }

  private var drawn: Markup? {
    let markup: Markup
    switch output {
    case .chart(let chart):
      markup = ChartDrawing(chart: chart, id: id).picture().svg(id: id, class: "chart")
    case .diagram(let diagram):
      markup = DiagramDrawing(diagram: diagram).picture().svg(id: id, class: "chart diagram")
    case .pictures(let grid):
      var few = grid
      few.pictures = grid.pictures.prefix(Self.mostPictures).map {
        var picture = $0
        picture.caption = nil
        picture.isWrong = false
        return picture
      }
      few.columns = min(grid.columns, 4, few.pictures.count)
      markup = PicturesHTML(few).markup(id: id)
    default: return nil
    }
    return MarkupWriter.string(markup).utf8.count <= Self.heaviest ? markup : nil
  }
}
