import NNSource

/// NNLanguage: program text (`SourceSlice`) → `Lexer` → `[Token]` → `Parser` → `Program`
/// → `Analyzer` → what a cell reads and writes.
///
/// Every node carries its range in the Markdown file.
package struct Program: Sendable, Hashable {
  package var statements: [Statement]
}

package struct Name: Sendable, Hashable {
  package var text: String
  package var range: SourceRange
}

package struct Statement: Sendable, Hashable {
  package indirect enum Kind: Sendable, Hashable {
    /// An expression standing alone. `isShown` marks the last one of a cell, whose value is printed.
    case expression(Expression, isShown: Bool)
    case assign(Target, Expression)
    case update(Target, BinaryOperator, Expression)
    case define(FunctionDefinition, name: Name)
    case `return`(Expression?)
    case `if`(Expression, then: [Statement], otherwise: [Statement])
    case `for`(Target, in: Expression, body: [Statement])
    case `while`(Expression, body: [Statement])
    case `break`
    case `continue`
    case pass
    /// `xs.append(v)`: the one method that changes a name.
    case append(to: Target, Expression)
    case command(Command)
    /// `network NAME dtype=float32:` and its layer lines.
    case network(NetworkDefinition)
    /// `init net normal(0, fan_in ** -0.5)` or `init net from w1, w2`.
    case initialize(Initialization)
  }

  package var kind: Kind
  package var range: SourceRange
}

/// What may stand on the left of `=`.
package struct Target: Sendable, Hashable {
  package indirect enum Kind: Sendable, Hashable {
    case name(Name)
    /// `x[0, :]`, where `x` is itself a target: a name, a field or an element.
    case element(Target, [IndexItem])
    /// `net.W1`
    case field(Target, Name)
    case tuple([Target])
  }

  package var kind: Kind
  package var range: SourceRange
}

package struct Parameter: Sendable, Hashable {
  package var name: Name
  package var standard: Expression?
}

/// A `def` or a `lambda`.
package struct FunctionDefinition: Sendable, Hashable {
  package var parameters: [Parameter]
  package var body: [Statement]
  package var range: SourceRange
}

package enum UnaryOperator: String, Sendable, Hashable {
  case negate = "-"
  case plus = "+"
  case invert = "~"
  case not = "not"
}

package enum BinaryOperator: String, Sendable, Hashable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case power = "**"
  case matmul = "@"
  case bitAnd = "&"
  case bitOr = "|"
  case bitXor = "^"
}

package enum ComparisonOperator: String, Sendable, Hashable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="
  case `in` = "in"
  case notIn = "not in"
  case `is` = "is"
  case isNot = "is not"
}

package struct Expression: Sendable, Hashable {
  package indirect enum Kind: Sendable, Hashable {
    case integer(Int)
    case float(Double)
    case bool(Bool)
    case none
    case string(String)
    case formatted([FormatPiece])
    case name(String)
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `a < b <= c`: each operand is evaluated once.
    case comparison(Expression, [ComparisonLink])
    case and(Expression, Expression)
    case or(Expression, Expression)
    case conditional(condition: Expression, then: Expression, otherwise: Expression)
    case lambda(FunctionDefinition)
    case comprehension(element: Expression, Target, in: Expression, conditions: [Expression])
    case list([Expression])
    case tuple([Expression])
    case call(Expression, [Argument])
    /// `x.f(a)`, which is `f(x, a)`.
    case method(Expression, Name, [Argument])
    case field(Expression, Name)
    case index(Expression, [IndexItem])
  }

  package let kind: Kind
  package var range: SourceRange
  /// Levels of the tree down from here, 1 for a leaf. The parser bounds it, so that whoever walks
  /// (or frees) the tree by recursion can't run out of stack.
  package let height: Int

  package init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
    height = 1 + kind.contentHeight
  }
}

package struct ComparisonLink: Sendable, Hashable {
  package var `operator`: ComparisonOperator
  package var operand: Expression
}

/// A piece of an f-string: text, or `{expression!r:spec}`, whose spec may hold pieces of its own.
package enum FormatPiece: Sendable, Hashable {
  case text(String)
  case value(Expression, conversion: Character?, spec: [FormatPiece])
}

package struct Argument: Sendable, Hashable {
  /// The keyword, or nil for an argument given by place.
  package var name: Name?
  package var value: Expression
  /// Set when the parser knows that a bare name stands for one of the option's own words
  /// (`loss=mse`, `dtype=float32` stays an expression).
  package var word: String?

  package init(name: Name?, value: Expression, word: String? = nil) {
    self.name = name
    self.value = value
    self.word = word
  }
}

/// One item between the brackets of an index.
package struct IndexItem: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case expression(Expression)
    case slice(start: Expression?, stop: Expression?, step: Expression?)
    case ellipsis
  }

  package var kind: Kind
  package var range: SourceRange
}

/// A verb with its operands and options: `plot relu, elu from -3 to 3 title="…"`. The operands
/// after each little word are one clause; the parser puts both spellings of a command
/// (`train net on x, y` and `train(net, x, y)`) into this one form.
package struct Command: Sendable, Hashable {
  package var verb: Name
  /// In the order of the signature's clauses; an absent optional clause has no operands.
  package var clauses: [[CommandOperand]]
  package var options: [Argument]
}

package enum CommandOperand: Sendable, Hashable {
  case expression(Expression)
  /// A word or a name to bind, where the signature says so: `iris` and `d` in `load iris as d`.
  case word(Name)
}

package struct NetworkDefinition: Sendable, Hashable {
  package var name: Name
  package var options: [Argument]
  package var layers: [LayerLine]
}

/// `dense 5 sigmoid bias=false`
package struct LayerLine: Sendable, Hashable {
  package var kind: Name
  package var size: Expression?
  package var activation: Name?
  package var options: [Argument]
  package var range: SourceRange
}

package struct Initialization: Sendable, Hashable {
  package enum Source: Sendable, Hashable {
    /// `normal(0, fan_in ** -0.5)`; `fan_in` and `fan_out` are names in its arguments.
    case initializer(Name, [Argument])
    /// `from w1, w2`
    case values([Expression])
  }

  package var network: Expression
  package var source: Source
}
