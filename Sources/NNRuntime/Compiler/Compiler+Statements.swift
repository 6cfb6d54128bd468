import NNLanguage
import NNSource

extension Compiler {
  func block(_ statements: [Statement]) throws {
    for statement in statements {
      try at(statement.range) { try releasing { try self.statement(statement) } }
    }
  }

  private func statement(_ statement: Statement) throws {
    switch statement.kind {
    case .expression(let value, let isShown):
      let register = try expression(value)
      if isShown { at(value.range) { _ = emit(.show, register) } }
    case .assign(let target, let value): try assign(target, value)
    case .update(let target, let operation, let value): try update(target, operation, value)
    case .append(let target, let value):
      let item = try expression(value)
      try changing(target) { list in
        at(statement.range) { _ = emit(.append, list, item) }
        last.spends = spare(b: item)
      }
    case .define(let definition, let name):
      try makeFunction(definition, name: name.text, into: try assignable(name))
    case .return(let value):
      try self.return(value)
    case .if(let condition, let then, let otherwise):
      try branch(condition, then: then, otherwise: otherwise)
    case .for(let target, let items, let body): try loop(over: items, target, body)
    case .while(let condition, let body): try loop(while: condition, body)
    case .break: loops[loops.count - 1].breaks.append(emit(.jump))
    case .continue: loops[loops.count - 1].continues.append(emit(.jump))
    case .pass: break
    case .command(let command): try self.command(command, range: statement.range)
    case .network(let definition): try network(definition)
    case .initialize(let initialization):
      try initialize(initialization, range: statement.range)
    }
  }

  private func `return`(_ value: Expression?) throws {
    if case .tuple(let items)? = value?.kind, !isCell {
      let first = temporaries(items.count)
      for (offset, item) in items.enumerated() { try into(first + offset, item) }
      emit(.returnTuple, 0, first, items.count)
      return
    }
    let result = try value.map { try expression($0) } ?? load(.none)
    emit(.return, 0, result)
    // A function's own names end with it.
    last.spends = isCell ? spare(b: result) : .b
  }

  // MARK: Control flow

  private func branch(_ condition: Expression, then: [Statement], otherwise: [Statement]) throws {
    let skip = try releasing { try jump(unless: condition) }
    try block(then)
    guard !otherwise.isEmpty else {
      skip.forEach(land)
      return
    }
    let end = emit(.jump)
    skip.forEach(land)
    try block(otherwise)
    land(end)
  }

  /// Emits jumps taken when `condition` is false.
  func jump(unless condition: Expression) throws -> [Int] {
    switch condition.kind {
    case .and(let left, let right): return try jump(unless: left) + jump(unless: right)
    default:
      let register = try expression(condition)
      return [at(condition.range) { emit(.jumpIfFalse, 0, register) }]
    }
  }

  private func loop(while condition: Expression, _ body: [Statement]) throws {
    let start = here
    let exits = try releasing { try jump(unless: condition) }
    loops.append(Loop())
    try block(body)
    let loop = loops.removeLast()
    loop.continues.forEach(land)
    // Here a loop without end is stopped, and its condition is what the reader looks at.
    at(condition.range) { _ = emit(.loop, start) }
    (exits + loop.breaks).forEach(land)
  }

  private func loop(over items: Expression, _ target: Target, _ body: [Statement]) throws {
    let loop = try iterate(over: items, target) { try block(body) }
    loop.breaks.forEach(land)
  }

  /// Runs `body` for each item; the returned loop's breaks are still to be landed.
  func iterate(over items: Expression, _ target: Target, _ body: () throws -> Void) throws -> Loop {
    let state = temporaries(3)
    try releasing {
      let source = try expression(items)
      at(items.range) { _ = emit(.prepareLoop, state, source) }
    }
    let start = here
    let next: Int
    switch target.kind {
    case .name(let name):
      next = emit(.nextInLoop, state, try assignable(name))
    default:
      let item = temporary()
      next = emit(.nextInLoop, state, item)
      try store(item, to: target)
    }
    loops.append(Loop())
    try body()
    let loop = loops.removeLast()
    loop.continues.forEach(land)
    at(items.range) { _ = emit(.loop, start) }
    land(next)
    return loop
  }

  // MARK: Assignment

  private func assign(_ target: Target, _ value: Expression) throws {
    switch (target.kind, value.kind) {
    case (.name(let name), _):
      // Into the name's own register only when nothing can go wrong half-way: an instruction
      // writes its result last.
      let register = try assignable(name)
      let result = try expression(value, into: register)
      if result != register { emit(.move, register, result) }
    case (.tuple(let targets), .tuple(let values)) where targets.count == values.count:
      let registers = try values.map { value in try expression(value, into: temporary()) }
      for (target, register) in zip(targets, registers) { try store(register, to: target) }
    default:
      try store(try expression(value), to: target)
    }
  }

  /// `keeps`: the register is read again.
  func store(_ register: Int, to target: Target, keeps: Bool = false) throws {
    try at(target.range) {
      switch target.kind {
      case .name(let name):
        emit(.move, try assignable(name), register)
        if !keeps { last.spends = spare(b: register) }
      case .tuple(let parts):
        let first = temporaries(parts.count)
        emit(.unpack, first, register, parts.count)
        if !keeps { last.spends = spare(b: register) }
        for (offset, part) in parts.enumerated() { try store(first + offset, to: part) }
      case .element(let base, let items):
        let site = try indexSite(items)
        try changing(base) { owner in
          at(target.range) { emitIndex(.setIndex, owner, register, site) }
        }
      case .field(let base, let name):
        try changing(base) { owner in
          at(target.range) { _ = emit(.setField, owner, register, nameIndex(name.text)) }
        }
      }
    }
  }

  /// Gives `body` a register holding the value of `target` to change in place, and puts it back
  /// where it came from: `net.W1[0] = v` changes the field of the name.
  func changing(_ target: Target, _ body: (Int) throws -> Void) throws {
    switch target.kind {
    case .name(let name): try body(try assignable(name))
    case .element(let base, let items):
      let site = try indexSite(items)
      indices[site].isPlace = true
      try changing(base) { owner in
        let part = temporary()
        at(target.range) { emitIndex(.index, part, owner, site) }
        try body(part)
        at(target.range) { emitIndex(.setIndex, owner, part, site) }
      }
    case .field(let base, let name):
      try changing(base) { owner in
        let part = temporary()
        at(target.range) { _ = emit(.field, part, owner, nameIndex(name.text)) }
        try body(part)
        at(target.range) { _ = emit(.setField, owner, part, nameIndex(name.text)) }
      }
    case .tuple: throw Diagnostic.error(.value(.cannotUpdateTuple), at: target.range)
    }
  }

  private func update(_ target: Target, _ operation: BinaryOperator, _ value: Expression) throws {
    switch target.kind {
    case .element(let base, let items):
      let site = try indexSite(items)
      try changing(base) { owner in
        let part = temporary()
        // The element first, then the value: Python's order, in which a wrong index comes first.
        at(target.range) { emitIndex(.index, part, owner, site) }
        let operand = try operand(value, of: operation, beside: part)
        update(operation, part, operand, left: target.range, right: value.range)
        at(target.range) { emitIndex(.setIndex, owner, part, site) }
      }
    default:
      try changing(target) { register in
        let operand = try operand(value, of: operation, beside: register)
        update(operation, register, operand, left: target.range, right: value.range)
      }
    }
  }

  private func update(
    _ operation: BinaryOperator, _ place: Int, _ operand: Int, left: SourceRange,
    right: SourceRange
  ) {
    binary(operation, place, place, operand, left: left, right: right)
    last.isUpdate = true
  }

  func binary(
    _ operation: BinaryOperator, _ result: Int, _ left: Int, _ right: Int,
    left leftRange: SourceRange,
    right rightRange: SourceRange
  ) {
    let index = emit(operation.instruction, result, left, right)
    last.spends = spare(b: left, c: right)
    sides[Int32(index)] = (leftRange, rightRange)
  }
}

extension BinaryOperator {
  var instruction: Operation {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .remainder: .remainder
    case .power: .power
    case .matmul: .matmul
    case .bitAnd: .bitAnd
    case .bitOr: .bitOr
    case .bitXor: .bitXor
    }
  }
}

extension ComparisonOperator {
  var instruction: Operation {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessEqual: .lessEqual
    case .greater: .greater
    case .greaterEqual: .greaterEqual
    case .in: .contains
    case .notIn: .containsNot
    case .is: .isSame
    case .isNot: .isNotSame
    }
  }
}
