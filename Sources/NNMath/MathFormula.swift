import NNSource

/// NNMath: a formula in TeX's notation → `MathFormula`: what it is made of, as a tree, and what of
/// it was not understood. It knows neither Markdown nor MathML.
///
///     MathLexer       text → tokens with their places: letters, numbers, signs, commands, braces
///     MathParser      tokens → `MathNode`, by the rules of TeX's math mode; +Commands, +Delimiters
///                     and +Environments hold the grammar's other rules
///     MathRow         atoms side by side: which sign joins two and which belongs to one
///     MathSymbols     what each command stands for; MathAlphabet: bold, blackboard, script letters

/// A formula as it was read. Reading never fails: what is not understood is in the tree as it was
/// written, and in `findings`.
package struct MathFormula: Sendable, Hashable {
  /// What is wrong at the bytes `range` of the TeX.
  package struct Finding: Sendable, Hashable {
    package let problem: FormulaProblem
    package let range: Range<Int>
  }

  /// A person writes none longer, and what is shown is many times as large.
  package static let longest = 20_000

  package let content: [MathNode]
  package let findings: [Finding]

  package init(_ tex: String) {
    let size = tex.utf8.count
    guard size <= Self.longest else {
      content = [.unknown(tex)]
      findings = [Finding(problem: .tooLong(bytes: size, limit: Self.longest), range: 0..<size)]
      return
    }
    var parser = MathParser(tex)
    content = parser.formula()
    findings = parser.findings
  }

  /// The formula in one line, for places that take text alone: x_i, a/b, √x.
  package var plainText: String { content.map(\.plainText).joined() }
}
