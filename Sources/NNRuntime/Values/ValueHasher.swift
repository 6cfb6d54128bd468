import NNNetwork
import NNSource
import NNTensor

/// What a value is known by.
///
/// `hash` is of the value alone: two values with one hash are the same, on every machine and in
/// every run. A function also looks names up when it is called; with a hash for each of
/// `freeNames` beside it, it is known whole.
package struct ValueDigest: Sendable, Hashable {
  package let hash: ContentHash
  /// In order; empty where there is no function in the value.
  package let freeNames: [String]

  package init(hash: ContentHash, freeNames: [String]) {
    self.hash = hash
    self.freeNames = freeNames
  }
}

/// Takes the digest of a value.
package struct ValueHasher: ~Copyable {
  /// Names by their slots.
  private let names: NameTable
  /// Of the program at a place of the file.
  private let program: (SourceRange) -> ContentHash?
  private var hasher = ContentHasher()
  private var freeNames: Set<String> = []

  fileprivate init(names: NameTable, program: @escaping (SourceRange) -> ContentHash?) {
    self.names = names
    self.program = program
  }

  fileprivate consuming func finished() -> ValueDigest {
    ValueDigest(hash: hasher.finished(), freeNames: freeNames.sorted())
  }

  fileprivate mutating func add(_ value: Value) {
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

  private mutating func add(_ function: FunctionValue) {
    switch function.kind {
    case .builtin, .derivative:
      hasher.add("built-in")
      hasher.add(function.name)
    case .closure(let closure):
      hasher.add("function")
      hasher.add(closure.code.name)
      hasher.add(program(closure.code.range)?.text)
      for (register, _) in closure.captured { hasher.add(closure.code.registerNames[register]) }
      add("captured", closure.captured.map(\.value))
      add("defaults", closure.defaults)
      let free = closure.code.freeNames(names)
      hasher.add(free.count)
      for name in free.sorted() { hasher.add(name) }
      freeNames.formUnion(free)
    }
  }
}

extension Interpreter {
  /// What `value` is known by; `program` gives the hash of the program at a place of the file.
  package func digest(
    of value: Value, program: @escaping (SourceRange) -> ContentHash?
  ) -> ValueDigest {
    var hasher = ValueHasher(names: names, program: program)
    hasher.add(value)
    return hasher.finished()
  }
}

extension Code {
  /// Names of the notebook that it or a function in it looks up when it is called.
  fileprivate func freeNames(_ names: NameTable) -> Set<String> {
    functions.reduce(into: Set(freeSlots.map { names.names[$0] })) {
      $0.formUnion($1.code.freeNames(names))
    }
  }
}
