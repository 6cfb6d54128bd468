import NNLanguage
import NNSource

extension Compiler {
  /// Code for `expression`; the result is in the returned register: `target` if given, else a
  /// name's own register or a temporary.
  func expression(_ expression: Expression, into target: Int? = nil) throws -> Int {
    try at(expression.range) {
      switch expression.kind {
      case .integer(let value): return load(.int(value), into: target)
      case .float(let value): return load(.float(value), into: target)
      case .bool(let value): return load(.bool(value), into: target)
      case .none: return load(.none, into: target)
      case .string(let value): return load(.string(value), into: target)
      case .name(let name): return try read(name, expression.range, into: target)
      case .unary(let operation, let operand): return try unary(operation, operand, into: target)
      case .binary(let operation, let left, let right):
        return try binary(operation, left, right, into: target)
      case .call(let callee, let arguments): return try call(callee, arguments, into: target)
      case .method(let receiver, let name, let arguments):
        return try method(receiver, name, arguments, into: target)
      case .field(let base, let name):
        let result = target ?? temporary()
        return try releasing {
          let owner = try self.expression(base)
          emit(.field, result, owner, nameIndex(name.text))
          return result
        }
      case .index(let base, let items):
        let result = target ?? temporary()
        return try releasing {
          let owner = try self.expression(base)
          emitIndex(.index, result, owner, try indexSite(items))
          return result
        }
      case .list(let items): return try sequence(.makeBracket, items, into: target)
      case .tuple(let items): return try sequence(.makeTuple, items, into: target)
      default: return try choice(expression, into: target)
      }
    }
  }

  /// The expressions that jump or make functions. Their parts are computed beside the target, which
  /// may be a name that a later part still reads.
  private func choice(_ expression: Expression, into target: Int?) throws -> Int {
    let result = target ?? temporary()
    try releasing {
      let work = target == nil ? result : temporary()
      switch expression.kind {
      case .and(let left, let right): try lazy(.jumpIfFalse, left, right, into: work)
      case .or(let left, let right): try lazy(.jumpIfTrue, left, right, into: work)
      case .comparison(let first, let links): try compare(first, links, into: work)
      case .conditional(let condition, let then, let otherwise):
        let skip = try releasing { try jump(unless: condition) }
        try into(work, then)
        let end = emit(.jump)
        skip.forEach(land)
        try into(work, otherwise)
        land(end)
      case .lambda(let definition): try makeFunction(definition, name: nil, into: work)
      case .comprehension(let element, let variable, let items, let conditions):
        try comprehension(element, variable, items, conditions, into: work)
      case .formatted(let pieces): try formatted(pieces, into: work)
      default: break
      }
      if work != result {
        emit(.move, result, work)
        last.spends = .b
      }
    }
    return result
  }

  func into(_ register: Int, _ expression: Expression) throws {
    let result = try releasing { try self.expression(expression, into: register) }
    if result != register { at(expression.range) { _ = emit(.move, register, result) } }
  }

  private func read(_ name: String, _ range: SourceRange, into target: Int?) throws -> Int {
    switch try place(of: name) {
    case .register(let register):
      guard let target, target != register else { return register }
      emit(.move, target, register)
      return target
    case .global(let slot):
      let register = target ?? temporary()
      emit(.loadGlobal, register, slot)
      return register
    case nil:
      guard let value = Registry.predefined[name] else {
        throw Diagnostic.error(unknownName(name), at: range)
      }
      return load(value, into: target)
    }
  }

  func unknownName(_ name: String) -> Problem {
    let known = names.assignedNames + Registry.predefinedNames + locals.keys.sorted()
    return .name(.unknown(name, suggestion: Spelling.nearest(to: name, among: known)))
  }

  private func unary(_ operation: UnaryOperator, _ operand: Expression, into target: Int?) throws
    -> Int
  {
    // A literal with its sign is one constant.
    switch (operation, operand.kind) {
    case (.negate, .integer(let value)): return load(.int(0 &- value), into: target)
    case (.negate, .float(let value)): return load(.float(-value), into: target)
    default: break
    }
    let result = target ?? temporary()
    return try releasing {
      let register = try expression(operand)
      switch operation {
      case .negate: emit(.negate, result, register)
      case .plus: emit(.plus, result, register)
      case .invert: emit(.invert, result, register)
      case .not: emit(.not, result, register)
      }
      last.spends = spare(b: register)
      return result
    }
  }

  private func binary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, into target: Int?
  ) throws -> Int {
    let result = target ?? temporary()
    return try releasing {
      let (a, b) = try operands(operation, left, right)
      binary(operation, result, a, b, left: left.range, right: right.range)
      return result
    }
  }

  /// `xs + [v]` appends to a list: beside one, a literal is no tensor.
  private func operands(_ operation: BinaryOperator, _ left: Expression, _ right: Expression)
    throws -> (Int, Int)
  {
    guard operation == .add, case .list(let items) = left.kind, !right.isBracket else {
      let a = try expression(left)
      return (a, try operand(right, of: operation, beside: a))
    }
    let first = temporaries(items.count)
    for (offset, item) in items.enumerated() { try into(first + offset, item) }
    let literal = temporary()
    let b = try expression(right)
    at(left.range) {
      emit(.makeBracketBeside, literal, first, items.count)
      last.d = Int32(b)
    }
    return (literal, b)
  }

  /// The right side of an operator whose left side stands in a register.
  func operand(_ right: Expression, of operation: BinaryOperator, beside left: Int) throws -> Int {
    guard operation == .add, case .list(let items) = right.kind else {
      return try expression(right)
    }
    return try at(right.range) {
      let literal = try sequence(.makeBracketBeside, items, into: nil)
      last.d = Int32(left)
      return literal
    }
  }

  private func lazy(
    _ jump: Operation, _ left: Expression, _ right: Expression, into work: Int
  ) throws {
    try into(work, left)
    let end = at(left.range) { emit(jump, 0, work) }
    try into(work, right)
    land(end)
  }

  private func compare(_ first: Expression, _ links: [ComparisonLink], into work: Int) throws {
    var left = try expression(first)
    var leftRange = first.range
    var ends: [Int] = []
    for (index, link) in links.enumerated() {
      let right = try expression(link.operand)
      let place = emit(link.operator.instruction, work, left, right)
      sides[Int32(place)] = (leftRange, link.operand.range)
      if index < links.count - 1 { ends.append(emit(.jumpIfFalse, 0, work)) }
      (left, leftRange) = (right, link.operand.range)
    }
    ends.forEach(land)
  }

  private func sequence(_ operation: Operation, _ items: [Expression], into target: Int?) throws
    -> Int
  {
    let result = target ?? temporary()
    return try releasing {
      let first = temporaries(items.count)
      for (offset, item) in items.enumerated() { try into(first + offset, item) }
      emit(operation, result, first, items.count)
      return result
    }
  }

  private func comprehension(
    _ element: Expression, _ variable: Target, _ items: Expression, _ conditions: [Expression],
    into work: Int
  ) throws {
    let list = temporary()
    emit(.makeList, list)
    // The variables live in the comprehension only; `items` is read outside of it.
    let source = try expression(items)
    var bound: [String] = []
    for name in AssignedNames.of([
      Statement(.assign(variable, items), variable.range)
    ]) {
      shadows.append((name: name, register: temporary()))
      bound.append(name)
    }
    defer { shadows.removeLast(bound.count) }
    let state = temporaries(3)
    at(items.range) { _ = emit(.prepareLoop, state, source) }
    let start = here
    let item = temporary()
    let next = emit(.nextInLoop, state, item)
    try store(item, to: variable)
    var skips: [Int] = []
    for condition in conditions { skips += try releasing { try jump(unless: condition) } }
    try releasing {
      let value = try expression(element)
      emit(.append, list, value)
      last.spends = spare(b: value)
    }
    skips.forEach(land)
    emit(.loop, start)
    land(next)
    emit(.stack, work, list)
  }

  private func formatted(_ pieces: [FormatPiece], into work: Int) throws {
    let first = temporaries(pieces.count)
    for (offset, piece) in pieces.enumerated() {
      switch piece {
      case .text(let text): _ = load(.string(text), into: first + offset)
      case .value(let value, let conversion, let spec):
        try releasing {
          let register = try expression(value)
          let specification = temporary()
          try formatted(spec, into: specification)
          at(value.range) {
            _ = emit(
              Self.formatting(conversion), first + offset,
              register, specification)
          }
        }
      }
    }
    emit(.join, work, first, pieces.count)
  }

  private static func formatting(_ conversion: Character?) -> Operation {
    switch conversion {
    case nil: .format
    case "s": .formatText
    default: .formatRepr
    }
  }

  /// An `index` or `setIndex` with `indices[site]`: whole items that stand side by side are named by
  /// the instruction, too.
  func emitIndex(_ operation: Operation, _ a: Int, _ b: Int, _ site: Int) {
    emit(operation, a, b, site)
    var registers: [Int] = []
    for item in indices[site].items {
      guard case .value(let register) = item, registers.last.map({ $0 + 1 == register }) ?? true
      else { return }
      registers.append(register)
    }
    guard let first = registers.first, registers.count <= 2 else { return }
    last.detail = UInt8(registers.count)
    last.d = Int32(first)
  }

  func indexSite(_ items: [IndexItem]) throws -> Int {
    var site = IndexSite(items: [], ranges: items.map(\.range))
    for item in items {
      switch item.kind {
      case .expression(let value):
        site.items.append(.value(register: try expression(value, into: temporary())))
      case .slice(let start, let stop, let step):
        site.items.append(
          .slice(
            start: try start.map { try expression($0, into: temporary()) },
            stop: try stop.map { try expression($0, into: temporary()) },
            step: try step.map { try expression($0, into: temporary()) }))
      case .ellipsis: site.items.append(.ellipsis)
      }
    }
    indices.append(site)
    return indices.count - 1
  }

  // MARK: Functions

  func makeFunction(_ definition: FunctionDefinition, name: String?, into target: Int) throws {
    let parameters = definition.parameters.map(\.name.text)
    var own: [String] = []
    for local in parameters + AssignedNames.of(definition.body) where !own.contains(local) {
      own.append(local)
    }
    // What the body mentions of the functions around it is copied when the function is made.
    let mentioned = MentionedNames.of(definition).subtracting(own)
    var captured = mentioned.filter { nearRegister(of: $0) != nil }.sorted()
    var selfRegister: Int?
    if let name, !isCell, mentioned.contains(name) {
      captured.removeAll { $0 == name }
      selfRegister = own.count + captured.count
    }
    let locals = own + captured + (selfRegister == nil ? [] : [name ?? ""])
    let inner = Compiler(names: names, isCell: false, locals: locals)
    inner.currentRange = definition.range
    try inner.block(definition.body)
    inner.emit(.return, 0, inner.load(.none))
    let code = inner.finish(
      name: name ?? "lambda",
      parameters: definition.parameters.map {
        Code.Parameter(name: $0.name.text, hasDefault: $0.standard != nil)
      }, range: definition.range)
    let defaults = try definition.parameters.compactMap(\.standard).map {
      try expression($0, into: temporary())
    }
    functions.append(
      FunctionTemplate(
        code: code,
        captures: captured.enumerated().compactMap { offset, name in
          nearRegister(of: name).map { (from: $0, to: own.count + offset) }
        }, selfRegister: selfRegister, defaults: defaults))
    emit(.makeFunction, target, functions.count - 1)
  }
}
