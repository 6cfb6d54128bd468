import NNCheck
import NNOutput
import NNSource

/// What a check found, told in the notebook's terms: one block for each cell, inline value, page or
/// record that differs. Terminal, annotations, JUnit and the page are made of the same blocks.
struct CheckBlock {
  /// A piece of a line, and what it is.
  struct Span {
    enum Kind { case plain, recorded, fresh, cause, hint }

    let text: String
    let kind: Kind

    init(_ text: String, _ kind: Kind = .plain) {
      self.text = text
      self.kind = kind
    }
  }

  let file: String
  var line: Int
  /// Of an error.
  var column: Int?
  /// The cell's label; nil for what is no cell.
  var cell: String?
  /// The cell is not in the notebook any more; another one may have its label.
  var isGone = false
  /// "cell 'train'", or the whole of what there is to say.
  let title: String
  /// Whether the title is a heading of the lines, not a sentence of its own.
  let isHeading: Bool
  let lines: [[Span]]

  /// The lines without colours.
  var texts: [String] { lines.map { $0.map(\.text).joined() } }

  /// `letters.md:41:14`
  var place: String { "\(file):\(line)" + (column.map { ":\($0)" } ?? "") }

  /// In one line: the title and the first of the lines.
  var message: String {
    isHeading ? title + (texts.first.map { ": " + $0 } ?? "") : title
  }

  // MARK: Making

  /// All of one notebook, in the order of the file.
  static func blocks(of check: NotebookCheck) -> [CheckBlock] {
    var blocks: [CheckBlock] = []
    if let comparison = check.comparison {
      blocks += comparison.cells.map { CellWords(check, $0).block }
      blocks += comparison.inlines.map { block(of: $0, in: check) }
      blocks.sort { $0.line < $1.line }
      let findings = [
        ("is not found any more", comparison.lostFindings), ("is new", comparison.newFindings),
      ]
      for (word, texts) in findings {
        blocks += texts.map { text in
          CheckBlock(
            file: check.path, line: 1, title: "a finding of the notebook \(word): \(text)",
            isHeading: false, lines: [])
        }
      }
    }
    return check.findings.map { block(of: $0, file: check.path) } + blocks
  }

  /// What went wrong in the run, and why the notebook was not checked.
  static func errors(of check: NotebookCheck) -> [CheckBlock] {
    let errors = check.errors.map { error in
      var block = block(of: error.problem.wording, file: check.path)
      block.cell = error.cell
      block.line = error.position.line
      block.column = error.position.column
      return block
    }
    // A data set that is not there says more about itself than the notebook does.
    guard errors.isEmpty, let failure = check.failure else { return errors }
    return [block(of: failure, file: check.path)]
  }

  static func block(of problem: CheckProblem, file: String) -> CheckBlock {
    block(of: problem.wording, file: file)
  }

  private static func block(of wording: Wording, file: String) -> CheckBlock {
    CheckBlock(
      file: file, line: 1, title: wording.message, isHeading: false,
      lines: wording.hint.map { [[Span("hint: " + $0, .hint)]] } ?? [])
  }

  private static func block(of inline: InlineDifference, in check: NotebookCheck) -> CheckBlock {
    var lines: [[Span]] = []
    switch (inline.recorded, inline.fresh) {
    case ("", let new?) where inline.difference != nil && !new.isEmpty:
      lines.append(
        [Span("had no value as it stood when the record was made, is "), Span(new, .fresh)])
    case (nil, let text): lines.append([Span("is new: "), Span(text ?? "", .fresh)])
    case (let text, nil): lines.append([Span("is gone: "), Span(text ?? "", .recorded)])
    case (let old?, let new?):
      lines.append(
        [Span("was "), Span(old, .recorded), Span(", is "), Span(new, .fresh)]
          + (inline.difference?.distance.map { [Span($0.text)] } ?? []))
    }
    lines += CauseWords.lines(of: inline.causes, for: nil, in: check)
    return CheckBlock(
      file: check.path, line: check.line(ofInline: inline.index),
      title: "the inline value \(inline.expression)", isHeading: true, lines: lines)
  }
}

/// A cell's differences in words.
private struct CellWords {
  private typealias Span = CheckBlock.Span

  /// More than these of one output are counted.
  private static let most = 5

  private let check: NotebookCheck
  private let cell: CellDifference

  init(_ check: NotebookCheck, _ cell: CellDifference) {
    self.check = check
    self.cell = cell
  }

  var block: CheckBlock {
    CheckBlock(
      file: check.path, line: check.line(ofCell: cell.index), cell: cell.label,
      isGone: cell.index == nil, title: "cell '\(cell.label)'", isHeading: true,
      lines: cell.changes.map(line) + cell.outputs.flatMap(lines) + valueLines
        + CauseWords.lines(of: cell.causes, for: cell.label, in: check))
  }

  private func line(_ change: CellDifference.Change) -> [Span] {
    switch change {
    case .added: [Span("is new: the record has no outputs of it")]
    case .gone: [Span("is gone, and the record still has its outputs")]
    case .relabelled(let label): [Span("was labelled "), Span("'\(label)'", .recorded)]
    case .moved: [Span("stands in another place among the cells")]
    case .stale: [Span("is marked as out of date in the record")]
    case .state(let recorded, let now):
      [
        Span(recorded.words(isNow: false), .recorded), Span(", "),
        Span(now.words(isNow: true), .fresh),
      ]
    }
  }

  private func lines(_ output: OutputDifference) -> [[Span]] {
    let kind = (output.fresh ?? output.recorded)?.kindName ?? "output"
    let name = "output \(output.number), \(kind)"
    guard output.recorded != nil else { return [[Span("\(name): is new")]] }
    guard output.fresh != nil else { return [[Span("recorded \(name): is gone")]] }
    var lines = output.differences.prefix(Self.most).map { [Span(name + ": ")] + $0.spans }
    if output.differences.count > Self.most {
      lines.append([Span("\(name): \(output.differences.count - Self.most) more differences")])
    }
    return lines
  }

  private var valueLines: [[Span]] {
    guard !cell.values.isEmpty else { return [] }
    let names = cell.values.map { "'\($0)'" }.joined(separator: ", ")
    return [
      [Span("leaves other values than the recorded ones, though no output shows it: \(names)")]
    ]
  }
}

extension CellRecord.State {
  fileprivate func words(isNow: Bool) -> String {
    switch (self, isNow) {
    case (.done, false): "ran to its end"
    case (.done, true): "now runs to its end"
    case (.failed, false): "failed"
    case (.failed, true): "now fails"
    case (.skipped, false): "did not run, for want of what a failed cell makes"
    case (.skipped, true): "now does not run, for want of what a failed cell makes"
    case (.notEvaluated, false): "was not to be run"
    case (.notEvaluated, true): "now is not to be run"
    case (.notRun, false): "had not run as it stands"
    case (.notRun, true): "now has not run"
    }
  }
}

extension Difference {
  /// `net.W1[3, 2] was 0.5, is 0.6 (by 0.1, relative 0.2, 12 ulps); 11 more of 12 differ`
  fileprivate var spans: [CheckBlock.Span] {
    var spans: [CheckBlock.Span]
    switch (recorded, fresh) {
    case (let old?, let new?):
      spans = [
        .init("\(place) was "), .init(old, .recorded), .init(", is "), .init(new, .fresh),
      ]
    case (let old?, nil): spans = [.init("\(place) is gone; it was "), .init(old, .recorded)]
    case (nil, let new?): spans = [.init("\(place) is new: "), .init(new, .fresh)]
    case (nil, nil): spans = [.init(place)]
    }
    if let distance { spans.append(.init(distance.text)) }
    if others > 0 {
      spans.append(
        .init("; \(NumberText.grouped(others)) more of \(NumberText.grouped(total)) differ"))
    }
    return spans
  }
}

extension Distance {
  /// ` (by 0.1, relative 0.2, 12 ulps)`; nothing where no number tells it.
  var text: String {
    if absolute.isNaN { return "" }
    if absolute == 0 { return " (only the sign of zero)" }
    var parts = ["by " + NumberText.rounded(absolute, digits: 3)]
    if relative.isFinite { parts.append("relative " + NumberText.rounded(relative, digits: 3)) }
    // Of numbers that are far apart they say nothing.
    if let ulps, ulps < 1_000_000 {
      parts.append(NumberText.count(Int(ulps), "ulp"))
    }
    return " (" + parts.joined(separator: ", ") + ")"
  }
}

/// Why, in words.
enum CauseWords {
  /// More causes than these are counted.
  private static let most = 3

  static func lines(
    of causes: [Cause], for label: String?, in check: NotebookCheck
  ) -> [[CheckBlock.Span]] {
    guard !causes.isEmpty else { return [] }
    let texts = causes.prefix(most).map { text(of: $0, for: label, in: check) }
    let rest = causes.count - texts.count
    return [
      [
        CheckBlock.Span(
          "because " + texts.joined(separator: ", and ")
            + (rest > 0 ? ", and for \(NumberText.count(rest, "more reason"))" : ""), .cause)
      ]
    ]
  }

  /// `label`: the cell that is spoken of.
  static func text(of cause: Cause, for label: String?, in check: NotebookCheck) -> String {
    func cell(_ name: String) -> String {
      let line = check.cells.first { $0.label == name }?.line
      return "the cell '\(name)'" + (line.map { " (\(check.path):\($0))" } ?? "")
    }
    switch cause {
    case .source(label): return "its source changed"
    case .source(let name): return "the source of \(cell(name)) changed"
    case .file(let file, label): return "'\(file)', which it reads, changed"
    case .file(let file, let name): return "'\(file)', which \(cell(name)) reads, changed"
    case .parameter(let name): return "the parameter '\(name)' changed"
    case .added(let name): return "\(cell(name)) is new"
    case .gone(let name): return "the cell '\(name)' is gone"
    case .order(let name, let maker):
      return "cells changed places: '\(name)' now comes from \(cell(maker))"
    case .earlier(label): return "it was recorded before the cells above it were"
    case .earlier(let name): return "\(cell(name)) was recorded before the cells above it were"
    case .notRun(label): return "it had not run when the record was made"
    case .notRun(let name): return "\(cell(name)) had not run when the record was made"
    case .engine(label):
      return "of another nnbook, or because the record was edited: nothing it comes from changed"
    case .engine(let name):
      return "of another nnbook, or because the record was edited: nothing that \(cell(name)) "
        + "comes from changed"
    }
  }
}
