import NNLanguage
import NNSource
import NNTensor

extension Interpreter {
  /// A caller waiting for the function it called.
  private struct Frame {
    let code: Code
    let next: Int
    let base: Int
    let result: Int
  }

  /// Runs `code` with its registers at `base` and gives its result. nn calls stay in this loop
  /// and take no native stack. On a failure every register taken here is given back.
  func execute(_ entry: Code, base entryBase: Int) throws -> Value {
    let entryTop = top
    let entryDepth = depth
    // A cell's named registers are slots, which stay; a callee's registers were opened by `open`.
    let firstOwned = entryBase == 0 ? NameTable.capacity : entryBase
    if entryBase == 0 { try reserve(upTo: entry.registerCount) }
    var code = entry
    var base = entryBase
    var next = 0
    var frames: [Frame] = []
    defer {
      (memory + firstOwned).deinitialize(count: top - firstOwned)
      top = min(entryTop, firstOwned)
      depth = entryDepth
    }

    do {
      var registers = memory + base
      var program = code.program
      while true {
        let at = program[next]
        next &+= 1
        switch at.operation {
        case .constant: registers[Int(at.a)] = code.constants[Int(at.b)]
        case .move:
          if case .absent = registers[Int(at.b)] {
            registers[Int(at.a)] = try present(registers, Int(at.b), code)
          } else {
            registers[Int(at.a)] = registers[Int(at.b)]
          }
        case .loadGlobal: registers[Int(at.a)] = try global(Int(at.b))
        case .add:
          switch (registers[Int(at.b)], registers[Int(at.c)]) {
          case (.int(let x), .int(let y)):
            let (sum, overflow) = x.addingReportingOverflow(y)
            if overflow { throw Problem.value(.integerOverflow("\(x) + \(y)")) }
            registers[Int(at.a)] = .int(sum)
          case (.float(let x), .float(let y)): registers[Int(at.a)] = .float(x + y)
          default: try binary(.add, at, registers, code)
          }
        case .subtract:
          switch (registers[Int(at.b)], registers[Int(at.c)]) {
          case (.int(let x), .int(let y)):
            let (difference, overflow) = x.subtractingReportingOverflow(y)
            if overflow { throw Problem.value(.integerOverflow("\(x) - \(y)")) }
            registers[Int(at.a)] = .int(difference)
          case (.float(let x), .float(let y)): registers[Int(at.a)] = .float(x - y)
          default: try binary(.subtract, at, registers, code)
          }
        case .multiply:
          switch (registers[Int(at.b)], registers[Int(at.c)]) {
          case (.int(let x), .int(let y)):
            let (product, overflow) = x.multipliedReportingOverflow(by: y)
            if overflow { throw Problem.value(.integerOverflow("\(x) * \(y)")) }
            registers[Int(at.a)] = .int(product)
          case (.float(let x), .float(let y)): registers[Int(at.a)] = .float(x * y)
          default: try binary(.multiply, at, registers, code)
          }
        case .divide: try binary(.divide, at, registers, code)
        case .floorDivide: try binary(.floorDivide, at, registers, code)
        case .remainder: try binary(.remainder, at, registers, code)
        case .power: try binary(.power, at, registers, code)
        case .matmul: try binary(.matmul, at, registers, code)
        case .bitAnd: try binary(.bitAnd, at, registers, code)
        case .bitOr: try binary(.bitOr, at, registers, code)
        case .bitXor: try binary(.bitXor, at, registers, code)
        case .equal: try compare(.equal, at, registers, code)
        case .notEqual: try compare(.notEqual, at, registers, code)
        case .less:
          if case .int(let x) = registers[Int(at.b)], case .int(let y) = registers[Int(at.c)] {
            registers[Int(at.a)] = .bool(x < y)
          } else {
            try compare(.less, at, registers, code)
          }
        case .lessEqual: try compare(.lessEqual, at, registers, code)
        case .greater: try compare(.greater, at, registers, code)
        case .greaterEqual: try compare(.greaterEqual, at, registers, code)
        case .contains: try compare(.in, at, registers, code)
        case .containsNot: try compare(.notIn, at, registers, code)
        case .isSame: try compare(.is, at, registers, code)
        case .isNotSame: try compare(.isNot, at, registers, code)
        case .negate: try unary(.negate, at, registers, code)
        case .plus: try unary(.plus, at, registers, code)
        case .invert: try unary(.invert, at, registers, code)
        case .not:
          registers[Int(at.a)] = .bool(!(try truth(registers, Int(at.b), code)))
        case .jump: next = Int(at.a)
        case .loop:
          stepsLeft.pointee &-= 1
          if stepsLeft.pointee < 0 { try refillSteps() }
          next = Int(at.a)
        case .jumpIfFalse:
          if case .bool(let value) = registers[Int(at.b)] {
            if !value { next = Int(at.a) }
          } else if !(try truth(registers, Int(at.b), code)) {
            next = Int(at.a)
          }
        case .jumpIfTrue:
          if try truth(registers, Int(at.b), code) { next = Int(at.a) }
        case .prepareLoop: try prepareLoop(at, registers, code)
        case .nextInLoop:
          if case .range(let range) = registers[Int(at.a) + 1],
            case .int(let place) = registers[Int(at.a)]
          {
            if place < range.count {
              registers[Int(at.b)] = .int(range.start &+ place &* range.step)
              registers[Int(at.a)] = .int(place &+ 1)
            } else {
              registers[Int(at.a) + 1] = .none
              next = Int(at.c)
            }
          } else if let item = try nextItem(at, registers) {
            registers[Int(at.b)] = item
          } else {
            next = Int(at.c)
          }
        case .callEntry:
          let site = code.calls[Int(at.c)]
          if let slot = site.shadowingSlot, isAssigned(slot) {
            guard case .function(let function) = memory[slot] else {
              throw Problem.call(.notCallable(memory[slot].kindName))
            }
            guard case .closure(let closure) = function.kind else {
              registers[Int(at.a)] = try callBuiltin(
                function, given: site.given, registers: registers, range: site.range)
              continue
            }
            frames.append(Frame(code: code, next: next, base: base, result: Int(at.a)))
            base = try enter(closure, function, site, registers)
            (code, next, registers) = (closure.code, 0, memory + base)
            program = code.program
          } else {
            registers[Int(at.a)] = try callEntry(site, registers)
          }
        case .call:
          let site = code.calls[Int(at.c)]
          if case .network(let network) = registers[Int(at.b)] {
            registers[Int(at.a)] = try outputs(of: network, site, registers)
            continue
          }
          guard case .function(let function) = registers[Int(at.b)] else {
            throw Problem.call(.notCallable(registers[Int(at.b)].kindName))
          }
          guard case .closure(let closure) = function.kind else {
            registers[Int(at.a)] = try callBuiltin(
              function, given: site.given, registers: registers, range: site.range)
            continue
          }
          frames.append(Frame(code: code, next: next, base: base, result: Int(at.a)))
          base = try enter(closure, function, site, registers)
          (code, next, registers) = (closure.code, 0, memory + base)
          program = code.program
        case .return:
          let result = try present(registers, Int(at.a), code)
          guard let frame = frames.popLast() else { return result }
          leave(base)
          (code, next, base) = (frame.code, frame.next, frame.base)
          registers = memory + base
          program = code.program
          registers[frame.result] = result
        default: try other(at, registers, code)
        }
      }
    } catch {
      var diagnostic = Self.diagnostic(error, at: code.ranges[max(next - 1, 0)])
      // A call that failed before its function began is the place itself.
      if let last = frames.last, last.base == base, last.next == next { frames.removeLast() }
      diagnostic.callers += frames.reversed().map { $0.code.ranges[$0.next - 1] }
      throw diagnostic
    }
  }

  /// What a bracket literal of these elements is: a tensor where they stack.
  private func bracket(_ items: [Value]) throws -> Value {
    if let tensor = try Stacking.stack(items) { return .tensor(tensor) }
    try Nesting.check(items)
    return .list(items)
  }

  /// The instructions that do not need to be in the loop itself.
  private func other(
    _ at: Instruction, _ registers: UnsafeMutablePointer<Value>, _ code: Code
  ) throws {
    let a = Int(at.a)
    let b = Int(at.b)
    let c = Int(at.c)
    switch at.operation {
    case .makeBracket:
      let items = (b..<b + c).map { registers[$0] }
      registers[a] = try bracket(items)
    case .makeTuple:
      let items = (b..<b + c).map { registers[$0] }
      try Nesting.check(items)
      registers[a] = .tuple(items)
    case .makeList: registers[a] = .list([])
    case .append: try append(registers, a, try present(registers, b, code), code)
    case .stack:
      guard case .list(let items) = registers[b] else { return }
      registers[a] = try bracket(items)
      registers[b] = .none
    case .index:
      registers[a] = try index(try present(registers, b, code), code.indices[c], registers)
    case .setIndex:
      _ = try present(registers, a, code)
      try setIndex(registers + a, code.indices[c], try present(registers, b, code), registers)
    case .field: registers[a] = try field(try present(registers, b, code), code.names[c])
    case .setField:
      registers[a] = try settingField(
        try present(registers, a, code), code.names[c], try present(registers, b, code))
    case .makeFunction: registers[a] = try makeFunction(code.functions[b], registers)
    case .unpack: try unpack(registers, at, code)
    case .format, .formatText, .formatRepr:
      registers[a] = .string(
        try formatted(
          try present(registers, b, code), registers[c], at.operation))
    case .join:
      var text = ""
      for register in b..<b + c { text += registers[register].text }
      registers[a] = .string(text)
    case .show:
      let value = try present(registers, a, code)
      if case .none = value { return }
      guard showsLastValue else { return }
      try emit(.text(value.text + "\n"))
    case .assert: try assert(code.assertions[a], registers)
    case .makeNetwork: registers[a] = try makeNetwork(code.networks[b], registers)
    default: throw Problem.value(.unexpected("instruction \(at.operation)"))
    }
  }

  // MARK: Registers

  /// The value in a register; an absent one is a name that has no value yet, or a built-in whose
  /// name the notebook uses elsewhere.
  @inline(__always)
  func present(_ registers: UnsafeMutablePointer<Value>, _ register: Int, _ code: Code) throws
    -> Value
  {
    if case .absent = registers[register] { return try absent(register, registers, code) }
    return registers[register]
  }

  @inline(never)
  private func absent(
    _ register: Int, _ registers: UnsafeMutablePointer<Value>, _ code: Code
  ) throws -> Value {
    if registers == memory, register < names.names.count {
      return try global(register)
    }
    if register < code.registerNames.count {
      throw Problem.name(.unassignedLocal(code.registerNames[register], function: code.name))
    }
    // A command's result that binds nothing.
    return .none
  }

  func isAssigned(_ slot: Int) -> Bool {
    if case .absent = memory[slot] { return false }
    return true
  }

  /// The notebook's value of a name, else the built-in.
  func global(_ slot: Int) throws -> Value {
    if isAssigned(slot) { return memory[slot] }
    let name = names.names[slot]
    if let builtin = Registry.predefined[name] { return builtin }
    let assigned = names.names.indices.filter(isAssigned).map { names.names[$0] }
    throw Problem.name(
      .unknown(
        name,
        suggestion: Spelling.nearest(to: name, among: assigned + Registry.predefinedNames)))
  }

  /// Takes the registers up to `end`, counted from the start of the memory.
  private func reserve(upTo end: Int) throws {
    guard end <= Self.memoryCapacity else { throw Problem.limit(.recursion(Self.maximumDepth)) }
    guard end > top else { return }
    (memory + top).initialize(repeating: .absent, count: end - top)
    top = end
  }

  /// Elements computed are steps too: a loop over large tensors looks at the clock as often.
  @inline(__always)
  func charge(_ elements: Int) {
    if elements > 1_000 { stepsLeft.pointee &-= min(elements, 1 << 40) / 100 }
  }

  func refillSteps() throws {
    stepsLeft.pointee = Self.stepsPerCheck
    try limits.checkAll()
  }

  // MARK: Calls of nn functions

  /// Opens a frame for `closure`, its parameters filled from the call's registers.
  private func enter(
    _ closure: FunctionValue.Closure, _ function: FunctionValue, _ site: CallSite,
    _ registers: UnsafeMutablePointer<Value>
  ) throws -> Int {
    let base = top
    if site.given.allSatisfy({ $0.name == nil }) {
      try open(closure, at: base, callee: closure.code.name, function) { index in
        index < site.given.count ? registers[site.given[index].register] : nil
      } given: {
        site.given.count
      }
      return base
    }
    let values = try Self.ordered(closure.code, site.given) { registers[$0] }
    try open(closure, at: base, callee: closure.code.name, function) {
      values[$0]
    } given: {
      0
    }
    return base
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

  /// Makes the registers of a call of `closure` at `base`: parameters, defaults, captured values.
  func open(
    _ closure: FunctionValue.Closure, at base: Int, callee: String, _ function: FunctionValue,
    argument: (Int) -> Value?, given: () -> Int
  ) throws {
    let code = closure.code
    let count = given()
    guard count <= code.parameters.count else {
      throw Problem.call(.tooMany(callee: callee, most: code.parameters.count, given: count))
    }
    depth += 1
    guard depth <= Self.maximumDepth else {
      throw Problem.limit(.recursion(Self.maximumDepth))
    }
    stepsLeft.pointee &-= 1
    if stepsLeft.pointee < 0 { try refillSteps() }
    try reserve(upTo: base + code.registerCount)
    let registers = memory + base
    let firstDefault = code.parameters.count - closure.defaults.count
    for index in code.parameters.indices {
      if let value = argument(index) {
        registers[index] = value
      } else if index >= firstDefault {
        registers[index] = closure.defaults[index - firstDefault]
      } else {
        throw Problem.call(.missing(callee: callee, parameter: code.parameters[index].name))
      }
    }
    for (register, value) in closure.captured { registers[register] = value }
    if let register = closure.selfRegister { registers[register] = .function(function) }
  }

  /// Gives back the registers from `base` on.
  private func leave(_ base: Int) {
    (memory + base).deinitialize(count: top - base)
    top = base
    depth -= 1
  }

  private func makeFunction(
    _ template: FunctionTemplate, _ registers: UnsafeMutablePointer<Value>
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

  /// `net(x)`: what the last layer gives.
  private func outputs(
    of network: NetworkValue, _ site: CallSite, _ registers: UnsafeMutablePointer<Value>
  ) throws -> Value {
    guard site.given.count == 1, let given = site.given.first, given.name == nil else {
      throw Problem.call(
        site.given.isEmpty
          ? .missing(callee: network.name, parameter: "x")
          : .tooMany(callee: network.name, most: 1, given: site.given.count))
    }
    let argument = registers[given.register]
    guard let x = try argument.tensor() else {
      throw Diagnostic.error(
        .call(
          .wrongType(
            callee: network.name, parameter: "x", expected: "a tensor",
            found: argument.kindName)), at: given.range)
    }
    return Value(try network.network.forward(x))
  }

  // MARK: Calls of the registry's entries

  @inline(__always)
  private func callEntry(_ site: CallSite, _ registers: UnsafeMutablePointer<Value>) throws
    -> Value
  {
    guard let entry = site.entry else { return .none }
    // A call may take as long as many steps of a loop.
    stepsLeft.pointee &-= Self.stepsPerCall
    if stepsLeft.pointee < 0 { try refillSteps() }
    let values = UnsafeMutableBufferPointer(start: registers + site.base, count: site.count)
    let result = try entry.body(
      Arguments(interpreter: self, entry: entry, site: site, values: values))
    switch result {
    case .list, .tuple: try Nesting.check(result)
    case .tensor(let tensor): charge(tensor.count)
    default: break
    }
    // Let go of the arguments, so that a value held once can be changed in place.
    if !site.keepsArguments {
      for index in 0..<site.count { values[index] = .none }
    }
    return result
  }

  /// A built-in called as a value: arguments are put in place now.
  func callBuiltin(
    _ function: FunctionValue, given: [CallSite.Given], registers: UnsafeMutablePointer<Value>,
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
      guard let tensor = try argument.tensor() else {
        throw Diagnostic.error(
          .call(
            .wrongType(
              callee: function.name, parameter: "x", expected: "a tensor",
              found: argument.kindName)), at: given[0].range)
      }
      return Value(try activation.derivative(at: tensor))
    case .builtin(let entry):
      return try callBuiltin(entry, given, registers, range)
    }
  }

  private func callBuiltin(
    _ entry: RegistryEntry, _ given: [CallSite.Given], _ registers: UnsafeMutablePointer<Value>,
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
        try entry.body(
          Arguments(interpreter: self, entry: entry, site: site, values: buffer))
      }
    }
  }
}
