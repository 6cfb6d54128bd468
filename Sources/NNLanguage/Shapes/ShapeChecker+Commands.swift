import NNSource

extension ShapeChecker {
  mutating func run(_ command: Command, at range: SourceRange) {
    if command.verb.text == "assert" { return assert(command, at: range) }
    let operands = command.clauses.map { clause in
      clause.map { operand -> AbstractValue in
        if case .expression(let expression) = operand { value(of: expression) } else { .unknown }
      }
    }
    for option in command.options where option.word == nil { _ = value(of: option.value) }
    checkSamples(command, operands)
    guard let signature = vocabulary.commands[command.verb.text] else { return }
    for (clause, given) in zip(signature.clauses, command.clauses) {
      for (parameter, operand) in zip(clause.parameters, given) {
        switch (parameter.form, operand) {
        case (.binding, .word(let name)):
          bind(
            name.text,
            command.verb.text == "predict" ? .record(kind: "prediction", fields: nil) : .unknown)
        case (.changed, .expression(let expression)):
          // A network that learns keeps its sizes.
          guard case .name(let name) = expression.kind, case .network = lookUp(name) else {
            if let name = expression.rootName { bind(name.text, .unknown) }
            continue
          }
        default: break
        }
      }
    }
  }

  /// `train net on x, y`, `predict net on x`: what the network takes.
  private mutating func checkSamples(_ command: Command, _ operands: [[AbstractValue]]) {
    guard ["train", "evaluate", "predict", "check"].contains(command.verb.text),
      let network = operands.joined().compactMap({ value -> AbstractNetwork? in
        if case .network(let network) = value { network } else { nil }
      }).first,
      let signature = vocabulary.commands[command.verb.text],
      let place = signature.clauses.firstIndex(where: { $0.word == "on" }),
      operands.indices.contains(place), !operands[place].isEmpty
    else { return }
    let ranges = command.clauses[place].map { operand in
      if case .expression(let expression) = operand {
        expression.range
      } else {
        command.verb.range
      }
    }
    let given = operands[place]
    do throws(Diagnostic) {
      let samples = try AbstractSamples(given[0], of: network, at: ranges[0])
      if given.count > 1 {
        try samples.check(given[1], outputs: network.outputs, at: ranges[1])
      }
    } catch {
      report(error)
    }
  }

  // MARK: assert

  private static let closenessNames: Set<String> = [
    "close", "allclose", "array_equal", "isclose",
  ]

  private mutating func assert(_ command: Command, at range: SourceRange) {
    let operands = command.clauses.joined().compactMap { operand -> Expression? in
      if case .expression(let expression) = operand { expression } else { nil }
    }
    for reason in operands.dropFirst() { _ = value(of: reason) }
    guard let condition = operands.first else { return }
    switch condition.kind {
    case .comparison(let first, let links) where links.count == 1:
      let (left, right) = (value(of: first), value(of: links[0].operand))
      // Of tensors every element is meant.
      _ = compare(links[0].operator, left, right, at: range)
    case .call(let callee, _):
      let found = value(of: condition)
      if case .name(let name) = callee.kind, Self.closenessNames.contains(name) { return }
      checkTruth(found, at: range)
    default: checkTruth(value(of: condition), at: range)
    }
  }

  // MARK: network and init

  mutating func make(_ definition: NetworkDefinition) {
    var network = AbstractNetwork(
      name: definition.name.text, inputs: nil, dtype: "float64", layers: [])
    for option in definition.options where option.name?.text == "dtype" {
      let found = option.word.map(AbstractValue.string) ?? value(of: option.value)
      switch found {
      case .dtype(let name), .string(let name?): network.dtype = name
      default: network.dtype = nil
      }
    }
    var hasInput = false
    for (index, line) in definition.layers.enumerated() {
      let size = line.size.map { value(of: $0) } ?? .unknown
      var hasBias: Bool? = true
      for option in line.options {
        let found = option.word == nil ? value(of: option.value) : .unknown
        guard option.name?.text == "bias" else { continue }
        if case .bool(let flag) = found { hasBias = flag } else { hasBias = nil }
      }
      switch line.kind.text {
      case "input":
        guard index == 0 else {
          report(.call(.inputNotFirst), at: line.range)
          continue
        }
        hasInput = true
        network.inputs = size.integer
      case "dense":
        network.layers.append(
          size.integer.flatMap { units in
            hasBias.map { AbstractNetwork.Layer(units: units, hasBias: $0) }
          })
      // It changes no shape.
      case "dropout": break
      default: network.layers.append(nil)
      }
    }
    if !hasInput, definition.layers.allSatisfy({ $0.kind.text != "input" }) {
      report(.call(.noInput(network: network.name)), at: definition.name.range)
    }
    bind(definition.name.text, .network(network))
  }

  mutating func initialize(_ initialization: Initialization, at range: SourceRange) {
    let owner = value(of: initialization.network)
    switch initialization.source {
    case .initializer(_, let arguments):
      // Its arguments are worked out for each layer, with names of their own.
      let place = frames.count - 1
      let own = Initialization.ownNames.sorted().map { (name: $0, value: AbstractValue.int(nil)) }
      frames[place].shadows += own
      for argument in arguments { _ = value(of: argument.value) }
      frames[place].shadows.removeLast(own.count)
    case .values(let values):
      let given = values.map { value(of: $0) }
      guard case .network(let network) = owner, let parameters = network.parameters,
        !given.contains(where: { if case .string = $0 { true } else { false } })
      else { return }
      let weights = parameters.filter { $0.name.hasPrefix("W") }
      let isWeights = given.count == weights.count
      guard isWeights || given.count == parameters.count else {
        return report(
          .network(
            .parameterCount(
              given.count, layers: weights.count, parameters: parameters.count)), at: range)
      }
      for (parameter, value) in zip(isWeights ? weights : parameters, given) {
        guard fits(value, parameter, at: range) else { return }
      }
    }
  }

  mutating func setField(
    _ name: String, of owner: AbstractValue, to value: AbstractValue, at range: SourceRange
  ) {
    guard case .network(let network) = owner,
      let parameter = network.parameters?.first(where: { $0.name == name })
    else { return }
    _ = fits(value, parameter, at: range)
  }

  private mutating func fits(
    _ value: AbstractValue, _ parameter: (name: String, shape: [Int]), at range: SourceRange
  ) -> Bool {
    guard let shape = value.shape else { return true }
    let wanted = parameter.shape
    let agrees = { (own: [Int?]) in
      own.count == wanted.count && zip(own, wanted).allSatisfy { $0 == nil || $0 == $1 }
    }
    if agrees(shape) { return true }
    if wanted.count == 1, shape.count == 2, shape[0] == nil || shape[0] == 1,
      agrees(Array(shape.dropFirst()))
    {
      return true
    }
    report(
      .network(
        .parameterShape(parameter.name, given: shape.shown, expected: wanted)), at: range)
    return false
  }
}
