import NNSource

extension ShapeChecker {
  /// Whether the statements may come to their end.
  mutating func run(_ statements: [Statement]) -> Bool {
    for statement in statements {
      guard step() else {
        forget(changesOf: [statement])
        continue
      }
      guard run(statement) else { return false }
    }
    return true
  }

  private mutating func run(_ statement: Statement) -> Bool {
    switch statement.kind {
    case .expression(let expression, _): _ = value(of: expression)
    case .assign(let target, let expression): assign(target, expression)
    case .update(let target, let operation, let expression):
      update(target, operation, expression, at: statement.range)
    case .define(let definition, let name):
      let defaults = definition.parameters.compactMap(\.standard).map { value(of: $0) }
      lookInto(definition, name: name.text)
      bind(name.text, function(name.text, definition, defaults))
    case .append(let target, let expression):
      append(target, value(of: expression), at: statement.range)
    case .return(let expression):
      let result = expression.map { value(of: $0) } ?? AbstractValue.none
      let place = frames.count - 1
      frames[place].result = frames[place].result.map { $0.joined(result) } ?? result
      frames[place].mayHaveReturned = true
      return false
    case .break:
      leaveLoop { $0.breaks.append($1) }
      return false
    case .continue:
      leaveLoop { $0.continues.append($1) }
      return false
    case .pass: break
    case .if(let condition, let then, let otherwise):
      return branch(condition, then, otherwise)
    case .for(let target, let iterable, let body): loop(over: iterable, target, body)
    case .while(let condition, let body): return loop(while: condition, body)
    case .command(let command): run(command, at: statement.range)
    case .network(let definition): make(definition)
    case .initialize(let initialization): initialize(initialization, at: statement.range)
    }
    return true
  }

  private mutating func leaveLoop(
    _ add: (inout Loop, [String: AbstractValue]) -> Void
  ) {
    let place = frames.count - 1
    guard let last = frames[place].loops.indices.last else { return }
    add(&frames[place].loops[last], frames[place].names)
  }

  func function(
    _ name: String, _ definition: FunctionDefinition, _ defaults: [AbstractValue]
  ) -> AbstractValue {
    .function(
      AbstractFunction(
        name: name, definition: definition.range, captured: capture(definition),
        defaults: defaults))
  }

  /// All names that the statements may give a value are no longer known.
  mutating func forget(changesOf statements: [Statement]) {
    for statement in statements {
      for change in statement.changes(in: vocabulary) { names[change.name.text] = .unknown }
      for block in statement.blocks { forget(changesOf: block) }
    }
  }

  // MARK: Branches

  /// The code inside may not run.
  mutating func perhaps<T>(_ body: (inout ShapeChecker) -> T) -> T {
    let saved = isCertain
    isCertain = false
    defer { isCertain = saved }
    return body(&self)
  }

  private mutating func branch(
    _ condition: Expression, _ then: [Statement], _ otherwise: [Statement]
  ) -> Bool {
    let found = value(of: condition)
    checkTruth(found, at: condition.range)
    if let truth = found.truth { return run(truth ? then : otherwise) }
    let before = names
    let endsFirst = perhaps { $0.run(then) }
    let first = names
    names = before
    let endsSecond = perhaps { $0.run(otherwise) }
    switch (endsFirst, endsSecond) {
    case (true, true): names = join(first, names)
    case (true, false): names = first
    case (false, true): break
    case (false, false): return false
    }
    // What follows may have been left out.
    if !endsFirst || !endsSecond { isCertain = false }
    return true
  }

  func isAmbiguous(_ value: AbstractValue) -> [Int]? {
    guard case .tensor(let tensor) = value, let lengths = tensor.lengths,
      tensor.shape.elementCount != 1
    else { return nil }
    return lengths
  }

  mutating func checkTruth(_ value: AbstractValue, at range: SourceRange) {
    guard let shape = isAmbiguous(value), shape.map(Optional.some).elementCount != 0 else {
      return
    }
    report(.value(.ambiguousTruth(shape: shape)), at: range)
  }

  // MARK: Loops

  private mutating func loop(
    over iterable: Expression, _ target: Target, _ body: [Statement]
  ) {
    let items = value(of: iterable)
    if let kind = items.kindName, items.isNotIterable {
      report(.value(.notIterable(kind)), at: iterable.range)
    }
    let count = items.itemCount
    if count == 0 { return }
    let element = items.element
    _ = repeats(body, runsOnce: (count ?? 0) > 0, endsByItself: true) { checker in
      checker.store(element, to: target)
    }
  }

  private mutating func loop(while condition: Expression, _ body: [Statement]) -> Bool {
    let first = value(of: condition)
    checkTruth(first, at: condition.range)
    if first.truth == false { return true }
    let isEndless = condition.kind == .bool(true)
    return repeats(body, runsOnce: first.truth == true, endsByItself: !isEndless) { checker in
      _ = checker.value(of: condition)
    }
  }

  /// Passes through a loop's body until they tell nothing new. `runsOnce`: the first one is sure.
  /// Whether the loop may end.
  private mutating func repeats(
    _ body: [Statement], runsOnce: Bool, endsByItself: Bool,
    _ begin: (inout ShapeChecker) -> Void
  ) -> Bool {
    let (wasCertain, wasSilent) = (isCertain, isSilent)
    let before = names
    let place = frames.count - 1
    isCertain = wasCertain && runsOnce
    var exits: [[String: AbstractValue]] = []
    var after = pass(body, begin, &exits)
    isSilent = true
    var head = joined(before, after)
    for round in 0..<4 {
      guard !isExhausted else {
        names = head
        forget(changesOf: body)
        head = names
        break
      }
      if round == 3 {
        names = head
        forget(changesOf: body)
        begin(&self)
        head = join(head, names)
        after = head
        break
      }
      names = head
      let next = pass(body, begin, &exits)
      after = next ?? after
      let joined = self.joined(head, next)
      if joined == head { break }
      head = joined
    }
    isSilent = wasSilent
    // A loop that surely runs leaves what its passes left.
    var end: [String: AbstractValue]? = runsOnce ? after : head
    if !endsByItself, !exits.isEmpty { end = nil }
    for exit in exits { end = joined(exit, end) }
    names = end ?? head
    isCertain = wasCertain && !frames[place].mayHaveReturned
    return endsByItself || !exits.isEmpty
  }

  private mutating func joined(
    _ a: [String: AbstractValue], _ b: [String: AbstractValue]?
  ) -> [String: AbstractValue] {
    guard let b else { return a }
    return join(a, b)
  }

  /// One pass: the names at its end and at its `continue`s; nil when it surely leaves the loop.
  private mutating func pass(
    _ body: [Statement], _ begin: (inout ShapeChecker) -> Void,
    _ exits: inout [[String: AbstractValue]]
  ) -> [String: AbstractValue]? {
    let place = frames.count - 1
    let saved = isCertain
    frames[place].loops.append(Loop())
    begin(&self)
    var end: [String: AbstractValue]? = run(body) ? names : nil
    let loop = frames[place].loops.removeLast()
    for names in loop.continues { end = joined(names, end) }
    exits += loop.breaks
    isCertain = saved
    return end
  }

  // MARK: Assignment

  private mutating func assign(_ target: Target, _ expression: Expression) {
    switch (target.kind, expression.kind) {
    case (.name(let name), .lambda(let definition)):
      let defaults = definition.parameters.compactMap(\.standard).map { value(of: $0) }
      lookInto(definition, name: "lambda")
      bind(name.text, function("lambda", definition, defaults))
    case (.tuple(let targets), .tuple(let values)) where targets.count == values.count:
      let found = values.map { value(of: $0) }
      for (target, value) in zip(targets, found) { store(value, to: target) }
    default: store(value(of: expression), to: target)
    }
  }

  mutating func bind(_ name: String, _ value: AbstractValue) { names[name] = value.bounded }

  mutating func store(_ value: AbstractValue, to target: Target) {
    switch target.kind {
    case .name(let name): bind(name.text, value)
    case .tuple(let targets): unpack(value, targets, at: target.range)
    case .element(let base, let items):
      let indices = items.map { index($0) }
      let owner = self.value(of: base)
      storeElement(value, indices, of: owner, base, at: target.range)
    case .field(let base, let name):
      let owner = self.value(of: base)
      setField(name.text, of: owner, to: value, at: target.range)
      // Its sizes stay as they are.
      if case .network = owner { return }
      forget(target)
    }
  }

  private mutating func forget(_ target: Target) {
    for change in target.changes { bind(change.name.text, .unknown) }
  }

  private mutating func unpack(
    _ value: AbstractValue, _ targets: [Target], at range: SourceRange
  ) {
    if let count = value.itemCount, count != targets.count {
      report(.value(.unpackCount(names: targets.count, values: count)), at: range)
    } else if let kind = value.kindName, value.isNotIterable {
      report(.value(.notUnpackable(kind, names: targets.count)), at: range)
    }
    let items = value.items
    for (offset, target) in targets.enumerated() {
      let item = items.flatMap { $0.indices.contains(offset) ? $0[offset] : nil }
      store(item ?? value.element, to: target)
    }
  }

  private mutating func append(
    _ target: Target, _ item: AbstractValue, at range: SourceRange
  ) {
    guard case .name(let name) = target.kind else { return forget(target) }
    switch lookUp(name.text) {
    case .list(let items) where items.count < 16: bind(name.text, .list(items + [item]))
    case .list(let items):
      bind(
        name.text,
        .listOf(AbstractValue.list(items).element.joined(item), count: items.count + 1))
    case .listOf(let element, let count):
      bind(name.text, .listOf(element.joined(item), count: count.map { $0 + 1 }))
    case let owner:
      if owner.isNumber || owner.isNoOperand, let kind = owner.kindName {
        report(.value(.cannotAppend(kind)), at: range)
      }
      bind(name.text, .unknown)
    }
  }

  private mutating func update(
    _ target: Target, _ operation: BinaryOperator, _ expression: Expression,
    at range: SourceRange
  ) {
    let operand = value(of: expression)
    let old = value(of: target)
    if Self.mayAppend(operation, old, operand, nil, expression) {
      store(.unknown, to: target)
      return
    }
    let result = binary(
      operation, old, operand, names: (target.simpleName, expression.simpleName), at: range)
    store(result, to: target)
  }

  /// What a target holds before it is changed.
  mutating func value(of target: Target) -> AbstractValue {
    switch target.kind {
    case .name(let name): return lookUp(name.text)
    case .element(let base, let items):
      let indices = items.map { index($0) }
      return element(of: value(of: base), indices, at: target.range)
    case .field(let base, let name): return field(name, of: value(of: base), at: target.range)
    case .tuple: return .unknown
    }
  }

  private mutating func storeElement(
    _ value: AbstractValue, _ indices: [AbstractIndex], of owner: AbstractValue, _ base: Target,
    at range: SourceRange
  ) {
    guard case .tensor(var tensor) = owner else {
      // A list's element may be of another kind now.
      return forget(base)
    }
    do throws(TensorMisfit) {
      if let place = try AbstractIndexing.result(tensor, indices)?.shape, let given = value.shape {
        let surplus = given.count - place.count
        let trimmed =
          surplus > 0 && given[..<surplus].allSatisfy({ $0 == 1 })
          ? Array(given.dropFirst(surplus)) : given
        let mayTrim = surplus > 0 && given[..<surplus].allSatisfy { $0 == 1 || $0 == nil }
        if !Broadcasting.fits(trimmed, in: place), !(mayTrim && trimmed.count > place.count) {
          report(
            .tensor(.cannotAssign(value: given.shown, target: place.shown)), at: range)
        }
      }
    } catch {
      report(error.problem, at: error.range ?? range)
    }
    tensor.elements = nil
    if case .name(let name) = base.kind { bind(name.text, .tensor(tensor)) } else { forget(base) }
  }
}

extension AbstractValue {
  /// It surely has no elements.
  var isNotIterable: Bool {
    switch self {
    case .none, .bool, .int, .float, .scalar, .dtype, .function, .builtin, .network, .record: true
    default: false
    }
  }
}

extension Target {
  /// `w` or `net.W1`, for messages.
  var simpleName: String? {
    switch kind {
    case .name(let name): name.text
    case .field(let base, let name): base.simpleName.map { "\($0).\(name.text)" }
    default: nil
    }
  }
}

extension Expression {
  /// `w` or `net.W1`, for messages; a transpose is none.
  var simpleName: String? {
    switch kind {
    case .name(let name): name
    case .field(let base, let name) where name.text != "T":
      base.simpleName.map { "\($0).\(name.text)" }
    default: nil
    }
  }
}
