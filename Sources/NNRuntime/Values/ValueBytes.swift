import NNLanguage
import NNNetwork
import NNSource
import NNTensor

/// A value as bytes, and back: the same value to every program. A function is written as the hash
/// of its program, which the reader finds again among the notebook's cells.
private enum Tag: UInt8 {
  case none, bool, int, float, scalar, string, tensor, list, tuple, range, dtype, builtin
  case derivative, closure, network, record
}

extension Interpreter {
  /// `value` with its large tensors kept apart; nil where it can't be written, since a function's
  /// program is not to be found.
  package func bytes(
    of value: Value, program: @escaping (SourceRange) -> ContentHash?
  ) -> TensorWriter? {
    var writer = ValueWriter(program: program)
    return writer.add(value) ? writer.out : nil
  }

  /// The value that `bytes(of:program:)` wrote.
  ///
  /// - Parameter template: the function to take for the next one in it, whose program has that
  ///   hash. It is asked in the order in which `digest(of:program:)` asks for the hashes.
  /// - Throws: `DamagedBytes`, or a problem when there is no memory.
  package func value(
    from reader: TensorReader, template: @escaping (ContentHash) -> FunctionSource?
  ) throws -> Value {
    var reader = ValueReader(input: reader, template: template)
    let value = try reader.value(depth: 0)
    guard reader.input.bytes.isAtEnd else { throw DamagedBytes() }
    return value
  }

  /// The functions in a cell's program, each with its place.
  package func functionSources(in program: Program) -> [FunctionSource] {
    guard let code = try? Compiler.compile(program, names: names) else { return [] }
    return code.functions.flatMap(FunctionSource.all)
  }
}

/// A `def` or `lambda` of the notebook before it is made.
package struct FunctionSource {
  let template: FunctionTemplate

  package var range: SourceRange { template.code.range }

  /// The names it captures, in the order in which a closure holds their values.
  fileprivate var capturedNames: [String] {
    template.captures.map { template.code.registerNames[$0.to] }
  }

  fileprivate static func all(_ template: FunctionTemplate) -> [FunctionSource] {
    [FunctionSource(template: template)] + template.code.functions.flatMap(all)
  }
}

private struct ValueWriter {
  let program: (SourceRange) -> ContentHash?
  var out = TensorWriter()

  init(program: @escaping (SourceRange) -> ContentHash?) { self.program = program }

  private mutating func tag(_ tag: Tag) { out.bytes.add(tag.rawValue) }

  /// False for what can't be written.
  mutating func add(_ value: Value) -> Bool {
    switch value {
    case .none: tag(.none)
    case .bool(let value):
      tag(.bool)
      out.bytes.add(value)
    case .int(let value):
      tag(.int)
      out.bytes.add(value)
    case .float(let value):
      tag(.float)
      out.bytes.add(value)
    case .scalar(let scalar):
      tag(.scalar)
      out.add(Tensor(scalar))
    case .string(let text):
      tag(.string)
      out.bytes.add(text)
    case .tensor(let tensor):
      tag(.tensor)
      out.add(tensor)
    case .list(let items): return add(.list, items)
    case .tuple(let items): return add(.tuple, items)
    case .range(let range):
      tag(.range)
      for part in [range.start, range.stop, range.step] { out.bytes.add(part) }
    case .dtype(let dtype):
      tag(.dtype)
      out.bytes.add(dtype.rawValue)
    case .function(let function): return add(function)
    case .network(let value):
      tag(.network)
      out.bytes.add(value.name)
      out.add(value.network)
    case .record(let record):
      tag(.record)
      out.bytes.add(record.kind)
      out.bytes.add(record.line) { $0.add($1) }
      out.bytes.add(record.fields.count)
      for (name, value) in record.fields {
        out.bytes.add(name)
        guard add(value) else { return false }
      }
    case .absent: return false
    }
    return true
  }

  private mutating func add(_ kind: Tag, _ items: [Value]) -> Bool {
    tag(kind)
    return add(items)
  }

  private mutating func add(_ items: [Value]) -> Bool {
    out.bytes.add(items.count)
    return items.allSatisfy { add($0) }
  }

  private mutating func add(_ function: FunctionValue) -> Bool {
    switch function.kind {
    case .builtin(let entry):
      tag(.builtin)
      out.bytes.add(entry.signature.name)
    case .derivative(let activation):
      tag(.derivative)
      out.bytes.add(activation.rawValue)
    case .closure(let closure):
      guard let hash = program(closure.code.range) else { return false }
      tag(.closure)
      out.bytes.add(hash)
      out.bytes.add(closure.code.name)
      out.bytes.add(closure.captured.map { closure.code.registerNames[$0.register] }) {
        $0.add($1)
      }
      return add(closure.captured.map(\.value)) && add(closure.defaults)
    }
    return true
  }
}

private struct ValueReader {
  var input: TensorReader
  let template: (ContentHash) -> FunctionSource?

  mutating func value(depth: Int) throws -> Value {
    guard depth <= Nesting.maximumDepth, let tag = Tag(rawValue: try input.bytes.byte()) else {
      throw DamagedBytes()
    }
    switch tag {
    case .none: return .none
    case .bool: return .bool(try input.bytes.bool())
    case .int: return .int(try input.bytes.int())
    case .float: return .float(try input.bytes.double())
    case .scalar:
      guard let scalar = try input.tensor().scalar else { throw DamagedBytes() }
      return .scalar(scalar)
    case .string: return .string(try input.bytes.string())
    case .tensor: return .tensor(try input.tensor())
    case .list: return .list(try values(depth: depth + 1))
    case .tuple: return .tuple(try values(depth: depth + 1))
    case .range:
      let (start, stop, step) = (
        try input.bytes.int(), try input.bytes.int(), try input.bytes.int()
      )
      guard step != 0 else { throw DamagedBytes() }
      return .range(RangeValue(start: start, stop: stop, step: step))
    case .dtype:
      guard let dtype = DType(rawValue: try input.bytes.byte()) else { throw DamagedBytes() }
      return .dtype(dtype)
    case .builtin:
      guard let entry = Registry.functions[try input.bytes.string()] else { throw DamagedBytes() }
      return .function(FunctionValue(.builtin(entry)))
    case .derivative:
      guard let activation = Activation(rawValue: try input.bytes.string()) else {
        throw DamagedBytes()
      }
      return .function(FunctionValue(.derivative(activation)))
    case .closure: return .function(try closure(depth: depth + 1))
    case .network:
      let name = try input.bytes.string()
      return .network(NetworkValue(name: name, network: try input.network()))
    case .record: return .record(try record(depth: depth + 1))
    }
  }

  private mutating func values(depth: Int) throws -> [Value] {
    var values: [Value] = []
    for _ in 0..<(try input.bytes.count()) { values.append(try value(depth: depth)) }
    return values
  }

  private mutating func record(depth: Int) throws -> RecordValue {
    let kind = try input.bytes.string()
    let line = try input.bytes.optional { reader throws(DamagedBytes) in try reader.string() }
    var fields: [(name: String, value: Value)] = []
    for _ in 0..<(try input.bytes.count()) {
      fields.append((try input.bytes.string(), try value(depth: depth)))
    }
    return RecordValue(kind: kind, fields: fields, line: line)
  }

  private mutating func closure(depth: Int) throws -> FunctionValue {
    let (hash, name) = (try input.bytes.hash(), try input.bytes.string())
    let names = try input.bytes.list { reader throws(DamagedBytes) in try reader.string() }
    // The same words may stand where they capture other names.
    guard let source = template(hash), source.template.code.name == name,
      source.capturedNames == names
    else { throw DamagedBytes() }
    let template = source.template
    let (captured, defaults) = (try values(depth: depth), try values(depth: depth))
    guard captured.count == template.captures.count, defaults.count == template.defaults.count
    else { throw DamagedBytes() }
    return FunctionValue(
      .closure(
        FunctionValue.Closure(
          code: template.code,
          captured: zip(template.captures, captured).map { (register: $0.to, value: $1) },
          selfRegister: template.selfRegister, defaults: defaults)))
  }
}
