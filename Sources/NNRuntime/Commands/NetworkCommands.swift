import NNLanguage
import NNNetwork
import NNOutput
import NNSource
import NNTensor

extension Registry {
  static let networkCommands: [RegistryEntry] = [
    initCommand, trainCommand, evaluateCommand, predictCommand, weightsCommand, diagramCommand,
    checkGradientsCommand,
  ]

  static let net = SignatureParameter("net", "network", help: "the network, made by network NAME:")
  private static let changedNet = SignatureParameter(
    "net", "network", form: .changed,
    help: "the network whose weights are set; its name then means the new one")
  private static let samples = Clause(
    "on",
    [
      SignatureParameter("x", "tensor", help: "the samples, a row each; more axes are flattened"),
      SignatureParameter(
        "y", "tensor", help: "what they should give: class numbers, or a row of targets a sample"),
    ])

  /// A network small enough for an example, and something for it to learn.
  private static let exampleNetwork = """
    seed 1
    network net:
        input 2
        dense 4 tanh
        dense 1 sigmoid
    x = [[0, 0], [0, 1], [1, 0], [1, 1]]
    y = [[0], [1], [1], [0]]

    """

  // MARK: init

  private static let initializers =
    ["uniform", "normal"] + Initializer.Plain.allCases.map(\.rawValue)

  /// Its arguments: the network; the initialiser's name; then the tensors after `from`, or a
  /// function of fan_in and fan_out and the keywords of what it gives.
  private static let initCommand = RegistryEntry.command(
    "init",
    [
      Clause(
        nil,
        [
          changedNet,
          SignatureParameter(
            "initializer", "word", form: .word, standard: "none", words: initializers,
            help:
              "how to draw: a distribution with its numbers, which may use fan_in and fan_out, the layer's inputs and outputs"
          ),
        ]),
      Clause(
        "from",
        [
          SignatureParameter(
            "values", "tensor or string", form: .variadic,
            help: "after from: the weights of each layer, or weights and biases in turn; or the "
              + "name of an NPZ file that holds them")
        ], isOptional: true),
    ], family: "networks",
    "draws a network's weights anew, or takes them from tensors",
    example: exampleNetwork + "init net normal(0, fan_in ** -0.5)\nweights net",
    effects: [.random],
    notes: """
      The network's layers have weights already, drawn by network NAME: as glorot_uniform. init draws them \
      anew, layer by layer in shape (inputs, outputs), and sets biases to 0. fan_in and fan_out are the \
      layer's numbers of inputs and outputs.

      - uniform(low, high), normal(mean, deviation): NumPy's draws
      - glorot_uniform, glorot_normal: for tanh and sigmoid (Glorot and Bengio 2010)
      - he_uniform, he_normal: for relu (He et al. 2015)
      - zeros: all 0; then all units of a layer learn the same

      init net from w1, w2 sets weights you made yourself; from w1, b1, w2, b2 biases too; from \
      "weights.npz" what save net to "weights.npz" wrote, or numpy.savez.
      """, seeAlso: ["network", "weights", "seed"],
    forms: [
      "init net initializer", "init net from w1, w2, …", "init net from w1, b1, w2, b2, …",
      "init net from \"weights.npz\"",
    ]
  ) { arguments in
    let value = try arguments.network(0)
    var network = value.network
    guard arguments.isGiven(1) else {
      try network.setParameters(
        try (0..<arguments.restCount).flatMap { try parameters(arguments, $0, of: network) })
      return .network(NetworkValue(name: value.name, network: network))
    }
    let name = try arguments.string(1)
    guard case .function(let function) = arguments.rest(0),
      case .tuple(let words) = arguments.rest(1)
    else { throw Problem.value(.unexpected("init without its initialiser")) }
    let interpreter = arguments.interpreter
    var random = interpreter.random
    try network.initialize(random: &random) { fanIn, fanOut in
      let result = try interpreter.call(
        function, [.int(fanIn), .int(fanOut)], at: arguments.range)
      guard case .tuple(let values) = result else { return .zeros }
      return try initializer(name, values, words.map(\.text), arguments)
    }
    interpreter.random = random
    return .network(NetworkValue(name: value.name, network: network))
  }

  /// A tensor, or those of the file that a literal names: by the network's own names where all are
  /// there, else in the file's order.
  private static func parameters(
    _ arguments: Arguments, _ offset: Int, of network: Network
  ) throws -> [Tensor] {
    guard case .string(let file) = arguments.rest(offset) else {
      return [try arguments.tensor(ofRest: offset)]
    }
    let index = arguments.fixedCount + offset
    guard arguments.isLiteral(index) else {
      throw arguments.failure(index, .name(.fileNotLiteral(verb: "init")))
    }
    let interpreter = arguments.interpreter
    let arrays = try arguments.at(index) {
      try interpreter.files.arrays(file: file)
    }
    let named = network.parameterNames.compactMap { name in arrays.first { $0.name == name } }
    return (named.count == arrays.count ? named : arrays).map(\.tensor)
  }

  private static func initializer(
    _ name: String, _ values: [Value], _ keywords: [String], _ arguments: Arguments
  ) throws -> Initializer {
    let places: [String]
    switch name {
    case "uniform": places = ["low", "high"]
    case "normal": places = ["loc", "scale"]
    default: places = []
    }
    // NumPy's own defaults: uniform(0, 1), normal(0, 1).
    var numbers = [0.0, 1.0]
    for (index, (value, keyword)) in zip(values, keywords).enumerated() {
      guard let place = keyword.isEmpty ? index : places.firstIndex(of: keyword) else {
        throw Diagnostic.error(
          .call(
            .unknownOption(callee: name, option: keyword, known: places, isCommand: false)),
          at: arguments.ranges[1])
      }
      guard place < places.count else {
        throw Diagnostic.error(
          .call(.tooMany(callee: name, most: places.count, given: values.count)),
          at: arguments.ranges[1])
      }
      guard let number = value.double else {
        throw Diagnostic.error(
          .call(
            .wrongType(
              callee: name, parameter: places[place], expected: "a number", found: value.described)),
          at: arguments.ranges[1])
      }
      numbers[place] = number
    }
    switch name {
    case "uniform": return .uniform(low: numbers[0], high: numbers[1])
    case "normal": return .normal(mean: numbers[0], deviation: numbers[1])
    default: return Initializer(try Initializer.Plain(named: name))
    }
  }

  // MARK: evaluate, predict

  private static let evaluateCommand = RegistryEntry.command(
    "evaluate", [Clause(nil, [net]), samples], family: "networks",
    "shows the loss, the accuracy and what was right class by class",
    example: exampleNetwork + "evaluate net on x, y", effects: [.output],
    notes: "The loss is the one that train would choose for the last layer. Below "
      + "it stand precision, recall and F1 for each class.",
    seeAlso: ["predict", "accuracy", "train"]
  ) { arguments in
    let value = try arguments.network(0)
    let result = try arguments.placing(x: 1, y: 2) {
      try value.network.evaluate(
        on: try arguments.tensor(1), try arguments.tensor(2))
    }
    try arguments.interpreter.take(
      multiplications: result.samples, value.network.parameterCount)
    var row: [TableOutput.Cell] = [
      number(Double(result.samples), text: String(result.samples)), number(result.loss),
    ]
    let penalty = result.l2 == 0 ? "" : " + l2"
    var columns = ["samples", "loss (\(result.lossName.rawValue)\(penalty))"]
    if let accuracy = result.accuracy {
      columns.append("accuracy")
      row.append(number(accuracy))
    }
    try arguments.interpreter.emit(.table(TableOutput(columns: columns, rows: [row])))
    if let report = result.report {
      try arguments.interpreter.emit(.table(table(of: report)))
    }
    return .none
  }

  private static func table(of report: ClassificationReport) -> TableOutput {
    let lines = report.lines()
    return TableOutput(
      columns: ClassificationReport.columnNames, rowNames: lines.map(\.name),
      rows: lines.map { line in
        line.values.map { $0.map { number($0, digits: 2) } ?? .empty }
          + [number(Double(line.support), text: String(line.support))]
      })
  }

  private static let predictCommand = RegistryEntry.command(
    "predict",
    [
      Clause(nil, [net]),
      Clause(
        "on",
        [
          SignatureParameter(
            "x", "tensor", help: "the samples, a row each; more axes are flattened")
        ]),
      Clause(
        "as",
        [
          SignatureParameter(
            "p", "name", form: .binding, standard: "none",
            help: "a name for the result: p.class, p.probability, p.scores")
        ],
        isOptional: true),
    ], family: "networks",
    "shows the class of each sample and its probability, and keeps both",
    example: exampleNetwork + "predict net on x as p\nprint p.class, p.probability",
    effects: [.output],
    notes: "The class is the output with the largest score; of a single output, 1 "
      + "where it is over 0.5. In an expression `net(x)` gives the outputs "
      + "themselves.", seeAlso: ["evaluate", "argmax", "train"]
  ) { arguments in
    let value = try arguments.network(0)
    let result = try arguments.placing(x: 1) {
      try value.network.predict(
        try arguments.tensor(1))
    }
    let classes = result.classes.integers
    try arguments.interpreter.take(
      multiplications: classes.count, value.network.parameterCount)
    let probabilities = result.probabilities?.doubles
    let shown = min(classes.count, 20)
    try arguments.interpreter.emit(
      .table(
        TableOutput(
          columns: ["class"] + (probabilities == nil ? [] : ["probability"]),
          rowNames: (0..<shown).map { "sample \($0)" },
          rows: (0..<shown).map { index in
            [number(Double(classes[index]), text: String(classes[index]))]
              + (probabilities.map { [number($0[index], digits: 4)] } ?? [])
          }, totalRows: classes.count)))
    var fields: [(name: String, value: Value)] = [("class", .tensor(result.classes))]
    if let tensor = result.probabilities { fields.append(("probability", .tensor(tensor))) }
    fields.append(("scores", .tensor(result.scores)))
    return .record(RecordValue(kind: "prediction", fields: fields))
  }

  // MARK: weights, diagram, check gradients

  private static let weightsCommand = RegistryEntry.command(
    "weights", [Clause(nil, [net])], family: "networks",
    "prints every layer's weights and biases with their shapes",
    example: exampleNetwork + "weights net", effects: [.output],
    seeAlso: ["diagram", "network", "init"]
  ) { arguments in
    let value = try arguments.network(0)
    let entries = try value.network.parameterNames.map { name in
      let tensor = try value.network.parameter(name)
      return WeightsOutput.Entry(
        name: name, tensor: try OutputTensor(tensor), text: NumPyText.print(tensor))
    }
    try arguments.interpreter.emit(.weights(WeightsOutput(network: value.name, entries: entries)))
    return .none
  }

  /// Above this a diagram shows layers, not weights.
  private static let diagramEdges = 600

  private static let diagramCommand = RegistryEntry.command(
    "diagram", [Clause(nil, [net])], family: "networks",
    "draws a network: its layers and, where it is small enough, every weight",
    example: exampleNetwork + "diagram net", effects: [.output], seeAlso: ["weights", "network"]
  ) { arguments in
    let value = try arguments.network(0)
    let network = value.network
    let edges = network.layers.reduce(0) { $0 + $1.weights.count }
    var layers = [
      NetworkDiagram.Layer(
        kind: "input", units: network.inputs, activation: nil, hasBias: false, parameters: 0,
        weights: [])
    ]
    for layer in network.layers {
      if layer.dropout > 0 {
        layers.append(
          NetworkDiagram.Layer(
            kind: "dropout", units: layer.inputs, activation: nil, hasBias: false, parameters: 0,
            weights: []))
      }
      layers.append(
        NetworkDiagram.Layer(
          kind: "dense", units: layer.outputs, activation: layer.activation.rawValue,
          hasBias: layer.bias != nil, parameters: layer.parameterCount,
          weights: edges <= diagramEdges ? layer.weights.doubles : []))
    }
    try arguments.interpreter.emit(.diagram(NetworkDiagram(name: value.name, layers: layers)))
    return .none
  }

  private static let checkGradientsCommand = RegistryEntry.command(
    "check",
    [
      Clause(nil, []), Clause("gradients", []), Clause("of", [net]), samples,
    ],
    options: [
      SignatureParameter(
        "loss", "word", standard: "none", words: Loss.allCases.map(\.rawValue),
        help: "whose slopes; none chooses by the last activation, as train does"),
      SignatureParameter(
        "l2", "number", standard: "none", help: "the weight of the squared weights in the loss"),
    ], family: "networks",
    "compares backpropagation with central differences, layer by layer",
    example: exampleNetwork + "check gradients of net on x, y", effects: [.output],
    notes: "A derivative is a limit: `(f(w + h) - f(w - h)) / 2h` comes near it for "
      + "small h. check takes that for every weight and compares it with what "
      + "backpropagation says. Errors around 1e-8 mean that the two agree.",
    seeAlso: ["train", "evaluate"]
  ) { arguments in
    let value = try arguments.network(0)
    let loss = try arguments.optionalString(3).map { name in
      try arguments.at(3) { try Loss(named: name) }
    }
    let l2 = arguments.isSome(4) ? try arguments.double(4) : nil
    let check = try arguments.placing(x: 1, y: 2, options: checkPlace) {
      try GradientCheck(
        of: value.network, on: try arguments.tensor(1), try arguments.tensor(2), loss: loss, l2: l2)
    }
    try arguments.interpreter.take(
      multiplications: 2 * check.entries.reduce(0) { $0 + $1.checked }, check.samples,
      value.network.parameterCount)
    try arguments.interpreter.emit(
      .gradients(
        GradientReport(
          network: value.name,
          rows: check.entries.map {
            GradientReport.Row(
              parameter: $0.name, shape: $0.shape.array, checked: $0.checked,
              largestRelativeError: $0.largestError)
          })))
    return .none
  }

  /// The option of `check gradients` that a problem speaks of.
  private static func checkPlace(_ problem: NetworkProblem) -> Int? {
    switch problem {
    case .lossNeedsProbabilities: 3
    case .l2: 4
    default: nil
    }
  }

  // MARK: Table cells

  static func number(_ value: Double, text: String) -> TableOutput.Cell {
    .number(NumberCell(value, text: text))
  }

  /// A number as a table shows it: `digits` behind the point, or six significant ones.
  static func number(_ value: Double, digits: Int? = nil) -> TableOutput.Cell {
    let spec = digits.map { ".\($0)f" } ?? ".6g"
    let text = (try? PythonFormat.format(.float(value), spec)) ?? PythonText.repr(value)
    return number(value, text: text)
  }
}
