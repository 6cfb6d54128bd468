/// Text, elements and finished markup as one tree. What is text and what is markup is told by the
/// case, never by looking at the string, and `MarkupWriter` escapes every text and every attribute:
/// no caller can forget to.
indirect enum Markup: Sendable {
  case text(String)
  case element(MarkupElement)
  case group([Markup])
  /// Markup that was escaped where it was made: what `MarkdownDocument` and `MarkupWriter` give.
  case finished(String)

  static func tag(
    _ name: StaticString, _ attributes: MarkupAttributes = [:], _ children: [Markup] = []
  ) -> Markup {
    .element(MarkupElement(name: name, attributes: attributes, children: children))
  }

  static func tag(
    _ name: StaticString, _ attributes: MarkupAttributes = [:], _ text: String
  ) -> Markup {
    tag(name, attributes, [.text(text)])
  }

  static let nothing = Markup.group([])
}

/// Names are literals of ours, so that nothing a notebook says can become a tag or an attribute.
struct MarkupElement: Sendable {
  let name: StaticString
  let attributes: MarkupAttributes
  let children: [Markup]
}

/// Attributes in the order they are written; one whose value is nil is left out.
struct MarkupAttributes: Sendable, ExpressibleByDictionaryLiteral {
  private(set) var pairs: [(name: StaticString, value: String)] = []

  init(dictionaryLiteral elements: (StaticString, String?)...) {
    for (name, value) in elements { set(name, value) }
  }

  mutating func set(_ name: StaticString, _ value: String?) {
    if let value { pairs.append((name, value)) }
  }

  func with(_ name: StaticString, _ value: String?) -> MarkupAttributes {
    var copy = self
    copy.set(name, value)
    return copy
  }
}

extension Markup: ExpressibleByArrayLiteral {
  init(arrayLiteral elements: Markup...) { self = .group(elements) }
}
