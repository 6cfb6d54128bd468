import Foundation
import FoundationXML
import NNMath
import Testing

@testable import NNRender

@Suite struct MathMLTests {
  private static func html(_ tex: String, isDisplay: Bool) -> String {
    MarkupWriter.string(MathML(MathFormula(tex), tex: tex, isDisplay: isDisplay).markup)
  }

  /// What is between the outer `mrow`s.
  private func content(_ tex: String) -> String {
    let html = Self.html(tex, isDisplay: false)
    let start = html.range(of: "<semantics><mrow>")?.upperBound ?? html.startIndex
    let end = html.range(of: "</mrow><annotation")?.lowerBound ?? html.endIndex
    return String(html[start..<end])
  }

  @Test(arguments: [
    ("x", "<mi>x</mi>"),
    ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
    ("x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
    ("x^{12}", "<msup><mi>x</mi><mn>12</mn></msup>"),
    ("x^12", "<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>"),
    ("0.25", "<mn>0.25</mn>"), ("1,000", "<mn>1,000</mn>"),
    ("1,2", "<mn>1</mn><mo>,</mo><mn>2</mn>"),
    ("f'", "<msup><mi>f</mi><mo class=\"prime\">′</mo></msup>"),
    ("a-b", "<mi>a</mi><mo>−</mo><mi>b</mi>"),
    ("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
    ("\\frac{a}{b}", "<mfrac><mi>a</mi><mi>b</mi></mfrac>"),
    ("\\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>"),
    (
      "\\sum_{i=1}^n",
      "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"
    ),
    ("\\int_0^1", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>"),
    ("\\sigma", "<mi>σ</mi>"), ("\\nabla", "<mi mathvariant=\"normal\">∇</mi>"),
    ("\\mathbf{W}", "<mi>𝐖</mi>"), ("\\mathbb R", "<mi>ℝ</mi>"),
    ("\\boldsymbol\\theta", "<mi>𝜽</mi>"), ("\\mathcal{L}", "<mi>ℒ</mi>"),
    ("\\mathrm{softmax}", "<mi>softmax</mi>"),
    ("\\mathrm{d}", "<mi mathvariant=\"normal\">d</mi>"),
    (
      "\\hat y",
      "<mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover>"
    ),
    ("\\text{TP} + \\text{A}", "<mi>TP</mi><mo>+</mo><mi mathvariant=\"normal\">A</mi>"),
    ("\\overline{x}", "<mrow class=\"overline\"><mi>x</mi></mrow>"),
    ("\\text{if } x", "<mtext>if\u{A0}</mtext><mi>x</mi>"),
    (
      "\\left(x\\right)",
      "<mrow><mo stretchy=\"true\" form=\"prefix\">(</mo><mi>x</mi>"
        + "<mo stretchy=\"true\" form=\"postfix\">)</mo></mrow>"
    ),
    (
      "\\begin{matrix}a&b\\\\c&d\\end{matrix}",
      "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr>"
        + "<mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable>"
    ),
    ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
    // A sign that joins nothing stands close.
    ("x=-1", "<mi>x</mi><mo>=</mo><mo lspace=\"0\" rspace=\"0\">−</mo><mn>1</mn>"),
    ("x_+", "<msub><mi>x</mi><mo>+</mo></msub>"),
    ("1{,}5", "<mn>1</mn><mo lspace=\"0\" rspace=\"0\">,</mo><mn>5</mn>"),
    // A name stands off from a letter, and not from a parenthesis.
    (
      "a\\log x",
      "<mi>a</mi><mspace width=\"0.167em\"></mspace><mi>log</mi><mspace width=\"0.167em\"></mspace>"
        + "<mi>x</mi>"
    ),
    (
      "\\log(x)",
      "<mi>log</mi><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">"
        + ")</mo>"
    ),
    ("\\not=", "<mo>≠</mo>"),
    ("\\displaystyle x", "<mstyle displaystyle=\"true\"><mi>x</mi></mstyle>"),
    ("\\hspace{1.5em}", "<mspace width=\"1.5em\"></mspace>"),
  ]) func formulas(tex: String, markup: String) {
    #expect(content(tex) == markup)
    #expect(MathFormula(tex).findings.isEmpty)
  }

  @Test func theTeXIsInside() {
    let html = Self.html("a & <b>", isDisplay: true)
    #expect(html.hasPrefix("<math display=\"block\"><semantics>"))
    #expect(
      html.contains("<annotation encoding=\"application/x-tex\">a &amp; &lt;b&gt;</annotation>"))
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
      let html = Self.html(tex, isDisplay: seed % 2 == 0)
      #expect(XMLParser(data: Data(html.utf8)).parse(), "\(tex)\n\(html)")
    }
  }

  @Test func depthHasAnEnd() {
    for piece in ["{", "\\left(", "\\frac{", "\\sqrt[", "\\begin{matrix}", "x^{", "\\hat", "\\not"]
    {
      let html = Self.html(String(repeating: piece, count: 20_000), isDisplay: false)
      #expect(html.hasSuffix("</math>"))
    }
  }
}
