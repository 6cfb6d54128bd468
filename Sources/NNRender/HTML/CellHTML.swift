import NNOutput
import NNSource

/// A cell on the page: its source, its outputs right under it, its caption.
struct CellHTML {
  let cell: CellRecord
  let source: SourceFile
  let anchor: String

  init(cell: CellRecord, source: SourceFile, anchors: PageAnchors) {
    self.cell = cell
    self.source = source
    anchor = cell.isUnlabelled ? cell.label : anchors.cell(cell.label)
  }

  var markup: Markup {
    let name = cell.isUnlabelled ? "\(cell.number)" : cell.label
    var parts = [sourcePart(name), notice, outputPart(name)].compactMap { $0 }
    var attributes: MarkupAttributes = ["class": classes, "id": anchor]
    if let caption = cell.caption {
      parts.append(.tag("figcaption", [:], caption))
      return .tag("figure", attributes.with("aria-label", "Cell \(name)"), spaced(parts))
    }
    attributes.set("role", "group")
    attributes.set("aria-label", "Cell \(name)")
    return .tag("div", attributes, spaced(parts))
  }

  private func spaced(_ parts: [Markup]) -> [Markup] {
    parts.flatMap { [.text("\n"), $0] } + [.text("\n")]
  }

  private var classes: String {
    switch cell.state {
    case .done: cell.isStale ? "cell stale" : "cell"
    case .failed: "cell failed"
    case .skipped: "cell skipped"
    case .notEvaluated: "cell unevaluated"
    case .notRun: "cell stale"
    }
  }

  // MARK: Source

  private func sourcePart(_ name: String) -> Markup? {
    let label = Markup.tag(
      "a", ["class": "cell-name", "href": "#\(anchor)", "aria-label": "Cell \(name)"], name)
    let code = CodeHTML.block(
      cell.program.utf8, spans: cell.highlights, language: "nn", label: "Source of cell \(name)")
    switch cell.echo {
    case .hide: return nil
    case .show: return .tag("div", ["class": "source"], [label, code])
    case .fold:
      let lines = CodeHTML.lineCount(cell.program.utf8)
      let summary = "Source, \(NumberText.count(lines, "line"))"
      return .tag(
        "div", ["class": "source"],
        [label, .tag("details", ["class": "fold"], [.tag("summary", [:], summary), code])])
    }
  }

  // MARK: State

  /// What a reader has to know before reading the outputs.
  private var notice: Markup? {
    let text: String
    switch cell.state {
    case .skipped where !cell.outputs.contains(where: \.isDiagnostic):
      text = "Did not run, because a cell it needs failed."
    case .skipped: text = "Did not run."
    case .notEvaluated: text = "Shown, not run."
    case .notRun where cell.outputs.isEmpty:
      text = "Has not run as it stands now."
    case .done, .failed, .notRun:
      guard cell.isStale || cell.state == .notRun else { return nil }
      text = "Out of date: these outputs belong to an earlier version of the notebook."
    }
    return .tag("p", ["class": "state"], text)
  }

  // MARK: Outputs

  private func outputPart(_ name: String) -> Markup? {
    let shown = cell.output == .hide ? cell.outputs.filter(\.isDiagnostic) : cell.outputs
    guard !shown.isEmpty else { return nil }
    let isMeantToFail = cell.state == .done
    let outputs = Self.joined(shown).enumerated().map { index, output in
      OutputHTML(
        output, id: "\(anchor)-\(index + 1)", cell: name, source: source,
        isErrorExpected: isMeantToFail
      ).markup
    }
    let body = outputs.flatMap { [.text("\n"), $0] } + [.text("\n")]
    guard cell.output == .fold else { return .tag("div", ["class": "outputs"], body) }
    return .tag(
      "div", ["class": "outputs"],
      [.tag("details", ["class": "fold"], [.tag("summary", [:], "Output")] + body)])
  }

  /// Texts printed one after the other are one text.
  static func joined(_ outputs: [CellOutput]) -> [CellOutput] {
    var result: [CellOutput] = []
    var pending = PrintedText("")
    for output in outputs {
      if case .text(let printed) = output {
        pending.append(printed)
        continue
      }
      if !pending.text.isEmpty { result.append(.text(pending)) }
      pending = PrintedText("")
      result.append(output)
    }
    if !pending.text.isEmpty { result.append(.text(pending)) }
    return result
  }
}

extension CellRecord {
  /// Named `cell-N` for want of a label.
  var isUnlabelled: Bool { label == "cell-\(number)" }
}

extension CellOutput {
  var isDiagnostic: Bool {
    if case .diagnostic = self { return true }
    return false
  }
}
