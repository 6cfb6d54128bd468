import Foundation
import NNMath
import Testing

@testable import NNRender

/// Formulas as tutorials on networks write them, against what KaTeX and pandoc make of them
/// (`Fixtures/make_formulas.py`): the same text, and the same elements around it.
@Suite struct FormulaOracleTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let tex: String
    let katex: String
    let pandoc: String
    let shape: String

    var testDescription: String { tex }

    init(_ line: Substring) {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      (tex, katex, pandoc, shape) = (parts[0], parts[1], parts[2], parts[3])
    }
  }

  private static let rows: [Row] = {
    let text = (try? String(contentsOfFile: Tool.fixture("formulas.tsv"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(Row.init)
  }()

  @Test func thereAreEnough() { #expect(Self.rows.count >= 200) }

  @Test(arguments: rows) func theTextIsTheirs(row: Row) {
    let formula = MathFormula(row.tex)
    #expect(formula.findings.isEmpty)
    let markup = MathML(formula, tex: row.tex, isDisplay: true).markup
    let text = Folded.text(markup)
    #expect(text == row.katex || text == row.pandoc, "\(text)")
    #expect(Folded.shape(markup) == row.shape)
  }
}

/// Markup as `make_formulas.py` folds it.
private enum Folded {
  private static let placing: Set<String> = [
    "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover",
    "mtable", "mtr", "mtd",
  ]

  private static let same: [Unicode.Scalar: Unicode.Scalar] = [
    "‖": "∥", "⟂": "⊥", "-": "−", "*": "∗", "∖": "\\", "∙": "•", "⦁": "•", "|": "∣", "'": "′",
    "\u{304}": "ˉ", "\u{301}": "ˊ", "`": "ˋ", "\u{302}": "^", "\u{303}": "~", "\u{20D7}": "→",
    "_": "\u{305}",
  ]

  static func fold(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars
    where !scalar.properties.isWhitespace && !(0x2061...0x2064).contains(scalar.value) {
      scalars.append(same[scalar] ?? scalar)
    }
    return String(scalars)
  }

  static func text(_ markup: Markup) -> String { fold(plain(markup)) }

  private static func plain(_ markup: Markup) -> String {
    switch markup {
    case .text(let text), .finished(let text): text
    case .group(let children): children.map(plain).joined()
    case .element(let element):
      element.name.description == "annotation"
        ? "" : element.children.map(plain).joined() + (isLined(element) ? "\u{305}" : "")
    }
  }

  private static func isLined(_ element: MarkupElement) -> Bool {
    ["overline", "underline"].contains(element.attributes.pairs.first?.value)
  }

  static func shape(_ markup: Markup) -> String {
    switch markup {
    case .text(let text), .finished(let text): return fold(text)
    case .group(let children): return children.map(shape).joined()
    case .element(let element):
      let name = element.name.description
      guard name != "annotation" else { return "" }
      let parts = element.children.map(shape)
      // A rule above or below is a border to us, and a sign to them.
      switch element.attributes.pairs.first?.value {
      case "overline": return "mover(\(parts.joined()),\u{305})"
      case "underline": return "munder(\(parts.joined()),\u{305})"
      default: break
      }
      return placing.contains(name)
        ? "\(name)(\(parts.joined(separator: ",")))" : parts.joined()
    }
  }
}
