import NNSource

/// The smallest piece of a program: its kind with what it stands for, and where it stands.
///
/// An object, because the parser hands tokens around at every step of its recursion: a frame holds
/// many, and the stack limits how deep a program may nest.
package final class Token: Sendable {
  package enum Kind: Sendable {
    case name(String)
    case keyword(Keyword)
    case integer(Int)
    case float(Double)
    case string(String)
    case formatted([FormatToken])
    case symbol(Symbol)
    case newline
    case indent
    case dedent
    case end
    /// Text that is no token; the parser reports it when it gets there.
    indirect case invalid(Diagnostic)
  }

  package let kind: Kind
  /// Byte offsets in the slice.
  package let lower: Int
  package let upper: Int
  /// The same bytes in the file.
  package let range: SourceRange
  /// White space or a line's start stands right before it.
  package let followsSpace: Bool
  /// It is the first of its line, also inside brackets.
  package let startsLine: Bool

  init(
    _ kind: Kind, _ lower: Int, _ upper: Int, _ range: SourceRange, followsSpace: Bool,
    startsLine: Bool
  ) {
    self.kind = kind
    self.lower = lower
    self.upper = upper
    self.range = range
    self.followsSpace = followsSpace
    self.startsLine = startsLine
  }
}

package enum Keyword: String, Sendable, CaseIterable {
  case and
  case or
  case not
  case `if`
  case elif
  case `else`
  case `for`
  case `in`
  case `is`
  case `while`
  case def
  case `return`
  case lambda
  case `break`
  case `continue`
  case pass
  case `true`
  case `false`
  case none

  init?(spelling: String) {
    switch spelling {
    case "True": self = .true
    case "False": self = .false
    case "None": self = .none
    default: self.init(rawValue: spelling)
    }
  }
}

package enum Symbol: String, Sendable, CaseIterable {
  case leftParen = "("
  case rightParen = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case comma = ","
  case colon = ":"
  case dot = "."
  case ellipsis = "..."
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case doubleSlash = "//"
  case percent = "%"
  case at = "@"
  case doubleStar = "**"
  case ampersand = "&"
  case bar = "|"
  case caret = "^"
  case tilde = "~"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="
  case assign = "="
  case plusAssign = "+="
  case minusAssign = "-="
  case starAssign = "*="
  case slashAssign = "/="
}

/// A piece of an f-string as the lexer leaves it: the expression still in tokens.
package enum FormatToken: Sendable {
  case text(String)
  case field(FormatField)
}

package struct FormatField: Sendable {
  /// The expression's tokens, closed by an `end`.
  let tokens: [Token]
  let conversion: Character?
  let spec: [FormatToken]
}

/// A whole program in tokens.
package struct TokenStream: Sendable {
  /// Closed by an `end`; indents and dedents balance.
  package let tokens: [Token]
  /// Slice offsets of the comments, `#` included.
  package let comments: [Range<Int>]
  /// The brackets that nothing closes, the innermost last.
  package let unclosed: [Token]
}

extension Token {
  func isSymbol(_ symbol: Symbol) -> Bool {
    if case .symbol(symbol) = kind { return true }
    return false
  }

  func isKeyword(_ keyword: Keyword) -> Bool {
    if case .keyword(keyword) = kind { return true }
    return false
  }

  var name: String? {
    if case .name(let text) = kind { return text }
    return nil
  }

  /// An expression may begin here; a sign tells too little.
  var startsOperand: Bool {
    switch kind {
    case .name, .integer, .float, .string, .formatted: true
    case .keyword(let keyword): [.true, .false, .none, .lambda, .not].contains(keyword)
    case .symbol(let symbol): [.leftParen, .leftBracket, .tilde].contains(symbol)
    default: false
    }
  }

  /// A statement can't go on here.
  var endsLine: Bool {
    switch kind {
    case .newline, .indent, .dedent, .end: true
    default: false
    }
  }
}
