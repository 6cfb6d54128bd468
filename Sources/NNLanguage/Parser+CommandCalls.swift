import NNSource

/// Commands as a call: `verb(operand, operand, option=value)`, little words dropped, over as many
/// lines as it needs.
extension Parser {
  /// The line in hand begins with a verb and a bracket right behind it.
  var startsCommandCall: Bool {
    verb != nil && peekSecond.isSymbol(.leftParen) && !peekSecond.followsSpace
  }

  /// nil, with nothing taken, where the line goes on and the verb is a function too:
  /// `predict(net, x) == y`.
  mutating func commandCall() throws(ParserFailure) -> Statement.Kind? {
    guard let signature = verb else { return nil }
    let state = (position, depth)
    if signature.name == "init" || signature.name == "network" {
      throw failure(.callOfStatement(signature.name), at: peek.range.through(peekSecond.range))
    }
    let start = peek
    let isFunction = vocabulary.functions[signature.name] != nil
    let command: Command
    do throws(ParserFailure) {
      command = try call(of: signature)
    } catch {
      guard isFunction else { throw error }
      restore(state)
      return nil
    }
    if peek.endsLine { return .command(command) }
    guard isFunction else {
      throw failure(
        .textAfterCommand(signature.name, found: found),
        at: start.range.through(previous?.range ?? start.range))
    }
    restore(state)
    return nil
  }

  private mutating func call(of signature: Signature) throws(ParserFailure) -> Command {
    try enter()
    defer { leave() }
    let verb = name(advance())
    let open = advance()
    var slots = CallSlots(signature)
    var options: [Argument] = []
    while !peek.isSymbol(.rightParen) {
      if startsOption {
        let name = peek.name ?? ""
        if let slot = slots.slot(named: name) {
          try fill(slot, of: &slots, keyword: advance())
        } else {
          options.append(try option(of: signature, after: options))
        }
      } else {
        if let option = options.last?.name {
          throw failure(.positionAfterKeyword(option.text), at: peek.range)
        }
        guard let slot = slots.next else {
          throw failure(
            .tooManyOperands(
              verb: signature.name, most: slots.places.count, usage: signature.callUsage),
            at: peek.range)
        }
        slots.operands[slot].append(try operand(slots.places[slot].parameter, of: signature))
      }
      guard match(.comma) else { break }
    }
    try close(.rightParen, opened: open)
    let clauses = try clauses(slots, of: signature)
    return Command(verb: verb, clauses: clauses, options: options)
  }

  private mutating func fill(
    _ slot: Int, of slots: inout CallSlots, keyword: Token
  ) throws(ParserFailure) {
    guard slots.operands[slot].isEmpty else {
      throw failure(.repeatedArgument(text(keyword)), at: keyword.range)
    }
    advance()
    slots.operands[slot].append(
      try operand(slots.places[slot].parameter, of: slots.signature))
  }

  /// The operands by clause; a clause with a gap in it, or none where it is needed, is an error.
  private func clauses(
    _ slots: CallSlots, of signature: Signature
  ) throws(ParserFailure) -> [[Operand]] {
    var clauses: [[Operand]] = signature.clauses.map { _ in [] }
    for (index, clause) in signature.clauses.enumerated() {
      let places = slots.places.indices.filter { slots.places[$0].clause == index }
      let isAbsent = places.allSatisfy { slots.operands[$0].isEmpty }
      if isAbsent, clause.isOptional { continue }
      var gap: SignatureParameter?
      for place in places {
        let parameter = slots.places[place].parameter
        if slots.operands[place].isEmpty {
          gap = gap ?? parameter
        }
        if let gap, gap.isRequired || !slots.operands[place].isEmpty {
          throw failure(
            .missingOperand(
              verb: signature.name, operand: gap.name, usage: signature.callUsage),
            at: previous?.range ?? peek.range)
        }
        clauses[index] += slots.operands[place]
      }
    }
    return clauses
  }
}

/// The places for a call's operands, in the order of the signature.
private struct CallSlots {
  let signature: Signature
  let places: [(clause: Int, parameter: SignatureParameter)]
  var operands: [[Operand]]

  init(_ signature: Signature) {
    self.signature = signature
    places = signature.clauses.enumerated().flatMap { index, clause in
      clause.parameters.map { (index, $0) }
    }
    operands = places.map { _ in [] }
  }

  /// The place of the next operand without a name; a variadic one takes all that come.
  var next: Int? {
    let last = operands.lastIndex { !$0.isEmpty } ?? -1
    if last >= 0, places[last].parameter.form == .variadic { return last }
    return last + 1 < places.count ? last + 1 : nil
  }

  /// The place a keyword names: a parameter, or a little word with one operand.
  func slot(named name: String) -> Int? {
    if signature.options.contains(where: { $0.name == name }) { return nil }
    if let slot = places.firstIndex(where: { $0.parameter.name == name }) { return slot }
    return places.firstIndex { place in
      let clause = signature.clauses[place.clause]
      return clause.word == name && clause.parameters.count == 1
    }
  }
}
