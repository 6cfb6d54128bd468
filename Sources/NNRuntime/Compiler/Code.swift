import NNLanguage
import NNSource

/// NNRuntime: `Program` → `Compiler` → `Code` (registers, no names) → `Interpreter` → values and
/// `CellOutput`s. What the language can do stands in the `Registry`, one file a family.

/// One instruction over registers. What `a` to `d` hold is said at each operation: `r` is a
/// register, `k` an index into one of the code's tables, `→` an instruction's index.
struct Instruction {
  var operation: Operation
  /// The operands that nobody reads after this instruction: it may take them out of their
  /// registers, or write its result over them.
  var spends: Spent = []
  /// A small number: of arguments, of items.
  var detail: UInt8 = 0
  /// `x += v`: a tensor keeps its dtype and shape.
  var isUpdate = false
  var a: Int32
  var b: Int32
  var c: Int32
  var d: Int32 = 0

  init(_ operation: Operation, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
    self.operation = operation
    self.a = Int32(truncatingIfNeeded: a)
    self.b = Int32(truncatingIfNeeded: b)
    self.c = Int32(truncatingIfNeeded: c)
  }

  /// `detail` where there are too many arguments, or some are given by name.
  static let general: UInt8 = .max
}

/// Operands of an instruction, by their fields.
struct Spent: OptionSet {
  let rawValue: UInt8
  static let b = Spent(rawValue: 1)
  static let c = Spent(rawValue: 2)
}

enum Operation: UInt8 {
  /// r[a] = constants[b]
  case constant
  /// r[a] = r[b]
  case move
  /// r[a] = the notebook's name b, or the built-in of that name
  case loadGlobal
  // r[a] = r[b] ∘ r[c]
  case add, subtract, multiply, divide, floorDivide, remainder, power, matmul
  case bitAnd, bitOr, bitXor
  case equal, notEqual, less, lessEqual, greater, greaterEqual
  case contains, containsNot, isSame, isNotSame
  // r[a] = ∘ r[b]
  case negate, plus, invert, not
  /// → a
  case jump
  /// → a, counting a step: the end of a loop's body
  case loop
  /// → a unless / if r[b] is true
  case jumpIfFalse, jumpIfTrue
  // r[a] = r[b ..< b + c], which are spent, as a bracket literal, a tuple
  case makeBracket, makeTuple
  /// r[a] = r[b ..< b + c], which are spent, as a bracket literal; a list where r[d] is one
  case makeBracketBeside
  /// r[a].append(r[b])
  case append
  /// r[a] = an empty list
  case makeList
  /// r[a] = the list r[b], stacked if its elements stack
  case stack
  /// r[a] = r[b][sites[c]]; `detail` plain items stand from r[d] on
  case index
  /// r[a][sites[c]] = r[b]; `detail` plain items stand from r[d] on
  case setIndex
  /// r[a] = r[b].names[c]
  case field
  /// r[a].names[c] = r[b]
  case setField
  /// r[a] = call of r[b] with calls[c]: `detail` arguments by place from r[d] on, or `general`
  case call
  /// The same of the notebook's name b
  case callGlobal
  /// r[a] = the entry of calls[c], unless the notebook has taken its name
  case callEntry
  /// r[a] = the entry of shortcuts[d] of r[b] (and r[c])
  case shortcut
  /// r[a] = functions[b], with what it captures
  case makeFunction
  /// return r[b]
  case `return`
  /// return r[b ..< b + c] as a tuple
  case returnTuple
  /// Prepares r[b] for a loop over it. Of a range, r[a] is the next number, r[a + 1] the step and
  /// r[a + 2] how many are left; else r[a] is the place in what is looped over, r[a + 1]
  case prepareLoop
  /// r[b] = the next of the loop at r[a], or → c
  case nextInLoop
  /// r[a ..< a + c] = the parts of r[b]
  case unpack
  /// r[a] = r[b] as text by the specification r[c] (a string), after `conversion`
  case format, formatText, formatRepr
  /// r[a] = the strings r[b ..< b + c] joined
  case join
  /// Shows r[a], the value of a cell's last expression
  case show
  /// assertions[a]
  case assert
  /// r[a] = networks[b]
  case makeNetwork
}

/// A call of an entry that has a shorter way for the usual arguments. They stand in the registers
/// that its instruction names; the general way first moves them to where `site` wants them.
struct Shortcut {
  let function: ShortcutFunction
  let site: Int
  /// The notebook name that would take the entry's place, or -1.
  let shadowingSlot: Int
}

/// How an index expression's items lie in registers.
struct IndexSite {
  enum Item {
    case value(register: Int)
    case slice(start: Int?, stop: Int?, step: Int?)
    case ellipsis
  }

  var items: [Item]
  var ranges: [SourceRange]
  /// What it gives is changed and put back, so it must be a part of the tensor and no copy.
  var isPlace = false
}

/// How a call's arguments lie in registers, and where each came from.
final class CallSite: Sendable {
  struct Given: Sendable {
    let name: String?
    let register: Int
    let range: SourceRange
    /// Where the keyword itself stands.
    var nameRange: SourceRange?
  }

  /// The registry's entry, when the callee is known before running.
  let entry: RegistryEntry?
  /// The notebook name that would take the entry's place; nil for commands and `x.f()`.
  let shadowingSlot: Int?
  /// The first register of the arguments, laid out as `Arguments` says for an entry, or in the
  /// order of `given` for a function value.
  let base: Int
  let count: Int
  let fixedCount: Int
  let given: [Given]
  /// One a register, for messages.
  let ranges: [SourceRange]
  let range: SourceRange
  /// Where the name of what is called stands, when it is one.
  let callee: SourceRange
  /// What the compiler itself puts in an argument's place is not held against the signature.
  let checksKinds: Bool
  /// Which of the registers hold a string that is written out at the call: the names of files.
  let literals: Set<Int>
  /// An `assert close(a, b)` that fails still names both sides.
  let keepsArguments: Bool

  init(
    entry: RegistryEntry?, shadowingSlot: Int?, base: Int, count: Int, fixedCount: Int,
    given: [Given], ranges: [SourceRange], range: SourceRange, callee: SourceRange? = nil,
    checksKinds: Bool = true, literals: Set<Int> = []
  ) {
    self.literals = literals
    self.entry = entry
    self.shadowingSlot = shadowingSlot
    self.base = base
    self.count = count
    self.fixedCount = fixedCount
    self.given = given
    self.ranges = ranges
    self.range = range
    self.callee = callee ?? range
    self.checksKinds = checksKinds
    keepsArguments = entry.map { Compiler.closenessNames.contains($0.signature.name) } ?? false
  }
}

/// What `assert` needs to say what was found.
struct AssertionSite {
  var condition: Int
  /// The two sides of a comparison or of `close(a, b)`.
  var sides: (left: Int, right: Int, leftRange: SourceRange, rightRange: SourceRange)?
  /// The tolerances of a `close`, when it is one.
  var isCloseness: Bool
  var reason: Int?
  var range: SourceRange
}

/// A `network` block with its sizes and options already in registers.
struct NetworkSite {
  struct Layer {
    var line: LayerLine
    var size: Int?
    var options: [(name: Name, word: String?, register: Int?)]
  }

  var name: Name
  var options: [(name: Name, word: String?, register: Int?)]
  var layers: [Layer]
}

/// A compiled cell, `def` or `lambda`. Immutable once made.
final class Code: @unchecked Sendable {
  let name: String
  let parameters: [Parameter]
  /// The instructions and constants, where the interpreter's loop can step through them.
  let program: UnsafePointer<Instruction>
  let constants: UnsafePointer<Value>
  private let constantCount: Int
  /// The range of each instruction.
  let ranges: [SourceRange]
  let names: [String]
  let calls: [CallSite]
  let shortcuts: UnsafePointer<Shortcut>
  let indices: [IndexSite]
  let functions: [FunctionTemplate]
  let assertions: [AssertionSite]
  let networks: [NetworkSite]
  /// The sides of each binary operation, by instruction, for messages.
  let sides: [Int32: (left: SourceRange, right: SourceRange)]
  /// Names of the named registers, for messages about one not yet assigned.
  let registerNames: [String]
  /// How many registers are parameters, named (parameters come first), and in all.
  let parameterCount: Int
  let namedCount: Int
  let registerCount: Int
  let range: SourceRange
  /// Slots of the notebook's names that it looks up when it is called; nested functions have their
  /// own.
  let freeSlots: [Int]

  struct Parameter: Sendable {
    let name: String
    let hasDefault: Bool
  }

  init(_ compiler: Compiler, name: String, parameters: [Parameter], range: SourceRange) {
    let instructions = compiler.instructions
    let program = UnsafeMutablePointer<Instruction>.allocate(capacity: instructions.count)
    program.initialize(from: instructions, count: instructions.count)
    self.program = UnsafePointer(program)
    constantCount = compiler.constants.count
    let constants = UnsafeMutablePointer<Value>.allocate(capacity: max(constantCount, 1))
    constants.initialize(from: compiler.constants, count: constantCount)
    self.constants = UnsafePointer(constants)
    self.name = name
    self.parameters = parameters
    ranges = compiler.ranges
    names = compiler.fieldNames
    calls = compiler.calls
    let shortcuts = UnsafeMutablePointer<Shortcut>.allocate(
      capacity: max(compiler.shortcuts.count, 1))
    shortcuts.initialize(from: compiler.shortcuts, count: compiler.shortcuts.count)
    self.shortcuts = UnsafePointer(shortcuts)
    indices = compiler.indices
    functions = compiler.functions
    assertions = compiler.assertions
    networks = compiler.networks
    sides = compiler.sides
    registerNames = compiler.registerNames
    parameterCount = parameters.count
    namedCount = compiler.registerNames.count
    registerCount = compiler.registerCount
    self.range = range
    freeSlots = compiler.freeSlots.sorted()
  }

  deinit {
    program.deallocate()
    UnsafeMutablePointer(mutating: constants).deinitialize(count: constantCount)
    constants.deallocate()
    shortcuts.deallocate()
  }
}

/// A `def` or `lambda` before it is made: its code, and which registers of its maker it copies.
struct FunctionTemplate: Sendable {
  let code: Code
  /// (the maker's register, the function's own register)
  let captures: [(from: Int, to: Int)]
  /// The function's own register for its own name, when its body calls it.
  let selfRegister: Int?
  /// The maker's registers that hold the defaults, in the order of the parameters that have one.
  let defaults: [Int]
}
