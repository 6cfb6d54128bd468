import NNSource

/// A finding in a terminal: place and sentence, the line with the spot underlined, the way out.
enum DiagnosticText {
  static func text(_ diagnostic: Diagnostic, in source: SourceFile) -> String {
    let wording = diagnostic.problem.wording
    let position = source.position(of: diagnostic.range.lower)
    let kind = diagnostic.severity == .warning ? "warning: " : ""
    var text = "\(source.name):\(position.line):\(position.column): \(kind)\(wording.message)\n"
    let line = source.lineRange(position.line)
    if line.upper > line.lower {
      let lower = min(max(diagnostic.range.lower, line.lower), line.upper)
      let upper = min(max(diagnostic.range.upper, lower), line.upper)
      let margin = "\(position.line)"
      let before = source.text(SourceRange(line.lower, lower)).map { $0 == "\t" ? "\t" : " " }
      let width = max(1, DisplayWidth.of(source.text(SourceRange(lower, upper))))
      text += "\(margin) | \(source.text(line))\n"
      text += String(repeating: " ", count: margin.utf8.count) + " | " + before.joined()
      text += String(repeating: "^", count: width) + "\n"
    }
    if let hint = wording.hint { text += "hint: \(hint)\n" }
    return text
  }
}
