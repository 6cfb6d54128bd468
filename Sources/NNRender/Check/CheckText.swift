import NNCheck
import NNSource

/// A check's findings for a terminal, for GitHub, and for programs.
package struct CheckText {
  private let report: CheckReport

  package init(_ report: CheckReport) { self.report = report }

  private var blocks: [CheckBlock] {
    report.notebooks.flatMap { CheckBlock.blocks(of: $0) }
      + report.findings.map { CheckBlock.block(of: $0.problem, file: $0.file) }
  }

  /// `letters.md:41: cell 'train'`, and its lines indented below it. Empty without a difference.
  package func text(isColoured: Bool) -> String {
    let paint = Paint(isColoured: isColoured)
    var text = ""
    for block in blocks {
      text += paint.bold("\(block.file):\(block.line):") + " \(Self.printable(block.title))\n"
      for line in block.lines {
        text += "  " + line.map { paint.span($0) }.joined() + "\n"
      }
    }
    return text
  }

  /// What a notebook prints must not reach a terminal's controls.
  fileprivate static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isUnprintable) else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.isUnprintable ? "\u{FFFD}" : $0 }))
  }

  // MARK: GitHub

  /// Errors, then findings, in the form that puts them beside their lines in a pull request, one a
  /// line.
  package var annotations: [String] {
    (report.notebooks.flatMap { CheckBlock.errors(of: $0) } + blocks).map { block in
      let message = ([block.title] + block.texts).joined(separator: "\n")
      return "::error file=\(GitHubText.property(block.file)),line=\(block.line)"
        + (block.column.map { ",col=\($0)" } ?? "") + "::\(GitHubText.message(message))"
    }
  }
}

/// Texts in GitHub's workflow commands.
package enum GitHubText {
  /// A value before the `::`.
  package static func property(_ text: String) -> String { escaped(text, inProperty: true) }

  /// What stands behind it.
  package static func message(_ text: String) -> String { escaped(text, inProperty: false) }

  private static func escaped(_ text: String, inProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where inProperty: result += "%3A"
      case "," where inProperty: result += "%2C"
      // The lines are read from a log, which a person reads in a terminal.
      case _ where scalar.isUnprintable && scalar != "\t": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// Colours of a terminal, where there are any.
private struct Paint {
  let isColoured: Bool

  func bold(_ text: String) -> String { code("1", text) }

  func span(_ span: CheckBlock.Span) -> String {
    let text = CheckText.printable(span.text)
    switch span.kind {
    case .plain: return text
    case .recorded: return code("31", text)
    case .fresh: return code("32", text)
    case .cause: return code("33", text)
    case .hint: return code("2", text)
    }
  }

  private func code(_ code: String, _ text: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
