/// A part of a formula. What it looks like is told here, how it is drawn is not.
package indirect enum MathNode: Sendable, Hashable {
  /// A letter, slanted unless it is upright, or a name of several letters, which never slants.
  case identifier(String, isUpright: Bool)
  case number(String)
  case sign(MathSign)
  case text(String, MathTextStyle)
  /// TeX that was not understood.
  case unknown(String)
  /// A width in thousandths of an em; it may be negative.
  case space(Int)
  case row([MathNode])
  case fraction(MathNode, MathNode, hasRule: Bool)
  case root(MathNode, index: MathNode?)
  /// `areLimits`: below and above, not beside.
  case scripts(MathNode, lower: MathNode?, upper: MathNode?, areLimits: Bool)
  case over(MathNode, mark: MathNode, isAccent: Bool)
  case under(MathNode, mark: MathNode, isAccent: Bool)
  /// With a rule above or below that is as long as it is.
  case lined(MathNode, isOver: Bool)
  case table(MathTable)
  /// As large as in a formula set apart, or as small as in a line of text.
  case sized(isDisplay: Bool, MathNode)
  case framed(MathNode)
  /// Takes its room, and is not seen.
  case phantom(MathNode)

  static let nothing = MathNode.row([])
}

package enum MathTextStyle: Sendable, Hashable { case plain, bold, italic, typewriter }

/// An operator, a relation, a delimiter, an accent.
package struct MathSign: Sendable, Hashable {
  package enum Height: Sendable, Hashable {
    /// As it is in the font, or as signs of its kind are by custom.
    case own
    /// As it is in the font, whatever it stands upon.
    case natural
    /// As high, or as wide, as what it belongs to.
    case stretched
    /// In tenths of an em.
    case fixed(Int)
  }

  /// On which side of the sign stands what it belongs to; nil: a reader can tell by its place.
  package enum Form: Sendable, Hashable { case prefix, infix, postfix }

  package enum Limits: Sendable, Hashable {
    /// Below and above in a formula set apart, beside in a line of text.
    case movable
    case fixed
  }

  package let text: String
  package var height = Height.own
  package var form: Form?
  /// Without room on either side.
  package var isTight = false
  package var limits: Limits?

  init(_ text: String) { self.text = text }
}

package struct MathTable: Sendable, Hashable {
  package enum Column: Sendable, Hashable { case left, center, right }

  package enum Spacing: Sendable, Hashable {
    /// Between a matrix's columns.
    case matrix
    /// A matrix in a line of text.
    case small
    /// Pairs of columns that meet at a sign.
    case aligned
    case cases
    /// Formulas below each other.
    case gathered
    /// Lines below a large operator.
    case stacked
  }

  package var rows: [[MathNode]]
  package var spacing: Spacing
  /// Of the columns from the first on; the others are centred.
  package var columns: [Column] = []
  /// Columns with a rule in front of them.
  package var ruledColumns: Set<Int> = []
  /// Rows with a rule above them; the last may be one behind the last row.
  package var ruledRows: Set<Int> = []

  package func column(_ index: Int) -> Column {
    switch spacing {
    case .aligned: index.isMultiple(of: 2) ? .right : .left
    case .cases: .left
    case .matrix, .small, .gathered, .stacked: index < columns.count ? columns[index] : .center
    }
  }
}

extension MathNode {
  /// The node in one line.
  var plainText: String {
    switch self {
    case .identifier(let text, _), .number(let text), .text(let text, _), .unknown(let text):
      text
    case .sign(let sign): sign.text
    case .space(let width): width >= 160 ? " " : ""
    case .row(let nodes): nodes.map(\.plainText).joined()
    case .fraction(let above, let below, let hasRule):
      above.part + (hasRule ? "/" : " over ") + below.part
    case .root(let node, let index): (index?.plainText ?? "") + "√" + node.part
    case .scripts(let base, let lower, let upper, _):
      base.plainText + (lower.map { "_" + $0.part } ?? "") + (upper.map { Self.upper($0) } ?? "")
    case .lined(let node, _): node.plainText
    case .over(let base, _, let isAccent) where isAccent: base.plainText
    case .under(let base, _, let isAccent) where isAccent: base.plainText
    case .over(let base, let mark, _): base.plainText + "^" + mark.part
    case .under(let base, let mark, _): base.plainText + "_" + mark.part
    case .table(let table):
      table.rows.map { $0.map(\.plainText).joined(separator: " ") }.joined(separator: "; ")
    case .sized(_, let node), .framed(let node), .phantom(let node): node.plainText
    }
  }

  private static func upper(_ node: MathNode) -> String {
    let text = node.part
    return text.allSatisfy { $0 == "′" } ? text : "^" + text
  }

  /// In parentheses where it would run into its neighbours.
  private var part: String {
    let text = plainText
    return text.count > 1 && !text.allSatisfy { $0.isNumber || $0 == "′" } ? "(\(text))" : text
  }
}
