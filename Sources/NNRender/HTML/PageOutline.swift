import NNMarkdown

/// A page's headings: which one is the title again, which are numbered steps, and what stands in
/// the table of contents.
struct PageOutline {
  struct Entry: Sendable {
    let level: Int
    let number: String?
    let text: String
    let anchor: String
  }

  private let headings: [MarkdownDocument.Heading]
  private let numbers: [String?]
  private let texts: [String]
  /// The heading that repeats the page's title, which the page's head shows already.
  private let titleIndex: Int?

  init(_ markdown: MarkdownDocument, title: String, inlineText: (Int) -> String?) {
    headings = markdown.headings
    texts = headings.map { $0.text(codeSpan: inlineText) }
    let isTitle = headings.first?.level == 1 && texts.first == title
    titleIndex = isTitle ? 0 : nil
    numbers = Self.numbers(headings, texts)
  }

  /// Second-level headings are numbered, if there are at least two and their author did not
  /// number them already ("Step 1: …", "2. …").
  private static func numbers(
    _ headings: [MarkdownDocument.Heading], _ texts: [String]
  ) -> [String?] {
    let steps = headings.indices.filter { headings[$0].level == 2 }
    var numbers = [String?](repeating: nil, count: headings.count)
    guard steps.count > 1, !steps.contains(where: { isNumbered(texts[$0]) }) else { return numbers }
    for (count, index) in steps.enumerated() { numbers[index] = "\(count + 1)" }
    return numbers
  }

  private static func isNumbered(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    guard let first = words.first?.lowercased() else { return false }
    if first.first?.isNumber == true { return true }
    return ["step", "part", "chapter"].contains(first) && words.count > 1
      && words[1].first?.isNumber == true
  }

  var entries: [Entry] {
    headings.indices.compactMap { index in
      guard index != titleIndex, headings[index].level <= 3 else { return nil }
      return Entry(
        level: headings[index].level, number: numbers[index], text: texts[index],
        anchor: headings[index].anchor)
    }
  }

  /// The markup around heading `index`'s text.
  func frame(_ index: Int) -> MarkdownDocument.HeadingMarkup {
    guard index != titleIndex else { return .leaveOut }
    let heading = headings[index]
    let level = min(max(heading.level, 1), 6)
    var open = "<h\(level) id=\""
    open += MarkupWriter.attribute(heading.anchor) + "\">"
    if let number = numbers[index] {
      open += MarkupWriter.string(
        [.tag("span", ["class": "number"], number), .text(" ")])
    }
    let link = Markup.tag(
      "a",
      ["class": "anchor", "href": "#\(heading.anchor)", "aria-label": "Link to “\(texts[index])”"],
      "#")
    return .frame(
      MarkdownDocument.Frame(open: open, close: MarkupWriter.string(link) + "</h\(level)>"))
  }
}
