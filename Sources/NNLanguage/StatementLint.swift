import NNSource

/// Findings that need nothing but the tree: code that never runs, loops without an end, tests that
/// can't fail.
struct StatementLint {
  private(set) var findings: [Diagnostic] = []

  static func findings(in program: Program) -> [Diagnostic] {
    var lint = StatementLint()
    lint.visit(program.statements)
    return lint.findings
  }

  private mutating func warn(_ problem: LintProblem, at range: SourceRange) {
    findings.append(Diagnostic(.warning, .lint(problem), at: range))
  }

  private mutating func visit(_ statements: [Statement]) {
    for (statement, next) in zip(statements, statements.dropFirst()) {
      guard let word = statement.leavingWord else { continue }
      // One finding for all that follows.
      warn(.unreachable(after: word), at: next.range)
      break
    }
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    for expression in statement.expressions { visit(expression) }
    switch statement.kind {
    case .while(let condition, let body):
      if condition.kind.isAlwaysTrue, !body.contains(where: \.leavesLoop) {
        warn(.endlessLoop, at: condition.range)
      }
    case .command(let command) where command.verb.text == "assert":
      if case .expression(let condition)? = command.clauses.first?.first,
        case .tuple(let items) = condition.kind, !items.isEmpty
      {
        warn(.assertOfTuple, at: condition.range)
      }
    case .define(let definition, _): visit(definition.body)
    default: break
    }
    for block in statement.blocks { visit(block) }
  }

  private mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .comparison(let first, let links):
      var left = first
      for link in links {
        let isEqual = link.operator == .equal
        if isEqual || link.operator == .notEqual,
          left.kind == .none || link.operand.kind == .none
        {
          warn(.comparisonWithNone(isEqual: isEqual), at: expression.range)
        }
        left = link.operand
      }
    case .lambda(let definition): visit(definition.body)
    case .comprehension(let element, _, let items, let conditions):
      for part in [items] + conditions + [element] { visit(part) }
    default: break
    }
    for child in expression.children { visit(child) }
  }
}

extension Expression.Kind {
  fileprivate var isAlwaysTrue: Bool {
    switch self {
    case .bool(let flag): flag
    case .integer(let number): number != 0
    default: false
    }
  }
}

extension Statement {
  /// `return`, `break` or `continue`.
  fileprivate var leavingWord: String? {
    switch kind {
    case .return: "return"
    case .break: "break"
    case .continue: "continue"
    default: nil
    }
  }

  /// It has a `break` of the loop it stands in, or a `return`.
  fileprivate var leavesLoop: Bool {
    switch kind {
    case .break, .return: true
    case .if(_, let then, let otherwise): (then + otherwise).contains(where: \.leavesLoop)
    case .for(_, _, let body), .while(_, let body): body.contains(where: \.returns)
    default: false
    }
  }

  private var returns: Bool {
    if case .return = kind { return true }
    return blocks.contains { $0.contains(where: \.returns) }
  }
}
