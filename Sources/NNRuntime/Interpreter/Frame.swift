import NNSource

/// A function (or cell) that runs, or waits for the one it called. The code is not counted: the
/// value it was called through stands in a register of the caller or in one of the notebook's names,
/// and neither can be assigned while the function runs.
struct Frame {
  let code: Unmanaged<Code>
  let registers: Registers
  /// Behind its last register.
  let end: Registers
  /// Where it goes on.
  var next: UnsafePointer<Instruction>
  /// The caller's register for its result; nil where the caller is not nn code.
  let result: Registers?

  /// The range of the call that a waiting frame has made.
  var callRange: SourceRange {
    code._withUnsafeGuaranteedRef { $0.ranges[next - $0.program - 1] }
  }

  /// What the code's instructions refer to.
  @inline(__always)
  var tables: (program: UnsafePointer<Instruction>, constants: UnsafePointer<Value>) {
    code._withUnsafeGuaranteedRef { ($0.program, $0.constants) }
  }
}

extension Interpreter {
  /// The code that runs.
  var code: Code { frame.pointee.code.takeUnretainedValue() }

  /// Makes the registers up to `end` ready for use.
  func reserve(upTo end: Registers) throws {
    guard end > ready else { return }
    guard end <= memory + Self.memoryCapacity else {
      throw Problem.limit(.recursion(Self.maximumDepth))
    }
    ready.initialize(repeating: .absent, count: end - ready)
    ready = end
  }

  /// Opens a frame for a closure, whose first `count` parameters stand in the registers from `base`
  /// on: named registers behind them get defaults, captured values, or nothing yet. `hasGaps`: some
  /// of the `count` are absent.
  @inline(__always)
  func enter(
    _ function: Unmanaged<FunctionValue>, at base: Registers, given count: Int,
    hasGaps: Bool = false, result: Registers?
  ) throws {
    try function._withUnsafeGuaranteedRef { function in
      guard let code = function.code else { return }
      let end = try code._withUnsafeGuaranteedRef { code in
        try prepare(code, at: base, given: count)
      }
      let isComplete = code._withUnsafeGuaranteedRef { $0.parameterCount == count } && !hasGaps
      if !isComplete || !function.isBare { try fill(function, base) }
      depth &+= 1
      frame += 1
      frame.initialize(
        to: Frame(
          code: code, registers: base, end: end,
          next: code._withUnsafeGuaranteedRef { $0.program }, result: result))
    }
  }

  /// Counts the call, and empties the registers behind those given. The end of all registers.
  @inline(__always)
  private func prepare(_ code: Code, at base: Registers, given count: Int) throws -> Registers {
    guard count <= code.parameterCount else {
      throw Problem.call(.tooMany(callee: code.name, most: code.parameterCount, given: count))
    }
    guard depth < Self.maximumDepth else {
      throw Problem.limit(.recursion(Self.maximumDepth))
    }
    stepsLeft.pointee &-= 1
    if stepsLeft.pointee < 0 { try refillSteps() }
    let end = base + code.registerCount
    try reserve(upTo: end)
    var place = base + count
    while place < base + code.namedCount {
      put(.absent, in: place)
      place += 1
    }
    return end
  }

  /// Parameters not given get their defaults; then captured values, and the function itself.
  @inline(never)
  private func fill(_ function: FunctionValue, _ base: Registers) throws {
    guard case .closure(let closure) = function.kind else { return }
    let code = closure.code
    let firstDefault = code.parameters.count - closure.defaults.count
    for index in code.parameters.indices where (base + index).isAbsent {
      guard index >= firstDefault else {
        throw Problem.call(.missing(callee: code.name, parameter: code.parameters[index].name))
      }
      put(closure.defaults[index - firstDefault], in: base + index)
    }
    for (register, value) in closure.captured { put(value, in: base + register) }
    if let register = closure.selfRegister { put(.function(function), in: base + register) }
  }

  /// Closes the frame that runs. Its registers are emptied.
  @inline(__always)
  func leave() {
    clear(frame.pointee.registers, to: frame.pointee.end)
    frame -= 1
    depth &-= 1
  }
}
