import NNNetwork
import NNSource
import NNTensor

/// What a value is known by. Two values with one hash are the same to every program, on every
/// machine and in every run.
///
/// A function is its program, what it captured, its defaults and, since it looks other names up
/// when it is called, the values of those names.
package struct ValueHasher: ~Copyable {
  private let interpreter: Interpreter
  /// Of the program at a place of the file.
  private let program: (SourceRange) -> ContentHash?
  private var hasher = ContentHasher()
  /// Functions around the one in hand: one that leads back to itself is told by its depth.
  private var open: [FunctionValue] = []
  /// Whether a function was met, whose hash is another one when a name it looks up is.
  private var meetsFunction = false

  /// The hash of `value`, and whether it depends on values of other names.
  package static func hash(
    _ value: Value, in interpreter: Interpreter, program: @escaping (SourceRange) -> ContentHash?
  ) -> (hash: ContentHash, dependsOnNames: Bool) {
    var hasher = ValueHasher(interpreter: interpreter, program: program)
    hasher.add(value)
    return (hasher.hasher.finished(), hasher.meetsFunction)
  }

  private init(interpreter: Interpreter, program: @escaping (SourceRange) -> ContentHash?) {
    self.interpreter = interpreter
    self.program = program
  }

  private mutating func add(_ value: Value) {
    switch value {
    case .none: hasher.add("none")
    case .bool(let value):
      hasher.add("bool")
      hasher.add(value)
    case .int(let value):
      hasher.add("int")
      hasher.add(value)
    case .float(let value):
      hasher.add("float")
      hasher.add(value)
    case .scalar(let scalar):
      hasher.add("scalar")
      hasher.add(Tensor(scalar))
    case .string(let text):
      hasher.add("string")
      hasher.add(text)
    case .tensor(let tensor):
      hasher.add("tensor")
      hasher.add(tensor)
    case .list(let items): add("list", items)
    case .tuple(let items): add("tuple", items)
    case .range(let range):
      hasher.add("range")
      for part in [range.start, range.stop, range.step] { hasher.add(part) }
    case .dtype(let dtype):
      hasher.add("dtype")
      hasher.add(dtype.name)
    case .function(let function): add(function)
    case .network(let value):
      hasher.add("network")
      hasher.add(value.name)
      hasher.add(value.network)
    case .record(let record):
      hasher.add("record")
      hasher.add(record.kind)
      hasher.add(record.line)
      hasher.add(record.fields.count)
      for (name, value) in record.fields {
        hasher.add(name)
        add(value)
      }
    case .absent: hasher.add("absent")
    }
  }

  private mutating func add(_ kind: String, _ items: [Value]) {
    hasher.add(kind)
    hasher.add(items.count)
    for item in items { add(item) }
  }

  // MARK: Functions

  private mutating func add(_ function: FunctionValue) {
    switch function.kind {
    case .builtin, .derivative:
      hasher.add("built-in")
      hasher.add(function.name)
    case .closure(let closure):
      meetsFunction = true
      hasher.add("function")
      if let depth = open.firstIndex(where: { $0 === function }) {
        hasher.add(depth)
        return
      }
      open.append(function)
      hasher.add(closure.code.name)
      hasher.add(program(closure.code.range)?.text)
      add("captured", closure.captured.map(\.value))
      for (register, _) in closure.captured { hasher.add(closure.code.registerNames[register]) }
      add("defaults", closure.defaults)
      addFreeNames(of: closure.code)
      open.removeLast()
    }
  }

  private mutating func addFreeNames(of code: Code) {
    // By name: slots are given out as names are met.
    for name in Self.freeNames(of: code, interpreter).sorted() {
      hasher.add(name)
      add(interpreter.value(of: name) ?? .absent)
    }
  }

  private static func freeNames(of code: Code, _ interpreter: Interpreter) -> Set<String> {
    code.functions.reduce(Set(code.freeSlots.map { interpreter.names.names[$0] })) {
      $0.union(freeNames(of: $1.code, interpreter))
    }
  }
}
