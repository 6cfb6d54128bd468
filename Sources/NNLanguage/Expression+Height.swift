extension Expression.Kind {
  /// The height of the highest expression inside; 0 for a leaf.
  var contentHeight: Int {
    switch self {
    case .integer, .float, .bool, .none, .string, .name: 0
    case .formatted(let pieces): pieces.height
    case .unary(_, let operand), .field(let operand, _): operand.height
    case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right):
      max(left.height, right.height)
    case .comparison(let first, let links):
      links.reduce(first.height) { max($0, $1.operand.height) }
    case .conditional(let condition, let then, let otherwise):
      max(condition.height, then.height, otherwise.height)
    case .lambda(let definition): definition.height
    case .comprehension(let element, _, let iterable, let conditions):
      max(element.height, iterable.height, conditions.height)
    case .list(let elements), .tuple(let elements): elements.height
    case .call(let base, let arguments), .method(let base, _, let arguments):
      arguments.reduce(base.height) { max($0, $1.value.height) }
    case .index(let base, let items): max(base.height, items.height)
    }
  }
}

extension [Expression] {
  var height: Int { reduce(0) { Swift.max($0, $1.height) } }
}

extension [IndexItem] {
  var height: Int {
    reduce(0) { height, item in
      switch item.kind {
      case .expression(let index): Swift.max(height, index.height)
      case .slice(let start, let stop, let step):
        Swift.max(height, start?.height ?? 0, stop?.height ?? 0, step?.height ?? 0)
      case .ellipsis: height
      }
    }
  }
}

extension [FormatPiece] {
  fileprivate var height: Int {
    reduce(0) { height, piece in
      switch piece {
      case .text: height
      case .value(let value, _, let spec): Swift.max(height, value.height, spec.height)
      }
    }
  }
}

extension FunctionDefinition {
  /// Of a lambda: its defaults and its one expression.
  fileprivate var height: Int {
    let standards = parameters.reduce(0) { max($0, $1.standard?.height ?? 0) }
    return body.reduce(standards) { height, statement in
      if case .return(let value?) = statement.kind { return max(height, value.height) }
      return height
    }
  }
}
