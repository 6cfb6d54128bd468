import NNLanguage
import NNNetwork
import NNOutput
import NNSource
import NNTensor

extension Interpreter {
  /// `x.shape`, `net.W1`, `p.probability`, `relu.derivative`
  func field(_ value: Value, _ name: String) throws -> Value {
    switch value {
    case .record(let record):
      if let field = record.field(name) { return field }
      if record.kind == "history", record.fields.isEmpty {
        throw Problem.name(.historyOfUntrained(name))
      }
      throw Problem.name(.noField(name, of: "a \(record.kind)", known: record.fields.map(\.name)))
    case .network(let network):
      if let field = try NetworkFields.read(name, of: network) { return field }
      throw Problem.name(
        .noField(name, of: "the network \(network.name)", known: NetworkFields.names(of: network)))
    case .function(let function):
      if name == "derivative", let derivative = function.derivative {
        return .function(derivative)
      }
      throw Problem.name(
        .noField(
          name, of: "the function \(function.name)",
          known: function.derivative == nil ? [] : ["derivative"]))
    default:
      if let field = try Self.tensorField(value, name) { return field }
      if Registry.functions[name] != nil {
        throw Problem.name(.functionAsField(name, of: value.kindName))
      }
      throw Problem.name(
        .noField(
          name, of: value.kindName,
          known: value.isNumeric ? TensorField.allCases.map(\.rawValue) : []))
    }
  }

  private static func tensorField(_ value: Value, _ name: String) throws -> Value? {
    guard let field = TensorField(rawValue: name), let tensor = try value.tensor() else {
      return nil
    }
    return try field.value(of: tensor)
  }

  /// `net.W1 = w`
  func settingField(_ owner: Value, _ name: String, _ value: Value) throws -> Value {
    guard case .network(let network) = owner else {
      throw Problem.value(.cannotSetField(name, of: owner.kindName))
    }
    return .network(try NetworkFields.setting(name, of: network, to: value))
  }

  // MARK: assert

  func assert(_ site: AssertionSite, _ registers: Registers) throws {
    let condition = registers[site.condition]
    let holds: Bool
    if case .tensor(let tensor) = condition, tensor.count != 1, site.sides != nil {
      // `assert a == b` of tensors means every element.
      holds = try tensor.reduce(.all).scalar == .bool(true)
    } else {
      holds = try Arithmetic.truth(condition)
    }
    let reason = site.reason.map { Self.cut(registers[$0].text) }
    let text = sourceText(site.range)
    guard holds else {
      throw Diagnostic.error(
        .value(
          .assertionFailed(
            condition: text, reason: reason, found: try Self.found(site, registers, self))),
        at: site.range)
    }
    try emit(.assertion(AssertionOutput(condition: text, reason: reason)))
  }

  /// Why a check matters is said in a sentence or two.
  private static func cut(_ text: String) -> String {
    text.utf8.count <= 2000 ? text : String(text.unicodeScalars.prefix(200)) + " …"
  }

  /// What the two sides were: `a is 3, b is 4`, or the element where they differ most.
  private static func found(
    _ site: AssertionSite, _ registers: Registers, _ interpreter: Interpreter
  ) throws -> String? {
    guard let sides = site.sides else { return nil }
    let (left, right) = (registers[sides.left], registers[sides.right])
    let names = (
      interpreter.sourceText(sides.leftRange), interpreter.sourceText(sides.rightRange)
    )
    if let worst = try? worstElement(left, right, names) { return worst }
    let spelled = zip([names.0, names.1], [left, right]).compactMap { name, value -> String? in
      let text = value.representation
      // A literal needs no "5 is 5".
      return name == text ? nil : "\(name) is \(shortened(text))"
    }
    return spelled.isEmpty ? nil : spelled.joined(separator: ", ")
  }

  private static func shortened(_ text: String) -> String {
    let line = cut(text).split(separator: "\n").joined(separator: " ")
    return line.count > 120 ? line.prefix(117) + "…" : line
  }

  /// The element where two tensors differ most; nil for two plain numbers.
  private static func worstElement(_ a: Value, _ b: Value, _ names: (String, String)) throws
    -> String?
  {
    guard let x = try a.tensor(), let y = try b.tensor(), x.rank + y.rank > 0 else { return nil }
    guard x.shape == y.shape || x.rank == 0 || y.rank == 0 else {
      return "\(names.0) has shape \(x.shape.text), \(names.1) has shape \(y.shape.text)"
    }
    let shape = x.rank == 0 ? y.shape : x.shape
    let (left, right) = (try x.broadcast(to: shape).doubles, try y.broadcast(to: shape).doubles)
    var worst: (index: Int, by: Double)?
    for (index, (l, r)) in zip(left, right).enumerated() where !(l == r || l.isNaN && r.isNaN) {
      let by = l.isFinite && r.isFinite ? abs(l - r) : .infinity
      if worst.map({ by > $0.by }) ?? true { worst = (index, by) }
    }
    guard let worst else { return nil }
    var place: [Int] = []
    var rest = worst.index
    for size in shape.array.reversed() {
      place.insert(rest % size, at: 0)
      rest /= size
    }
    let at = "[" + place.map(String.init).joined(separator: ", ") + "]"
    return "they differ most at \(at): \(PythonText.repr(left[worst.index])) against "
      + "\(PythonText.repr(right[worst.index]))"
  }
}
