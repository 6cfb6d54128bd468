import NNData
import NNLanguage
import NNOutput
import NNSource
import NNTensor

/// Runs a notebook's cells one after the other, and holds what they leave: the names, the random
/// stream, the outputs of the cell that is running.
package final class Interpreter {
  package let source: SourceFile
  let names = NameTable()
  /// Slots of the notebook's names, then the registers of what is running.
  let memory: UnsafeMutablePointer<Value>
  /// Behind the registers that hold values.
  var ready: Registers
  /// What runs now, above what called it.
  var frame: UnsafeMutablePointer<Frame>
  private let frames: UnsafeMutablePointer<Frame>
  /// What "runs" beneath the cells.
  private let idle: Code
  /// Storage for the tensors that registers come to hold.
  let pool = TensorPool()
  /// Whether usual operations are done in place (`Interpreter+Quick`).
  let hasQuickForms: Bool
  private static let isLayoutKnown = Registers.isLayoutKnown
  static let memoryCapacity = NameTable.capacity + (1 << 19)

  package var random = RandomStream(seed: 0)
  package var limits: Limits
  let allowance: Allowance
  /// All that a program can reach outside itself.
  package let files: FileSession
  /// Where the running cell saves what, by the file's name.
  var saves: [String: SourceRange] = [:]
  /// What the running cell has emitted so far.
  private var outputs: [CellOutput] = []
  /// Text printed since the last output of another kind; one output when that comes.
  private var pendingText = PrintedText("")
  private var outputBytes = 0
  private var shownNumbers = 0
  /// Told of every text as it is printed; `nnbook eval` writes it at once.
  package var onOutput: ((CellOutput) -> Void)?
  /// Whether a cell's last expression is printed; a script prints what it means to.
  package var showsLastValue = true
  /// Whether printed tensors are kept beside their text, for the record; a script needs the text.
  package var keepsTensors = true
  /// Told by training how far it is.
  package var onProgress: ((Progress) -> Void)?

  /// Calls of nn functions within each other.
  var depth = 0
  /// Built-ins that call back into nn, within each other; each takes native stack.
  var nativeDepth = 0
  /// Steps until the limits are looked at again.
  let stepsLeft: UnsafeMutablePointer<Int>
  static let stepsPerCheck = 20_000
  /// Those that the running cell had taken then.
  var stepsTaken = 0
  static let stepsPerCall = 100

  /// Whoever holds `cancellation` can stop what runs.
  package convenience init(
    source: SourceFile, limits: Limits = Limits(), files: FileAccess = FileAccess(),
    cancellation: Cancellation? = nil
  ) {
    self.init(
      source: source, limits: limits, files: files, cancellation: cancellation,
      hasQuickForms: true)
  }

  /// Without quick forms every operation goes the general way, for tests that compare the two.
  init(
    source: SourceFile, limits: Limits = Limits(), files: FileAccess = FileAccess(),
    cancellation: Cancellation? = nil, hasQuickForms: Bool
  ) {
    precondition(Self.isLayoutKnown, "values do not lie as registers read them")
    self.source = source
    self.files = FileSession(files)
    self.limits = limits
    allowance = Allowance(cancellation: cancellation)
    self.hasQuickForms = hasQuickForms
    memory = .allocate(capacity: Self.memoryCapacity)
    memory.initialize(repeating: .absent, count: NameTable.capacity)
    ready = memory + NameTable.capacity
    frames = .allocate(capacity: Self.maximumDepth + 8)
    frame = frames
    let between = Code(
      Compiler(names: names, isCell: true, locals: []), name: "", parameters: [],
      range: SourceRange(0, 0))
    idle = between
    frame.initialize(
      to: Frame(
        code: .passUnretained(between), registers: memory, end: ready, next: between.program,
        result: nil))
    stepsLeft = .allocate(capacity: 1)
    stepsLeft.initialize(to: Self.stepsPerCheck)
  }

  deinit {
    memory.deinitialize(count: ready - memory)
    memory.deallocate()
    frames.deallocate()
    pool.deallocate()
    stepsLeft.deallocate()
  }

  func sourceText(_ range: SourceRange) -> String { source.text(range) }

  // MARK: Cells

  /// Runs one cell. When it fails, the names, the random stream and the saved files are as they were
  /// before it; what it had printed stays in the result.
  package func run(_ program: Program) -> (outputs: [CellOutput], failure: Diagnostic?) {
    outputs = []
    pendingText = PrintedText("")
    outputBytes = 0
    shownNumbers = 0
    saves = [:]
    files.beginCell()
    return withLimits { runWithin(program) }
  }

  /// Runs `body` on what a cell may take, counted from here.
  private func withLimits<Result>(_ body: () -> Result) -> Result {
    stepsLeft.pointee = Self.stepsPerCheck
    stepsTaken = 0
    return allowance.grant(
      seconds: limits.seconds, memory: limits.memory, steps: stepsLeft, body)
  }

  private func runWithin(_ program: Program) -> (outputs: [CellOutput], failure: Diagnostic?) {
    let randomBefore = random
    var before: [(slot: Int, value: Value)] = []
    do {
      for name in AssignedNames.of(program.statements) {
        let slot = try names.assign(name)
        before.append((slot, memory[slot]))
      }
      let code = try Compiler.compile(program, names: names)
      _ = try execute(code)
      try checkSteps()
      try commitSaves()
      flushText()
      return (outputs, nil)
    } catch {
      files.rollBack()
      for (slot, value) in before { memory[slot] = value }
      random = randomBefore
      flushText()
      return (outputs, diagnostic(of: error, at: program.statements.first?.range))
    }
  }

  private func commitSaves() throws {
    do {
      try files.commit()
    } catch {
      throw Diagnostic.error(error.problem, at: saves[error.name] ?? SourceRange(0, 0))
    }
  }

  /// The value of an expression over the notebook's names, written as `print` writes it.
  package func text(of expression: Expression) -> Result<String, Diagnostic> {
    withLimits {
      do {
        let statement = Statement(.return(expression), expression.range)
        let code = try Compiler.compile(Program([statement]), names: names)
        return .success(try execute(code).text)
      } catch {
        return .failure(diagnostic(of: error, at: expression.range))
      }
    }
  }

  /// What stopped the work matters more than what came of it.
  private func diagnostic(of error: any Error, at range: SourceRange?) -> Diagnostic {
    var found = Self.diagnostic(error, at: range)
    if let problem = Allowance.problem { found.problem = problem }
    return found
  }

  package static func diagnostic(_ error: any Error, at range: SourceRange?) -> Diagnostic {
    if let diagnostic = error as? Diagnostic { return diagnostic }
    let problem = (error as? Problem) ?? .value(.unexpected(String(describing: error)))
    return .error(problem, at: range ?? SourceRange(0, 0))
  }

  /// Makes `name` unknown again: it belonged to a cell that failed.
  package func forget(_ name: String) {
    if let slot = names.slot(of: name) { memory[slot] = .absent }
  }

  /// Gives `name` a value from outside: a notebook's parameter.
  package func define(_ name: String, _ value: Value) throws {
    memory[try names.assign(name)] = value
  }

  /// Cells above may assign these names, whether they run or not: how a program is compiled, and
  /// what its errors suggest, depends on them.
  package func declare(_ assigned: [String]) throws {
    for name in assigned { try names.assign(name) }
  }

  /// The names of the files that the last cell saved.
  package var savedFiles: [String] { saves.keys.sorted() }

  package func value(of name: String) -> Value? {
    guard let slot = names.slot(of: name) else { return nil }
    if case .absent = memory[slot] { return nil }
    return memory[slot]
  }

  // MARK: Output

  /// Adds the text of some values to the cell's outputs.
  func emit(_ text: String, of values: [Value]) throws {
    try emit(.text(keepsTensors ? try PrintedText(text, of: values) : PrintedText(text)))
  }

  /// Adds to the cell's outputs; text follows on text.
  package func emit(_ output: CellOutput) throws {
    try Allowance.check()
    onOutput?(output)
    if case .text(let printed) = output {
      outputBytes += printed.text.utf8.count
      try limits.check(outputBytes: outputBytes)
      pendingText.append(printed)
      return
    }
    outputBytes += output.textBytes
    try limits.check(outputBytes: outputBytes)
    shownNumbers += output.numberCount
    try limits.check(shownNumbers: shownNumbers)
    flushText()
    outputs.append(output)
    guard outputs.count <= limits.outputCount else {
      throw Problem.limit(.outputs(limits.outputCount))
    }
  }

  private func flushText() {
    guard !pendingText.text.isEmpty else { return }
    outputs.append(.text(pendingText))
    pendingText = PrintedText("")
  }

  // MARK: Calling back

  /// Calls a function value from a built-in: `plot sigmoid from -6 to 6`.
  package func call(_ function: FunctionValue, _ arguments: [Value], at range: SourceRange) throws
    -> Value
  {
    nativeDepth += 1
    let (depthBefore, floor) = (depth, frame)
    defer {
      nativeDepth -= 1
      depth = depthBefore
      clear(floor.pointee.end, to: min(floor.pointee.end + arguments.count, ready))
    }
    guard nativeDepth < 50 else { throw Problem.limit(.recursion(Self.maximumDepth)) }
    switch function.kind {
    case .closure:
      let base = floor.pointee.end
      try reserve(upTo: base + arguments.count)
      for (offset, value) in arguments.enumerated() { put(value, in: base + offset) }
      try enter(.passUnretained(function), at: base, given: arguments.count, result: nil)
      do {
        return try withExtendedLifetime(function) { try run(above: floor) }
      } catch var diagnostic as Diagnostic {
        diagnostic.callers.append(range)
        throw diagnostic
      }
    default:
      let window = UnsafeMutablePointer<Value>.allocate(capacity: max(arguments.count, 1))
      window.initialize(from: arguments, count: arguments.count)
      defer {
        window.deinitialize(count: arguments.count)
        window.deallocate()
      }
      let given = (0..<arguments.count).map {
        CallSite.Given(name: nil, register: $0, range: range)
      }
      return try callBuiltin(function, given: given, registers: window, range: range)
    }
  }

  static let maximumDepth = 5_000
}

/// How far a training is.
package struct Progress: Sendable {
  package let epoch: Int
  package let epochs: Int
  package let loss: Double
  /// What the epochs that are left will take, by those so far.
  package let timeLeft: Duration

  package init(epoch: Int, epochs: Int, loss: Double, timeLeft: Duration) {
    self.epoch = epoch
    self.epochs = epochs
    self.loss = loss
    self.timeLeft = timeLeft
  }
}
