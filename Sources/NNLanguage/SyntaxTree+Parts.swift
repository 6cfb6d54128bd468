import NNSource

/// What the nodes of the tree are made of, for those who walk it.
extension Expression {
  /// The expressions right inside, in the order they are computed. A lambda's body and a
  /// comprehension's parts are not among them: they have names of their own.
  var children: [Expression] {
    switch kind {
    case .integer, .float, .bool, .none, .string, .name, .lambda, .comprehension: []
    case .formatted(let pieces): pieces.expressions
    case .unary(_, let operand), .field(let operand, _): [operand]
    case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right):
      [left, right]
    case .comparison(let first, let links): [first] + links.map(\.operand)
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .list(let elements), .tuple(let elements): elements
    case .call(let base, let arguments), .method(let base, _, let arguments):
      [base] + arguments.map(\.value)
    case .index(let base, let items): [base] + items.flatMap(\.expressions)
    }
  }

  /// The name at the bottom of `net.W1` or `x[0]`.
  var rootName: Name? {
    switch kind {
    case .name(let text): Name(text: text, range: range)
    case .field(let base, _), .index(let base, _): base.rootName
    default: nil
    }
  }
}

extension IndexItem {
  var expressions: [Expression] {
    switch kind {
    case .expression(let value): [value]
    case .slice(let start, let stop, let step): [start, stop, step].compactMap { $0 }
    case .ellipsis: []
    }
  }
}

extension Expression {
  /// A literal in brackets.
  package var isBracket: Bool {
    if case .list = kind { true } else { false }
  }
}

extension [FormatPiece] {
  fileprivate var expressions: [Expression] {
    flatMap { piece -> [Expression] in
      switch piece {
      case .text: []
      case .value(let value, _, let spec): [value] + spec.expressions
      }
    }
  }
}

extension Target {
  /// The expressions between its brackets.
  var expressions: [Expression] {
    switch kind {
    case .name: []
    case .element(let base, let items): base.expressions + items.flatMap(\.expressions)
    case .field(let base, _): base.expressions
    case .tuple(let targets): targets.flatMap(\.expressions)
    }
  }

  /// The names it gives a value, or changes a part of.
  var changes: [NameChange] {
    switch kind {
    case .name(let name): [NameChange(new: name)]
    case .element(let base, _), .field(let base, _):
      base.changes.map { NameChange(part: $0.name) }
    case .tuple(let targets): targets.flatMap(\.changes)
    }
  }
}

/// A name that a statement assigns, or whose value it changes.
struct NameChange {
  let name: Name
  /// It makes the name, as `=` does: in a function the name is then the function's own.
  let isBinding: Bool
  /// The name must have a value before: `x += 1`, `x[0] = 1`, `train net`.
  let needsValue: Bool
}

extension NameChange {
  init(new name: Name) { self.init(name: name, isBinding: true, needsValue: false) }
  init(part name: Name) { self.init(name: name, isBinding: false, needsValue: true) }
}

extension Statement {
  /// What the statement itself computes, in order; the statements of its blocks apart.
  var expressions: [Expression] {
    switch kind {
    case .expression(let value, _): [value]
    case .assign(let target, let value), .update(let target, _, let value),
      .append(let target, let value):
      [value] + target.expressions
    case .define(let definition, _): definition.parameters.compactMap(\.standard)
    case .return(let value): value.map { [$0] } ?? []
    case .if(let condition, _, _), .while(let condition, _): [condition]
    case .for(let target, let iterable, _): [iterable] + target.expressions
    case .break, .continue, .pass: []
    case .command(let command): command.expressions
    case .network(let network): network.expressions
    case .initialize(let initialization): initialization.expressions
    }
  }

  func changes(in vocabulary: Vocabulary) -> [NameChange] {
    switch kind {
    case .assign(let target, _), .for(let target, _, _): target.changes
    case .update(let target, _, _):
      target.changes.map {
        NameChange(name: $0.name, isBinding: $0.isBinding, needsValue: true)
      }
    case .append(let target, _): target.changes.map { NameChange(part: $0.name) }
    case .define(_, let name): [NameChange(new: name)]
    case .network(let network): [NameChange(new: network.name)]
    case .initialize(let initialization):
      initialization.network.rootName.map { [NameChange(part: $0)] } ?? []
    case .command(let command): command.changes(in: vocabulary)
    default: []
    }
  }

  var blocks: [[Statement]] {
    switch kind {
    case .if(_, let then, let otherwise): [then, otherwise]
    case .for(_, _, let body), .while(_, let body): [body]
    default: []
    }
  }
}

extension Command {
  fileprivate var expressions: [Expression] {
    clauses.joined().compactMap { operand in
      if case .expression(let value) = operand { value } else { nil }
    } + options.expressions
  }

  fileprivate func changes(in vocabulary: Vocabulary) -> [NameChange] {
    guard let signature = vocabulary.commands[verb.text] else { return [] }
    return zip(signature.clauses, clauses).flatMap { clause, operands in
      zip(clause.parameters, operands).compactMap { parameter, operand -> NameChange? in
        switch (parameter.form, operand) {
        case (.binding, .word(let name)): return NameChange(new: name)
        case (.changed, .expression(let value)):
          return value.rootName.map { NameChange(part: $0) }
        default: return nil
        }
      }
    }
  }
}

extension Initialization {
  /// `fan_in` and `fan_out` in an initialiser's arguments are its own.
  static let ownNames: Set<String> = ["fan_in", "fan_out"]

  fileprivate var expressions: [Expression] {
    switch source {
    case .initializer(_, let arguments): [network] + arguments.map(\.value)
    case .values(let values): [network] + values
    }
  }
}

extension NetworkDefinition {
  fileprivate var expressions: [Expression] {
    options.expressions + layers.flatMap { [$0.size].compactMap { $0 } + $0.options.expressions }
  }
}

extension [Argument] {
  /// The values that are no words of their option.
  fileprivate var expressions: [Expression] { filter { $0.word == nil }.map(\.value) }
}
