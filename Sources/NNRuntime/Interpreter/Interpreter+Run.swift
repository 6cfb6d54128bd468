import NNLanguage
import NNSource
import NNTensor

extension Interpreter {
  /// Runs a cell, whose named registers are the notebook's names.
  func execute(_ cell: Code) throws -> Value {
    let floor = frame
    let end = memory + cell.registerCount
    try reserve(upTo: end)
    frame += 1
    frame.initialize(
      to: Frame(
        code: .passUnretained(cell), registers: memory, end: end, next: cell.program,
        result: nil))
    return try withExtendedLifetime(cell) { try run(above: floor) }
  }

  /// Runs the frame that was opened last and gives its result. nn calls stay in this loop and take
  /// no native stack. On a failure every frame above `floor` is closed.
  func run(above floor: UnsafeMutablePointer<Frame>) throws -> Value {
    let depthBelow = depth
    var registers = frame.pointee.registers
    var next = frame.pointee.next
    var program = code.program
    var constants = code.constants
    do {
      while true {
        let at = next
        next += 1
        switch at.pointee.operation {
        case .constant: copy(constants + Int(at.pointee.b), to: at.a(registers))
        case .move: try move(at, registers)
        case .loadGlobal: put(try global(Int(at.pointee.b)), in: at.a(registers))
        case .add:
          let (left, right) = (at.b(registers), at.c(registers))
          guard left.kind == .int, right.kind == .int else {
            try arithmetic(.add, at, registers)
            continue
          }
          let (sum, overflow) = left.int.addingReportingOverflow(right.int)
          if overflow { throw Problem.value(.integerOverflow("\(left.int) + \(right.int)")) }
          put(.int(sum), in: at.a(registers))
        case .subtract:
          let (left, right) = (at.b(registers), at.c(registers))
          guard left.kind == .int, right.kind == .int else {
            try arithmetic(.subtract, at, registers)
            continue
          }
          let (difference, overflow) = left.int.subtractingReportingOverflow(right.int)
          if overflow { throw Problem.value(.integerOverflow("\(left.int) - \(right.int)")) }
          put(.int(difference), in: at.a(registers))
        case .multiply:
          let (left, right) = (at.b(registers), at.c(registers))
          guard left.kind == .int, right.kind == .int else {
            try arithmetic(.multiply, at, registers)
            continue
          }
          let (product, overflow) = left.int.multipliedReportingOverflow(by: right.int)
          if overflow { throw Problem.value(.integerOverflow("\(left.int) * \(right.int)")) }
          put(.int(product), in: at.a(registers))
        case .divide: try arithmetic(.divide, at, registers)
        case .floorDivide: try arithmetic(.floorDivide, at, registers)
        case .remainder: try arithmetic(.remainder, at, registers)
        case .power: try arithmetic(.power, at, registers)
        case .matmul: if try !quickProduct(at, registers) { try binary(.matmul, at, registers) }
        case .bitAnd: try binary(.bitAnd, at, registers)
        case .bitOr: try binary(.bitOr, at, registers)
        case .bitXor: try binary(.bitXor, at, registers)
        case .equal:
          if let holds = quickCompare(at, registers, { $0 == $1 }, { $0 == $1 }) {
            put(.bool(holds), in: at.a(registers))
          } else {
            try compare(.equal, at, registers)
          }
        case .notEqual:
          if let holds = quickCompare(at, registers, { $0 != $1 }, { $0 != $1 }) {
            put(.bool(holds), in: at.a(registers))
          } else {
            try compare(.notEqual, at, registers)
          }
        case .less:
          if let holds = quickCompare(at, registers, { $0 < $1 }, { $0 < $1 }) {
            put(.bool(holds), in: at.a(registers))
          } else {
            try compare(.less, at, registers)
          }
        case .lessEqual:
          if let holds = quickCompare(at, registers, { $0 <= $1 }, { $0 <= $1 }) {
            put(.bool(holds), in: at.a(registers))
          } else {
            try compare(.lessEqual, at, registers)
          }
        case .greater:
          if let holds = quickCompare(at, registers, { $0 > $1 }, { $0 > $1 }) {
            put(.bool(holds), in: at.a(registers))
          } else {
            try compare(.greater, at, registers)
          }
        case .greaterEqual:
          if let holds = quickCompare(at, registers, { $0 >= $1 }, { $0 >= $1 }) {
            put(.bool(holds), in: at.a(registers))
          } else {
            try compare(.greaterEqual, at, registers)
          }
        case .contains: try compare(.in, at, registers)
        case .containsNot: try compare(.notIn, at, registers)
        case .isSame: try compare(.is, at, registers)
        case .isNotSame: try compare(.isNot, at, registers)
        case .negate:
          if try !quickUnary(.negate, at, registers) { try unary(.negate, at, registers) }
        case .plus: try unary(.plus, at, registers)
        case .invert: try unary(.invert, at, registers)
        case .not: put(.bool(!(try truth(at.b(registers)))), in: at.a(registers))
        case .jump: next = program + Int(at.pointee.a)
        case .loop:
          stepsLeft.pointee &-= 1
          if stepsLeft.pointee < 0 { try refillSteps() }
          next = program + Int(at.pointee.a)
        case .jumpIfFalse:
          if at.b(registers).kind == .bool, case .bool(let value) = at.b(registers).pointee {
            if !value { next = program + Int(at.pointee.a) }
          } else if !(try truth(at.b(registers))) {
            next = program + Int(at.pointee.a)
          }
        case .jumpIfTrue:
          if try truth(at.b(registers)) { next = program + Int(at.pointee.a) }
        case .prepareLoop: try prepareLoop(at.pointee, registers)
        case .nextInLoop:
          let state = at.a(registers)
          if (state + 1).kind == .int {
            let left = (state + 2).int
            if left > 0 {
              put(.int(state.int), in: at.b(registers))
              state.initialize(to: .int(state.int &+ (state + 1).int))
              (state + 2).initialize(to: .int(left &- 1))
            } else {
              next = program + Int(at.pointee.c)
            }
          } else if let item = try nextItem(state) {
            put(item, in: at.b(registers))
          } else {
            next = program + Int(at.pointee.c)
          }
        case .shortcut:
          if try shortcut(at, registers) { continue }
          frame.pointee.next = next
          guard try takeGeneralWay(at, registers) else { continue }
          (registers, next) = (frame.pointee.registers, frame.pointee.next)
          (program, constants) = frame.pointee.tables
        case .call, .callGlobal, .callEntry:
          frame.pointee.next = next
          guard try call(at, registers) else { continue }
          (registers, next) = (frame.pointee.registers, frame.pointee.next)
          (program, constants) = frame.pointee.tables
        case .return:
          let result =
            at.pointee.spends.contains(.b) && !at.b(registers).isAbsent
            ? at.b(registers).take() : try present(at.b(registers))
          if let value = close(result, above: floor) { return value }
          (registers, next) = (frame.pointee.registers, frame.pointee.next)
          (program, constants) = frame.pointee.tables
        case .returnTuple:
          if handOver(at, registers, above: floor) == false {
            let result = Value.tuple(try takeParts(at.b(registers), Int(at.pointee.c)))
            if let value = close(result, above: floor) { return value }
          }
          (registers, next) = (frame.pointee.registers, frame.pointee.next)
          (program, constants) = frame.pointee.tables
        case .index: try index(at, registers)
        case .setIndex: try setIndex(at, registers)
        default: try other(at.pointee, registers)
        }
      }
    } catch {
      let place = max(next - program - 1, 0)
      var diagnostic = Self.diagnostic(error, at: code.ranges[place])
      diagnostic.callers += callers(above: floor)
      clear(floor.pointee.end, to: ready)
      (frame, depth) = (floor, depthBelow)
      throw diagnostic
    }
  }

  /// Where the calls stand that the running frame came by, the innermost first.
  private func callers(above floor: UnsafeMutablePointer<Frame>) -> [SourceRange] {
    var ranges: [SourceRange] = []
    var caller = frame - 1
    while caller > floor {
      ranges.append(caller.pointee.callRange)
      caller -= 1
    }
    return ranges
  }

  /// Closes the frame that runs; the result goes to its caller, or is given back when that is no nn
  /// code.
  @inline(__always)
  private func close(_ result: consuming Value, above floor: UnsafeMutablePointer<Frame>) -> Value?
  {
    guard let place = frame.pointee.result else {
      clear(floor.pointee.end, to: frame.pointee.end)
      frame -= 1
      return result
    }
    leave()
    put(result, in: place)
    return nil
  }

  /// `return a, b` into `p, q = f()`: the parts go to their places without a tuple.
  @inline(__always)
  private func handOver(
    _ at: UnsafePointer<Instruction>, _ registers: Registers,
    above floor: UnsafeMutablePointer<Frame>
  ) -> Bool {
    let caller = frame - 1
    guard let result = frame.pointee.result, caller > floor else { return false }
    let follows = caller.pointee.next
    guard follows.pointee.operation == .unpack, follows.pointee.spends.contains(.b),
      follows.pointee.c == at.pointee.c, follows.b(caller.pointee.registers) == result
    else { return false }
    let places = follows.a(caller.pointee.registers)
    // The places may lie where the callee's registers are, so the parts are held elsewhere meanwhile.
    let count = Int(at.pointee.c)
    guard ready + count <= memory + Self.memoryCapacity else { return false }
    ready.moveInitialize(from: at.b(registers), count: count)
    at.b(registers).initialize(repeating: .none, count: count)
    leave()
    for part in 0..<count { put((ready + part).move(), in: places + part) }
    caller.pointee.next = follows + 1
    return true
  }

  @inline(__always)
  private func move(_ at: UnsafePointer<Instruction>, _ registers: Registers) throws {
    let (source, place) = (at.b(registers), at.a(registers))
    if source.isAbsent {
      put(try present(source), in: place)
    } else if at.pointee.spends.contains(.b) {
      move(source, to: place)
    } else {
      copy(source, to: place)
    }
  }

  /// What a bracket literal of these elements is: a tensor where they stack.
  private func bracket(_ items: [Value]) throws -> Value {
    if let tensor = try Stacking.stack(items) { return .tensor(tensor) }
    try Nesting.check(items)
    return .list(items)
  }

  /// The instructions that do not need to be in the loop itself.
  private func other(_ at: Instruction, _ registers: Registers) throws {
    let code = code
    let (a, b, c) = (Int(at.a), Int(at.b), Int(at.c))
    switch at.operation {
    case .makeBracket: put(try bracket(takeItems(registers + b, c)), in: registers + a)
    case .makeBracketBeside:
      let items = takeItems(registers + b, c)
      guard case .list = registers[Int(at.d)] else {
        put(try bracket(items), in: registers + a)
        return
      }
      try Nesting.check(items)
      put(.list(items), in: registers + a)
    case .makeTuple: put(.tuple(try takeParts(registers + b, c)), in: registers + a)
    case .makeList: registers[a] = .list([])
    case .append:
      let item = at.spends.contains(.b) ? (registers + b).take() : try present(registers + b)
      try append(item, to: registers + a)
    case .stack:
      guard case .list(let items) = registers[b] else { return }
      registers[a] = try bracket(items)
      registers[b] = .none
    case .field: registers[a] = try field(try present(registers + b), code.names[c])
    case .setField:
      registers[a] = try settingField(
        try present(registers + a), code.names[c], try present(registers + b))
    case .makeFunction: registers[a] = try makeFunction(code.functions[b], registers)
    case .unpack: try unpack(registers, at)
    case .format, .formatText, .formatRepr:
      registers[a] = .string(
        try formatted(
          try present(registers + b), registers[c], at.operation))
    case .join:
      var text = ""
      for register in b..<b + c {
        text += registers[register].text
        try Arithmetic.check(textBytes: text.utf8.count)
      }
      charge(text.utf8.count)
      registers[a] = .string(text)
    case .show:
      let value = try present(registers + a)
      if case .none = value { return }
      guard showsLastValue else { return }
      try emit(value.text + "\n", of: [value])
    case .assert: try assert(code.assertions[a], registers)
    case .makeNetwork: registers[a] = try makeNetwork(code.networks[b], registers)
    default: throw Problem.value(.unexpected("instruction \(at.operation)"))
    }
  }

  /// Elements of a literal, which leave their registers.
  private func takeItems(_ first: Registers, _ count: Int) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      for offset in 0..<count {
        (buffer.baseAddress! + offset).initialize(to: (first + offset).take())
      }
      initialized = count
    }
  }

  private func takeParts(_ first: Registers, _ count: Int) throws -> [Value] {
    let parts = takeItems(first, count)
    try Nesting.check(parts)
    return parts
  }

  // MARK: Names

  /// The value in a register; an absent one is a name that has no value yet, or a built-in whose
  /// name the notebook uses elsewhere.
  @inline(__always)
  func present(_ place: Registers) throws -> Value {
    if place.isAbsent { return try absent(place) }
    return place.pointee
  }

  @inline(never)
  private func absent(_ place: Registers) throws -> Value {
    if place < memory + names.names.count { return try global(place - memory) }
    let register = place - frame.pointee.registers
    if register >= 0, register < code.registerNames.count {
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
    let known = names.assignedNames + Registry.predefinedNames
    throw Problem.name(.unknown(name, suggestion: Spelling.nearest(to: name, among: known)))
  }

  // MARK: Steps

  /// Elements computed are steps too: a loop over large tensors looks at the clock as often.
  @inline(__always)
  func charge(_ elements: Int) {
    if elements >= 64 { stepsLeft.pointee &-= min(elements, 1 << 50) >> 6 }
  }

  /// Counts the going through a text or a list.
  func chargeReading(_ value: Value) {
    switch value {
    case .string(let text): charge(text.utf8.count)
    case .list(let items), .tuple(let items): charge(items.count * 10)
    default: break
    }
  }

  /// Counts the multiplications of a built-in's work, for who calls it between pieces of that.
  func take(multiplications factors: Int...) throws {
    charge(Int(min(factors.reduce(1.0) { $0 * Double($1) }, 1e18)))
    if stepsLeft.pointee < 0 { try refillSteps() }
  }

  func refillSteps() throws {
    // First: steps that another thread made negative tell nothing.
    try Allowance.check()
    try checkSteps()
    try Allowance.checkMemory()
  }

  func checkSteps() throws {
    stepsTaken += Self.stepsPerCheck - stepsLeft.pointee
    stepsLeft.pointee = Self.stepsPerCheck
    try limits.check(steps: stepsTaken)
  }
}

extension UnsafePointer<Instruction> {
  // The registers that the instruction's fields name.
  @inline(__always) func a(_ registers: Registers) -> Registers { registers + Int(pointee.a) }
  @inline(__always) func b(_ registers: Registers) -> Registers { registers + Int(pointee.b) }
  @inline(__always) func c(_ registers: Registers) -> Registers { registers + Int(pointee.c) }
}
