import Foundation
import FoundationXML
import Testing

@testable import NNRender

@Suite struct MathMLTests {
  /// What is between the outer `mrow`s.
  private func content(_ tex: String) -> String {
    let html = MathML(tex, isDisplay: false).html
    let start = html.range(of: "<semantics><mrow>")?.upperBound ?? html.startIndex
    let end = html.range(of: "</mrow><annotation")?.lowerBound ?? html.endIndex
    return String(html[start..<end])
  }

  @Test(arguments: [
    ("x", "<mi>x</mi>"),
    ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
    ("x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
    ("x^{12}", "<msup><mi>x</mi><mrow><mn>12</mn></mrow></msup>"),
    ("x^12", "<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>"),
    ("0.25", "<mn>0.25</mn>"), ("1,000", "<mn>1,000</mn>"),
    ("1,2", "<mn>1</mn><mo>,</mo><mn>2</mn>"),
    ("f'", "<msup><mi>f</mi><mo>′</mo></msup>"),
    ("a-b", "<mi>a</mi><mo>−</mo><mi>b</mi>"),
    ("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
    ("\\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"),
    ("\\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>"),
    (
      "\\sum_{i=1}^n",
      "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"
    ),
    ("\\int_0^1", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>"),
    ("\\sigma", "<mi>σ</mi>"), ("\\nabla", "<mi mathvariant=\"normal\">∇</mi>"),
    ("\\mathbf{W}", "<mrow><mi>𝐖</mi></mrow>"), ("\\mathbb R", "<mi>ℝ</mi>"),
    ("\\boldsymbol\\theta", "<mi>𝜽</mi>"), ("\\mathcal{L}", "<mrow><mi>ℒ</mi></mrow>"),
    ("\\mathrm{softmax}", "<mi>softmax</mi>"),
    ("\\mathrm{d}", "<mrow><mi mathvariant=\"normal\">d</mi></mrow>"),
    (
      "\\hat y",
      "<mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover>"
    ),
    ("\\text{if } x", "<mtext>if\u{A0}</mtext><mi>x</mi>"),
    (
      "\\left(x\\right)",
      "<mrow><mo fence=\"true\" stretchy=\"true\" form=\"prefix\">(</mo><mi>x</mi>"
        + "<mo fence=\"true\" stretchy=\"true\" form=\"postfix\">)</mo></mrow>"
    ),
    (
      "\\begin{matrix}a&b\\\\c&d\\end{matrix}",
      "<mrow><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr>"
        + "<mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable></mrow>"
    ),
    ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
  ]) func formulas(tex: String, markup: String) {
    #expect(content(tex) == markup)
    #expect(MathML(tex, isDisplay: false).problems.isEmpty)
  }

  @Test func theTeXIsInside() {
    let html = MathML("a & <b>", isDisplay: true).html
    #expect(html.hasPrefix("<math display=\"block\"><semantics>"))
    #expect(
      html.contains("<annotation encoding=\"application/x-tex\">a &amp; &lt;b&gt;</annotation>"))
  }

  @Test(arguments: [
    ("\\foo x", ["\\foo"]), ("a}", ["}"]), ("{a", ["{"]), ("\\left( a", ["\\left"]),
    ("\\begin{tikz}x", ["\\begin{tikz}"]), ("a & b", ["&"]), ("\\right)", ["\\right"]),
  ]) func whatIsNotUnderstoodIsTold(tex: String, problems: [String]) {
    #expect(MathML(tex, isDisplay: false).problems == problems)
  }

  /// Any tokens in any order: it ends, and the markup is well formed.
  @Test func anyTextGivesWellFormedMarkup() {
    let pieces = [
      "\\frac", "{", "}", "_", "^", "'", "&", "\\\\", "x", "12", "\\left", "\\right", "(", "]",
      "\\sqrt", "[", "\\begin{pmatrix}", "\\end{pmatrix}", "\\text", "\\mathrm", "\\mathbf",
      "\\hat", "\\sum", "\\big", "%", "\n", " ", "\\", "\\not", "\\overset", "<", "\u{0}", "π",
      "\\operatorname*", "\\binom",
    ]
    for seed in UInt64(0)..<400 {
      let tex = Samples.noise(30, seed: seed).map { pieces[Int(abs($0) * 1000) % pieces.count] }
        .joined()
      let html = MathML(tex, isDisplay: seed % 2 == 0).html
      #expect(XMLParser(data: Data(html.utf8)).parse(), "\(tex)\n\(html)")
    }
  }

  @Test func depthHasAnEnd() {
    for piece in ["{", "\\left(", "\\frac{", "\\sqrt[", "\\begin{matrix}", "x^{", "\\hat", "\\not"]
    {
      let html = MathML(String(repeating: piece, count: 20_000), isDisplay: false).html
      #expect(html.hasSuffix("</math>"))
    }
  }
}
