import NNSource

/// Findings that need no knowledge of what is certain where.
extension CellWalker {
  /// Values that are computed for nothing.
  mutating func checkDropped(_ statements: [Statement]) {
    for statement in statements {
      if case .expression(let value, false) = statement.kind, isPure(value) {
        report(.syntax(.droppedValue(reason(value))), at: value.range)
      }
      if case .define(let definition, _) = statement.kind {
        checkDropped(definition.bodyAfterDocumentation)
      }
      for block in statement.blocks { checkDropped(block) }
    }
  }

  /// It certainly does nothing: all it calls are built-in functions without effects.
  private func isPure(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .name(let name): return !unknownNames.contains(name)
    case .call(let callee, _):
      guard case .name(let name) = callee.kind, isPureFunction(name) else { return false }
    case .method(_, let name, _):
      guard isPureFunction(name.text) else { return false }
    case .comprehension(let element, _, let iterable, let conditions):
      return ([element, iterable] + conditions).allSatisfy(isPure)
    case .lambda: return true
    default: break
    }
    return expression.children.allSatisfy(isPure)
  }

  private func isPureFunction(_ name: String) -> Bool {
    vocabulary.functions[name]?.effects.isEmpty == true && names.assigned[name] == nil
  }

  private func reason(_ value: Expression) -> SyntaxProblem.DroppedValue {
    switch value.kind {
    case .comparison(let first, let links) where links.count == 1 && links[0].operator == .equal:
      if case .name(let name) = first.kind { return .comparison(name) }
    case .method(let base, let function, let arguments) where arguments.isEmpty:
      if case .name(let name) = base.kind { return .copy(function: function.text, of: name) }
    case .call(let callee, let arguments) where arguments.count == 1:
      if case .name(let function) = callee.kind, case .name(let name) = arguments[0].value.kind {
        return .copy(function: function, of: name)
      }
    default: break
    }
    return .other
  }

  /// A function's names are looked up when it is called, so any cell may assign them.
  mutating func checkGlobals() {
    guard names.isComplete else { return }
    let uses = scopes.functions.values.flatMap(\.globals).map(\.use)
    for use in uses.sorted(by: { $0.range.lower < $1.range.lower })
    where names.assigned[use.name] == nil && !vocabulary.isBuiltIn(use.name) {
      reportUnknown(use.name, use.range, isMethod: false)
    }
  }

  /// A parameter that the cell sets no longer depends on the command line.
  mutating func checkParameters() {
    for write in analysis.writes where names.predefined.contains(write.name) {
      analysis.findings.append(
        Diagnostic(.warning, .lint(.assignsParameter(write.name)), at: write.range))
    }
  }

  /// An inline value may neither draw nor act.
  mutating func visitInline(_ expression: Expression) {
    _ = visit(expression)
    if let place = actingCall(in: expression) {
      report(.syntax(.effectInline(place.text)), at: place.range)
    }
  }

  /// The first call of a built-in function, or of one that a `def` made, with effects.
  private func actingCall(in expression: Expression) -> Name? {
    switch expression.kind {
    case .call(let callee, _):
      if case .name(let name) = callee.kind, acts(name) {
        return Name(text: name, range: callee.range)
      }
    case .method(_, let name, _):
      if acts(name.text) { return name }
    case .comprehension(let element, _, let iterable, let conditions):
      return ([iterable, element] + conditions).lazy.compactMap(actingCall).first
    default: break
    }
    return expression.children.lazy.compactMap(actingCall).first
  }

  private func acts(_ name: String) -> Bool {
    if let entry = table[name] {
      return entry.isFunction && entry.carrier.map { acts(carrier: $0) } == true
    }
    return vocabulary.functions[name]?.effects.isEmpty == false
  }

  private func acts(carrier: Int) -> Bool {
    var seen: Set<Int> = []
    var pending = [carrier]
    while let next = pending.popLast() {
      guard seen.insert(next).inserted else { continue }
      let carrier = table.carriers[next]
      if !carrier.effects.isEmpty { return true }
      pending += carrier.parts
      for global in carrier.globals {
        if let entry = table[global.use.name] {
          if let part = entry.carrier { pending.append(part) }
        } else if vocabulary.functions[global.use.name]?.effects.isEmpty == false {
          return true
        }
      }
    }
    return false
  }
}

extension FunctionDefinition {
  /// A string that begins a function's body says what it is for.
  fileprivate var bodyAfterDocumentation: [Statement] {
    guard case .expression(let first, _)? = body.first?.kind, case .string = first.kind else {
      return body
    }
    return Array(body.dropFirst())
  }
}
