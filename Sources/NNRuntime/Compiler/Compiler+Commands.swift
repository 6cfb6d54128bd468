import NNLanguage
import NNSource

extension Compiler {
  func command(_ command: Command, range: SourceRange) throws {
    guard let entry = Registry.commands[command.verb.text] else {
      throw Diagnostic.error(
        .name(.notBuilt(command.verb.text)), at: command.verb.range)
    }
    if command.verb.text == "assert" { return try assertion(command, range: range) }
    let site = try callSite(
      entry, operands: command.clauses, arguments: command.options, shadowingSlot: nil,
      name: command.verb.range)
    let result = temporary()
    emit(.callEntry, result, 0, site)
    try storeResult(result, of: command, entry.signature)
  }

  /// A command's result goes to the name after `as`, or back into what it changes.
  private func storeResult(_ result: Int, of command: Command, _ signature: Signature) throws {
    for (clause, operands) in zip(signature.clauses, command.clauses) {
      for (parameter, operand) in zip(clause.parameters, operands) {
        switch (parameter.form, operand) {
        case (.binding, .word(let name)):
          emit(.move, try assignable(name), result)
        case (.changed, .expression(let expression)):
          guard let target = expression.asTarget else {
            throw Diagnostic.error(
              .syntax(
                .command(.notChangeable(verb: signature.name, operand: parameter.name))),
              at: expression.range)
          }
          try store(result, to: target, keeps: true)
        default: break
        }
      }
    }
  }

  // MARK: assert

  private func assertion(_ command: Command, range: SourceRange) throws {
    guard case .expression(let condition)? = command.clauses.first?.first else { return }
    var site = AssertionSite(
      condition: 0, sides: nil, isCloseness: false, reason: nil, range: range)
    // First, so that it can't take the registers in which a call's arguments are left.
    if command.clauses[0].count > 1, case .expression(let reason) = command.clauses[0][1] {
      site.reason = try expression(reason)
    }
    switch condition.kind {
    case .comparison(let first, let links) where links.count == 1:
      let left = try expression(first)
      let right = try expression(links[0].operand)
      site.condition = temporary()
      let place = emit(links[0].operator.instruction, site.condition, left, right)
      sides[Int32(place)] = (first.range, links[0].operand.range)
      site.sides = (left, right, first.range, links[0].operand.range)
    case .call(let callee, let arguments):
      site.condition = try expression(condition)
      if case .name(let name) = callee.kind, Self.closenessNames.contains(name),
        nearRegister(of: name) == nil, arguments.count >= 2, arguments[0].name == nil,
        arguments[1].name == nil, let call = calls.last
      {
        // The sides are still in the call's registers.
        site.sides = (
          call.base, call.base + 1, arguments[0].value.range, arguments[1].value.range
        )
        site.isCloseness = true
      }
    default: site.condition = try expression(condition)
    }
    site.range = condition.range
    assertions.append(site)
    emit(.assert, assertions.count - 1)
  }

  static let closenessNames = Set(Registry.closenessFunctions.map(\.signature.name))

  // MARK: network and init

  func network(_ definition: NetworkDefinition) throws {
    var site = NetworkSite(
      name: definition.name, options: try networkOptions(definition.options), layers: [])
    for layer in definition.layers {
      site.layers.append(
        NetworkSite.Layer(
          line: layer, size: try layer.size.map { try expression($0, into: temporary()) },
          options: try networkOptions(layer.options)))
    }
    networks.append(site)
    let result = temporary()
    emit(.makeNetwork, result, networks.count - 1)
    emit(.move, try assignable(definition.name), result)
  }

  private func networkOptions(_ options: [Argument]) throws -> [(
    name: Name, word: String?, register: Int?
  )] {
    try options.compactMap { option in
      guard let name = option.name else { return nil }
      if let word = option.word { return (name, word, nil) }
      return (name, nil, try expression(option.value, into: temporary()))
    }
  }

  /// `init net normal(0, fan_in ** -0.5)`: the arguments are computed again for every layer, so
  /// they become a function of `fan_in` and `fan_out`.
  func initialize(_ initialization: Initialization, range: SourceRange) throws {
    guard let entry = Registry.commands["init"] else {
      throw Diagnostic.error(.name(.notBuilt("init")), at: range)
    }
    guard let target = initialization.network.asTarget else {
      throw Diagnostic.error(
        .syntax(.command(.notChangeable(verb: "init", operand: "network"))),
        at: initialization.network.range)
    }
    let site: Int
    switch initialization.source {
    case .initializer(let name, let arguments):
      site = try initializerSite(entry, initialization.network, name, arguments)
    case .values(let values):
      site = try callSite(
        entry,
        operands: [
          [.expression(initialization.network)], values.map(CommandOperand.expression),
        ], arguments: [], shadowingSlot: nil, name: range)
    }
    let result = temporary()
    emit(.callEntry, result, 0, site)
    try store(result, to: target)
  }

  /// Registers: the network, the initialiser's name, a function (fan_in, fan_out) → its arguments.
  private func initializerSite(
    _ entry: RegistryEntry, _ network: Expression, _ name: Name, _ arguments: [Argument]
  ) throws -> Int {
    let values = Expression(.tuple(arguments.map(\.value)), name.range)
    let definition = FunctionDefinition(
      ["fan_in", "fan_out"].map { Name($0, name.range) },
      [Statement(.return(values), name.range)], name.range)
    let keywords = Expression(
      .tuple(arguments.map { Expression(.string($0.name?.text ?? ""), $0.value.range) }),
      name.range)
    return try callSite(
      entry,
      operands: [
        [.expression(network), .word(name)],
        [.expression(Expression(.lambda(definition), name.range)), .expression(keywords)],
      ], arguments: [], shadowingSlot: nil, name: name.range, checksKinds: false)
  }
}
