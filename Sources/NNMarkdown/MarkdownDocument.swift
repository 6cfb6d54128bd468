import NNMath
import NNSource

/// NNMarkdown: `SourceFile` → cmark-gfm → `MarkdownDocument`: code blocks, code spans, headings and
/// links as values with exact ranges → `html(codeBlock:codeSpan:)`, the prose with cells put in.
///
///     CommonMarkTree      the bridge to cmark, which alone touches its pointers: limits, walk;
///                         +Collecting, +Rendering; MathSyntax adds formulas to its parser
///     MarkdownLimits      what is refused, because cmark would take long for it
///     CollectedDocument   what cmark found → places in the file
///     ContentMap          a paragraph's text → places in the file
///     CodeSpanLocator     where in a paragraph's text its code spans stand
///     ProseEscaper        what is not let through → backslashes that make it text
///     AutolinkScanner, Anchor, LinkPolicy, HTMLText    plain functions over text

/// A Markdown text (GitHub's flavour), parsed. What cmark says is copied out; the tree is parsed
/// again for each rendering, which takes less time than a millisecond a page.
package struct MarkdownDocument: Sendable {
  /// A fenced code block. `index` counts all of them in source order, from 0.
  package struct CodeBlock: Sendable, Hashable {
    package let index: Int
    /// What stands behind the opening fence, as the file spells it, without outer white space.
    package let info: String
    package let infoRange: SourceRange
    /// The lines between the fences, without the container's marks and indentation.
    package let literal: SourceSlice
    /// From the opening fence's first character to the closing fence's last, or the last line.
    package let range: SourceRange
    /// The opening fence's line from its first character.
    package let fenceRange: SourceRange
    package let isClosed: Bool
    package let isInFootnote: Bool
  }

  /// An inline code span. `index` counts all of them in source order, from 0.
  package struct CodeSpan: Sendable, Hashable {
    package let index: Int
    /// The code, as CommonMark normalises it: line ends are spaces, one outer space is gone.
    package let literal: SourceSlice
    /// From the first back-tick to the last.
    package let range: SourceRange

    package var text: String { String(decoding: literal.utf8, as: UTF8.self) }
  }

  package struct Heading: Sendable, Hashable {
    /// A heading's text in pieces, so that inline values can be put in.
    package enum Piece: Sendable, Hashable {
      case text(String)
      /// As it was written, and in one line of plain text.
      case formula(tex: String, text: String)
      case code(spanIndex: Int, text: String)
    }

    package let level: Int
    package let pieces: [Piece]
    /// GitHub's slug, unique in the document; the heading's `id` in the HTML. It has no `:` or `.`
    /// in it and never begins with `fn-` or `fnref-`, which are the footnotes'.
    package let anchor: String
    package let range: SourceRange

    package var text: String { text { _ in nil } }

    var plainFrame: Frame {
      Frame(open: "<h\(level) id=\"\(HTMLText.escaped(anchor))\">", close: "</h\(level)>")
    }

    /// The text with code spans replaced by `codeSpan`'s answers.
    package func text(codeSpan: (Int) -> String?) -> String {
      var result = ""
      for piece in pieces {
        switch piece {
        case .text(let text), .formula(_, let text): result += text
        case .code(let index, let text): result += codeSpan(index) ?? text
        }
      }
      return result
    }
  }

  /// A link or an image the author wrote (not a bare address that became one).
  package struct Link: Sendable, Hashable {
    package let url: String
    package let isImage: Bool
    /// The paragraph, heading or table cell it stands in.
    package let range: SourceRange
  }

  /// A formula in TeX's notation, `$…$` or `$$…$$`. `index` counts them as they are on the page.
  package struct Formula: Sendable, Hashable {
    package let index: Int
    package let tex: String
    package let isDisplay: Bool
    package let content: MathFormula
    /// What of it was not understood.
    package let findings: [Diagnostic]
    /// From the first dollar to the last.
    package let range: SourceRange
  }

  /// Finished markup to put around something.
  package struct Frame: Sendable, Hashable {
    package let open: String
    package let close: String

    package init(open: String, close: String) {
      self.open = open
      self.close = close
    }
  }

  /// What a heading becomes.
  package enum HeadingMarkup: Sendable, Hashable {
    /// The element of its level with its anchor as `id`.
    case plain
    /// Its text between other markup, which carries the anchor itself.
    case frame(Frame)
    /// Nothing: it stands elsewhere on the page.
    case leaveOut
  }

  package let source: SourceFile
  /// Where the Markdown begins: the front matter is cut off before.
  package let bodyStart: Int
  package let codeBlocks: [CodeBlock]
  package let codeSpans: [CodeSpan]
  package let headings: [Heading]
  package let links: [Link]
  package let formulas: [Formula]
  /// Raw HTML (shown as text), in source order.
  package let rawHTML: [SourceRange]
  /// Footnotes nothing refers to: they are not on the page.
  package let unusedFootnotes: [SourceRange]
  /// Paragraphs with `` `nn `` in their text that is no code span, because a back-tick has no
  /// partner. (cmark reads only the first span behind an unpaired run of back-ticks.)
  package let strayInlines: [SourceRange]
  /// Why the text was not parsed at all: too large, or built to take long. Empty otherwise.
  package let diagnostics: [Diagnostic]
  /// Whether something in it is not let through, or not seen by cmark at all.
  let hasRefused: Bool
  /// Spans as cmark visits them (footnotes last) → their index.
  private let spanOrder: [Int]

  /// `bodyStart` is the offset of a line's start.
  package init(_ source: SourceFile, bodyStart: Int = 0) {
    self.source = source
    self.bodyStart = bodyStart
    let lines = BodyLines(source, from: bodyStart)
    var found = CollectedDocument()
    do throws(MarkdownRefusal) {
      let parts = try CommonMarkTree.withTree(of: lines) { $0.collect() }
      found = CollectedDocument(parts, lines: lines)
      diagnostics = []
    } catch {
      diagnostics = [
        .error(.notebook(error.problem), at: lines.range(ofLine: error.line) ?? SourceRange(0, 0))
      ]
    }
    codeBlocks = found.codeBlocks
    codeSpans = found.codeSpans
    headings = found.headings
    links = found.links
    formulas = found.formulas
    rawHTML = found.rawHTML
    unusedFootnotes = found.unusedFootnotes
    strayInlines = found.strayInlines
    spanOrder = found.spanOrder
    hasRefused = found.hasRefused
  }

  /// The page's prose as HTML. `codeBlock`, `codeSpan` and `formula` are asked for the markup to put in the
  /// place of the block, span or formula of that index; nil leaves it to cmark. `heading` says what becomes
  /// of the heading of that index, `table` is put around every table. `pictures` has the addresses
  /// to load for those the text gives; other pictures become links. What they return is trusted,
  /// and nothing else is: raw HTML is shown as text, and only harmless links stay links.
  package func html(
    codeBlock: (Int) -> String? = { _ in nil }, codeSpan: (Int) -> String? = { _ in nil },
    formula: (Int) -> String? = { _ in nil },
    heading: (Int) -> HeadingMarkup = { _ in .plain }, table: Frame? = nil,
    pictures: [String: String] = [:]
  ) -> String {
    let lines = BodyLines(source, from: bodyStart)
    // Asked before the parser's lock is taken: an answer may itself be rendered Markdown.
    let replacements = Replacements(
      blocks: codeBlocks.map { codeBlock($0.index) }, spans: spanOrder.map { codeSpan($0) },
      formulas: formulas.indices.map(formula),
      headings: headings.enumerated().map { index, found in
        let answer = heading(index)
        return answer == .plain ? .frame(found.plainFrame) : answer
      }, table: table, pictures: pictures)
    guard diagnostics.isEmpty,
      let html = try? CommonMarkTree.withTree(of: lines, { $0.render(replacements) })
    else { return HTMLText.preformatted(source.utf8[min(bodyStart, source.utf8.count)...]) }
    return html
  }
}

/// The Markdown part of a file, by lines as cmark counts them: from 1 at the body's start.
struct BodyLines {
  let source: SourceFile
  /// How many lines of the file come before the body.
  let before: Int
  let start: Int

  init(_ source: SourceFile, from bodyStart: Int) {
    self.source = source
    start = min(max(bodyStart, 0), source.utf8.count)
    before = source.position(of: start).line - 1
  }

  var byteCount: Int { source.utf8.count - start }

  /// How many lines there are; an empty one at the end, behind a last line end, is none.
  var count: Int {
    let all = source.lineCount - before
    return source.lineStarts[source.lineCount - 1] == source.utf8.count ? all - 1 : all
  }

  /// The file range of line `number`, without its end; nil if there is no such line.
  func range(ofLine number: Int) -> SourceRange? {
    guard number >= 1, number <= count else { return nil }
    return source.lineRange(number + before)
  }

  func bytes(_ range: SourceRange) -> ArraySlice<UInt8> { source.utf8[range.lower..<range.upper] }
}
