import NNOutput

/// Code in a box of its own that scrolls sideways where its lines are too long.
enum CodeHTML {
  /// Lines longer than this may be wider than a phone; only then is the box a stop for the
  /// keyboard.
  static let narrowColumns = 34

  static func block(
    _ code: [UInt8], spans: [HighlightSpan] = [], language: String, label: String
  ) -> Markup {
    let code = code.last == UInt8(ascii: "\n") ? Array(code.dropLast()) : code
    let isKnown = language.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 }
    let name = language.isEmpty || !isKnown ? nil : "language-\(language)"
    return .tag(
      "pre", scrollable([:], label: label, text: code),
      [.tag("code", ["class": name], [highlighted(code, spans)])])
  }

  /// `attributes` with what lets a keyboard scroll a box, if `text` may be too wide for a phone.
  static func scrollable(
    _ attributes: MarkupAttributes, label: String, text: [UInt8]
  ) -> MarkupAttributes {
    let isWide = text.split(separator: UInt8(ascii: "\n")).contains { $0.count > narrowColumns }
    return isWide ? scrollable(attributes, label: label) : attributes
  }

  static func scrollable(_ attributes: MarkupAttributes, label: String) -> MarkupAttributes {
    attributes.with("role", "region").with("aria-label", label).with("tabindex", "0")
  }

  static func lineCount(_ text: [UInt8]) -> Int {
    guard !text.isEmpty else { return 0 }
    let ends = text.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    return text.last == UInt8(ascii: "\n") ? ends : ends + 1
  }

  /// Spans in order; one that overlaps the one before, or lies outside, is left out.
  static func highlighted(_ code: [UInt8], _ spans: [HighlightSpan]) -> Markup {
    var parts: [Markup] = []
    var done = 0
    for span in spans where span.lower >= done && span.upper <= code.count {
      guard span.upper > span.lower else { continue }
      if span.lower > done { parts.append(.text(text(code[done..<span.lower]))) }
      parts.append(
        .tag("span", ["class": span.kind.className], text(code[span.lower..<span.upper])))
      done = span.upper
    }
    if done < code.count { parts.append(.text(text(code[done...]))) }
    return .group(parts)
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

extension HighlightSpan.Kind {
  /// One letter, for there are thousands on a page.
  var className: String {
    switch self {
    case .keyword: "k"
    case .verb: "v"
    case .builtin: "b"
    case .option: "o"
    case .number: "n"
    case .string: "s"
    case .comment: "c"
    case .definition: "d"
    }
  }
}
