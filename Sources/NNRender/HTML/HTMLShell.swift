import NNSource

/// The page around a page's text: head, policy, style, table of contents, landmarks, foot.
struct HTMLShell {
  let title: String
  var description: String?
  var author: String?
  var contents: [PageOutline.Entry] = []
  var body: Markup = .nothing
  var footer: Markup = .nothing
  var style = PageStyle.text

  /// What tells that nnbook wrote a page.
  static let generator = MarkupWriter.string(
    .tag("meta", ["name": "generator", "content": "nnbook"]))

  /// The id of the text. No heading's name has a colon in it.
  private static let mainID = "page:text"

  init(title: String) { self.title = title }

  func html() -> String {
    var writer = MarkupWriter()
    writer.write(.finished("<!DOCTYPE html>\n"))
    writer.write(.tag("html", ["lang": "en"], [head, .text("\n"), page]))
    writer.write(.text("\n"))
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  // MARK: Head

  private var head: Markup {
    var tags: [Markup] = [
      .tag("meta", ["charset": "utf-8"]),
      .tag("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
      .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .tag("meta", ["name": "color-scheme", "content": "light dark"]),
      .finished(Self.generator),
      .tag("title", [:], title),
    ]
    if let description {
      tags.append(.tag("meta", ["name": "description", "content": description]))
    }
    if let author { tags.append(.tag("meta", ["name": "author", "content": author])) }
    tags.append(.tag("style", [:], [.finished(style)]))
    return .tag("head", [:], tags.flatMap { [.text("\n"), $0] } + [.text("\n")])
  }

  /// Nothing may be loaded; the one style and the one script are named by their hashes.
  private var policy: String {
    "default-src 'none'; style-src '\(Self.hash(style))'; "
      + "script-src '\(Self.hash(PageScript.text))'; img-src data:; base-uri 'none'; form-action 'none'"
  }

  private static func hash(_ text: String) -> String {
    "sha256-" + Base64.encode(SHA256.digest(Array(text.utf8)))
  }

  // MARK: Body

  private var page: Markup {
    let list = contentsList
    var parts: [Markup] = [
      .tag("a", ["class": "skip", "href": "#\(Self.mainID)"], "Skip to the text"), masthead,
    ]
    if let list {
      // Wide pages show the first, narrow ones the second; without a script a folded list can't
      // be open on one and closed on the other.
      parts.append(
        .tag(
          "nav", ["class": "contents wide", "aria-label": "Contents"],
          [.tag("p", ["class": "label"], "Contents"), list]))
      parts.append(
        .tag(
          "nav", ["class": "contents narrow", "aria-label": "Contents"],
          [.tag("details", [:], [.tag("summary", [:], "Contents"), list])]))
    }
    parts.append(.tag("main", ["id": Self.mainID, "tabindex": "-1"], [.text("\n"), body]))
    parts.append(.tag("footer", ["class": "foot"], [footer]))
    parts.append(.tag("script", [:], [.finished(PageScript.text)]))
    return .tag(
      "body", ["class": list == nil ? "single" : nil],
      parts.flatMap { [.text("\n"), $0] } + [.text("\n")])
  }

  private var masthead: Markup {
    var parts: [Markup] = [.tag("h1", [:], title)]
    if let description { parts.append(.tag("p", ["class": "lead"], description)) }
    if let author { parts.append(.tag("p", ["class": "byline"], author)) }
    return .tag("header", ["class": "masthead"], parts)
  }

  /// Third-level headings stand in a list of their own under their step. nil if a table of
  /// contents would tell nothing.
  private var contentsList: Markup? {
    guard contents.count > 1 else { return nil }
    var items: [(entry: PageOutline.Entry, children: [Markup])] = []
    for entry in contents {
      if entry.level == 3, !items.isEmpty {
        items[items.count - 1].children.append(.tag("li", [:], [Self.link(entry)]))
      } else {
        items.append((entry, []))
      }
    }
    return .tag(
      "ol", [:],
      items.map { item in
        let children = item.children.isEmpty ? [] : [Markup.tag("ol", [:], item.children)]
        return .tag("li", [:], [Self.link(item.entry)] + children)
      })
  }

  private static func link(_ entry: PageOutline.Entry) -> Markup {
    let number = entry.number.map { [Markup.tag("span", ["class": "number"], $0), .text(" ")] }
    return .tag(
      "a", ["href": "#\(entry.anchor)"], (number ?? []) + [.tag("span", [:], entry.text)])
  }
}
