import NNLanguage
import NNSource

extension Compiler {
  // MARK: Calls in expressions

  func call(_ callee: Expression, _ arguments: [Argument], into target: Int?) throws -> Int {
    let result = target ?? temporary()
    return try releasing {
      guard case .name(let name) = callee.kind, nearRegister(of: name) == nil else {
        emitCall(.call, result, try expression(callee), try valueSite(arguments, callee.range))
        return result
      }
      if !names.isAssigned(name), let entry = Registry.functions[name] {
        // A later cell may take the name before a function is called.
        let slot = isCell ? nil : try names.claim(name)
        if let slot { freeSlots.insert(slot) }
        try call(entry, arguments, shadowingSlot: slot, name: callee.range, into: result)
        return result
      }
      switch try place(of: name) {
      case .register(let register):
        emitCall(.call, result, register, try valueSite(arguments, callee.range))
      case .global(let slot):
        emitCall(.callGlobal, result, slot, try valueSite(arguments, callee.range))
      case nil:
        emitCall(.call, result, try expression(callee), try valueSite(arguments, callee.range))
      }
      return result
    }
  }

  /// `x.f(a)`: the built-in of that name first, then a function of the notebook.
  func method(_ receiver: Expression, _ name: Name, _ arguments: [Argument], into target: Int?)
    throws -> Int
  {
    let given = [Argument(name: nil, value: receiver)] + arguments
    let result = target ?? temporary()
    return try releasing {
      if name.text == "derivative" {
        let function = temporary()
        _ = try expression(receiver, into: function)
        emit(.field, function, function, nameIndex(name.text))
        emitCall(.call, result, function, try valueSite(arguments, name.range))
      } else if let entry = Registry.functions[name.text] {
        try call(entry, given, shadowingSlot: nil, name: name.range, into: result)
      } else {
        switch try place(of: name.text) {
        case .register(let register):
          emitCall(.call, result, register, try valueSite(given, name.range))
        case .global(let slot):
          emitCall(.callGlobal, result, slot, try valueSite(given, name.range))
        case nil: throw Diagnostic.error(unknownMethod(name.text), at: name.range)
        }
      }
      return result
    }
  }

  /// A call of one of the registry's functions, by its shortcut where the arguments allow it.
  private func call(
    _ entry: RegistryEntry, _ arguments: [Argument], shadowingSlot: Int?, name: SourceRange,
    into result: Int
  ) throws {
    guard let function = ShortcutFunction.named[entry.signature.name],
      arguments.count == function.operandCount, arguments.allSatisfy({ $0.name == nil })
    else {
      let site = try callSite(
        entry, operands: [], arguments: arguments, shadowingSlot: shadowingSlot, name: name)
      emit(.callEntry, result, 0, site)
      return
    }
    let count = entry.signature.parameters.filter { $0.form != .variadic }.count
    let base = temporaries(count)
    let registers = try arguments.enumerated().map { offset, argument in
      // A name is read where it is.
      if case .name(let name) = argument.value.kind, case .register? = try place(of: name) {
        return try expression(argument.value)
      }
      try into(base + offset, argument.value)
      return base + offset
    }
    calls.append(
      CallSite(
        entry: entry, shadowingSlot: shadowingSlot, base: base, count: count, fixedCount: count,
        given: arguments.enumerated().map { offset, argument in
          CallSite.Given(name: nil, register: base + offset, range: argument.value.range)
        },
        ranges: (0..<count).map {
          $0 < arguments.count ? arguments[$0].value.range : currentRange
        }, range: currentRange))
    shortcuts.append(
      Shortcut(
        function: function, site: calls.count - 1, shadowingSlot: shadowingSlot ?? -1))
    let second = registers.count > 1 ? registers[1] : nil
    emit(.shortcut, result, registers[0], second ?? 0)
    last.spends = spare(b: registers[0], c: second)
    last.d = Int32(shortcuts.count - 1)
  }

  /// A call of a function value: `function` is its register, or the notebook's name.
  private func emitCall(_ operation: Operation, _ result: Int, _ function: Int, _ index: Int) {
    let site = calls[index]
    emit(operation, result, function, index)
    let isPlain = site.count < Instruction.general && site.given.allSatisfy { $0.name == nil }
    last.detail = isPlain ? UInt8(site.count) : Instruction.general
    last.d = Int32(site.base)
  }

  private func unknownMethod(_ name: String) -> Problem {
    let known = names.assignedNames + Registry.functions.keys.sorted()
    return .name(.unknown(name, suggestion: Spelling.nearest(to: name, among: known)))
  }

  /// Arguments for a function value: side by side, as they were given.
  private func valueSite(_ arguments: [Argument], _ callee: SourceRange) throws -> Int {
    let base = temporaries(arguments.count)
    var given: [CallSite.Given] = []
    for (offset, argument) in arguments.enumerated() {
      try into(base + offset, argument.value)
      given.append(
        CallSite.Given(
          name: argument.name?.text, register: base + offset, range: argument.value.range,
          nameRange: argument.name?.range))
    }
    calls.append(
      CallSite(
        entry: nil, shadowingSlot: nil, base: base, count: arguments.count, fixedCount: 0,
        given: given, ranges: given.map(\.range), range: currentRange, callee: callee))
    return calls.count - 1
  }

  // MARK: Calls of the registry's entries

  /// One argument on its way to its parameter.
  private struct Placed {
    var name: String?
    var value: Expression?
    var word: String?
    var range: SourceRange
  }

  /// Puts operands (given by clause) or arguments (given by place, then by name) where the entry's
  /// body finds them.
  func callSite(
    _ entry: RegistryEntry, operands: [[CommandOperand]], arguments: [Argument],
    shadowingSlot: Int?, name: SourceRange, checksKinds: Bool = true
  ) throws -> Int {
    let signature = entry.signature
    let parameters = signature.parameters
    let fixed = parameters.filter { $0.form != .variadic }
    var placed: [Placed?] = Array(repeating: nil, count: fixed.count)
    var rest: [Placed] = []

    // Where each parameter by place goes; nil is the variadic one.
    var fixedIndex = 0
    let places: [Int?] = parameters.map { parameter in
      guard parameter.form != .variadic else { return nil }
      defer { fixedIndex += 1 }
      return fixedIndex
    }
    if operands.isEmpty {
      try placePositional(
        arguments.filter { $0.name == nil }, places, parameters, signature, &placed, &rest)
    } else {
      placeOperands(operands, places, signature, &placed, &rest)
    }
    for argument in arguments {
      guard let keyword = argument.name else { continue }
      if parameters.contains(where: { $0.form == .variadic && $0.name == keyword.text }) {
        // `reshape(x, shape=(2, 3))`: the tuple that could stand there by place.
        rest.append(Placed(name: keyword.text, value: argument.value, range: argument.value.range))
        continue
      }
      guard let index = fixed.firstIndex(where: { $0.name == keyword.text }) else {
        throw Diagnostic.error(
          .call(
            .unknownOption(
              callee: signature.name, option: keyword.text, known: fixed.map(\.name),
              isCommand: signature.kind == .command)), at: keyword.range)
      }
      guard placed[index] == nil else {
        throw Diagnostic.error(
          .call(.givenTwice(callee: signature.name, parameter: keyword.text)), at: keyword.range)
      }
      placed[index] = Placed(
        name: keyword.text, value: argument.value, word: argument.word,
        range: argument.value.range)
    }
    for (index, parameter) in fixed.enumerated() where placed[index] == nil {
      guard !parameter.isRequired || parameter.form == .binding else {
        throw Diagnostic.error(
          .call(.missing(callee: signature.name, parameter: parameter.name)), at: name)
      }
    }
    return try emitSite(
      entry, placed, rest, shadowingSlot: shadowingSlot, parameters: fixed,
      checksKinds: checksKinds)
  }

  private func placePositional(
    _ arguments: [Argument], _ places: [Int?], _ parameters: [SignatureParameter],
    _ signature: Signature, _ placed: inout [Placed?], _ rest: inout [Placed]
  ) throws {
    var next = 0
    for argument in arguments {
      let item = Placed(value: argument.value, word: argument.word, range: argument.value.range)
      guard next < places.count else {
        throw Diagnostic.error(
          .call(
            .tooMany(callee: signature.name, most: places.count, given: arguments.count)),
          at: argument.value.range)
      }
      if let index = places[next] {
        placed[index] = item
        next += 1
      } else {
        // A variadic parameter takes all that is left by place.
        rest.append(item)
      }
    }
  }

  private func placeOperands(
    _ operands: [[CommandOperand]], _ places: [Int?], _ signature: Signature,
    _ placed: inout [Placed?], _ rest: inout [Placed]
  ) {
    var first = 0
    for (clause, given) in zip(signature.clauses, operands) {
      for (offset, operand) in given.enumerated() {
        let parameterIndex = first + min(offset, max(clause.parameters.count - 1, 0))
        let item: Placed
        switch operand {
        case .expression(let value): item = Placed(value: value, range: value.range)
        case .word(let name): item = Placed(word: name.text, range: name.range)
        }
        if let index = places[parameterIndex] { placed[index] = item } else { rest.append(item) }
      }
      first += clause.parameters.count
    }
  }

  private func emitSite(
    _ entry: RegistryEntry, _ placed: [Placed?], _ rest: [Placed], shadowingSlot: Int?,
    parameters: [SignatureParameter], checksKinds: Bool
  ) throws -> Int {
    let items = placed + rest.map(Optional.some)
    let base = temporaries(items.count)
    var given: [CallSite.Given] = []
    var literals: Set<Int> = []
    for (offset, item) in items.enumerated() {
      guard let item else {
        _ = load(.absent, into: base + offset)
        continue
      }
      let isBinding = offset < parameters.count && parameters[offset].form == .binding
      if let word = item.word {
        _ = load(.string(word), into: base + offset)
      } else if case .string(let text)? = item.value?.kind, !isBinding {
        _ = load(.string(text), into: base + offset)
        literals.insert(offset)
      } else if let value = item.value, !isBinding {
        try into(base + offset, value)
      } else {
        _ = load(.absent, into: base + offset)
      }
      given.append(
        CallSite.Given(name: item.name, register: base + offset, range: item.range))
    }
    calls.append(
      CallSite(
        entry: entry, shadowingSlot: shadowingSlot, base: base, count: items.count,
        fixedCount: placed.count, given: given,
        ranges: items.map { $0?.range ?? currentRange }, range: currentRange,
        checksKinds: checksKinds, literals: literals))
    return calls.count - 1
  }
}
