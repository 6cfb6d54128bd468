import NNLanguage
import NNSource
import NNTensor

/// Calls: of the notebook's functions, which open a frame, and of everything else, which gives its
/// result at once.
extension Interpreter {
  /// Runs a call instruction. True when a frame was opened, and the loop goes on there.
  func call(_ at: UnsafePointer<Instruction>, _ registers: Registers) throws -> Bool {
    switch at.pointee.operation {
    case .call: return try call(at.b(registers), at, registers)
    case .callGlobal: return try call(memory + Int(at.pointee.b), at, registers)
    default: return try callEntry(code.calls[Int(at.pointee.c)], at.a(registers), registers)
    }
  }

  /// A call of the value at `place`.
  @inline(__always)
  private func call(_ place: Registers, _ at: UnsafePointer<Instruction>, _ registers: Registers)
    throws -> Bool
  {
    if let function = place.closure, at.pointee.detail != Instruction.general {
      // The arguments stand where the function's registers begin.
      try enter(
        function, at: registers + Int(at.pointee.d), given: Int(at.pointee.detail),
        result: at.a(registers))
      return true
    }
    return try callValue(place, code.calls[Int(at.pointee.c)], at.a(registers), registers)
  }

  /// A call of any value, its arguments anywhere.
  private func callValue(
    _ place: Registers, _ site: CallSite, _ result: Registers, _ registers: Registers
  ) throws -> Bool {
    let callee: Value
    do {
      callee = try present(place)
    } catch let problem as Problem {
      throw Diagnostic.error(problem, at: site.callee)
    }
    switch callee {
    case .network(let network): put(try outputs(of: network, site, registers), in: result)
    case .function(let function):
      if case .closure(let closure) = function.kind {
        // Not over the arguments, which a failing `assert close(a, b)` still shows.
        let base = frame.pointee.end
        let values = try Self.ordered(closure.code, site.given) { registers[$0] }
        try reserve(upTo: base + values.count)
        for (offset, value) in values.enumerated() { put(value ?? .absent, in: base + offset) }
        try enter(
          .passUnretained(function), at: base, given: values.count, hasGaps: true, result: result)
        return true
      }
      put(
        try callBuiltin(function, given: site.given, registers: registers, range: site.range),
        in: result)
    default: throw Problem.call(.notCallable(callee.kindName))
    }
    letGo(of: site, registers)
    return false
  }

  /// Arguments given by place and by name, in the order of the parameters.
  private static func ordered(
    _ code: Code, _ given: [CallSite.Given], _ value: (Int) -> Value
  ) throws -> [Value?] {
    var values: [Value?] = Array(repeating: nil, count: code.parameters.count)
    for (place, argument) in given.enumerated() {
      let index: Int
      if let name = argument.name {
        guard let named = code.parameters.firstIndex(where: { $0.name == name }) else {
          throw Diagnostic.error(
            .call(
              .unknownOption(
                callee: code.name, option: name, known: code.parameters.map(\.name),
                isCommand: false)), at: argument.nameRange ?? argument.range)
        }
        index = named
      } else {
        guard place < values.count else {
          throw Diagnostic.error(
            .call(.tooMany(callee: code.name, most: values.count, given: given.count)),
            at: argument.range)
        }
        index = place
      }
      guard values[index] == nil else {
        throw Diagnostic.error(
          .call(.givenTwice(callee: code.name, parameter: code.parameters[index].name)),
          at: argument.nameRange ?? argument.range)
      }
      values[index] = value(argument.register)
    }
    return values
  }

  // MARK: The registry's entries

  /// A call of an entry, or of what the notebook has put in its place.
  private func callEntry(_ site: CallSite, _ result: Registers, _ registers: Registers) throws
    -> Bool
  {
    if let slot = site.shadowingSlot, isAssigned(slot) {
      return try callValue(memory + slot, site, result, registers)
    }
    guard let entry = site.entry else { return false }
    // A call may take as long as many steps of a loop.
    stepsLeft.pointee &-= Self.stepsPerCall
    if stepsLeft.pointee < 0 { try refillSteps() }
    let values = UnsafeMutableBufferPointer(start: registers + site.base, count: site.count)
    let arguments = Arguments(interpreter: self, entry: entry, site: site, values: values)
    try arguments.checkKinds()
    let value = try entry.body(arguments)
    switch value {
    case .list, .tuple: try Nesting.check(value)
    case .tensor(let tensor): charge(tensor.count)
    default: break
    }
    put(value, in: result)
    letGo(of: site, registers)
    return false
  }

  /// Lets go of the arguments, so that a value held once can be changed in place.
  private func letGo(of site: CallSite, _ registers: Registers) {
    guard !site.keepsArguments else { return }
    let first = registers + site.base
    clear(first, to: first + site.count)
  }

  /// Moves the operands of a shortcut to where the entry finds its arguments, and calls it.
  func takeGeneralWay(_ at: UnsafePointer<Instruction>, _ registers: Registers) throws -> Bool {
    let site = code.calls[code.shortcuts[Int(at.pointee.d)].site]
    let first = registers + site.base
    let operands = [at.b(registers), at.c(registers)].prefix(site.given.count)
    var values: [Value] = []
    for (offset, place) in operands.enumerated() {
      do {
        values.append(try present(place))
      } catch let problem as Problem {
        throw Diagnostic.error(problem, at: site.ranges[offset])
      }
    }
    for offset in 0..<site.count {
      put(offset < values.count ? values[offset] : .absent, in: first + offset)
    }
    return try callEntry(site, at.a(registers), registers)
  }

  /// `net(x)`: what the last layer gives.
  private func outputs(
    of network: NetworkValue, _ site: CallSite, _ registers: Registers
  ) throws -> Value {
    guard site.given.count == 1, let given = site.given.first, given.name == nil else {
      throw Problem.call(
        site.given.isEmpty
          ? .missing(callee: network.name, parameter: "x")
          : .tooMany(callee: network.name, most: 1, given: site.given.count))
    }
    let argument = registers[given.register]
    let x = try argument.tensor(for: .x, callee: network.name, at: given.range)
    let result = Value(try network.network.forward(x))
    try take(multiplications: x.shape.first ?? 1, network.network.parameterCount)
    return result
  }

  // MARK: Making functions

  func makeFunction(
    _ template: FunctionTemplate, _ registers: Registers
  ) throws -> Value {
    for (from, _) in template.captures { try Nesting.check(registers[from]) }
    for register in template.defaults { try Nesting.check(registers[register]) }
    return .function(
      FunctionValue(
        .closure(
          FunctionValue.Closure(
            code: template.code,
            captured: template.captures.map { (register: $0.to, value: registers[$0.from]) },
            selfRegister: template.selfRegister,
            defaults: template.defaults.map { registers[$0] }))))
  }

  // MARK: Built-ins as values

  /// A built-in called as a value: arguments are put in place now.
  func callBuiltin(
    _ function: FunctionValue, given: [CallSite.Given], registers: Registers,
    range: SourceRange
  ) throws -> Value {
    switch function.kind {
    case .closure:
      throw Problem.call(.notCallable("a function of the notebook here"))
    case .derivative(let activation):
      guard given.count == 1 else {
        throw Problem.call(
          given.isEmpty
            ? .missing(callee: function.name, parameter: "x")
            : .tooMany(callee: function.name, most: 1, given: given.count))
      }
      let argument = registers[given[0].register]
      let tensor = try argument.tensor(for: .x, callee: function.name, at: given[0].range)
      return Value(try activation.derivative(at: tensor))
    case .builtin(let entry):
      return try callBuiltin(entry, given, registers, range)
    }
  }

  private func callBuiltin(
    _ entry: RegistryEntry, _ given: [CallSite.Given], _ registers: Registers,
    _ range: SourceRange
  ) throws -> Value {
    let signature = entry.signature
    let fixed = signature.parameters.filter { $0.form != .variadic }
    let isVariadic = fixed.count < signature.parameters.count
    let leading = signature.parameters.prefix { $0.form != .variadic }.count
    var values: [Value] = Array(repeating: .absent, count: fixed.count)
    var ranges: [SourceRange] = Array(repeating: range, count: fixed.count)
    var place = 0
    for argument in given {
      let value = registers[argument.register]
      if let name = argument.name {
        if signature.parameters.contains(where: { $0.form == .variadic && $0.name == name }) {
          values.append(value)
          ranges.append(argument.range)
          continue
        }
        guard let index = fixed.firstIndex(where: { $0.name == name }) else {
          throw Diagnostic.error(
            .call(
              .unknownOption(
                callee: signature.name, option: name, known: fixed.map(\.name), isCommand: false)),
            at: argument.nameRange ?? argument.range)
        }
        values[index] = value
        ranges[index] = argument.range
      } else if place < leading {
        values[place] = value
        ranges[place] = argument.range
        place += 1
      } else if isVariadic {
        values.append(value)
        ranges.append(argument.range)
      } else {
        throw Diagnostic.error(
          .call(.tooMany(callee: signature.name, most: fixed.count, given: given.count)),
          at: argument.range)
      }
    }
    for (index, parameter) in fixed.enumerated() where parameter.isRequired {
      if case .absent = values[index] {
        throw Problem.call(.missing(callee: signature.name, parameter: parameter.name))
      }
    }
    let site = CallSite(
      entry: entry, shadowingSlot: nil, base: 0, count: values.count, fixedCount: fixed.count,
      given: given, ranges: ranges, range: range)
    return try withExtendedLifetime(site) {
      try values.withUnsafeMutableBufferPointer { buffer in
        let arguments = Arguments(interpreter: self, entry: entry, site: site, values: buffer)
        try arguments.checkKinds()
        return try entry.body(arguments)
      }
    }
  }
}
