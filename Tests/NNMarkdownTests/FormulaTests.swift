import NNSource
import Testing

@testable import NNMarkdown

/// Which dollars begin a formula, and where a formula stands.
@Suite struct FormulaTests {
  private func document(_ text: String) -> MarkdownDocument {
    MarkdownDocument(SourceFile(name: "a.md", text: text))
  }

  @Test(arguments: [
    ("$x$", ["x"]), ("a$x$b", ["x"]), ("($x$, $y$)", ["x", "y"]), ("$x$-axis", ["x"]),
    // Prices, and dollars with white space or a figure on the wrong side.
    ("$5 and $6", []), ("$5, $6 or 7$", ["6 or 7"]), ("$20,000 and USD$30,000", []), ("$ x$", []),
    ("$x $", []), ("$x$5", []), ("a $ b", []), ("$", []), ("$$", []), ("$$$", []), ("$$$$", []),
    // Kept dollars.
    ("\\$x$", []), ("\\$x\\$", []), ("$a\\$b$", ["a\\$b"]), ("\\\\$x$", ["x"]),
    // Code stays code, and emphasis, links and addresses in a formula are none.
    ("`$x$`", []), ("``$x$` $y$``", []), ("`a$` $b$ `$c`", ["b"]),
    ("$a_1 * b_2 * c_3$", ["a_1 * b_2 * c_3"]),
    ("$a`b$ c`", ["a`b"]), ("*$x$*", ["x"]), ("[$x$](y)", ["x"]), ("$[a](b)$", ["[a](b)"]),
    ("$\\{x\\}$", ["\\{x\\}"]), ("$\\\\$", ["\\\\"]), ("$a < b$ and $c > d$", ["a < b", "c > d"]),
    // Over lines of one paragraph, never over its end.
    ("$a\nb$", ["a\nb"]), ("$a\n\nb$", []), ("$$\na\n$$", ["\na\n"]), ("$$ a $$", [" a "]),
    ("$$a$b$$", ["a$b"]), ("- $a$\n- $b$\n", ["a", "b"]), ("# $a$", ["a"]),
    ("|$a$|\n|-|\n|$b$|\n", ["a", "b"]),
    ("```\n$a$\n```\n", []), ("    $a$\n", []), ("<!-- $a$ -->", []),
    ("a[^1]\n\n[^1]: $b$\n", ["b"]),
  ]) func dollars(text: String, formulas: [String]) {
    #expect(document(text).formulas.map(\.tex) == formulas)
  }

  @Test(arguments: [
    "$x$", "a $x$ b", "# T $x$ t", "> $$\n> x\n> $$", "- a\n  $x$", "|a|$x$|\n|-|-|\n|`$x$`|$y$|",
    "`$x$` and $x$", "\\$x$ and $x$", "[a](b$x$) $x$", "<a b=\"$x$\"> $x$", "$ x$ and $x$ and $x$",
    "a[^1] $x$\n\n[^1]: $y$\n", "T $x$\n===", "![$x$](y$x$ \"$x$\") $x$", "é $x$ *$y$*\n$z$",
  ]) func placesAreExact(text: String) {
    let document = document(text)
    #expect(!document.formulas.isEmpty)
    for formula in document.formulas {
      let dollars = formula.isDisplay ? "$$" : "$"
      let found = document.source.text(formula.range).replacing("> ", with: "")
      #expect(found == dollars + formula.tex + dollars)
    }
    let lowers = document.formulas.map(\.range.lower)
    #expect(Set(lowers).count == lowers.count)
  }

  @Test func aHeadingsFormulaIsPlainTextElsewhere() {
    let heading = document("## The $\\sigma'(x_i)$ of $\\frac{a}{b+1}$, $\\sqrt2$\n").headings[0]
    #expect(heading.text == "The σ′(x_i) of a/(b+1), √2")
    #expect(heading.anchor == "the-sigmax_i-of-fracab1-sqrt2")
  }

  /// Hostile formulas: what is shown stays bounded, and nothing takes long.
  @Test(arguments: [
    "{", "}", "^", "\\frac{", "\\left(", "\\begin{matrix}", "x^{", "\\hat", "&", "'", "\\over x",
  ])
  func aFormulaHasBounds(piece: String) {
    let tex = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
    let whole = document("$\(tex)$")
    #expect(whole.formulas.count == 1)
    #expect(whole.formulas[0].findings.map(\.problem.wording.message).count == 1)
    let part = document("$\(tex.prefix(19_000))$")
    #expect(part.formulas.count == 1)
    #expect(part.formulas[0].findings.count <= 20)
  }

  @Test func manyFormulasAndDollars() {
    #expect(document(String(repeating: "$x$ ", count: 50_000)).formulas.count == 50_000)
    #expect(document(String(repeating: "$ ", count: 200_000)).formulas.isEmpty)
    #expect(document(String(repeating: "$5 \\$", count: 100_000)).formulas.isEmpty)
    #expect(document(String(repeating: "$$", count: 200_000)).formulas.isEmpty)
  }
}
