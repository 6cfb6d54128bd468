import NNSource

extension ShapeChecker {
  // MARK: Calls in expressions

  mutating func call(
    _ callee: Expression, _ arguments: [Argument], at range: SourceRange
  ) -> AbstractValue {
    let function = value(of: callee)
    if case .builtin(let name) = function {
      return callBuiltin(name, arguments, name: callee.range, at: range)
    }
    return call(function, arguments, at: range)
  }

  mutating func method(
    _ base: Expression, _ name: Name, _ arguments: [Argument], at range: SourceRange
  ) -> AbstractValue {
    if name.text == "derivative" {
      let function = value(of: base)
      let given = arguments.map { value(of: $0.value) }
      guard case .builtin = function, given.count == 1, let shape = given[0].shape else {
        return .unknown
      }
      return .tensor(shape, nil)
    }
    let all = [Argument(name: nil, value: base)] + arguments
    guard vocabulary.functions[name.text] == nil else {
      return callBuiltin(name.text, all, name: name.range, at: range)
    }
    return call(lookUp(name.text), all, at: range)
  }

  private mutating func call(
    _ function: AbstractValue, _ arguments: [Argument], at range: SourceRange
  ) -> AbstractValue {
    let given = arguments.map {
      (name: $0.name?.text, value: value(of: $0.value), $0.name?.range ?? $0.value.range)
    }
    switch function {
    case .function(let function): return call(function, given, at: range)
    case .network(let network): return outputs(of: network, given, at: range)
    // As a value it takes its arguments like any other; what they are is not followed.
    case .builtin: return .unknown
    default:
      if let kind = function.kindName { report(.call(.notCallable(kind)), at: range) }
      return .unknown
    }
  }

  // MARK: Built-in functions

  private mutating func callBuiltin(
    _ name: String, _ arguments: [Argument], name nameRange: SourceRange, at range: SourceRange
  ) -> AbstractValue {
    var found: [SourceRange: AbstractValue] = [:]
    for argument in arguments { found[argument.value.range] = value(of: argument.value) }
    guard let signature = vocabulary.functions[name], let rule = signature.shape,
      let placement = try? CallPlacement(arguments, of: signature, name: nameRange)
    else { return .unknown }
    let call = AbstractCall(
      callee: name, range: range,
      values: placement.fixed.mapValues { found[$0.range] ?? .unknown },
      ranges: placement.fixed.mapValues(\.range),
      rest: placement.rest.map { found[$0.range] ?? .unknown })
    do throws(Diagnostic) {
      return try rule.result(of: call)
    } catch {
      report(error)
      return .unknown
    }
  }

  // MARK: Functions of the notebook

  private typealias Given = (name: String?, value: AbstractValue, range: SourceRange)

  private mutating func call(
    _ function: AbstractFunction, _ given: [Given], at range: SourceRange
  ) -> AbstractValue {
    guard let definition = definitions[function.definition],
      let values = place(given, definition, function, at: range)
    else { return .unknown }
    // Recursion, and what calls too deeply, is not followed.
    guard !isExhausted, frames.count < Self.callDepth,
      !frames.contains(where: { $0.function == function.definition })
    else { return .unknown }
    var frame = Frame(function: function.definition, captured: function.captured)
    for (parameter, value) in zip(definition.parameters, values) {
      frame.names[parameter.name.text] = value
    }
    let wasCertain = isCertain
    frames.append(frame)
    callers.append(range)
    let ends = run(definition.body)
    let result = frames.removeLast().result
    callers.removeLast()
    isCertain = wasCertain
    guard !isExhausted else { return .unknown }
    return ends ? result.map { $0.joined(.none) } ?? AbstractValue.none : result ?? .unknown
  }

  /// The parameters' values in order; nil when the arguments do not fit.
  private mutating func place(
    _ given: [Given], _ definition: FunctionDefinition, _ function: AbstractFunction,
    at range: SourceRange
  ) -> [AbstractValue]? {
    let names = definition.parameters.map(\.name.text)
    let hasKeywords = given.contains { $0.name != nil }
    func misfit(_ problem: CallProblem, _ place: SourceRange) -> Diagnostic {
      .error(.call(problem), at: hasKeywords ? place : range)
    }
    var values: [AbstractValue?] = Array(repeating: nil, count: names.count)
    for (place, argument) in given.enumerated() {
      let index: Int
      if let name = argument.name {
        guard let named = names.firstIndex(of: name) else {
          report(
            misfit(
              .unknownOption(
                callee: function.name, option: name, known: names, isCommand: false),
              argument.range))
          return nil
        }
        index = named
      } else {
        guard place < names.count else {
          report(
            misfit(
              .tooMany(callee: function.name, most: names.count, given: given.count),
              argument.range))
          return nil
        }
        index = place
      }
      guard values[index] == nil else {
        report(
          misfit(.givenTwice(callee: function.name, parameter: names[index]), argument.range))
        return nil
      }
      values[index] = argument.value
    }
    let firstDefault = names.count - function.defaults.count
    for index in names.indices where values[index] == nil {
      guard index >= firstDefault else {
        report(.call(.missing(callee: function.name, parameter: names[index])), at: range)
        return nil
      }
      values[index] = function.defaults[index - firstDefault]
    }
    return values.compactMap { $0 }
  }

  // MARK: Networks

  private mutating func outputs(
    of network: AbstractNetwork, _ given: [Given], at range: SourceRange
  ) -> AbstractValue {
    guard given.count == 1, given[0].name == nil else {
      report(
        .call(
          given.isEmpty
            ? .missing(callee: network.name, parameter: "x")
            : .tooMany(callee: network.name, most: 1, given: given.count)), at: range)
      return .unknown
    }
    do throws(Diagnostic) {
      let samples = try AbstractSamples(given[0].value, of: network, at: range)
      switch samples.isSingle {
      case true?: return .tensor([network.outputs], network.dtype)
      case false?: return .tensor([samples.count, network.outputs], network.dtype)
      case nil: return .unknown
      }
    } catch {
      report(error)
      return .unknown
    }
  }
}
