import NNSource

/// The tree as text, a node a line, indented by depth, each with its range in the file:
/// `binary + 1:5-1:10`. Parser tests compare this, never field by field.
extension Program {
  package func dump(in file: SourceFile) -> String {
    var dump = TreeDump(file: file)
    dump.add(statements)
    return dump.text
  }
}

extension Expression {
  package func dump(in file: SourceFile) -> String {
    var dump = TreeDump(file: file)
    dump.add(self)
    return dump.text
  }
}

private struct TreeDump {
  let file: SourceFile
  var text = ""
  private var level = 0

  init(file: SourceFile) { self.file = file }

  // MARK: Lines

  /// A line, and the lines below it one level deeper.
  private mutating func line(
    _ label: String, _ range: SourceRange?, _ children: (inout TreeDump) -> Void = { _ in }
  ) {
    text += String(repeating: "  ", count: level) + label
    if let range {
      let lower = file.position(of: range.lower)
      let upper = file.position(of: range.upper)
      text += " \(lower.line):\(lower.column)-\(upper.line):\(upper.column)"
    }
    text += "\n"
    level += 1
    children(&self)
    level -= 1
  }

  private mutating func group(_ label: String, _ children: (inout TreeDump) -> Void) {
    line(label, nil, children)
  }

  private mutating func group(_ label: String, _ body: [Statement]) {
    line(label, nil) { $0.add(body) }
  }

  // MARK: Statements

  mutating func add(_ statements: [Statement]) {
    for statement in statements { add(statement) }
  }

  private mutating func add(_ statement: Statement) {
    let range = statement.range
    switch statement.kind {
    case .expression(let value, let isShown):
      line(isShown ? "show" : "drop", range) { $0.add(value) }
    case .assign(let target, let value):
      line("assign", range) {
        $0.add(target)
        $0.add(value)
      }
    case .update(let target, let operation, let value):
      line("update \(operation.rawValue)=", range) {
        $0.add(target)
        $0.add(value)
      }
    case .return(let value): line("return", range) { $0.add(value) }
    case .break: line("break", range)
    case .continue: line("continue", range)
    case .pass: line("pass", range)
    case .append(let target, let value):
      line("append", range) {
        $0.add(target)
        $0.add(value)
      }
    case .define(let definition, let name):
      line("define \(name.text)", range) { $0.add(definition) }
    case .if, .for, .while: addBlock(statement)
    case .command(let command): add(command, range)
    case .network(let network): add(network, range)
    case .initialize(let initialization): add(initialization, range)
    }
  }

  private mutating func addBlock(_ statement: Statement) {
    switch statement.kind {
    case .if(let condition, let then, let otherwise):
      line("if", statement.range) {
        $0.add(condition)
        $0.group("then", then)
        if !otherwise.isEmpty { $0.group("else", otherwise) }
      }
    case .for(let target, let iterable, let body):
      line("for", statement.range) {
        $0.add(target)
        $0.add(iterable)
        $0.group("do", body)
      }
    case .while(let condition, let body):
      line("while", statement.range) {
        $0.add(condition)
        $0.group("do", body)
      }
    default: break
    }
  }

  // MARK: Commands

  private mutating func add(_ command: Command, _ range: SourceRange) {
    line("command \(command.verb.text)", range) { dump in
      for (index, clause) in command.clauses.enumerated() where !clause.isEmpty {
        dump.group("clause \(index)") { dump in
          for operand in clause { dump.add(operand) }
        }
      }
      for option in command.options { dump.add(option) }
    }
  }

  private mutating func add(_ operand: Operand) {
    switch operand {
    case .expression(let value): add(value)
    case .word(let name): line("word \(name.text)", name.range)
    }
  }

  private mutating func add(_ network: NetworkDefinition, _ range: SourceRange) {
    line("network \(network.name.text)", range) { dump in
      for option in network.options { dump.add(option) }
      for layer in network.layers {
        dump.line("layer \(layer.kind.text)", layer.range) { dump in
          dump.add(layer.size)
          if let activation = layer.activation {
            dump.line("activation \(activation.text)", activation.range)
          }
          for option in layer.options { dump.add(option) }
        }
      }
    }
  }

  private mutating func add(_ initialization: Initialization, _ range: SourceRange) {
    line("init", range) { dump in
      dump.add(initialization.network)
      switch initialization.source {
      case .initializer(let name, let arguments):
        dump.line("initializer \(name.text)", name.range) { dump in
          for argument in arguments { dump.add(argument) }
        }
      case .values(let values):
        dump.group("from") { dump in
          for value in values { dump.add(value) }
        }
      }
    }
  }

  // MARK: Parts

  private mutating func add(_ target: Target) {
    switch target.kind {
    case .name(let name): line("target \(name.text)", target.range)
    case .element(let base, let items):
      line("target element", target.range) {
        $0.add(base)
        for item in items { $0.add(item) }
      }
    case .field(let base, let name):
      line("target .\(name.text)", target.range) { $0.add(base) }
    case .tuple(let targets):
      line("target tuple", target.range) {
        for target in targets { $0.add(target) }
      }
    }
  }

  private mutating func add(_ definition: FunctionDefinition) {
    for parameter in definition.parameters {
      line("parameter \(parameter.name.text)", parameter.name.range) { $0.add(parameter.standard) }
    }
    add(definition.body)
  }

  private mutating func add(_ argument: Argument) {
    guard let name = argument.name else { return add(argument.value) }
    if let word = argument.word { return line("\(name.text)=\(word)", name.range) }
    line("\(name.text)=", name.range) { $0.add(argument.value) }
  }

  private mutating func add(_ item: IndexItem) {
    switch item.kind {
    case .expression(let value): add(value)
    case .ellipsis: line("...", item.range)
    case .slice(let start, let stop, let step):
      line("slice", item.range) { dump in
        for (label, bound) in [("start", start), ("stop", stop), ("step", step)] {
          if let bound { dump.group(label) { $0.add(bound) } }
        }
      }
    }
  }

  private mutating func add(_ pieces: [FormatPiece]) {
    for piece in pieces {
      switch piece {
      case .text(let text): group("text \(quoted(text))") { _ in }
      case .value(let value, let conversion, let spec):
        group("value" + (conversion.map { " !\($0)" } ?? "")) { dump in
          dump.add(value)
          if !spec.isEmpty { dump.group("spec") { $0.add(spec) } }
        }
      }
    }
  }

  // MARK: Expressions

  mutating func add(_ expression: Expression?) {
    if let expression { add(expression) }
  }

  mutating func add(_ expression: Expression) {
    line(label(of: expression), expression.range) { $0.addContent(of: expression) }
  }

  private func label(of expression: Expression) -> String {
    switch expression.kind {
    case .integer(let value): "integer \(value)"
    case .float(let value): "float \(value)"
    case .bool(let value): "bool \(value)"
    case .none: "none"
    case .string(let text): "string \(quoted(text))"
    case .formatted: "formatted"
    case .name(let name): "name \(name)"
    case .unary(let operation, _): "unary \(operation.rawValue)"
    case .binary(let operation, _, _): "binary \(operation.rawValue)"
    case .comparison(_, let links):
      "comparison " + links.map(\.operator.rawValue).joined(separator: " ")
    case .and: "and"
    case .or: "or"
    case .conditional: "conditional"
    case .lambda: "lambda"
    case .comprehension: "comprehension"
    case .list: "list"
    case .tuple: "tuple"
    case .call: "call"
    case .method(_, let name, _): "method \(name.text)"
    case .field(_, let name): "field \(name.text)"
    case .index: "index"
    }
  }

  private mutating func addContent(of expression: Expression) {
    switch expression.kind {
    case .integer, .float, .bool, .none, .string, .name: break
    case .formatted(let pieces): add(pieces)
    case .unary(_, let operand), .field(let operand, _): add(operand)
    case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right):
      add(left)
      add(right)
    case .comparison(let first, let links):
      add(first)
      for link in links { add(link.operand) }
    case .conditional(let condition, let then, let otherwise):
      add(condition)
      add(then)
      add(otherwise)
    case .lambda(let definition): add(definition)
    case .comprehension(let element, let target, let iterable, let conditions):
      add(element)
      add(target)
      add(iterable)
      for condition in conditions { group("if") { $0.add(condition) } }
    case .list(let elements), .tuple(let elements):
      for element in elements { add(element) }
    case .call(let base, let arguments), .method(let base, _, let arguments):
      add(base)
      for argument in arguments { add(argument) }
    case .index(let base, let items):
      add(base)
      for item in items { add(item) }
    }
  }

  private func quoted(_ text: String) -> String { text.debugDescription }
}
