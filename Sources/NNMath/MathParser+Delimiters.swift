import NNSource

/// `\left( … \right)`, `\bigl(`.
extension MathParser {
  /// The delimiter at hand; empty for `.`.
  private mutating func delimiter(of origin: Origin) -> String {
    skipSpaces()
    switch peek {
    case .sign(let sign):
      position += 1
      return sign == "." ? "" : sign == "<" ? "⟨" : sign == ">" ? "⟩" : String(sign)
    case .command(let name):
      if let sign = MathSymbols.signs[name]?.text {
        position += 1
        return sign
      }
    default: break
    }
    report(.missingDelimiter(origin.text), at: origin.range)
    return ""
  }

  /// Delimiters as high as what stands between them.
  mutating func fenced(_ origin: Origin) -> MathAtom {
    let nodes = nested(origin) { parser in
      var nodes = parser.stretched(of: origin, .prefix) + parser.row()
      while parser.peek == .command("middle") {
        let middle = parser.origin
        parser.position += 1
        nodes += parser.stretched(of: middle, .infix) + parser.row()
      }
      let right = parser.origin
      if parser.peek == .command("right") {
        parser.position += 1
        nodes += parser.stretched(of: right, .postfix)
      } else {
        parser.report(.unclosed(origin.text), at: origin.range)
      }
      return nodes
    }
    return MathAtom(node: .row(nodes ?? []), kind: .fenced)
  }

  private mutating func stretched(of origin: Origin, _ form: MathSign.Form) -> [MathNode] {
    let text = delimiter(of: origin)
    return text.isEmpty ? [] : [.delimiter(text, form)]
  }

  /// `\big(`: the delimiter alone, as high as told.
  mutating func sized(_ size: MathSymbols.SizedDelimiter, _ origin: Origin) -> MathAtom {
    let text = delimiter(of: origin)
    guard !text.isEmpty else { return MathAtom(node: .nothing, kind: nil) }
    var sign = MathSign(text)
    sign.height = .fixed(size.height)
    sign.form = size.form
    sign.isTight = size.kind != .relation
    return MathAtom(node: .sign(sign), kind: size.kind)
  }
}
