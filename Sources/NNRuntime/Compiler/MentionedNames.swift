import NNLanguage

/// Every name that an expression or a body mentions, nested functions included.
struct MentionedNames {
  private(set) var names: Set<String> = []

  static func of(_ definition: FunctionDefinition) -> Set<String> {
    var mentioned = MentionedNames()
    mentioned.visit(definition.body)
    for parameter in definition.parameters {
      if let standard = parameter.standard { mentioned.visit(standard) }
    }
    return mentioned.names
  }

  private mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .expression(let value, _): visit(value)
    case .assign(let target, let value), .update(let target, _, let value),
      .append(let target, let value):
      visit(target)
      visit(value)
    case .define(let definition, let name):
      names.insert(name.text)
      visit(definition)
    case .return(let value): visit(value)
    case .if(let condition, let then, let otherwise):
      visit(condition)
      visit(then)
      visit(otherwise)
    case .for(let target, let items, let body):
      visit(target)
      visit(items)
      visit(body)
    case .while(let condition, let body):
      visit(condition)
      visit(body)
    case .break, .continue, .pass: break
    case .command(let command):
      for case .expression(let value) in command.clauses.joined() { visit(value) }
      visit(command.options)
    case .network(let definition):
      names.insert(definition.name.text)
      visit(definition.options)
      for layer in definition.layers {
        visit(layer.size)
        visit(layer.options)
      }
    case .initialize(let initialization):
      visit(initialization.network)
      switch initialization.source {
      case .initializer(_, let arguments): visit(arguments)
      case .values(let values): for value in values { visit(value) }
      }
    }
  }

  private mutating func visit(_ target: Target) {
    switch target.kind {
    case .name(let name): names.insert(name.text)
    case .element(let base, let items):
      visit(base)
      visit(items)
    case .field(let base, _): visit(base)
    case .tuple(let parts): for part in parts { visit(part) }
    }
  }

  private mutating func visit(_ definition: FunctionDefinition) {
    names.formUnion(Self.of(definition))
  }

  private mutating func visit(_ arguments: [Argument]) {
    for argument in arguments where argument.word == nil { visit(argument.value) }
  }

  private mutating func visit(_ items: [IndexItem]) {
    for item in items {
      switch item.kind {
      case .expression(let value): visit(value)
      case .slice(let start, let stop, let step):
        visit(start)
        visit(stop)
        visit(step)
      case .ellipsis: break
      }
    }
  }

  private mutating func visit(_ pieces: [FormatPiece]) {
    for case .value(let value, _, let spec) in pieces {
      visit(value)
      visit(spec)
    }
  }

  private mutating func visit(_ expression: Expression?) {
    guard let expression else { return }
    switch expression.kind {
    case .integer, .float, .bool, .none, .string: break
    case .formatted(let pieces): visit(pieces)
    case .name(let name): names.insert(name)
    case .unary(_, let operand): visit(operand)
    case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right):
      visit(left)
      visit(right)
    case .comparison(let first, let links):
      visit(first)
      for link in links { visit(link.operand) }
    case .conditional(let condition, let then, let otherwise):
      visit(condition)
      visit(then)
      visit(otherwise)
    case .lambda(let definition): visit(definition)
    case .comprehension(let element, let target, let items, let conditions):
      visit(element)
      visit(target)
      visit(items)
      for condition in conditions { visit(condition) }
    case .list(let items), .tuple(let items): for item in items { visit(item) }
    case .call(let callee, let arguments):
      visit(callee)
      visit(arguments)
    case .method(let receiver, let name, let arguments):
      names.insert(name.text)
      visit(receiver)
      visit(arguments)
    case .field(let base, _): visit(base)
    case .index(let base, let items):
      visit(base)
      visit(items)
    }
  }
}
