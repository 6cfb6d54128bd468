import NNLanguage
import NNSource
import NNTensor

/// The one place where arguments are held against what the registry declares. An entry's body then
/// reads values of the right kind, and looks only at what they hold.
extension SignatureParameter {
  /// The kinds that need no second look; a type without a known word is not checked.
  var acceptedKinds: ValueKinds {
    guard form != .binding, !type.kinds.isEmpty else { return .all }
    let kinds = type.kinds.union(.absent)
    return choosesWord ? kinds.subtracting(.string) : kinds
  }

  /// An option with words of its own. (The word of an operand may also be a file's name.)
  private var choosesWord: Bool { !words.isEmpty && form != .word }

  /// What is wrong with `value` here; nil when the parameter takes it.
  func refusal(of value: Value, callee: String) -> Problem? {
    if acceptedKinds.contains(value.kinds) { return nil }
    if case .string(let word) = value, choosesWord || form == .word {
      return words.contains(word)
        ? nil
        : .call(.badChoice(callee: callee, parameter: name, found: word, known: words))
    }
    return mismatch(value, callee)
  }

  func mismatch(_ value: Value, _ callee: String) -> Problem {
    .call(
      .wrongType(
        callee: callee, parameter: name, expected: wanted, found: value.described,
        hint: hint(for: value)))
  }

  /// `a whole number or 'all'`
  var wanted: String {
    guard !words.isEmpty else { return type.wanted }
    let choices = words.map { "'\($0)'" }
    if type.kinds.contains(.string) {
      let others = type.kinds.contains(.function) ? " or a function" : ""
      return "one of " + choices.joined(separator: ", ") + others
    }
    return type.wanted + " or " + choices.joined(separator: ", ")
  }

  /// The way out of a usual mistake, else what the parameter is.
  private func hint(for value: Value) -> String? {
    switch value {
    case .float(let number), .scalar(.float64(let number)):
      if type.kinds.contains(.integer), number.isFinite {
        return "int(…) cuts a fraction off, // divides to a whole number"
      }
    case .string(let text):
      if !type.kinds.isDisjoint(with: .number), (try? PlainFloat.of(text)) != nil {
        return type.kinds.contains(.float)
          ? "float(…) reads a number from a text" : "int(…) reads a whole number from a text"
      }
    case .function(let function):
      if type.kinds.contains(.tensor) { return "call the function: \(function.name)(…)" }
    default: break
    }
    return help.isEmpty ? nil : "\(name): \(help)"
  }
}

extension Arguments {
  /// Refuses the first argument that is of a kind its parameter does not take.
  @inline(__always)
  func checkKinds() throws {
    guard site.checksKinds, let given = values.baseAddress else { return }
    let (count, fixedCount) = (values.count, site.fixedCount)
    let (accepted, rest) = (entry.accepted, entry.acceptedRest)
    var index = 0
    while index < count {
      let kinds = index < fixedCount ? accepted[index] : rest
      if kinds.rawValue & given[index].kinds.rawValue == 0, let problem = refusal(index) {
        throw failure(index, problem)
      }
      index += 1
    }
  }

  @inline(never)
  private func refusal(_ index: Int) -> Problem? {
    guard let parameter = parameter(index),
      let problem = parameter.refusal(of: values[index], callee: signature.name)
    else { return nil }
    return usualMistake(index) ?? problem
  }

  /// Mistakes that a whole family of functions invites, and that the types alone do not explain.
  private func usualMistake(_ index: Int) -> Problem? {
    guard let parameter = parameter(index) else { return nil }
    let first = values[0].kinds
    switch (parameter.type.kinds.subtracting(.none), values[index].kinds) {
    case (ParameterType("dtype").kinds, .integer):
      // `zeros(2, 3)`, `sum(1, 2, 3)`
      if self.parameter(0)?.type == "shape" {
        return .call(.function(.sizesNotInTuple(callee: signature.name)))
      }
      if index > 1, ValueKinds.number.contains(first) {
        return .call(.function(.numbersSideBySide(callee: signature.name)))
      }
      return nil
    case (ParameterType("number or string").kinds, .tensor):
      guard let dtype = Value.function(FunctionValue(.builtin(entry))).dtype else { return nil }
      return .call(
        .function(
          .tensorForNumber(
            callee: signature.name, found: values[index].described, dtype: dtype.name)))
    case (ParameterType("integer").kinds, .tensor), (ParameterType("integer").kinds, .list):
      guard parameter.name == "axis", self.parameter(0)?.type == "list of tensors" else {
        return nil
      }
      return .call(.function(.partsNotInList(callee: signature.name)))
    default: break
    }
    // `max(4, "a")`
    let last = signature.parameters.last
    guard last?.form == .variadic, last?.type == "number", ValueKinds.number.contains(first) else {
      return nil
    }
    return .call(
      .wrongType(
        callee: signature.name, parameter: last?.name ?? "", expected: "numbers side by side",
        found: values[index].described))
  }
}

extension Value {
  /// The tensor that `parameter` of a callee without an entry takes: `net(x)`, `relu.derivative(x)`.
  func tensor(for parameter: SignatureParameter, callee: String, at range: SourceRange) throws
    -> Tensor
  {
    if let tensor = try tensor() { return tensor }
    throw Diagnostic.error(
      parameter.refusal(of: self, callee: callee) ?? .value(.notStorable(kindName)), at: range)
  }

  /// The one kind it is of.
  @inline(__always)
  var kinds: ValueKinds {
    switch self {
    case .none: .none
    case .bool: .bool
    case .int: .integer
    case .float: .float
    case .scalar(let scalar): scalar.kinds
    case .string: .string
    case .tensor: .tensor
    case .list: .list
    case .tuple: .tuple
    case .range: .range
    case .dtype: .dtype
    case .function: .function
    case .network: .network
    case .record: .record
    case .absent: .absent
    }
  }

  /// What a message says was found: the value itself where it is short, else its kind.
  package var described: String {
    switch self {
    case .bool(let value), .scalar(.bool(let value)): value ? "true" : "false"
    case .int, .float: representation
    case .scalar(let scalar): "\(NumPyText.string(scalar)) (\(scalar.dtype.name))"
    case .string(let text) where text.unicodeScalars.count <= 40: "the string '\(text)'"
    case .dtype(let dtype): "the dtype \(dtype.name)"
    case .function(let function): "the function \(function.name)"
    case .network(let network): "the network \(network.name)"
    default: kindName
    }
  }
}

extension Scalar {
  @inline(__always)
  fileprivate var kinds: ValueKinds {
    switch dtype {
    case .bool: .bool
    case .uint8, .int64: .integer
    case .float32, .float64: .float
    }
  }
}
