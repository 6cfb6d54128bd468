import NNLanguage
import NNSource

/// Turns a cell, a `def` or a `lambda` into `Code`: every name becomes a register or a slot, every
/// argument is put where its parameter is. One compiler a function; a nested one knows its maker.
///
/// Registers: the named ones first, then temporaries, taken and given back like a stack. A cell's
/// own named registers are the notebook's slots, so its temporaries begin behind all of them.
final class Compiler {
  let names: NameTable
  let isCell: Bool
  /// The first register behind the named ones.
  let firstTemporary: Int

  var instructions: [Instruction] = []
  var ranges: [SourceRange] = []
  var constants: [Value] = []
  var fieldNames: [String] = []
  var calls: [CallSite] = []
  var shortcuts: [Shortcut] = []
  var indices: [IndexSite] = []
  var functions: [FunctionTemplate] = []
  var assertions: [AssertionSite] = []
  var networks: [NetworkSite] = []
  var sides: [Int32: (left: SourceRange, right: SourceRange)] = [:]
  /// Slots of the notebook's names that a function looks up when it is called.
  var freeSlots: Set<Int> = []

  /// Named registers of a function; empty for a cell, whose names are slots.
  var locals: [String: Int] = [:]
  var registerNames: [String] = []
  /// Names a comprehension binds, innermost last.
  var shadows: [(name: String, register: Int)] = []
  var nextTemporary: Int
  var registerCount: Int
  var loops: [Loop] = []
  var currentRange = SourceRange(0, 0)

  struct Loop {
    var breaks: [Int] = []
    var continues: [Int] = []
  }

  init(names: NameTable, isCell: Bool, locals: [String]) {
    self.names = names
    self.isCell = isCell
    firstTemporary = isCell ? NameTable.capacity : locals.count
    nextTemporary = firstTemporary
    registerCount = nextTemporary
    registerNames = locals
    for (register, name) in locals.enumerated() { self.locals[name] = register }
  }

  /// Compiles a cell; names it assigns get their slots at once.
  static func compile(_ program: Program, names: NameTable) throws -> Code {
    let compiler = Compiler(names: names, isCell: true, locals: [])
    for name in AssignedNames.of(program.statements) { try names.assign(name) }
    try compiler.block(program.statements)
    let end = program.statements.last?.range ?? SourceRange(0, 0)
    compiler.currentRange = end
    compiler.emit(.return, 0, compiler.load(.none))
    return compiler.finish(name: "cell", parameters: [], range: end)
  }

  func finish(name: String, parameters: [Code.Parameter], range: SourceRange) -> Code {
    Code(self, name: name, parameters: parameters, range: range)
  }

  // MARK: Instructions and registers

  @discardableResult
  func emit(_ operation: Operation, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) -> Int {
    instructions.append(Instruction(operation, a, b, c))
    ranges.append(currentRange)
    return instructions.count - 1
  }

  /// The last instruction emitted.
  var last: Instruction {
    get { instructions[instructions.count - 1] }
    set { instructions[instructions.count - 1] = newValue }
  }

  /// Whether the value an expression left in `register` is for its reader alone: no name's register,
  /// also not one of a comprehension.
  func isSpare(_ register: Int) -> Bool {
    register >= firstTemporary && !shadows.contains { $0.register == register }
  }

  /// The operands among `b` and `c` that are.
  func spare(b: Int, c: Int? = nil) -> Spent {
    var spent: Spent = isSpare(b) ? .b : []
    if let c, isSpare(c) { spent.insert(.c) }
    return spent
  }

  var here: Int { instructions.count }

  /// Makes the jump at `index` go to the next instruction.
  func land(_ index: Int) {
    switch instructions[index].operation {
    case .nextInLoop: instructions[index].c = Int32(here)
    default: instructions[index].a = Int32(here)
    }
  }

  func temporary() -> Int { temporaries(1) }

  /// `count` registers side by side.
  func temporaries(_ count: Int) -> Int {
    let first = nextTemporary
    nextTemporary += count
    registerCount = max(registerCount, nextTemporary)
    return first
  }

  /// Gives back the temporaries taken in `body`.
  func releasing<T>(_ body: () throws -> T) rethrows -> T {
    let mark = nextTemporary
    defer { nextTemporary = mark }
    return try body()
  }

  func load(_ constant: Value, into target: Int? = nil) -> Int {
    let register = target ?? temporary()
    constants.append(constant)
    emit(.constant, register, constants.count - 1)
    return register
  }

  func nameIndex(_ name: String) -> Int {
    if let known = fieldNames.firstIndex(of: name) { return known }
    fieldNames.append(name)
    return fieldNames.count - 1
  }

  func at<T>(_ range: SourceRange, _ body: () throws -> T) rethrows -> T {
    let before = currentRange
    currentRange = range
    defer { currentRange = before }
    return try body()
  }

  // MARK: Names

  enum Place {
    case register(Int)
    case global(slot: Int)
  }

  /// Where `name` is read from in this function, without built-ins; nil in a cell whose notebook
  /// has not assigned it.
  func place(of name: String) throws -> Place? {
    if let register = nearRegister(of: name) { return .register(register) }
    // A slot that a function looks up may be of a name that no cell assigns.
    if isCell { return names.isAssigned(name) ? names.slot(of: name).map(Place.register) : nil }
    let slot = try names.claim(name)
    freeSlots.insert(slot)
    return .global(slot: slot)
  }

  /// A register of this very function: bound by a comprehension, its own, or captured.
  func nearRegister(of name: String) -> Int? {
    if let shadow = shadows.last(where: { $0.name == name }) { return shadow.register }
    return locals[name]
  }

  /// The register that assigning `name` writes.
  func assignable(_ name: Name) throws -> Int {
    if let register = nearRegister(of: name.text) { return register }
    if isCell { return try names.assign(name.text) }
    // Every name a function assigns is one of its locals; a name bound in a comprehension is a
    // shadow; nothing else can be assigned.
    throw Diagnostic.error(.name(.unknown(name.text, suggestion: nil)), at: name.range)
  }
}

/// The notebook's names and their slots; slots are never given back.
package final class NameTable {
  package static let capacity = 1 << 14

  private var slots: [String: Int] = [:]
  private(set) var names: [String] = []
  /// Whether some cell assigns the name of each slot, or has done so.
  private var areAssigned: [Bool] = []

  package func slot(of name: String) -> Int? { slots[name] }

  /// Whether the name may stand for a value of the notebook; otherwise it is a built-in's, or
  /// unknown.
  func isAssigned(_ name: String) -> Bool { slots[name].map { areAssigned[$0] } ?? false }

  /// The names that may stand for a value of the notebook, in alphabetical order: what a suggestion
  /// is taken from. They follow from the programs alone, not from what has run.
  var assignedNames: [String] { names.filter(isAssigned).sorted() }

  /// The slot of a name that is assigned.
  @discardableResult
  package func assign(_ name: String) throws -> Int {
    let slot = try claim(name)
    areAssigned[slot] = true
    return slot
  }

  @discardableResult
  package func claim(_ name: String) throws -> Int {
    if let slot = slots[name] { return slot }
    guard names.count < Self.capacity else { throw Problem.limit(.names(Self.capacity)) }
    slots[name] = names.count
    names.append(name)
    areAssigned.append(false)
    return names.count - 1
  }
}

/// The names that statements assign, in order, without those of nested functions.
enum AssignedNames {
  static func of(_ statements: [Statement]) -> [String] {
    var names: [String] = []
    var known: Set<String> = []
    func add(_ name: String) {
      if known.insert(name).inserted { names.append(name) }
    }
    func visit(_ target: Target) {
      switch target.kind {
      case .name(let name): add(name.text)
      case .tuple(let parts): parts.forEach(visit)
      // Changing a part of a value changes the name that holds it.
      case .element(let base, _), .field(let base, _): visit(base)
      }
    }
    func visit(_ statements: [Statement]) {
      for statement in statements {
        switch statement.kind {
        case .assign(let target, _), .update(let target, _, _), .append(let target, _):
          visit(target)
        case .define(_, let name): add(name.text)
        case .if(_, let then, let otherwise):
          visit(then)
          visit(otherwise)
        case .for(let target, _, let body):
          visit(target)
          visit(body)
        case .while(_, let body): visit(body)
        case .command(let command): bindings(of: command).forEach(add)
        case .network(let definition): add(definition.name.text)
        case .initialize(let initialization):
          if case .name(let name) = initialization.network.kind { add(name) }
        case .expression, .return, .break, .continue, .pass: break
        }
      }
    }
    visit(statements)
    return names
  }

  /// The names a command binds or changes.
  static func bindings(of command: Command) -> [String] {
    guard let signature = Registry.vocabulary.commands[command.verb.text] else { return [] }
    var names: [String] = []
    for (clause, operands) in zip(signature.clauses, command.clauses) {
      for (index, operand) in operands.enumerated() {
        let parameter = clause.parameters[min(index, clause.parameters.count - 1)]
        switch (parameter.form, operand) {
        case (.binding, .word(let name)): names.append(name.text)
        case (.changed, .expression(let expression)):
          if let root = expression.rootName { names.append(root) }
        default: break
        }
      }
    }
    return names
  }
}

extension Expression {
  /// The name whose value `self` is a part of: `net` in `net`, `models[0]`, `r.net`.
  var rootName: String? {
    switch kind {
    case .name(let name): name
    case .index(let base, _), .field(let base, _): base.rootName
    default: nil
    }
  }

  /// The same place, to be written.
  var asTarget: Target? {
    switch kind {
    case .name(let name): Target(.name(Name(name, range)), range)
    case .index(let base, let items):
      base.asTarget.map { Target(.element($0, items), range) }
    case .field(let base, let name):
      base.asTarget.map { Target(.field($0, name), range) }
    default: nil
    }
  }
}
