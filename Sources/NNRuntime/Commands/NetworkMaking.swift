import NNLanguage
import NNNetwork
import NNSource
import NNTensor

extension Registry {
  /// The block `network NAME:`; the interpreter makes it, the registry describes it.
  package static let networkSignature = Signature(
    .command, "network",
    [
      Clause(
        nil,
        [SignatureParameter("name", "name", form: .binding, help: "the name of the new network")])
    ],
    options: [
      SignatureParameter(
        "dtype", "dtype", standard: "float64",
        help: "what the weights are computed in: float64, or float32, which is faster")
    ],
    family: "networks",
    summary: "makes a network from its layers, a line each; weights are drawn at once",
    example: """
      network net:
          input 4
          dense 6 relu
          dense 3 softmax
      print net
      """, effects: [.random],
    notes: """
      The first line is input, the last one gives the outputs; what stands between is up to you. A \
      layer computes `f(x @ W + b)`: `W` has shape (inputs, outputs), `b` has shape (outputs,). Weights are \
      drawn as glorot_uniform, biases are 0.

      The parts are fields: `net.W1` and `net.b1` of the first layer, and so on, which can be read and \
      assigned; `net.history` is what `train` measured. `net(x)` gives the outputs for samples x.
      """, seeAlso: ["input", "dense", "dropout", "init", "train", "diagram"],
    forms: ["network name [dtype=float64]:"])

  package static let layerSignatures: [Signature] = [
    layer(
      "input",
      [
        SignatureParameter(
          "size", "integer", help: "how many numbers a sample has, or will have once flattened")
      ],
      options: [
        SignatureParameter(
          "divide", "number", standard: "none",
          help: "what every input is divided by first: 255 brings bytes between 0 and 1")
      ],
      "how many numbers a sample has; divide=255 brings bytes between 0 and 1"),
    layer(
      "dense",
      [
        SignatureParameter("units", "integer", help: "how many outputs the layer has"),
        SignatureParameter(
          "activation", "word", form: .word, standard: "linear",
          words: Activation.allCases.map(\.rawValue),
          help: "what is done to each output, f in f(x @ W + b)"),
      ],
      options: [
        SignatureParameter("bias", "bool", standard: "true", help: "whether a bias is added")
      ],
      "units that each see all of the layer before: f(x @ W + b)"),
    layer(
      "dropout",
      [
        SignatureParameter(
          "rate", "number", help: "the share of the values that is left out, between 0 and 1")
      ],
      "in training, leaves out a share of the values and scales up the rest"),
  ]

  private static func layer(
    _ name: String, _ parameters: [SignatureParameter], options: [SignatureParameter] = [],
    _ summary: String
  ) -> Signature {
    Signature(
      .layer, name, [Clause(nil, parameters)], options: options, family: "layers",
      summary: summary, example: networkSignature.example, seeAlso: ["network"])
  }
}

extension Interpreter {
  func makeNetwork(_ site: NetworkSite, _ registers: UnsafeMutablePointer<Value>) throws -> Value {
    var dtype = DType.float64
    for option in site.options {
      let found = try value(of: option, Registry.networkSignature, registers)
      dtype = found.dtype ?? dtype
    }
    var inputs: Int?
    var divisor: Double?
    var layers: [LayerSpecification] = []
    for (index, layer) in site.layers.enumerated() {
      guard let signature = Registry.vocabulary.layers[layer.line.kind.text] else { continue }
      let size = try size(of: layer, signature, registers)
      switch signature.name {
      case "input":
        guard index == 0 else {
          throw Diagnostic.error(.call(.inputNotFirst), at: layer.line.range)
        }
        inputs = size.integer
        for option in layer.options {
          divisor = try value(of: option, signature, registers).double
        }
      case "dropout": layers.append(.dropout(rate: size.double ?? 0))
      default:
        var bias = true
        for option in layer.options {
          bias = try Arithmetic.truth(value(of: option, signature, registers))
        }
        layers.append(
          .dense(
            units: size.integer ?? 0,
            activation: try Activation(named: layer.line.activation?.text ?? "linear"), bias: bias))
      }
    }
    guard let inputs else {
      throw Diagnostic.error(.call(.noInput(network: site.name.text)), at: site.name.range)
    }
    let network = try Network(
      inputs: inputs, divide: divisor, dtype: dtype, layers: layers, random: &random)
    return .network(NetworkValue(name: site.name.text, network: network))
  }

  /// The number a layer's line begins with, of the kind its signature declares.
  private func size(
    of layer: NetworkSite.Layer, _ signature: Signature, _ registers: UnsafeMutablePointer<Value>
  ) throws -> Value {
    guard let parameter = signature.parameters.first, let register = layer.size else {
      return .none
    }
    let range = layer.line.size?.range ?? layer.line.range
    try check(registers[register], parameter, signature, at: range)
    if parameter.type == "integer", let size = registers[register].integer, size < 1 {
      throw Diagnostic.error(
        .call(
          .outOfRange(
            callee: signature.name, parameter: parameter.name, found: String(size),
            expected: "1 or more")), at: range)
    }
    return registers[register]
  }

  private func value(
    of option: (name: Name, word: String?, register: Int?), _ signature: Signature,
    _ registers: UnsafeMutablePointer<Value>
  ) throws -> Value {
    guard let parameter = signature.options.first(where: { $0.name == option.name.text }) else {
      return .none
    }
    if let word = option.word { return .string(word) }
    let value = option.register.map { registers[$0] } ?? .absent
    try check(value, parameter, signature, at: option.name.range)
    return value
  }

  private func check(
    _ value: Value, _ parameter: SignatureParameter, _ signature: Signature, at range: SourceRange
  ) throws {
    if let problem = parameter.refusal(of: value, callee: signature.name) {
      throw Diagnostic.error(problem, at: range)
    }
  }
}

/// `net.W1`, `net.history`, and setting the former.
enum NetworkFields {
  static func read(_ name: String, of value: NetworkValue) throws -> Value? {
    let network = value.network
    if network.parameterNames.contains(name) { return .tensor(try network.parameter(name)) }
    guard name == "history" else { return nil }
    let history = network.history
    let fields = history.names.map { series in
      (name: series, value: Value.tensor(Tensor(history[series] ?? [], shape: nil)))
    }
    return .record(RecordValue(kind: "history", fields: fields))
  }

  static func names(of value: NetworkValue) -> [String] {
    value.network.parameterNames + ["history"]
  }

  static func setting(_ name: String, of value: NetworkValue, to new: Value) throws
    -> NetworkValue
  {
    guard let tensor = try new.tensor() else {
      throw Problem.value(.notStorable(new.kindName))
    }
    var network = value.network
    try network.setParameter(name, to: tensor)
    return NetworkValue(name: value.name, network: network)
  }
}
