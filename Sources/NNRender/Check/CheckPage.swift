import NNCheck
import NNOutput
import NNSource

/// A check as a page: what was recorded beside what is there now, charts and pictures also laid over
/// each other. One file, as other pages are.
package struct CheckPage {
  private let report: CheckReport

  package static func render(_ report: CheckReport) -> String { CheckPage(report: report).html() }

  private func html() -> String {
    var shell = HTMLShell(title: "What changed")
    shell.description = report.summary
    shell.style += Self.style
    shell.body = .group(
      report.notebooks.enumerated().map { section($0.element, number: $0.offset + 1) }
        + [others])
    shell.footer = .tag("p", [:], "Made by nnbook check")
    return shell.html()
  }

  // MARK: Parts

  private func section(_ check: NotebookCheck, number: Int) -> Markup {
    var parts: [Markup] = [.tag("h2", ["id": "notebook-\(number)"], check.path)]
    let errors = CheckBlock.errors(of: check)
    if let failure = check.failure {
      parts.append(.tag("p", ["class": "problem"], failure.wording.message))
    }
    if !errors.isEmpty, !check.errors.isEmpty {
      parts.append(
        .tag(
          "ul", ["class": "told problem"],
          errors.map { error in
            .tag("li", [:], [.text(error.place + ": "), Self.isolated(error.title)])
          }))
    } else if check.failure == nil, check.count == 0 {
      parts.append(.tag("p", ["class": "note"], "No difference."))
    }
    let blocks = CheckBlock.blocks(of: check)
    let loose = blocks.filter { $0.cell == nil }
    if !loose.isEmpty { parts.append(.tag("ul", ["class": "told"], loose.map(item))) }
    for (index, cell) in (check.comparison?.cells ?? []).enumerated() {
      guard
        let block = blocks.first(where: {
          $0.cell == cell.label && $0.isGone == (cell.index == nil)
        })
      else { continue }
      parts.append(article(cell, block, check, id: "change-\(number)-\(index + 1)"))
    }
    return .group(parts.flatMap { [.text("\n"), $0] })
  }

  private var others: Markup {
    guard !report.findings.isEmpty else { return .nothing }
    return .group([
      .tag("h2", ["id": "others"], "Beside the notebooks"),
      .tag(
        "ul", ["class": "told"],
        report.findings.map { item(CheckBlock.block(of: $0.problem, file: $0.file)) }),
    ])
  }

  private func item(_ block: CheckBlock) -> Markup {
    .tag("li", [:], [Self.isolated(block.title)] + block.lines.map { .tag("p", [:], spans($0)) })
  }

  private func spans(_ line: [CheckBlock.Span]) -> [Markup] {
    line.map { span in
      switch span.kind {
      case .plain: .text(Self.visible(span.text))
      case .recorded: .tag("del", [:], [Self.isolated(span.text)])
      case .fresh: .tag("ins", [:], [Self.isolated(span.text)])
      case .cause: .tag("strong", [:], [Self.isolated(span.text)])
      case .hint: .tag("span", ["class": "note"], [Self.isolated(span.text)])
      }
    }
  }

  /// A text that came from a notebook: whatever it holds, the sentence around it keeps its order.
  private static func isolated(_ text: String) -> Markup { .tag("bdi", [:], visible(text)) }

  /// Characters that turn the direction of a line or can't be seen, by their numbers; other controls
  /// become pictures where the page is written.
  private static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isUnprintable) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isUnprintable, scalar.value > 0x7F {
        result += "⟨U+" + String(scalar.value, radix: 16, uppercase: true) + "⟩"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private func article(
    _ cell: CellDifference, _ block: CheckBlock, _ check: NotebookCheck, id: String
  ) -> Markup {
    let place = cell.index == nil ? check.path : "\(block.file):\(block.line)"
    var parts: [Markup] = [
      .tag("h3", ["id": id], block.title), .tag("p", ["class": "place"], place),
      .tag("ul", ["class": "told"], block.lines.map { .tag("li", [:], spans($0)) }),
    ]
    for (index, output) in cell.outputs.enumerated() {
      parts.append(comparison(output, cell.label, check, id: "\(id)-\(index + 1)"))
    }
    return .tag("section", ["aria-labelledby": id], parts.flatMap { [.text("\n"), $0] })
  }

  // MARK: Outputs

  private func comparison(
    _ output: OutputDifference, _ cell: String, _ check: NotebookCheck, id: String
  ) -> Markup {
    var columns = [
      column("Recorded", output.recorded, cell, check, id: id + "-recorded"),
      column("Now", output.fresh, cell, check, id: id + "-now"),
    ]
    if let old = output.recorded, let new = output.fresh,
      let overlay = CheckOverlay.output(old, new)
    {
      columns.append(column(overlay.caption, overlay.0, cell, check, id: id + "-both"))
    }
    return .tag("div", ["class": "beside"], columns.flatMap { [.text("\n"), $0] })
  }

  private func column(
    _ title: String, _ output: CellOutput?, _ cell: String, _ check: NotebookCheck, id: String
  ) -> Markup {
    let shown: Markup
    switch output {
    case nil: shown = .tag("p", ["class": "note"], "Nothing.")
    case .diagnostic(let diagnostic)?: shown = sentence(diagnostic)
    case let output?:
      shown = OutputHTML(output, id: id, cell: cell, source: check.source).markup
    }
    return .tag(
      "figure", ["class": "outputs", "aria-label": "\(title), cell \(cell)"],
      [.tag("figcaption", [:], title), shown])
  }

  /// Without its place: the recorded one belongs to a notebook that is not there any more.
  private func sentence(_ diagnostic: Diagnostic) -> Markup {
    let wording = diagnostic.problem.wording
    var parts: [Markup] = [
      .tag(
        "p", ["class": "message"],
        [
          .tag("strong", [:], diagnostic.severity == .error ? "Error" : "Warning"), .text(" "),
          .text(wording.message),
        ])
    ]
    if let hint = wording.hint {
      parts.append(
        .tag("p", ["class": "hint"], [.tag("span", [:], "hint:"), .text(" "), .text(hint)]))
    }
    return .tag("div", ["class": "diagnostic \(diagnostic.severity.rawValue)"], parts)
  }

  private static let style =
    "body,body.single{max-width:88rem;grid-template-columns:minmax(0,1fr);padding:0 1.5rem}"
    + ".told{font:.9375rem/1.5 var(--sans);padding-left:1.2em}.told p{margin:.1rem 0}"
    + ".told del{color:var(--error);text-decoration:none}"
    + ".told ins{color:var(--good);text-decoration:none}"
    + ".place{font:.8125rem var(--mono);color:var(--soft);margin:-.4rem 0 .6rem}"
    + ".problem{color:var(--error)}"
    + ".beside{display:grid;gap:1.5rem;margin:0 0 2rem;align-items:start;"
    + "grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr))}"
    + ".beside figure{margin:0;min-width:0}"
    + ".beside figcaption{font:600 .8125rem var(--sans);color:var(--soft);margin:0 0 .5rem}"
}
