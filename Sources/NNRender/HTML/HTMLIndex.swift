/// The page that lists a folder's notebooks.
package struct HTMLIndex {
  package struct Entry: Sendable {
    /// The page's path from the index, `/` between its parts.
    package let path: String
    package let title: String
    package let description: String?
    /// What is wrong with it in a few words, "2 cells failed"; nil if nothing is.
    package let problem: String?

    package init(path: String, title: String, description: String? = nil, problem: String? = nil) {
      self.path = path
      self.title = title
      self.description = description
      self.problem = problem
    }
  }

  /// Entries keep their order.
  package static func render(title: String, entries: [Entry]) -> String {
    var shell = HTMLShell(title: title)
    let items = entries.flatMap { [.text("\n"), item($0)] }
    shell.body =
      entries.isEmpty
      ? .tag("p", [:], "There are no notebooks here.") : .tag("ol", ["class": "index"], items)
    shell.footer = .tag(
      "p", [:], "Made by nnbook from \(NumberText.count(entries.count, "notebook"))")
    return shell.html()
  }

  private static func item(_ entry: Entry) -> Markup {
    var parts: [Markup] = [.tag("a", ["href": address(entry.path)], entry.title)]
    if let problem = entry.problem {
      parts.append(.tag("span", ["class": "problem"], " \(problem)"))
    }
    if let description = entry.description { parts.append(.tag("p", [:], description)) }
    return .tag("li", [:], parts)
  }

  /// A relative path as an address: bytes other than RFC 3986's unreserved ones and `/` are
  /// percent-encoded, so that no file name reads as a scheme, a query or a fragment.
  static func address(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += byte < 16 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
