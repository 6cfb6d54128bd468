import NNSource

@testable import NNNotebook

/// The findings of a notebook as a reader gets them: `line:column: message | hint`, a warning
/// marked as one.
func findings(in text: String) -> [String] {
  let file = SourceFile(name: "a.md", text: text)
  return Notebook.read(file).diagnostics.map { finding in
    let place = file.position(of: finding.range.lower)
    let wording = finding.problem.wording
    let mark = finding.severity == .warning ? "warning: " : ""
    let hint = wording.hint.map { " | \($0)" } ?? ""
    return "\(place.line):\(place.column): \(mark)\(wording.message)\(hint)"
  }
}

func notebook(_ text: String, name: String = "a.md") -> Notebook {
  Notebook.read(SourceFile(name: name, text: text))
}
