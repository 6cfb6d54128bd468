import NNSource

/// A finding in its place: the sentence, where it is, the line with the spot marked, the way out.
struct DiagnosticHTML {
  let diagnostic: Diagnostic
  let source: SourceFile
  /// An error the cell was meant to have.
  let isExpected: Bool

  init(_ diagnostic: Diagnostic, in source: SourceFile, isExpected: Bool = false) {
    self.diagnostic = diagnostic
    self.source = source
    self.isExpected = isExpected && diagnostic.severity == .error
  }

  /// `letters.md:41:14`
  var place: String {
    let position = source.position(of: diagnostic.range.lower)
    return "\(PageAnchors.fileName(source.name)):\(position.line):\(position.column)"
  }

  var sentence: String { diagnostic.problem.wording.message }

  private var kind: String {
    switch diagnostic.severity {
    case .error: isExpected ? "Error, as meant" : "Error"
    case .warning: "Warning"
    }
  }

  var markup: Markup {
    let wording = diagnostic.problem.wording
    var parts: [Markup] = [
      .tag(
        "p", ["class": "message"],
        [.tag("strong", [:], kind), .text(" "), .text(wording.message)]),
      .tag("p", ["class": "place"], place),
    ]
    if let excerpt { parts.append(excerpt) }
    if let callers = diagnostic.callerText(in: source) {
      parts.append(.tag("p", ["class": "place"], "called from " + callers))
    }
    if let hint = wording.hint {
      parts.append(
        .tag("p", ["class": "hint"], [.tag("span", [:], "hint:"), .text(" "), .text(hint)]))
    }
    let name = isExpected ? "expected" : diagnostic.severity.rawValue
    return .tag("div", ["class": "diagnostic \(name)"], parts)
  }

  private static let reach = 300

  /// The line the range begins on, with as much of the range as is on it marked.
  private var excerpt: Markup? {
    let range = diagnostic.range
    let number = source.position(of: range.lower).line
    let line = source.lineRange(number)
    let lower = min(max(range.lower, line.lower), line.upper)
    let upper = min(max(range.upper, lower), line.upper)
    guard line.upper > line.lower else { return nil }
    // Of a very long line only what is near.
    let before = source.text(SourceRange(max(line.lower, lower - 4 * Self.reach), lower))
      .suffix(Self.reach)
    let marked = source.text(SourceRange(lower, min(upper, lower + 4 * Self.reach)))
    let after = source.text(SourceRange(upper, min(line.upper, upper + 4 * Self.reach)))
      .prefix(Self.reach)
    let code = before + marked + after
    return .tag(
      "pre", CodeHTML.scrollable(["class": "excerpt"], label: place, text: Array(code.utf8)),
      [
        .tag("span", ["class": "line"], "\(number) | "), .text(String(before)),
        .tag("mark", [:], marked.isEmpty ? " " : marked), .text(String(after)),
      ])
  }
}
